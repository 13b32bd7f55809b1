//! What distinguishes entities of the same name in print.

use std::borrow::Cow;

use super::entity::Entity;
use crate::graph::store::entity_fields::REGISTER;
use crate::graph::store::index::EntityIx;
use crate::graph::store::twins::{Mark, mark_all};
use crate::model::EntityKind;

impl<'g> Entity<'g> {
    /// Its name as printed: if another entity of the graph has the very same name, followed by what distinguishes the
    /// two, as in "Meridian (GB)".
    ///
    /// That is its country, else its register number, else its kind, else its id: the first of these that is unique
    /// among entities of this name. `Display` prints the same. The first call indexes the names of the whole graph.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(companies: {
    ///     "m-gb": (name: "Meridian", country: "GB"), "m-us": (name: "Meridian", country: "US"), "quell": (name: "Quell"),
    /// })"#)?;
    /// let told: Vec<_> = graph.view().entities().map(|entity| entity.told_name().into_owned()).collect();
    /// assert_eq!(told, ["Meridian (GB)", "Meridian (US)", "Quell"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn told_name(self) -> Cow<'g, str> {
        match mark(self) {
            Some(mark) => Cow::Owned(format!("{} ({mark})", self.name())),
            None => Cow::Borrowed(self.name()),
        }
    }
}

/// What distinguishes an entity from others of its name, if there are any.
pub(crate) fn mark(entity: Entity<'_>) -> Option<String> {
    let mark_text = match own_mark(entity)? {
        Mark::Country => entity.country()?.to_string(),
        Mark::Register => entity.fields().text(REGISTER)?.to_owned(),
        Mark::Kind => bare_noun(entity.kind()).to_owned(),
        Mark::Id => entity.id().to_owned(),
    };
    Some(mark_text)
}

fn own_mark(entity: Entity<'_>) -> Option<Mark> {
    let data = entity.view().data();
    if entity.view().knowledge().is_none() {
        return data.twins().mark(entity.index());
    }
    // Under a second clock entities have the names that they had then.
    let called = data.names().called(&data.entities, entity.name());
    let is_same = |other: &EntityIx| entity.view().entity_at(*other).name() == entity.name();
    let group: Vec<EntityIx> = called.into_iter().filter(is_same).collect();
    if group.len() < 2 {
        return None;
    }
    let mut marks = Vec::new();
    mark_all(&data.entities, &group, &mut marks);
    marks.into_iter().find(|(own, _)| *own == entity.index()).map(|(_, mark)| mark)
}

/// "company", from "a company".
fn bare_noun(kind: EntityKind) -> &'static str {
    kind.noun().split_once(' ').map_or(kind.noun(), |(_, noun)| noun)
}
