//! Facts that state the same thing differently, and which of them count.

use std::sync::Arc;

use super::evidence::Evidence;
use super::fact::Fact;
use super::policy::Claims;
use super::relation::Relation;
use super::right::Right;
use super::view::View;
use crate::graph::store::index::{FactIx, RelationIx};
use crate::graph::store::lookup::{CountedClaims, Tie};
use crate::model::{Attribute, AttributeValue, FactRecord, RelationKind};
use crate::value::{Money, Share};

impl<'g> Relation<'g> {
    /// The share of a stake, as stated or as left by an event. If several claims differ, the range over all.
    #[must_use]
    pub fn share(self) -> Option<Share> {
        share(self, Right::Equity)
    }

    /// The share of a right that a stake gives: the stated share of the votes or profit, else [`Relation::share`].
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind, Right};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "delta": (name: "Delta"), "oak": (name: "Oak") },
    ///     facts: [Ownership(owner: "oak", owned: "delta", share: "49%", votes: "60%", unsourced: true)],
    /// )"#)?;
    /// let stake = graph.view().relations().find(|relation| relation.kind() == RelationKind::OwnsShareOf).unwrap();
    /// let of = |right| stake.share_of(right).unwrap().to_string();
    /// assert_eq!([of(Right::Equity), of(Right::Votes), of(Right::Profit)], ["49%", "60%", "49%"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn share_of(self, right: Right) -> Option<Share> {
        share(self, right)
    }

    /// The same, and for an investment, which is not a stake itself, the share that it states to buy.
    pub(crate) fn told_share_of(self, right: Right) -> Option<Share> {
        let invested = || match self.kind() {
            RelationKind::InvestsIn if self.derived().is_none() => stated_by(self),
            _ => None,
        };
        self.share_of(right).or_else(invested)
    }

    /// The money of its fact. If several claims differ, the range over all, in the currency of the first.
    #[must_use]
    pub fn amount(self) -> Option<Money> {
        amount(self).0
    }

    /// The evidence of the claims that state the [amount](Self::amount), if others do not; else empty.
    #[must_use]
    pub fn amount_evidence(self) -> Vec<Evidence<'g>> {
        that_tell_amount(self).into_iter().flat_map(Fact::evidence).collect()
    }

    /// The evidence of the claims that state the [share](Self::share), if others do not; else empty.
    #[must_use]
    pub fn share_evidence(self) -> Vec<Evidence<'g>> {
        that_tell_share(self).into_iter().flat_map(Fact::evidence).collect()
    }
}

impl<'g> Fact<'g> {
    /// Whether a source refutes it, or another claim that counts in the view states it differently.
    ///
    /// It is no dispute if one claim merely states a figure that another does not disclose.
    #[must_use]
    pub fn is_disputed(self) -> bool {
        self.is_refuted() || self.claims_differ()
    }

    /// Whether the claims that count state it differently. Each of them asks: of many, the answer is remembered.
    fn claims_differ(self) -> bool {
        let view = self.view();
        let group = view.data().claims.of(self.index());
        let find = || {
            let claims = self.claims();
            claims.len() > 1 && !differ_in_silence_only(&claims)
        };
        match group.first() {
            Some(first) if group.len() >= FEW => {
                view.data().lookups.differ.get_or_make(view.seen_fact(*first), find)
            }
            _ => find(),
        }
    }

    /// Its amount, or the range over all that some of its claims state, in the currency of the first that discloses one.
    pub(crate) fn claimed_amount(self, among: impl Fn(&Self) -> bool) -> Option<Money> {
        let mut claims = self.claims();
        claims.retain(among);
        if claims.len() < 2 { self.amount() } else { widest(claims.into_iter().filter_map(Self::amount)).0 }
    }

    /// The claims about the same thing that count in the view, in order, including itself; empty if it is the only one.
    #[must_use]
    pub fn claims(self) -> Vec<Self> {
        that_count(self.view(), self.index())
    }

    /// How many claims about the same thing count in the view, including itself; 0 if it is the only one.
    pub(crate) fn claim_count(self) -> usize {
        match self.view().data().claims.of(self.index()) {
            [] => 0,
            _ => counted(self.view(), self.index()).all.len(),
        }
    }
}

/// Of fewer claims, what it costs to look at all is not worth remembering.
pub(super) const FEW: usize = 8;

/// The claims about what a fact states that count in a view, in order; empty if it is the only one.
pub(crate) fn that_count<'g>(view: View<'g>, fact: FactIx) -> Vec<Fact<'g>> {
    if view.data().claims.of(fact).is_empty() {
        return Vec::new();
    }
    counted(view, fact).all.iter().map(|index| view.fact_at(*index)).collect()
}

/// The claims about what a fact states that count in a view. Each of them asks: of many, the answer is remembered.
pub(crate) fn counted(view: View<'_>, fact: FactIx) -> Arc<CountedClaims> {
    let group = view.data().claims.of(fact);
    let find = || Arc::new(CountedClaims::new(find_counted(view, group)));
    match group.first() {
        Some(first) if group.len() >= FEW => {
            view.data().lookups.counted.get_or_make(view.seen_fact(*first), find)
        }
        _ => find(),
    }
}

