//! How a graph is stored: entities, facts and relations in columns, and the adjacency lists that walks follow.
//!
//! Fields that nearly every record has are in columns of fixed width. Rare fields are packed as bytes, and records are
//! rebuilt on demand.

pub(crate) mod adjacency;
pub(crate) mod claims;
pub(crate) mod cuts;
pub(crate) mod data;
pub(crate) mod doubts;
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
pub(crate) mod memo;
pub(crate) mod names;
pub(crate) mod offsets;
pub(crate) mod outline;
#[cfg(feature = "import")]
pub(crate) mod plain;
pub(crate) mod property;
pub(crate) mod ranked;
pub(crate) mod relations;
pub(crate) mod rule;
pub(crate) mod runs;
pub(crate) mod section;
pub(crate) mod settled;
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

/// The allocated size of a column in bytes.
pub(crate) const fn room<T>(column: &Vec<T>) -> usize {
    column.capacity() * size_of::<T>()
}

/// Converts bytes to enum variants by their positions.
pub(crate) fn kinds<T: Copy>(bytes: Vec<u8>, all: &[T]) -> Result<Vec<T>, Damage> {
    // Checks all bytes without a branch, so that the loop vectorizes.
    let are_known = bytes.iter().fold(true, |all_known, byte| all_known & (usize::from(*byte) < all.len()));
    let Some(first) = all.first().copied().filter(|_| are_known) else { return Err(Damage::Inconsistent) };
    Ok(bytes.into_iter().map(|byte| all.get(usize::from(byte)).copied().unwrap_or(first)).collect())
}

/// The id of a source of the same graph.
pub(crate) fn source_id(sources: &[SourceRecord], source: SourceIx) -> Id {
    sources.get(source.get()).map_or_else(|| Id::unchecked(""), |source| source.id.clone())
}

/// An item at an index that the graph itself gave out.
#[expect(
    clippy::indexing_slicing,
    reason = "handles are made by their own graph only, and a graph never shrinks"
)]
pub(crate) fn at<T>(items: &[T], n: usize) -> &T {
    &items[n]
}
