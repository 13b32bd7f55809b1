//! Takes in the records of a graph: each is checked and packed as it comes, so that no list of records is held.
//!
//! What a record shows by itself is found here: problems in its texts, and an id already taken. A record that may have
//! another problem is remembered, and unpacked again once all ids are known (`resolve.rs`).

mod symbols;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::problem::{Problem, Problems, Record};
use super::statement::{self, Statement};
use super::text::{Checker, Heading};
use super::{attributes, dates, figures};
use crate::diagnostic::{Code, shown};
use crate::graph::store::facts::Facts;
use crate::graph::store::fields::Blobs;
use crate::graph::store::ids::IdTable;
use crate::graph::store::index::{EntityIx, FactIx, SourceIx};
use crate::graph::store::texts::Texts;
use crate::graph::store::{entity_fields, fact_fields};
use crate::limits::Limits;
use crate::model::{EntityKind, EntityRecord, FactRecord, Id, Role, SourceRecord};
pub(crate) use symbols::Symbols;

/// Takes in the records of a graph.
pub(crate) struct Intake<'k> {
    pub(crate) limits: Limits,
    /// The title and description that each text gives the graph.
    pub(crate) headings: Vec<Heading>,
    pub(crate) sources: Sources,
    pub(crate) entities: Entities,
    pub(crate) facts: PackedFacts,
    /// The problems so far, and finally all problems of the graph.
    pub(crate) problems: Problems<'k>,
    pub(crate) texts: Staged<'k>,
    pub(crate) conflicts: Staged<'k>,
    /// The roles of a fact; kept to reuse the allocation.
    roles: Vec<(Role, EntityIx)>,
}

#[derive(Clone)]
/// Problems of sources, entities and facts: reported in this order, whatever the order of the records.
pub(crate) struct Staged<'k> {
    pub(crate) sources: Problems<'k>,
    pub(crate) entities: Problems<'k>,
    pub(crate) facts: Problems<'k>,
}

impl<'k> Staged<'k> {
    fn new(problems: &Problems<'k>) -> Self {
        Self { sources: problems.stage(), entities: problems.stage(), facts: problems.stage() }
    }
}

#[derive(Default)]
pub(crate) struct Sources {
    /// How many were given.
    pub(crate) given: usize,
    pub(crate) symbols: Symbols,
    /// Each source, with its position among those given.
    pub(crate) records: Vec<(usize, SourceRecord)>,
}

#[derive(Default)]
pub(crate) struct Entities {
    pub(crate) given: usize,
    /// The ids of entities, and those that facts and entities refer to.
    pub(crate) symbols: Symbols,
    pub(crate) kinds: Vec<EntityKind>,
    /// The symbol of each entity.
    pub(crate) ids: Vec<u32>,
    pub(crate) names: Texts,
    /// Packed fields, in which sources are symbols.
    pub(crate) fields: Blobs,
    pub(crate) positions: Vec<u32>,
    /// Entities to check again when all ids are known.
    pub(crate) suspects: Vec<u32>,
    /// Entities that have an identifier.
    pub(crate) identified: Vec<u32>,
    /// Entities with dates out of order.
    pub(crate) misdated: Vec<u32>,
}

#[derive(Default)]
pub(crate) struct PackedFacts {
    pub(crate) given: usize,
    /// The facts, in which entities and sources are symbols.
    pub(crate) packed: Facts,
    pub(crate) positions: Vec<u32>,
    ids: IdTable,
    /// How many have an id.
    pub(crate) identified: usize,
    /// Hashes of what each fact states, with its dates and without.
    pub(crate) statements: Vec<u64>,
    pub(crate) undated: Vec<u64>,
    /// Facts with a date that is not a single day.
    pub(crate) imprecise: Vec<u32>,
    hasher: RandomState,
    /// Facts to check again when all ids are known.
    pub(crate) suspects: Vec<u32>,
    /// Facts that refer to other facts.
    pub(crate) linked: Vec<u32>,
    /// Facts with dates out of order.
    pub(crate) misdated: Vec<u32>,
    /// Facts that only a program can build, and that no column can hold.
    odd: Vec<(u32, FactRecord)>,
}

impl<'k> Intake<'k> {
    pub(crate) fn new(limits: Limits, problems: Problems<'k>) -> Self {
        Self {
            limits,
            headings: Vec::new(),
            sources: Sources::default(),
            entities: Entities::default(),
            facts: PackedFacts::default(),
            texts: Staged::new(&problems),
            conflicts: Staged::new(&problems),
            problems,
            roles: Vec::new(),
        }
    }

