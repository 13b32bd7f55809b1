//! Words of closed lists in a mapping: what is wrong with one is mapping_error where it stands.

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::diagnostic::{did_you_mean, shown};
use crate::error::{Error, ErrorKind};
use crate::model::{DecimalMark, EntityKind, FactKind, Role, Separator, ShareUnit};

/// What is named by one of some words.
pub(super) trait Listed: Copy + 'static {
    /// What messages call it.
    const NOUN: &'static str;
    const LIST: &'static [Self];

    fn named(name: &str) -> Option<Self>;
    fn word(self) -> &'static str;
}

macro_rules! listed {
    ($($kind:ident = $noun:literal,)*) => {
        $(impl Listed for $kind {
            const NOUN: &'static str = $noun;
            const LIST: &'static [Self] = Self::ALL;

            fn named(name: &str) -> Option<Self> {
                Self::from_name(name)
            }

            fn word(self) -> &'static str {
                self.name()
            }
        })*
    };
}

listed! {
    DecimalMark = "decimal mark",
    EntityKind = "kind of entity",
    FactKind = "kind of fact",
    Role = "role",
    Separator = "separator",
    ShareUnit = "unit of shares",
}

/// Such a word in a mapping.
pub(super) struct Word<T>(pub(super) T);

impl<'de, T: Listed> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        T::named(&name).map(Self).ok_or_else(|| D::Error::custom(unknown::<T>(&name)))
    }
}

/// All words are listed, up to this many, where none resembles the wrong one.
const FEW: usize = 10;

fn unknown<T: Listed>(name: &str) -> String {
    let words = || T::LIST.iter().map(|one| one.word());
    let quoted = || words().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ");
    let all_of_them = || (T::LIST.len() <= FEW).then(|| format!("known are {}", quoted()));
    let hint = did_you_mean(name, words()).or_else(all_of_them);
    invalid(format!("there is no {} `{}`", T::NOUN, shown(name)), hint)
}

/// What parts a message from its hint on the way through serde, which carries one text. No text that is shown has it.
const HINT: char = '\u{1f}';

/// A message for serde, of something that is well-formed and wrong.
pub(super) fn invalid(message: impl Into<String>, hint: Option<String>) -> String {
    format!("{}{HINT}{}", message.into(), hint.unwrap_or_default())
}

/// The error of a mapping that ron tells of, on its line.
pub(super) fn mapping_error(error: &ron::error::SpannedError) -> Error {
    let (line, message) = (error.span.start.line, error.code.to_string());
    let on_line = |message: &str| format!("the mapping, line {line}: {message}");
    match message.split_once(HINT) {
        Some((message, hint)) => {
            let hint = Some(hint).filter(|hint| !hint.is_empty()).map(str::to_owned);
            Error::new(ErrorKind::Invalid, on_line(message)).hint(hint)
        }
        None => Error::new(ErrorKind::Syntax, on_line(&message)),
    }
}
