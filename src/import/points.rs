//! Whether the points in the numbers of a column seem to group digits.

use super::numbers;

/// What the numbers of a column say of their points.
#[derive(Default)]
pub(super) struct Points {
    /// How many have three digits behind every point, and the first of them.
    grouped: u64,
    first: String,
    /// Whether one of them has several points: it is no number with decimals.
    are_sure: bool,
    /// Whether there are others with points.
    are_others: bool,
}

/// Fewer numbers may have three decimals by chance.
const FEW: u64 = 3;

impl Points {
    /// Begins anew with another part of the table.
    pub(super) fn clear(&mut self) {
        (self.grouped, self.are_sure, self.are_others) = (0, false, false);
        self.first.clear();
    }

    /// Looks at a cell of numbers.
    pub(super) fn watch(&mut self, text: &str) {
        for number in numbers::all(text).filter(|number| number.contains('.')) {
            // Decimals of what a word says the size of, as `1.500 million`, may be three.
            match grouping(number) {
                None => self.are_others = true,
                Some(_) if text.ends_with(char::is_alphabetic) => {}
                Some(points) => {
                    if self.grouped == 0 {
                        self.first.push_str(number);
                    }
                    self.grouped += 1;
                    self.are_sure |= points > 1;
                }
            }
        }
    }

    /// Adds what the next part of the table says.
    pub(super) fn add(&mut self, part: &Self) {
        if self.grouped == 0 {
            self.first.push_str(&part.first);
        }
        self.grouped += part.grouped;
        self.are_sure |= part.are_sure;
        self.are_others |= part.are_others;
    }

    /// That they seem to group digits, if they do: of which column, of which file.
    pub(super) fn hint(&self, column: &str, file: &str) -> Option<String> {
        if self.are_others || self.grouped < FEW && !self.are_sure {
            return None;
        }
        let Self { first, grouped, .. } = self;
        let plain = numbers::with_points(first)?;
        let numbers = if *grouped == 1 { "number" } else { "numbers" };
        Some(format!(
            "every point in the column `{column}` of `{file}` stands before three digits, as in `{first}` \
             ({grouped} {numbers}): if that is {plain} there, write `decimal: \",\"`"
        ))
    }
}

/// How many points a number has, if each stands behind up to three digits that are no zero, and before three.
fn grouping(number: &str) -> Option<usize> {
    let whole = number.split_once(',').map_or(number, |(whole, _)| whole);
    let (first, groups) = whole.split_once('.')?;
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let are_whole = is_first && groups.split('.').all(|group| group.len() == 3);
    are_whole.then(|| groups.split('.').count())
}
