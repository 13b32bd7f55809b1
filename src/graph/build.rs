//! From records to the frozen graph: merge, resolve, check, project.

use std::cell::Cell;

use super::Graph;
use super::check;
use super::fact_checks;
use super::freeze::Draft;
use super::index::{EntityIx, FactIx, SourceIx};
use super::intake::{self, Intake, Symbols};
use super::lints;
use super::problem::{Problem, Problems, Record};
use super::project::TooMany;
use super::stake_checks;
use super::store::entities::Entities;
use crate::diagnostic::{Code, did_you_mean};
use crate::limits::Limits;
use crate::model::{EntityKind, Id, Records};

/// Builds the graph, unless there is an error among the problems.
pub(crate) fn build<'k>(
    records: Records,
    limits: &Limits,
    problems: Problems<'k>,
) -> (Option<Graph>, Problems<'k>) {
    let mut intake = Intake::new(limits, problems);
    intake.heading(records.title, records.description);
    records.sources.into_iter().for_each(|source| intake.source(source));
    records.entities.into_iter().for_each(|entity| intake.entity(&entity));
    records.facts.into_iter().for_each(|mut fact| intake.fact(&mut fact));
    intake.build()
}

impl<'k> Intake<'_, 'k> {
    /// Builds the graph of what came, unless there is an error among the problems.
    pub(crate) fn build(mut self) -> (Option<Graph>, Problems<'k>) {
        let mut problems = self.first_problems();
        if self.is_too_large() {
            problems.push(too_many(None, self.limits));
            return (None, problems);
        }
        let ids = Ids::new(&self);
        check::entities(&self, &ids, &mut problems);
        check::facts(&self, &ids, &mut problems);
        lints::check(&self, &ids, &mut problems);
        if problems.failed() {
            return (None, problems);
        }
        let limits = self.limits;
        let (draft, positions) = self.draft();
        let position = |fact: FactIx| Record::Fact(intake::number(&positions, fact.get()));
        match draft.freeze(limits.relations) {
            Ok((data, misfits)) => {
                let graph = Graph::from_data(data);
                stake_checks::check(graph.view(), &position, &mut problems);
                fact_checks::check(graph.view(), &position, &mut problems);
                stake_checks::misfits(graph.view(), &misfits, &position, &mut problems);
                ((!problems.failed()).then_some(graph), problems)
            }
            Err(TooMany(fact)) => {
                let fact = fact.map(|n| position(FactIx::new(n)));
                problems.push(too_many(fact, limits));
                (None, problems)
            }
        }
    }

    /// What was found while the records came, in its order.
    fn first_problems(&mut self) -> Problems<'k> {
        let mut problems = std::mem::take(&mut self.problems);
        check::headings(&self.headings, self.limits, &mut problems);
        for staged in [&mut self.texts, &mut self.conflicts] {
            for found in [&mut staged.sources, &mut staged.entities, &mut staged.facts] {
                problems.append(std::mem::take(found), |listed| listed);
            }
        }
        problems
    }

    /// Whether there is more than the numbers of its columns can say.
    fn is_too_large(&self) -> bool {
        self.entities.names.is_too_large()
            || self.entities.fields.is_too_large()
            || self.entities.symbols.are_too_large()
            || self.facts.packed.is_too_large()
    }

    /// The same with indices for symbols, and of each fact its position. Every id is known: what does not resolve has
    /// been reported.
    fn draft(self) -> (Draft, Vec<u32>) {
        let Self { mut headings, sources, entities, facts, .. } = self;
        let title = headings.iter_mut().find_map(|heading| heading.title.take());
        let description = headings.iter_mut().find_map(|heading| heading.description.take());
        // Sources mostly come before what cites them, and then their symbols are their indices.
        let is_same = (0..sources.records.len()).all(|n| sources.symbols.record(n) == Some(n));
        let source = |symbol: SourceIx| SourceIx::new(sources.symbols.record(symbol.get()).unwrap_or(0));
        let source: Option<&dyn Fn(SourceIx) -> SourceIx> = if is_same { None } else { Some(&source) };
        let mut order: Vec<u32> = (0..entities.kinds.len() as u32).collect();
        order.sort_unstable_by(|a, b| entities.id(*a as usize).cmp(entities.id(*b as usize)));
        let mut ranks = vec![0_u32; entities.kinds.len()];
        for (rank, n) in order.iter().enumerate() {
            if let Some(slot) = ranks.get_mut(*n as usize) {
                *slot = rank as u32;
            }
        }
        let links = facts.links();
        let intake::PackedFacts { packed: mut facts, positions, .. } = facts;
        [facts.part_of, facts.tied_to, facts.claims_of, facts.replaces] = links;
        let rank =
            |symbol: usize| entities.symbols.record(symbol).and_then(|n| ranks.get(n)).copied().unwrap_or(0);
        facts.resolve(|symbol| EntityIx::of(rank(symbol.get())), source);
        let mut resolved = Entities::default();
        resolved.reserve(order.len());
        for n in &order {
            let n = *n as usize;
            let kind = entities.kinds.get(n).copied().unwrap_or(EntityKind::Unspecified);
            resolved.push_packed(kind, entities.id(n), entities.names.get(n), &entities.fields.of(n), source);
        }
        let place = |n: usize| ranks.get(n).copied().unwrap_or(0);
        resolved.set_table(entities.symbols.into_index(place));
        let draft = Draft {
            title,
            description,
            sources: sources.records.into_iter().map(|(_, source)| source).collect(),
            entities: resolved,
            facts,
        };
        (draft, positions)
    }
}