    /// Takes the title and description of the next text. The first of each counts.
    pub(crate) fn heading(&mut self, title: Option<String>, description: Option<String>) {
        self.headings.push(Heading { title, description });
    }

    /// How many sources, entities and facts were given.
    pub(crate) const fn given(&self) -> (usize, usize, usize) {
        (self.sources.given, self.entities.given, self.facts.given)
    }

    /// The position of the next source.
    pub(crate) const fn next_source(&self) -> Record {
        Record::Source(self.sources.given)
    }

    /// The position of the next entity.
    pub(crate) const fn next_entity(&self) -> Record {
        Record::Entity(self.entities.given)
    }

    /// The position of the next fact.
    pub(crate) const fn next_fact(&self) -> Record {
        Record::Fact(self.facts.given)
    }

    pub(crate) fn source(&mut self, source: SourceRecord) {
        let (position, place) = (self.sources.given, self.next_source());
        Checker { limits: &self.limits, problems: &mut self.texts.sources }.source(place, &source);
        self.sources.given += 1;
        let Sources { symbols, records, .. } = &mut self.sources;
        let symbol = symbols.of(source.id.as_str());
        match symbols.record(symbol).and_then(|n| records.get(n)) {
            None => {
                symbols.define(symbol);
                records.push((position, source));
            }
            Some((first, earlier)) if *earlier != source => {
                let first = Record::Source(*first);
                self.conflicts.sources.push(conflict("source", source.id.as_str(), place, first));
            }
            Some(_) => {}
        }
    }

    pub(crate) fn entity(&mut self, entity: &EntityRecord) {
        let (position, place) = (self.entities.given, self.next_entity());
        Checker { limits: &self.limits, problems: &mut self.texts.entities }.entity(place, entity);
        self.entities.given += 1;
        let symbol = self.entities.symbols.of(entity.id.as_str());
        if let Some(n) = self.entities.symbols.record(symbol) {
            if self.entity_record(n) != *entity {
                let first = Record::Entity(number(&self.entities.positions, n));
                self.conflicts.entities.push(conflict("entity", entity.id.as_str(), place, first));
            }
            return;
        }
        let (own, sources) = (&mut self.entities, &mut self.sources.symbols);
        let n = index(own.kinds.len());
        own.symbols.define(symbol);
        own.kinds.push(entity.kind);
        own.ids.push(index(symbol));
        own.names.push(&entity.name);
        own.positions.push(index(position));
        entity_fields::write(entity, &mut own.fields, |id| Some(SourceIx::new(sources.name(id.as_str()))));
        let parts = || entity.members.iter().chain(&entity.of);
        for part in parts() {
            own.symbols.name(part.as_str());
            // An entity with parts is not isolated.
            own.symbols.mark(symbol);
        }
        let is_odd = entity.odd_fields().next().is_some() || entity.kind == EntityKind::Unit;
        if is_odd || parts().next().is_some() || !entity.evidence.is_empty() {
            own.suspects.push(n);
        }
        if !entity.identifiers.is_empty() {
            own.identified.push(n);
        }
        if !dates::disorder_of_entity(entity).is_empty() {
            own.misdated.push(n);
        }
    }

