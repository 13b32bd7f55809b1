//! Answers as JSON.

use serde::Serialize;

use super::{Answer, Content, escape};
use crate::graph::Fact;

/// The object around every answer, keys in fixed order.
#[derive(Serialize)]
struct Envelope<'a, 'g, R> {
    command: &'a str,
    graph: &'a str,
    as_of: Option<String>,
    known_by: Option<String>,
    claims: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    filters: &'a [String],
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_by: Option<&'a str>,
    results: &'a [R],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    declared: &'a [Fact<'g>],
}

/// One object, followed by a line break.
pub(super) fn render<'g, C: Content<'g>>(answer: &Answer<'g, C>, graph: &str) -> String {
    let stopped_by = answer.stopped_by().map(|by| by.name());
    let envelope = Envelope {
        command: answer.content.command(),
        graph,
        as_of: answer.asked.as_of.map(|date| date.to_string()),
        known_by: answer.asked.known_by.map(|date| date.to_string()),
        claims: answer.asked.claims.name(),
        filters: &answer.asked.filters,
        complete: stopped_by.is_none(),
        stopped_by,
        results: answer.rows(),
        declared: &answer.declared,
    };
    // Nothing in an answer fails to serialize: its keys are strings, and its numbers are finite.
    let mut text = serde_json::to_string_pretty(&envelope).unwrap_or_default();
    text.push('\n');
    escape::json(text)
}
