//! Whether a view shows a relation or fact, and how certain it is: dates, the second clock, claims.

use std::collections::HashMap;

use super::ending::Ending;
use super::fact::Fact;
use super::passed_on::toward;
use super::policy::Claims;
use super::relation::Relation;
use super::view::View;
use super::{agreed, claims, known};
use crate::graph::store::cuts::Cut;
use crate::graph::store::facts::linked;
use crate::graph::store::index::{FactIx, RelationIx};
use crate::graph::store::lookup::Tie;
use crate::graph::store::relations::{Derived, Origin, RelationData};
use crate::graph::store::rule::EndRule;
use crate::graph::store::validity::{Certainty, Days, Validity};
use crate::model::vocabulary::Projection;

impl<'g> View<'g> {
    /// The facts that are no longer in force on the view's date although their own dates do not say so, in the order
    /// given. Empty without a date.
    pub(crate) fn over(self) -> impl Iterator<Item = Fact<'g>> + use<'g> {
        let cuts = &self.data().cuts;
        let mut ended: Vec<FactIx> = cuts.facts().chain(cuts.replaced_facts()).collect();
        ended.sort_unstable();
        ended.dedup();
        let is_over = move |fact: &Fact<'g>| {
            let date = self.date().filter(|date| fact.own_validity().at_days(*date).is_some());
            date.is_some()
                && fact.is_known()
                && fact.counts()
                && self.accepts_fact(*fact)
                && of_fact(self, fact.index()).is_none()
        };
        ended.into_iter().map(move |index| self.fact_at(index)).filter(is_over)
    }

    /// Whether the view shows a fact.
    pub(crate) fn shows_facts(self) -> impl Fn(&FactIx) -> bool + use<'g> {
        let has_choices = self.asks_when() || self.claim_policy() != Claims::All;
        move |index| {
            (!has_choices || of_fact(self, *index).is_some()) && self.accepts_fact(self.fact_at(*index))
        }
    }

    /// Whether a stake counts: the view shows the relation or, without a date, events left it and it still stands.
    pub(crate) fn counts_stake(self, index: RelationIx) -> bool {
        self.shows(index) || self.leaves(index)
    }

    /// Whether, without a date, events left a relation that still stands.
    pub(crate) fn leaves(self, index: RelationIx) -> bool {
        stands(self, index) && self.accepts_relation(Relation::new(self, index, false))
    }

    /// Whether the view shows a relation.
    pub(crate) fn shows(self, index: RelationIx) -> bool {
        of_relation(self, index).is_some()
            && (self.only_filter().is_none() || self.accepts_relation(Relation::new(self, index, false)))
    }
}

impl<'g> Relation<'g> {
    /// When it is in force, by its dates and by the events that end it, as far as these count in the view.
    #[must_use]
    pub fn validity(self) -> Validity {
        validity(self.view(), self.index())
    }

    /// What ends it in this view, apart from its own dates: a purchase or sale, a succession, a fact that replaces its
    /// own, the end of a party. In order of days.
    ///
    /// With a date, only what may have happened by then. This may be why a relation is only possible.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     brands: { "x": (name: "X") },
    ///     facts: [
    ///         Holding(id: "held", holder: "a", of: "x", since: "2010", unsourced: true),
    ///         Sale(id: "sale", seller: "a", buyer: "b", of: "x", completed: "2014-03", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let held = graph.view().relations().find(|relation| relation.kind() == RelationKind::Holds).unwrap();
    /// let endings = held.endings();
    /// assert_eq!((endings[0].fact.id(), endings[0].rule.name()), ("sale", "sold"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn endings(self) -> Vec<Ending<'g>> {
        let found = endings(self.view(), self.index());
        found.into_iter().map(|cut| Ending::new(self.view(), cut)).collect()
    }

    /// How certain the view is that it is in force and known; `None` if the view has no date.
    #[must_use]
    pub fn certainty(self) -> Option<Certainty> {
        of_relation(self.view(), self.index()).flatten()
    }

    /// The relation itself or, with several claims that count, the relation of each.
    pub(crate) fn claims(self) -> Vec<Self> {
        let same = saying_the_same(self.view(), self.index());
        same.into_iter().map(|index| Self::new(self.view(), index, self.is_inverted())).collect()
    }
}

