//! Deals in groups: how many, and what they amount to.

mod key;
mod standing;
mod sum;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

pub use key::{DealKey, GroupName};
pub use sum::DealSum;

use self::standing::{Standing, standings};
use self::sum::Sums;
use crate::graph::{Certainty, Fact};
use crate::query::{Converted, DealList, DealOrder, Deals, by_amount};
use crate::value::{Currency, Money};

/// Of each of these deals whether [sums](DealGroup::sums) over all of them have its amount: not if it is undisclosed, not those of legs whose whole
/// has one, of rumours, of what is only sought, was called off or replaced, or of further claims about the same deal.
#[cfg(feature = "answer")]
pub(crate) fn added_up(deals: &[Fact<'_>]) -> Vec<bool> {
    let is_added = |standing: &Standing| match standing {
        Standing::Deal => true,
        Standing::Leg { adds } => *adds,
        _ => false,
    };
    let added = standings(deals);
    added
        .iter()
        .zip(deals)
        .map(|(one, fact)| is_added(one) && fact.amount().is_some_and(|amount| !amount.is_undisclosed()))
        .collect()
}

/// Deals in groups.
#[derive(Clone, Debug)]
pub struct DealGroups<'g> {
    groups: Vec<DealGroup<'g>>,
    total: DealGroup<'g>,
    more: usize,
    list: DealList<'g>,
}

/// Some deals: how many, what they amount to, and what was counted apart from them.
///
/// Each fact is in one of the lists, and only the amounts of [`deals`](Self::deals) and of some [`legs`](Self::legs) are
/// added up. All lists are by date, then by id.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DealGroup<'g> {
    /// What they have in common.
    pub name: GroupName<'g>,
    /// The deals.
    pub deals: Vec<Fact<'g>>,
    /// What they amount to, a sum for each currency in the order of their codes; currencies are never added up. Of a deal
    /// about which there are several claims, the range over the amounts of those that are listed.
    pub sums: Vec<DealSum>,
    /// How many of the deals state no amount, or withhold it.
    pub without_amount: usize,
    /// How many of the deals are only possible on the date of the view.
    pub only_possible: usize,
    /// Legs of larger deals.
    pub legs: Vec<Fact<'g>>,
    /// How many of the legs are in the sums: those with an amount, where no larger deal of theirs states one.
    pub legs_added: usize,
    /// Rumours.
    pub rumoured: Vec<Fact<'g>>,
    /// Deals that are only sought.
    pub sought: Vec<Fact<'g>>,
    /// Deals that were called off.
    pub withdrawn: Vec<Fact<'g>>,
    /// Deals that others replace.
    pub replaced: Vec<Fact<'g>>,
    /// Further claims about deals that are counted by another.
    pub other_claims: Vec<Fact<'g>>,
}

impl<'g> Deals<'g> {
    /// The deals in groups, with a sum for each currency; [rates](Deals::rate) convert amounts before they are added.
    ///
    /// Years come in their order, other groups by the number of their deals, most first, then by name; what is not known
    /// comes last. [`Deals::sort`] chooses another order: by the date of their first deal, by their sums as amounts are
    /// ordered (first all that have a sum in the first currency), or by name. [`Deals::skip`] and [`Deals::top`] choose
    /// among the groups, and not among the deals: the total is of all.
    ///
    /// ```
    /// # use keiretsu::{DealKey, Graph};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [
    ///         Sale(seller: "a", buyer: "b", completed: "2014", amount: "USD 350 million", unsourced: true),
    ///         Sale(id: "whole", seller: "b", buyer: "a", completed: "2015", amount: "USD ~80 million", unsourced: true),
    ///         Sale(seller: "b", buyer: "a", completed: "2015", amount: "USD 30 million", part_of: "whole", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let groups = graph.view().deals().groups(DealKey::Year);
    /// let year = &groups.groups()[1];
    /// assert_eq!((year.name.to_string().as_str(), year.deals.len(), year.legs.len()), ("2015", 1, 1));
    /// assert_eq!(year.sums[0].amount.unwrap().words().to_string(), "about USD 80 million");
    /// assert_eq!(groups.total().sums[0].amount.unwrap().words().to_string(), "about USD 430 million");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn groups(&self, key: DealKey) -> DealGroups<'g> {
        let list = self.find();
        let facts: Vec<Fact<'g>> = list.facts().collect();
        // Of several claims about a deal, those that are listed are added up.
        let listed: HashSet<Fact<'g>> = facts.iter().copied().collect();
        let mut total = Members::new(GroupName::All);
        let mut groups: Vec<Members<'g>> = Vec::new();
        let mut positions: HashMap<GroupName<'g>, usize> = HashMap::new();
        let replaced = list.replaced().map(|fact| (fact, Standing::Replaced));
        let mut all: Vec<_> = facts.iter().copied().zip(standings(&facts)).chain(replaced).collect();
        all.sort_by_cached_key(|(fact, _)| (fact.date().is_none(), fact.date(), fact.id()));
        for (fact, standing) in all {
            let stated = if standing.is_added() {
                fact.claimed_amount(|claim| listed.contains(claim))
            } else {
                fact.amount()
            };
            let converted = stated.and_then(|amount| self.convert(amount));
            let amount = converted.map(|converted| converted.amount).or(stated);
            total.add(fact, standing, amount, converted);
            for name in key.of(fact, amount, self.parties()) {
                let position = *positions.entry(name).or_insert_with(|| {
                    groups.push(Members::new(name));
                    groups.len() - 1
                });
                if let Some(group) = groups.get_mut(position) {
                    group.add(fact, standing, amount, converted);
                }
            }
        }
        let mut groups: Vec<DealGroup<'g>> = groups.into_iter().map(Members::finish).collect();
        order(&mut groups, self.order(), key, self.target());
        let (skip, top) = self.page();
        groups.drain(..skip.min(groups.len()));
        let more = groups.len().saturating_sub(top);
        groups.truncate(top);
        DealGroups { groups, total: total.finish(), more, list }
    }
}

