//! Letters as people type them who have no key for them.

use unicode_normalization::UnicodeNormalization;

/// Letters that people type in another way, and that are no letters with accents to Unicode; in lower case.
const PLAIN_LETTERS: &[(char, &str)] =
    &[('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i"), ('ς', "σ")];

/// How a letter in lower case is typed, if that is in another way.
pub(crate) fn plain(letter: char) -> Option<&'static str> {
    PLAIN_LETTERS.iter().find(|(own, _)| *own == letter).map(|(_, plain)| *plain)
}

/// The characters of a text without the accents of Latin, Greek and Cyrillic, taken apart; the vowel signs of other scripts
/// carry meaning, and stay.
pub(crate) fn without_accents(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !('\u{0300}'..='\u{036F}').contains(c))
}