impl<'g> Fact<'g> {
    /// Whether the view does not show it, whatever a filter says.
    pub(super) fn is_left_out(self) -> bool {
        of_fact(self.view(), self.index()).is_none()
    }

    /// When it is in force, by its dates and by [what replaces it](Fact::replaced_by).
    #[must_use]
    pub fn validity(self) -> Validity {
        fact_validity(self.view(), self.index())
    }

    /// The facts that replace it, in order. It is in force until the day of the first. Only those that the view knows
    /// and that may have begun by its date; in place of one that it does not know, the facts that replace that one.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [
    ///         Supply(id: "first", supplier: "a", customer: "b", signed: "2018", unsourced: true),
    ///         Supply(id: "second", supplier: "a", customer: "b", signed: "2020", replaces: "first", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let replaced = |date: &str| graph.as_of(date.parse().unwrap()).facts().map(|fact| fact.id()).collect::<Vec<_>>();
    /// assert_eq!((replaced("2019"), replaced("2021")), (vec!["first"], vec!["second"]));
    /// let first = graph.view().fact("first").unwrap();
    /// assert_eq!(first.replaced_by()[0].id(), "second");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn replaced_by(self) -> Vec<Self> {
        let by = replaced_by(self.view(), self.index());
        by.into_iter().map(|index| self.view().fact_at(index)).collect()
    }

    /// What ends it in this view, apart from its own dates: purchases, sales, successions, facts that replace it, the
    /// end of a party.
    ///
    /// For a fact with several relations, what ends any of them: each event once, in order of days.
    #[must_use]
    pub fn endings(self) -> Vec<Ending<'g>> {
        let data = self.view().data();
        let relations = data.cuts.of_fact(self.index()).unwrap_or_default();
        let all = relations.iter().flat_map(|relation| endings(self.view(), *relation));
        let mut found: Vec<Ending<'g>> = all.map(|cut| Ending::new(self.view(), cut)).collect();
        if relations.is_empty() {
            let replaced = replaced_by(self.view(), self.index()).into_iter();
            found.extend(replaced.map(|by| {
                Ending::new(self.view(), (by, EndRule::Replaced, self.view().fact_at(by).own_validity()))
            }));
        }
        found.sort_by_key(Ending::order);
        found.dedup();
        found
    }

    /// How certain the view is that it is in force and known; `None` if the view has no date.
    #[must_use]
    pub fn certainty(self) -> Option<Certainty> {
        of_fact(self.view(), self.index()).flatten()
    }

    /// Whether, by its dates and by what ends it, all that it states has certainly ended by a date.
    pub(crate) fn is_over_on(self, date: Days) -> bool {
        match self.view().data().cuts.of_fact(self.index()) {
            Some(relations) => {
                let mut own = deciding(self, relations);
                own.all(|relation| validity(self.view(), relation).is_over_by(date))
            }
            None => self.validity().is_over_by(date),
        }
    }

    /// Whether, in a view without a date, everything that it states has certainly ended by something other than its own
    /// dates.
    pub(crate) fn is_surely_ended(self) -> bool {
        self.surely_ended().0
    }

    /// What ended it, in a view without a date, if it [surely ended](Self::is_surely_ended): the first of its endings.
    pub(crate) fn sure_ending(self) -> Option<Ending<'g>> {
        let (_, first) = self.surely_ended();
        first.map(|cut| Ending::new(self.view(), (cut.fact, cut.rule, cut.by)))
    }

    /// Whether it surely ended, and what ended it first. All relations of a fact have to be looked at, and each sentence
    /// about one of them asks: of many, the answer is remembered.
    fn surely_ended(self) -> (bool, Option<Cut>) {
        let view = self.view();
        let find = || {
            let is_ended = self.find_surely_ended();
            let first = if is_ended { self.endings().into_iter().next() } else { None };
            (
                is_ended,
                first.map(|ending| Cut { fact: ending.fact.index(), rule: ending.rule, by: ending.from }),
            )
        };
        if view.data().cuts.of_fact(self.index()).is_none_or(|all| all.len() < FEW) || view.date().is_some() {
            return find();
        }
        view.data().lookups.ended.get_or_make(view.seen_fact(self.index()), find)
    }

    fn find_surely_ended(self) -> bool {
        let is_over = |validity: Validity| validity.ends().1.is_some();
        match self.view().data().cuts.of_fact(self.index()) {
            Some(relations) => {
                let by_itself = is_over(self.own_validity());
                !by_itself && deciding(self, relations).all(|own| is_over(validity(self.view(), own)))
            }
            None => !self.replaced_by().is_empty(),
        }
    }
}

