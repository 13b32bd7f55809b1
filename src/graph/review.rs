//! Graphs that were packed without records, looked at as if records had come.

use super::build::bulk::Frozen;
use super::build::derive::Misfit;
use super::build::intake::Intake;
use super::build::problem::{Field, Problem, Problems, Record};
use super::store::data::{GraphData, Warnings};
use super::store::index::{FactIx, SourceIx};
use super::view::view::View;
use super::{Graph, lint};
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;

/// A graph of tables and what is known of it, for whoever looks for what is odd.
pub(crate) struct Review<'g> {
    data: &'g GraphData,
    misfits: &'g [Misfit],
}

impl Frozen {
    /// The graph; `look` finds its warnings when somebody asks for them.
    pub(crate) fn reviewed(
        self,
        look: impl Fn(Review<'_>) -> Vec<Diagnostic> + Send + Sync + 'static,
    ) -> Graph {
        let Self { mut data, misfits } = self;
        data.warnings = Warnings::sought(move |data| look(Review { data, misfits: &misfits }));
        Graph::from_data(data)
    }
}

impl Review<'_> {
    /// All that `check` tells of a file of these records. Entities, sources and facts are numbered as in the graph.
    pub(crate) fn problems<'k>(
        &self,
        limits: &Limits,
        keep: impl Fn(&Problem) -> bool + Send + Sync + 'k,
    ) -> Problems<'k> {
        let (data, view) = (self.data, View::new(self.data));
        let mut intake = Intake::new(limits.clone(), Problems::keeping(keep));
        intake.heading(data.title.clone(), data.description.clone());
        data.sources.iter().for_each(|source| intake.source(source.clone()));
        view.entities().for_each(|entity| intake.entity(&entity.record()));
        view.facts().for_each(|fact| intake.fact(&mut fact.record()));
        let mut problems = intake.checked();
        drop(intake);
        let position = |fact: FactIx| Record::Fact(fact.get());
        lint::check(view, self.misfits, &position, &mut problems);
        problems
    }

    /// The first fact that cites a source, and which piece of its evidence does.
    pub(crate) fn citing(&self, source: usize) -> Option<Field> {
        let source = SourceIx::new(source);
        self.data.facts.all().find_map(|fact| {
            let item = self.data.facts.evidence(fact).position(|said| said.source == source)?;
            Some(Record::Fact(fact.get()).field("source", item))
        })
    }
}
