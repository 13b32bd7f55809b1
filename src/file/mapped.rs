//! The open properties that a mapping takes from columns: `properties: {"internal_id": "ID"}`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::diagnostic::shown;
use crate::model::property::is_key;

/// Keys, each with its column.
#[derive(Default)]
pub(super) struct Properties(pub(super) Vec<(String, String)>);

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Properties;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map from the key of a property to a column")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Properties, M::Error> {
        let mut columns: Vec<(String, String)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if !is_key(&key) {
                let message = format!("`{}` is not the key of a property", shown(&key));
                return Err(M::Error::custom(message));
            }
            if columns.iter().any(|(own, _)| *own == key) {
                return Err(M::Error::custom(format!("the property `{}` stands twice", shown(&key))));
            }
            columns.push((key, map.next_value()?));
        }
        Ok(Properties(columns))
    }
}
