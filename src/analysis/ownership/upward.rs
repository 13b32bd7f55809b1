//! The shares of all owners of one company.

#![expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]

use std::collections::{BTreeMap, HashMap};

use super::fill::{Owner, fixed_weight, is_fixed};
use super::flow::{Share, flow};
use super::linear::{Effort, System};
use super::network::{Edge, Network};
use super::number::{Number, Side, Value};

/// The shares of every node of a network in one of its companies, at one end of their ranges.
///
/// Where every column can be shared out in one way only, one pass from the company upwards gives all: the column
/// of (I - A)^-1. An owner on a ring, or above a company that can be shared out in several ways, takes a pass of its
/// own.
pub(crate) fn owners(network: &Network, company: u32, side: Side, effort: &Effort) -> Vec<Share> {
    let components = network.components(0..u32::try_from(network.len()).unwrap_or(u32::MAX), None);
    let mut pass = Pass {
        network,
        side,
        effort,
        shares: vec![Share::none(); network.len()],
        alone: vec![false; network.len()],
        unsolved: vec![false; network.len()],
    };
    for component in components.iter().rev() {
        pass.component(component, company);
    }
    let Pass { mut shares, alone, .. } = pass;
    effort.share_among(alone.iter().filter(|alone| **alone).count());
    for (node, share) in (0_u32..).zip(&mut shares) {
        if alone[node as usize] || node == company {
            let below = flow(network, Owner::Node(node), side, effort);
            *share = if node == company { below.own } else { below.share(company) };
        }
    }
    shares
}

struct Pass<'n> {
    network: &'n Network,
    side: Side,
    effort: &'n Effort,
    /// Uncorrected: entries of (I - A)^-1.
    shares: Vec<Share>,
    /// Those that take a pass of their own.
    alone: Vec<bool>,
    /// Those of them whose uncorrected share is not known either, so that whoever is above takes a pass of its own.
    unsolved: Vec<bool>,
}

impl Pass<'_> {
    fn component(&mut self, members: &[u32], company: u32) {
        let place: HashMap<u32, usize> = members.iter().copied().zip(0..).collect();
        let is_ring =
            members.len() > 1 || members.iter().any(|n| self.network.edge(*n, *n).is_some_and(Edge::may_be));
        let holdings = members.iter().flat_map(|member| self.network.holdings(*member));
        let is_hard =
            |edge: &Edge| self.unsolved[edge.company as usize] || !is_fixed(self.network, edge.company);
        let unsolved = holdings.filter(|edge| edge.may_be()).any(is_hard);
        if unsolved {
            self.leave(members);
            return;
        }
        let (rows, constants): (Vec<_>, Vec<_>) =
            members.iter().map(|member| self.terms(*member, company, &place)).unzip();
        match (members, constants.as_slice()) {
            ([member], [share]) if !is_ring => self.shares[*member as usize] = share.clone(),
            _ => self.ring(members, &place, rows, constants),
        }
    }

    fn leave(&mut self, members: &[u32]) {
        for member in members {
            self.alone[*member as usize] = true;
            self.unsolved[*member as usize] = true;
        }
    }

    /// What a holder has within its component, and the share that it has through all else.
    fn terms(
        &self,
        member: u32,
        company: u32,
        place: &HashMap<u32, usize>,
    ) -> (BTreeMap<usize, Number>, Share) {
        let mut sum =
            Share { value: if member == company { Value::one() } else { Value::zero() }, open: false };
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

    /// Whether the share through an edge stands at a bound that is not reached: one factor does, and neither can be nothing.
    fn is_open(&self, edge: &Edge, weight: &Number, below: &Share) -> bool {
        let at_bound = if self.side == Side::Low { edge.low_is_open } else { edge.high_is_open };
        let at_bound = at_bound && !edge.is_certain();
        let is_some = (weight.is_positive() || at_bound) && (below.value.is_positive() || below.open);
        is_some && (at_bound || below.open)
    }

    /// The members of a ring are corrected one by one; what is found here serves those above it.
    fn ring(
        &mut self,
        members: &[u32],
        place: &HashMap<u32, usize>,
        rows: Vec<BTreeMap<usize, Number>>,
        shares: Vec<Share>,
    ) {
        let exact = shares.iter().map(|share| match &share.value {
            Value::Exact(number) => Some(number.clone()),
            Value::Rounded(_) => None,
        });
        let constants: Option<Vec<Number>> = exact.collect();
        let Some(solution) = constants.and_then(|constants| System { rows, constants }.solve(self.effort))
        else {
            self.leave(members);
            return;
        };
        for ((member, share), number) in members.iter().zip(shares).zip(solution) {
            self.alone[*member as usize] = true;
            self.shares[*member as usize] = Share { value: Value::kept_short(number, self.side), ..share };
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
    }
}
