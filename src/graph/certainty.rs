//! Whether a view shows a relation or fact, and how sure it is: dates, the second clock, claims.

use super::claims;
use super::index::{FactIx, RelationIx};
use super::known;
use super::relation::{Derived, Origin, RelationData};
use super::validity::{Certainty, Validity};
use super::{Fact, View};

/// What a view makes of something it shows: how sure it is, if the view asks for a date.
pub(crate) type Judgement = Option<Certainty>;

/// What a view makes of a relation; `None` if it does not show it.
pub(crate) fn of_relation(view: View<'_>, index: RelationIx) -> Option<Judgement> {
    let data = view.data().relations.get(index);
    let fact = match data.origin {
        Origin::Record(_) => {
            return Some(view.asks_when().then_some(Certainty::Certain));
        }
        Origin::Fact(fact) if !known::knows_ties(view, index, fact) => return None,
        Origin::Fact(fact) => fact,
        // What follows without being stated belongs to a date.
        Origin::Derived(_) if view.date().is_none() => return None,
        Origin::Derived(derived) => derived.fact,
    };
    let judged = match (view.data().claims.of(fact).is_empty(), view.asks_when()) {
        (true, false) => None,
        (true, true) => of_statement(view, fact, validity(view, index))?,
        (false, _) => of_claims(view, index, &data, fact)?,
    };
    allowed(view, judged)
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

/// When a relation is in force, by its dates and by the events that end it, of those that count in the view.
pub(crate) fn validity(view: View<'_>, index: RelationIx) -> Validity {
    let validity = known::validity(view, index);
    let Some(cuts) = view.data().cuts.get(&index) else { return validity };
    let mut ends: Vec<(FactIx, Validity, usize)> = Vec::with_capacity(cuts.len());
    for cut in cuts {
        let claims = claims::that_count(view, cut.fact);
        let is_alone = view.data().claims.of(cut.fact).is_empty();
        if !is_alone && !claims.contains(&view.fact_at(cut.fact)) {
            continue;
        }
        let Some(by) = as_known(view, cut.fact, cut.by) else { continue };
        // Claims about one event end it once, on the day of the one or of the other.
        let group = claims.first().map_or(cut.fact, |first| first.index());
        match ends.iter_mut().find(|(other, ..)| *other == group) {
            Some((_, end, left)) => {
                *end = end.or(by);
                *left = left.saturating_sub(1);
            }
            None => ends.push((group, by, claims.len().saturating_sub(1))),
        }
    }
    // Not every claim says that it ended.
    let agreed = |(_, by, left): (FactIx, Validity, usize)| if left == 0 { by } else { by.only_possible() };
    ends.into_iter().map(agreed).fold(validity, Validity::cut_by)
}

/// When an event happened, for what it ends: only possible where its sources do not settle that it did.
fn as_known(view: View<'_>, fact: FactIx, by: Validity) -> Option<Validity> {
    let fact = view.fact_at(fact);
    let known = match view.knowledge() {
        Some(date) => fact.known_at(date)?,
        None => Certainty::Certain,
    };
    let is_settled = known == Certainty::Certain && !fact.is_refuted();
    let by = known::event(view, fact.index(), by);
    Some(if is_settled { by } else { by.only_possible() })
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
    let judged = by_date.into_iter().chain(by_sources).min();
    // Where a source says otherwise nothing is certain.
    Some(judged.map(|certainty| if fact.is_refuted() { Certainty::Possible } else { certainty }))
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

/// This relation and those of other claims that count and say the same, in the order of the claims.
pub(crate) fn saying_the_same(view: View<'_>, index: RelationIx) -> Vec<RelationIx> {
    let data = view.data().relations.get(index);
    let claims = match data.origin {
        Origin::Fact(fact) | Origin::Derived(Derived { fact, .. }) => claims::that_count(view, fact),
        Origin::Record(_) => Vec::new(),
    };
    if claims.is_empty() {
        return vec![index];
    }
    claims.into_iter().filter_map(|claim| same(view, &data, claim.index())).collect()
}

/// The relation of another claim that says the same.
fn same(view: View<'_>, data: &RelationData, claim: FactIx) -> Option<RelationIx> {
    let (rows, relations) = (&view.data().rows, &view.data().relations);
    let is_same = |index: &RelationIx| {
        let other = relations.get(*index);
        let ends = (other.from, other.to) == (data.from, data.to)
            || data.kind.is_symmetric() && (other.to, other.from) == (data.from, data.to);
        let origin = match (data.origin, other.origin) {
            (Origin::Fact(_), Origin::Fact(fact)) => fact == claim,
            (Origin::Derived(own), Origin::Derived(other)) => other.fact == claim && other.rule == own.rule,
            _ => false,
        };
        ends && origin
    };
    let row = rows.of_kind(data.from, data.kind)?;
    row.entries.map(|at| rows.entry(at).relation).filter(is_same).min()
}

impl Fact<'_> {
    /// How sure it is that a supporting source had published it by a date.
    fn known_at(self, date: super::validity::Days) -> Option<Certainty> {
        self.first_published().and_then(|published| published.reached_by(date))
    }

    /// Whether the view's second clock, if it has one, surely knows the fact.
    pub(crate) fn is_surely_known(self) -> bool {
        self.view().knowledge().is_none_or(|date| self.known_at(date) == Some(Certainty::Certain))
    }

    /// Whether the view's second clock, if it has one, knows the fact.
    pub(crate) fn is_known(self) -> bool {
        self.view().knowledge().is_none_or(|date| self.known_at(date).is_some())
    }
}
