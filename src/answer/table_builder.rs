//! Builds tables row by row. Columns that only some rows need stand where the vocabulary has them, whichever row comes first.

use std::collections::{HashMap, HashSet};

use super::footnotes::Footnotes;
use super::page::Page;
use super::sentence::{self, Sentence};
use super::table::{Cell, Grid, RowsBy, Table};
use crate::analysis::ShareRange;
use crate::graph::{Entity, Evidence, Fact, Relation};
use crate::value::{Date, Money, Share};

/// The most columns of one name, numbered: `seller`, `seller_2`, and so on.
const MOST_NUMBERED: u16 = 9;

/// The first group of columns that follow what is said of a fact.
const BEHIND: u16 = 1000;

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    group: u16,
    item: u16,
    number: u16,
    part: u8,
}

/// A name of columns, and where they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'n> {
    text: &'n str,
    group: u16,
    item: u16,
    number: u16,
}

impl<'n> Name<'n> {
    /// A column in a group that has a place of its own.
    pub(super) const fn at(group: u16, item: u16, text: &'n str) -> Self {
        Self { text, group, item, number: 1 }
    }

    fn column(self, suffix: &str) -> String {
        match self.number {
            0 | 1 => format!("{}{suffix}", self.text),
            number => format!("{}_{number}{suffix}", self.text),
        }
    }
}

/// Builds the [`Table`] of an answer.
///
/// ```
/// # use keiretsu::answer::{RowsBy, TableBuilder};
/// let mut table = TableBuilder::new(RowsBy::Results);
/// for (name, count) in [("anvils", 3), ("rockets", 1)] {
///     table.row();
///     table.text("name", Some(name));
///     table.number("count", Some(count));
/// }
/// let table = table.finish();
/// assert_eq!(table.columns(), ["name", "count"]);
/// assert_eq!(table.rows()[1][0].to_string(), "rockets");
/// ```
#[derive(Debug)]
pub struct TableBuilder<'g> {
    by: RowsBy,
    /// The position of each column, and its name.
    positions: HashMap<Place, usize>,
    columns: Vec<(Place, String)>,
    own: Vec<&'static str>,
    row: Row<'g>,
    rows: Vec<Vec<(usize, Cell)>>,
    headings: Vec<&'static str>,
    lines: Vec<Vec<(usize, Cell)>>,
    pub(super) notes: Footnotes<'g>,
    pub(super) seen: HashSet<Fact<'g>>,
    pub(super) keys: HashMap<&'g str, u16>,
    pub(super) has_more_keys: bool,
    leads: Vec<String>,
    remarks: Vec<String>,
    crowded: Vec<String>,
}

/// The row that is being filled.
#[derive(Debug, Default)]
struct Row<'g> {
    has_begun: bool,
    /// Whether a relation or fact has been told in it.
    has_told: bool,
    cells: Vec<(usize, Cell)>,
    line: Vec<(usize, Cell)>,
    parties: Vec<(&'static str, Entity<'g>)>,
    evidence: Vec<Evidence<'g>>,
    is_first: bool,
}

impl<'g> TableBuilder<'g> {
    /// A table without rows.
    #[must_use]
    pub fn new(by: RowsBy) -> Self {
        Self {
            by,
            positions: HashMap::new(),
            columns: Vec::new(),
            own: Vec::new(),
            row: Row::default(),
            rows: Vec::new(),
            headings: Vec::new(),
            lines: Vec::new(),
            notes: Footnotes::new(),
            seen: HashSet::new(),
            keys: HashMap::new(),
            has_more_keys: false,
            leads: Vec::new(),
            remarks: Vec::new(),
            crowded: Vec::new(),
        }
    }

    /// What a row stands for.
    #[must_use]
    pub const fn by(&self) -> RowsBy {
        self.by
    }

    /// Begins the next row.
    pub fn row(&mut self) {
        self.end_row();
        self.row.has_begun = true;
    }

