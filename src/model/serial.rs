//! What serde reads of records: ids, words of closed lists, properties.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

use crate::diagnostic::{did_you_mean, shown};

/// Reads a text.
struct TextVisitor<T>(PhantomData<T>);

impl<T: FromStr<Err: Display>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A value from its text.
pub(crate) fn parsed<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

/// A word of a closed list.
pub(crate) fn word<'de, T, D: Deserializer<'de>, I: Iterator<Item = &'static str>>(
    deserializer: D,
    from_name: fn(&str) -> Option<T>,
    all: impl FnOnce() -> I,
) -> Result<T, D::Error> {
    let text: String = parsed(deserializer)?;
    from_name(&text).ok_or_else(|| D::Error::custom(unknown("word", &text, all())))
}

/// What to say of a name that none of these is.
pub(super) fn unknown(noun: &str, text: &str, all: impl Iterator<Item = &'static str>) -> String {
    let near = did_you_mean(text, all).map_or(Cow::Borrowed(""), |near| Cow::Owned(format!("; {near}")));
    format!("no {noun} is called `{}`{near}", shown(text))
}

/// Open properties, as a map.
pub(super) mod properties {
    use std::fmt;

    use serde::de::{Deserializer, Error, MapAccess, Visitor};
    use serde::ser::Serializer;

    use crate::diagnostic::shown;
    use crate::model::property::is_key;

    type Properties = Vec<(String, String)>;

    pub(crate) fn serialize<S: Serializer>(
        properties: &[(String, String)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(properties.iter().map(|(key, value)| (key, value)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Properties, D::Error> {
        deserializer.deserialize_map(MapVisitor)
    }

    struct MapVisitor;

    impl<'de> Visitor<'de> for MapVisitor {
        type Value = Properties;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map from key to text")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Properties, M::Error> {
            let mut properties = Properties::new();
            // Whether one stands twice is checked when the graph is built.
            while let Some((key, value)) = map.next_entry::<String, String>()? {
                if !is_key(&key) {
                    return Err(M::Error::custom(format!("`{}` is not the key of a property", shown(&key))));
                }
                properties.push((key, value));
            }
            Ok(properties)
        }
    }
}
