//! What purchases and sales left of a stake, by those that the view knows (`known_by`).

use super::certainty::validity_without;
use super::known;
use super::relation::Relation;
use super::sentence;
use super::view::View;
use crate::graph::store::index::RelationIx;
use crate::graph::store::relations::{Derived, Origin};
use crate::graph::store::rule::Rule;
use crate::graph::store::validity::Validity;
use crate::model::RelationKind;
use crate::value::Share;

impl<'g> Relation<'g> {
    pub(crate) fn own_share(self) -> Option<Share> {
        match self.origin() {
            Origin::Derived(derived) => {
                let share =
                    settled(self.view(), derived).or_else(|| share(self.view(), self.index(), derived));
                match self.doubt_that_counts() {
                    Some(doubt) => {
                        share.zip(doubt.share).map(|(share, other)| told(share, other, doubt.is_kept))
                    }
                    None => share,
                }
            }
            Origin::Fact(index) => sentence::share(self.view().fact_at(index)),
            Origin::Record(_) => None,
        }
    }
}

/// The share that an event left, if on the view's date all earlier events of inexact dates have certainly happened.
fn settled(view: View<'_>, derived: Derived) -> Option<Share> {
    let settled = view.data().relations.settled.get(derived.settled?)?;
    let has_come = view.date().is_none_or(|date| settled.day <= date.bounds().0);
    (has_come && view.knowledge().is_none()).then_some(settled.share)
}

/// The share of a stake that is another if what it rests on does not hold. That it may be nothing is said by what is
/// only possible.
fn told(share: Share, other: Share, is_kept: bool) -> Share {
    let nothing = "0%".parse::<Share>().ok().filter(|_| !is_kept);
    let or_nothing = nothing.map(|nothing| share.widened_to(nothing));
    if or_nothing == Some(other) { share } else { share.widened_to(other) }
}

/// The share that an event left, recomputed from the earlier events if the view does not know all of them.
pub(crate) fn share(view: View<'_>, index: RelationIx, derived: Derived) -> Option<Share> {
    let is_stake = view.data().relations.kind(index) == RelationKind::OwnsShareOf;
    if view.knowledge().is_none() || !is_stake {
        return derived.share;
    }
    let states = States::of(view, index);
    if states.unknown.is_empty() {
        return derived.share;
    }
    // Go back to what is stated, or to nothing, then forward again.
    let mut steps = vec![(index, derived)];
    let mut base = None;
    while let Some((latest, event)) = steps.last().copied() {
        let Some(before) = states.before(view, latest, event) else { break };
        match view.data().relations.origin(before) {
            Origin::Derived(event) if event.rule != Rule::SuccessorTakesOver => steps.push((before, event)),
            Origin::Derived(event) => {
                base = event.share;
                break;
            }
            Origin::Fact(fact) => {
                base = Some(view.data().facts.share(fact).unwrap_or(Share::UNDISCLOSED));
                break;
            }
            Origin::Record(_) => break,
        }
    }
    steps.into_iter().rev().fold(base, |before, (_, event)| after(view, before, event))
}

/// The stake after an event.
fn after(view: View<'_>, before: Option<Share>, event: Derived) -> Option<Share> {
    let share = view.data().facts.share(event.fact);
    match (event.rule, before) {
        (Rule::SellerKeepsRest, Some(before)) => before.less(share?).or(event.share),
        (Rule::AcquirerOwns, Some(before)) => match share {
            Some(share) => before.plus(share).or(event.share),
            None => event.share,
        },
        (Rule::AcquirerOwns, None) => share.or(event.share),
        _ => event.share,
    }
}

/// All statements about a holding, and all that followed from events.
struct States {
    known: Vec<(RelationIx, Validity)>,
    unknown: Vec<RelationIx>,
}

impl States {
    fn of(view: View<'_>, index: RelationIx) -> Self {
        let data = view.data();
        let (from, to) = data.relations.ends(index);
        let row = data.adjacency.of_kind(from, RelationKind::OwnsShareOf).into_iter();
        let entries = row.flat_map(|row| row.entries.map(|at| data.adjacency.entry(at)));
        let own = entries.filter(|entry| !entry.inverted && entry.target == to);
        let mut states = Self { known: Vec::new(), unknown: Vec::new() };
        for relation in own.map(|entry| entry.relation) {
            let fact = match data.relations.origin(relation) {
                Origin::Fact(fact) | Origin::Derived(Derived { fact, .. }) => fact,
                Origin::Record(_) => continue,
            };
            if view.fact_at(fact).is_known() {
                states.known.push((relation, known::validity(view, relation)));
            } else {
                states.unknown.push(relation);
            }
        }
        states.known.sort_by_key(|(relation, validity)| (validity.start_days().bounds(), *relation));
        states
    }

    /// The state just before an event: the last one that began earlier, unless it was over by then.
    fn before(&self, view: View<'_>, state: RelationIx, event: Derived) -> Option<RelationIx> {
        let at = self.known.iter().position(|(relation, _)| *relation == state)?;
        let (_, begins) = self.known.get(at)?;
        let mut earlier = self.known.iter().take(at).rev().map(|(relation, _)| *relation);
        let last = earlier.find(|other| {
            // Claims about one event leave one state each, none of which precedes another.
            !matches!(view.data().relations.origin(*other), Origin::Derived(other)
                if view.data().claims.of(event.fact).contains(&other.fact))
        })?;
        (!validity_without(view, last, &[event.fact]).ends_before(*begins)).then_some(last)
    }
}