    /// Prefetches what the next facts look up: without it, nearly all their time is spent waiting for memory.
    pub(crate) fn expect<'f>(&self, facts: impl Iterator<Item = &'f FactRecord>) {
        self.entities.symbols.touch(facts.flat_map(|fact| &fact.roles).map(|(_, id)| id.as_str()));
    }

    /// Takes in a fact, and groups its roles. The record is borrowed, so that the thread that made it can free it.
    pub(crate) fn fact(&mut self, fact: &mut FactRecord) {
        let (position, place) = (self.facts.given, self.next_fact());
        group_roles(&mut fact.roles);
        Checker { limits: &self.limits, problems: &mut self.texts.facts }.fact(place, fact);
        self.facts.given += 1;
        if let Some(id) = &fact.id {
            if let Some(earlier) = self.facts.find(id.as_str()) {
                if self.fact_record(earlier) != *fact {
                    let first = Record::Fact(number(&self.facts.positions, earlier.get()));
                    self.conflicts.facts.push(conflict("fact", id.as_str(), place, first));
                }
                return;
            }
            self.facts.insert(id.as_str());
        }
        let Self { roles, entities, sources, facts: own, .. } = self;
        roles.clear();
        roles.extend(fact.roles.iter().map(|(role, id)| {
            let symbol = entities.symbols.name(id.as_str());
            (*role, EntityIx::new(symbol))
        }));
        dedup(roles);
        let n = index(own.packed.len());
        let source = |id: &Id| Some(SourceIx::new(sources.symbols.name(id.as_str())));
        own.packed.push_record(fact, roles, source);
        own.positions.push(index(position));
        let (undated, statement) = Statement::of(fact).hashes(own.hasher.build_hasher());
        own.statements.push(statement);
        own.undated.push(undated);
        if statement::is_imprecise(fact) {
            own.imprecise.push(n);
        }
        if attributes::has_odd_attributes(fact) {
            own.odd.push((n, fact.clone()));
            own.suspects.push(n);
        } else if roles.len() != fact.roles.len()
            || fact.evidence.is_empty() && !fact.unsourced
            || figures::has_unquoted(fact)
        {
            own.suspects.push(n);
        }
        if fact.part_of.is_some()
            || fact.claims_of.is_some()
            || !fact.tied_to.is_empty()
            || !fact.replaces.is_empty()
        {
            own.linked.push(n);
        }
        if !dates::disorder_of_fact(fact).is_empty() {
            own.misdated.push(n);
        }
    }

    /// The same records, checked under these limits.
    pub(crate) fn again(&self, limits: Limits) -> Self {
        let mut new = Self::new(limits, self.problems.stage());
        new.conflicts.clone_from(&self.conflicts);
        for (position, source) in &self.sources.records {
            new.sources.given = *position;
            new.source(source.clone());
        }
        for n in 0..self.entities.kinds.len() {
            new.entities.given = number(&self.entities.positions, n);
            new.entity(&self.entity_record(n));
        }
        for n in 0..self.facts.packed.len() {
            new.facts.given = number(&self.facts.positions, n);
            new.fact(&mut self.fact_record(FactIx::new(n)));
        }
        new.sources.given = self.sources.given;
        new.entities.given = self.entities.given;
        new.facts.given = self.facts.given;
        new
    }

    /// A copy.
    pub(crate) fn copied(&self) -> Self {
        let mut copy = self.again(self.limits.clone());
        copy.texts.clone_from(&self.texts);
        copy
    }

    /// The id that a record states.
    pub(crate) fn id_at(&self, record: Record) -> Option<&str> {
        match record {
            Record::Graph(_) => None,
            Record::Source(position) => {
                let sources = &self.sources.records;
                let n = sources.binary_search_by_key(&position, |(position, _)| *position).ok()?;
                sources.get(n).map(|(_, source)| source.id.as_str())
            }
            Record::Entity(position) => {
                self.entities.positions.binary_search(&index(position)).ok().map(|n| self.entities.id(n))
            }
            Record::Fact(position) => {
                let n = self.facts.positions.binary_search(&index(position)).ok()?;
                self.facts.packed.stated_id(FactIx::new(n))
            }
        }
    }

    /// An entity as it was given.
    pub(crate) fn entity_record(&self, n: usize) -> EntityRecord {
        let own = &self.entities;
        let kind = own.kinds.get(n).copied().unwrap_or(EntityKind::Unspecified);
        let id = Id::unchecked(own.id(n));
        let mut record = EntityRecord::new(kind, id, own.names.get(n));
        entity_fields::read(&mut record, own.fields.of(n), |source| self.source_id(source));
        record
    }

    /// The position of the record that states the n-th fact, if that is this fact; its id may have been generated.
    pub(crate) fn stating(&self, n: FactIx, mut fact: FactRecord) -> Option<Record> {
        if n.get() >= self.facts.packed.len() {
            return None;
        }
        let given = self.fact_record(n);
        fact.id.clone_from(&given.id);
        (given == fact).then(|| self.facts.position(n))
    }

    /// A fact as it was given.
    pub(crate) fn fact_record(&self, fact: FactIx) -> FactRecord {
        let own = &self.facts;
        if let Ok(at) = own.odd.binary_search_by_key(&fact.number(), |(n, _)| *n)
            && let Some((_, record)) = own.odd.get(at)
        {
            return record.clone();
        }
        let mut record = FactRecord::new(own.packed.kind(fact));
        let name = |symbol: EntityIx| Id::unchecked(self.entities.symbols.text(symbol.get()));
        record.roles = own.packed.listed_roles(fact).map(|(role, symbol)| (role, name(symbol))).collect();
        fact_fields::read(&mut record, own.packed.fields(fact), |source| self.source_id(source));
        record
    }

    fn source_id(&self, symbol: SourceIx) -> Id {
        Id::unchecked(self.sources.symbols.text(symbol.get()))
    }
}

