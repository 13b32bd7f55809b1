//! The most central entities by degree and by betweenness.

use serde::Serialize;

use super::rank::{is_listed, title};
use super::{Answer, Cell, Column, Content, Page, TableBuilder, name};
use crate::analysis::{Betweenness, Degree, Degrees, FindBetweenness, is_any_disputed};
use crate::graph::Entity;
use crate::model::EntityKind;
use crate::query::Outcome;

const DEGREE_COLUMNS: &[Column] =
    &[Column::Entity("entity"), Column::One("relations"), Column::One("neighbors")];
const BETWEENNESS_COLUMNS: &[Column] = &[Column::Entity("entity"), Column::One("pairs")];

/// Entities by degree.
#[derive(Clone, Debug)]
pub struct DegreeRows<'g> {
    rows: Vec<DegreeRow<'g>>,
    title: String,
}

/// An entity and its degree.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct DegreeRow<'g> {
    /// The entity.
    pub entity: Entity<'g>,
    /// The relations that it takes part in.
    pub relations: usize,
    /// The other entities at their ends.
    pub neighbors: usize,
}

/// Entities by betweenness.
#[derive(Clone, Debug)]
pub struct BetweennessRows<'g> {
    rows: Vec<BetweennessRow<'g>>,
    title: String,
    is_complete: bool,
}

/// An entity and its betweenness.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct BetweennessRow<'g> {
    /// The entity.
    pub entity: Entity<'g>,
    /// The pairs of others between which it lies, each counted with the fraction of its shortest paths.
    pub pairs: f64,
}

impl<'g> Degrees<'g> {
    /// Those with the most relations as an answer, so many at most: of these kinds, or of any if none is named, and as
    /// [`Ranks::answer`](crate::Ranks::answer) lists them.
    ///
    /// ```
    /// # use keiretsu::{EntityKind, Graph, RelationKinds};
    /// # use keiretsu::answer::TextOptions;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") }, brands: { "x": (name: "X") },
    ///     facts: [ Holding(holder: ["a", "b"], of: "x", unsourced: true) ],
    /// )"#)?;
    /// let answer = graph.view().degrees(RelationKinds::ALL).answer(&[EntityKind::Company], 1);
    /// assert_eq!((answer.rows()[0].entity.name(), answer.rows()[0].neighbors), ("A", 1));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn answer(&self, kinds: &[EntityKind], most: usize) -> Answer<'g, DegreeRows<'g>> {
        let top = self.top(usize::MAX).into_iter().filter(|(entity, _)| is_listed(*entity, kinds));
        let row = |(entity, Degree { relations, neighbors })| DegreeRow { entity, relations, neighbors };
        let title = title("by degree: relations, and neighbors at their other ends", kinds);
        Answer::new(self.view(), DegreeRows { rows: top.take(most).map(row).collect(), title })
            .disputed(is_any_disputed(self.view(), self.kinds()))
    }
}

impl<'g> FindBetweenness<'g> {
    /// The answer of [`Betweenness::answer`].
    #[must_use]
    pub fn answer(&self, kinds: &[EntityKind], most: usize) -> Answer<'g, BetweennessRows<'g>> {
        self.run().answer(kinds, most)
    }
}

impl<'g> Betweenness<'g> {
    /// Those between the most pairs as an answer, so many at most: of these kinds, or of any if none is named, and as
    /// [`Ranks::answer`](crate::Ranks::answer) lists them. Paths lead through entities of every kind.
    #[must_use]
    pub fn answer(&self, kinds: &[EntityKind], most: usize) -> Answer<'g, BetweennessRows<'g>> {
        let top = self.top(usize::MAX).into_iter().filter(|(entity, _)| is_listed(*entity, kinds));
        let rows = top.take(most).map(|(entity, pairs)| BetweennessRow { entity, pairs }).collect();
        let title =
            title("by betweenness: pairs of others whose shortest paths lead through the entity", kinds);
        let is_complete = self.outcome() == Outcome::Complete;
        Answer::new(self.view(), BetweennessRows { rows, title, is_complete })
            .outcome(self.outcome())
            .disputed(is_any_disputed(self.view(), self.kinds()))
    }
}

impl<'g> Content<'g> for DegreeRows<'g> {
    type Row = DegreeRow<'g>;

    fn command(&self) -> &'static str {
        "rank"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(DEGREE_COLUMNS);
        table.leads_of(|page| page.line(&self.title));
        for row in &self.rows {
            table.row();
            table.entity("entity", Some(row.entity));
            table.number("relations", Some(row.relations));
            table.number("neighbors", Some(row.neighbors));
            table.reads("relations", Cell::Number(row.relations.to_string()));
            table.reads("neighbors", Cell::Number(row.neighbors.to_string()));
            table.reads_text("entity", row.entity.told_name());
        }
    }

    fn rows(&self) -> &[DegreeRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        page.line(&self.title);
        let heading = ["relations", "neighbors", ""].map(str::to_owned).to_vec();
        let line = |row: &DegreeRow<'g>| {
            vec![row.relations.to_string(), row.neighbors.to_string(), name(row.entity)]
        };
        page.table(std::iter::once(heading).chain(self.rows.iter().map(line)).collect(), &[0, 1]);
    }
}

impl<'g> Content<'g> for BetweennessRows<'g> {
    type Row = BetweennessRow<'g>;

    fn command(&self) -> &'static str {
        "rank"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(BETWEENNESS_COLUMNS);
        table.leads_of(|page| page.line(&self.title));
        if !self.is_complete {
            table.remark(STOPPED);
        }
        for row in &self.rows {
            table.row();
            table.entity("entity", Some(row.entity));
            table.number("pairs", Some(row.pairs));
            table.reads("pairs", Cell::Number(told(row.pairs)));
            table.reads_text("entity", row.entity.told_name());
        }
    }

    fn rows(&self) -> &[BetweennessRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        if !self.is_complete {
            return page.line(STOPPED);
        }
        page.line(&self.title);
        let line = |row: &BetweennessRow<'g>| vec![told(row.pairs), name(row.entity)];
        page.table(self.rows.iter().map(line).collect(), &[0]);
    }
}

/// Why there are no figures.
const STOPPED: &str = "a limit ended the search: betweenness is known only after a walk from every entity, and a sample would not \
                       be it; `--limits trusted` has no limit, `--kind` leaves fewer relations";

/// With two decimal places.
fn told(pairs: f64) -> String {
    format!("{pairs:.2}")
}
