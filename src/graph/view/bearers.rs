//! The entities that bear a name, and when: the candidates of a look-up.

use super::entity::Entity;
use super::identifiers;
use super::view::View;
use crate::graph::build::lives::{Lives, What};
use crate::graph::store::names::{NameKind, normalised, whole};
use crate::graph::store::validity::{Certainty, Days, Validity};
use crate::model::{EntityRecord, FactKind, FormerName, Role};

/// An entity with the name or identifier that was asked for.
pub(crate) struct Bearer<'g> {
    pub(crate) entity: Entity<'g>,
    /// How it was found, by the best matches. Never empty.
    found: Vec<Found<'g>>,
    near: Near,
}

/// How an entity was found.
#[derive(PartialEq, Eq)]
enum Found<'g> {
    /// By its current name, given with the last of its former ones.
    Name(Option<FormerName>),
    /// By an alias, or its name in its own script.
    Other,
    Former(FormerName),
    Identifier(&'g str),
    Id,
}

/// How closely a name matches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    /// Except for the legal form.
    Bare,
    /// Except for case, accents and punctuation.
    Alike,
    Exact,
}

/// All entities with this name or identifier, in id order.
pub(crate) fn of<'g>(view: View<'g>, name: &str) -> Vec<Bearer<'g>> {
    let data = view.data();
    let called = data.names().called(&data.entities, name);
    let mut bearers: Vec<Bearer<'g>> =
        called.into_iter().filter_map(|ix| Bearer::by_name(view.entity_at(ix), name)).collect();
    for (entity, identifier) in identifiers::find(view, name) {
        if !bearers.iter().any(|bearer| bearer.entity == entity) {
            let found = vec![Found::Identifier(identifier)];
            bearers.push(Bearer { entity, found, near: Near::Exact });
        }
    }
    bearers.sort_by_key(|bearer| bearer.entity);
    bearers
}

/// The entities that are meant: those with the closest match, and of several those that bore the name on the view's
/// date.
///
/// A current name takes precedence over aliases, but not over a former name, whose meaning depends on the date.
pub(crate) fn best<'g>(view: View<'g>, mut all: Vec<Bearer<'g>>, name: &str) -> Vec<Bearer<'g>> {
    if all.len() < 2 {
        return all;
    }
    let has_form = whole(name) != normalised(name);
    let is_alike = |bearer: &Bearer<'_>| bearer.near >= Near::Alike || !has_form;
    let is_exact = |bearer: &Bearer<'_>| bearer.near == Near::Exact;
    if all.iter().any(|bearer| bearer.is_called_now() && is_exact(bearer)) {
        all.retain(|bearer| {
            bearer.is_called_now() && is_exact(bearer) || bearer.is_of_a_time() && is_alike(bearer)
        });
    } else if all.iter().any(is_exact) {
        all.retain(|bearer| is_exact(bearer) || bearer.is_called_now() && is_alike(bearer));
    } else if has_form && all.iter().any(|bearer| bearer.near == Near::Alike) {
        all.retain(|bearer| bearer.near == Near::Alike);
    }
    let Some(day) = view.date().or(view.knowledge()).filter(|_| all.len() > 1) else { return all };
    let bears = |bearer: &Bearer<'_>| bearer.on(day).is_some();
    if all.iter().any(bears) {
        all.retain(bears);
    }
    all
}

impl<'g> Bearer<'g> {
    pub(crate) fn by_id(entity: Entity<'g>) -> Self {
        Self { entity, found: vec![Found::Id], near: Near::Exact }
    }

