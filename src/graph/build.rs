//! From records to the frozen graph: merge, resolve, check, project.

use std::cell::Cell;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::check;
use super::claims::ClaimGroups;
use super::derive::derive;
use super::fact::FactData;
use super::index::{EntityIx, FactIx, SourceIx};
use super::lints;
use super::names::Names;
use super::problem::{Problem, Problems, Record};
use super::project::{TooMany, project};
use super::stake_checks;
use super::store::Store;
use super::validity::{Days, Validity};
use super::{Graph, GraphData};
use crate::diagnostic::{Code, did_you_mean, shown};
use crate::limits::Limits;
use crate::model::{EntityRecord, FactRecord, Id, Records, Role, SourceRecord, Stance};

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

    let entity_order = order_by_id(&entities);
    let positions: Vec<usize> = facts.iter().map(|(position, _)| *position).collect();
    let facts = resolve_facts(facts, &sources, &ids, &entity_order);
    if problems.failed() {
        return None;
    }
    let mut entities: Vec<EntityRecord> = entities.into_iter().map(|(_, entity)| entity).collect();
    entities.sort_by(|a, b| a.id.cmp(&b.id));

    let claims = ClaimGroups::new(&facts);
    let projected = project(&facts, &entities, limits.relations).and_then(|mut relations| {
        let cuts = derive(&facts, &entities, &claims, &mut relations, limits.relations)?;
        Ok((relations, cuts))
    });
    let (relations, cuts) = match projected {
        Ok(projected) => projected,
        Err(TooMany(fact)) => {
            let message = format!("the facts project more than {} relations", limits.relations);
            let hint = "make the parties members of an alliance, or raise the limit";
            let position = fact.and_then(|n| positions.get(n));
            let problem = match position {
                Some(position) => {
                    Problem::new(Code::TooManyRelations, Record::Fact(*position).whole(), message)
                        .label("most of them follow from this")
                }
                None => Problem::nowhere(Code::TooManyRelations, message),
            };
            problems.push(problem.hint(hint));
            return None;
        }
    };
    let data = GraphData {
        title,
        description,
        sources: sources.into_iter().map(|(_, source)| source).collect(),
        store: Store::new(entities.len(), &relations),
        names: Names::new(&entities),
        claims,
        cuts,
        entities,
        facts,
        relations,
        warnings: Vec::new(),
    };
    let graph = Graph::from_data(data);
    stake_checks::check(graph.view(), &positions, problems);
    (!problems.failed()).then_some(graph)
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

/// Turns ids into indices; what does not resolve has been reported and is left out.
fn resolve_facts(
    facts: Vec<Placed<FactRecord>>,
    sources: &[Placed<SourceRecord>],
    ids: &Ids,
    order: &[EntityIx],
) -> Vec<FactData> {
    let published =
        |source: &Id| sources.get(*ids.sources.get(source)?).and_then(|(_, source)| source.published);
    let derived = derive_ids(&facts, ids);
    let entity = |id: &Id| ids.entities.get(id).and_then(|n| order.get(*n)).copied();
    let fact = |id: &Id| ids.facts.get(id).copied().map(FactIx::new);
    facts
        .into_iter()
        .zip(derived)
        .map(|((_, record), id)| {
            let mut roles: Vec<_> =
                record.roles.iter().filter_map(|(role, id)| Some((*role, entity(id)?))).collect();
            dedup(&mut roles);
            let source = |n: &usize| SourceIx::new(*n);
            let sources = record.evidence.iter();
            let sources =
                sources.filter_map(|evidence| ids.sources.get(&evidence.source).map(source)).collect();
            let supporting = record.evidence.iter().filter(|evidence| evidence.stance == Stance::Supports);
            let told = supporting.filter_map(|evidence| published(&evidence.source));
            let told_by = Days::first_of(told.clone());
            FactData {
                told: told.min(),
                told_by,
                validity: Validity::of_fact(&record, told_by),
                part_of: record.part_of.as_ref().and_then(fact),
                tied_to: record.tied_to.iter().filter_map(fact).collect(),
                claims_of: record.claims_of.as_ref().and_then(fact),
                id,
                roles,
                sources,
                record,
            }
        })
        .collect()
}

fn dedup<T: Copy + Eq + std::hash::Hash>(items: &mut Vec<T>) {
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(*item));
}

/// The id of every fact: as stated, else kind, first party of each required role, earliest day, `-2` for the next.
fn derive_ids(facts: &[Placed<FactRecord>], ids: &Ids) -> Vec<Id> {
    let mut next: HashMap<String, usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut derive = |fact: &FactRecord| {
        let base = derived_id(fact);
        let count = next.entry(base.clone()).or_insert(0);
        loop {
            *count += 1;
            let id = if *count == 1 { base.clone() } else { format!("{base}-{count}") };
            if !ids.facts.contains_key(id.as_str()) && taken.insert(id.clone()) {
                return Id::unchecked(&id);
            }
        }
    };
    facts.iter().map(|(_, fact)| fact.id.clone().unwrap_or_else(|| derive(fact))).collect()
}

fn derived_id(fact: &FactRecord) -> String {
    let mut id = String::new();
    for c in fact.kind.name().chars() {
        if c.is_ascii_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(c.to_ascii_lowercase());
    }
    let required = fact.kind.row().roles.iter().filter(|row| row.required);
    for party in required.filter_map(|row| fact.in_role(row.role).next()) {
        id.push('-');
        id.push_str(party.as_str());
    }
    let earliest = fact.dates().filter_map(|(_, date)| date.earliest().or(date.latest())).min();
    if let Some(day) = earliest {
        id.push_str(&format!("-{day}"));
    }
    id
}
