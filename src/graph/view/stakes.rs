//! What is stated about the stakes in one company, and which statements count in the view.

use std::collections::{HashMap, HashSet};

use super::certainty::validity_without;
use super::entity::Entity;
use super::fact::Fact;
use super::joint_sets::JointSets;
use super::readings::{OtherReading, ReadingOrder};
use super::relation::Relation;
use super::right::Right;
use super::view::View;
use crate::graph::store::index::FactIx;
use crate::graph::store::validity::{Certainty, EndDays, Validity};
use crate::model::{Attribute, AttributeValue, Role, Status};
use crate::value::{Date, Proportion, Share};

/// A range of shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShareRange {
    pub(crate) low: Proportion,
    pub(crate) high: Proportion,
    /// The share is above `low`, never at it.
    pub(crate) low_is_open: bool,
    /// The share is below `high`, never at it.
    pub(crate) high_is_open: bool,
}

impl ShareRange {
    const UNKNOWN: Self =
        Self { low: Proportion::ZERO, high: Proportion::ONE, low_is_open: false, high_is_open: false };

    fn of(share: Share) -> Self {
        Self {
            low: share.low(),
            high: share.high(),
            low_is_open: share.low_is_open(),
            high_is_open: share.high_is_open(),
        }
    }

    /// From nothing to this.
    fn or_nothing(self) -> Self {
        Self { low: Proportion::ZERO, low_is_open: false, ..self }
    }

    /// Either of the two. Of equal bounds, the inclusive one reaches further.
    fn or(self, other: Self) -> Self {
        let (low, low_is_open) = (self.low, self.low_is_open).min((other.low, other.low_is_open));
        let (high, high_is_closed) = (self.high, !self.high_is_open).max((other.high, !other.high_is_open));
        Self { low, high, low_is_open, high_is_open: !high_is_closed }
    }

    /// The sum of both, limited to `most`. If a sum is too long to be represented, the wider bound is taken.
    fn and(self, other: Self, most: Option<Proportion>) -> Self {
        let within = |sum: &Proportion| most.is_none_or(|most| *sum <= most);
        let low = self.low.checked_add(other.low).unwrap_or_else(|| self.low.max(other.low));
        let high = self.high.checked_add(other.high).filter(within);
        Self {
            low: most.map_or(low, |most| low.min(most)),
            high: high.or(most).unwrap_or(Proportion::ONE),
            low_is_open: (self.low_is_open || other.low_is_open) && most.is_none_or(|most| low < most),
            high_is_open: (self.high_is_open || other.high_is_open) && high.is_some(),
        }
    }
}

/// A stake as it counts: of one holder, or of several jointly, in one company.
pub(crate) struct Counted<'g> {
    /// The holder; of several, the first in id order.
    pub(crate) holder: Entity<'g>,
    /// The joint holders, in id order; empty if there is only one.
    pub(crate) jointly: Vec<Entity<'g>>,
    pub(crate) span: ShareRange,
    pub(crate) relations: Vec<Relation<'g>>,
    /// A statement that also counts because nothing tells which of two about the same stake is newer.
    pub(crate) again: Option<Relation<'g>>,
    /// Statements about it that are not added, since they are other readings.
    pub(crate) others: Vec<OtherReading<'g>>,
}

/// The stakes in one company.
#[derive(Default)]
pub(crate) struct InCompany<'g> {
    pub(crate) direct: Vec<Counted<'g>>,
    /// Declared as indirect: they may sum up a chain.
    pub(crate) indirect: Vec<Counted<'g>>,
    /// Ended stakes, in a view without a date.
    pub(crate) ended: Vec<Relation<'g>>,
}

/// The parties of the stakes in a company.
pub(crate) struct StakeParties<'g> {
    /// The company with its holders, including joint ones; empty if it has no known holder.
    pub(crate) holders: Vec<Entity<'g>>,
    /// The sets of joint holders, each in id order.
    pub(crate) joint: Vec<Vec<Entity<'g>>>,
}