impl Entities {
    pub(crate) fn position(&self, n: usize) -> Record {
        Record::Entity(number(&self.positions, n))
    }

    /// The id of the n-th entity.
    pub(crate) fn id(&self, n: usize) -> &str {
        self.symbols.text(number(&self.ids, n))
    }
}

impl Entities {
    /// Entities that nothing refers to, and that refer to no other.
    pub(crate) fn unnamed(&self) -> impl Iterator<Item = usize> {
        let ids = self.ids.iter().enumerate();
        ids.filter(|(_, symbol)| !self.symbols.is_marked(**symbol as usize)).map(|(n, _)| n)
    }
}

impl PackedFacts {
    /// The fact with an id.
    pub(crate) fn find(&self, id: &str) -> Option<FactIx> {
        self.ids.find(id, |n| stated_id(&self.packed, n)).map(FactIx::new)
    }

    /// Assigns an id to the next fact.
    fn insert(&mut self, id: &str) {
        let Self { ids, packed, identified, .. } = self;
        ids.insert(id, packed.len(), |n| stated_id(packed, n));
        *identified += 1;
    }

    /// All ids of facts.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> + Clone {
        let facts = 0..self.packed.len();
        facts.filter_map(|n| self.packed.stated_id(FactIx::new(n)))
    }

    /// Pairs of facts that refer to one another: legs and their deals, ties, and claims.
    pub(crate) fn links(&self) -> [Vec<(FactIx, FactIx)>; 4] {
        let mut links = [const { Vec::new() }; 4];
        for n in &self.linked {
            let fact = FactIx::of(*n);
            for (link, id) in fact_fields::links(self.packed.fields(fact)) {
                if let (Some(links), Some(other)) = (links.get_mut(link as usize), self.find(id)) {
                    links.push((fact, other));
                }
            }
        }
        links
    }

    pub(crate) fn position(&self, fact: FactIx) -> Record {
        Record::Fact(number(&self.positions, fact.get()))
    }
}

fn stated_id(packed: &Facts, n: usize) -> &str {
    packed.stated_id(FactIx::new(n)).unwrap_or_default()
}

fn conflict(noun: &str, id: &str, place: Record, first: Record) -> Problem {
    let message = format!("the id `{}` is given to two things that differ", shown(id));
    Problem::new(Code::Conflict, place.whole(), message)
        .of_id(id)
        .also(first.whole())
        .label(format!("a second {noun} of this id"))
        .hint("make the two the same, keep one, or give one of them another id")
}

/// Groups the parties by role, as in a file: roles in the order of their first party.
fn group_roles(roles: &mut [(Role, Id)]) {
    if roles.len() <= 2 {
        return;
    }
    let mut order: Vec<Role> = Vec::new();
    for (role, _) in roles.iter() {
        if !order.contains(role) {
            order.push(*role);
        }
    }
    roles.sort_by_key(|(role, _)| order.iter().position(|other| other == role));
}

/// Up to this many are compared pairwise.
const FEW: usize = 16;

/// Removes duplicates, keeping the first of each.
fn dedup(roles: &mut Vec<(Role, EntityIx)>) {
    if roles.len() > FEW {
        let mut seen = HashSet::new();
        return roles.retain(|party| seen.insert(*party));
    }
    let mut kept = 0;
    while kept < roles.len() {
        let (before, rest) = roles.split_at(kept);
        if rest.first().is_some_and(|party| before.contains(party)) {
            roles.remove(kept);
        } else {
            kept += 1;
        }
    }
}

/// An index as a 32-bit number. What does not fit is rejected when the graph is put together.
fn index(n: usize) -> u32 {
    crate::graph::store::offsets::end_of(n)
}

pub(crate) fn number(numbers: &[u32], n: usize) -> usize {
    numbers.get(n).map_or(usize::MAX, |number| *number as usize)
}
