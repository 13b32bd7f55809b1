//! Facts that state the same thing differently, and which of them count.

use std::collections::HashMap;

use petgraph::unionfind::UnionFind;

use super::index::FactIx;
use super::store::room;
use super::{Fact, Relation, Right, View};
use crate::model::{Attribute, AttributeValue, FactRecord};
use crate::value::{Money, Share};

/// Which of several claims about the same thing count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Claims {
    /// All: certain is what every claim says, possible what any says; numbers widen to a range.
    #[default]
    All,
    /// Those whose newest source is the latest; ties are kept. Under a second clock, of the sources that may have been
    /// published by then.
    Newest,
    /// Those from filings, registers, courts and press releases of a party; all, if there is none.
    Official,
    /// As [`Claims::All`]; the program fails where an answer rests on a dispute.
    Strict,
}

impl Claims {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Newest => "newest",
            Self::Official => "official",
            Self::Strict => "strict",
        }
    }
}

/// The groups of facts that `claims_of` ties.
#[derive(Default)]
pub(crate) struct ClaimGroups {
    group: HashMap<FactIx, usize>,
    members: Vec<Vec<FactIx>>,
}

impl ClaimGroups {
    /// About how many bytes they take.
    pub(crate) fn memory(&self) -> usize {
        let members = self.members.iter().map(room).sum::<usize>();
        members + room(&self.members) + self.group.capacity() * size_of::<(FactIx, usize)>()
    }

    /// The groups among so many facts, of which these state what those do.
    pub(crate) fn new(facts: usize, claims_of: &[(FactIx, FactIx)]) -> Self {
        let mut groups = Self::default();
        if claims_of.is_empty() {
            return groups;
        }
        let mut tied = UnionFind::<usize>::new(facts);
        for (claim, other) in claims_of {
            tied.union(claim.get(), other.get());
        }
        let mut sets: HashMap<usize, Vec<FactIx>> = HashMap::new();
        for n in 0..facts {
            sets.entry(tied.find(n)).or_default().push(FactIx::new(n));
        }
        let mut sets: Vec<_> = sets.into_values().filter(|set| set.len() > 1).collect();
        sets.sort_unstable();
        for set in sets {
            groups.group.extend(set.iter().map(|fact| (*fact, groups.members.len())));
            groups.members.push(set);
        }
        groups
    }

    /// Whether no two facts are claims about the same.
    pub(crate) const fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The claims about what this fact states, itself among them; empty if it is the only one.
    pub(crate) fn of(&self, fact: FactIx) -> &[FactIx] {
        let group = self.group.get(&fact).and_then(|group| self.members.get(*group));
        group.map(Vec::as_slice).unwrap_or_default()
    }
}

/// The claims about what a fact states that count in a view, in order; none if it is the only one.
pub(crate) fn that_count<'g>(view: View<'g>, fact: FactIx) -> Vec<Fact<'g>> {
    let group = view.data().claims.of(fact).iter().map(|index| view.fact_at(*index));
    let known: Vec<Fact<'g>> = group.filter(|fact| fact.is_known()).collect();
    match view.claim_policy() {
        Claims::All | Claims::Strict => known,
        Claims::Newest => {
            let newest = known.iter().filter_map(|fact| newest_source(*fact)).max();
            known.into_iter().filter(|fact| newest_source(*fact) == newest).collect()
        }
        Claims::Official => {
            let official: Vec<_> = known.iter().copied().filter(|fact| fact.is_official()).collect();
            if official.is_empty() { known } else { official }
        }
    }
}

/// The date of the newest supporting source that the view may have read.
fn newest_source(fact: Fact<'_>) -> Option<crate::value::Date> {
    fact.published().max()
}

/// What the claims behind a relation say of its amount: one in their words, else the range over all; and whether
/// currencies differ, so that the first stands alone.
pub(crate) fn amount(relation: Relation<'_>) -> (Option<Money>, bool) {
    let facts = relation.claims().into_iter().filter_map(Relation::fact);
    let mut stated = facts.filter_map(|fact| fact.amount());
    let Some(first) = stated.next() else { return (None, false) };
    let mut differ = false;
    let widest = stated.fold(first, |widest, amount| match widest.widened_to(amount) {
        Some(wider) => wider,
        None if widest.is_undisclosed() => amount,
        None => {
            differ |= amount.currency().is_some_and(|currency| widest.currency() != Some(currency));
            widest
        }
    });
    (Some(widest), differ)
}

