//! What several own together, by the rules that add persons up.

use std::collections::{BTreeSet, HashSet};

use super::flow::Share;
use super::network::Edge;
use super::number::Side;
use super::owners::Owners;
use super::{OwnerTest, Ownership, ShareRange, Verdict};
use crate::analysis::control::bloc::{Bloc, Field, bloc};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Entity, Relation};

/// What several own of one company together: the answer of [`Ownership::owners_together`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Together<'g> {
    /// The rule with its threshold.
    pub test: OwnerTest,
    /// Those whose shares are added up, each once, in id order; never the company itself.
    pub owners: Vec<Entity<'g>>,
    /// Whether the company itself was named among them.
    pub is_itself_named: bool,
    /// Their joint share by the rule.
    pub share: ShareRange,
    /// Whether the rule's threshold is met.
    pub verdict: Verdict,
    /// The holders whose direct stakes are added up: the owners themselves, and companies that count as theirs. By
    /// descending share, compared by low, then by high; ties by id.
    pub parts: Vec<TogetherPart<'g>>,
    /// The stakes behind the share: those of the parts, and those by which companies count as theirs, nearest first.
    pub stakes: Vec<Relation<'g>>,
    /// The stakes considered for the answer that are left out because they ended.
    pub ended: Vec<Relation<'g>>,
    /// The stakes declared indirect that are not added.
    pub not_added: Vec<Relation<'g>>,
    /// Whether any stake that the share may rest on is [disputed](crate::Fact::is_disputed).
    pub is_disputed: bool,
}

/// One holder whose stake is added up.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TogetherPart<'g> {
    /// The holder; several for a joint stake.
    pub holders: Vec<Entity<'g>>,
    /// How much of the company it holds directly.
    pub share: ShareRange,
    /// Whether it belongs to them however undisclosed shares are filled in.
    pub is_certain: bool,
}

