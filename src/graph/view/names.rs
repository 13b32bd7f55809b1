//! Look-up by name.

use super::bearers::Bearer;
use super::entity::Entity;
use super::evidence::Source;
use super::view::View;
use super::{bearers, identifiers};
use crate::diagnostic::{nearest_name, proposal};
use crate::error::{Candidate, Error, ErrorKind, Result};
use crate::graph::store::folding::folded;
use crate::graph::store::identifiers::Asked;
use crate::graph::store::names::{NameKind, printable};

impl<'g> View<'g> {
    /// The entity with this id, name, alias, former name or identifier.
    ///
    /// A name as sentences print it, "Meridian (GB)" or "Daimler (now Mercedes-Benz Group)", is found too.
    ///
    /// Matches are tried in this order: id; exact current name; exact alias or former name, or an identifier in any
    /// spelling (LEI, ISIN, Wikidata item, register number with or without the register, patent number); any of the
    /// names without case, accents, punctuation and, for organisations, legal forms such as Ltd, GmbH, ООО, 有限公司 at
    /// either end; id without case and punctuation.
    ///
    /// In a view as of a date or known by one, a name that several entities bore at different times means the one that
    /// bore it then, according to [`FormerName`](crate::FormerName)s. Without a date it is ambiguous, even if it is the
    /// current name of one of them.
    ///
    /// The first look-up by something other than an id builds an index of all names.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownEntity`] if there is none, with the nearest name as [suggestion](Error::suggestion);
    /// [`ErrorKind::AmbiguousName`] if there are several.
    pub fn find(self, name: &str) -> Result<Entity<'g>> {
        find(self, name, false)
    }

    /// Like [`View::find`], but without a suggestion if there is none, so that it costs as little for an unknown name as
    /// for a known one: for programs that match long lists of names.
    ///
    /// ```
    /// # use keiretsu::{ErrorKind, Graph};
    /// let graph = Graph::open("graphs")?;
    /// assert_eq!(graph.view().find_exact("FOXCONN")?.id(), "foxconn");
    /// let error = graph.view().find_exact("Xaomi").unwrap_err();
    /// assert_eq!((error.kind(), error.suggestion()), (ErrorKind::UnknownEntity, None));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`View::find`], without the suggestion.
    pub fn find_exact(self, name: &str) -> Result<Entity<'g>> {
        match named(self, name, false).as_slice() {
            [bearer] => Ok(bearer.entity),
            [] => Err(not_called(name)),
            several => Err(ambiguous(name, several)),
        }
    }

    /// Like [`View::find`], but prefers a company over a brand of the same name.
    ///
    /// # Errors
    /// As for [`View::find`].
    pub fn find_organisation(self, name: &str) -> Result<Entity<'g>> {
        find(self, name, true)
    }

    /// The source with this id, or with this title in any case.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownSource`] if there is none, with the nearest id or title as hint, or if several have the title.
    pub fn find_source(self, text: &str) -> Result<Source<'g>> {
        let wanted = text.trim();
        if let Some(source) = self.sources().find(|source| source.id() == wanted) {
            return Ok(source);
        }
        let lower = wanted.to_lowercase();
        let titled: Vec<_> = self.sources().filter(|source| source.title().to_lowercase() == lower).collect();
        match titled.as_slice() {
            [source] => Ok(*source),
            [] => {
                let names = || self.sources().flat_map(|source| [source.id(), source.title()]);
                let near =
                    nearest_name(wanted, names()).map(|near| format!("did you mean `{}`?", printable(near)));
                let message = format!("no source has the id or title `{}`", printable(wanted));
                let all = || "`keiretsu sources` lists all".to_owned();
                Err(Error::new(ErrorKind::UnknownSource, message).hint(Some(near.unwrap_or_else(all))))
            }
            several => {
                let ids: Vec<_> = several.iter().map(|source| format!("`{}`", source.id())).collect();
                let message = format!("several sources have the title `{}`", printable(wanted));
                Err(Error::new(ErrorKind::UnknownSource, message)
                    .hint(Some(format!("name one by its id: {}", ids.join(", ")))))
            }
        }
    }

    /// The entities with this text in an id, a name or an identifier, in id order; under a second clock, those
    /// [known](Entity::is_known) by then.
    pub fn search(self, text: &str) -> impl Iterator<Item = Match<'g>> + use<'g> {
        search(self, text).flatten()
    }
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

/// Finds the one entity with this name, preferring organisations if asked to.
pub(crate) fn find<'g>(view: View<'g>, name: &str, organisations_first: bool) -> Result<Entity<'g>> {
    match named(view, name, organisations_first).as_slice() {
        [bearer] => Ok(bearer.entity),
        [] => Err(unknown(view, name)),
        several => Err(ambiguous(name, several)),
    }
}

