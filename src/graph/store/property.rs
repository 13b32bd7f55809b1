//! Open properties, packed: a key with its value.

use super::fields::{put_text, take_bytes, take_text};
use super::section::damage::Damage;
use super::text::TextKind;
use crate::model::property::PROPERTIES;

/// A packed property.
#[cfg(feature = "import")]
#[derive(Clone, Debug)]
pub(crate) struct Property(pub(crate) Vec<u8>);

#[cfg(feature = "import")]
impl Property {
    pub(crate) fn new(key: &str, value: &str) -> Self {
        Self(pack(key, value))
    }
}

pub(crate) fn pack(key: &str, value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len() + value.len() + 4);
    put_text(&mut bytes, key);
    put_text(&mut bytes, value);
    bytes
}

/// A key with its value.
pub(crate) fn read(mut bytes: &[u8]) -> Option<(&str, &str)> {
    let key = take_text(&mut bytes, TextKind::Line)?;
    Some((key, take_text(&mut bytes, TextKind::Prose)?))
}

pub(crate) fn owned(bytes: &[u8]) -> Option<(String, String)> {
    read(bytes).map(|(key, value)| (key.to_owned(), value.to_owned()))
}

/// Rejects texts that no graph file could contain; `None` if the bytes are malformed.
pub(crate) fn check(mut bytes: &[u8]) -> Option<Result<(), Damage>> {
    let (key, value) = (take_bytes(&mut bytes)?, take_bytes(&mut bytes)?);
    let key = Damage::in_bytes(PROPERTIES, TextKind::Line, key);
    Some(key.and_then(|()| Damage::in_bytes(PROPERTIES, TextKind::Prose, value)))
}
