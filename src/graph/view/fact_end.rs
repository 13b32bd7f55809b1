//! When a fact ends, whatever ends it.

use super::certainty::{deciding, fact_validity, validity};
use super::fact::Fact;
use crate::graph::store::validity::{Certainty, Days, Validity};
use crate::value::{Date, Day};

impl Fact<'_> {
    /// Whether it has ended by the first moment of a day, and on which days it may end: by its dates, its term, or what
    /// ends it. None if it goes on, or if it never was in force.
    pub(crate) fn ended_by(self, day: Day) -> Option<(Certainty, Option<Date>)> {
        let end = self.end();
        end.reached_by(Days::on(day.number())).filter(|_| self.counts()).map(|sure| (sure, end.date()))
    }

    /// On which days its term ended, if it has one, no end is stated, and the day is known.
    #[cfg(feature = "answer")]
    pub(crate) fn ran_out(self) -> Option<Date> {
        let timing = self.timing();
        let has_term = timing.until.is_none() && timing.term.is_some_and(|term| !term.is_perpetual());
        self.own_validity().end_days().date().filter(|_| has_term)
    }

    /// Whether nothing says when or whether it ends.
    pub(crate) fn is_without_end(self) -> bool {
        let timing = self.timing();
        timing.until.is_none() && timing.term.is_none() && self.end() == Validity::ALWAYS.end_days()
    }

    /// It ends when the last of the relations that decide about it does.
    fn end(self) -> Days {
        let view = self.view();
        let relations = view.data().cuts.of_fact(self.index()).unwrap_or_default();
        let ends = deciding(self, relations).map(|relation| validity(view, relation).end_days());
        ends.reduce(Days::max).unwrap_or_else(|| fact_validity(view, self.index()).end_days())
    }
}
