//! All that is stated of one entity.

use std::collections::HashSet;

use serde::Serialize;

use super::page::indented;
use super::sections::Sections;
use super::{Answer, Column, Content, Page, TableBuilder, name, nothing};
use crate::export::EntityDetails;
use crate::graph::{Ending, Entity, Fact, Relation};
use crate::model::{Id, Reason};

const COLUMNS: &[Column] = &[
    Column::Entity("entity"),
    Column::One("row"),
    Column::One("native_name"),
    Column::One("country"),
    Column::One("industry"),
    Column::One("lei"),
    Column::One("wikidata"),
    Column::One("website"),
    Column::Relation,
];

/// The question what is stated of an entity.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::answer::{EntityQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A", country: "SE"), "b": (name: "B") },
///     facts: [ Supply(supplier: "a", customer: "b", unsourced: true) ],
/// )"#)?;
/// let answer = EntityQuestion::about(graph.view().find("A")?).answer();
/// assert_eq!(answer.rows()[0].relations.len(), 1);
/// let text = answer.text(&TextOptions::default());
/// assert_eq!(text, "A (company `a`)\n  country: SE\n\ntrade:\n  A supplies B\n");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct EntityQuestion<'g> {
    entity: Entity<'g>,
}

/// One entity.
#[derive(Clone, Debug)]
pub struct EntityRows<'g> {
    rows: Vec<EntityRow<'g>>,
}

/// An entity, and all that is stated of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct EntityRow<'g> {
    /// The entity with its own fields.
    pub entity: EntityDetails<'g>,
    /// Its relations, read from its side.
    pub relations: Vec<Relation<'g>>,
    /// Facts that none of the relations shows.
    pub facts: Vec<Fact<'g>>,
    /// Facts no longer in force on the date of the view.
    pub ended: Vec<EndedFact<'g>>,
}

/// A fact no longer in force.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct EndedFact<'g> {
    /// The fact.
    pub fact: Fact<'g>,
    /// What ended it, if not its own dates.
    pub by: Vec<Ending<'g>>,
}

impl<'g> EntityQuestion<'g> {
    /// What is stated of this entity.
    pub const fn about(entity: Entity<'g>) -> Self {
        Self { entity }
    }

    /// Its fields, relations and facts, as one row.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, EntityRows<'g>> {
        let entity = self.entity;
        let relations: Vec<_> = entity.relations().collect();
        // A relation of several claims is told as all of them say.
        let told =
            relations.iter().filter(|relation| !relation.is_tie()).flat_map(|relation| relation.claims());
        let in_relations: HashSet<_> = told.filter_map(Relation::fact).collect();
        let facts: Vec<_> = entity.facts().filter(|fact| !in_relations.contains(fact)).collect();
        let ended = entity.no_longer_in_force().into_iter();
        let ended = ended.map(|fact| EndedFact { fact, by: fact.endings() }).collect();
        let disputed = relations.iter().any(|relation| relation.is_disputed())
            || facts.iter().any(|fact| fact.is_disputed());
        let row = EntityRow { entity: EntityDetails(entity), relations, facts, ended };
        Answer::new(entity.view(), EntityRows { rows: vec![row] }).disputed(disputed)
    }
}

impl<'g> Content<'g> for EntityRows<'g> {
    type Row = EntityRow<'g>;

    fn command(&self) -> &'static str {
        "show"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for row in &self.rows {
            let entity = row.entity.0;
            table.leads_of(|page| head(entity, page));
            table.row();
            about(entity, "entity", table);
            of_record(entity, table);
            table.record_of(entity);
            for relation in &row.relations {
                table.row();
                about(entity, "relation", table);
                table.relation(*relation);
            }
            for fact in &row.facts {
                table.row();
                about(entity, "fact", table);
                table.fact(*fact);
            }
            for ended in &row.ended {
                table.row();
                about(entity, "ended", table);
                table.fact(ended.fact);
                table.ended(&ended.by);
            }
            if row.relations.is_empty() && row.facts.is_empty() && row.ended.is_empty() {
                table.remark(format!("no relation {}", nothing::stated(entity.view())));
                continue;
            }
            Sections::of(row).read(table);
        }
    }

    fn rows(&self) -> &[EntityRow<'g>] {
        &self.rows
    }

    fn count(&self) -> usize {
        self.rows.iter().map(|row| row.relations.len() + row.facts.len() + row.ended.len()).sum()
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        for row in &self.rows {
            head(row.entity.0, page);
            if row.relations.is_empty() && row.facts.is_empty() && row.ended.is_empty() {
                page.line(&format!("no relation {}", nothing::stated(row.entity.0.view())));
                continue;
            }
            Sections::of(row).write(page);
        }
    }
}

