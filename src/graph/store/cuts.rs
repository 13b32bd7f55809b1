//! What ends relations, apart from their own dates: events, and facts that replace others.

use std::collections::HashMap;
use std::ops::Range;

use super::index::{FactIx, RelationIx};
use super::room;
use super::rule::EndRule;
use super::validity::Validity;

/// The end of something by a fact, on one of these days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(crate) fact: FactIx,
    pub(crate) by: Validity,
    pub(crate) rule: EndRule,
}

/// The range of a relation's cuts among all cuts.
pub(crate) type Stretch = (u32, u32);

/// What ends which relation. The view decides which of it counts.
///
/// Each purchase and sale of a holding ends what was held before. They all share one list in order of days, of which
/// each relation has the tail that starts after its own beginning. So memory is linear in the number of events.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    cuts: Vec<Cut>,
    /// Cuts before this index are in order of days within each stretch.
    ordered: u32,
    of: HashMap<RelationIx, Vec<Stretch>>,
    /// All relations of each lasting fact of which any relation is ended.
    facts: HashMap<FactIx, Vec<RelationIx>>,
    /// The facts that replace each fact, nearest first.
    replaced: HashMap<FactIx, Vec<FactIx>>,
}

/// Remember at most this many successive replacements for each fact.
const MOST_REPLACEMENTS: usize = 16;

impl Cuts {
    pub(crate) fn memory(&self) -> usize {
        let of = self.of.values().map(|list| size_of_val(list) + room(list)).sum::<usize>();
        let facts = self.facts.values().map(|list| size_of_val(list) + room(list)).sum::<usize>();
        let replaced = self.replaced.values().map(|list| size_of_val(list) + room(list)).sum::<usize>();
        room(&self.cuts) + of + facts + replaced
    }

    /// Adds a list of cuts, in order of days, of which each relation has the tail from an offset on. Call before adding
    /// unordered ones.
    pub(crate) fn add_line(&mut self, line: &[Cut], from: &[(RelationIx, usize)]) {
        self.add_disordered_line(line, from);
        self.ordered = stretch_end(self.cuts.len());
    }

    /// Adds a list of cuts, in any order, of which each relation has the tail from an offset on.
    pub(crate) fn add_disordered_line(&mut self, line: &[Cut], from: &[(RelationIx, usize)]) {
        let start = self.cuts.len();
        self.cuts.extend_from_slice(line);
        let end = stretch_end(self.cuts.len());
        for (relation, first) in from {
            let first = stretch_end(start + first);
            if first < end {
                self.of.entry(*relation).or_default().push((first, end));
            }
        }
    }

    /// Adds cuts of one relation, in any order.
    pub(crate) fn add(&mut self, relation: RelationIx, cuts: &[Cut]) {
        let start = stretch_end(self.cuts.len());
        self.cuts.extend_from_slice(cuts);
        self.of.entry(relation).or_default().push((start, stretch_end(self.cuts.len())));
    }

    /// Adds a list of cuts, in any order, of which relations have parts; gives its start.
    pub(crate) fn share(&mut self, list: &[Cut]) -> u32 {
        let start = stretch_end(self.cuts.len());
        self.cuts.extend_from_slice(list);
        start
    }

    /// Gives a relation a part of a shared list.
    pub(crate) fn add_shared(&mut self, relation: RelationIx, start: u32, part: Range<usize>) {
        let (first, end) = (stretch_end(start as usize + part.start), stretch_end(start as usize + part.end));
        self.of.entry(relation).or_default().push((first, end));
    }

    /// Adds a cut shared by many relations.
    pub(crate) fn add_to_all(&mut self, relations: impl Iterator<Item = RelationIx>, cut: Cut) {
        let stretch = (stretch_end(self.cuts.len()), stretch_end(self.cuts.len() + 1));
        self.cuts.push(cut);
        for relation in relations {
            self.of.entry(relation).or_default().push(stretch);
        }
    }

    /// Records which facts replace which.
    pub(crate) fn replace(&mut self, replaced_by: &[(FactIx, FactIx)]) {
        let mut direct: HashMap<FactIx, Vec<FactIx>> = HashMap::new();
        for (fact, by) in replaced_by {
            direct.entry(*fact).or_default().push(*by);
        }
        for fact in direct.keys() {
            let mut found: Vec<FactIx> = Vec::new();
            let mut next = vec![*fact];
            let mut at = 0;
            while let Some(own) = next.get(at).copied().filter(|_| found.len() < MOST_REPLACEMENTS) {
                at += 1;
                for by in direct.get(&own).into_iter().flatten() {
                    if !found.contains(by) && by != fact {
                        found.push(*by);
                        next.push(*by);
                    }
                }
            }
            self.replaced.insert(*fact, found);
        }
    }

    /// Records a relation of a fact of which some relation is ended.
    pub(crate) fn remember(&mut self, fact: FactIx, relation: RelationIx) {
        self.facts.entry(fact).or_default().push(relation);
    }

