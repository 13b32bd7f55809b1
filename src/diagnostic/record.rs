//! Which record a problem is about, for programs that gave the records.

use serde::Serialize;

/// A record, and the field of it, that a problem is about.
///
/// ```
/// use keiretsu::{FactKind, FactRecord, Graph, RecordSort, Role};
/// let mut builder = Graph::builder();
/// let acme = builder.company("acme", "Acme")?;
/// let supply = FactRecord::new(FactKind::Supply).id("s1".parse()?).role(Role::Supplier, acme);
/// builder.fact(supply.role(Role::Customer, "bolt".parse()?));
/// let error = builder.build().unwrap_err();
/// let place = error.diagnostics().iter().find(|d| d.code.as_str() == "E0301").unwrap().record().unwrap();
/// assert_eq!((place.sort, place.position, place.id.as_deref()), (RecordSort::Fact, 0, Some("s1")));
/// assert_eq!((place.field, place.item), (Some("customer"), 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordPlace {
    /// What sort of record it is.
    pub sort: RecordSort,
    /// Its position among the records of its sort, in the order given, from 0.
    pub position: usize,
    /// The id that it states, if it states one.
    pub id: Option<String>,
    /// The field, by its name in graph files; none if the record as a whole is meant.
    pub field: Option<&'static str>,
    /// Which of the field's values, from 0.
    pub item: usize,
}

/// The sorts of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RecordSort {
    /// The title and description of the graph.
    Graph,
    /// A source.
    Source,
    /// An entity.
    Entity,
    /// A fact.
    Fact,
}
