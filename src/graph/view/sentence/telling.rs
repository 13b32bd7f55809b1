//! A fact to be put into words.

use std::cell::OnceCell;

use crate::graph::view::fact::Fact;
use crate::model::{FactRecord, Status};

/// A fact with what its wording needs. Its record is rebuilt once, on first use.
#[derive(Clone, Debug)]
pub(super) struct Telling<'g> {
    fact: Fact<'g>,
    /// Without roles, evidence and note.
    record: OnceCell<FactRecord>,
}

impl<'g> Telling<'g> {
    pub(super) const fn of(fact: Fact<'g>) -> Self {
        Self { fact, record: OnceCell::new() }
    }

    pub(super) const fn fact(&self) -> Fact<'g> {
        self.fact
    }

    pub(super) fn record(&self) -> &FactRecord {
        self.record.get_or_init(|| self.fact.bare_record())
    }

    /// Like [`Fact::status`].
    pub(super) fn status(&self) -> Option<Status> {
        self.record().status_as_told(self.fact.newest())
    }

    /// Like [`Fact::is_over`].
    pub(super) fn is_over(&self) -> bool {
        self.fact.is_over_by(|| self.status())
    }
}
