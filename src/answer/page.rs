//! Text for people: sentences, footnote numbers, sources at the foot.

use anstyle::Style;

use super::footnotes::{Footnotes, Mark, published};
use super::sentence::{self, Piece, Sentence};
use crate::graph::{Entity, Evidence, Fact, Relation, Right, Source};
use crate::model::Stance;

const NAME: Style = Style::new().bold();
const NOTE: Style = Style::new().dimmed();

/// How an answer is written as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// Whether every line has its facts, rules and quotes below it.
    pub why: bool,
    /// Whether names are bold and notes dim, by ANSI escape sequences.
    pub styled: bool,
    /// Whether lists are summed up, where an answer has a short form.
    pub brief: bool,
    /// Lines of a list at most, where a list can be long; none for any number.
    pub top: Option<usize>,
    /// Characters in a line at most, where tables wrap; none for any number.
    pub width: Option<u16>,
}

/// The text of an answer under construction.
#[derive(Debug)]
pub struct Page<'g> {
    text: String,
    notes: Footnotes<'g>,
    options: TextOptions,
    /// Whether tables are passed by.
    has_no_tables: bool,
}

impl<'g> Page<'g> {
    /// An empty page.
    #[must_use]
    pub const fn new(options: &TextOptions) -> Self {
        Self { text: String::new(), notes: Footnotes::new(), options: *options, has_no_tables: false }
    }

    /// A page without footnotes at its foot, on which tables are passed by: they are told elsewhere.
    pub(super) fn without_tables(notes: Footnotes<'g>) -> Self {
        Self { notes, has_no_tables: true, ..Self::new(&TextOptions::default()) }
    }

