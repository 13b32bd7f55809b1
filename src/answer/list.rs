//! The entities of a kind.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Answer, Column, Content, Page, TableBuilder, name};
use crate::graph::{Entity, View};
use crate::model::EntityKind;

const COLUMNS: &[Column] = &[
    Column::One("id"),
    Column::One("kind"),
    Column::One("name"),
    Column::One("country"),
    Column::One("industry"),
];

/// The question which entities there are.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::EntityKind;
/// use keiretsu::answer::{ListQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A", country: "SE", industry: "anvils") },
///     brands: { "x": (name: "X") },
/// )"#)?;
/// let answer = ListQuestion::of(graph.view()).kind(EntityKind::Company).answer();
/// assert_eq!(answer.text(&TextOptions::default()), "a  Company  A  SE  anvils\n");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct ListQuestion<'g> {
    view: View<'g>,
    kinds: Vec<EntityKind>,
}

/// Entities that are listed.
#[derive(Clone, Debug)]
pub struct ListRows<'g> {
    rows: Vec<ListRow<'g>>,
}

/// An entity that is listed; it serializes with its country and industry.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ListRow<'g> {
    /// The entity.
    pub entity: Entity<'g>,
}

/// `{"id", "kind", "name", "country", "industry"}`.
impl Serialize for ListRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { entity } = self;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("id", entity.id())?;
        map.serialize_entry("kind", &entity.kind())?;
        map.serialize_entry("name", entity.name())?;
        map.serialize_entry("country", &entity.country().map(|country| country.to_string()))?;
        map.serialize_entry("industry", &entity.industry())?;
        map.end()
    }
}

impl<'g> ListQuestion<'g> {
    /// All entities of a view.
    pub const fn of(view: View<'g>) -> Self {
        Self { view, kinds: Vec::new() }
    }

    /// Only those of this kind. Several kinds are alternatives.
    pub fn kind(mut self, kind: EntityKind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// The entities by id: those [known](Entity::is_known) in the view whose country and industry its
    /// [filter](View::only) accepts.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, ListRows<'g>> {
        let is_of_kind = |entity: &Entity<'g>| self.kinds.is_empty() || self.kinds.contains(&entity.kind());
        let is_listed = |entity: &Entity<'g>| entity.is_known() && self.view.lists(*entity);
        let rows = self.view.entities().filter(|entity| is_of_kind(entity) && is_listed(entity));
        let rows = rows.map(|entity| ListRow { entity }).collect();
        Answer::new(self.view, ListRows { rows })
    }
}

impl<'g> Content<'g> for ListRows<'g> {
    type Row = ListRow<'g>;

    fn command(&self) -> &'static str {
        "list"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark("no such entity is stated");
        }
        for ListRow { entity } in &self.rows {
            table.row();
            table.text("id", Some(entity.id()));
            table.text("kind", Some(entity.kind().name()));
            table.text("name", Some(entity.name()));
            table.text("country", entity.country().map(|country| country.to_string()).as_deref());
            table.text("industry", entity.industry());
        }
    }

    fn rows(&self) -> &[ListRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Id, kind, name, country and industry in columns.
    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            return page.line("no such entity is stated");
        }
        let left_out = page.left_out(self.rows.len());
        let shown = self.rows.iter().take(self.rows.len() - left_out);
        let row = |ListRow { entity }: &ListRow<'g>| {
            let country = entity.country().map_or_else(String::new, |country| country.to_string());
            let industry = entity.industry().unwrap_or_default().to_owned();
            vec![entity.id().to_owned(), entity.kind().to_string(), name(*entity), country, industry]
        };
        page.table(shown.map(row).collect(), &[]);
        page.say_left_out(0, left_out);
    }
}
