//! Look-up of entities by what people call them.

use unicode_normalization::UnicodeNormalization;

use super::index::EntityIx;
use super::store::entities::Entities;
use super::{Entity, View};
use crate::diagnostic::did_you_mean;
use crate::error::{Error, ErrorKind, Result};
use crate::model::letters;

/// What entities are called, normalised.
pub(crate) struct Names {
    names: Table,
    ids: Table,
}

/// Texts in their normalised form, sorted, each with the entity that has it.
struct Table(Vec<(Box<str>, EntityIx)>);

impl Names {
    pub(crate) fn new(entities: &Entities) -> Self {
        let mut names = Vec::new();
        let mut ids = Vec::with_capacity(entities.len());
        for entity in entities.all() {
            for name in entities.names(entity) {
                names.push((normalised(name).into_boxed_str(), entity));
            }
            ids.push((as_id(entities.id(entity)).into_boxed_str(), entity));
        }
        Self { names: Table::new(names), ids: Table::new(ids) }
    }

    /// The entities that have this name; without any, those that have it as id, in whatever case.
    fn called(&self, name: &str) -> Vec<EntityIx> {
        let named: Vec<_> = self.names.of(&normalised(name)).collect();
        if named.is_empty() { self.ids.of(&as_id(name)).collect() } else { named }
    }
}

impl Table {
    fn new(mut texts: Vec<(Box<str>, EntityIx)>) -> Self {
        texts.sort_unstable();
        texts.dedup();
        Self(texts)
    }

    /// The entities that have this normalised text.
    fn of(&self, normalised: &str) -> impl Iterator<Item = EntityIx> {
        let start = self.0.partition_point(|(name, _)| **name < *normalised);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.iter().take_while(move |(name, _)| **name == *normalised).map(|(_, entity)| *entity)
    }
}

/// A hit of [`View::search`]: an entity, and the name or id in which the text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match<'g> {
    /// The entity.
    pub entity: Entity<'g>,
    /// Its name, alias, former name or id that has the text.
    pub matched: &'g str,
}

/// Finds the one entity of this name; where the question is about organisations, they come first.
pub(crate) fn find<'g>(view: View<'g>, name: &str, organisations_first: bool) -> Result<Entity<'g>> {
    if let Ok(entity) = view.entity(name) {
        return Ok(entity);
    }
    let called = view.data().names().called(name);
    let all: Vec<Entity<'g>> = called.into_iter().map(|ix| view.entity_at(ix)).collect();
    let organisations: Vec<_> = all.iter().copied().filter(|e| e.kind().is_organisation()).collect();
    let candidates = if organisations_first && !organisations.is_empty() { organisations } else { all };
    let best = narrowed(candidates, name);
    match best.as_slice() {
        [entity] => Ok(*entity),
        [] => Err(unknown(view, name)),
        several => Err(ambiguous(name, several)),
    }
}

/// Of the entities whose names agree when normalised, those that agree best.
fn narrowed<'g>(candidates: Vec<Entity<'g>>, name: &str) -> Vec<Entity<'g>> {
    let current = |e: &Entity<'g>| e.name() == name;
    let other = |e: &Entity<'g>| e.names().any(|n| n == name);
    for agrees in [&current as &dyn Fn(&Entity<'g>) -> bool, &other] {
        let exact: Vec<_> = candidates.iter().copied().filter(agrees).collect();
        if !exact.is_empty() {
            return exact;
        }
    }
    candidates
}

fn unknown(view: View<'_>, name: &str) -> Error {
    let names = view.entities().flat_map(|e| std::iter::once(e.id()).chain(e.names()));
    let names = names.filter(|n| n.chars().any(char::is_alphabetic));
    // Names before ids: people think in names.
    let mut by_name: Vec<&str> = names.collect();
    by_name.sort_by_key(|n| n.chars().all(|c| c.is_lowercase() || !c.is_alphabetic()));
    Error::new(ErrorKind::UnknownEntity, format!("no entity is called `{}`", printable(name)))
        .hint(did_you_mean(name, by_name))
}

/// So many entities of one name are listed; of more, how many.
const MOST_CANDIDATES: usize = 10;

fn ambiguous(name: &str, candidates: &[Entity<'_>]) -> Error {
    let named = candidates.iter().take(MOST_CANDIDATES);
    let mut list: Vec<_> =
        named.map(|e| format!("`{}` ({}, {})", e.id(), e.kind().noun(), e.name())).collect();
    if candidates.len() > MOST_CANDIDATES {
        list.push(format!("one of {} more", candidates.len() - MOST_CANDIDATES));
    }
    Error::new(ErrorKind::AmbiguousName, format!("`{}` may be {}", printable(name), list.join(" or ")))
        .hint(Some("ask by id".to_owned()))
}

/// The entities with this text in an id or name, in the order of their ids; each once, with the best name.
pub(crate) fn search<'g>(view: View<'g>, text: &str) -> impl Iterator<Item = Match<'g>> + use<'g> {
    let wanted = folded(text).trim_end().to_owned();
    // Nothing but punctuation is looked for as it is.
    let literal = if wanted.is_empty() { text.trim().to_owned() } else { String::new() };
    view.entities().filter_map(move |entity| {
        let has = |name: &&str| name.contains(&literal) && folded(name).contains(&wanted);
        let found = entity.names().chain(std::iter::once(entity.id())).find(has);
        found.map(|matched| Match { entity, matched })
    })
}

/// A name without what writers vary: width, case, accents, punctuation, legal form.
pub(crate) fn normalised(name: &str) -> String {
    let folded = folded(name);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    while let Some(suffix) = legal_suffix(&words) {
        words.truncate(words.len() - suffix);
    }
    if words.is_empty() { name.nfkc().collect::<String>().to_lowercase() } else { words.join(" ") }
}

/// A text as an id without case, `-` and `.`; empty where nothing is left to compare.
fn as_id(text: &str) -> String {
    folded(&text.replace('.', " ")).trim_end().to_owned()
}

/// How many words at the end are a legal form, if a name is left without them.
fn legal_suffix(words: &[&str]) -> Option<usize> {
    let ends = |suffix: &&[&str]| words.len() > suffix.len() && words.ends_with(suffix);
    let one = words.len() > 1 && words.last().is_some_and(|word| LEGAL_SUFFIXES.contains(word));
    LONGER_SUFFIXES.iter().find(|suffix| ends(suffix)).map(|suffix| suffix.len()).or(one.then_some(1))
}

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

/// The same of a text that has nothing but case and punctuation.
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

/// How much of what somebody typed is printed, in characters.
const MOST_PRINTED: usize = 100;

/// What somebody typed, safe to print.
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

/// Legal forms that punctuation or blanks divide: A/S, S. A., Sp. z o.o.
const LONGER_SUFFIXES: &[&[&str]] = &[
    &["a", "s"],
    &["s", "a"],
    &["s", "p", "a"],
    &["s", "r", "l"],
    &["sp", "z", "oo"],
    &["sp", "z", "o", "o"],
];

const LEGAL_SUFFIXES: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "llp",
    "lp",
    "plc",
    "gmbh",
    "ag",
    "se",
    "kg",
    "kgaa",
    "ohg",
    "ug",
    "mbh",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "sl",
    "nv",
    "bv",
    "ab",
    "as",
    "asa",
    "oy",
    "oyj",
    "aps",
    "pty",
    "pte",
    "kk",
    "bhd",
    "tbk",
    "jsc",
    "pjsc",
    "ooo",
    "oao",
];
