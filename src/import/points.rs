//! Guesses whether the points in the numbers of a column group digits.

use super::numbers;

/// What the numbers of a column say about their points.
#[derive(Default)]
pub(super) struct Points {
    /// How many have three digits after every point, and the first of them.
    grouped: u64,
    first: String,
    /// Whether one of them has several points, so that they cannot be decimal points.
    are_sure: bool,
    /// Whether there are other numbers with points.
    are_others: bool,
}

/// Fewer numbers than this may have three decimals by chance.
const FEW: u64 = 3;

impl Points {
    /// Starts over with another part of the table.
    pub(super) fn clear(&mut self) {
        (self.grouped, self.are_sure, self.are_others) = (0, false, false);
        self.first.clear();
    }

    /// Examines a cell of numbers.
    pub(super) fn watch(&mut self, text: &str) {
        for number in numbers::all(text).filter(|number| number.contains('.')) {
            // Numbers followed by a word, such as `1.500 million`, may have three decimals.
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

    /// Adds the findings of the next part of the table.
    pub(super) fn add(&mut self, part: &Self) {
        if self.grouped == 0 {
            self.first.push_str(&part.first);
        }
        self.grouped += part.grouped;
        self.are_sure |= part.are_sure;
        self.are_others |= part.are_others;
    }

    /// A hint that the points of a column seem to group digits, if they do.
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

/// The number of points in a number, if the first follows one to three digits without a leading zero, and three digits
/// follow each.
fn grouping(number: &str) -> Option<usize> {
    let whole = number.split_once(',').map_or(number, |(whole, _)| whole);
    let (first, groups) = whole.split_once('.')?;
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let are_whole = is_first && groups.split('.').all(|group| group.len() == 3);
    are_whole.then(|| groups.split('.').count())
}
