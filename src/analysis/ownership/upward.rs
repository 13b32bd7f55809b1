//! The shares of all owners of one company.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::effort::Effort;
use super::fill::{Owner, fixed_weight, is_fixed};
use super::flow::{Share, flow};
use super::interval::Interval;
use super::linear::{Coefficient, Solved, System};
use super::network::{Edge, Network};
use super::number::{Number, Side, Value, float_of};
use crate::value::Proportion;

/// The shares of every node of a network in one of its companies, at one end of their ranges.
///
/// If every column has only one allocation, a single pass upwards from the company gives all: the column of (I - A)^-1,
/// and the diagonal for each ring, in intervals of floats where exact numbers would be too long. An owner above a company with
/// several allocations takes a separate pass, unless another one holds the same, and so does one on a ring that is closed or
/// too large to be solved.
#[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
pub(crate) fn owners(network: &Network, company: u32, side: Side, effort: &Effort) -> Vec<Share> {
    let components = network.components(0..u32::try_from(network.len()).unwrap_or(u32::MAX), None);
    let mut pass = Pass {
        network,
        side,
        effort,
        company,
        corrected: HashMap::new(),
        shares: vec![Share::none(); network.len()],
        alone: vec![false; network.len()],
        unsolved: vec![false; network.len()],
        fixed: (0_u32..).take(network.len()).map(|company| is_fixed(network, company)).collect(),
    };
    for component in components.iter().rev() {
        pass.component(component);
    }
    let Pass { mut shares, mut corrected, mut alone, .. } = pass;
    let plain = if alone.contains(&true) { plain_bounds(network, company, side) } else { HashMap::new() };
    for (node, share) in plain {
        if alone[node as usize] && node != company {
            alone[node as usize] = false;
            shares[node as usize] = share;
        }
    }
    let twins = if alone.contains(&true) { network.twins(&components) } else { Vec::new() };
    let first = |node: u32| twins.get(node as usize).copied().unwrap_or(node);
    let to_come = if side == Side::Low { 2 } else { 1 };
    let passes = (0_u32..).zip(&alone).filter(|(node, alone)| **alone && first(*node) == *node);
    effort.share_among(passes.count(), to_come);
    for node in (0_u32..).take(network.len()) {
        if let Some(corrected) = corrected.remove(&node) {
            shares[node as usize] = corrected;
        } else if alone[node as usize] && first(node) != node {
            shares[node as usize] = shares[first(node) as usize].clone();
        } else if alone[node as usize] || node == company {
            shares[node as usize] = if effort.looks() > 0 {
                let below = flow(network, Owner::Node(node), side, effort);
                if node == company { below.own } else { below.share(company) }
            } else {
                effort.cut();
                at_the_widest(network, node, company, side)
            };
        }
    }
    shares
}

/// Bounds that need no pass. Whoever may have all of every company on a chain may have all of the last one. Whoever has
/// no chain whose links are all certainly above zero may have none.
fn plain_bounds(network: &Network, company: u32, side: Side) -> HashMap<u32, Share> {
    let may_be_nothing = |edge: &Edge| {
        let is_nothing = edge.low == Proportion::ZERO && !edge.low_is_open;
        // If all holders are known, what one lacks another has.
        !edge.may_be() || is_nothing && !network.column(edge.company).complete
    };
    let may_be_all = |edge: &Edge| edge.high == Proportion::ONE && !edge.high_is_open;
    let is_link = |edge: &&Edge| if side == Side::High { may_be_all(edge) } else { !may_be_nothing(edge) };
    let linked = network.reach([company], |node| {
        network.holders(node).iter().filter(is_link).map(|edge| edge.holder).collect()
    });
    if side == Side::High {
        return linked.into_iter().map(|node| (node, Share::whole())).collect();
    }
    let linked: HashSet<u32> = linked.into_iter().collect();
    let nodes = 0..u32::try_from(network.len()).unwrap_or(u32::MAX);
    nodes.filter(|node| !linked.contains(node)).map(|node| (node, Share::none())).collect()
}

/// Bounds that hold whatever the others have: the direct stake, and all.
fn at_the_widest(network: &Network, owner: u32, company: u32, side: Side) -> Share {
    let direct = network.edge(owner, company).filter(|_| owner != company);
    let value = match side {
        Side::Low => direct.map_or(0.0, |edge| float_of(edge.low, side)),
        Side::High => 1.0,
    };
    Share { value: Value::Rounded(value), open: false }
}

