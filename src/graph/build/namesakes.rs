//! Names that a look-up cannot tell apart, which probably mean one thing under two ids.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

use super::alike::{HINT, are_two, is_compared, signs};
use super::intake::Intake;
use super::lives::{Lives, What};
use super::problem::{Field, Problem, Problems, Record};
use super::seen::{DuplicateFilter, MOST_COMPARED};
use crate::diagnostic::{Code, shown};
use crate::graph::store::entity_fields;
use crate::graph::store::names::{NameKind, whole};
use crate::graph::store::validity::{Days, Validity};
use crate::model::{EntityKind, FactKind, Role};

/// Which of an entity's names this is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Name,
    Alias(u32),
    Native,
    Former(u32),
}

impl Place {
    fn of(self, record: Record) -> Field {
        match self {
            Self::Name => record.field("name", 0),
            Self::Alias(n) => record.field("aliases", n as usize),
            Self::Native => record.field("native_name", 0),
            Self::Former(n) => record.field("former_names", n as usize),
        }
    }

    const fn article(self) -> &'static str {
        match self {
            Self::Name | Self::Native => "the",
            Self::Alias(_) => "an",
            Self::Former(_) => "a",
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Alias(_) => "alias",
            Self::Native => "native name",
            Self::Former(_) => "former name",
        }
    }
}

/// A name of an entity, by the entity's number.
#[derive(Clone, Copy)]
struct Called {
    entity: usize,
    place: Place,
}

struct Namesakes<'i> {
    intake: &'i Intake<'i>,
    /// What happened to each entity, for names limited in time. Collected when first needed.
    events: OnceCell<HashMap<usize, Vec<(What, Days)>>>,
}

/// Warns of every entity that has the name of an earlier one of the same kind, and returns these entities.
pub(crate) fn check(intake: &Intake<'_>, problems: &mut Problems<'_>) -> Vec<usize> {
    let namesakes = Namesakes { intake, events: OnceCell::new() };
    let found = namesakes.find();
    for (own, other) in found.values() {
        problems.push(namesakes.problem(*own, *other));
    }
    found.into_keys().collect()
}

impl<'i> Namesakes<'i> {
    /// For each entity that shares a name with an earlier one, its name and the other's.
    fn find(&self) -> BTreeMap<usize, (Called, Called)> {
        let hasher = RandomState::new();
        let count = self.intake.entities.kinds.len();
        let mut hashes: Vec<u64> = Vec::with_capacity(count);
        let mut seen = DuplicateFilter::of(count * 16);
        self.each_name(|kind, _, name| {
            let hash = hasher.hash_one((kind, compared(kind, name)));
            seen.count(hash);
            hashes.push(hash);
        });
        let mut twice: Vec<(u64, usize, Place)> = Vec::new();
        let mut at = 0;
        self.each_name(|_, called, _| {
            let hash = hashes.get(at).copied().filter(|hash| seen.was_twice(*hash));
            twice.extend(hash.map(|hash| (hash, called.entity, called.place)));
            at += 1;
        });
        twice.sort_unstable();
        let mut found: BTreeMap<usize, (Called, Called)> = BTreeMap::new();
        for group in twice.chunk_by(|(one, ..), (other, ..)| one == other).filter(|group| group.len() > 1) {
            let group: Vec<Called> =
                group.iter().map(|(_, entity, place)| Called { entity: *entity, place: *place }).collect();
            for (at, own) in group.iter().enumerate().skip(1) {
                let before = group.iter().take(at.min(MOST_COMPARED));
                let earliest = found.get(&own.entity).map_or(usize::MAX, |(_, other)| other.entity);
                let mut earlier = before.filter(|other| other.entity < own.entity && other.entity < earliest);
                if let Some(other) = earlier.find(|other| self.are_same(*own, **other)) {
                    found.insert(own.entity, (*own, *other));
                }
            }
        }
        found
    }

    /// Visits every name of every entity that is compared, in order.
    fn each_name(&self, mut see: impl FnMut(EntityKind, Called, &str)) {
        // A name without a letter or digit stands for one that could not be read.
        let mut see = |kind: EntityKind, called: Called, name: &str| {
            if name.chars().any(char::is_alphanumeric) {
                see(kind, called, name);
            }
        };
        let own = &self.intake.entities;
        for (entity, kind) in own.kinds.iter().copied().enumerate() {
            let fields = own.fields.of(entity);
            if !is_compared(kind, fields.clone()) {
                continue;
            }
            see(kind, Called { entity, place: Place::Name }, own.names.get(entity));
            let (mut aliases, mut formers) = (0, 0);
            for field in fields {
                let (place, name) = match field.tag {
                    entity_fields::ALIAS => (Place::Alias(counted(&mut aliases)), field.text()),
                    entity_fields::NATIVE_NAME => (Place::Native, field.text()),
                    entity_fields::FORMER_NAME => {
                        let place = Place::Former(counted(&mut formers));
                        let Some((name, _)) = entity_fields::former_name(field.value) else { continue };
                        (place, name)
                    }
                    _ => continue,
                };
                see(kind, Called { entity, place }, name);
            }
        }
    }

