//! Index of identifiers (LEI, ISIN, register and patent numbers) in every usual spelling.

use unicode_normalization::UnicodeNormalization;

use super::entities::Entities;
use super::entity_fields::{ISIN, LEI, NUMBER, REGISTER, WIKIDATA};
use super::fields::Field;
use super::index::EntityIx;

/// Texts longer than this are no identifiers.
const MOST_BYTES: usize = 120;

/// Parts shorter than this occur in too many identifiers.
const FEWEST_OF_PART: usize = 4;

/// User input, in every form in which it may be an identifier.
pub(crate) struct Asked {
    /// Without blanks, signs and leading zeros.
    plain: String,
    keys: Vec<String>,
}

/// The keys of all identifiers of a graph, sorted, each with the entity that has it.
pub(crate) struct Identified(Vec<(Box<str>, EntityIx)>);

impl Identified {
    pub(crate) fn new(entities: &Entities) -> Self {
        let mut all = Vec::new();
        for entity in entities.all() {
            for field in entities.fields(entity).filter(is_identifier) {
                all.extend(keys(field).into_iter().map(|key| (key.into_boxed_str(), entity)));
            }
        }
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    pub(crate) fn of(&self, key: &str) -> impl Iterator<Item = EntityIx> {
        let start = self.0.partition_point(|(own, _)| **own < *key);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.iter().take_while(move |(own, _)| **own == *key).map(|(_, entity)| *entity)
    }
}

impl Asked {
    /// Parses user input. Without a digit it is no identifier.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.len() > MOST_BYTES || !text.contains(|c: char| c.is_numeric()) {
            return None;
        }
        let text: String = text.trim().nfkc().collect();
        let text = text.rsplit_once("wikidata.org/").map_or(&*text, |(_, item)| item);
        let text = text.strip_prefix("wiki/").or_else(|| text.strip_prefix("entity/")).unwrap_or(text);
        let mut keys = vec![letters_and_digits(text), plain(text)];
        keys.extend(unlabelled(text).map(|text| plain(&text)));
        let without_kind: Vec<String> =
            keys.iter().filter_map(|key| Some(of_any_kind(kind_apart(key)?.0))).collect();
        keys.extend(without_kind);
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| key.contains(|c: char| c.is_ascii_digit()));
        (!keys.is_empty()).then(|| Self { plain: plain(text), keys })
    }

    /// All forms in which the input may be an identifier.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// The input without blanks and signs.
    pub(crate) fn plain(&self) -> &str {
        &self.plain
    }

    /// Whether a field is an identifier that equals or contains the input.
    pub(crate) fn is_in(&self, field: Field<'_>) -> bool {
        let is_part = |key: &String| self.plain.len() >= FEWEST_OF_PART && key.contains(&self.plain);
        is_identifier(&field) && (self.fits(field) || keys(field).iter().any(is_part))
    }

    pub(crate) fn fits(&self, field: Field<'_>) -> bool {
        is_identifier(&field) && keys(field).iter().any(|key| self.keys.contains(key))
    }
}

fn is_identifier(field: &Field<'_>) -> bool {
    matches!(field.tag, LEI | ISIN | WIKIDATA | REGISTER | NUMBER)
}

/// The keys under which an identifier is found.
pub(crate) fn keys(field: Field<'_>) -> Vec<String> {
    let text = field.text();
    match field.tag {
        REGISTER => register_keys(text),
        NUMBER => patent_keys(text),
        _ => vec![letters_and_digits(text)],
    }
}

/// With the register, with the country of the register, and alone.
fn register_keys(text: &str) -> Vec<String> {
    let Some((register, number)) = text.split_once(' ') else { return vec![plain(text)] };
    let mut keys = vec![plain(text), plain(number)];
    if let Some((country, _)) = register.split_once('-') {
        keys.push(plain(&format!("{country} {number}")));
    }
    // A German number may be preceded by its court.
    let words: Vec<&str> = number.split(' ').collect();
    let section = words.iter().position(|word| GERMAN_SECTIONS.contains(word)).filter(|at| *at > 0);
    keys.extend(section.and_then(|at| words.get(at..)).map(|rest| plain(&rest.concat())));
    keys
}

/// With and without the kind of document. A number without a kind matches any.
fn patent_keys(text: &str) -> Vec<String> {
    let mut parts = text.split(' ');
    let number: String = parts.by_ref().take(2).collect();
    let number = plain(&number);
    let whole = parts.next().map_or_else(|| of_any_kind(&number), |kind| format!("{number}{kind}"));
    vec![number, whole]
}

/// The sections of German registers.
const GERMAN_SECTIONS: &[&str] = &["HRA", "HRB", "GnR", "GNR", "GsR", "GSR", "PR", "VR"];

/// The key of a patent without a kind, for those who ask with one.
fn of_any_kind(number: &str) -> String {
    format!("{number}?")
}

/// Splits a patent number from its kind: `US9111222` and `B2`.
pub(crate) fn kind_apart(key: &str) -> Option<(&str, &str)> {
    let number = key.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(key);
    let number = number.strip_suffix(|c: char| c.is_ascii_uppercase())?;
    let kind = key.get(number.len()..)?;
    number.ends_with(|c: char| c.is_ascii_digit()).then_some((number, kind))
}

/// Words that people put before a number, and that are not part of it.
const LABELS: &[&str] =
    &["LEI", "ISIN", "WIKIDATA", "WD", "REGISTER", "REGISTRATION", "COMPANY", "PATENT", "PAT", "PUBLICATION"];

/// "US Patent No. 9,111,222" as "US 9,111,222"; `None` if there is no such word.
fn unlabelled(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let is_blank = |c: char| c.is_whitespace() || c == ':';
    let words: Vec<&str> = upper.split(is_blank).filter(|word| !word.is_empty()).collect();
    let mut kept = Vec::new();
    let mut after_label = false;
    for word in &words {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_label =
            LABELS.contains(&bare) || after_label && matches!(bare, "NO" | "NR" | "NUMBER" | "ID" | "");
        if !is_label {
            kept.push(*word);
        }
        after_label = is_label;
    }
    (kept.len() < words.len()).then(|| kept.join(" "))
}

/// The letters (in upper case) and digits of a text.
pub(crate) fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Letters and digits without leading zeros of numbers.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in letters_and_digits(text).chars() {
        if c != '0' || plain.ends_with(|c: char| c.is_ascii_digit()) {
            plain.push(c);
        }
    }
    plain
}
