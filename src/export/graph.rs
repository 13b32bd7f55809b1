//! Serializes a whole view.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::EntityDetails;
use crate::graph::View;

/// A whole view: `{"sources", "entities", "facts", "relations"}`, never cut. With a second clock, only what was known
/// by then.
///
/// ```
/// # use keiretsu::{Graph, GraphExport};
/// let graph = Graph::from_ron(r#"Graph(companies: {"acme": (name: "Acme")})"#)?;
/// let data = serde_json::to_value(GraphExport(graph.view())).unwrap();
/// assert_eq!(data["entities"][0]["name"], "Acme");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct GraphExport<'g>(pub View<'g>);

impl Serialize for GraphExport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = self.0;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("sources", &view.sources().collect::<Vec<_>>())?;
        let known = view.entities().filter(|entity| entity.is_known());
        map.serialize_entry("entities", &known.map(EntityDetails).collect::<Vec<_>>())?;
        map.serialize_entry("facts", &view.facts().collect::<Vec<_>>())?;
        map.serialize_entry("relations", &view.relations().collect::<Vec<_>>())?;
        map.end()
    }
}
