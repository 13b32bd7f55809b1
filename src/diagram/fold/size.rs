//! How much lines come to: what decides which are drawn and which are folded, and what the folded come to together.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use crate::analysis::{Fraction, Ownership, ShareRange};
use crate::diagram::words::counted;
use crate::graph::{Entity, Fact, Relation, Right};
use crate::model::RelationKind;
use crate::value::{Currency, Decimal, Money};

/// Sums of shares are told to so many places of a percent.
const PLACES: u32 = 4;

/// The stakes of a view, laid out when they are first asked for.
#[derive(Default)]
pub(super) struct Stakes<'g>(OnceCell<Ownership<'g>>);

impl<'g> Stakes<'g> {
    fn of(&self, relation: Relation<'g>) -> &Ownership<'g> {
        self.0.get_or_init(|| Ownership::new(relation.from().view()))
    }

    /// The largest stake that one of these relations gives, of capital, votes or profit: at least, and at most. Who
    /// controls another by somebody's word comes before all of them.
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

    /// What the holders of these stakes in one company have together, in words; and of how many no share is known.
    pub(super) fn together(&self, relations: &[Relation<'g>]) -> Vec<String> {
        let stakes: Vec<_> =
            relations.iter().filter(|relation| relation.kind() == RelationKind::OwnsShareOf).collect();
        let Some(first) = stakes.first() else { return Vec::new() };
        let mut seen = HashSet::new();
        let holders: Vec<Entity<'g>> =
            stakes.iter().map(|stake| stake.from()).filter(|holder| seen.insert(*holder)).collect();
        let (sum, unstated) = self.of(**first).together(Right::Equity, &holders, first.to());
        let known = sum.map(|sum| format!("{} together", sum.words(PLACES)));
        let unknown = (unstated > 0).then(|| format!("no share stated of {unstated}"));
        known.into_iter().chain(unknown).collect()
    }
}

fn stated(relation: Relation<'_>) -> Option<(Fraction, Fraction)> {
    relation.share().map(|share| (share.low().into(), share.high().into()))
}

/// What facts come to, each counted once: amounts by currency, which are never added to one another.
#[derive(Debug, Default)]
pub(super) struct Total<'g> {
    facts: HashSet<Fact<'g>>,
    amounts: BTreeMap<Currency, Money>,
    /// How many state none, or keep it back.
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

    /// Leaves out what these facts state, because it is told already.
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

    /// In the order of currencies.
    pub(super) fn amounts(&self) -> impl Iterator<Item = (Currency, Money)> {
        self.amounts.iter().map(|(currency, amount)| (*currency, *amount))
    }

    /// "USD 45 million and EUR 3 million"; nothing where no amount is known.
    pub(super) fn words(&self) -> Option<String> {
        let amounts: Vec<_> = self.amounts.values().map(|amount| amount.words().to_string()).collect();
        let (last, rest) = amounts.split_last()?;
        Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
    }

    /// "no amount known of 3 facts"; nothing where all amounts are known, or none.
    pub(super) fn unknown(&self) -> Option<String> {
        (self.without > 0 && !self.amounts.is_empty())
            .then(|| format!("no amount known of {}", counted(self.without, "fact", "facts")))
    }
}

/// The order of things by what they cost: the largest of each currency first, then the second largest of each, and so
/// on, since currencies cannot be compared. What costs nothing is not in it.
pub(super) fn ranked<T: Copy>(costs: impl IntoIterator<Item = (T, Currency, Money)>) -> Vec<T> {
    let mut by_currency: BTreeMap<Currency, Vec<(Decimal, T)>> = BTreeMap::new();
    for (thing, currency, amount) in costs {
        let size = amount.low().or_else(|| amount.high()).unwrap_or(Decimal::ZERO);
        by_currency.entry(currency).or_default().push((size, thing));
    }
    let mut ranked: Vec<(usize, Currency, T)> = Vec::new();
    for (currency, mut things) in by_currency {
        // A sort that keeps the order of those that are equal.
        things.sort_by_key(|(size, _)| Reverse(*size));
        ranked.extend(things.into_iter().enumerate().map(|(rank, (_, thing))| (rank, currency, thing)));
    }
    ranked.sort_by_key(|(rank, currency, _)| (*rank, *currency));
    ranked.into_iter().map(|(.., thing)| thing).collect()
}
