//! From records to the frozen graph: merge, resolve, check, project.

use std::cell::Cell;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::Graph;
use super::check;
use super::freeze::Draft;
use super::index::{EntityIx, FactIx, SourceIx};
use super::lints;
use super::problem::{Problem, Problems, Record};
use super::project::TooMany;
use super::stake_checks;
use super::store::entities::Entities;
use super::store::facts::Facts;
use crate::diagnostic::{Code, did_you_mean, shown};
use crate::limits::Limits;
use crate::model::{EntityRecord, FactRecord, Id, Records, Role, SourceRecord};

/// Builds the graph, unless there is an error among the problems.
pub(crate) fn build(records: Records, limits: &Limits, problems: &mut Problems<'_>) -> Option<Graph> {
    let Records { title, description, sources, entities, mut facts } = records;
    for fact in &mut facts {
        group_roles(&mut fact.roles);
    }

    check::graph_texts([("title", &title), ("description", &description)], limits, problems);
    check::texts(&sources, &entities, &facts, limits, problems);
    let sources = merge(sources, Record::Source, "source", |s| Some(&s.id), problems);
    let entities = merge(entities, Record::Entity, "entity", |e: &EntityRecord| Some(&e.id), problems);
    let facts = merge(facts, Record::Fact, "fact", |f: &FactRecord| f.id.as_ref(), problems);

    let ids = Ids::new(&sources, &entities, &facts);
    check::entities(&entities, &ids, problems);
    check::facts(&facts, &entities, &ids, problems);
    lints::check(&sources, &entities, &facts, &ids, problems);

    if problems.failed() {
        return None;
    }
    let positions: Vec<usize> = facts.iter().map(|(position, _)| *position).collect();
    let order = order_by_id(&entities);
    let facts = resolve_facts(facts, &ids, &order);
    let mut entities: Vec<EntityRecord> = entities.into_iter().map(|(_, entity)| entity).collect();
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    let draft = Draft {
        title,
        description,
        sources: sources.into_iter().map(|(_, source)| source).collect(),
        entities: Entities::from_records(entities, |id| ids.source(id)),
        facts,
    };
    match draft.freeze(limits.relations) {
        Ok(data) => {
            let graph = Graph::from_data(data);
            stake_checks::check(graph.view(), &positions, problems);
            (!problems.failed()).then_some(graph)
        }
        Err(TooMany(fact)) => {
            problems.push(too_many(fact.and_then(|n| positions.get(n)), limits));
            None
        }
    }
}

pub(crate) fn too_many(position: Option<&usize>, limits: &Limits) -> Problem {
    let message = format!("the facts project more than {} relations", limits.relations);
    let problem = match position {
        Some(position) => Problem::new(Code::TooManyRelations, Record::Fact(*position).whole(), message)
            .label("most of them follow from this"),
        None => Problem::nowhere(Code::TooManyRelations, message),
    };
    problem.hint("make the parties members of an alliance, or raise the limit")
}

/// Puts the entities of each role together, as a file has them: roles in the order of their first entity.
fn group_roles(roles: &mut [(Role, Id)]) {
    let mut order: Vec<Role> = Vec::new();
    for (role, _) in roles.iter() {
        if !order.contains(role) {
            order.push(*role);
        }
    }
    roles.sort_by_key(|(role, _)| order.iter().position(|other| other == role));
}

/// A record with its position among those given.
pub(crate) type Placed<T> = (usize, T);

/// Lets identical records of one id become one; different ones are an error.
fn merge<T: PartialEq>(
    records: Vec<T>,
    place: fn(usize) -> Record,
    noun: &str,
    id: impl Fn(&T) -> Option<&Id>,
    problems: &mut Problems<'_>,
) -> Vec<Placed<T>> {
    let mut kept: Vec<Placed<T>> = Vec::with_capacity(records.len());
    let mut seen: HashMap<Id, usize> = HashMap::new();
    for (position, record) in records.into_iter().enumerate() {
        let Some(record_id) = id(&record).cloned() else {
            kept.push((position, record));
            continue;
        };
        match seen.entry(record_id) {
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push((position, record));
            }
            Entry::Occupied(entry) => {
                if let Some((first, earlier)) = kept.get(*entry.get())
                    && *earlier != record
                {
                    let message = format!(
                        "the id `{}` is given to two things that differ",
                        shown(entry.key().as_str())
                    );
                    problems.push(
                        Problem::new(Code::Conflict, place(position).whole(), message)
                            .also(place(*first).whole())
                            .label(format!("a second {noun} of this id"))
                            .hint("make the two the same, keep one, or give one of them another id"),
                    );
                }
            }
        }
    }
    kept
}

