//! The size of lines: it decides which are drawn and which are folded, and gives the totals of the folded.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use crate::analysis::{Fraction, Ownership, ShareRange};
use crate::diagram::words::counted;
use crate::graph::{Entity, Fact, Relation, Right};
use crate::model::RelationKind;
use crate::value::{Currency, Decimal, Money};

/// Decimal places of a percentage in sums of shares.
const PLACES: u32 = 4;

/// The stakes of a view, computed on first use.
#[derive(Default)]
pub(super) struct Stakes<'g>(OnceCell<Ownership<'g>>);

impl<'g> Stakes<'g> {
    fn of(&self, relation: Relation<'g>) -> &Ownership<'g> {
        self.0.get_or_init(|| relation.from().view().ownership())
    }

    /// The largest stake among these relations, of capital, votes or profit, as lower and upper bound. Stated control
    /// ranks above any stake.
    pub(super) fn largest(&self, relations: &[Relation<'g>]) -> Option<(Fraction, Fraction)> {
        relations.iter().filter_map(|relation| self.stake(*relation)).max()
    }

    fn stake(&self, relation: Relation<'g>) -> Option<(Fraction, Fraction)> {
        match relation.kind() {
            RelationKind::Controls | RelationKind::IsParentOf | RelationKind::IsTrusteeOf => {
                Some((Fraction::one(), Fraction::one()))
            }
            RelationKind::OwnsShareOf => {
                let ownership = self.of(relation);
                let direct = |right: &Right| ownership.direct(*right, relation.from(), relation.to());
                let bounds = |share: ShareRange| (share.low().clone(), share.high().clone());
                Right::ALL.iter().filter_map(direct).map(bounds).max().or_else(|| stated(relation))
            }
            _ => stated(relation),
        }
    }

    /// The combined share of the holders of these stakes in one company, in words, and how many have no known share.
    pub(super) fn together(&self, relations: &[Relation<'g>]) -> Vec<String> {
        let stakes: Vec<_> =
            relations.iter().filter(|relation| relation.kind() == RelationKind::OwnsShareOf).collect();
        let Some(first) = stakes.first() else { return Vec::new() };
        let mut seen = HashSet::new();
        let holders: Vec<Entity<'g>> =
            stakes.iter().map(|stake| stake.from()).filter(|holder| seen.insert(*holder)).collect();
        let (sum, unstated) = self.of(**first).together(Right::Equity, &holders, first.to());
        let known = sum.map(|sum| format!("{} together", sum.words(PLACES)));
        let unknown = (unstated > 0).then(|| format!("{unstated} without a stated share"));
        known.into_iter().chain(unknown).collect()
    }
}

fn stated(relation: Relation<'_>) -> Option<(Fraction, Fraction)> {
    relation.share().map(|share| (share.low().into(), share.high().into()))
}

/// The sum of the amounts of facts, each counted once. Amounts in different currencies are never added.
#[derive(Debug, Default)]
pub(super) struct Total<'g> {
    facts: HashSet<Fact<'g>>,
    amounts: BTreeMap<Currency, Money>,
    /// How many facts state no amount or withhold it.
    without: usize,
}

impl<'g> Total<'g> {
    pub(super) fn of(relations: &[Relation<'g>]) -> Self {
        let mut total = Self::default();
        for relation in relations {
            total.add(*relation);
        }
        total
    }

    /// Subtracts what these facts state, because it is shown elsewhere.
    pub(super) fn without(mut self, relations: &[Relation<'g>]) -> Self {
        self.facts.extend(relations.iter().filter_map(|relation| relation.fact()));
        self
    }

    pub(super) fn add(&mut self, relation: Relation<'g>) {
        if relation.fact().is_none_or(|fact| !self.facts.insert(fact)) {
            return;
        }
        let amount = relation.amount().and_then(|amount| Some((amount.currency()?, amount)));
        let sum = amount.and_then(|(currency, amount)| match self.amounts.get(&currency) {
            Some(sum) => Some((currency, sum.checked_add(amount)?)),
            None => Some((currency, amount)),
        });
        match sum {
            Some((currency, sum)) => drop(self.amounts.insert(currency, sum)),
            None => self.without += 1,
        }
    }

    /// In order of currency.
    pub(super) fn amounts(&self) -> impl Iterator<Item = (Currency, Money)> {
        self.amounts.iter().map(|(currency, amount)| (*currency, *amount))
    }

    /// "USD 45 million and EUR 3 million"; none if no amount is known.
    pub(super) fn words(&self) -> Option<String> {
        let amounts: Vec<_> = self.amounts.values().map(|amount| amount.words().to_string()).collect();
        let (last, rest) = amounts.split_last()?;
        Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
    }

    /// "3 facts without a known amount"; none if all amounts are known, or none is.
    pub(super) fn unknown(&self) -> Option<String> {
        (self.without > 0 && !self.amounts.is_empty())
            .then(|| format!("{} without a known amount", counted(self.without, "fact", "facts")))
    }
}

/// Ranks things by cost: the largest of each currency first, then the second largest of each, and so on, since
/// currencies cannot be compared. Things without a cost are left out.
pub(super) fn ranked<T: Copy>(costs: impl IntoIterator<Item = (T, Currency, Money)>) -> Vec<T> {
    let mut by_currency: BTreeMap<Currency, Vec<(Decimal, T)>> = BTreeMap::new();
    for (thing, currency, amount) in costs {
        let size = amount.low().or_else(|| amount.high()).unwrap_or(Decimal::ZERO);
        by_currency.entry(currency).or_default().push((size, thing));
    }
    let mut ranked: Vec<(usize, Currency, T)> = Vec::new();
    for (currency, mut things) in by_currency {
        // A stable sort: equal items keep their order.
        things.sort_by_key(|(size, _)| Reverse(*size));
        ranked.extend(things.into_iter().enumerate().map(|(rank, (_, thing))| (rank, currency, thing)));
    }
    ranked.sort_by_key(|(rank, currency, _)| (*rank, *currency));
    ranked.into_iter().map(|(.., thing)| thing).collect()
}
