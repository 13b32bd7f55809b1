//! Graph files: RON in, with the place of every problem, and RON out. The one home of ron.

mod entity;
mod fact;
mod fact_places;
mod fact_shape;
mod fact_table;
mod folder;
mod load;
mod loader;
mod mapped;
mod mapping;
mod place;
mod reader;
mod schema;
mod seen;
mod snapshot;
mod source;
mod tree;
mod unknown;
mod word;
mod write;

pub use loader::{Loader, Progress};
pub use write::to_ron;