/// Of a fact with fewer relations, what it costs to look at all is not worth remembering.
const FEW: usize = 8;

/// A view's judgement of something it shows: how certain it is, if the view has a date.
pub(crate) type Judgement = Option<Certainty>;

/// A view's judgement of a relation; `None` if it does not show it.
pub(crate) fn of_relation(view: View<'_>, index: RelationIx) -> Option<Judgement> {
    let data = view.data().relations.get(index);
    let fact = match data.origin {
        Origin::Record(_) => {
            return Some(view.asks_when().then_some(Certainty::Certain));
        }
        Origin::Fact(fact) if !known::knows_ties(view, index, fact) => return None,
        Origin::Fact(fact) => fact,
        // What follows without being stated is shown only on a date.
        Origin::Derived(_) if view.date().is_none() => return None,
        Origin::Derived(derived) => derived.fact,
    };
    let judged = match (view.data().claims.of(fact).is_empty(), view.asks_when()) {
        (true, false) => None,
        (true, true) => of_statement(view, fact, validity(view, index))?,
        (false, _) => of_claims(view, index, &data, fact)?,
    };
    // What rests on something doubtful is no more certain than that.
    let is_lost = |_: &Certainty| {
        let doubt = Relation::new(view, index, false).doubt_that_counts();
        doubt.is_some_and(|doubt| !doubt.is_kept)
    };
    let is_doubtful = matches!(data.origin, Origin::Derived(_)) && judged.as_ref().is_some_and(is_lost);
    allowed(view, if is_doubtful { Some(Certainty::Possible) } else { judged })
}

/// A view's judgement of a fact; `None` if it does not show it.
pub(crate) fn of_fact(view: View<'_>, fact: FactIx) -> Option<Judgement> {
    if !counts_among_claims(view, fact) {
        return None;
    }
    allowed(view, agreed::judge(view, fact, of_own)?)
}

/// The judgement of a fact by itself, whatever other claims say.
///
/// A lasting fact that an event ends is judged by its relations: a holding of two patents continues when one of them is
/// sold.
fn of_own(view: View<'_>, fact: FactIx) -> Option<Judgement> {
    match view.data().cuts.of_fact(fact) {
        Some(relations) => {
            let each = |index: RelationIx| of_statement(view, fact, validity(view, index));
            deciding(view.fact_at(fact), relations).filter_map(each).max()
        }
        None => of_statement(view, fact, fact_validity(view, fact)),
    }
}

/// The relations that decide whether a fact is in force: its principal ones, if it has any. A license has passed on
/// with its licensor although it still covers the same patent.
pub(super) fn deciding<'g>(
    fact: Fact<'g>,
    relations: &'g [RelationIx],
) -> impl Iterator<Item = RelationIx> + use<'g> {
    let principal = fact.kind().row().projections.first().map(Projection::kind);
    let is_principal = move |index: &RelationIx| Some(fact.view().data().relations.kind(*index)) == principal;
    let has_principal = relations.iter().any(is_principal);
    relations.iter().copied().filter(move |index| !has_principal || is_principal(index))
}

/// When a fact is in force, by its dates and by what replaces it.
pub(crate) fn fact_validity(view: View<'_>, fact: FactIx) -> Validity {
    let data = view.data();
    let own = view.fact_at(fact).own_validity();
    let by = |by: &FactIx| as_known(view, *by, data.facts.validity(*by, &data.sources));
    data.cuts.replaced(fact).iter().filter_map(by).fold(own, Validity::cut_by)
}

/// When a relation is in force, by its dates and by what ends it, as far as that counts in the view.
pub(crate) fn validity(view: View<'_>, index: RelationIx) -> Validity {
    validity_without(view, index, &[])
}

