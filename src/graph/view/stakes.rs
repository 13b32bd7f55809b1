//! What is stated about the stakes in one company, and what of it counts in the view.

use std::collections::{BTreeMap, HashSet};

use super::certainty::validity_without;
use super::entity::Entity;
use super::fact::Fact;
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

    /// Nothing, or this.
    fn or_nothing(self) -> Self {
        Self { low: Proportion::ZERO, low_is_open: false, ..self }
    }

    /// The one or the other: at one bound the one that includes it reaches further.
    fn or(self, other: Self) -> Self {
        let (low, low_is_open) = (self.low, self.low_is_open).min((other.low, other.low_is_open));
        let (high, high_is_closed) = (self.high, !self.high_is_open).max((other.high, !other.high_is_open));
        Self { low, high, low_is_open, high_is_open: !high_is_closed }
    }

    /// Both together, at most so much. Where a sum is too long to be held, the wider bound is taken.
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

/// A stake as it counts: one holder, or several jointly, and one company.
pub(crate) struct Counted<'g> {
    /// Of several the first, in the order of ids.
    pub(crate) holder: Entity<'g>,
    /// Those who hold it jointly, in the order of ids; nobody if one holds it.
    pub(crate) jointly: Vec<Entity<'g>>,
    pub(crate) span: ShareRange,
    pub(crate) relations: Vec<Relation<'g>>,
    /// A statement that counts in its own right where another of the same stake does too, and nothing tells which is newer.
    pub(crate) again: Option<Relation<'g>>,
    /// What is stated of it and not added, since it is another reading.
    pub(crate) others: Vec<OtherReading<'g>>,
}

/// The stakes in one company.
#[derive(Default)]
pub(crate) struct InCompany<'g> {
    pub(crate) direct: Vec<Counted<'g>>,
    /// Declared indirect: they may sum up a chain.
    pub(crate) indirect: Vec<Counted<'g>>,
    /// They ended, and the view has no date.
    pub(crate) ended: Vec<Relation<'g>>,
}

/// Who has stakes in a company.
pub(crate) struct StakeParties<'g> {
    /// The company with its holders, also those who hold jointly; nobody if nobody holds any of it.
    pub(crate) holders: Vec<Entity<'g>>,
    /// Those who hold jointly, each set in the order of ids.
    pub(crate) joint: Vec<Vec<Entity<'g>>>,
}

/// Who has stakes in a company.
pub(crate) fn stake_parties(company: Entity<'_>) -> StakeParties<'_> {
    let mut parties = StakeParties { holders: Vec::new(), joint: Vec::new() };
    for relation in company.stakes_in_it().filter(|relation| relation.counts()) {
        parties.holders.push(relation.from());
        let joint = relation.joint_parties();
        if !joint.is_empty() {
            // A view may show the stake of some of them only.
            parties.holders.extend(&joint);
            parties.joint.push(joint);
        }
    }
    if !parties.holders.is_empty() {
        parties.holders.push(company);
    }
    parties
}

/// What counts of the stakes in a company.
pub(crate) fn in_company(company: Entity<'_>, right: Right) -> InCompany<'_> {
    let mut found = InCompany::default();
    // A right to profit alone says nothing of capital or votes.
    let gives = |relation: &Relation<'_>| right == Right::Profit || !relation.gives_profit_only();
    let stakes = company.stakes_in_it().filter(|relation| relation.counts() && gives(relation));
    let has_date = company.view().date().is_some();
    let mut readings: Vec<Reading<'_>> = Vec::new();
    let mut joint: BTreeMap<Vec<Entity<'_>>, Vec<Relation<'_>>> = BTreeMap::new();
    for relation in stakes {
        if !has_date && has_ended(relation) {
            found.ended.push(relation);
            continue;
        }
        let holders = relation.joint_parties();
        if !holders.is_empty() {
            joint.entry(holders).or_default().push(relation);
            continue;
        }
        if readings.first().is_some_and(|first| first.relation.from() != relation.from()) {
            found.take(std::mem::take(&mut readings));
        }
        readings.push(Reading::of(relation, right));
    }
    found.take(readings);
    for (holders, relations) in joint {
        found.take_joint(holders, &relations, right);
    }
    found
}

impl<'g> InCompany<'g> {
    /// All that is stated of one holder.
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

    /// All that is stated of some who hold it jointly: each statement has a relation for each of them, and is one
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

/// Whether a stake has an end, known or not; an event that is only pending or denied ends nothing yet.
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
    /// Whether it is in force for sure.
    is_sure: bool,
    /// Whether only this is in doubt: that it may have ended.
    may_have_ended: bool,
    indirect: bool,
    /// Which stake of the holder it is: class and intermediaries; all that follow from events are apart.
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

    /// Whether it is in force for sure, unless one of some facts ended it.
    fn is_sure_but_for(&self, facts: &[FactIx]) -> bool {
        let relation = self.relation;
        let (Some(date), false) = (relation.view().date(), self.is_sure) else { return self.is_sure };
        let validity = validity_without(relation.view(), relation.index(), facts);
        let is_in_force = validity.at_days(date) == Some(Certainty::Certain);
        is_in_force && is_settled(relation) && relation.fact().is_none_or(Fact::is_surely_known)
    }

    /// Whether the figure was taken after the date of the view.
    fn is_later(&self) -> bool {
        self.reached(self.relation.view()).is_none()
    }

    /// How sure the figure was taken by the date of the view.
    fn reached(&self, view: View<'_>) -> Option<Certainty> {
        match (view.date(), self.as_of) {
            (Some(date), Some(as_of)) => view.reached(as_of, date),
            _ => Some(Certainty::Certain),
        }
    }
}

/// Whether all claims that count say that the stake is in force, and no source denies it.
fn is_sure(relation: Relation<'_>) -> bool {
    relation.certainty() != Some(Certainty::Possible) && is_settled(relation)
}

/// Whether all claims that count state the stake, and no source denies it.
fn is_settled(relation: Relation<'_>) -> bool {
    let Some(fact) = relation.fact() else { return true };
    let is_partial = || {
        let claims = fact.claims();
        !claims.is_empty() && relation.claims().len() < claims.len()
    };
    !fact.is_refuted() && !is_partial()
}

/// Whether one undisputed statement, surely known, says that the stake had begun by the date of the view.
fn may_have_ended(relation: Relation<'_>, fact: Fact<'_>) -> bool {
    let is_settled = !fact.is_refuted() && fact.claims().is_empty() && fact.is_surely_known();
    is_settled && relation.view().date().is_some_and(|date| relation.validity().has_begun(date))
}

/// The share that a relation states of a right; of claims that differ, the range over those that tell one.
fn span(relation: Relation<'_>, right: Right) -> ShareRange {
    let claims = relation.claims().into_iter().filter_map(|claim| right.stated(claim));
    let ranges = claims.filter(|share| !share.is_undisclosed()).map(ShareRange::of);
    ranges.reduce(ShareRange::or).unwrap_or(ShareRange::UNKNOWN)
}

/// Stakes of different classes or through different hands add up. What is stated and what follows from events are states one
/// after the other: of several that may be in force one is, and if one of them would surely be but for the events that lead
/// to the others, it is not nothing.
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
            // Between what an event left and the first reading after it, the one counts and the other is told.
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

/// One stake told several times: the newest reading in the view, or the range over those that may be it; and whether it is
/// surely held.
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
        // All figures are from later: how much it was before, they do not say.
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
