//! A whole graph.

use super::{Answer, Content, Page, TableBuilder};
use crate::export::GraphExport;
use crate::graph::Fact;

/// A view as data: one row with all of it.
#[derive(Clone, Debug)]
pub struct ExportRows<'g> {
    rows: Vec<GraphExport<'g>>,
}

impl<'g> GraphExport<'g> {
    /// The view as an answer, whose [`json`](Answer::json) has all of it. Text and CSV are empty: there is no shape for a whole
    /// graph in these.
    ///
    /// ```
    /// # use keiretsu::{Graph, GraphExport};
    /// let graph = Graph::from_ron(r#"Graph(companies: {"acme": (name: "Acme")})"#)?;
    /// let json = GraphExport(graph.view()).answer().json("anvils");
    /// let data: serde_json::Value = serde_json::from_str(&json).unwrap();
    /// assert_eq!(data["results"][0]["entities"][0]["name"], "Acme");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn answer(self) -> Answer<'g, ExportRows<'g>> {
        let disputed = self.0.facts().any(Fact::is_disputed);
        Answer::new(self.0, ExportRows { rows: vec![self] }).disputed(disputed)
    }
}

impl<'g> Content<'g> for ExportRows<'g> {
    type Row = GraphExport<'g>;

    fn command(&self) -> &'static str {
        "export"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        // There is no table of a whole graph.
        let _ = table;
    }

    fn rows(&self) -> &[GraphExport<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, _: &mut Page<'g>) {}
}
