//! Rows that are facts.

use std::collections::HashSet;

use csv::ByteRecord;

use super::cells;
use super::table::{Header, Row, Take};
use crate::diagnostic::{a, shown};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Bulk, EntityIx, PlainFact, When};
use crate::limits::Limits;
use crate::model::vocabulary::{COMMON_ROLES, Projection};
use crate::model::{Attribute, FactShape, FactTable, Role};

/// Where the cells of a fact are.
pub(super) struct Columns<'m> {
    table: &'m FactTable,
    shapes: Vec<Shape<'m>>,
    kind: Option<usize>,
    id: Option<usize>,
    dates: [Option<usize>; 4],
    share: Option<usize>,
    amount: Option<usize>,
    source: Option<usize>,
    roles: Vec<(Role, EntityIx)>,
    share_text: String,
    amount_text: String,
    /// The ids of facts so far.
    ids: HashSet<String>,
    /// The columns that name parties.
    parties: Vec<usize>,
    /// The shape of the row before, which is often that of the next.
    last: usize,
}

/// A kind of fact, and where its parties are.
struct Shape<'m> {
    text: &'m str,
    shape: &'m FactShape,
    roles: Vec<(Role, Option<usize>)>,
    is_mutual: bool,
    has_share: bool,
}

/// Puts the facts of rows into a graph.
pub(super) struct Taker<'t, 'm> {
    pub(super) columns: &'t mut Columns<'m>,
    pub(super) bulk: &'t mut Bulk,
    pub(super) limits: &'t Limits,
}

impl Take for Taker<'_, '_> {
    fn take(&mut self, row: Row<'_>) -> std::result::Result<(), String> {
        self.columns.fact(row, self.bulk, self.limits)
    }

    fn look_ahead(&mut self, rows: &[ByteRecord]) {
        let cells = rows.iter().flat_map(|row| self.columns.parties.iter().filter_map(|n| row.get(*n)));
        self.bulk.touch(cells);
    }
}

impl<'m> Columns<'m> {
    pub(super) fn new(table: &'m FactTable, header: &Header) -> Result<Self> {
        let always = table.always.iter().map(|shape| ("", shape));
        let shapes = always.chain(table.kinds.iter().map(|(text, shape)| (text.as_str(), shape)));
        let find = |name: &Option<String>| header.find(name.as_ref());
        let shapes: Vec<Shape<'m>> =
            shapes.map(|(text, shape)| Shape::new(text, shape, header)).collect::<Result<_>>()?;
        let mut parties: Vec<usize> =
            shapes.iter().flat_map(|shape| shape.roles.iter().filter_map(|(_, column)| *column)).collect();
        parties.sort_unstable();
        parties.dedup();
        Ok(Self {
            table,
            shapes,
            parties,
            kind: find(&table.kind)?,
            id: find(&table.id)?,
            dates: [
                find(&table.announced)?,
                find(&table.since)?,
                find(&table.completed)?,
                find(&table.until)?,
            ],
            share: find(&table.share)?,
            amount: find(&table.amount)?,
            source: find(&table.source)?,
            roles: Vec::new(),
            share_text: String::new(),
            amount_text: String::new(),
            ids: HashSet::new(),
            last: 0,
        })
    }

    fn fact(&mut self, row: Row<'_>, bulk: &mut Bulk, limits: &Limits) -> std::result::Result<(), String> {
        self.last = self.shape(row)?;
        let shape = self.shapes.get(self.last).ok_or("the mapping knows no kind")?;
        self.roles.clear();
        for (role, column) in &shape.roles {
            if let Some(id) = row.cell(*column)? {
                let party = (*role, party(id, bulk)?);
                if self.roles.contains(&party) {
                    return Err(format!("`{}` is named twice in the role `{role}`", shown(id)));
                }
                self.roles.push(party);
            }
        }
        shape.fits(&self.roles)?;
        let mut dates: [Option<When>; 4] = [None; 4];
        for (date, column) in dates.iter_mut().zip(self.dates) {
            *date = row.cell(column)?.map(cells::date).transpose()?;
        }
        let [announced, since, completed, until] = dates;
        let share = match row.cell(self.share)? {
            Some(text) if shape.has_share => Some(cells::share(text, &mut self.share_text)?),
            Some(_) => return Err(format!("{} has no share", a(shape.shape.kind.name()))),
            None => None,
        };
        let amount = row.cell(self.amount)?;
        if let Some(text) = amount {
            cells::amount(text, self.table.currency.as_deref(), &mut self.amount_text)?;
        }
        let id = row.cell(self.id)?.map(|text| cells::new_id(text, limits.name_chars)).transpose()?;
        if let Some(id) = &id
            && !self.ids.insert(id.to_string())
        {
            return Err(format!("the id `{}` is taken by a row before", shown(id)));
        }
        let source = match row.cell(self.source)? {
            Some(text) => Some(match bulk.find_source(text) {
                Some(known) => known,
                None if text.len() > limits.text_bytes => {
                    return Err(format!("the source is longer than {} bytes", limits.text_bytes));
                }
                None => bulk.add_source(cells::line(text, "source", usize::MAX)?),
            }),
            None => None,
        };
        let fact = PlainFact {
            id: id.as_deref(),
            announced,
            since,
            completed,
            until,
            amount: amount.map(|_| self.amount_text.as_str()),
            share: share.map(|majority| (self.share_text.as_str(), majority)),
            source,
        };
        bulk.fact(shape.shape.kind, &self.roles, fact);
        Ok(())
    }
}

impl Columns<'_> {
    /// Which shape the fact of a row has.
    fn shape(&self, row: Row<'_>) -> std::result::Result<usize, String> {
        if self.kind.is_none() {
            return Ok(0);
        }
        let text = row.cell(self.kind)?.ok_or("the kind is empty")?;
        if self.shapes.get(self.last).is_some_and(|shape| shape.text == text) {
            return Ok(self.last);
        }
        let found = self.shapes.iter().position(|shape| shape.text == text);
        found.ok_or_else(|| format!("the mapping knows no kind `{}`", shown(text)))
    }
}

/// The entity that a cell names.
fn party(text: &str, bulk: &Bulk) -> std::result::Result<EntityIx, String> {
    let found = match bulk.find(text) {
        Some(found) => Some(found),
        None => bulk.find(&cells::id(text)?),
    };
    found.ok_or_else(|| format!("no entity has the id `{}`", shown(text)))
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
        let roles = shape.roles.iter().map(|(role, column)| Ok((*role, header.find(Some(column))?)));
        Ok(Self {
            text,
            shape,
            roles: roles.collect::<Result<_>>()?,
            is_mutual: matches!(row.projections.first(), Some(Projection::Mutual(..))),
            has_share: row.attribute(Attribute::Share).is_some(),
        })
    }

    /// Whether the parties found are those that the kind needs.
    fn fits(&self, roles: &[(Role, EntityIx)]) -> std::result::Result<(), String> {
        let kind = self.shape.kind;
        for role in kind.row().roles {
            let count = roles.iter().filter(|(own, _)| *own == role.role).count();
            if role.required && count == 0 {
                return Err(format!("the role `{}` is empty", role.role));
            }
            if !role.many && count > 1 {
                return Err(format!("the role `{}` takes one entity, not {count}", role.role));
            }
        }
        let one_party = roles.windows(2).all(|pair| matches!(pair, [(_, one), (_, other)] if one == other));
        if self.is_mutual && one_party {
            return Err(format!("{} needs two parties", a(kind.name())));
        }
        Ok(())
    }
}
