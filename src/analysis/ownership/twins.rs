//! Owners in the same position.

use std::collections::HashMap;

use super::network::{Edge, Network};
use crate::value::Proportion;

/// A stake without its holder.
type Held = (u32, Proportion, Proportion, bool, bool);

impl Network {
    /// For each node the first that holds the same of the same companies. Exchanging the two changes nothing for what is
    /// below them, unless one of them is itself below: so a node that may hold itself, directly or not, stands alone.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(super) fn twins(&self, components: &[Vec<u32>]) -> Vec<u32> {
        let mut firsts: Vec<u32> = (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).collect();
        let mut first_of: HashMap<Vec<Held>, u32> = HashMap::new();
        let alone =
            components.iter().filter_map(|members| if let [one] = **members { Some(one) } else { None });
        let mut alone: Vec<u32> = alone.filter(|node| self.edge(*node, *node).is_none()).collect();
        alone.sort_unstable();
        for node in alone {
            let held = |edge: &Edge| (edge.company, edge.low, edge.high, edge.low_is_open, edge.high_is_open);
            let first = first_of.entry(self.holdings(node).map(held).collect()).or_insert(node);
            firsts[node as usize] = *first;
        }
        firsts
    }
}