fn find_counted(view: View<'_>, group: &[FactIx]) -> Vec<FactIx> {
    let known: Vec<Fact<'_>> =
        group.iter().map(|index| view.fact_at(*index)).filter(|fact| fact.is_known()).collect();
    let official: Vec<Fact<'_>> = match view.claim_policy() {
        Claims::Official => known.iter().copied().filter(|fact| fact.is_official()).collect(),
        Claims::All | Claims::Strict | Claims::Newest => Vec::new(),
    };
    let counted = match view.claim_policy() {
        Claims::Newest => {
            let newest = known.iter().filter_map(|fact| newest_source(*fact)).max();
            known.into_iter().filter(|fact| newest_source(*fact) == newest).collect()
        }
        Claims::Official if !official.is_empty() => official,
        Claims::All | Claims::Strict | Claims::Official => known,
    };
    counted.into_iter().map(Fact::index).collect()
}

/// Of claims that say the same as a relation, the relation of the first that counts: it stands for all.
pub(crate) fn spokesman(
    view: View<'_>,
    fact: FactIx,
    tie: Tie,
    find: impl FnOnce() -> Option<RelationIx>,
) -> Option<RelationIx> {
    match view.data().claims.of(fact) {
        group @ [first, ..] if group.len() >= FEW => {
            view.data().lookups.spokesmen.get_or_make((view.seen_fact(*first), tie), find)
        }
        _ => find(),
    }
}

/// The date of the newest supporting source that the view may have read.
fn newest_source(fact: Fact<'_>) -> Option<crate::value::Date> {
    fact.published().max()
}

/// The amount according to the claims behind a relation: a single figure as written, else the range over all. Also
/// whether currencies differ, so that only the first is given.
pub(crate) fn amount(relation: Relation<'_>) -> (Option<Money>, bool) {
    let facts = relation.claims().into_iter().filter_map(Relation::fact);
    widest(facts.filter_map(|fact| fact.amount()))
}

/// The range over all amounts that are disclosed in the currency of the first; whether there are others.
fn widest(mut stated: impl Iterator<Item = Money>) -> (Option<Money>, bool) {
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

/// The share of a right according to the claims behind a relation: a single figure as written, else the range over all.
pub(crate) fn share(relation: Relation<'_>, right: Right) -> Option<Share> {
    widest_share(relation.claims().into_iter().filter_map(|claim| right.stated(claim)))
}

/// The share that the claims behind a relation state, whether or not it is one of a stake.
fn stated_by(relation: Relation<'_>) -> Option<Share> {
    let of = |fact: Fact<'_>| {
        fact.attributes().find_map(|(attribute, value)| match value {
            AttributeValue::Share(share) if attribute == Attribute::Share => Some(share),
            _ => None,
        })
    };
    widest_share(relation.claims().into_iter().filter_map(Relation::fact).filter_map(of))
}

fn widest_share(stated: impl Iterator<Item = Share>) -> Option<Share> {
    stated.reduce(|widest, share| match (widest.is_undisclosed(), share.is_undisclosed()) {
        (true, _) => share,
        (_, true) => widest,
        _ => widest.widened_to(share),
    })
}

/// The claims behind a relation that state its amount, if others do not; empty if all or none do.
pub(crate) fn that_tell_amount(relation: Relation<'_>) -> Vec<Fact<'_>> {
    some_that(relation, |claim| claim.fact()?.amount().map(Money::is_undisclosed))
}

/// The claims behind a relation that state its share, if others do not; empty if all or none do.
pub(crate) fn that_tell_share(relation: Relation<'_>) -> Vec<Fact<'_>> {
    some_that(relation, |claim| claim.own_share().map(Share::is_undisclosed))
}

/// The facts of the claims that disclose a figure; empty if all claims do.
fn some_that<'g>(
    relation: Relation<'g>,
    is_undisclosed: impl Fn(Relation<'g>) -> Option<bool>,
) -> Vec<Fact<'g>> {
    let all = relation.fact().map_or(0, Fact::claim_count);
    // Figures of what follows from events come from a rule.
    if all < 2 || relation.derived().is_some() {
        return Vec::new();
    }
    let telling = relation.claims().into_iter().filter(|claim| is_undisclosed(*claim) == Some(false));
    let facts: Vec<_> = telling.filter_map(Relation::fact).collect();
    if facts.len() < all { facts } else { Vec::new() }
}

/// Whether claims agree except that some do not disclose a figure that others state.
///
/// Not disclosing a price does not deny that it was 30 million.
pub(crate) fn differ_in_silence_only(claims: &[Fact<'_>]) -> bool {
    let bare: Vec<FactRecord> = claims.iter().map(|claim| without_figures(claim.bare_record())).collect();
    let same = bare.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
    let same_parties = claims.windows(2).all(|pair| matches!(pair, [a, b] if a.roles().eq(b.roles())));
    same && same_parties && told_once(claims)
}

/// A record without its figures, and without who states it and how confidently.
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

/// Whether no figure is stated in two ways, and at least one is stated by some and withheld by others.
fn told_once(claims: &[Fact<'_>]) -> bool {
    let mut is_kept = false;
    let mut is_same = |figures: Vec<Option<String>>| {
        let stated: Vec<&String> = figures.iter().flatten().collect();
        is_kept |= !stated.is_empty() && stated.len() < figures.len();
        stated.windows(2).all(|pair| matches!(pair, [one, other] if one == other))
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
    // Evaluate all of them, since any may set `is_kept`.
    let same: Vec<bool> = all.map(&mut is_same).collect();
    same.into_iter().all(|same| same) && is_kept
}