/// The parties of the stakes in a company.
pub(crate) fn stake_parties(company: Entity<'_>) -> StakeParties<'_> {
    let mut parties = StakeParties { holders: Vec::new(), joint: Vec::new() };
    let mut joint = JointSets::default();
    for relation in company.stakes_in_it().filter(|relation| relation.counts()) {
        parties.holders.push(relation.from());
        joint.number(relation);
    }
    for (holders, _) in joint.into_sets() {
        // A view may show the stake of only some of them.
        parties.holders.extend(&holders);
        parties.joint.push(holders);
    }
    if !parties.holders.is_empty() {
        parties.holders.push(company);
    }
    parties
}

/// The stakes in a company that count.
pub(crate) fn in_company(company: Entity<'_>, right: Right) -> InCompany<'_> {
    let mut found = InCompany::default();
    // A right to profit alone says nothing about capital or votes.
    let gives = |relation: &Relation<'_>| right == Right::Profit || !relation.gives_profit_only();
    let stakes = company.stakes_in_it().filter(|relation| relation.counts() && gives(relation));
    let has_date = company.view().date().is_some();
    let mut readings: Vec<Reading<'_>> = Vec::new();
    let mut sets = JointSets::default();
    let mut joint: HashMap<usize, Vec<Relation<'_>>> = HashMap::new();
    for relation in stakes {
        if !has_date && has_ended(relation) {
            found.ended.push(relation);
            continue;
        }
        if let Some(number) = sets.number(relation) {
            joint.entry(number).or_default().push(relation);
            continue;
        }
        if readings.first().is_some_and(|first| first.relation.from() != relation.from()) {
            found.take(std::mem::take(&mut readings));
        }
        readings.push(Reading::of(relation, right));
    }
    found.take(readings);
    for (holders, number) in sets.into_sets() {
        found.take_joint(holders, &joint.remove(&number).unwrap_or_default(), right);
    }
    found
}

impl<'g> InCompany<'g> {
    /// Takes all statements about one holder.
    fn take(&mut self, readings: Vec<Reading<'g>>) {
        let mut readings = readings;
        if readings.iter().any(|reading| reading.derived) {
            let mut facts: Vec<FactIx> =
                readings.iter().filter_map(|reading| reading.relation.fact()).map(Fact::index).collect();
            facts.sort_unstable();
            readings.iter_mut().for_each(|reading| reading.is_sure = reading.is_sure_but_for(&facts));
        }
        let (indirect, direct): (Vec<_>, Vec<_>) = readings.into_iter().partition(|reading| reading.indirect);
        self.direct.extend(total(direct));
        self.indirect.extend(total(indirect));
    }

    /// Takes all statements about a set of joint holders. Each statement has a relation for each of them, but is one
    /// reading.
    fn take_joint(&mut self, holders: Vec<Entity<'g>>, relations: &[Relation<'g>], right: Right) {
        let mut seen = HashSet::new();
        let first = relations.iter().filter(|relation| seen.insert(relation.fact()));
        let mut found = Self::default();
        found.take(first.map(|relation| Reading::of(*relation, right)).collect());
        for counted in found.direct.iter_mut().chain(&mut found.indirect) {
            let facts: HashSet<_> = counted.relations.iter().map(|relation| relation.fact()).collect();
            counted.holder = holders.first().copied().unwrap_or(counted.holder);
            counted.jointly.clone_from(&holders);
            counted.relations = relations.iter().copied().filter(|own| facts.contains(&own.fact())).collect();
        }
        self.direct.extend(found.direct);
        self.indirect.extend(found.indirect);
    }
}

/// Whether a stake has an end, known or not. An event that is pending or refuted ends nothing yet.
pub(crate) fn has_ended(relation: Relation<'_>) -> bool {
    let stated = relation.fact().is_some_and(|fact| {
        let timing = fact.timing();
        let by_term = timing.until.is_none() && timing.term.is_some_and(|term| !term.is_perpetual());
        matches!(timing.until, Some(EndDays::On(_) | EndDays::Unknown))
            || timing.status == Some(Status::Ended)
            || by_term
    });
    stated || relation.validity().ends().1.is_some()
}

/// One statement about a stake.
struct Reading<'g> {
    relation: Relation<'g>,
    span: ShareRange,
    /// Whether it is certainly in force.
    is_sure: bool,
    /// Whether the only doubt is that it may have ended.
    may_have_ended: bool,
    indirect: bool,
    /// Which stake of the holder it is, by class and intermediaries. Those that follow from events are kept apart.
    class: Option<String>,
    through: Vec<Entity<'g>>,
    derived: bool,
    as_of: Option<Date>,
}

