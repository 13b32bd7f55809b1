//! Whether something is open to doubt in a view: refuted by a source, stated as a rumour, denied by other claims, or
//! resting on such a fact.

use super::certainty::counts_among_claims;
use super::fact::Fact;
use super::known;
use super::relation::Relation;
use crate::graph::store::doubts::{Doubt, Ground};
use crate::graph::store::relations::Origin;
use crate::graph::store::validity::Certainty;

impl<'g> Fact<'g> {
    /// Whether it is stated as a rumour. Of several claims, one that is none is enough.
    #[must_use]
    pub fn is_rumoured(self) -> bool {
        let is_rumour = |fact: Self| fact.view().data().facts.is_rumour(fact.index());
        is_rumour(self) && self.claims().into_iter().all(is_rumour)
    }
}

impl<'g> Relation<'g> {
    /// Whether it, or anything that it [rests on](Self::rests_on), is stated as a rumour only.
    #[must_use]
    pub fn is_rumoured(self) -> bool {
        let own = match self.derived() {
            Some(_) => false,
            None => self.is_rumour(),
        };
        own || self.rests_on().into_iter().any(Fact::is_rumoured)
    }

    /// For what follows from an event, the other facts that it rests on as far as these are open to doubt: a refuted
    /// stake that passed to a successor, a rumoured one to which a purchase added. In order of ids.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     sources: { "n": (kind: News, title: "Denial") },
    ///     facts: [
    ///         Ownership(id: "stake", owner: "a", owned: "c", share: "30%", since: "2010",
    ///             evidence: [(source: "n", stance: Refutes)]),
    ///         Succession(id: "merger", predecessor: "a", successor: "b", how: Merger, completed: "2015", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let view = graph.as_of("2016".parse().unwrap());
    /// let stake = view.find("B")?.relations().find(|relation| relation.kind() == RelationKind::OwnsShareOf).unwrap();
    /// assert_eq!(stake.rests_on().iter().map(|fact| fact.id()).collect::<Vec<_>>(), ["stake"]);
    /// assert_eq!(stake.to_string(), "B possibly owns 30% of C (done 2015; follows from `merger` and `stake`, disputed)");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn rests_on(self) -> Vec<Fact<'g>> {
        let facts = self.grounds().flatten().filter_map(|ground| self.fact_of(ground));
        let mut open: Vec<Fact<'g>> = facts.filter(|fact| fact.is_disputed() || fact.is_rumoured()).collect();
        open.sort_unstable_by_key(|fact| fact.id());
        open.dedup();
        open
    }

    /// Whether all claims that count state it, and neither does a source refute it nor is it only a rumour, nor may
    /// what it follows from have left nothing.
    pub(crate) fn is_settled(self) -> bool {
        self.is_held() && self.doubt_that_counts().is_none_or(|doubt| doubt.is_kept)
    }

    /// What is left if anything that it rests on is in doubt, where it is.
    pub(crate) fn doubt_that_counts(self) -> Option<Doubt> {
        let Origin::Derived(derived) = self.origin() else { return None };
        let doubt = self.view().data().relations.doubts.get(derived.doubt?)?;
        let is_replaced = |fact: Fact<'g>| !fact.replaced_by().is_empty();
        let is_open = |ground: Option<Ground>| match ground {
            Some(Ground::Relation(index)) => {
                let relation = Self::new(self.view(), index, false);
                !relation.is_held()
                    || relation.fact().is_some_and(is_replaced)
                    || !self.goes_on_by_all_claims(relation)
            }
            Some(Ground::Fact(fact)) => {
                let fact = self.view().fact_at(fact);
                fact.is_refuted() && fact.is_known()
            }
            Some(Ground::Both(..)) => false,
            None => true,
        };
        self.grounds().any(is_open).then_some(doubt)
    }

    /// Whether its own fact and the claims about it leave no doubt that it was so.
    fn is_held(self) -> bool {
        let Some(fact) = self.fact() else { return true };
        let claims = fact.claim_count();
        let counts = || counts_among_claims(fact.view(), fact.index());
        let is_stated = claims == 0 || counts() && self.claims().len() >= claims;
        is_stated && !fact.is_refuted() && fact.is_surely_known() && !self.is_rumour()
    }

    /// Whether all claims that state a ground agree that it had begun before this and has not ended by itself.
    fn goes_on_by_all_claims(self, ground: Self) -> bool {
        let claims = ground.claims();
        let goes_on = |claim: Self| {
            let own = known::validity(self.view(), claim.index());
            let is_over = match self.view().date() {
                Some(date) => own.at_days(date) != Some(Certainty::Certain),
                None => !own.never_ends(),
            };
            !is_over && own.surely_begins_in(self.validity())
        };
        claims.len() < 2 || claims.into_iter().all(goes_on)
    }

    /// Whether all claims that state it are rumours.
    fn is_rumour(self) -> bool {
        let is_rumour = |fact: Fact<'g>| fact.view().data().facts.is_rumour(fact.index());
        self.fact().is_some_and(is_rumour) && self.claims().into_iter().filter_map(Self::fact).all(is_rumour)
    }

    /// What it rests on besides its event, where that may be open to doubt. `None` stands for more than are looked at.
    fn grounds(self) -> impl Iterator<Item = Option<Ground>> + use<'g> {
        let relations = &self.view().data().relations;
        let doubt = match self.origin() {
            Origin::Derived(derived) => derived.doubt,
            Origin::Fact(_) | Origin::Record(_) => None,
        };
        doubt.into_iter().flat_map(|doubt| relations.doubts.grounds_of(doubt))
    }

    fn fact_of(self, ground: Ground) -> Option<Fact<'g>> {
        match ground {
            Ground::Relation(index) => Self::new(self.view(), index, false).fact(),
            Ground::Fact(fact) => Some(self.view().fact_at(fact)),
            Ground::Both(..) => None,
        }
    }
}
