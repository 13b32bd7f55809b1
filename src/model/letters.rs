//! Plain letters that people type instead of special ones.

use unicode_normalization::UnicodeNormalization;

/// Letters without a decomposition in Unicode that people replace by others when typing; in lower case.
const PLAIN_LETTERS: &[(char, &str)] =
    &[('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i"), ('ς', "σ")];

/// The usual replacement of a lower-case letter, if there is one.
pub(crate) fn plain(letter: char) -> Option<&'static str> {
    PLAIN_LETTERS.iter().find(|(own, _)| *own == letter).map(|(_, plain)| *plain)
}

/// The decomposed characters of a text without the accents of Latin, Greek and Cyrillic letters; vowel signs of other
/// scripts carry meaning and stay.
pub(crate) fn without_accents(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !('\u{0300}'..='\u{036F}').contains(c))
}
