//! The most central entities.

use serde::Serialize;

use super::{Answer, Cell, Column, Content, Page, TableBuilder, name};
use crate::analysis::{PageRank, Ranks};
use crate::graph::Entity;
use crate::model::EntityKind;

const COLUMNS: &[Column] = &[Column::Entity("entity"), Column::One("rank")];

/// The most decimal places in text output.
const PLACES: usize = 6;

/// Entities by rank.
#[derive(Clone, Debug)]
pub struct RankRows<'g> {
    rows: Vec<RankRow<'g>>,
    digits: u32,
    title: String,
}

/// An entity and its rank.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct RankRow<'g> {
    /// The entity.
    pub entity: Entity<'g>,
    /// The share of a random walk, with the digits that have converged.
    pub rank: f64,
}

impl<'g> PageRank<'g> {
    /// The highest ranks as an answer, so many at most.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// # use keiretsu::answer::TextOptions;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     facts: [
    ///         Supply(supplier: "a", customer: "c", unsourced: true),
    ///         Supply(supplier: "b", customer: "c", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let answer = graph.view().page_rank().answer(1);
    /// assert_eq!(answer.rows()[0].entity.name(), "C");
    /// let text = answer.text(&TextOptions::default());
    /// assert_eq!(text, "by PageRank: share of a random walk, 1 in all\n0.574468  C\n");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn answer(&self, most: usize) -> Answer<'g, RankRows<'g>> {
        self.run().answer(most)
    }
}

impl<'g> Ranks<'g> {
    /// The highest ranks as an answer, so many at most: of entities that are [known](Entity::is_known) by then, and that
    /// the view's [filter](crate::View::only) lists.
    #[must_use]
    pub fn answer(&self, most: usize) -> Answer<'g, RankRows<'g>> {
        self.answer_of(&[], most)
    }

    /// The same, only of entities of these kinds, if any is named. The walk goes through entities of every kind.
    #[must_use]
    pub fn answer_of(&self, kinds: &[EntityKind], most: usize) -> Answer<'g, RankRows<'g>> {
        let others = self.view().entities().filter(|entity| !is_listed(*entity, kinds)).count();
        let top = self.top(most.saturating_add(others)).into_iter();
        let top = top.filter(|(entity, _)| is_listed(*entity, kinds));
        let rows = top.take(most).map(|(entity, rank)| RankRow { entity, rank }).collect();
        let title = title("by PageRank: share of a random walk, 1 in all", kinds);
        Answer::new(self.view(), RankRows { rows, digits: self.digits(), title })
            .outcome(self.outcome())
            .disputed(self.is_disputed())
    }
}

/// Whether a ranking lists an entity: of these kinds, or of any.
pub(super) fn is_listed(entity: Entity<'_>, kinds: &[EntityKind]) -> bool {
    (kinds.is_empty() || kinds.contains(&entity.kind())) && entity.is_known() && entity.view().lists(entity)
}

/// What is counted, and of whom: "Company only, by degree: ...".
pub(super) fn title(counted: &str, kinds: &[EntityKind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    if names.is_empty() { counted.to_owned() } else { format!("{} only, {counted}", names.join(", ")) }
}

impl RankRows<'_> {
    /// A rank with as many places as the highest has digits.
    fn told(&self, rank: f64) -> String {
        let highest = self.rows.first().map_or(1.0, |row| row.rank);
        let tenths = std::iter::successors(Some(highest), |rank| Some(rank * 10.0));
        let zeros = tenths.take(PLACES).take_while(|rank| *rank < 0.1).count();
        let places = PLACES.min(zeros + self.digits as usize);
        format!("{rank:.places$}")
    }
}

impl<'g> Content<'g> for RankRows<'g> {
    type Row = RankRow<'g>;

    fn command(&self) -> &'static str {
        "rank"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        table.leads_of(|page| page.line(&self.title));
        for row in &self.rows {
            table.row();
            table.entity("entity", Some(row.entity));
            table.number("rank", Some(row.rank));
            table.reads("rank", Cell::Number(self.told(row.rank)));
            table.reads_text("entity", row.entity.told_name());
        }
    }

    fn rows(&self) -> &[RankRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// All ranks, with as many places as the highest has digits.
    fn write(&self, page: &mut Page<'g>) {
        page.line(&self.title);
        for row in &self.rows {
            page.line(&format!("{}  {}", self.told(row.rank), name(row.entity)));
        }
    }
}
