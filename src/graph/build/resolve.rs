//! The last steps of building: checks what came, turns symbols into indices, and lays out the columns.

use super::check;
use super::derive::Misfit;
use super::ids::Ids;
use super::intake::{self, Intake};
use super::problem::{Problem, Problems, Record};
use super::project::TooMany;
use super::records;
use crate::diagnostic::Code;
use crate::graph::store::data::{Draft, GraphData};
use crate::graph::store::entities::Entities;
use crate::graph::store::index::{EntityIx, FactIx, SourceIx};
use crate::limits::Limits;
use crate::model::EntityKind;

/// The columns of a graph, and what lints of the whole graph need.
pub(crate) struct LaidOut {
    pub(crate) data: GraphData,
    /// Purchases and sales whose figures contradict the stakes that are stated.
    pub(crate) misfits: Vec<Misfit>,
    /// For each fact, its position among those given.
    pub(crate) positions: Vec<u32>,
}

/// The record of a fact among those given.
pub(crate) fn position(positions: &[u32], fact: FactIx) -> Record {
    Record::Fact(intake::number(positions, fact.get()))
}

impl<'k> Intake<'k> {
    /// Checks what came, and lays it out unless a problem is an error.
    pub(crate) fn lay_out(mut self) -> (Option<LaidOut>, Problems<'k>) {
        let mut problems = self.checked();
        problems.each_listed(|problem| self.name(problem));
        if problems.failed() {
            return (None, problems);
        }
        let limits = self.limits.clone();
        let (draft, positions) = self.draft();
        match draft.freeze(limits.relations) {
            Ok((data, misfits)) => (Some(LaidOut { data, misfits, positions }), problems),
            Err(TooMany(fact)) => {
                let fact = fact.map(|n| position(&positions, FactIx::new(n)));
                problems.push(too_many(fact, &limits));
                (None, problems)
            }
        }
    }

    /// Gives a problem the id of its record.
    fn name(&self, problem: &mut Problem) {
        if problem.own_id.is_none() {
            let record = problem.at.map(|at| at.record);
            problem.own_id = record.and_then(|record| self.id_at(record)).map(str::to_owned);
        }
    }

    /// Every problem that can be found without laying out the graph.
    pub(crate) fn checked(&mut self) -> Problems<'k> {
        let mut problems = self.first_problems();
        if self.is_too_large() {
            problems.push(too_many(None, &self.limits));
            return problems;
        }
        let ids = Ids::new(self);
        check::entities(self, &ids, &mut problems);
        check::facts(self, &ids, &mut problems);
        records::check(self, &ids, &mut problems);
        problems
    }

    /// The problems found while the records came, in their order.
    fn first_problems(&mut self) -> Problems<'k> {
        let mut problems = std::mem::take(&mut self.problems);
        check::headings(&self.headings, &self.limits, &mut problems);
        for staged in [&mut self.texts, &mut self.conflicts] {
            for found in [&mut staged.sources, &mut staged.entities, &mut staged.facts] {
                problems.append(std::mem::take(found), |listed| listed);
            }
        }
        problems
    }

    /// Whether there is more than 32-bit offsets can address.
    fn is_too_large(&self) -> bool {
        self.entities.names.is_too_large()
            || self.entities.fields.is_too_large()
            || self.entities.symbols.are_too_large()
            || self.facts.packed.is_too_large()
    }

    /// The draft with indices instead of symbols, and the position of each fact. Every id resolves here: unknown ids
    /// have been reported.
    fn draft(self) -> (Draft, Vec<u32>) {
        let Self { mut headings, sources, entities, facts, .. } = self;
        let title = headings.iter_mut().find_map(|heading| heading.title.take());
        let description = headings.iter_mut().find_map(|heading| heading.description.take());
        // Sources mostly come before the facts that cite them, and then their symbols are their indices.
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