    /// The cuts of a relation, list by list, each with whether it is in order of days.
    pub(crate) fn of(&self, relation: RelationIx) -> impl Iterator<Item = (&[Cut], bool)> {
        let stretches = self.of.get(&relation).map(Vec::as_slice).unwrap_or_default();
        stretches.iter().map(|(start, end)| {
            (self.cuts.get(*start as usize..*end as usize).unwrap_or_default(), *end <= self.ordered)
        })
    }

    pub(crate) fn has(&self, relation: RelationIx) -> bool {
        self.of.contains_key(&relation)
    }

    /// The relations that have cuts, in no order.
    pub(crate) fn relations(&self) -> impl Iterator<Item = RelationIx> {
        self.of.keys().copied()
    }

    /// All relations of a lasting fact, if any of them has a cut.
    pub(crate) fn of_fact(&self, fact: FactIx) -> Option<&[RelationIx]> {
        self.facts.get(&fact).map(Vec::as_slice)
    }

    /// The facts that replace a fact, nearest first.
    pub(crate) fn replaced(&self, fact: FactIx) -> &[FactIx] {
        self.replaced.get(&fact).map(Vec::as_slice).unwrap_or_default()
    }

    /// The lasting facts of which any relation has a cut, in no order.
    pub(crate) fn facts(&self) -> impl Iterator<Item = FactIx> {
        self.facts.keys().copied()
    }

    /// The facts that are replaced, in no order.
    pub(crate) fn replaced_facts(&self) -> impl Iterator<Item = FactIx> {
        self.replaced.keys().copied()
    }

    /// Everything as numbers, in a fixed order: cuts, stretches of relations, relations of facts, replacements.
    pub(crate) fn to_numbers(&self) -> [Vec<u32>; 4] {
        let cut = |cut: &Cut| {
            let rule = EndRule::ALL.iter().position(|rule| *rule == cut.rule).unwrap_or(0) as u32;
            let days = cut.by.parts().map(i32::cast_unsigned);
            [cut.fact.number(), rule].into_iter().chain(days)
        };
        let mut cuts = vec![self.ordered];
        cuts.extend(self.cuts.iter().flat_map(cut));
        let mut of: Vec<[u32; 3]> = Vec::new();
        for (relation, stretches) in &self.of {
            of.extend(stretches.iter().map(|(start, end)| [relation.number(), *start, *end]));
        }
        of.sort_unstable();
        let facts = pairs(self.facts.iter().map(|(fact, list)| (fact.number(), list)), |own| own.number());
        let replaced =
            pairs(self.replaced.iter().map(|(fact, list)| (fact.number(), list)), |own| own.number());
        [cuts, of.concat(), facts, replaced]
    }

    /// The inverse of [`Cuts::to_numbers`]; `None` if it refers to relations or facts that do not exist.
    pub(crate) fn from_numbers(numbers: [Vec<u32>; 4], relations: usize, facts: usize) -> Option<Self> {
        let [cuts, of, of_facts, replaced] = numbers;
        let (ordered, rest) = cuts.split_first()?;
        let mut all = Self { ordered: *ordered, ..Self::default() };
        let (items, left) = rest.as_chunks::<6>();
        for [fact, rule, days @ ..] in items {
            let rule = *EndRule::ALL.get(*rule as usize)?;
            let by = Validity::from_parts(days.map(u32::cast_signed));
            all.cuts.push(Cut { fact: known(*fact, facts).map(FactIx::of)?, by, rule });
        }
        let (items, more) = of.as_chunks::<3>();
        for [relation, start, end] in items {
            let is_there = start < end && *end as usize <= all.cuts.len();
            let relation = known(*relation, relations).map(RelationIx::of).filter(|_| is_there)?;
            all.of.entry(relation).or_default().push((*start, *end));
        }
        let (pairs, odd) = of_facts.as_chunks::<2>();
        for [fact, relation] in pairs {
            let fact = known(*fact, facts).map(FactIx::of)?;
            all.facts.entry(fact).or_default().push(known(*relation, relations).map(RelationIx::of)?);
        }
        let (pairs, uneven) = replaced.as_chunks::<2>();
        for [fact, by] in pairs {
            let fact = known(*fact, facts).map(FactIx::of)?;
            all.replaced.entry(fact).or_default().push(known(*by, facts).map(FactIx::of)?);
        }
        [left, more, odd, uneven].iter().all(|rest| rest.is_empty()).then_some(all)
    }
}

fn known(number: u32, count: usize) -> Option<u32> {
    ((number as usize) < count).then_some(number)
}

/// Numbered lists as pairs, in order of their numbers.
fn pairs<'a, T: 'a>(lists: impl Iterator<Item = (u32, &'a Vec<T>)>, number: impl Fn(&T) -> u32) -> Vec<u32> {
    let mut lists: Vec<_> = lists.collect();
    lists.sort_unstable_by_key(|(own, _)| *own);
    lists
        .into_iter()
        .flat_map(|(own, list)| list.iter().flat_map(|to| [own, number(to)]).collect::<Vec<_>>())
        .collect()
}

fn stretch_end(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
