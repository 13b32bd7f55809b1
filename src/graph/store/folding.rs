//! Case, accent and width folding, for comparing names.

use unicode_normalization::UnicodeNormalization;

use crate::model::letters;

/// A text without width, case, accents and punctuation.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return folded_ascii(text);
    }
    let said = text.chars().filter(|c| !matches!(c, '™' | '℠' | '®' | '©'));
    let bare = letters::without_accents(said).nfc();
    let mut folded = String::with_capacity(text.len());
    for c in bare.flat_map(char::to_lowercase) {
        if let Some(plain) = letters::plain(c) {
            folded.push_str(plain);
        } else if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            folded.push(c);
        } else if !matches!(c, '.' | '\'' | '’') && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
}

/// Folds a text that has only case and punctuation.
fn folded_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if !matches!(c, '.' | '\'') && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
}
