//! Look-up of entities by what people call them.

use unicode_normalization::UnicodeNormalization;

use super::bearers::Bearer;
use super::index::EntityIx;
use super::store::entities::Entities;
use super::{Entity, View, bearers, identifiers, legal_forms};
use crate::diagnostic::{nearest_name, proposal};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{EntityKind, letters};

/// What entities are called, as look-ups compare it.
pub(crate) struct Names {
    names: Table,
    ids: Table,
}

/// Texts in the form in which they are compared, sorted, each with the entity that has it.
struct Table(Vec<(Box<str>, EntityIx)>);

impl Names {
    pub(crate) fn new(entities: &Entities) -> Self {
        let mut names = Vec::new();
        let mut ids = Vec::with_capacity(entities.len());
        for entity in entities.all() {
            let sort = Sort::of(entities.kind(entity));
            for name in entities.names(entity) {
                names.push((sort.key(name).into_boxed_str(), entity));
            }
            ids.push((as_id(entities.id(entity)).into_boxed_str(), entity));
        }
        Self { names: Table::new(names), ids: Table::new(ids) }
    }

    /// The entities that have this name, in the order of ids.
    pub(super) fn called(&self, entities: &Entities, name: &str) -> Vec<EntityIx> {
        let whole = whole(name);
        let human = in_reading_order(name).map_or_else(|| whole.clone(), |name| self::whole(&name));
        let keys = [(Sort::Firm, bare(whole.clone(), name)), (Sort::Human, human), (Sort::Thing, whole)];
        let mut found: Vec<EntityIx> = Vec::new();
        for (sort, key) in keys {
            let of_sort = |entity: &EntityIx| Sort::of(entities.kind(*entity)) == sort;
            found.extend(self.names.of(&key).filter(of_sort));
        }
        found.sort_unstable();
        found
    }

    /// The entities that have this id, in whatever case.
    fn with_id(&self, id: &str) -> Vec<EntityIx> {
        self.ids.of(&as_id(id)).collect()
    }

    /// The entity whose name is nearest to one that nobody has, else whose id is, and the text of it that is compared.
    fn nearest(&self, name: &str) -> Option<(EntityIx, &str)> {
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

    /// The entities that have this text.
    fn of(&self, key: &str) -> impl Iterator<Item = EntityIx> {
        let start = self.0.partition_point(|(name, _)| **name < *key);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.iter().take_while(move |(name, _)| **name == *key).map(|(_, entity)| *entity)
    }

    /// The text that is nearest to one, and who has it.
    fn nearest(&self, wanted: &str) -> Option<(EntityIx, &str)> {
        let texts = self.0.iter().map(|(text, _)| &**text).filter(|text| has_letters(text));
        let text = nearest_name(wanted, texts)?;
        let start = self.0.partition_point(|(own, _)| **own < *text);
        self.0.get(start).map(|(own, entity)| (*entity, &**own))
    }
}

/// Longer texts, in bytes, are no slips of the finger.
const LONGEST_SLIP: usize = 1_000;

/// How names of entities are compared: by what they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Without the legal form.
    Firm,
    /// `Last, First` as `First Last`.
    Human,
    /// As it is: the SE of a telephone is no legal form.
    Thing,
}

impl Sort {
    pub(super) const fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Human,
            EntityKind::Product | EntityKind::Patent | EntityKind::Brand => Self::Thing,
            _ => Self::Firm,
        }
    }

    /// A name in the form in which it is compared.
    pub(super) fn key(self, name: &str) -> String {
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

/// A hit of [`View::search`]: an entity, and the name, id or identifier in which the text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match<'g> {
    /// The entity.
    pub entity: Entity<'g>,
    /// Its name, alias, former name, id or identifier that has the text.
    pub matched: &'g str,
}