/// When a relation is in force, if some facts, given in order, ended nothing.
pub(crate) fn validity_without(view: View<'_>, index: RelationIx, without: &[FactIx]) -> Validity {
    let data = view.data();
    let own = known::validity(view, index);
    if !data.cuts.has(index) {
        return own;
    }
    let mut validity = own;
    let mut claims = Claimed::default();
    for (cuts, is_ordered) in data.cuts.of(index) {
        for cut in cuts {
            // The remaining cuts begin even later.
            if is_ordered && cut.by.begins_after_end_of(validity) {
                break;
            }
            let is_later = view.knowledge().is_none() && validity.cut_by(cut.by) == validity;
            if is_later || without.binary_search(&cut.fact).is_ok() || !ends(view, index, cut) {
                continue;
            }
            let Some(by) = as_known(view, cut.fact, cut.by) else { continue };
            if data.claims.of(cut.fact).is_empty() {
                validity = validity.cut_by(by);
            } else {
                claims.add(view, cut.fact, by);
            }
        }
    }
    claims.ends().fold(validity, Validity::cut_by)
}

/// Whether a cut applies to this relation in the view. No event ends what it leaves itself, nor does another claim
/// about the event; and a stated stake ends only what followed from events.
fn ends(view: View<'_>, index: RelationIx, cut: &Cut) -> bool {
    let data = view.data();
    match data.relations.origin(index) {
        Origin::Derived(derived) => {
            derived.fact != cut.fact && !data.claims.of(derived.fact).contains(&cut.fact)
        }
        Origin::Fact(_) | Origin::Record(_) => cut.rule != EndRule::StatedStake,
    }
}

/// Ends of a relation, grouped by the event that claims disagree about.
#[derive(Default)]
struct Claimed {
    /// For each group its first claim that counts, when the relation may have ended, and how many claims do not say so.
    of: Vec<(FactIx, Validity, usize)>,
}

impl Claimed {
    fn add(&mut self, view: View<'_>, fact: FactIx, by: Validity) {
        let claims = claims::counted(view, fact);
        if !claims.has(fact) {
            return;
        }
        // Claims about one event end it once, on the day of one or the other.
        let group = claims.all.first().copied().unwrap_or(fact);
        match self.of.iter_mut().find(|(other, ..)| *other == group) {
            Some((_, end, left)) => {
                *end = end.or(by);
                *left = left.saturating_sub(1);
            }
            None => self.of.push((group, by, claims.all.len().saturating_sub(1))),
        }
    }

    fn ends(self) -> impl Iterator<Item = Validity> {
        // If not every claim says that it ended, it may not have.
        self.of.into_iter().map(|(_, by, left)| if left == 0 { by } else { by.only_possible() })
    }
}

/// What ends a relation in the view, each fact once, in order of days. Only what may have happened by the view's date.
pub(crate) fn endings(view: View<'_>, index: RelationIx) -> Vec<(FactIx, EndRule, Validity)> {
    let data = view.data();
    let own = known::validity(view, index);
    let mut found: Vec<(FactIx, EndRule, Validity)> = Vec::new();
    // The first day by which it was certainly over, among the cuts found.
    let mut over = i32::MAX;
    for (cuts, is_ordered) in data.cuts.of(index) {
        for cut in cuts {
            // No later cut begins earlier.
            if is_ordered && view.knowledge().is_none() && !may_end(view, cut.by, over) {
                break;
            }
            let counts = ends(view, index, cut)
                && !cut.by.begins_after_end_of(own)
                && counts_among_claims(view, cut.fact);
            let Some(by) = as_known(view, cut.fact, cut.by).filter(|_| counts) else { continue };
            if may_end(view, by, i32::MAX) {
                over = over.min(by.start_days().bounds().1);
                found.push((cut.fact, cut.rule, by));
            }
        }
    }
    found.sort_by_key(|(fact, rule, by)| (by.start_days().bounds(), *fact, *rule));
    found.dedup_by_key(|(fact, ..)| *fact);
    // What came after it was certainly over did not end it.
    found.retain(|(.., by)| by.start_days().bounds().0 <= over);
    found
}

