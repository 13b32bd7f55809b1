//! The vocabulary.

use super::{Answer, Asked, Column, Content, Page, TableBuilder};
use crate::model::FactKind;
use crate::model::vocabulary::{AttributeRow, AttributeType, FactRow, Projection, RELATIONS, RoleRow};

const COLUMNS: &[Column] = &[
    Column::One("kind"),
    Column::One("family"),
    Column::One("meaning"),
    Column::One("event"),
    Column::One("deal"),
];

/// What the signs behind roles mean.
const SIGNS: &str = "? optional, * several. Every kind may also name `payer` and `through`.";

/// The question which kinds of facts there are.
///
/// ```
/// use keiretsu::FactKind;
/// use keiretsu::answer::{KindsQuestion, TextOptions};
///
/// let answer = KindsQuestion::of_all().answer();
/// assert_eq!(answer.rows().len(), FactKind::ALL.len());
/// assert!(answer.text(&TextOptions::default()).contains("\n    roles: seller*, buyer*"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct KindsQuestion {
    kinds: Vec<FactKind>,
}

/// The kinds of facts.
#[derive(Clone, Debug)]
pub struct KindRows {
    rows: Vec<&'static FactRow>,
    /// Whether these are all kinds.
    is_all: bool,
}

impl KindsQuestion {
    /// All kinds.
    pub fn of_all() -> Self {
        Self { kinds: FactKind::ALL.to_vec() }
    }

    /// These kinds, in this order.
    pub fn of(kinds: impl IntoIterator<Item = FactKind>) -> Self {
        Self { kinds: kinds.into_iter().collect() }
    }

    /// The kinds, with their roles, attributes and relations.
    #[must_use]
    pub fn answer(&self) -> Answer<'static, KindRows> {
        let rows = self.kinds.iter().map(|kind| kind.row()).collect();
        Answer::new(Asked::default(), KindRows { rows, is_all: self.kinds == FactKind::ALL })
    }
}

impl<'g> Content<'g> for KindRows {
    type Row = &'static FactRow;

    fn command(&self) -> &'static str {
        "kinds"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for row in &self.rows {
            table.row();
            table.text("kind", Some(row.kind.name()));
            table.text("family", Some(row.family.name()));
            table.text("meaning", Some(row.meaning));
            table.flag("event", Some(row.event));
            table.flag("deal", Some(row.deal));
            let [roles, attributes] = [texts(row.roles, role), texts(row.attributes, attribute)];
            table.texts("role", roles.iter().map(String::as_str));
            table.texts("attribute", attributes.iter().map(String::as_str));
            let relations = texts(row.projections, |projection| projection.kind().name().to_owned());
            table.texts("relation", relations.iter().map(String::as_str));
            table.reads_text("kind", row.kind.name());
            table.reads_text("meaning", row.meaning);
            table.reads_text("roles", list(row.roles, role));
            table.reads_text("own fields", list(row.attributes, attribute));
            table.reads_text("relations", list(row.projections, relation));
        }
        table.remark(SIGNS);
    }

    fn rows(&self) -> &[&'static FactRow] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Up to four lines per kind: its meaning, its roles, its own fields, its relations.
    fn write(&self, page: &mut Page<'g>) {
        for row in &self.rows {
            page.line(&format!("{}: {}", row.kind, row.meaning));
            page.line(&format!("    roles: {}", list(row.roles, role)));
            if !row.attributes.is_empty() {
                page.line(&format!("    own fields: {}", list(row.attributes, attribute)));
            }
            page.line(&format!("    relations: {}", list(row.projections, relation)));
        }
        page.gap();
        if !self.is_all {
            return page.line(SIGNS);
        }
        page.line(SIGNS);
        let of_facts = |kind| FactKind::ALL.iter().any(|fact| projects(fact.row(), kind));
        let others = RELATIONS.iter().filter(|relation| !of_facts(relation.kind));
        let others: Vec<_> =
            others.map(|relation| format!("{} ({})", relation.kind, relation.label)).collect();
        page.line(&format!("Relations from records of entities: {}, IsPartOf (members).", others.join(", ")));
    }
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    texts(items, text).join(", ")
}

/// "between*", "payer?".
fn texts<T>(items: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    items.iter().map(text).collect()
}

fn role(row: &RoleRow) -> String {
    let optional = if row.required { "" } else { "?" };
    let several = if row.many { "*" } else { "" };
    format!("{}{optional}{several}", row.role.name())
}

/// "share", "form (exclusive, sole)".
fn attribute(row: &AttributeRow) -> String {
    match row.values {
        AttributeType::Choice(words) => {
            format!("{} ({})", row.attribute.name(), list(words, |word| word.name.to_owned()))
        }
        _ => row.attribute.name().to_owned(),
    }
}

/// "Supplies (supplies, is supplied by)".
fn relation(projection: &Projection) -> String {
    let row = projection.kind().row();
    let inverse = if row.symmetric { String::new() } else { format!(", {}", row.inverse) };
    format!("{} ({}{inverse})", row.kind.name(), row.label)
}

fn projects(fact: &FactRow, kind: crate::model::RelationKind) -> bool {
    fact.projections.iter().any(|projection| projection.kind() == kind)
}