/// What the claims behind a relation say of its share of a right: one in their words, else the range over all.
pub(crate) fn share(relation: Relation<'_>, right: Right) -> Option<Share> {
    let stated = relation.claims().into_iter().filter_map(|claim| right.stated(claim));
    stated.reduce(|widest, share| match (widest.is_undisclosed(), share.is_undisclosed()) {
        (true, _) => share,
        (_, true) => widest,
        _ => widest.widened_to(share),
    })
}

/// The claims behind a relation that tell its amount, where others of them do not; none where all do or none does.
pub(crate) fn that_tell_amount(relation: Relation<'_>) -> Vec<Fact<'_>> {
    some_that(relation, |claim| claim.fact()?.amount().map(Money::is_undisclosed))
}

/// The same of its share.
pub(crate) fn that_tell_share(relation: Relation<'_>) -> Vec<Fact<'_>> {
    some_that(relation, |claim| claim.own_share().map(Share::is_undisclosed))
}

/// The facts of those claims that have a figure which is not kept undisclosed; none where that is all claims.
fn some_that<'g>(
    relation: Relation<'g>,
    is_undisclosed: impl Fn(Relation<'g>) -> Option<bool>,
) -> Vec<Fact<'g>> {
    let all = relation.fact().map_or(0, |fact| fact.claims().len());
    // What follows from events has its figures by a rule.
    if all < 2 || relation.derived().is_some() {
        return Vec::new();
    }
    let telling = relation.claims().into_iter().filter(|claim| is_undisclosed(*claim) == Some(false));
    let facts: Vec<_> = telling.filter_map(Relation::fact).collect();
    if facts.len() < all { facts } else { Vec::new() }
}

/// Whether claims say the same, but that some keep a figure to themselves which others tell.
///
/// Who does not disclose a price does not deny that it was 30 million.
pub(crate) fn differ_in_silence_only(claims: &[Fact<'_>]) -> bool {
    let bare: Vec<FactRecord> = claims.iter().map(|claim| without_figures(claim.bare_record())).collect();
    let same = bare.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
    let same_parties = claims.windows(2).all(|pair| matches!(pair, [a, b] if a.roles().eq(b.roles())));
    same && same_parties && told_once(claims)
}

/// A record without what says who states it and how surely, and without its figures.
fn without_figures(record: FactRecord) -> FactRecord {
    let mut attributes = record.attributes;
    attributes.retain(|(_, value)| !matches!(value, AttributeValue::Share(_)));
    FactRecord {
        id: None,
        claims_of: None,
        confidence: None,
        note: None,
        unsourced: false,
        amount: None,
        quantity: None,
        attributes,
        ..record
    }
}

/// Whether no figure is told in two ways, and one at least is told by some and not by all.
fn told_once(claims: &[Fact<'_>]) -> bool {
    let mut is_kept = false;
    let mut is_same = |figures: Vec<Option<String>>| {
        let told: Vec<&String> = figures.iter().flatten().collect();
        is_kept |= !told.is_empty() && told.len() < figures.len();
        told.windows(2).all(|pair| matches!(pair, [one, other] if one == other))
    };
    let records: Vec<FactRecord> = claims.iter().map(|claim| claim.bare_record()).collect();
    let amounts = records.iter().map(|r| r.amount.filter(|a| !a.is_undisclosed()).map(|a| a.to_string()));
    let quantities =
        records.iter().map(|r| r.quantity.filter(|q| !q.is_undisclosed()).map(|q| q.to_string()));
    let share = |record: &FactRecord, wanted: Attribute| {
        record.attributes.iter().find_map(|(attribute, value)| match value {
            AttributeValue::Share(share) if *attribute == wanted && !share.is_undisclosed() => {
                Some(share.to_string())
            }
            _ => None,
        })
    };
    let shares = [Attribute::Share, Attribute::Votes, Attribute::Profit]
        .map(|wanted| records.iter().map(|record| share(record, wanted)).collect::<Vec<_>>());
    let all = [amounts.collect(), quantities.collect()].into_iter().chain(shares);
    // Each is looked at, since any may show that something is kept.
    let same: Vec<bool> = all.map(&mut is_same).collect();
    same.into_iter().all(|same| same) && is_kept
}