pub(crate) fn too_many(fact: Option<Record>, limits: &Limits) -> Problem {
    let message = format!("the facts project more than {} relations", limits.relations);
    let problem = match fact {
        Some(fact) => {
            Problem::new(Code::TooManyRelations, fact.whole(), message).label("most of them follow from this")
        }
        None => Problem::nowhere(Code::TooManyRelations, message),
    };
    problem.hint("make the parties members of an alliance, or raise the limit")
}

/// Which id is which record, after merging.
pub(crate) struct Ids<'i> {
    sources: &'i Symbols,
    entities: &'i Symbols,
    kinds: &'i [EntityKind],
    facts: &'i intake::PackedFacts,
    /// How many pairs of characters may still be compared in search of near ids.
    budget: Cell<usize>,
}

/// The search for a near id takes the product of the lengths for every pair of a wrong id and a known one;
/// beyond so much, wrong ids are reported without.
const BUDGET: usize = 4_000_000;

impl<'i> Ids<'i> {
    fn new(intake: &'i Intake<'_, '_>) -> Self {
        Self {
            sources: &intake.sources.symbols,
            entities: &intake.entities.symbols,
            kinds: &intake.entities.kinds,
            facts: &intake.facts,
            budget: Cell::new(BUDGET),
        }
    }

    /// The entity of an id.
    pub(crate) fn entity(&self, id: &Id) -> Option<usize> {
        self.entities.find(id.as_str())
    }

    /// The kind of the entity of an id.
    pub(crate) fn kind_of(&self, id: &Id) -> Option<EntityKind> {
        self.kinds.get(self.entity(id)?).copied()
    }

    /// The kind of the entity of a symbol.
    pub(crate) fn kind(&self, symbol: EntityIx) -> Option<EntityKind> {
        self.kinds.get(self.entities.record(symbol.get())?).copied()
    }

    pub(crate) fn has_source(&self, symbol: SourceIx) -> bool {
        self.sources.record(symbol.get()).is_some()
    }

    pub(crate) fn has_source_id(&self, id: &Id) -> bool {
        self.sources.find(id.as_str()).is_some()
    }

    /// The fact of an id.
    pub(crate) fn fact(&self, id: &Id) -> Option<FactIx> {
        self.facts.find(id.as_str())
    }

    pub(crate) fn near_source(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.sources.known(), self.sources.count())
    }

    pub(crate) fn near_entity(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.entities.known(), self.entities.count())
    }

    pub(crate) fn near_fact(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.facts.known(), self.facts.identified)
    }

    /// "did you mean `near`?", while the budget of the whole graph lasts.
    fn near<'n>(
        &self,
        wrong: &Id,
        known: impl Iterator<Item = &'n str> + Clone,
        count: usize,
    ) -> Option<String> {
        let wrong = wrong.as_str();
        let likely = |id: &&str| id.len().abs_diff(wrong.len()) <= wrong.len() / 2 + 1;
        let left = self.budget.get().checked_sub(count)?;
        let cost: usize = known.clone().filter(likely).map(|id| id.len() * wrong.len()).sum();
        self.budget.set(left.saturating_sub(cost));
        if cost > left {
            return None;
        }
        // In the order of the ids, so that the same graph draws the same hints.
        let mut likely: Vec<&str> = known.filter(likely).collect();
        likely.sort_unstable();
        did_you_mean(wrong, likely)
    }
}