/// Whether an event may have happened by the view's date, and before something was over anyway.
fn may_end(view: View<'_>, event: Validity, over: i32) -> bool {
    let days = event.start_days();
    days.bounds().0 <= over && view.date().is_none_or(|date| days.reached_by(date).is_some())
}

/// What replaces a fact in the view. A fact that the view does not know is skipped in favor of those that replace it.
pub(crate) fn replaced_by(view: View<'_>, fact: FactIx) -> Vec<FactIx> {
    let data = view.data();
    let is_known = |by: &FactIx| {
        let validity = as_known(view, *by, data.facts.validity(*by, &data.sources));
        let has_come =
            |by: Validity| view.date().is_none_or(|date| by.start_days().reached_by(date).is_some());
        validity.is_some_and(has_come)
    };
    let mut found = Vec::new();
    let mut open = vec![fact];
    for by in data.cuts.replaced(fact) {
        if linked(&data.facts.replaces, *by).any(|replaced| open.contains(&replaced)) {
            if is_known(by) { found.push(*by) } else { open.push(*by) }
        }
    }
    found.sort_unstable();
    found
}

/// When an event happened, for what it ends. Only possible if its sources leave doubt that it did.
fn as_known(view: View<'_>, fact: FactIx, by: Validity) -> Option<Validity> {
    let fact = view.fact_at(fact);
    let known = match view.knowledge() {
        Some(date) => fact.known_at(date)?,
        None => Certainty::Certain,
    };
    let is_doubted = fact.is_refuted() || fact.is_rumoured();
    let is_settled = known == Certainty::Certain && !is_doubted && !by.may_never_begin();
    let by = known::event(view, fact.index(), by);
    Some(if is_settled { by } else { by.only_possible() })
}

/// Whether, without a date, something that follows from an event certainly came to be and has not ended.
fn stands(view: View<'_>, index: RelationIx) -> bool {
    let data = view.data().relations.get(index);
    let Origin::Derived(derived) = data.origin else { return false };
    let counts = view.date().is_none()
        && view.fact_at(derived.fact).is_known()
        && (view.data().claims.of(derived.fact).is_empty()
            || of_claims(view, index, &data, derived.fact).is_some());
    // A stated stake replaces what follows from events, even if its beginning is not stated.
    counts
        && validity(view, index).is_going_on()
        && !endings(view, index).iter().any(|(_, rule, _)| *rule == EndRule::StatedStake)
}

fn allowed(view: View<'_>, judged: Judgement) -> Option<Judgement> {
    (!view.is_only_certain() || judged != Some(Certainty::Possible)).then_some(judged)
}

/// The judgement by a fact's own dates and sources.
fn of_statement(view: View<'_>, fact: FactIx, validity: Validity) -> Option<Judgement> {
    let by_date = match view.date() {
        Some(date) => Some(validity.at_days(date)?),
        None => None,
    };
    let fact = view.fact_at(fact);
    let by_sources = match view.knowledge() {
        Some(date) => Some(fact.known_at(date)?),
        None => None,
    };
    let judged = by_date.into_iter().chain(by_sources).min();
    // If a source refutes it, or it is only a rumour, nothing is certain.
    let is_doubted = || fact.is_refuted() || fact.is_rumoured();
    Some(judged.map(|certainty| if is_doubted() { Certainty::Possible } else { certainty }))
}

/// Whether a fact is the only one about its matter, or a claim that counts in the view.
pub(super) fn counts_among_claims(view: View<'_>, fact: FactIx) -> bool {
    view.data().claims.of(fact).is_empty() || claims::counted(view, fact).has(fact)
}