    /// A text.
    pub fn text(&mut self, name: &'static str, text: Option<&str>) {
        let name = self.own(name);
        self.put(name, 0, "", text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned())));
    }

    /// A number: whole, or decimal.
    pub fn number(&mut self, name: &'static str, number: Option<impl ToString>) {
        let name = self.own(name);
        self.put(name, 0, "", number.map_or(Cell::Empty, |number| Cell::Number(number.to_string())));
    }

    /// What is true or false.
    pub fn flag(&mut self, name: &'static str, flag: Option<bool>) {
        let name = self.own(name);
        self.put(name, 0, "", flag.map_or(Cell::Empty, Cell::Flag));
    }

    /// Several texts, each in a column of its own.
    pub fn texts<'t>(&mut self, name: &'static str, texts: impl IntoIterator<Item = &'t str>) {
        let name = self.own(name);
        self.texts_at(name, texts);
    }

    /// A date: as written, and its first and last day.
    pub fn date(&mut self, name: &'static str, date: Option<Date>) {
        let name = self.own(name);
        self.date_at(name, date);
    }

    /// Money: as written, the bounds of the figure, and the currency.
    pub fn money(&mut self, name: &'static str, money: Option<Money>) {
        let name = self.own(name);
        self.money_at(name, money);
    }

    /// A share as stated: as written, and its bounds in parts of 1.
    pub fn share(&mut self, name: &'static str, share: Option<Share>) {
        let name = self.own(name);
        self.share_at(name, share);
    }

    /// A computed share: in words, its bounds in parts of 1, and as a fraction where it is exact.
    pub fn share_range(&mut self, name: &'static str, share: Option<&ShareRange>) {
        let name = self.own(name);
        let bounds = share.filter(|share| !share.is_unknown());
        self.put(name, 0, "", share.map_or(Cell::Empty, |share| Cell::Text(share.words(2))));
        let low = bounds.map(|share| Cell::Share(share.low().decimal_below(crate::export::PLACES)));
        let high = bounds.map(|share| Cell::Share(share.high().decimal_above(crate::export::PLACES)));
        self.put(name, 1, "_low", low.unwrap_or_default());
        self.put(name, 2, "_high", high.unwrap_or_default());
        let exact = share.and_then(ShareRange::exact).map(|exact| Cell::Text(exact.to_string()));
        self.put(name, 3, "_exact", exact.unwrap_or_default());
    }

    /// An entity: its name, id and kind.
    pub fn entity(&mut self, name: &'static str, entity: Option<Entity<'g>>) {
        let name = self.own(name);
        self.entity_at(name, entity);
    }

    /// Several entities, each in columns of its own.
    pub fn entities(&mut self, name: &'static str, entities: &[Entity<'g>]) {
        let name = self.own(name);
        self.entities_at(name, entities.iter().copied());
    }

    /// A cell for readers below a heading. Headings stand in the order of their first use.
    pub fn reads(&mut self, heading: &'static str, cell: Cell) {
        let position = self.headings.iter().position(|known| *known == heading).unwrap_or_else(|| {
            self.headings.push(heading);
            self.headings.len() - 1
        });
        self.row.line.push((position, cell));
    }

    /// A text for readers.
    pub fn reads_text(&mut self, heading: &'static str, text: impl Into<String>) {
        let text = text.into();
        self.reads(heading, if text.is_empty() { Cell::Empty } else { Cell::Text(text) });
    }

    /// A sentence for readers, and for spreadsheets without its footnote marks.
    pub fn reads_sentence(&mut self, heading: &'static str, sentence: Sentence) {
        self.reads(heading, Cell::Sentence(sentence));
    }

    /// Says something below the rows, or instead of them.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Begins a row for readers only.
    pub(super) fn reading_row(&mut self) {
        self.end_row();
    }

    /// A relation as a sentence for readers.
    pub(super) fn reads_relation(&mut self, heading: &'static str, relation: Relation<'g>) {
        self.reads_relations(heading, &[relation]);
    }

    /// The relations of one fact, kind and subject as one sentence for readers.
    pub(super) fn reads_relations(&mut self, heading: &'static str, relations: &[Relation<'g>]) {
        let sentence = sentence::relations(relations, &mut self.notes);
        self.reads(heading, Cell::Sentence(sentence));
    }

    /// A fact as a sentence for readers.
    pub(super) fn reads_fact(&mut self, heading: &'static str, fact: Fact<'g>) {
        let sentence = sentence::fact(fact, true, &mut self.notes);
        self.reads(heading, Cell::Sentence(sentence));
    }

    /// A deal as a sentence for readers, without what has columns of its own.
    pub(super) fn reads_deal(&mut self, heading: &'static str, fact: Fact<'g>) {
        let leg = fact.part_of().map_or_else(String::new, |whole| format!(", part of `{}`", whole.id()));
        let evidence: Vec<_> = fact.evidence().collect();
        let marks = self.notes.marks(&evidence);
        let sentence = Sentence::from(format!("{}{leg}", fact.summary())).marks(marks);
        self.reads(heading, Cell::Sentence(sentence));
    }

    /// Says above the rows what text says in lines.
    pub(super) fn leads_of(&mut self, write: impl FnOnce(&mut Page<'g>)) {
        let lines = self.lines_of(write);
        self.leads.extend(lines);
    }

    /// Says below the rows what text says besides its tables.
    pub(super) fn remarks_of(&mut self, write: impl FnOnce(&mut Page<'g>)) {
        let lines = self.lines_of(write);
        self.remarks.extend(lines);
    }

    fn lines_of(&mut self, write: impl FnOnce(&mut Page<'g>)) -> Vec<String> {
        let mut page = Page::without_tables(std::mem::take(&mut self.notes));
        write(&mut page);
        let (lines, notes) = page.into_lines();
        self.notes = notes;
        lines
    }

    /// The table.
    #[must_use]
    pub fn finish(mut self) -> Table<'g> {
        self.end_row();
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|n| self.columns.get(*n).map(|(place, _)| *place));
        let mut rank = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(rank) = rank.get_mut(*old) {
                *rank = new;
            }
        }
        let columns = order.iter().filter_map(|n| self.columns.get(*n)).map(|(_, name)| name.clone());
        let data = Grid { columns: columns.collect(), rows: laid_out(self.rows, &rank) };
        let reading = reading(&self.headings, self.lines);
        let mut left_out: Vec<String> = self
            .crowded
            .iter()
            .map(|name| format!("more than {MOST_NUMBERED} of `{name}`: `{name}_more` counts the rest, --rows parties lists all parties"))
            .collect();
        if self.has_more_keys {
            left_out.push("properties with many different keys: only the first have columns".to_owned());
        }
        let sources = self.notes.into_sources();
        Table { data, reading, sources, leads: self.leads, remarks: self.remarks, left_out }
    }

    /// Where a column of the answer itself stands: in the order of first use, before or behind what is said of a fact.
    fn own(&mut self, text: &'static str) -> Name<'static> {
        let position = self.own.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.own.push(text);
            self.own.len() - 1
        });
        let position = u16::try_from(position).unwrap_or(u16::MAX);
        let group = if self.row.has_told { BEHIND.saturating_add(position) } else { position };
        Name { text, group, item: 0, number: 1 }
    }

    /// Notes that what is said of a fact stands here, with those who take part in it and what tells of it.
    pub(super) fn told(
        &mut self,
        parties: Vec<(&'static str, Entity<'g>)>,
        evidence: Vec<Evidence<'g>>,
        is_first: bool,
    ) {
        self.row.has_told = true;
        self.row.is_first = is_first;
        self.row.parties = parties;
        self.row.evidence = evidence;
    }

    /// Fills a cell; an empty one makes sure that there is a column.
    pub(super) fn put(&mut self, name: Name<'_>, part: u8, suffix: &str, cell: Cell) {
        let place = Place { group: name.group, item: name.item, number: name.number, part };
        let position = match self.positions.get(&place) {
            Some(position) => *position,
            None => {
                let position = self.columns.len();
                self.columns.push((place, name.column(suffix)));
                self.positions.insert(place, position);
                position
            }
        };
        if cell != Cell::Empty {
            self.row.cells.push((position, cell));
        }
    }

    pub(super) fn text_at(&mut self, name: Name<'_>, text: Option<impl Into<String>>) {
        self.put(name, 0, "", text.map_or(Cell::Empty, |text| Cell::Text(text.into())));
    }

    pub(super) fn texts_at<'t>(&mut self, name: Name<'_>, texts: impl IntoIterator<Item = &'t str>) {
        self.numbered(name, texts, |table, name, text| table.text_at(name, Some(text)));
    }

    pub(super) fn date_at(&mut self, name: Name<'_>, date: Option<Date>) {
        let day = |day| Option::map_or(day, Cell::Empty, Cell::Day);
        self.text_at(name, date.map(|date| date.to_string()));
        self.put(name, 1, "_earliest", day(date.and_then(Date::earliest)));
        self.put(name, 2, "_latest", day(date.and_then(Date::latest)));
    }

    pub(super) fn money_at(&mut self, name: Name<'_>, money: Option<Money>) {
        let number =
            |bound: Option<_>| bound.map_or(Cell::Empty, |bound| Cell::Number(ToString::to_string(&bound)));
        self.text_at(name, money.map(|money| money.to_string()));
        self.put(name, 1, "_low", number(money.and_then(Money::low)));
        self.put(name, 2, "_high", number(money.and_then(Money::high)));
        let currency = money.and_then(Money::currency).map(|currency| currency.as_str());
        self.put(name, 3, "_currency", currency.map_or(Cell::Empty, |code| Cell::Text(code.to_owned())));
    }

    pub(super) fn share_at(&mut self, name: Name<'_>, share: Option<Share>) {
        let bounds = share.filter(|share| !share.is_undisclosed()).map(crate::export::bounds);
        let (low, high) =
            bounds.map_or((Cell::Empty, Cell::Empty), |[low, high]| (Cell::Share(low), Cell::Share(high)));
        self.text_at(name, share.map(|share| share.to_string()));
        self.put(name, 1, "_low", low);
        self.put(name, 2, "_high", high);
    }

    pub(super) fn entity_at(&mut self, name: Name<'_>, entity: Option<Entity<'g>>) {
        self.text_at(name, entity.map(|entity| entity.name()));
        self.put(name, 1, "_id", entity.map_or(Cell::Empty, |entity| Cell::Text(entity.id().to_owned())));
        let kind = entity.map_or(Cell::Empty, |entity| Cell::Text(entity.kind().to_string()));
        self.put(name, 2, "_kind", kind);
    }

    pub(super) fn entities_at(&mut self, name: Name<'_>, entities: impl IntoIterator<Item = Entity<'g>>) {
        self.numbered(name, entities, |table, name, entity| table.entity_at(name, Some(entity)));
    }

    /// Parties: each with its name and id.
    pub(super) fn parties_at(&mut self, name: Name<'_>, parties: impl IntoIterator<Item = Entity<'g>>) {
        self.numbered(name, parties, |table, name, party| {
            table.text_at(name, Some(party.name()));
            table.put(name, 1, "_id", Cell::Text(party.id().to_owned()));
        });
    }

    /// Fills numbered columns, and counts what is over their number.
    fn numbered<T>(
        &mut self,
        name: Name<'_>,
        items: impl IntoIterator<Item = T>,
        fill: impl Fn(&mut Self, Name<'_>, T),
    ) {
        let mut more = 0_usize;
        for (number, item) in (1..).zip(items) {
            if number > MOST_NUMBERED {
                more += 1;
            } else {
                fill(self, Name { number, ..name }, item);
            }
        }
        if more > 0 {
            let name = Name { number: MOST_NUMBERED + 1, ..name };
            let column = format!("{}_more", name.text);
            let place = Name { text: &column, number: 1, ..name };
            self.put_more(Name { number: name.number, ..place }, &column, more);
        }
    }

    /// How many are over the number of columns.
    fn put_more(&mut self, name: Name<'_>, column: &str, more: usize) {
        let place = Place { group: name.group, item: name.item, number: name.number, part: 0 };
        let next = self.columns.len();
        let position = *self.positions.entry(place).or_insert(next);
        if position == next {
            self.columns.push((place, column.to_owned()));
            self.crowded.extend(column.strip_suffix("_more").map(str::to_owned));
        }
        self.row.cells.push((position, Cell::Number(more.to_string())));
    }

    /// Ends the row: as one, or as one for each party or piece of evidence.
    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if !row.line.is_empty() {
            self.lines.push(row.line);
        }
        if !row.has_begun {
            return;
        }
        let split = match self.by {
            RowsBy::Results | RowsBy::Steps => Vec::new(),
            RowsBy::Parties => self.rows_of_parties(&row.parties),
            RowsBy::Sources => self.rows_of_sources(&row.evidence),
        };
        if split.is_empty() {
            return self.rows.push(row.cells);
        }
        for (n, own) in split.into_iter().enumerate() {
            let mut cells = row.cells.clone();
            cells.extend(own);
            // What follows the first row of a fact is not its first.
            if n > 0 && row.is_first {
                self.unmark_first(&mut cells);
            }
            self.rows.push(cells);
        }
    }

    fn unmark_first(&self, cells: &mut [(usize, Cell)]) {
        let position = self.columns.iter().position(|(_, name)| name == super::columns::FIRST);
        for (_, cell) in cells.iter_mut().filter(|(n, _)| Some(*n) == position) {
            *cell = Cell::Flag(false);
        }
    }

    /// Fills cells only so that there are columns.
    pub(super) fn scratch(&mut self, fill: impl FnOnce(&mut Self)) {
        self.end_row();
        fill(self);
        self.row = Row::default();
    }

    /// Fills cells of a row that is split, apart from those that its rows have in common.
    pub(super) fn apart(&mut self, fill: impl FnOnce(&mut Self)) -> Vec<(usize, Cell)> {
        let before = std::mem::take(&mut self.row);
        fill(self);
        std::mem::replace(&mut self.row, before).cells
    }
}

