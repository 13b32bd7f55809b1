//! Answers as JSON.

use keiretsu::{Claims, Outcome};
use serde::Serialize;

use super::{Answer, terminal};
use crate::failure::{Failure, exit};
use crate::session::Session;

/// The object around every answer, keys in fixed order.
#[derive(Serialize)]
struct Envelope<'a, R> {
    command: &'a str,
    graph: String,
    as_of: Option<String>,
    known_by: Option<String>,
    claims: &'a str,
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_by: Option<&'a str>,
    results: &'a [R],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    declared: &'a [serde_json::Value],
}

pub(crate) fn render<R: Serialize>(answer: &Answer<R>, session: &Session) -> Result<Vec<u8>, Failure> {
    let stopped_by = match answer.outcome {
        Outcome::Complete => None,
        Outcome::Stopped(by) => Some(by.name()),
    };
    object(&Envelope {
        command: answer.command,
        graph: session.graph_name(),
        as_of: session.options.as_of.map(|date| date.to_string()),
        known_by: session.options.known_by.map(|date| date.to_string()),
        claims: Claims::from(session.options.claims).name(),
        complete: stopped_by.is_none(),
        stopped_by,
        results: &answer.results,
        declared: &answer.declared,
    })
}

/// One object, followed by a line break.
fn object(object: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut text = serde_json::to_string_pretty(object)
        .map_err(|error| Failure::new(exit::INPUT_OUTPUT, format!("cannot write JSON: {error}")))?;
    text.push('\n');
    Ok(terminal::json(text).into_bytes())
}
