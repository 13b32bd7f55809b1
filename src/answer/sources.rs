//! The sources of a graph, and what each says.

use serde::Serialize;

use super::page::indented;
use super::{Answer, Cell, Column, Content, Page, TableBuilder};
use crate::graph::{Evidence, Fact, Source, View};
use crate::model::{SourceRecord, Stance};

const COLUMNS: &[Column] = &[
    Column::One("id"),
    Column::One("title"),
    Column::One("kind"),
    Column::One("publisher"),
    Column::One("author"),
    Column::One("url"),
    Column::Date("published"),
    Column::Date("accessed"),
    Column::One("language"),
    Column::One("supports"),
    Column::One("refutes"),
    Column::One("mentions"),
];

/// The question which sources a view cites, and how many facts each speaks about; or what one source says.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::answer::{SourcesQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     sources: { "n": (kind: News, title: "The News", published: "2016") },
///     facts: [ Supply(supplier: "a", customer: "b", evidence: [(source: "n", quote: "A supplies B")]) ],
/// )"#)?;
/// let view = graph.view();
/// assert_eq!(SourcesQuestion::of_all(view).answer().rows()[0].supports, 1);
/// let text = SourcesQuestion::about(view.find_source("n")?).answer().text(&TextOptions::default());
/// assert_eq!(text, "The News (`n`)\n  kind: News\n  published: 2016\n\nA supplies B\n    \"A supplies B\"\n");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct SourcesQuestion<'g> {
    view: View<'g>,
    about: Option<Source<'g>>,
}

/// Sources, with what they say.
#[derive(Clone, Debug)]
pub struct SourceRows<'g> {
    rows: Vec<SourceRow<'g>>,
    is_about_one: bool,
}

/// A source, and how many facts it speaks about.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SourceRow<'g> {
    /// The source.
    pub source: &'g SourceRecord,
    /// How many facts it supports.
    pub supports: usize,
    /// How many facts it refutes.
    pub refutes: usize,
    /// How many facts it only mentions.
    pub mentions: usize,
    /// If one source was asked about, the facts that it speaks about, in the order given; else empty.
    pub facts: Vec<Fact<'g>>,
}

impl<'g> SourcesQuestion<'g> {
    /// All sources of a view, in the order given.
    pub const fn of_all(view: View<'g>) -> Self {
        Self { view, about: None }
    }

    /// What one source says.
    pub const fn about(source: Source<'g>) -> Self {
        Self { view: source.view(), about: Some(source) }
    }

    /// The sources. Looks at every fact of the view once.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, SourceRows<'g>> {
        let sources = self.view.sources().filter(|source| self.about.is_none_or(|about| about == *source));
        let mut rows: Vec<SourceRow<'g>> = sources
            .map(|source| SourceRow {
                source: source.record(),
                supports: 0,
                refutes: 0,
                mentions: 0,
                facts: Vec::new(),
            })
            .collect();
        let places: std::collections::HashMap<&str, usize> =
            rows.iter().enumerate().map(|(n, row)| (row.source.id.as_str(), n)).collect();
        for fact in self.view.facts() {
            let mut seen: Vec<(usize, Stance)> = Vec::new();
            for said in fact.evidence() {
                let Some(place) = places.get(said.source().id()).copied() else { continue };
                if !seen.contains(&(place, said.stance())) {
                    seen.push((place, said.stance()));
                }
            }
            for (n, (place, stance)) in seen.iter().enumerate() {
                let Some(row) = rows.get_mut(*place) else { continue };
                match stance {
                    Stance::Supports => row.supports += 1,
                    Stance::Refutes => row.refutes += 1,
                    Stance::Mentions => row.mentions += 1,
                }
                let is_first = !seen.iter().take(n).any(|(other, _)| other == place);
                if self.about.is_some() && is_first {
                    row.facts.push(fact);
                }
            }
        }
        Answer::new(self.view, SourceRows { rows, is_about_one: self.about.is_some() })
    }
}