/// Whom all rows are about, and what kind of row it is.
fn about<'g>(entity: Entity<'g>, part: &'static str, table: &mut TableBuilder<'g>) {
    table.entity("entity", Some(entity));
    table.text("row", Some(part));
}

/// The fields of the entity's record that most entities may have.
fn of_record<'g>(entity: Entity<'g>, table: &mut TableBuilder<'g>) {
    let record = entity.record();
    let identifiers = &record.identifiers;
    table.texts("alias", record.aliases.iter().map(String::as_str));
    table.texts("former_name", record.former_names.iter().map(|former| former.name.as_str()));
    table.text("native_name", record.native_name.as_deref());
    table.text("country", record.country.map(|country| country.to_string()).as_deref());
    table.text("industry", record.industry.as_deref());
    table.text("lei", identifiers.lei.map(|lei| lei.to_string()).as_deref());
    let [isin, register] = [
        identifiers.isin.iter().map(ToString::to_string).collect::<Vec<_>>(),
        identifiers.register.iter().map(ToString::to_string).collect(),
    ];
    table.texts("isin", isin.iter().map(String::as_str));
    table.text("wikidata", identifiers.wikidata.map(|id| id.to_string()).as_deref());
    table.texts("register", register.iter().map(String::as_str));
    table.text("website", record.website.as_deref());
    table.text("about", record.note.as_deref());
}

/// The name, the kind, and every field of the record, one per line.
fn head<'g>(entity: Entity<'g>, page: &mut Page<'g>) {
    let kind = entity.kind().name().to_lowercase();
    page.line(&format!("{} ({kind} `{}`)", name(entity), entity.id()));
    for (label, value) in fields(entity) {
        page.line(&format!("  {label}: {}", indented(&value, "  ")));
    }
    page.properties("  ", entity.properties());
    let evidence: Vec<_> = entity.evidence().collect();
    for evidence in &evidence {
        if let Some(quote) = evidence.quote() {
            let cited = page.cite(&[*evidence]);
            page.line(&format!("  \"{}\"{cited}", indented(quote, "  ")));
        }
    }
}

fn fields(entity: Entity<'_>) -> Vec<(&'static str, String)> {
    let record = entity.record();
    let view = entity.view();
    let name = |id: &Id| view.entity(id.as_str()).map_or_else(|_| id.to_string(), |e| e.to_string());
    let former = record.former_names.iter().map(|former| match former.until {
        Some(until) => format!("{} (until {until})", former.name),
        None => format!("{} (end unknown)", former.name),
    });
    let identifiers = &record.identifiers;
    let register: Vec<_> = identifiers.register.iter().map(ToString::to_string).collect();
    let isin: Vec<_> = identifiers.isin.iter().map(ToString::to_string).collect();
    let all: Vec<(&'static str, Option<String>)> = vec![
        ("also called", joined(record.aliases.clone())),
        ("formerly", joined(former.collect())),
        ("native name", record.native_name.clone()),
        ("country", record.country.map(|country| country.to_string())),
        ("industry", record.industry.clone()),
        ("legal form", record.legal_form.clone()),
        ("owners", record.holders_complete.then(|| "the stated owners are complete".to_owned())),
        ("class", record.class.clone()),
        ("unit of", record.of.as_ref().map(name)),
        ("number", record.number.as_ref().map(ToString::to_string)),
        ("count", record.count.map(|count| count.words().to_string())),
        ("topics", joined(record.topics.clone())),
        ("members", joined(record.members.iter().map(name).collect())),
        ("filed", record.filed.map(|date| date.words().to_string())),
        ("granted", record.granted.map(|date| date.words().to_string())),
        ("expires", record.expires.map(|date| date.words().to_string())),
        ("not named", record.reason.map(|reason| reason_words(reason).to_owned())),
        ("stands for", record.stands_for.map(|kind| kind.noun().to_owned())),
        ("LEI", identifiers.lei.map(|lei| lei.to_string())),
        ("ISIN", joined(isin)),
        ("Wikidata", identifiers.wikidata.map(|id| id.to_string())),
        ("register", joined(register)),
        ("website", record.website.clone()),
        ("note", record.note.clone()),
    ];
    all.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::NotNamed => "the source does not name it",
        Reason::Anonymous => "it is deliberately anonymous",
        Reason::Several => "it stands for several",
        _ => "nobody knows who it is",
    }
}

fn joined(texts: Vec<String>) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(", "))
}
