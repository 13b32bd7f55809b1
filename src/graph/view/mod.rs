//! The graph as questions see it: views, their handles, what counts in them, and how it is worded.

pub(crate) mod adjacency;
mod adopt;
mod agreed;
pub(crate) mod bearers;
pub(crate) mod certainty;
pub(crate) mod claims;
mod criteria;
mod declared;
mod doubted;
pub(crate) mod ending;
pub(crate) mod entity;
pub(crate) mod evidence;
pub(crate) mod fact;
mod fact_end;
pub(crate) mod fact_filter;
pub(crate) mod filter;
pub(crate) mod identifiers;
mod joint_sets;
pub(crate) mod known;
pub(crate) mod known_stakes;
mod list;
mod name_of_time;
pub(crate) mod names;
mod other_readings;
mod passed_on;
#[cfg(feature = "petgraph-traits")]
pub(crate) mod petgraph_traits;
pub(crate) mod policy;
pub(crate) mod readings;
pub(crate) mod relation;
pub(crate) mod right;
pub(crate) mod sentence;
pub(crate) mod side;
pub(crate) mod stakes;
pub(crate) mod touching;
pub(crate) mod twins;
#[expect(clippy::module_inception, reason = "the handle has the name of what it is")]
pub(crate) mod view;