    /// Its lines without styles, and the footnotes.
    pub(super) fn into_lines(self) -> (Vec<String>, Footnotes<'g>) {
        let text = plain(&self.text);
        let lines = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned);
        (lines.collect(), self.notes)
    }

    /// Whether `--why` asks for facts, quotes and sources.
    pub const fn asks_why(&self) -> bool {
        self.options.why
    }

    /// Whether lists are to be summed up.
    pub(crate) const fn is_brief(&self) -> bool {
        self.options.brief
    }

    /// How many of so many lines are over the number to be listed.
    pub(crate) fn left_out(&self, lines: usize) -> usize {
        self.options.top.map_or(0, |top| lines.saturating_sub(top))
    }

    /// Says how many lines of a list are left out, if any are.
    pub(crate) fn say_left_out(&mut self, indent: usize, count: usize) {
        if count > 0 {
            self.line(&format!(
                "{}... and {count} more; --top N lists so many, --top all lists all",
                " ".repeat(indent)
            ));
        }
    }

    /// Adds a line unchanged.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds a relation as a sentence, with details and sources.
    pub fn relation(&mut self, indent: usize, relation: Relation<'g>) {
        self.relations(indent, &[relation]);
    }

    /// Adds the relations of one fact, kind and subject as one sentence, with details and sources.
    pub fn relations(&mut self, indent: usize, relations: &[Relation<'g>]) {
        let Some(first) = relations.first().map(|relation| relation.told()) else { return };
        let sentence = sentence::relations(relations, &mut self.notes);
        self.sentence(indent, &sentence);
        self.rule(indent + 4, first);
        self.reasons(indent + 4, first.fact(), &first.evidence());
    }

    /// Adds a sentence.
    fn sentence(&mut self, indent: usize, sentence: &Sentence) {
        self.line(&format!("{}{}", " ".repeat(indent), styled(sentence)));
    }

    /// Adds a fact as a sentence, with sources; for an event without a kind, only its note says what happened.
    pub fn fact(&mut self, fact: Fact<'g>) {
        self.indented_fact(0, fact);
    }

    /// The same, indented.
    pub(crate) fn indented_fact(&mut self, indent: usize, fact: Fact<'g>) {
        let evidence: Vec<_> = fact.evidence().collect();
        let sentence = sentence::fact(fact, !self.options.why, &mut self.notes);
        self.sentence(indent, &sentence);
        self.reasons(indent + 4, Some(fact), &evidence);
    }

    /// Adds an ended fact as a sentence, with what ended it, and sources.
    pub fn over(&mut self, fact: Fact<'g>, by: &str) {
        let evidence: Vec<_> = fact.evidence().collect();
        let cited = self.cite(&evidence);
        let by = if by.is_empty() { String::new() } else { format!(": {by}") };
        self.line(&format!("  {}{by}{cited}", fact.sentence()));
        self.reasons(6, Some(fact), &evidence);
    }

    /// Adds a path: each relation is indented further than the one before.
    pub fn chain(&mut self, indent: usize, steps: &[Relation<'g>]) {
        for (n, step) in steps.iter().enumerate() {
            // From some depth on, more indentation would only push the text off the page.
            self.plain_relation(indent + 2 * n.min(10), *step, "");
        }
    }

    /// Adds a chain of stakes, noting any stake whose share of a right differs from that of the capital.
    pub fn stakes(&mut self, indent: usize, stakes: &[Relation<'g>], right: Right) {
        for (n, stake) in stakes.iter().enumerate() {
            let share = sentence::share_of(*stake, right);
            self.plain_relation(indent + 2 * n.min(10), *stake, &share);
        }
    }

    /// Adds a relation as a sentence with only its date, its sources and a remark.
    fn plain_relation(&mut self, indent: usize, relation: Relation<'g>, said: &str) {
        let relation = relation.told();
        let sentence = sentence::plain(relation, said, &mut self.notes);
        self.sentence(indent, &sentence);
        self.rule(indent + 4, relation);
        self.reasons(indent + 4, relation.fact(), &relation.evidence());
    }

    /// Adds rows in columns with two spaces between; the last column wraps at the edge of a terminal.
    pub fn table(&mut self, rows: Vec<Vec<String>>, align_right: &[usize]) {
        if self.has_no_tables {
            return;
        }
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        if let Some(width) = self.options.width {
            table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic).set_width(width);
        }
        let columns = rows.first().map_or(0, Vec::len);
        for row in rows {
            table.add_row(row);
        }
        for n in 0..columns {
            if let Some(column) = table.column_mut(n) {
                column.set_padding((0, 2));
                if align_right.contains(&n) {
                    column.set_cell_alignment(comfy_table::CellAlignment::Right);
                }
            }
        }
        for line in table.lines() {
            self.line(line.trim_end());
        }
    }

    /// Adds rows in columns as [`table`](Self::table) does, without the columns that are empty in every row.
    pub(crate) fn filled_table(&mut self, mut rows: Vec<Vec<String>>, align_right: &[usize]) {
        let columns = rows.first().map_or(0, Vec::len);
        let is_filled = |n: usize| rows.iter().any(|row| row.get(n).is_some_and(|cell| !cell.is_empty()));
        let filled: Vec<usize> = (0..columns).filter(|n| is_filled(*n)).collect();
        for row in &mut rows {
            let mut column = 0..;
            row.retain(|_| column.next().is_some_and(|n| filled.contains(&n)));
        }
        let right = filled.iter().enumerate().filter(|(_, column)| align_right.contains(column));
        let right: Vec<usize> = right.map(|(n, _)| n).collect();
        self.table(rows, &right);
    }

    /// The lines that `--why` adds below a row, for the row's own cell.
    pub fn reasons_apart(&mut self, fact: Fact<'g>, evidence: &[Evidence<'g>]) -> String {
        let before = std::mem::take(&mut self.text);
        self.reasons(2, Some(fact), evidence);
        let reasons = std::mem::replace(&mut self.text, before);
        if reasons.is_empty() { reasons } else { format!("\n{}", plain(reasons.trim_end())) }
    }

    /// `--why`: the rule by which an unstated relation was derived.
    fn rule(&mut self, indent: usize, relation: Relation<'g>) {
        if let (true, Some(rule)) = (self.options.why, relation.derived()) {
            let indent = " ".repeat(indent);
            self.line(&format!("{indent}{NOTE}rule{NOTE:#} {}: {}", rule.name(), rule.sentence()));
        }
        if self.options.why {
            for ending in relation.endings() {
                let (rule, fact) = (ending.rule, ending.fact.id());
                let indent = " ".repeat(indent);
                self.line(&format!(
                    "{indent}{NOTE}ended by{NOTE:#} {fact}, rule {}: {}",
                    rule.name(),
                    rule.sentence()
                ));
            }
        }
    }

    /// `--why`: the fact's id, and the words of its sources.
    pub fn reasons(&mut self, indent: usize, fact: Option<Fact<'g>>, evidence: &[Evidence<'g>]) {
        if !self.options.why {
            return;
        }
        let indent = " ".repeat(indent);
        if let Some(fact) = fact {
            self.line(&format!("{indent}{NOTE}fact{NOTE:#} {}", fact.id()));
            let record = fact.record();
            if let Some(note) = &record.note {
                self.line(&format!("{indent}{NOTE}note{NOTE:#} {}", indented(note, &indent)));
            }
            self.properties(&indent, fact.properties());
            if record.unsourced {
                self.line(&format!("{indent}{NOTE}stated without a source{NOTE:#}"));
            }
        } else {
            self.line(&format!("{indent}{NOTE}stated by the record of the entity itself{NOTE:#}"));
        }
        for evidence in evidence {
            self.quote(&indent, *evidence);
        }
    }

    /// Open properties, a line for each.
    pub(crate) fn properties<'p>(
        &mut self,
        indent: &str,
        properties: impl Iterator<Item = (&'p str, &'p str)>,
    ) {
        for (key, value) in properties {
            self.line(&format!("{indent}{NOTE}property{NOTE:#} {key}: {}", indented(value, indent)));
        }
    }

    fn quote(&mut self, indent: &str, evidence: Evidence<'g>) {
        let number = self.notes.number(evidence.source());
        let quote = evidence
            .quote()
            .map_or_else(|| "(no quote)".to_owned(), |quote| format!("\"{}\"", indented(quote, indent)));
        let mut line = format!("{indent}{quote}");
        if let Some(said_by) = evidence.said_by() {
            line.push_str(&format!(", said by {said_by}"));
        }
        if let Some(locator) = evidence.locator() {
            line.push_str(&format!(", {locator}"));
        }
        match evidence.stance() {
            Stance::Refutes => line.push_str(", against it"),
            Stance::Mentions => line.push_str(", only mentions it"),
            _ => {}
        }
        self.line(&format!("{line} [{number}]"));
    }

    /// `" [1][2]"`, each source once; those that disagree are marked. Dimmed on a terminal.
    pub fn cite(&mut self, evidence: &[Evidence<'g>]) -> String {
        let cited = self.cite_plain(evidence);
        if cited.is_empty() { cited } else { format!("{NOTE}{cited}{NOTE:#}") }
    }

    /// The same without dimming, for cells of a table.
    pub fn cite_plain(&mut self, evidence: &[Evidence<'g>]) -> String {
        let marks = self.notes.marks(evidence);
        if marks.is_empty() { String::new() } else { format!(" {}", joined(&marks)) }
    }

    /// The cited sources, in the order of the footnotes.
    pub(crate) fn into_sources(self) -> Vec<Source<'g>> {
        self.notes.into_sources()
    }

    /// The text, with the sources at its foot.
    #[must_use]
    pub fn finish(mut self) -> String {
        let sources = std::mem::take(&mut self.notes).into_sources();
        if !sources.is_empty() {
            self.gap();
        }
        for (n, source) in sources.into_iter().enumerate() {
            let url = source.record().url.as_ref().map_or_else(String::new, |url| format!(" {url}"));
            self.line(&format!("[{}] {}{}{url}", n + 1, source.title(), published(source)));
        }
        if self.options.styled { self.text } else { plain(&self.text) }
    }
}

/// Text without our styles.
fn plain(text: &str) -> String {
    text.replace(&format!("{NAME}"), "").replace(&format!("{NOTE}"), "").replace(&format!("{NOTE:#}"), "")
}

/// A sentence with bold names, and dim notes and marks.
fn styled(sentence: &Sentence) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Name(name) => format!("{NAME}{name}{NAME:#}"),
        Piece::Note(note) => format!("{NOTE}{note}{NOTE:#}"),
        Piece::Marks(marks) => format!("{NOTE} {}{NOTE:#}", joined(marks)),
    };
    sentence.pieces().iter().map(piece).collect()
}

/// "[1][2]".
fn joined(marks: &[Mark]) -> String {
    marks.iter().map(Mark::to_string).collect()
}

/// Indents all lines but the first, so that none looks like a line of the answer.
pub(super) fn indented(text: &str, indent: &str) -> String {
    text.replace("\r\n", "\n").replace(['\n', '\r'], &format!("\n{indent}  | "))
}

/// A name, distinguished from equal names, bold on a terminal.
pub fn name(entity: Entity<'_>) -> String {
    format!("{NAME}{}{NAME:#}", entity.told_name())
}

/// "1 stake", "2 stakes".
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