impl<'g> Reading<'g> {
    fn of(relation: Relation<'g>, right: Right) -> Self {
        let fact = relation.fact().filter(|_| relation.derived().is_none());
        let attributes: Vec<_> = fact.into_iter().flat_map(Fact::attributes).collect();
        let class = attributes.iter().find_map(|(attribute, value)| match (attribute, value) {
            (Attribute::Class, AttributeValue::Text(class)) => Some(class.clone()),
            _ => None,
        });
        let mut through: Vec<_> = fact.into_iter().flat_map(|fact| fact.parties(Role::Through)).collect();
        through.sort_unstable();
        Self {
            span: span(relation, right),
            is_sure: is_sure(relation),
            may_have_ended: fact.is_some_and(|fact| may_have_ended(relation, fact)),
            indirect: attributes.contains(&(Attribute::Direct, AttributeValue::Flag(false))),
            class,
            through,
            derived: relation.derived().is_some(),
            as_of: fact.and_then(Fact::as_of),
            relation,
        }
    }

    fn key(&self) -> (bool, Option<&str>, &[Entity<'g>]) {
        (self.derived, self.class.as_deref(), &self.through)
    }

    /// Whether it is certainly in force, unless one of some facts ended it.
    fn is_sure_but_for(&self, facts: &[FactIx]) -> bool {
        let relation = self.relation;
        let (Some(date), false) = (relation.view().date(), self.is_sure) else { return self.is_sure };
        let validity = validity_without(relation.view(), relation.index(), facts);
        let is_in_force = validity.at_days(date) == Some(Certainty::Certain);
        is_in_force && relation.is_settled() && relation.fact().is_none_or(Fact::is_surely_known)
    }

    /// Whether the figure is as of a day after the view's date.
    fn is_later(&self) -> bool {
        self.reached(self.relation.view()).is_none()
    }

    /// How certain it is that the figure's day has come by the view's date.
    fn reached(&self, view: View<'_>) -> Option<Certainty> {
        match (view.date(), self.as_of) {
            (Some(date), Some(as_of)) => view.reached(as_of, date),
            _ => Some(Certainty::Certain),
        }
    }
}

/// Whether all claims that count say that the stake is in force, and no source refutes it.
fn is_sure(relation: Relation<'_>) -> bool {
    relation.certainty() != Some(Certainty::Possible) && relation.is_settled()
}

/// Whether a single undisputed statement, certainly known, says that the stake had begun by the view's date.
fn may_have_ended(relation: Relation<'_>, fact: Fact<'_>) -> bool {
    let is_settled = fact.claim_count() == 0 && relation.is_settled();
    is_settled && relation.view().date().is_some_and(|date| relation.validity().has_begun(date))
}

/// The share that a relation states of a right. If claims differ, the range over those that state one.
fn span(relation: Relation<'_>, right: Right) -> ShareRange {
    let claims = relation.claims().into_iter().filter_map(|claim| right.stated(claim));
    let ranges = claims.filter(|share| !share.is_undisclosed()).map(ShareRange::of);
    ranges.reduce(ShareRange::or).unwrap_or(ShareRange::UNKNOWN)
}

/// Adds up stakes of different classes or through different intermediaries. What is stated and what follows from events
/// are successive states: of several that may be in force exactly one is. If one would certainly be in force but for
/// the events that lead to the others, the total is not nothing.
fn total(mut readings: Vec<Reading<'_>>) -> Option<Counted<'_>> {
    let holder = readings.first()?.relation.from();
    readings.sort_by(|one, other| one.key().cmp(&other.key()));
    let mut stated: Option<ShareRange> = None;
    let mut derived: Option<ShareRange> = None;
    let has_derived = readings.iter().any(|reading| reading.derived);
    let left = readings.iter().find(|reading| reading.derived && reading.is_sure);
    let left = left.map(|reading| reading.relation);
    let mut is_held = false;
    let mut relations = Vec::new();
    let mut again = None;
    let mut others = Vec::new();
    for same in readings.chunk_by(|one, other| one.key() == other.key()) {
        let is_derived = same.first().is_some_and(|reading| reading.derived);
        if is_derived {
            for reading in same {
                is_held |= reading.is_sure;
                derived = Some(derived.map_or(reading.span, |span| span.or(reading.span)));
                relations.push(reading.relation);
            }
        } else if let Some(counted) = left.filter(|_| same.iter().all(Reading::is_later)) {
            // Between what an event left and the first reading after it, the former counts and the latter is mentioned.
            let later = same.iter().map(|reading| reading.relation);
            others.extend(later.map(|relation| OtherReading { relation, counted, why: ReadingOrder::Later }));
        } else if let Some((span, is_sure)) = newest(same, &mut relations, &mut again, &mut others) {
            is_held |= is_sure;
            let span = if is_sure || has_derived { span } else { span.or_nothing() };
            stated = Some(stated.map_or(span, |sum| sum.and(span, None)));
        }
    }
    let span = match (stated, derived) {
        (Some(stated), Some(derived)) => stated.or(derived),
        (stated, derived) => stated.or(derived)?,
    };
    let span = if is_held || !has_derived { span } else { span.or_nothing() };
    Some(Counted { holder, jointly: Vec::new(), span, relations, again, others })
}

/// One stake stated several times: the newest reading in the view, or the range over candidates for it. Also whether
/// the stake is certainly held.
fn newest<'g>(
    same: &[Reading<'g>],
    relations: &mut Vec<Relation<'g>>,
    again: &mut Option<Relation<'g>>,
    others: &mut Vec<OtherReading<'g>>,
) -> Option<(ShareRange, bool)> {
    let view = same.first()?.relation.view();
    let mut order: Vec<(&Reading<'g>, Certainty)> =
        same.iter().filter_map(|reading| Some((reading, reading.reached(view)?))).collect();
    if order.is_empty() {
        // All figures are as of later days, and do not say how much it was before.
        relations.extend(same.iter().map(|reading| reading.relation));
        let first = same.iter().min_by_key(|reading| reading.as_of).map(|reading| reading.relation);
        others.extend(first.map(|first| OtherReading {
            relation: first,
            counted: first,
            why: ReadingOrder::First,
        }));
        return Some((ShareRange::UNKNOWN, true));
    }
    order.sort_by_key(|(reading, _)| std::cmp::Reverse(reading.as_of));
    let counted = order.first()?.0.relation;
    let mut note = |reading: &Reading<'g>, why| {
        others.push(OtherReading { relation: reading.relation, counted, why });
    };
    let later = same.iter().filter(|reading| reading.reached(view).is_none());
    later.for_each(|reading| note(reading, ReadingOrder::Later));
    let mut found: Option<ShareRange> = None;
    let mut settled: Option<Option<Date>> = None;
    let mut last: Option<(Option<Date>, Validity)> = None;
    for (reading, reached) in order {
        // What may have ended leaves room only for what can outlast it.
        let is_over = last.is_some_and(|(as_of, last)| {
            as_of != reading.as_of && !reading.relation.validity().outlasts(last)
        });
        if is_over || settled.is_some_and(|as_of| as_of != reading.as_of) {
            note(reading, ReadingOrder::Older);
            continue;
        }
        if found.is_some() {
            note(reading, ReadingOrder::Undecided);
        }
        if settled.is_some() {
            *again = Some(reading.relation);
        }
        found = Some(found.map_or(reading.span, |span| span.or(reading.span)));
        relations.push(reading.relation);
        if reached == Certainty::Certain && reading.is_sure {
            settled = Some(reading.as_of);
        } else if reached == Certainty::Certain && reading.may_have_ended && reading.as_of.is_some() {
            last = Some((reading.as_of, reading.relation.validity()));
        }
    }
    found.map(|span| (span, settled.is_some()))
}
