//! How a graph is laid out in memory: entities, facts and relations in columns, and the adjacency lists that walks follow.
//!
//! What nearly every record has lies in columns of fixed width; what few have is packed as bytes, and records are
//! put together anew when somebody asks for one.

pub(crate) mod adjacency;
pub(crate) mod claims;
pub(crate) mod cuts;
pub(crate) mod data;
pub(crate) mod entities;
pub(crate) mod entity_fields;
pub(crate) mod evidence;
pub(crate) mod fact_fields;
pub(crate) mod fact_id;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod folding;
pub(crate) mod identifiers;
pub(crate) mod ids;
pub(crate) mod index;
pub(crate) mod lazy;
pub(crate) mod legal_forms;
pub(crate) mod lookup;
pub(crate) mod majorities;
pub(crate) mod names;
pub(crate) mod offsets;
pub(crate) mod outline;
#[cfg(feature = "import")]
pub(crate) mod plain;
pub(crate) mod ranked;
pub(crate) mod relations;
pub(crate) mod rule;
pub(crate) mod runs;
pub(crate) mod section;
#[cfg(feature = "import")]
pub(crate) mod short_ids;
pub(crate) mod snapshot;
pub(crate) mod text;
pub(crate) mod texts;
pub(crate) mod twins;
pub(crate) mod validity;

use crate::graph::store::index::SourceIx;
use crate::graph::store::section::damage::Damage;
use crate::model::{Id, SourceRecord};

/// The bytes that a column has room for.
pub(crate) const fn room<T>(column: &Vec<T>) -> usize {
    column.capacity() * size_of::<T>()
}

/// Bytes as the variants that they number.
pub(crate) fn kinds<T: Copy>(bytes: Vec<u8>, all: &[T]) -> Result<Vec<T>, Damage> {
    // All are looked at, many at a time.
    let are_known = bytes.iter().fold(true, |all_known, byte| all_known & (usize::from(*byte) < all.len()));
    let Some(first) = all.first().copied().filter(|_| are_known) else { return Err(Damage::Inconsistent) };
    Ok(bytes.into_iter().map(|byte| all.get(usize::from(byte)).copied().unwrap_or(first)).collect())
}

/// The id of a source of the same graph.
pub(crate) fn source_id(sources: &[SourceRecord], source: SourceIx) -> Id {
    sources.get(source.get()).map_or_else(|| Id::unchecked(""), |source| source.id.clone())
}

/// An item by an index that the graph itself gave out.
#[expect(
    clippy::indexing_slicing,
    reason = "handles are made by their own graph only, and a graph never shrinks"
)]
pub(crate) fn at<T>(items: &[T], n: usize) -> &T {
    &items[n]
}
