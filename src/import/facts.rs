//! Rows that are facts.

use std::borrow::Cow;

use super::blocks::Block;
use super::cells::{self, IsPlain};
use super::details::Details;
use super::faults::{Coded, Fault, Faults, Reasons};
use super::numbers;
use super::rejects::Unused;
use super::signs::Signs;
use super::spellings::Spellings;
use super::split::{Row, Split};
use super::table::Header;
use super::threads::{AddRows, ReadRows};
use super::words::WordColumns;
use crate::diagnostic::{Code, a, shown};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{
    Detail, EntityIx, FactPart, FactSink, Finder, Miscast, PlainFact, Record, Refused, When, miscast,
};
use crate::limits::Limits;
use crate::model::vocabulary::COMMON_ROLES;
use crate::model::{Attribute, DecimalMark, FactKind, FactShape, FactTable, Role};
use crate::value::{Date, Money};

/// The columns of a fact.
pub(super) struct Columns<'m> {
    table: &'m FactTable,
    limits: &'m Limits,
    labels: Vec<String>,
    shapes: Vec<Shape<'m>>,
    kind: Option<usize>,
    id: Option<usize>,
    dates: [Option<usize>; 3],
    until: Option<usize>,
    share: Option<usize>,
    amount: Option<usize>,
    source: Option<usize>,
    published: Option<usize>,
    words: Option<WordColumns>,
    details: Details<'m>,
    quantity: Option<usize>,
    /// The columns that name parties.
    parties: Vec<usize>,
}

/// A kind of fact, with the columns of its parties.
struct Shape<'m> {
    text: &'m str,
    shape: &'m FactShape,
    /// Each role, with its column and the position of that among the party columns.
    roles: Vec<(Role, Option<usize>, usize)>,
    has_share: bool,
}

/// Reads facts whose parties are known.
pub(super) struct Reader<'t, 'm> {
    pub(super) columns: &'t Columns<'m>,
    pub(super) finder: Finder<'t>,
    pub(super) spellings: &'t Spellings,
}

/// The facts of a block.
#[derive(Default)]
pub(super) struct Part {
    facts: FactPart,
    /// The row of each fact.
    rows: Vec<u32>,
    /// The parties found by the batch look-up, column by column.
    found: Vec<u32>,
    roles: Vec<(Role, EntityIx)>,
    details: Vec<Detail>,
    share: String,
    amount: String,
    signs: Signs,
    /// The shape of the previous row, which often fits the next.
    last: usize,
}

impl ReadRows for Reader<'_, '_> {
    type Part = Part;

    fn read(&self, block: &Block, split: &Split, part: &mut Part, unused: &mut Vec<Unused>) {
        part.facts.clear();
        part.rows.clear();
        part.found.clear();
        part.signs.clear();
        for column in &self.columns.parties {
            let (bytes, places) = split.column(block, *column);
            self.finder.look(bytes, places, &mut part.found);
        }
        split.each(block, &self.columns.labels, |n, row| {
            match row.and_then(|row| self.fact((n, split.len()), row, part)) {
                Ok(()) => part.rows.push(n as u32),
                Err(reason) => unused.push((n as u32, reason)),
            }
        });
    }
}

/// Adds facts to a graph.
pub(super) struct Adder<'t> {
    sink: FactSink<'t>,
    columns: &'t Columns<'t>,
    signs: Signs,
}

impl<'t> Adder<'t> {
    pub(super) fn new(sink: FactSink<'t>, columns: &'t Columns<'t>) -> Self {
        Self { sink, columns, signs: Signs::default() }
    }

    /// Hints about the table as a whole.
    pub(super) fn hints(&self) -> impl Iterator<Item = String> {
        self.signs.hints(self.columns.table)
    }
}

impl AddRows for Adder<'_> {
    type Part = Part;

    fn expect(&mut self, part: &Part, times: usize) {
        self.sink.expect(&part.facts, times);
    }

    fn add(&mut self, part: &mut Part, unused: &mut Vec<Unused>) {
        let before = unused.len();
        let Columns { limits, labels, id, source, published, .. } = self.columns;
        self.signs.add(&part.signs);
        let check_source = |text: &str| {
            if text.len() > limits.text_bytes {
                let reason = format!("the source is longer than {} bytes", limits.text_bytes);
                return Err((Code::TextTooLong, reason));
            }
            cells::line(text, "source", usize::MAX).map(|_| ()).map_err(|fault| (fault.code, fault.reason))
        };
        self.sink.add(&mut part.facts, check_source, |n, of, (code, reason)| {
            let column = match of {
                Refused::Id => id,
                Refused::Source => source,
                Refused::Published => published,
                // With several columns, it is unknown which one.
                Refused::Others => &None,
            };
            let label = column.and_then(|column| labels.get(column));
            let fault = Fault::new(code, reason).of_column(label);
            unused.push((part.rows.get(n).copied().unwrap_or_default(), fault.into()));
        });
        if unused.len() > before {
            unused.sort_by_key(|(row, _)| *row);
        }
    }
}

