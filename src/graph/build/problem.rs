//! A problem of a record, before its place in a file is known.

use crate::diagnostic::{
    Code, Diagnostic, Found, Location, RecordPlace, RecordSort, Severe, Severity, shown,
};
use crate::model::Id;
use crate::model::property::{PROPERTIES, PROPERTY_KEY};

/// The problems of one graph. Beyond a limit they are only counted.
pub(crate) type Problems<'k> = Found<'k, Problem>;

/// What is wrong with which field of which record.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) at: Option<Field>,
    /// The other record, where two clash.
    pub(crate) also: Option<Field>,
    /// What is at that place: "in the role `buyer` of a `Sale`".
    pub(crate) label: Option<String>,
    /// The id that the record states, where it is known.
    pub(crate) own_id: Option<String>,
    /// The unknown id, as the message shows it.
    pub(crate) id: Option<String>,
}

/// A field of a record, or the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Field {
    pub(crate) record: Record,
    /// The field's name in files; `None` for the record as a whole.
    pub(crate) name: Option<&'static str>,
    /// Which of the field's values, from 0.
    pub(crate) item: usize,
}

/// A record by its position among those given to the builder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Record {
    /// The title and description that the n-th text gives the graph.
    Graph(usize),
    Source(usize),
    Entity(usize),
    Fact(usize),
}

impl Record {
    pub(crate) const fn whole(self) -> Field {
        Field { record: self, name: None, item: 0 }
    }

    pub(crate) const fn field(self, name: &'static str, item: usize) -> Field {
        Field { record: self, name: Some(name), item }
    }
}

impl Field {
    /// What a program is told of the place.
    fn in_record(self, id: Option<String>) -> RecordPlace {
        let (sort, position) = match self.record {
            Record::Graph(n) => (RecordSort::Graph, n),
            Record::Source(n) => (RecordSort::Source, n),
            Record::Entity(n) => (RecordSort::Entity, n),
            Record::Fact(n) => (RecordSort::Fact, n),
        };
        let field = self.name.map(|name| if name == PROPERTY_KEY { PROPERTIES } else { name });
        RecordPlace { sort, position, id, field, item: self.item }
    }
}

impl Severe for Problem {
    fn severity(&self) -> Severity {
        self.diagnostic.severity
    }
}

impl Problem {
    pub(crate) fn new(code: Code, at: Field, message: impl Into<String>) -> Self {
        Self {
            diagnostic: Diagnostic::new(code, message),
            at: Some(at),
            also: None,
            label: None,
            own_id: None,
            id: None,
        }
    }

    pub(crate) fn nowhere(code: Code, message: impl Into<String>) -> Self {
        Self {
            diagnostic: Diagnostic::new(code, message),
            at: None,
            also: None,
            label: None,
            own_id: None,
            id: None,
        }
    }

    pub(crate) fn also(mut self, other: Field) -> Self {
        self.also = Some(other);
        self
    }

    /// Reports an id that nothing has.
    pub(crate) fn unknown(code: Code, at: Field, sort: &str, id: &Id) -> Self {
        let id = shown(id.as_str());
        Self { id: Some(id.clone()), ..Self::new(code, at, format!("no {sort} has the id `{id}`")) }
    }

    /// The problem as a diagnostic. `locate` turns a field, and what is there, into a place in the source's own terms.
    pub(crate) fn placed(
        self,
        mut locate: impl FnMut(Field, Option<String>) -> Option<Location>,
    ) -> Diagnostic {
        let mut diagnostic = self.diagnostic;
        diagnostic.at = self.at.and_then(|at| locate(at, self.label));
        diagnostic.also = self.also.and_then(|also| locate(also, Some("first here".to_owned())));
        diagnostic
    }

    /// Names the record by the id that it states.
    pub(crate) fn of_id(mut self, id: &str) -> Self {
        self.own_id = Some(id.to_owned());
        self
    }

    /// The problem as a diagnostic of a record that a program gave.
    pub(crate) fn of_record(self) -> Diagnostic {
        let mut diagnostic = self.diagnostic;
        diagnostic.place_in_record(self.at.map(|at| at.in_record(self.own_id)));
        diagnostic
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.hint(hint);
        self
    }

    pub(crate) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.diagnostic = self.diagnostic.maybe_hint(hint);
        self
    }
}