/// Which id is which record, after merging.
pub(crate) struct Ids {
    pub(crate) sources: HashMap<Id, usize>,
    pub(crate) entities: HashMap<Id, usize>,
    pub(crate) facts: HashMap<Id, usize>,
    /// How many pairs of characters may still be compared in search of near ids.
    budget: Cell<usize>,
}

/// The search for a near id takes the product of the lengths for every pair of a wrong id and a known one;
/// beyond so much, wrong ids are reported without.
const BUDGET: usize = 4_000_000;

impl Ids {
    /// "did you mean `near`?", while the budget of the whole graph lasts.
    pub(crate) fn near(&self, wrong: &Id, known: &HashMap<Id, usize>) -> Option<String> {
        let wrong = wrong.as_str();
        let likely = |id: &&Id| id.as_str().len().abs_diff(wrong.len()) <= wrong.len() / 2 + 1;
        let left = self.budget.get().checked_sub(known.len())?;
        let cost: usize = known.keys().filter(likely).map(|id| id.as_str().len() * wrong.len()).sum();
        self.budget.set(left.saturating_sub(cost));
        if cost > left {
            return None;
        }
        // In the order of the ids, so that the same graph draws the same hints.
        let mut likely: Vec<&str> = known.keys().filter(likely).map(Id::as_str).collect();
        likely.sort_unstable();
        did_you_mean(wrong, likely)
    }

    /// The index of a source.
    fn source(&self, id: &Id) -> Option<SourceIx> {
        self.sources.get(id).copied().map(SourceIx::new)
    }

    fn new(
        sources: &[Placed<SourceRecord>],
        entities: &[Placed<EntityRecord>],
        facts: &[Placed<FactRecord>],
    ) -> Self {
        Self {
            sources: sources.iter().enumerate().map(|(n, (_, s))| (s.id.clone(), n)).collect(),
            entities: entities.iter().enumerate().map(|(n, (_, e))| (e.id.clone(), n)).collect(),
            facts: facts.iter().enumerate().filter_map(|(n, (_, f))| Some((f.id.clone()?, n))).collect(),
            budget: Cell::new(BUDGET),
        }
    }
}

/// For each entity as merged, its index in the order of ids.
fn order_by_id(entities: &[Placed<EntityRecord>]) -> Vec<EntityIx> {
    let mut order: Vec<usize> = (0..entities.len()).collect();
    order.sort_by_key(|n| entities.get(*n).map(|(_, entity)| &entity.id));
    let mut index = vec![EntityIx::new(0); entities.len()];
    for (rank, n) in order.into_iter().enumerate() {
        if let Some(slot) = index.get_mut(n) {
            *slot = EntityIx::new(rank);
        }
    }
    index
}

/// Turns ids into indices. Every id is known: what does not resolve has been reported.
fn resolve_facts(records: Vec<Placed<FactRecord>>, ids: &Ids, order: &[EntityIx]) -> Facts {
    let entity = |id: &Id| ids.entities.get(id).and_then(|n| order.get(*n)).copied();
    let other = |id: &Id| ids.facts.get(id).copied().map(FactIx::new);
    let mut facts = Facts::default();
    facts.reserve(records.len(), records.iter().map(|(_, record)| record.roles.len()).sum());
    for (n, (_, record)) in records.into_iter().enumerate() {
        let fact = FactIx::new(n);
        let mut roles: Vec<_> =
            record.roles.iter().filter_map(|(role, id)| Some((*role, entity(id)?))).collect();
        dedup(&mut roles);
        facts.part_of.extend(record.part_of.as_ref().and_then(other).map(|whole| (fact, whole)));
        facts.tied_to.extend(record.tied_to.iter().filter_map(other).map(|tied| (fact, tied)));
        facts.claims_of.extend(record.claims_of.as_ref().and_then(other).map(|claim| (fact, claim)));
        facts.push_record(&record, &roles, |id| ids.source(id));
    }
    facts
}

fn dedup<T: Copy + Eq + std::hash::Hash>(items: &mut Vec<T>) {
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(*item));
}