struct Pass<'n> {
    network: &'n Network,
    side: Side,
    effort: &'n Effort,
    company: u32,
    /// Uncorrected: entries of (I - A)^-1.
    shares: Vec<Share>,
    /// The shares of members of solved rings.
    corrected: HashMap<u32, Share>,
    /// Nodes that take a separate pass.
    alone: Vec<bool>,
    /// Those among them whose uncorrected share is unknown too, so that every node above them takes a separate pass.
    unsolved: Vec<bool>,
    /// Companies with the same allocation whoever is the owner.
    fixed: Vec<bool>,
}

impl Pass<'_> {
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn component(&mut self, members: &[u32]) {
        let place: HashMap<u32, usize> = members.iter().copied().zip(0..).collect();
        let is_ring =
            members.len() > 1 || members.iter().any(|n| self.network.edge(*n, *n).is_some_and(Edge::may_be));
        let holdings = members.iter().flat_map(|member| self.network.holdings(*member));
        let is_hard =
            |edge: &Edge| self.unsolved[edge.company as usize] || !self.fixed[edge.company as usize];
        let unsolved = holdings.filter(|edge| edge.may_be()).any(is_hard);
        if unsolved {
            self.leave(members);
            return;
        }
        let (rows, constants): (Vec<_>, Vec<_>) =
            members.iter().map(|member| self.terms(*member, &place)).unzip();
        match (members, constants.as_slice()) {
            ([member], [share]) if !is_ring => self.shares[*member as usize] = share.clone(),
            _ => self.ring(members, &place, rows, constants),
        }
    }

    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn leave(&mut self, members: &[u32]) {
        for member in members {
            self.alone[*member as usize] = true;
            self.unsolved[*member as usize] = true;
        }
    }

    /// A holder's coefficients within its component, and its share through everything else.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn terms(&self, member: u32, place: &HashMap<u32, usize>) -> (BTreeMap<usize, Number>, Share) {
        let mut sum = if member == self.company { Share::whole() } else { Share::none() };
        let mut row = BTreeMap::new();
        for edge in self.network.holdings(member).filter(|edge| edge.may_be()) {
            let weight = fixed_weight(edge, self.side);
            if let Some(n) = place.get(&edge.company) {
                row.insert(*n, weight);
                continue;
            }
            let below = &self.shares[edge.company as usize];
            sum.value = sum.value.plus_product(&weight, &below.value, self.side);
            sum.open |= self.is_open(edge, &weight, below);
        }
        (row, sum)
    }

    /// Whether the share through an edge has an open end: one factor has, and neither can be zero.
    fn is_open(&self, edge: &Edge, weight: &Number, below: &Share) -> bool {
        let at_bound = if self.side == Side::Low { edge.low_is_open } else { edge.high_is_open };
        let at_bound = at_bound && !edge.is_certain();
        let is_some = (weight.is_positive() || at_bound) && (below.value.is_positive() || below.open);
        is_some && (at_bound || below.open)
    }

    /// Solves a ring: exactly or, if that is too expensive, in intervals.
    fn ring(
        &mut self,
        members: &[u32],
        place: &HashMap<u32, usize>,
        rows: Vec<BTreeMap<usize, Number>>,
        shares: Vec<Share>,
    ) {
        if self.is_closed(members, place, &rows) {
            return self.keep_closed(members, &shares);
        }
        let system = exact_system(&rows, &shares);
        if let Some(solved) = system.and_then(|system| system.solve(self.effort)) {
            self.keep(members, place, shares, &solved);
        } else if let Some(solved) = system_of_intervals(&rows, &shares).solve(self.effort) {
            self.keep_rounded(members, &solved);
        } else {
            self.leave(members);
        }
    }

    /// Whether the members have all of one another, so that no chain leaves the ring.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn is_closed(
        &self,
        members: &[u32],
        place: &HashMap<u32, usize>,
        rows: &[BTreeMap<usize, Number>],
    ) -> bool {
        let mut held = vec![Number::zero(); members.len()];
        for (n, weight) in rows.iter().flatten() {
            held[*n] = held[*n].plus(weight);
        }
        let is_point = |member: &u32| {
            let holders = self.network.holders(*member).iter();
            let mut within = holders.filter(|edge| place.contains_key(&edge.holder));
            within.all(Edge::is_certain)
        };
        held.iter().all(|held| *held == Number::one()) && members.iter().all(is_point)
    }

    /// In a closed ring each member has all of every other: a chain that goes round for ever meets it. So each has of the
    /// company what its members have of it through everything else.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn keep_closed(&mut self, members: &[u32], shares: &[Share]) {
        let mut sum = Share::none();
        for share in shares {
            sum.value = sum.value.plus_product(&Number::one(), &share.value, self.side);
            sum.open |= share.open;
        }
        if let Value::Rounded(float) = &mut sum.value {
            *float = float.min(1.0);
        }
        for member in members {
            self.corrected.insert(*member, sum.clone());
            self.unsolved[*member as usize] = true;
        }
    }

    /// Keeps what a ring was solved to. The uncorrected result serves the nodes above it too.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn keep(
        &mut self,
        members: &[u32],
        place: &HashMap<u32, usize>,
        shares: Vec<Share>,
        solved: &Solved<Number>,
    ) {
        for ((member, share), number) in members.iter().zip(shares).zip(&solved.solution) {
            self.alone[*member as usize] = true;
            self.shares[*member as usize] =
                Share { value: Value::kept_short(number.clone(), self.side), ..share };
        }
        let mut changed = true;
        while changed {
            changed = false;
            for member in members {
                let mut inside =
                    self.network.holdings(*member).filter(|edge| place.contains_key(&edge.company));
                let open = inside.any(|edge| {
                    let weight = fixed_weight(edge, self.side);
                    self.is_open(edge, &weight, &self.shares[edge.company as usize])
                });
                if open && !std::mem::replace(&mut self.shares[*member as usize].open, true) {
                    changed = true;
                }
            }
        }
        self.correct(members, solved);
    }

    /// Corrects the shares of all members of a ring at once: entries of (I - A)^-1 divided by the owner's own.
    ///
    /// With open ends the result depends on which of the owner's stakes they come from, so each member takes a separate
    /// pass.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn correct(&mut self, members: &[u32], solved: &Solved<Number>) {
        if members.iter().any(|member| self.shares[*member as usize].open) {
            return;
        }
        let Some(own) = solved.diagonal(self.effort) else { return };
        for ((member, number), own) in members.iter().zip(&solved.solution).zip(own) {
            let number = if *member == self.company { own.minus(&Number::one()) } else { number.clone() };
            let value = Value::kept_short(number.divided_by(&own).shortened(), self.side);
            self.corrected.insert(*member, Share { value, open: false });
            self.alone[*member as usize] = false;
        }
    }

    /// Keeps and corrects the bounds of a ring solved in intervals. Only for exact shares is it known whether an end is
    /// attained.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn keep_rounded(&mut self, members: &[u32], solved: &Solved<Interval>) {
        let Some(own) = solved.diagonal(self.effort) else { return self.leave(members) };
        let share =
            |interval: Interval| Share { value: Value::Rounded(interval.end(self.side)), open: false };
        let all: Vec<(u32, Share, Share)> = members
            .iter()
            .zip(solved.solution.iter().zip(own))
            .map(|(member, (through, own))| {
                let corrected = if *member == self.company {
                    // What it has of itself, (v - 1) / v, is what 1 / v leaves of 1.
                    Interval::one().divided_by(&own).left_of_one()
                } else {
                    through.divided_by(&own)
                };
                (*member, share(*through), share(corrected))
            })
            .collect();
        for (member, through, corrected) in all {
            self.shares[member as usize] = through;
            self.corrected.insert(member, corrected);
        }
    }
}

/// The system of a ring; `None` if a share outside of it is not exact.
fn exact_system(rows: &[BTreeMap<usize, Number>], shares: &[Share]) -> Option<System<Number>> {
    let exact = shares.iter().map(|share| match &share.value {
        Value::Exact(number) => Some(number.clone()),
        Value::Rounded(_) => None,
    });
    Some(System { rows: rows.to_vec(), constants: exact.collect::<Option<_>>()? })
}

fn system_of_intervals(rows: &[BTreeMap<usize, Number>], shares: &[Share]) -> System<Interval> {
    let row = |row: &BTreeMap<usize, Number>| {
        row.iter().map(|(n, weight)| (*n, Interval::around(weight))).collect::<BTreeMap<_, _>>()
    };
    System {
        rows: rows.iter().map(row).collect(),
        constants: shares.iter().map(|share| Interval::at(&share.value)).collect(),
    }
}
