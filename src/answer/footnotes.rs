//! Footnotes: the sources that an answer cites, numbered in the order of their first use.

use std::collections::BTreeMap;

use crate::graph::{Evidence, Source};
use crate::model::Stance;

/// The cited sources with their numbers.
#[derive(Debug, Default)]
pub(crate) struct Footnotes<'g> {
    /// In order of first use.
    sources: Vec<Source<'g>>,
    /// The number of each.
    numbers: BTreeMap<&'g str, usize>,
}

/// A mark that leads to a footnote: `[1]`, or `[1 against]` where the source disagrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mark {
    /// The number of the footnote, from 1.
    pub number: usize,
    /// Whether the source disagrees.
    pub against: bool,
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let against = if self.against { " against" } else { "" };
        write!(f, "[{}{against}]", self.number)
    }
}

impl<'g> Footnotes<'g> {
    /// No footnote yet.
    pub(crate) const fn new() -> Self {
        Self { sources: Vec::new(), numbers: BTreeMap::new() }
    }

    /// The number of a source, which is its next one if it has none yet.
    pub(crate) fn number(&mut self, source: Source<'g>) -> usize {
        *self.numbers.entry(source.id()).or_insert_with(|| {
            self.sources.push(source);
            self.sources.len()
        })
    }

    /// The marks for some evidence, each once.
    pub(crate) fn marks(&mut self, evidence: &[Evidence<'g>]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for evidence in evidence {
            let against = evidence.stance() == Stance::Refutes;
            let mark = Mark { number: self.number(evidence.source()), against };
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks
    }

    /// The cited sources, in order.
    pub(crate) fn into_sources(self) -> Vec<Source<'g>> {
        self.sources
    }
}

/// Where a source was published, and when: " (The Gazette, 2019-05-02)"; empty if neither is stated.
pub(crate) fn published(source: Source<'_>) -> String {
    let record = source.record();
    let date = record.published.map(|date| date.to_string());
    let said: Vec<String> = record.publisher.iter().cloned().chain(date).collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}
