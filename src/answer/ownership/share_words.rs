//! Computed shares in words.

use crate::analysis::{Fraction, ShareRange};

/// The longest fraction shown, in characters.
const LONGEST_FRACTION: usize = 12;

/// The share as a fraction, if it is one and short: "35/44".
pub(super) fn fraction(share: &ShareRange) -> Option<String> {
    let exact = share.exact().filter(|exact| !exact.is_whole())?.to_string();
    (exact.len() <= LONGEST_FRACTION).then_some(exact)
}

/// The share in percent, with a fixed number of decimals so that a column aligns.
pub(super) fn percent(share: &ShareRange) -> String {
    let is_whole_percent = |exact: &&Fraction| exact.is_decimal(2);
    share
        .exact()
        .filter(is_whole_percent)
        .map_or_else(|| share.to_string(), |exact| format!("{}%", exact.percent(1)))
}

/// "35/44 (79.5%)", "25%", "an unknown share".
pub(super) fn share_words(share: &ShareRange) -> String {
    match fraction(share) {
        Some(fraction) => format!("{fraction} ({share})"),
        None if share.is_unknown() => "an unknown share".to_owned(),
        None => share.to_string(),
    }
}
