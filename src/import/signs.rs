//! Signs that the mapping is wrong about a whole table of facts.

use super::points::Points;
use crate::diagnostic::shown;
use crate::model::{DecimalMark, FactField, FactTable, ShareUnit};

/// What the rows of a table, or of a part of it, show.
#[derive(Default)]
pub(super) struct Signs {
    /// How many shares without a sign are up to 1, and whether there are larger ones.
    small: u64,
    are_large: bool,
    /// How many rejected rows have numbers with what seems to be a decimal comma.
    commas: u64,
    /// The points in amounts, and in quantities.
    amounts: Points,
    quantities: Points,
}

impl Signs {
    /// Starts over with another part.
    pub(super) fn clear(&mut self) {
        (self.small, self.are_large, self.commas) = (0, false, 0);
        self.amounts.clear();
        self.quantities.clear();
    }

    /// Notes a share without a sign, which is up to 1 or larger.
    pub(super) fn see_share(&mut self, is_small: bool) {
        self.small += u64::from(is_small);
        self.are_large |= !is_small;
    }

    /// Notes an amount in a row.
    pub(super) fn see_amount(&mut self, text: &str) {
        self.amounts.watch(text);
    }

    pub(super) fn see_quantity(&mut self, text: &str) {
        self.quantities.watch(text);
    }

    /// Notes a rejected row, and whether it has numbers with commas.
    pub(super) fn see_commas(&mut self, has_commas: bool) {
        self.commas += u64::from(has_commas);
    }

    /// Adds the signs of the next part.
    pub(super) fn add(&mut self, part: &Self) {
        self.small += part.small;
        self.are_large |= part.are_large;
        self.commas += part.commas;
        self.amounts.add(&part.amounts);
        self.quantities.add(&part.quantities);
    }

    /// Hints about a table.
    pub(super) fn hints(&self, table: &FactTable) -> impl Iterator<Item = String> {
        let quantity = table.fields.iter().find(|(field, _)| *field == FactField::Quantity);
        let columns =
            [(&self.amounts, table.amount.as_ref()), (&self.quantities, quantity.map(|(_, column)| column))];
        let hint =
            |(points, column): (&Points, Option<&String>)| points.hint(&shown(column?), &shown(&table.file));
        let of_points = columns.into_iter().filter_map(hint);
        self.of_unit(table).into_iter().chain(self.of_decimals(table)).chain(of_points)
    }

    fn of_unit(&self, table: &FactTable) -> Option<String> {
        let column = table.share.as_ref().filter(|_| table.share_unit == ShareUnit::Percent)?;
        let are_odd = self.small > 0 && !self.are_large;
        let number = match table.decimal {
            DecimalMark::Point => "0.6",
            DecimalMark::Comma => "0,6",
        };
        are_odd.then(|| {
            format!(
                "no share in the column `{}` of `{}` is above 1%: if {number} means 60% there, write `share_unit: \"fraction\"`",
                shown(column),
                shown(&table.file)
            )
        })
    }

    fn of_decimals(&self, table: &FactTable) -> Option<String> {
        let rows = match self.commas {
            0 => return None,
            1 => "1 row".to_owned(),
            many => format!("{many} rows"),
        };
        let file = shown(&table.file);
        Some(format!(
            "{rows} of `{file}` rejected for a number with a comma: if 60,84 is 60.84 there, write `decimal: \",\"`"
        ))
    }
}