    fn by_name(entity: Entity<'g>, asked: &str) -> Option<Self> {
        let sort = NameKind::of(entity.kind());
        let (key, whole_name) = (sort.key(asked), whole(asked));
        let record = whole_record(entity);
        let near = |text: &str| match text == asked {
            true => Near::Exact,
            false if whole(text) == whole_name => Near::Alike,
            false => Near::Bare,
        };
        let others = record.aliases.iter().chain(&record.native_name).map(|name| (name, Found::Other));
        let formers = record.former_names.iter().map(|former| (&former.name, Found::Former(former.clone())));
        let names = std::iter::once((&record.name, Found::Name(last_of(&record).cloned())));
        let same = names.chain(others).chain(formers).filter(|(name, _)| sort.key(name) == key);
        let found: Vec<(Near, Found<'g>)> = same.map(|(name, found)| (near(name), found)).collect();
        let best = found.iter().map(|(near, _)| *near).max()?;
        let found = found.into_iter().filter(|(near, _)| *near == best).map(|(_, found)| found).collect();
        Some(Self { entity, found, near: best })
    }

    fn is_called_now(&self) -> bool {
        matches!(self.found.first(), Some(Found::Name(_)))
    }

    /// Whether its name is spelt exactly so.
    pub(crate) fn is_exact(&self) -> bool {
        self.near == Near::Exact
    }

    /// Whether it bore the name only for a time.
    pub(crate) fn is_of_a_time(&self) -> bool {
        matches!(self.found.first(), Some(Found::Former(_)))
    }

    /// How certain it is that it bore the name on a day.
    fn on(&self, day: Days) -> Option<Certainty> {
        let record = whole_record(self.entity);
        let lives = Lives::new(&record, |what| day_of_event(self.entity, what));
        let time = |found: &Found<'_>| match found {
            Found::Name(_) => lives.now(),
            Found::Former(former) => lives.of_former(former),
            _ => Validity::ALWAYS,
        };
        self.found.iter().filter_map(|found| time(found).at_days(day)).max()
    }

    /// "`acme` (a company, Acme Ltd, GB)", with what distinguishes it from the others.
    pub(crate) fn candidate(&self, all: &[Self]) -> String {
        let entity = self.entity;
        let record = entity.record();
        let mut parts = vec![entity.kind().noun().to_owned(), entity.name().to_owned()];
        parts.extend(entity.unit_of().map(|of| format!("of {}", of.name())));
        parts.extend(record.country.map(|country| country.to_string()));
        let is_like = |other: &Self| other.entity != entity && other.entity.country() == record.country;
        match self.found.first() {
            Some(Found::Identifier(identifier)) => parts.push((*identifier).to_owned()),
            _ if all.iter().any(is_like) => {
                parts.extend(record.identifiers.register.first().map(ToString::to_string));
            }
            _ => {}
        }
        if all.iter().any(Bearer::is_of_a_time) {
            parts.extend(self.when());
        }
        format!("`{}` ({})", entity.id(), parts.join(", "))
    }

    fn when(&self) -> Option<String> {
        match self.found.first()? {
            Found::Name(None) => Some("so called now".to_owned()),
            Found::Name(Some(last)) => Some(match last.until {
                Some(since) => format!("so called since {}", since.words()),
                None => "so called now".to_owned(),
            }),
            Found::Former(former) => Some(match former.until {
                Some(until) => format!("so called until {}", until.words()),
                None => "so called once, not known until when".to_owned(),
            }),
            _ => None,
        }
    }
}

/// The full record of an entity, even what a view does not know: a name given later is still a name of it.
fn whole_record(entity: Entity<'_>) -> EntityRecord {
    entity.view().graph_view().entity_at(entity.index()).record()
}

/// The name before the present one, as far as the ends of former names tell.
fn last_of(record: &EntityRecord) -> Option<&FormerName> {
    let formers = || record.former_names.iter();
    formers().filter(|former| former.until.is_some()).max_by_key(|former| former.until).or(formers().next())
}

/// When this happened to an entity, according to any source.
fn day_of_event(entity: Entity<'_>, what: What) -> Option<Days> {
    let view = View::new(entity.view().data());
    let facts = view.entity_at(entity.index()).facts().filter(|fact| fact.kind() == FactKind::Event);
    let own =
        facts.filter(|fact| fact.counts() && fact.parties(Role::Of).any(|of| of.index() == entity.index()));
    own.filter_map(|fact| What::of(&fact.record())).find(|(own, _)| *own == what).map(|(_, days)| days)
}