    fn name(&self, called: Called) -> String {
        let record = self.intake.entity_record(called.entity);
        let name = match called.place {
            Place::Name => Some(record.name),
            Place::Alias(n) => record.aliases.into_iter().nth(n as usize),
            Place::Native => record.native_name,
            Place::Former(n) => record.former_names.into_iter().nth(n as usize).map(|former| former.name),
        };
        name.unwrap_or_default()
    }

    fn kind(&self, called: Called) -> EntityKind {
        self.intake.entities.kinds.get(called.entity).copied().unwrap_or(EntityKind::Unspecified)
    }

    fn are_same(&self, own: Called, other: Called) -> bool {
        let kind = self.kind(own);
        kind == self.kind(other)
            && !are_two(self.intake, own.entity, other.entity)
            && compared(kind, &self.name(own)) == compared(kind, &self.name(other))
            && !self.are_at_two_times(own, other)
    }

    /// Whether one of two names certainly ended before the other began, where one of them is a former name.
    fn are_at_two_times(&self, own: Called, other: Called) -> bool {
        if ![own, other].iter().any(|called| matches!(called.place, Place::Former(_))) {
            return false;
        }
        let (Some(own), Some(other)) = (self.time(own), self.time(other)) else { return false };
        let [_, own_last, own_end, _] = own.parts();
        let [_, other_last, other_end, _] = other.parts();
        // The extreme values mean that a day is unknown.
        let is_before = |end: i32, start: i32| end != i32::MIN && start != i32::MAX && end <= start;
        is_before(own_end, other_last) || is_before(other_end, own_last)
    }

    /// When a name was borne, as far as its entity says.
    fn time(&self, called: Called) -> Option<Validity> {
        let record = self.intake.entity_record(called.entity);
        let events = self.events.get_or_init(|| events(self.intake));
        let own = events.get(&called.entity).map(Vec::as_slice).unwrap_or_default();
        let lives = Lives::new(&record, |what| {
            own.iter().filter(|(own, _)| *own == what).map(|(_, days)| *days).next()
        });
        match called.place {
            Place::Name => Some(lives.now()),
            Place::Former(n) => record.former_names.get(n as usize).map(|former| lives.of_former(former)),
            Place::Alias(_) | Place::Native => Some(Validity::ALWAYS),
        }
    }

    fn problem(&self, own: Called, other: Called) -> Problem {
        let entities = &self.intake.entities;
        let [id, other_id] = [own, other].map(|called| shown(entities.id(called.entity)));
        let [name, other_name] = [own, other].map(|called| whole(&self.name(called)));
        let message = if own.place != Place::Name || other.place != Place::Name {
            let form = if name == other_name { "" } else { ", but for how it is written" };
            format!(
                "the {} `{}` of `{id}` is {} {} of `{other_id}`{form}: the same?",
                own.place.noun(),
                shown(&self.name(own)),
                other.place.article(),
                other.place.noun()
            )
        } else if name == other_name {
            format!("`{id}` and `{other_id}` have nearly the same name: the same?")
        } else if NameKind::of(self.kind(own)) == NameKind::Human {
            format!("`{id}` and `{other_id}` have one name, once with the last name first: the same?")
        } else {
            format!("the names of `{id}` and `{other_id}` differ in the legal form only: the same?")
        };
        let is_former = [own, other].iter().any(|called| matches!(called.place, Place::Former(_)));
        let hint = if is_former {
            "say until when the former name was borne, and since when the other; or make one entity of the two"
        } else {
            HINT
        };
        Problem::new(Code::NamesAlike, own.place.of(entities.position(own.entity)), message)
            .also(other.place.of(entities.position(other.entity)))
            .hint(hint)
    }
}

/// A name as look-ups compare it, and the signs that they ignore.
fn compared(kind: EntityKind, name: &str) -> (String, String) {
    (NameKind::of(kind).key(name), signs(name).collect())
}

/// Returns the number and increments it.
fn counted(number: &mut u32) -> u32 {
    *number += 1;
    *number - 1
}

/// When entities were founded and dissolved.
fn events(intake: &Intake<'_>) -> HashMap<usize, Vec<(What, Days)>> {
    let mut events: HashMap<usize, Vec<(What, Days)>> = HashMap::new();
    let packed = &intake.facts.packed;
    for fact in packed.all().filter(|fact| packed.kind(*fact) == FactKind::Event && packed.counts(*fact)) {
        let record = intake.fact_record(fact);
        let Some((what, days)) = What::of(&record) else { continue };
        for symbol in packed.listed_roles(fact).in_role(Role::Of) {
            if let Some(entity) = intake.entities.symbols.record(symbol.get()) {
                events.entry(entity).or_default().push((what, days));
            }
        }
    }
    events
}