impl<'m> Columns<'m> {
    pub(super) fn new(table: &'m FactTable, header: &Header, limits: &'m Limits) -> Result<Self> {
        if let Some(currency) = &table.currency
            && format!("{currency} 1").parse::<Money>().is_err()
        {
            let message = format!("the mapping: `{}` is not a currency, such as `USD`", shown(currency));
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        let always = table.always.iter().map(|shape| ("", shape));
        let shapes = always.chain(table.kinds.iter().map(|(text, shape)| (text.as_str(), shape)));
        let find = |name: &Option<String>| header.find(name.as_ref());
        let mut shapes: Vec<Shape<'m>> =
            shapes.map(|(text, shape)| Shape::new(text, shape, header)).collect::<Result<_>>()?;
        let mut parties: Vec<usize> =
            shapes.iter().flat_map(|shape| shape.roles.iter().filter_map(|(_, column, _)| *column)).collect();
        parties.sort_unstable();
        parties.dedup();
        for (_, column, place) in shapes.iter_mut().flat_map(|shape| &mut shape.roles) {
            *place = column.map_or(0, |column| parties.partition_point(|party| *party < column));
        }
        let kinds: Vec<FactKind> = shapes.iter().map(|shape| shape.shape.kind).collect();
        let details = Details::new(table, &kinds, header, limits)?;
        Ok(Self {
            table,
            limits,
            labels: header.labels(),
            shapes,
            parties,
            kind: find(&table.kind)?,
            id: find(&table.id)?,
            dates: [find(&table.announced)?, find(&table.since)?, find(&table.completed)?],
            until: find(&table.until)?,
            share: find(&table.share)?,
            amount: find(&table.amount)?,
            source: find(&table.source)?,
            published: find(&table.published)?,
            words: WordColumns::new(table, header)?,
            quantity: details.quantity(),
            details,
        })
    }

    /// Whether a number in the row has a comma although the table uses points.
    fn have_commas(&self, row: Row<'_>) -> bool {
        let own = [self.share, self.amount].into_iter().chain(self.details.numbers());
        let mut cells = own.filter_map(|column| row.cell(column));
        self.table.decimal == DecimalMark::Point && cells.any(numbers::has_comma)
    }

    /// The shape of a row's fact.
    fn shape(&self, row: Row<'_>, last: usize) -> std::result::Result<usize, Fault> {
        if self.kind.is_none() {
            return Ok(0);
        }
        let text = row.cell(self.kind).ok_or("the kind is empty").coded(Code::MissingField)?;
        if self.shapes.get(last).is_some_and(|shape| shape.text == text) {
            return Ok(last);
        }
        let found = self.shapes.iter().position(|shape| shape.text == text);
        found.ok_or_else(|| format!("the mapping knows no kind `{}`", shown(text))).coded(Code::UnknownKind)
    }
}

impl Reader<'_, '_> {
    fn fact(&self, at: (usize, usize), row: Row<'_>, part: &mut Part) -> std::result::Result<(), Reasons> {
        let columns = self.columns;
        let decimal = columns.table.decimal;
        let mut faults = Faults::new(&columns.labels);
        let shape = faults.keep_of(columns.kind, columns.shape(row, part.last)).and_then(|found| {
            part.last = found;
            columns.shapes.get(found)
        });
        if let Some(shape) = shape {
            self.roles(shape, at, row, part, &mut faults);
        }
        let mut dates: [Option<When>; 3] = [None; 3];
        for (date, column) in dates.iter_mut().zip(columns.dates) {
            *date = faults.read(row, column, |text| cells::date(text).coded(Code::BadDate));
        }
        let until = faults.read(row, columns.until, |text| cells::end(text).coded(Code::BadDate));
        let [announced, since, completed] = dates;
        let share = faults.read(row, columns.share, |text| match shape {
            Some(shape) if !shape.has_share => {
                Err(format!("{} has no share", a(shape.shape.kind.name()))).coded(Code::UnknownField)
            }
            _ => {
                let unit = columns.table.share_unit;
                numbers::read(text, decimal, |text| cells::share(text, unit, &mut part.share))
                    .coded(Code::BadShare)
            }
        });
        if let Some(is_small) = share.and_then(|share| share.is_small) {
            part.signs.see_share(is_small);
        }
        let currency = columns.table.currency.as_deref();
        let amount = faults.read(row, columns.amount, |text| {
            let read = numbers::read(text, decimal, |text| cells::amount(text, currency, &mut part.amount));
            if !matches!(read, Ok(IsPlain(true))) && decimal == DecimalMark::Point {
                part.signs.see_amount(text);
            }
            read.coded(Code::BadMoney)
        });
        if columns.quantity.is_some()
            && decimal == DecimalMark::Point
            && let Some(text) = row.cell(columns.quantity)
        {
            part.signs.see_quantity(text);
        }
        let most = columns.limits.name_chars;
        let id = faults.read(row, columns.id, |text| cells::new_id(text, most));
        part.details.clear();
        if !columns.details.is_empty() {
            let kind = shape.map(|shape| shape.shape.kind);
            columns.details.read(row, kind, &mut part.details, &mut faults);
        }
        let source = row.cell(columns.source);
        let published = faults.read(row, columns.published, |text| match source {
            Some(_) => text.parse::<Date>().map_err(|error| cells::with_hint(&error)).coded(Code::BadDate),
            None => Err("`published` is the date of a source, and none is named").coded(Code::MissingField),
        });
        let words = columns
            .words
            .as_ref()
            .and_then(|words| words.read(row, columns.source, columns.limits, &mut faults));
        let (Some(shape), true) = (shape, faults.is_empty()) else {
            part.signs.see_commas(columns.have_commas(row));
            return Err(faults.in_one_line());
        };
        let fact = PlainFact {
            id: id.as_deref(),
            announced,
            since,
            completed,
            until,
            amount: amount.map(|_| part.amount.as_str()),
            share: share.map(|share| (part.share.as_str(), share.is_majority)),
            source,
            published,
            words: words.as_deref(),
            details: &part.details,
        };
        part.facts.push(shape.shape.kind, &part.roles, fact);
        Ok(())
    }