/// The judgement together with the other claims about the same thing.
fn of_claims(view: View<'_>, index: RelationIx, data: &RelationData, fact: FactIx) -> Option<Judgement> {
    let counted = claims::counted(view, fact);
    if !counted.has(fact) {
        return None;
    }
    // The first claim that states it represents all. Each of the others asks only for that one.
    let find = || counted.all.iter().find_map(|claim| first_by(view, data, *claim));
    if claims::spokesman(view, fact, tie(data), find).is_some_and(|first| first != index) {
        return None;
    }
    if !view.asks_when() {
        return Some(None);
    }
    let same = Same::of(view, data);
    let judge =
        |claim: &FactIx| same.by(*claim).and_then(|other| of_statement(view, *claim, validity(view, other)));
    let judgements: Vec<Option<Judgement>> = counted.all.iter().map(judge).collect();
    let all = judgements.iter().all(|judged| *judged == Some(Some(Certainty::Certain)));
    let any = judgements.iter().any(Option::is_some);
    match (all, any) {
        (true, _) => Some(Some(Certainty::Certain)),
        (false, true) => Some(Some(Certainty::Possible)),
        (false, false) => None,
    }
}

/// This relation and those of other claims that count and say the same, in order of claims.
pub(crate) fn saying_the_same(view: View<'_>, index: RelationIx) -> Vec<RelationIx> {
    let data = view.data().relations.get(index);
    let claims = match data.origin {
        Origin::Fact(fact) | Origin::Derived(Derived { fact, .. }) => claims::that_count(view, fact),
        Origin::Record(_) => Vec::new(),
    };
    if claims.is_empty() {
        return vec![index];
    }
    let same = Same::of(view, &data);
    claims.into_iter().filter_map(|claim| same.by(claim.index())).collect()
}

/// What says the same as a relation: for each fact, the first such relation of it.
struct Same(HashMap<FactIx, RelationIx>);

impl Same {
    fn of(view: View<'_>, data: &RelationData) -> Self {
        let mut by: HashMap<FactIx, RelationIx> = HashMap::new();
        for (fact, index) in same_by_any(view, data) {
            by.entry(fact).and_modify(|first| *first = index.min(*first)).or_insert(index);
        }
        Self(by)
    }

    /// The relation of a claim.
    fn by(&self, claim: FactIx) -> Option<RelationIx> {
        self.0.get(&claim).copied()
    }
}

const fn tie(data: &RelationData) -> Tie {
    let derived = match data.origin {
        Origin::Derived(derived) => Some((derived.rule, derived.jointly)),
        Origin::Fact(_) | Origin::Record(_) => None,
    };
    Tie { kind: data.kind, ends: [data.from, data.to], derived }
}

/// The first relation of a claim that says the same.
fn first_by(view: View<'_>, data: &RelationData, claim: FactIx) -> Option<RelationIx> {
    same_by_any(view, data).filter(|(fact, _)| *fact == claim).map(|(_, index)| index).min()
}

/// All relations that say the same as one, each with its fact.
fn same_by_any<'g>(
    view: View<'g>,
    data: &RelationData,
) -> impl Iterator<Item = (FactIx, RelationIx)> + use<'g> {
    let (lists, relations) = (&view.data().adjacency, &view.data().relations);
    let (kind, from, to, origin) = (data.kind, data.from, data.to, data.origin);
    let list = lists.of_kind(from, kind);
    let between = list.into_iter().flat_map(move |list| toward(lists, list, to));
    between.filter_map(move |index| {
        let other = relations.get(index);
        let is_turned = kind.is_symmetric() && (other.to, other.from) == (from, to);
        if (other.from, other.to) != (from, to) && !is_turned {
            return None;
        }
        match (origin, other.origin) {
            (Origin::Fact(_), Origin::Fact(fact)) => Some((fact, index)),
            (Origin::Derived(own), Origin::Derived(other))
                if (other.rule, other.jointly) == (own.rule, own.jointly) =>
            {
                Some((other.fact, index))
            }
            _ => None,
        }
    })
}

impl Fact<'_> {
    /// How certain it is that a supporting source was published by a date.
    fn known_at(self, date: Days) -> Option<Certainty> {
        self.first_published().and_then(|published| published.reached_by(date))
    }

    /// Whether the view's second clock, if any, certainly knows the fact.
    pub(crate) fn is_surely_known(self) -> bool {
        self.view().knowledge().is_none_or(|date| self.known_at(date) == Some(Certainty::Certain))
    }

    /// Whether the view's second clock, if any, knows the fact.
    pub(crate) fn is_known(self) -> bool {
        self.view().knowledge().is_none_or(|date| self.known_at(date).is_some())
    }
}
