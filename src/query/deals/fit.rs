//! Which facts fit a question for deals.

use super::{Converted, Deal, DealEnd, Deals};
use crate::graph::Fact;
use crate::model::RelationKind;
use crate::model::vocabulary::Projection;
use crate::value::{Currency, Date, Money};

impl<'g> Deals<'g> {
    pub(super) fn is_asked_for(&self, fact: Fact<'g>) -> bool {
        let any_kind = self.kinds.is_empty() && self.relation_kinds.is_empty();
        let asked =
            || self.kinds.contains(&fact.kind()) || self.relation_kinds.iter().any(|k| projects(fact, *k));
        let kind = if any_kind { fact.kind().row().deal } else { asked() };
        kind && self.parties.iter().all(|party| fact.roles().any(|(_, entity)| entity == *party))
    }

    /// Whether a day of the deal is within the period asked for; `None` if it has none but a period was given.
    fn in_time(&self, fact: Fact<'g>) -> Option<bool> {
        if self.since.is_none() && self.until.is_none() {
            return Some(true);
        }
        let record = fact.bare_record();
        let made = [record.announced, record.signed, record.since, record.completed];
        let mut days = made.into_iter().flatten().peekable();
        match days.peek() {
            Some(_) => Some(days.any(|date| self.is_within(date))),
            None => record.as_of.map(|date| self.is_within(date)),
        }
    }

    /// Whether a date may be within the period asked for.
    fn is_within(&self, date: Date) -> bool {
        date.may_lie_within(self.since, self.until)
    }

    /// Whether a fact of the parties and kinds asked for fits the period, the end and the amount.
    pub(super) fn fits(&self, fact: Fact<'g>) -> Fit<'g> {
        match self.in_time(fact) {
            Some(true) => {}
            Some(false) => return Fit::No,
            None => return Fit::NoDate,
        }
        let mut deal = Deal { fact, converted: None, end: None };
        if let Some(date) = self.ending {
            deal.end = end(fact, date);
            if deal.end.is_none() {
                let is_open = !fact.kind().row().event && fact.counts() && fact.is_without_end();
                return if is_open { Fit::NoEnd } else { Fit::No };
            }
        }
        deal.converted = fact.amount().and_then(|amount| self.convert(amount));
        match (self.min, deal.amount()) {
            (None, _) => Fit::Yes(deal),
            (Some(_), None) => Fit::NoAmount,
            (Some(min), Some(amount)) => match (amount.currency(), min.currency()) {
                (_, None) => Fit::Yes(deal),
                (None, _) => Fit::NoAmount,
                (ours, theirs) if ours != theirs => Fit::OtherCurrency,
                _ if may_reach(amount, min) => Fit::Yes(deal),
                _ => Fit::No,
            },
        }
    }

    /// The currency that rates convert to.
    pub(crate) fn target(&self) -> Option<Currency> {
        self.currency.or_else(|| self.min?.currency())
    }

    /// The amount in the currency that rates convert to; none if it is in that one, or there is no rate for it.
    pub(crate) fn convert(&self, amount: Money) -> Option<Converted> {
        let to = self.target()?;
        let from = amount.currency().filter(|from| *from != to)?;
        let rate = *self.rates.iter().find(|rate| rate.currency() == from)?;
        Some(Converted { amount: rate.convert(amount, to)?, rate })
    }
}

/// When a fact ends, if it may be over on the first day of a date.
fn end(fact: Fact<'_>, date: Date) -> Option<DealEnd> {
    let (certainty, date) = date.earliest().and_then(|day| fact.ended_by(day))?;
    Some(DealEnd { date, certainty })
}

/// Whether an amount may be at least another of its currency.
fn may_reach(amount: Money, min: Money) -> bool {
    match (amount.high(), min.low()) {
        (Some(high), Some(least)) if high == least => !amount.high_is_open() && !min.low_is_open(),
        (Some(high), Some(least)) => high > least,
        _ => true,
    }
}

/// Whether a relation of this kind follows from the fact.
fn projects(fact: Fact<'_>, kind: RelationKind) -> bool {
    let count = |role| fact.parties(role).count();
    let tied = kind == RelationKind::IsLinkedTo && fact.tied_to().next().is_some();
    let mut projections = fact.kind().row().projections.iter();
    tied || projections.any(|projection| match *projection {
        Projection::Each(k, from, to) => k == kind && count(from) > 0 && count(to) > 0,
        Projection::Mutual(k, side, other) => k == kind && count(side) + other.map_or(0, count) > 1,
    })
}

/// Whether a fact fits the question; if not, why it is counted.
pub(super) enum Fit<'g> {
    Yes(Deal<'g>),
    No,
    NoDate,
    NoEnd,
    NoAmount,
    OtherCurrency,
}
