//! The least share of an owner where all holders are known, by the weakest-link rule.

use super::network::{Edge, Network, Outside};
use super::rolling::Width;
use crate::value::Proportion;

/// A company, and the width of the path from the owner to each of its holders, as far as settled.
pub(crate) struct Contest {
    holders: Vec<Holder>,
}

struct Holder {
    node: Option<u32>,
    low: Proportion,
    high: Proportion,
    low_is_open: bool,
    high_is_open: bool,
    /// `None` if there is no path.
    reached: Option<Width>,
}

impl Contest {
    pub(crate) fn of(network: &Network, company: u32) -> Self {
        let holder = |edge: &Edge| Holder {
            node: Some(edge.holder),
            low: edge.low,
            high: edge.high,
            low_is_open: edge.low_is_open,
            high_is_open: edge.high_is_open,
            reached: None,
        };
        let mut holders: Vec<Holder> = network.holders(company).iter().map(holder).collect();
        holders.extend(network.column(company).outside.map(|outside| {
            let Outside { low, high, low_is_open, high_is_open } = outside;
            Holder { node: None, low, high, low_is_open, high_is_open, reached: None }
        }));
        Self { holders }
    }

    /// Records the width of the path to a holder.
    pub(crate) fn settle(&mut self, node: u32, reached: Width) {
        if let Some(holder) = self.holders.iter_mut().find(|holder| holder.node == Some(node)) {
            holder.reached = Some(reached);
        }
    }

    /// The smallest possible width of the widest path through the holders: the least amount such that no holder with a
    /// wider path needs more, while the others, and these up to that amount, can have 100%.
    ///
    /// Between two of the occurring numbers, what they can have grows linearly. So the least is one of these numbers,
    /// or between the last that does not suffice and the first that does. Takes time linear in the holders, apart from
    /// sorting.
    pub(crate) fn least(&self) -> Width {
        let mut numbers: Vec<Proportion> =
            self.holders.iter().flat_map(|holder| [holder.low, holder.high]).collect();
        numbers.extend(self.holders.iter().filter_map(|holder| holder.reached).map(|(reached, _)| reached));
        numbers.push(Proportion::ZERO);
        numbers.sort_unstable();
        numbers.dedup();
        let first = numbers.partition_point(|number| !self.does(*number));
        let Some(above) = numbers.get(first).copied() else { return (Proportion::ZERO, false) };
        let below = first.checked_sub(1).and_then(|n| numbers.get(n).copied());
        let least = below.map_or(above, |below| self.between(below, above));
        (least, !self.is_reached(least))
    }

    /// Whether this amount suffices: no holder with a wider path needs more.
    fn does(&self, most: Proportion) -> bool {
        let is_bound = |holder: &&Holder| holder.reached.is_some_and(|(reached, _)| reached > most);
        let fits = self.holders.iter().filter(is_bound).all(|holder| holder.low <= most);
        let sum = self.holders.iter().try_fold(Proportion::ZERO, |sum, holder| {
            sum.checked_add(if is_bound(&holder) { holder.high.min(most) } else { holder.high })
        });
        fits && sum.is_none_or(|sum| sum >= Proportion::ONE)
    }

    /// The least sufficient amount between an insufficient number and the next sufficient one.
    fn between(&self, below: Proportion, above: Proportion) -> Proportion {
        let is_bound = |holder: &&Holder| holder.reached.is_some_and(|(reached, _)| reached > below);
        if self.holders.iter().filter(is_bound).any(|holder| holder.low > below) {
            return above;
        }
        let grows = |holder: &&Holder| is_bound(holder) && holder.high > below;
        let count = self.holders.iter().filter(grows).count();
        let mut fixed = self.holders.iter().filter(|holder| !grows(holder));
        let fixed = fixed.try_fold(Proportion::ZERO, |sum, holder| sum.checked_add(holder.high));
        let left = fixed.and_then(|fixed| Proportion::ONE.checked_sub(fixed));
        let each = u64::try_from(count).ok().and_then(|count| Proportion::of(1, count));
        match left.zip(each).map(|(left, each)| left.checked_mul(each)) {
            Some(Some(least)) => least.clamp(below, above),
            // Too long to be represented: use a slightly smaller number.
            Some(None) => below,
            None => above,
        }
    }

    /// Whether some allocation attains this width, rather than only approaching it.
    fn is_reached(&self, most: Proportion) -> bool {
        let is_bound = |holder: &Holder| holder.reached.is_some_and(|reached| reached > (most, false));
        let fits = |holder: &Holder| holder.low < most || holder.low == most && !holder.low_is_open;
        if !self.holders.iter().all(|holder| !is_bound(holder) || fits(holder)) {
            return false;
        }
        let cap = |holder: &Holder| if is_bound(holder) { holder.high.min(most) } else { holder.high };
        let sum = self.holders.iter().try_fold(Proportion::ZERO, |sum, holder| sum.checked_add(cap(holder)));
        let is_included = |holder: &Holder| cap(holder) < holder.high || !holder.high_is_open;
        sum.is_none_or(|sum| {
            sum > Proportion::ONE || sum == Proportion::ONE && self.holders.iter().all(is_included)
        })
    }
}
