//! Whether a view shows a relation or fact, and how sure it is: dates, the second clock, claims.

use super::claims;
use super::index::{FactIx, RelationIx};
use super::relation::{Origin, RelationData};
use super::validity::{Certainty, Days, Validity};
use super::{Fact, View};

/// What a view makes of something it shows: how sure it is, if the view asks for a date.
pub(crate) type Judgement = Option<Certainty>;

/// What a view makes of a relation; `None` if it does not show it.
pub(crate) fn of_relation(view: View<'_>, index: RelationIx) -> Option<Judgement> {
    let data = super::at(&view.data().relations, index.get());
    let fact = match data.origin {
        Origin::Record(_) => {
            return Some(view.asks_when().then_some(Certainty::Certain));
        }
        Origin::Fact(fact) => fact,
        // What follows without being stated belongs to a date.
        Origin::Derived(_) if view.date().is_none() => return None,
        Origin::Derived(derived) => derived.fact,
    };
    let judged = if view.data().claims.of(fact).is_empty() {
        of_statement(view, fact, validity(view, index))?
    } else {
        of_claims(view, index, data, fact)?
    };
    allowed(view, judged)
}

/// When a relation is in force, in a view: its own dates, cut by the events that end it and count there.
pub(crate) fn validity(view: View<'_>, index: RelationIx) -> Validity {
    let own = super::at(&view.data().relations, index.get()).validity;
    let cuts = view.data().cuts.get(&index).map(Vec::as_slice).unwrap_or_default();
    cuts.iter().filter_map(|(event, _)| cut(view, *event, cuts)).fold(own, Validity::cut_on)
}

/// The days on which an event may end something, as the claims about it that count say.
fn cut(view: View<'_>, event: FactIx, cuts: &[(FactIx, bool)]) -> Option<Days> {
    let fact = view.fact_at(event);
    let claims = claims::that_count(view, event);
    let claims = if claims.is_empty() && fact.is_known() { vec![fact] } else { claims };
    if !claims.contains(&fact) {
        return None;
    }
    let days = claims.iter().map(|claim| {
        let surely = |sure: bool| sure && claim.is_surely_known();
        let start = claim.validity().start();
        match cuts.iter().find(|(event, _)| *event == claim.index()) {
            Some((_, sure)) if surely(*sure) => start,
            // It may not end it at all.
            Some(_) => start.or_never(),
            None => Days::NEVER,
        }
    });
    days.reduce(Days::or)
}

/// What a view makes of a fact; `None` if it does not show it.
pub(crate) fn of_fact(view: View<'_>, fact: FactIx) -> Option<Judgement> {
    let handle = view.fact_at(fact);
    let counted = claims::that_count(view, fact);
    if !view.data().claims.of(fact).is_empty() && !counted.contains(&handle) {
        return None;
    }
    allowed(view, of_statement(view, fact, handle.validity())?)
}

fn allowed(view: View<'_>, judged: Judgement) -> Option<Judgement> {
    (!view.is_only_certain() || judged != Some(Certainty::Possible)).then_some(judged)
}

/// By its own dates and sources.
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
    Some(by_date.into_iter().chain(by_sources).min())
}

/// Together with the other claims about the same thing: the first of them stands for all.
fn of_claims(view: View<'_>, index: RelationIx, data: &RelationData, fact: FactIx) -> Option<Judgement> {
    let counted = claims::that_count(view, fact);
    if !counted.contains(&view.fact_at(fact)) {
        return None;
    }
    let mut judgements = Vec::with_capacity(counted.len());
    for claim in &counted {
        match same(view, data, claim.index()) {
            Some(other) if other < index => return None,
            Some(other) => {
                judgements.push(of_statement(view, claim.index(), validity(view, other)));
            }
            None => judgements.push(None),
        }
    }
    if !view.asks_when() {
        return Some(None);
    }
    let all = judgements.iter().all(|judged| *judged == Some(Some(Certainty::Certain)));
    let any = judgements.iter().any(Option::is_some);
    match (all, any) {
        (true, _) => Some(Some(Certainty::Certain)),
        (false, true) => Some(Some(Certainty::Possible)),
        (false, false) => None,
    }
}

/// The relation of another claim that says the same.
fn same(view: View<'_>, data: &RelationData, claim: FactIx) -> Option<RelationIx> {
    let store = &view.data().store;
    let is_same = |index: &RelationIx| {
        let other = super::at(&view.data().relations, index.get());
        let ends = (other.from, other.to) == (data.from, data.to)
            || data.kind.is_symmetric() && (other.to, other.from) == (data.from, data.to);
        let origin = match (data.origin, other.origin) {
            (Origin::Fact(_), Origin::Fact(fact)) => fact == claim,
            (Origin::Derived(own), Origin::Derived(other)) => other.fact == claim && other.rule == own.rule,
            _ => false,
        };
        other.kind == data.kind && ends && origin
    };
    store.leaving(data.from).chain(store.entering(data.from)).filter(is_same).min()
}

impl Fact<'_> {
    /// How sure it is that a supporting source had published it by a date.
    fn known_at(self, date: super::validity::Days) -> Option<Certainty> {
        self.first_published().and_then(|published| published.reached_by(date))
    }

    /// Whether the view's second clock, if it has one, knows the fact for sure.
    fn is_surely_known(self) -> bool {
        self.view().knowledge().is_none_or(|date| self.known_at(date) == Some(Certainty::Certain))
    }

    /// Whether the view's second clock, if it has one, knows the fact.
    pub(crate) fn is_known(self) -> bool {
        self.view().knowledge().is_none_or(|date| self.known_at(date).is_some())
    }
}
