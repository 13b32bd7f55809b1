//! The text of a graph file as a tree: every token, comment and blank with its place.
//!
//! This is the only reader of graph files. It is flat: tokens stand one after the other without a gap, and an opening
//! bracket knows its closing one, so the text prints back from it byte for byte, and nothing recurses on how deep
//! brackets are nested. Values are read from tokens when somebody asks ([`Node`]).
//!
//! Of a file that is only read, one record or fact at a time has its tokens ([`read`]): those of a whole file are
//! larger than it. What is kept is where each begins, and whoever asks for places in it has the tokens of that one made
//! again ([`item_at`]).
//!
//! What is well-formed, and which value it has, is as in ron 0.12 with `implicit_some`, which judges this in tests. But
//! ron stops at the first slip, and here reading goes on at the next record, fact or section (`search.rs`).

mod atom;
mod graph;
mod header;
#[cfg(test)]
mod judge;
mod lexer;
#[cfg(test)]
mod mutated;
mod number;
mod parser;
mod quoted;
mod search;
mod slip;
#[cfg(test)]
mod tests;
mod token;
mod view;
#[cfg_attr(not(test), allow(dead_code, reason = "what edits a file will ask for"))]
mod whole;

pub(crate) use graph::{Item, Part, Unread, item_at, read};
pub(crate) use token::Span;
pub(crate) use view::{Fields, Key, Node, Value};
