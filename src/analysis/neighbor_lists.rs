//! Who is next to whom: the relations of a view as a simple undirected graph.

use crate::graph::View;
use crate::model::RelationKinds;

/// For each entity its distinct neighbors, in the order of their positions, and how many relations it takes part in.
#[derive(Clone, Debug)]
pub(super) struct NeighborLists {
    /// Where the list of each entity begins, and where the last one ends.
    starts: Vec<usize>,
    neighbors: Vec<u32>,
    relations: Vec<usize>,
}

impl NeighborLists {
    /// Of the relations of these kinds that count in the view, read from both ends. Takes time in proportion to sorting them.
    #[expect(clippy::indexing_slicing, reason = "positions are those of the entities of the graph")]
    pub(super) fn of(view: View<'_>, kinds: RelationKinds) -> Self {
        let entities = view.entities().len();
        let mut relations = vec![0_usize; entities];
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        view.edges(kinds).each_batch(&mut |few| {
            for (_, from, to) in few {
                let (from, to) = (from.get(), to.get());
                relations[from] += 1;
                if from != to {
                    relations[to] += 1;
                    pairs.extend([(from as u32, to as u32), (to as u32, from as u32)]);
                }
            }
        });
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0; entities + 1];
        for (from, _) in &pairs {
            starts[*from as usize + 1] += 1;
        }
        for n in 0..entities {
            starts[n + 1] += starts[n];
        }
        Self { starts, neighbors: pairs.into_iter().map(|(_, to)| to).collect(), relations }
    }

    /// How many entities there are.
    pub(super) const fn len(&self) -> usize {
        self.relations.len()
    }

    /// The neighbors of an entity.
    #[expect(clippy::indexing_slicing, reason = "positions are those of the entities of the graph")]
    pub(super) fn around(&self, entity: usize) -> &[u32] {
        &self.neighbors[self.starts[entity]..self.starts[entity + 1]]
    }

    /// How many relations each entity takes part in.
    pub(super) fn relations(&self) -> &[usize] {
        &self.relations
    }
}