    /// The parties of a fact, for the n-th row.
    fn roles(
        &self,
        shape: &Shape<'_>,
        (n, rows): (usize, usize),
        row: Row<'_>,
        part: &mut Part,
        faults: &mut Faults<'_>,
    ) {
        part.roles.clear();
        let mut are_known = true;
        for (role, column, place) in &shape.roles {
            let Some(id) = row.cell(*column) else { continue };
            let seen = part.found.get(place * rows + n).copied();
            let is_plain = !self.spellings.has_contested();
            let party = match seen.and_then(Finder::seen).filter(|_| is_plain) {
                Some(entity) => Ok(entity),
                None => self.party(id),
            };
            let party = party.and_then(|entity| match part.roles.contains(&(*role, entity)) {
                true => Err(format!("`{}` is named twice in the role `{role}`", shown(id)))
                    .coded(Code::NamedTwice),
                false => Ok((*role, entity)),
            });
            match faults.keep_of(*column, party) {
                Some(party) => part.roles.push(party),
                None => are_known = false,
            }
        }
        if are_known {
            let kind = shape.shape.kind;
            if let Some(fault) = miscast(kind, part.roles.iter().copied()).next() {
                let problem = fault.problem(kind, Record::Fact(n));
                faults.push(match fault {
                    Miscast::Empty(role) => {
                        Fault::new(problem.diagnostic.code, format!("the role `{role}` is empty"))
                    }
                    _ => problem.into(),
                });
            }
        }
    }

    /// The entity that a cell names.
    fn party(&self, text: &str) -> std::result::Result<EntityIx, Fault> {
        let id = match self.finder.find(text) {
            Some(_) => Cow::Borrowed(text),
            None => cells::id(text).coded(Code::BadId)?,
        };
        let found = self.finder.find(&id).filter(|_| self.spellings.names(text, &id));
        found.ok_or_else(|| self.spellings.unknown(text)).coded(Code::UnknownEntity)
    }
}

impl<'m> Shape<'m> {
    fn new(text: &'m str, shape: &'m FactShape, header: &Header) -> Result<Self> {
        let row = shape.kind.row();
        let known =
            |role: Role| row.role(role).is_some() || COMMON_ROLES.iter().any(|common| common.role == role);
        if let Some((role, _)) = shape.roles.iter().find(|(role, _)| !known(*role)) {
            let message = format!("{} has no role `{role}`", a(shape.kind.name()));
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        let has = |role: Role| shape.roles.iter().any(|(own, _)| *own == role);
        if let Some(missing) = row.roles.iter().find(|role| role.required && !has(role.role)) {
            let message = format!("{} needs the role `{}`", a(shape.kind.name()), missing.role);
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        let roles = shape.roles.iter().map(|(role, column)| Ok((*role, header.find(Some(column))?, 0)));
        Ok(Self {
            text,
            shape,
            roles: roles.collect::<Result<_>>()?,
            has_share: row.attribute(Attribute::Share).is_some(),
        })
    }
}
