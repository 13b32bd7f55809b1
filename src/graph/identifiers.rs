//! Look-up of entities by their numbers in public registers, as people write these.

use unicode_normalization::UnicodeNormalization;

use super::index::EntityIx;
use super::store::entities::Entities;
use super::store::entity_fields::{ISIN, LEI, NUMBER, REGISTER, WIKIDATA};
use super::store::fields::Field;
use super::{Entity, GraphData, View};
use crate::value::{Isin, Lei};

/// Longer texts are no identifiers.
const MOST_BYTES: usize = 120;

/// Shorter parts of an identifier are in too many.
const FEWEST_OF_PART: usize = 4;

/// What somebody typed, in every form in which it may be an identifier.
pub(super) struct Asked {
    /// Without blanks, signs and zeros in front of numbers.
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

    fn of(&self, key: &str) -> impl Iterator<Item = EntityIx> {
        let start = self.0.partition_point(|(own, _)| **own < *key);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.iter().take_while(move |(own, _)| **own == *key).map(|(_, entity)| *entity)
    }
}

impl Asked {
    /// Nothing without a digit is an identifier.
    pub(super) fn of(text: &str) -> Option<Self> {
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

    fn fits(&self, field: Field<'_>) -> bool {
        is_identifier(&field) && keys(field).iter().any(|key| self.keys.contains(key))
    }

    /// The identifier of an entity that is, or has in it, what was typed.
    pub(super) fn part_in<'g>(&self, entity: Entity<'g>) -> Option<&'g str> {
        let is_part = |key: &String| self.plain.len() >= FEWEST_OF_PART && key.contains(&self.plain);
        let fits = |field: &Field<'g>| {
            is_identifier(field) && (self.fits(*field) || keys(*field).iter().any(is_part))
        };
        entity.fields().find(fits).map(Field::text)
    }
}

/// The entities that have an identifier, each with it, in the order of ids.
pub(super) fn find<'g>(view: View<'g>, text: &str) -> Vec<(Entity<'g>, &'g str)> {
    let Some(asked) = Asked::of(text) else { return Vec::new() };
    let data: &'g GraphData = view.data();
    let identifier = |entity: EntityIx| {
        let field = data.entities.fields(entity).find(|field| asked.fits(*field))?;
        Some((view.entity_at(entity), field.text()))
    };
    match data.identified() {
        Some(table) => {
            let mut found: Vec<EntityIx> = asked.keys.iter().flat_map(|key| table.of(key)).collect();
            found.sort_unstable();
            found.dedup();
            found.into_iter().filter_map(identifier).collect()
        }
        None => data.entities.all().filter_map(identifier).collect(),
    }
}

/// What is wrong with an identifier that nobody has, as far as that can be told.
pub(super) fn hint(view: View<'_>, text: &str) -> Option<String> {
    let asked = Asked::of(text)?;
    let code = letters_and_digits(text);
    let misspelt = |noun: &str, hint: Option<&str>| hint.map(|hint| format!("as {noun}: {hint}"));
    if is_code(&code, 20, 2) {
        let error = code.parse::<Lei>().err()?;
        return misspelt("an LEI", error.hint());
    }
    if is_code(&code, 12, 1) && code.chars().take(2).all(|c| c.is_ascii_alphabetic()) {
        let error = code.parse::<Isin>().err()?;
        return misspelt("an ISIN", error.hint());
    }
    let (number, _) = kind_apart(&asked.plain)?;
    let is_same = |field: &Field<'_>| field.tag == NUMBER && keys(*field).iter().any(|key| key == number);
    let other = view.entities().find_map(|entity| entity.fields().find(is_same))?;
    Some(format!("`{}` is another document of that number", other.text()))
}

/// Whether a text has the length of a code, and ends in so many digits.
fn is_code(text: &str, length: usize, check_digits: usize) -> bool {
    text.len() == length && text.bytes().rev().take(check_digits).all(|b| b.is_ascii_digit())
}

fn is_identifier(field: &Field<'_>) -> bool {
    matches!(field.tag, LEI | ISIN | WIKIDATA | REGISTER | NUMBER)
}

/// What an identifier is found by.
fn keys(field: Field<'_>) -> Vec<String> {
    let text = field.text();
    match field.tag {
        REGISTER => register_keys(text),
        NUMBER => patent_keys(text),
        _ => vec![letters_and_digits(text)],
    }
}

/// With its register, with the country of it, and alone.
fn register_keys(text: &str) -> Vec<String> {
    let Some((register, number)) = text.split_once(' ') else { return vec![plain(text)] };
    let mut keys = vec![plain(text), plain(number)];
    if let Some((country, _)) = register.split_once('-') {
        keys.push(plain(&format!("{country} {number}")));
    }
    // A German number may have its court in front.
    let words: Vec<&str> = number.split(' ').collect();
    let section = words.iter().position(|word| GERMAN_SECTIONS.contains(word)).filter(|at| *at > 0);
    keys.extend(section.and_then(|at| words.get(at..)).map(|rest| plain(&rest.concat())));
    keys
}

/// With its kind of document and without; what has none is found with any.
fn patent_keys(text: &str) -> Vec<String> {
    let mut parts = text.split(' ');
    let number: String = parts.by_ref().take(2).collect();
    let number = plain(&number);
    let whole = parts.next().map_or_else(|| of_any_kind(&number), |kind| format!("{number}{kind}"));
    vec![number, whole]
}

/// The sections of German registers.
const GERMAN_SECTIONS: &[&str] = &["HRA", "HRB", "GnR", "GNR", "GsR", "GSR", "PR", "VR"];

/// The key of a patent of which no kind is stated, for who asks with a kind.
fn of_any_kind(number: &str) -> String {
    format!("{number}?")
}

/// The number of a patent and the kind behind it: `US9111222` and `B2`.
fn kind_apart(key: &str) -> Option<(&str, &str)> {
    let number = key.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(key);
    let number = number.strip_suffix(|c: char| c.is_ascii_uppercase())?;
    let kind = key.get(number.len()..)?;
    number.ends_with(|c: char| c.is_ascii_digit()).then_some((number, kind))
}

/// Words that people put before a number, and that are no part of it.
const LABELS: &[&str] =
    &["LEI", "ISIN", "WIKIDATA", "WD", "REGISTER", "REGISTRATION", "COMPANY", "PATENT", "PAT", "PUBLICATION"];

/// "US Patent No. 9,111,222" as "US 9,111,222"; nothing where there is no such word.
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

/// The letters, in capitals, and digits of a text.
fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The same without zeros in front of numbers.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in letters_and_digits(text).chars() {
        if c != '0' || plain.ends_with(|c: char| c.is_ascii_digit()) {
            plain.push(c);
        }
    }
    plain
}
