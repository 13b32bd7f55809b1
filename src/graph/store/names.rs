//! Index of names, normalized for comparison.

use unicode_normalization::UnicodeNormalization;

use super::entities::Entities;
use super::folding::folded;
use super::index::EntityIx;
use super::legal_forms;
use crate::diagnostic::nearest_name;
use crate::model::EntityKind;

/// The index of names and ids, in the form that look-ups compare.
pub(crate) struct Names {
    names: Table,
    ids: Table,
}

/// Normalized texts, sorted, each with the entity that has it.
struct Table(Vec<(Box<str>, EntityIx)>);

impl Names {
    pub(crate) fn new(entities: &Entities) -> Self {
        let mut names = Vec::new();
        let mut ids = Vec::with_capacity(entities.len());
        for entity in entities.all() {
            let sort = NameKind::of(entities.kind(entity));
            for name in entities.names(entity) {
                names.push((sort.key(name).into_boxed_str(), entity));
            }
            ids.push((as_id(entities.id(entity)).into_boxed_str(), entity));
        }
        Self { names: Table::new(names), ids: Table::new(ids) }
    }

    /// The entities with this name, in id order.
    pub(crate) fn called(&self, entities: &Entities, name: &str) -> Vec<EntityIx> {
        let whole = whole(name);
        let human = in_reading_order(name).map_or_else(|| whole.clone(), |name| self::whole(&name));
        let keys =
            [(NameKind::Firm, bare(whole.clone(), name)), (NameKind::Human, human), (NameKind::Thing, whole)];
        let mut found: Vec<EntityIx> = Vec::new();
        for (sort, key) in keys {
            let of_sort = |entity: &EntityIx| NameKind::of(entities.kind(*entity)) == sort;
            found.extend(self.names.of(&key).filter(of_sort));
        }
        found.sort_unstable();
        found
    }

    /// The entities with this id, ignoring case.
    pub(crate) fn with_id(&self, id: &str) -> Vec<EntityIx> {
        self.ids.of(&as_id(id)).collect()
    }

    /// The entity whose name, or else whose id, is nearest to an unknown name, with the text that was compared.
    pub(crate) fn nearest(&self, name: &str) -> Option<(EntityIx, &str)> {
        if name.len() > LONGEST_SLIP {
            return None;
        }
        self.names.nearest(&normalised(name)).or_else(|| self.ids.nearest(&as_id(name)))
    }
}

impl Table {
    fn new(mut texts: Vec<(Box<str>, EntityIx)>) -> Self {
        texts.sort_unstable();
        texts.dedup();
        Self(texts)
    }

    /// The entities with this text.
    fn of(&self, key: &str) -> impl Iterator<Item = EntityIx> {
        let start = self.0.partition_point(|(name, _)| **name < *key);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.iter().take_while(move |(name, _)| **name == *key).map(|(_, entity)| *entity)
    }

    /// The nearest text, and an entity that has it.
    fn nearest(&self, wanted: &str) -> Option<(EntityIx, &str)> {
        let texts = self.0.iter().map(|(text, _)| &**text).filter(|text| has_letters(text));
        let text = nearest_name(wanted, texts)?;
        let start = self.0.partition_point(|(own, _)| **own < *text);
        self.0.get(start).map(|(own, entity)| (*entity, &**own))
    }
}

/// Texts longer than this, in bytes, are not typing errors.
const LONGEST_SLIP: usize = 1_000;

/// How names of entities are compared, by the kind of entity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// Without the legal form.
    Firm,
    /// `Last, First` as `First Last`.
    Human,
    /// As it is: the SE of a phone's name is no legal form.
    Thing,
}

impl NameKind {
    pub(crate) const fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Human,
            EntityKind::Product | EntityKind::Patent | EntityKind::Brand => Self::Thing,
            _ => Self::Firm,
        }
    }

    /// A name in the form used for comparison.
    pub(crate) fn key(self, name: &str) -> String {
        match self {
            Self::Firm => normalised(name),
            Self::Human => in_reading_order(name).map_or_else(|| whole(name), |name| whole(&name)),
            Self::Thing => whole(name),
        }
    }
}

/// "Quill, Dora" as "Dora Quill".
fn in_reading_order(name: &str) -> Option<String> {
    let (last, first) = name.split_once(',')?;
    (!first.contains(',')).then(|| format!("{first} {last}"))
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A name without what varies between writers: width, case, accents, punctuation, legal form.
pub(crate) fn normalised(name: &str) -> String {
    bare(whole(name), name)
}

/// Removes the legal form from a whole name, given how it was written.
fn bare(mut whole: String, name: &str) -> String {
    if legal_forms::is_before_elision(&whole) && name.contains(['\'', '’']) {
        whole = self::whole(&name.replace(['\'', '’'], " "));
    }
    let bare = legal_forms::without_forms(&whole);
    if bare.len() == whole.len() { whole } else { bare.to_owned() }
}

/// A name without width, case, accents and punctuation.
pub(crate) fn whole(name: &str) -> String {
    let mut folded = folded(name);
    folded.truncate(folded.trim_end().len());
    if folded.is_empty() { as_written(name) } else { folded }
}

/// A name that is only punctuation, kept as written.
fn as_written(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase()
}

/// A text as an id, ignoring case, `-` and `.`; empty if nothing is left to compare.
fn as_id(text: &str) -> String {
    folded(&text.replace('.', " ")).trim_end().to_owned()
}

/// How many characters of user input are printed.
const MOST_PRINTED: usize = 100;

/// User input, made safe to print.
pub(crate) fn printable(text: &str) -> String {
    let cut = text.chars().nth(MOST_PRINTED).map(|_| '…');
    text.chars()
        .take(MOST_PRINTED)
        .flat_map(|c| {
            let escaped = c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            let plain = (!escaped).then_some(c);
            let escape = escaped.then(|| c.escape_unicode()).into_iter().flatten();
            plain.into_iter().chain(escape)
        })
        .chain(cut)
        .collect()
}