/// The entities that a name may mean, the best matches only.
fn named<'g>(view: View<'g>, name: &str, organisations_first: bool) -> Vec<Bearer<'g>> {
    if let Ok(entity) = view.entity(name) {
        return vec![Bearer::by_id(entity)];
    }
    let mut all = bearers::of(view, name);
    if !all.iter().any(Bearer::is_exact) {
        let printed = as_printed(view, name);
        if !printed.is_empty() {
            return printed;
        }
    }
    if all.is_empty() {
        let with_id = view.data().names().with_id(name);
        all = with_id.into_iter().map(|ix| Bearer::by_id(view.entity_at(ix))).collect();
    }
    if organisations_first && all.iter().any(|bearer| bearer.entity.kind().is_organisation()) {
        all.retain(|bearer| bearer.entity.kind().is_organisation());
    }
    bearers::best(view, all, name)
}

/// The entities that are printed so, with what tells them from others of their name: "Meridian (GB)", "Acme (now
/// Bolt)".
fn as_printed<'g>(view: View<'g>, name: &str) -> Vec<Bearer<'g>> {
    let Some((bare, mark)) = name.trim().strip_suffix(')').and_then(split_mark) else { return Vec::new() };
    let current = mark.strip_prefix("now ");
    let called = bearers::of(view, bare);
    let is_meant = |bearer: &Bearer<'g>| match current {
        Some(current) => [bearer.entity.name(), &*bearer.entity.told_name()].contains(&current),
        None => super::twins::mark(bearer.entity).is_some_and(|own| own == mark),
    };
    let mut meant: Vec<Bearer<'g>> = called.into_iter().filter(is_meant).collect();
    if meant.iter().any(|bearer| bearer.entity.told_name() == name.trim()) {
        meant.retain(|bearer| bearer.entity.told_name() == name.trim());
    }
    meant
}

/// Name and mark of "Meridian (GB", where the mark may have brackets of its own.
fn split_mark(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => {
                let (bare, mark) = text.split_at_checked(at)?;
                return Some((bare.trim_end(), mark.strip_prefix('(')?));
            }
            _ => {}
        }
    }
    None
}

fn not_called(name: &str) -> Error {
    Error::new(ErrorKind::UnknownEntity, format!("no entity is called `{}`", printable(name)))
}

fn unknown(view: View<'_>, name: &str) -> Error {
    let hint = identifiers::hint(view, name).or_else(|| {
        let (nearest, text) = view.data().names().nearest(name)?;
        let entity = view.entity_at(nearest);
        let sort = NameKind::of(entity.kind());
        let near = entity.names().find(|name| sort.key(name) == text);
        Some(proposal(name, near.unwrap_or_else(|| entity.id())))
    });
    not_called(name).hint(hint)
}

/// At most this many candidates are listed for an ambiguous name; beyond it, only their number.
const MOST_CANDIDATES: usize = 10;

fn ambiguous(name: &str, bearers: &[Bearer<'_>]) -> Error {
    let mut list: Vec<_> =
        bearers.iter().take(MOST_CANDIDATES).map(|bearer| bearer.candidate(bearers)).collect();
    if bearers.len() > MOST_CANDIDATES {
        list.push(format!("one of {} more", bearers.len() - MOST_CANDIDATES));
    }
    let hint = match bearers.iter().any(Bearer::is_of_a_time) {
        true => "ask by id, or as of a day on which one of them bore the name",
        false => "ask by id",
    };
    let candidates = bearers.iter().map(|bearer| Candidate {
        id: bearer.entity.id().to_owned(),
        kind: bearer.entity.kind().name(),
        name: bearer.entity.name().to_owned(),
    });
    Error::new(ErrorKind::AmbiguousName, format!("`{}` may be {}", printable(name), list.join(" or ")))
        .hint(Some(hint.to_owned()))
        .candidates_are(candidates.collect())
}

/// The entities with this text in an id, name or identifier, in id order: for each entity the first match, if there is one.
pub(crate) fn search<'g>(view: View<'g>, text: &str) -> impl Iterator<Item = Option<Match<'g>>> + use<'g> {
    let wanted = folded(text).trim_end().to_owned();
    // Text that is only punctuation is searched for literally.
    let literal = if wanted.is_empty() { text.trim().to_owned() } else { String::new() };
    let asked = Asked::of(text);
    let printed: Vec<Entity<'g>> = as_printed(view, text).iter().map(|bearer| bearer.entity).collect();
    view.entities().map(move |entity| {
        let has = |name: &&str| name.contains(&literal) && folded(name).contains(&wanted);
        let found = entity.names().chain(std::iter::once(entity.id())).find(has);
        let found = found.or_else(|| identifiers::part_in(asked.as_ref()?, entity));
        let found = found.or_else(|| printed.contains(&entity).then(|| entity.name()));
        found.filter(|_| entity.is_known() && view.lists(entity)).map(|matched| Match { entity, matched })
    })
}