impl<'g> Content<'g> for SourceRows<'g> {
    type Row = SourceRow<'g>;

    fn command(&self) -> &'static str {
        "sources"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        if self.rows.is_empty() {
            table.remark("no source is stated");
        }
        if self.is_about_one {
            table.columns(&[Column::Fact]);
            return self.rows.iter().for_each(|row| facts_of(row, table));
        }
        table.columns(COLUMNS);
        for SourceRow { source, supports, refutes, mentions, .. } in &self.rows {
            table.row();
            table.text("id", Some(source.id.as_str()));
            table.text("title", Some(&source.title));
            table.text("kind", source.kind.map(|kind| kind.name()));
            table.text("publisher", source.publisher.as_deref());
            table.text("author", source.author.as_deref());
            table.text("url", source.url.as_deref());
            table.date("published", source.published);
            table.date("accessed", source.accessed);
            table.text("language", source.language.as_deref());
            table.number("supports", Some(supports));
            table.number("refutes", Some(refutes));
            table.number("mentions", Some(mentions));
            table.reads_text("id", source.id.as_str());
            table.reads_text("title", source.title.as_str());
            table.reads_text("publisher", source.publisher.as_deref().unwrap_or_default());
            table.reads_text("published", source.published.map_or_else(String::new, |date| date.to_string()));
            let count = |count: usize| if count == 0 { Cell::Empty } else { Cell::Number(count.to_string()) };
            table.reads("supports", Cell::Number(supports.to_string()));
            table.reads("refutes", count(*refutes));
            table.reads("mentions", count(*mentions));
        }
    }

    fn rows(&self) -> &[SourceRow<'g>] {
        &self.rows
    }

    fn count(&self) -> usize {
        self.rows.iter().map(|row| row.supports + row.refutes + row.mentions).sum()
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// A table; of one source, its fields, and each fact with its words.
    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            return page.line("no source is stated");
        }
        if self.is_about_one {
            return self.rows.iter().for_each(|row| write(row, page));
        }
        let mut lines = Vec::with_capacity(self.rows.len());
        let left_out = page.left_out(self.rows.len());
        for row in self.rows.iter().take(self.rows.len() - left_out) {
            let counts = [(row.supports, ""), (row.refutes, " against"), (row.mentions, " mentioned")];
            let counts: Vec<_> = counts
                .iter()
                .filter(|(count, what)| *count > 0 || what.is_empty())
                .map(|(count, what)| format!("{count}{what}"))
                .collect();
            let source = row.source;
            let said = source.publisher.iter().cloned().chain(source.published.map(|date| date.to_string()));
            let said: Vec<_> = said.collect();
            let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
            lines.push(vec![source.id.to_string(), counts.join(", "), format!("{}{said}", source.title)]);
        }
        page.table(lines, &[]);
        page.say_left_out(0, left_out);
    }
}

/// The facts that a source speaks about, each with what this source says.
fn facts_of<'g>(row: &SourceRow<'g>, table: &mut TableBuilder<'g>) {
    for fact in &row.facts {
        let said: Vec<_> =
            fact.evidence().filter(|said| said.source().id() == row.source.id.as_str()).collect();
        table.row();
        let quotes: Vec<String> =
            said.iter().filter_map(|said| said.quote()).map(|q| format!("\"{q}\"")).collect();
        table.fact_by(*fact, said);
        table.reads_fact("fact", *fact);
        table.reads_text("words", quotes.join("\n"));
    }
    if row.facts.is_empty() {
        table.remark(format!("no fact cites `{}`", row.source.id));
    }
}

fn write<'g>(row: &SourceRow<'g>, page: &mut Page<'g>) {
    let source = row.source;
    page.line(&format!("{} (`{}`)", source.title, source.id));
    let fields = [
        ("kind", source.kind.map(|kind| kind.to_string())),
        ("publisher", source.publisher.clone()),
        ("author", source.author.clone()),
        ("published", source.published.map(|date| date.to_string())),
        ("accessed", source.accessed.map(|date| date.to_string())),
        ("language", source.language.clone()),
        ("url", source.url.clone()),
    ];
    for (label, value) in fields {
        if let Some(value) = value {
            page.line(&format!("  {label}: {value}"));
        }
    }
    page.gap();
    if row.facts.is_empty() {
        return page.line("no fact cites it");
    }
    let left_out = page.left_out(row.facts.len());
    for fact in row.facts.iter().take(row.facts.len() - left_out) {
        page.line(&fact.sentence());
        for said in fact.evidence().filter(|said| said.source().id() == source.id.as_str()) {
            words(said, page);
        }
    }
    page.say_left_out(0, left_out);
}

/// What the source says about a fact: its words, or that it has none, and on which side it is.
fn words<'g>(said: Evidence<'g>, page: &mut Page<'g>) {
    let quote = said
        .quote()
        .map_or_else(|| "(no quote)".to_owned(), |quote| format!("\"{}\"", indented(quote, "    ")));
    let place = said.locator().map_or_else(String::new, |place| format!(", {place}"));
    let stance = match said.stance() {
        Stance::Supports => "",
        Stance::Refutes => ": against",
        Stance::Mentions => ": only mentions it",
    };
    let said_by = said.said_by().map_or_else(String::new, |who| format!(", said by {who}"));
    page.line(&format!("    {quote}{said_by}{place}{stance}"));
}