impl<'g> DealGroups<'g> {
    /// The groups, in their order.
    #[must_use]
    pub fn groups(&self) -> &[DealGroup<'g>] {
        &self.groups
    }

    /// All deals, each counted once: those of groups that were skipped or cut, too.
    #[must_use]
    pub const fn total(&self) -> &DealGroup<'g> {
        &self.total
    }

    /// How many groups follow after the last one that [was asked for](Deals::top).
    #[must_use]
    pub const fn more(&self) -> usize {
        self.more
    }

    /// The deals that are grouped, and how many were left out and why.
    #[must_use]
    pub const fn list(&self) -> &DealList<'g> {
        &self.list
    }
}

/// A group that deals are added to.
struct Members<'g> {
    group: DealGroup<'g>,
    sums: Sums,
}

impl<'g> Members<'g> {
    fn new(name: GroupName<'g>) -> Self {
        let group = DealGroup {
            name,
            deals: Vec::new(),
            sums: Vec::new(),
            without_amount: 0,
            only_possible: 0,
            legs: Vec::new(),
            legs_added: 0,
            rumoured: Vec::new(),
            sought: Vec::new(),
            withdrawn: Vec::new(),
            replaced: Vec::new(),
            other_claims: Vec::new(),
        };
        Self { group, sums: Sums::default() }
    }

    fn add(
        &mut self,
        fact: Fact<'g>,
        standing: Standing,
        amount: Option<Money>,
        converted: Option<Converted>,
    ) {
        let Self { group, sums } = self;
        let rate = converted.map(|converted| converted.rate);
        match standing {
            Standing::Deal => {
                group.deals.push(fact);
                group.without_amount += usize::from(!sums.add(amount, rate));
                group.only_possible += usize::from(fact.certainty() == Some(Certainty::Possible));
            }
            Standing::Leg { adds } => {
                group.legs.push(fact);
                group.legs_added += usize::from(adds && sums.add(amount, rate));
            }
            Standing::OtherClaim => group.other_claims.push(fact),
            Standing::Sought => group.sought.push(fact),
            Standing::Withdrawn => group.withdrawn.push(fact),
            Standing::Replaced => group.replaced.push(fact),
            Standing::Rumoured => group.rumoured.push(fact),
        }
    }

    fn finish(self) -> DealGroup<'g> {
        DealGroup { sums: self.sums.finish(), ..self.group }
    }
}

impl<'g> DealGroup<'g> {
    /// All its facts: those that are counted, then those apart.
    pub fn facts(&self) -> impl Iterator<Item = Fact<'g>> {
        let apart = [&self.rumoured, &self.sought, &self.withdrawn, &self.replaced, &self.other_claims];
        [&self.deals, &self.legs].into_iter().chain(apart).flatten().copied()
    }
}

/// Puts groups in order.
fn order(groups: &mut [DealGroup<'_>], order: Option<DealOrder>, key: DealKey, first: Option<Currency>) {
    groups.sort_by_cached_key(|group| by_name(group.name));
    match (order, key) {
        (Some(DealOrder::Name), _) | (None, DealKey::Year) => {}
        (Some(DealOrder::Date), _) => groups.sort_by_cached_key(|group| {
            let first = group.facts().filter_map(Fact::date).min();
            (first.is_none(), first)
        }),
        (Some(DealOrder::Amount), _) => {
            groups.sort_by_cached_key(|group| by_amount(leading(&group.sums, first), first));
        }
        (None, _) => groups.sort_by_cached_key(|group| {
            (matches!(group.name, GroupName::Unknown(_)), Reverse(group.deals.len()))
        }),
    }
}

/// The sum that a group stands by: that in a currency if it has one, else its first.
fn leading(sums: &[DealSum], currency: Option<Currency>) -> Option<Money> {
    let own = sums.iter().find(|sum| Some(sum.currency) == currency);
    own.or_else(|| sums.first()).and_then(|sum| sum.amount)
}

/// Years by date, everything else by name in any case of letters, then by id; what is not known last.
fn by_name(name: GroupName<'_>) -> impl Ord {
    let (year, id) = match name {
        GroupName::Year(date) => (Some(date), None),
        GroupName::Party(party) => (None, Some(party.id().to_owned())),
        _ => (None, None),
    };
    let text = if year.is_some() { String::new() } else { name.to_string().to_lowercase() };
    (matches!(name, GroupName::Unknown(_)), year, text, id)
}