/// Finds the one entity of this name; where the question is about organisations, they come first.
pub(crate) fn find<'g>(view: View<'g>, name: &str, organisations_first: bool) -> Result<Entity<'g>> {
    if let Ok(entity) = view.entity(name) {
        return Ok(entity);
    }
    let mut all = bearers::of(view, name);
    if all.is_empty() {
        let with_id = view.data().names().with_id(name);
        all = with_id.into_iter().map(|ix| Bearer::by_id(view.entity_at(ix))).collect();
    }
    if organisations_first && all.iter().any(|bearer| bearer.entity.kind().is_organisation()) {
        all.retain(|bearer| bearer.entity.kind().is_organisation());
    }
    let best = bearers::best(view, all, name);
    match best.as_slice() {
        [bearer] => Ok(bearer.entity),
        [] => Err(unknown(view, name)),
        several => Err(ambiguous(name, several)),
    }
}

fn unknown(view: View<'_>, name: &str) -> Error {
    let hint = identifiers::hint(view, name).or_else(|| {
        let (nearest, text) = view.data().names().nearest(name)?;
        let entity = view.entity_at(nearest);
        let sort = Sort::of(entity.kind());
        let near = entity.names().find(|name| sort.key(name) == text);
        Some(proposal(name, near.unwrap_or_else(|| entity.id())))
    });
    Error::new(ErrorKind::UnknownEntity, format!("no entity is called `{}`", printable(name))).hint(hint)
}

/// So many entities of one name are listed; of more, how many.
const MOST_CANDIDATES: usize = 10;

fn ambiguous(name: &str, bearers: &[Bearer<'_>]) -> Error {
    let mut list: Vec<_> = bearers.iter().take(MOST_CANDIDATES).map(|bearer| bearer.told(bearers)).collect();
    if bearers.len() > MOST_CANDIDATES {
        list.push(format!("one of {} more", bearers.len() - MOST_CANDIDATES));
    }
    let hint = match bearers.iter().any(Bearer::is_of_a_time) {
        true => "ask by id, or as of a day on which one of them bore the name",
        false => "ask by id",
    };
    Error::new(ErrorKind::AmbiguousName, format!("`{}` may be {}", printable(name), list.join(" or ")))
        .hint(Some(hint.to_owned()))
}

/// The entities with this text in an id, name or identifier, in the order of their ids; each once, with the best name.
pub(crate) fn search<'g>(view: View<'g>, text: &str) -> impl Iterator<Item = Match<'g>> + use<'g> {
    let wanted = folded(text).trim_end().to_owned();
    // Nothing but punctuation is looked for as it is.
    let literal = if wanted.is_empty() { text.trim().to_owned() } else { String::new() };
    let asked = identifiers::Asked::of(text);
    view.entities().filter_map(move |entity| {
        let has = |name: &&str| name.contains(&literal) && folded(name).contains(&wanted);
        let found = entity.names().chain(std::iter::once(entity.id())).find(has);
        let found = found.or_else(|| asked.as_ref()?.part_in(entity));
        found.filter(|_| entity.is_known()).map(|matched| Match { entity, matched })
    })
}

/// A name without what writers vary: width, case, accents, punctuation, legal form.
pub(crate) fn normalised(name: &str) -> String {
    bare(whole(name), name)
}

/// A whole name without its legal form; and how it was written.
fn bare(mut whole: String, name: &str) -> String {
    if legal_forms::is_before_elision(&whole) && name.contains(['\'', '’']) {
        whole = self::whole(&name.replace(['\'', '’'], " "));
    }
    let bare = legal_forms::without_forms(&whole);
    if bare.len() == whole.len() { whole } else { bare.to_owned() }
}

/// A name without width, case, accents and punctuation.
pub(super) fn whole(name: &str) -> String {
    let mut folded = folded(name);
    folded.truncate(folded.trim_end().len());
    if folded.is_empty() { as_written(name) } else { folded }
}

/// A name of nothing but punctuation.
fn as_written(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase()
}

/// A text as an id without case, `-` and `.`; empty where nothing is left to compare.
fn as_id(text: &str) -> String {
    folded(&text.replace('.', " ")).trim_end().to_owned()
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
