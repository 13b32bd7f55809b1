//! Graph files: RON in, with the place of every problem, and RON out. The one home of ron.

mod entity;
mod fact;
mod fact_places;
mod fact_shape;
mod fact_table;
mod folder;
mod load;
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

pub use write::to_ron;
