//! How much memory a graph takes, part by part.

use crate::graph::Graph;
use crate::graph::store::room;

/// The bytes that the parts of a graph have taken from the allocator; see [`Graph::memory`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Memory {
    /// Kinds, ids, names and further fields of entities.
    pub entities: usize,
    /// The table that finds entities by id.
    pub ids: usize,
    /// Kinds, roles, dates, values and evidence of facts.
    pub facts: usize,
    /// Kind, ends and origin of each relation.
    pub relations: usize,
    /// What walks follow: the relations of each entity, both ways, with when they are in force; and who owns most of whom.
    pub rows: usize,
    /// What sources say of themselves, and what ends, replaces or contradicts what; texts of sources are not counted.
    pub others: usize,
}

impl Memory {
    /// All parts together.
    #[must_use]
    pub const fn total(self) -> usize {
        self.entities + self.ids + self.facts + self.relations + self.rows + self.others
    }
}

impl Graph {
    /// How many bytes the graph holds, part by part: what its columns have room for.
    ///
    /// Not counted are what is made when it is first asked for (the table of names, which facts touch an entity, ids of
    /// facts that were given none), and what the allocator needs for itself.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(companies: { "a": (name: "A"), "b": (name: "B") })"#)?;
    /// let memory = graph.memory();
    /// assert!(memory.entities > 0 && memory.total() < 10_000);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn memory(&self) -> Memory {
        let data = self.data();
        Memory {
            entities: data.entities.memory(),
            ids: data.entities.table_memory(),
            facts: data.facts.memory(),
            relations: data.relations.memory(),
            rows: data.adjacency.memory() + data.majorities.memory(),
            others: room(&data.sources) + data.claims.memory() + data.cuts.memory(),
        }
    }
}
