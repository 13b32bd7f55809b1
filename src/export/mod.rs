//! Serializes answers: the shape of each handle is that of the command line's JSON.

mod deal;
mod ending;
mod entity;
mod fact;
mod graph;
mod moment;
mod money;
mod ownership;
mod property;
mod relation;
mod search;
mod share;
mod vocabulary;
mod words;

pub use entity::EntityDetails;
pub use graph::GraphExport;
pub use relation::StakeExport;
#[cfg(feature = "answer")]
pub(crate) use share::{PLACES, bounds};
