//! Graph files: RON in, with the place of every problem, and RON out. The one home of ron.

mod blank;
mod entity;
mod fact;
mod fact_places;
mod fact_shape;
mod fact_table;
mod failure;
mod folder;
mod load;
mod mapping;
mod node;
mod place;
mod reader;
mod schema;
mod seen;
mod snapshot;
mod source;
mod syntax;
#[cfg(test)]
mod tests;
mod unknown;
mod usual;
mod word;
mod write;

pub use write::to_ron;
