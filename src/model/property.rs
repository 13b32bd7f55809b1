//! Open properties: fields that a program gives entities and facts, and that mean nothing to the graph.

/// The name of the fields that hold them, and of the values in messages.
pub(crate) const PROPERTIES: &str = "properties";
/// The name of their keys in messages.
pub(crate) const PROPERTY_KEY: &str = "key";

/// Whether a text may be the key of a property: letters and digits of any script, `_`, `-`, `.` and `:`, of which the
/// first is a letter or `_`.
pub(crate) fn is_key(text: &str) -> bool {
    let mut letters = text.chars();
    let starts = letters.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    starts && letters.all(|c| unicode_ident::is_xid_continue(c) || matches!(c, '-' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn keys() {
        for key in ["internal_id", "crm:id", "_x", "Größe", "取引先.番号", "a-1"] {
            assert!(is_key(key), "{key}");
        }
        for text in ["", "1a", "two words", "a/b", "-a", ".a", "a\n", "a\u{200B}"] {
            assert!(!is_key(text), "{text:?}");
        }
    }
}
