//! Ownership that lives beside its graph, for programs that answer many questions over a long time.

use std::sync::{Arc, OnceLock};

use super::super::control::groups::Groups;
use super::{Found, Ownership};
use crate::error::Result;
use crate::graph::{Choices, Graph, View};
use crate::limits::Limits;

/// An [`Ownership`] without a borrow: it holds its graph, and can be stored, shared between threads and cloned cheaply.
///
/// What one question finds out, such as the network of votes, is there for the next.
///
/// ```
/// use keiretsu::{Graph, KeptOwnership, OwnerRule};
///
/// struct Service { ownership: KeptOwnership }
///
/// let graph = Graph::open("graphs/ownership")?;
/// let service = Service { ownership: graph.view().ownership().keep(&graph)? };
/// let ownership = service.ownership.ownership(); // of one request: costs nothing
/// let delta = ownership.view().find("Delta Holding")?;
/// assert_eq!(ownership.owners(delta, OwnerRule::Multiply)?.rows[0].entity.name(), "Paula Kern");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone)]
pub struct KeptOwnership {
    graph: Graph,
    choices: Choices,
    found: Arc<Found>,
    groups: Arc<[OnceLock<Groups>; 2]>,
    limits: Limits,
}

impl<'g> Ownership<'g> {
    /// Keeps it beside its graph, with what was found out so far.
    ///
    /// # Errors
    /// [`ErrorKind::OtherGraph`](crate::ErrorKind::OtherGraph) if it is not of this graph. Clones are the same graph.
    pub fn keep(&self, graph: &Graph) -> Result<KeptOwnership> {
        if !self.view.is_same_graph(graph.view()) {
            return Err(View::other_graph_kept());
        }
        Ok(KeptOwnership {
            graph: graph.clone(),
            choices: self.view.choices(),
            found: Arc::clone(&self.found),
            groups: Arc::clone(&self.groups),
            limits: self.limits.clone(),
        })
    }
}

impl KeptOwnership {
    /// For questions. It costs nothing, and shares all that it finds out.
    #[must_use]
    pub fn ownership(&self) -> Ownership<'_> {
        Ownership {
            view: self.graph.view().choosing(self.choices),
            found: Arc::clone(&self.found),
            groups: Arc::clone(&self.groups),
            limits: self.limits.clone(),
        }
    }

    /// The graph whose ownership it is.
    #[must_use]
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }
}

impl std::fmt::Debug for KeptOwnership {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptOwnership").field("graph", &self.graph).finish_non_exhaustive()
    }
}