/// Rows with all their cells, at the columns' final positions.
fn laid_out(rows: Vec<Vec<(usize, Cell)>>, rank: &[usize]) -> Vec<Vec<Cell>> {
    let lay = |row: Vec<(usize, Cell)>| {
        let mut cells = vec![Cell::Empty; rank.len()];
        for (position, cell) in row {
            if let Some(place) = rank.get(position).and_then(|rank| cells.get_mut(*rank)) {
                *place = cell;
            }
        }
        cells
    };
    rows.into_iter().map(lay).collect()
}

/// What readers see, without the columns that are empty in every row.
fn reading(headings: &[&str], lines: Vec<Vec<(usize, Cell)>>) -> Grid {
    let is_filled = |n: &usize| lines.iter().flatten().any(|(at, cell)| at == n && *cell != Cell::Empty);
    let filled: Vec<usize> = (0..headings.len()).filter(is_filled).collect();
    let mut rank = vec![usize::MAX; headings.len()];
    for (new, old) in filled.iter().enumerate() {
        if let Some(rank) = rank.get_mut(*old) {
            *rank = new;
        }
    }
    let lay = |line: Vec<(usize, Cell)>| {
        let mut cells = vec![Cell::Empty; filled.len()];
        for (position, cell) in line {
            if let Some(place) = rank.get(position).and_then(|rank| cells.get_mut(*rank)) {
                *place = cell;
            }
        }
        cells
    };
    let columns = filled.iter().filter_map(|n| headings.get(*n)).map(|heading| (*heading).to_owned());
    Grid { columns: columns.collect(), rows: lines.into_iter().map(lay).collect() }
}
