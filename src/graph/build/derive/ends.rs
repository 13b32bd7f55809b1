//! Ends of relations other than by purchases and sales: facts that replace others, and the end of a company.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Derivation, Event, World, fact_fields};
use crate::graph::store::cuts::{Cut, Cuts};
use crate::graph::store::doubts::Ground;
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::Origin;
use crate::graph::store::rule::EndRule;
use crate::model::{Attribute, AttributeValue, FactKind, RelationKind, Role};

impl World<'_, '_> {
    /// Returns what ends each relation.
    pub(crate) fn finish(mut self) -> Derivation {
        let mut cuts = Cuts::default();
        self.end_lines(&mut cuts);
        for (relation, cut) in std::mem::take(&mut self.single) {
            cuts.add(relation, &[cut]);
        }
        self.replaced(&mut cuts);
        self.ended_companies(&mut cuts);
        self.remember_facts(&mut cuts);
        Derivation { cuts, misfits: self.misfits }
    }

    /// Ends facts that another fact replaces. One that was called off or only sought replaces nothing.
    fn replaced(&self, cuts: &mut Cuts) {
        let counting = self.facts.replaces.iter().filter(|(by, _)| self.moves(*by));
        let replaced_by: Vec<(FactIx, FactIx)> = counting.map(|(by, fact)| (*fact, *by)).collect();
        if replaced_by.is_empty() {
            return;
        }
        cuts.replace(&replaced_by);
        let replaced: HashSet<FactIx> = cuts.replaced_facts().collect();
        for n in 0..self.relations.len() {
            let relation = RelationIx::new(n);
            let (Origin::Fact(fact) | Origin::Derived(super::Derived { fact, .. })) =
                self.relations.origin(relation)
            else {
                continue;
            };
            let rests_on = self.falls_with(relation);
            for fact in rests_on.into_iter().chain([fact]).filter(|fact| replaced.contains(fact)) {
                self.replace(relation, fact, cuts);
            }
        }
    }

    /// Ends a relation with the fact that it follows from.
    fn replace(&self, relation: RelationIx, fact: FactIx, cuts: &mut Cuts) {
        let by = |by: &FactIx| {
            let by_validity = self.facts.validity(*by, self.sources);
            Cut { fact: *by, by: by_validity, rule: EndRule::Replaced }
        };
        let list: Vec<Cut> = cuts.replaced(fact).iter().map(by).collect();
        cuts.add(relation, &list);
    }

    /// The facts, besides its event, without any of which nothing of a derived relation would be left. A stake may rest
    /// on several of which one is enough.
    fn falls_with(&self, relation: RelationIx) -> BTreeSet<FactIx> {
        let Origin::Derived(derived) = self.relations.origin(relation) else { return BTreeSet::new() };
        let doubts = &self.relations.doubts;
        let doubt = derived.doubt.and_then(|doubt| Some((doubt, doubts.get(doubt)?)));
        let Some((number, _)) = doubt.filter(|(_, doubt)| !doubt.is_kept) else { return BTreeSet::new() };
        let grounds: Option<Vec<Ground>> = doubts.grounds_of(number).collect();
        let fact = |ground: Ground| match ground {
            Ground::Relation(relation) => match self.relations.origin(relation) {
                Origin::Fact(fact) | Origin::Derived(super::Derived { fact, .. }) => Some(fact),
                Origin::Record(_) => None,
            },
            Ground::Fact(fact) => Some(fact),
            Ground::Both(..) => None,
        };
        let facts: BTreeSet<FactIx> = grounds.unwrap_or_default().into_iter().filter_map(fact).collect();
        let is_held =
            matches!(self.relations.kind(relation), RelationKind::OwnsShareOf | RelationKind::Holds);
        if is_held && facts.len() > 1 { BTreeSet::new() } else { facts }
    }

    /// Ends relations of companies that were dissolved or merged into another. Where no end is stated, the relation
    /// becomes only possible from then on.
    fn ended_companies(&self, cuts: &mut Cuts) {
        let mut ended: HashMap<EntityIx, Vec<Event>> = HashMap::new();
        for fact in self.facts.all().filter(|fact| self.moves(*fact)) {
            let Some(role) = self.role_that_ends(fact) else { continue };
            let first_published = self.facts.first_published(fact, self.sources);
            let event = Event::new(fact, self.facts.validity(fact, self.sources), first_published);
            // A party that merges with others and continues under its own name still exists.
            let go_on = self.in_role(event, Role::Successor);
            for entity in self.in_role(event, role).into_iter().filter(|one| !go_on.contains(one)) {
                ended.entry(entity).or_default().push(event);
            }
        }
        if ended.is_empty() {
            return;
        }
        let cut = |event: &Event| Cut {
            fact: event.origin,
            by: event.validity.only_possible(),
            rule: EndRule::CompanyEnded,
        };
        // The relations of a company share the list of what ended it.
        let mut shared: HashMap<EntityIx, u32> = HashMap::new();
        for n in 0..self.relations.len() {
            let relation = RelationIx::new(n);
            let (from, to) = self.relations.ends(relation);
            for company in [Some(from), Some(to).filter(|to| *to != from)].into_iter().flatten() {
                let Some(events) = ended.get(&company) else { continue };
                let validity = self.validity(relation);
                let ends = |event: &Event| {
                    self.lasts(relation, event.origin) && validity.may_begin_before(event.validity)
                };
                if !validity.never_ends() {
                    continue;
                }
                let mut first = 0;
                for same in events.chunk_by(|one, other| ends(one) == ends(other)) {
                    let own = first..first + same.len();
                    first = own.end;
                    if same.first().is_some_and(ends) {
                        let list = || events.iter().map(cut).collect::<Vec<Cut>>();
                        let start = *shared.entry(company).or_insert_with(|| cuts.share(&list()));
                        cuts.add_shared(relation, start, own);
                    }
                }
            }
        }
    }

    /// The role of the parties that cease to exist by a fact.
    fn role_that_ends(&self, fact: FactIx) -> Option<Role> {
        let (word, role) = match self.facts.kind(fact) {
            FactKind::Event => ("Dissolved", Role::Of),
            FactKind::Succession => ("Merger", Role::Predecessor),
            _ => return None,
        };
        let mut attributes = fact_fields::attributes(self.facts.kind(fact), self.facts.fields(fact));
        let is_end = |(attribute, value): (Attribute, AttributeValue)| {
            matches!(attribute, Attribute::What | Attribute::How) && value == AttributeValue::Choice(word)
        };
        attributes.any(is_end).then_some(role)
    }

    /// Whether a relation states something lasting and does not follow from this event itself.
    fn lasts(&self, relation: RelationIx, event: FactIx) -> bool {
        match self.relations.origin(relation) {
            Origin::Fact(fact) => !self.facts.kind(fact).row().event,
            Origin::Derived(derived) => derived.fact != event,
            Origin::Record(_) => false,
        }
    }

    /// Ends all relations of a lasting fact if any of them is ended.
    fn remember_facts(&self, cuts: &mut Cuts) {
        let lasting = |relation: RelationIx| match self.relations.origin(relation) {
            Origin::Fact(fact) => Some(fact).filter(|fact| !self.facts.kind(*fact).row().event),
            _ => None,
        };
        let facts: HashSet<FactIx> = cuts.relations().filter_map(lasting).collect();
        if facts.is_empty() {
            return;
        }
        for n in 0..self.relations.len() {
            let relation = RelationIx::new(n);
            if let Some(fact) = lasting(relation).filter(|fact| facts.contains(fact)) {
                cuts.remember(fact, relation);
            }
        }
    }
}