impl<'g> Ownership<'g> {
    /// What several own together of one company, by a rule that [adds persons up](super::OwnerRule::adds_persons).
    ///
    /// By OFAC's rule these are all blocked persons: a company is blocked if they have 50% or more in the aggregate
    /// (guidance of 2014-08-13). By the rule `majority` they are persons acting in concert (Directive 2004/25/EC,
    /// article 2(1)(d)). An owner named twice counts once. If only the company itself is named, the share is nothing.
    ///
    /// ```
    /// # use keiretsu::{Graph, OwnerRule, Verdict};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     people: { "ann": (name: "Ann"), "bo": (name: "Bo") },
    ///     companies: { "firm": (name: "Firm") },
    ///     facts: [
    ///         Ownership(owner: "ann", owned: "firm", share: "3%", unsourced: true),
    ///         Ownership(owner: "bo", owned: "firm", share: "47%", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let (view, ownership) = (graph.view(), graph.view().ownership());
    /// let blocked = [view.find("Ann")?, view.find("Bo")?];
    /// let together = ownership.owners_together(view.find("Firm")?, &blocked, OwnerRule::Ofac)?;
    /// assert_eq!((together.share.to_string().as_str(), together.verdict), ("50%", Verdict::Counts));
    /// assert!(ownership.owners_together(view.find("Firm")?, &blocked, OwnerRule::Multiply).is_err());
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Ownership::owners`], for the companies between them and this one; [`ErrorKind::Value`] for a rule that
    /// considers each person alone.
    pub fn owners_together(
        &self,
        company: Entity<'g>,
        owners: &[Entity<'g>],
        test: impl Into<OwnerTest>,
    ) -> Result<Together<'g>> {
        let test = test.into();
        adds_up(test)?;
        let company = self.view.own(company)?;
        let named: BTreeSet<Entity<'g>> = self.own_all(owners)?.into_iter().collect();
        let is_itself_named = named.contains(&company);
        let owners: Vec<Entity<'g>> = named.into_iter().filter(|owner| *owner != company).collect();
        let nothing = ShareRange::new(&Share::none(), &Share::none());
        let mut answer = Together {
            test,
            is_itself_named,
            verdict: Verdict::No,
            share: nothing,
            parts: Vec::new(),
            stakes: Vec::new(),
            ended: Vec::new(),
            not_added: Vec::new(),
            is_disputed: false,
            owners,
        };
        let Some(node) = self.nodes().place(company) else { return Ok(answer) };
        let first: Vec<u32> = answer.owners.iter().filter_map(|owner| self.nodes().place(*owner)).collect();
        let above = self.above(node, test);
        let mut looked_at = Owners::none(test);
        looked_at.leave_out(self, &above, |relation| relation.to());
        (answer.ended, answer.not_added) = (looked_at.ended, looked_at.not_added);
        let below = self.below(&first, test);
        let between: Vec<u32> = above.into_iter().filter(|node| below.contains(node)).collect();
        self.check(test.right(), &between)?;
        let field = self.field_of(test);
        let threshold = super::owners::threshold(test);
        let find = |side| bloc(field, &first, &threshold, side);
        let (low, high) = (find(Side::Low), find(Side::High));
        answer.share = ShareRange::new(&low.share(node), &high.share(node));
        answer.verdict = super::owners::verdict(low.has(node), high.has(node));
        self.add_parts(&mut answer, node, &low, &high);
        answer.stakes = self.stakes_between(field, node, &first, &high, test);
        answer.is_disputed = answer.stakes.iter().any(|stake| stake.is_disputed());
        Ok(answer)
    }

    /// Some nodes, and all that they may own or control.
    fn below(&self, first: &[u32], test: OwnerTest) -> HashSet<u32> {
        let field = self.field_of(test);
        let found = field.network.reach(first.iter().copied(), |node| field.ways(node));
        found.into_iter().collect()
    }

    fn add_parts(&self, answer: &mut Together<'g>, node: u32, low: &Bloc<'_>, high: &Bloc<'_>) {
        let holders = self.table(answer.test.right()).network.holders(node).iter();
        let held = holders.filter(|edge| edge.may_be() && edge.holder != node && high.has(edge.holder));
        answer.parts = held
            .map(|edge| TogetherPart {
                holders: self.nodes().all(edge.holder),
                share: ShareRange::of_edge(edge),
                is_certain: low.has(edge.holder),
            })
            .collect();
        answer.parts.sort_by(|one, other| {
            let by_share =
                other.share.low().cmp(one.share.low()).then(other.share.high().cmp(one.share.high()));
            by_share.then(one.holders.cmp(&other.holders))
        });
    }

    /// The stakes of a bloc in a company, then those in the members that hold these, up to the first members.
    fn stakes_between(
        &self,
        field: Field<'_>,
        node: u32,
        first: &[u32],
        bloc: &Bloc<'_>,
        test: OwnerTest,
    ) -> Vec<Relation<'g>> {
        let table = self.table(test.right());
        let named: HashSet<u32> = first.iter().copied().collect();
        let stated = |node: u32| match field.links {
            Some(_) => self.stated_control(node, |one| bloc.has(one)),
            None => Vec::new(),
        };
        let controllers = |node: u32| {
            let above = self.nodes().stated_above(node).filter(|one| field.links.is_some() && bloc.has(*one));
            above.collect::<Vec<u32>>()
        };
        let held = |node: u32| {
            let edges = field.network.holders(node).iter();
            edges.filter(|edge: &&Edge| edge.may_be() && bloc.has(edge.holder))
        };
        let order = field.network.reach([node], |node| match named.contains(&node) {
            true => Vec::new(),
            false => held(node).map(|edge| edge.holder).chain(controllers(node)).collect(),
        });
        let stakes = |node: u32| {
            let held = held(node).flat_map(|edge| table.relations(edge));
            held.chain(stated(node)).collect::<Vec<_>>()
        };
        order.into_iter().filter(|node| !named.contains(node)).flat_map(stakes).collect()
    }
}

/// Fails for a rule that considers each person alone.
pub(crate) fn adds_up(test: OwnerTest) -> Result<()> {
    if test.rule().adds_persons() {
        return Ok(());
    }
    let message = format!("the rule `{}` looks at each person alone: it adds no persons up", test.rule());
    let hint = "the rules `ofac` and `majority` add persons up".to_owned();
    Err(Error::new(ErrorKind::Value, message).hint(Some(hint)))
}
