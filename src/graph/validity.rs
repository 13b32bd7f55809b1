//! When a relation is in force: an interval of days for its start and one for its end.
//!
//! Both ends are chosen independently of each other within their intervals; a relation is in force from
//! its start up to, not including, its end.

use crate::model::{End, FactRecord, Status};
use crate::value::{Date, Day, Term};

/// How sure it is that something is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// For some choice of days within imprecise dates.
    Possible,
    /// For every choice of days within imprecise dates.
    Certain,
}

impl Certainty {
    /// The word, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }
}

/// The days on which something may begin and end to be in force.
///
/// ```
/// use keiretsu::{Certainty, Graph};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     facts: [ Partnership(between: ["a", "b"], since: "2016-02/2016-04", unsourced: true) ],
/// )"#)?;
/// let validity = graph.view().facts().next().unwrap().validity();
/// let at = |date: &str| validity.at(date.parse().unwrap());
/// assert_eq!(at("2016-01-31"), None);
/// assert_eq!(at("2016-03-15"), Some(Certainty::Possible));
/// assert_eq!(at("2016-04-30"), Some(Certainty::Certain));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Validity {
    start: Days,
    end: Days,
}

/// An interval of days by their numbers, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Days {
    first: i32,
    last: i32,
}

/// Before every day of the calendar.
const BEFORE: i32 = i32::MIN;
/// After every day of the calendar.
const AFTER: i32 = i32::MAX;

impl Days {
    /// No day: it never comes.
    const NEVER: Self = Self { first: AFTER, last: AFTER };
    /// Any day, or none.
    const UNKNOWN: Self = Self { first: BEFORE, last: AFTER };

    fn of(date: Date) -> Self {
        Self {
            first: date.earliest().map_or(BEFORE, Day::number),
            last: date.latest().map_or(AFTER, Day::number),
        }
    }

    /// The days of a date that the calendar has.
    pub(crate) fn in_calendar(date: Date) -> Self {
        let days = Self::of(date);
        Self { first: days.first.max(Day::MIN.number()), last: days.last.min(Day::MAX.number()) }
    }

    /// The earliest of some dates, bound by bound: by when the first of them has surely, and may have, come.
    pub(crate) fn first_of(dates: impl Iterator<Item = Date>) -> Option<Self> {
        dates.map(Self::of).reduce(Self::min)
    }

    /// How sure it is that these days have come by a date.
    pub(crate) fn reached_by(self, date: Self) -> Option<Certainty> {
        if self.last <= date.first {
            return Some(Certainty::Certain);
        }
        (self.first <= date.last).then_some(Certainty::Possible)
    }

    /// On or before the last of some days; of none, any day or none.
    fn up_to(days: Option<Self>) -> Self {
        Self { first: BEFORE, last: days.map_or(AFTER, |days| days.last) }
    }

    /// From the first day of a date on, or never.
    fn from(date: Date) -> Self {
        Self { first: Self::of(date).first, last: AFTER }
    }

    /// Both ends moved by a term, month ends clamped.
    fn after(self, term: Term) -> Self {
        let moved = |day: i32, beyond: i32| match Day::from_number(day) {
            Some(day) => term.after(day).map_or(AFTER, Day::number),
            None => beyond,
        };
        Self { first: moved(self.first, BEFORE), last: moved(self.last, AFTER) }
    }

    /// The earlier of both, bound by bound.
    fn min(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.min(other.last) }
    }
}

impl Validity {
    /// Always, for certain: what records of entities say.
    pub(crate) const ALWAYS: Self = Self { start: Days { first: BEFORE, last: BEFORE }, end: Days::NEVER };

    /// Never: wishes.
    pub(crate) const NEVER: Self = Self { start: Days::NEVER, end: Days::NEVER };

    /// Of a fact, by its dates and by when a source first told it.
    pub(crate) fn of_fact(fact: &FactRecord, told: Option<Days>) -> Self {
        match fact.status {
            Some(Status::Sought) => Self::NEVER,
            Some(Status::Withdrawn) => Self::of_withdrawn(fact),
            None if fact.withdrawn.is_some() => Self::of_withdrawn(fact),
            _ if fact.kind.row().event => Self { start: event_day(fact, told), end: Days::NEVER },
            _ => {
                let start = fact.since.or(fact.completed).or(fact.signed).or(fact.announced);
                let start = start.map_or_else(|| Days::up_to(told), Days::of);
                Self { start, end: end(fact, start) }
            }
        }
    }

    /// Possible from the announcement up to the withdrawal; without a day of withdrawal, never.
    fn of_withdrawn(fact: &FactRecord) -> Self {
        let Some(withdrawn) = fact.withdrawn else { return Self::NEVER };
        let known = fact.announced.or(fact.signed);
        Self { start: known.map_or(Days::UNKNOWN, Days::from), end: Days::of(withdrawn) }
    }

    /// Whether it is in force on a date: certain if on every day of the date for every choice of days.
    #[must_use]
    pub fn at(self, date: Date) -> Option<Certainty> {
        self.at_days(Days::in_calendar(date))
    }

    pub(crate) fn at_days(self, date: Days) -> Option<Certainty> {
        let Days { first, last } = date;
        if self.start.last <= first && last < self.end.first {
            return Some(Certainty::Certain);
        }
        let begin = first.max(self.start.first);
        (begin <= last && begin < self.end.last).then_some(Certainty::Possible)
    }

    /// The earliest and the latest day on which it may begin; `None` where there is no bound.
    #[must_use]
    pub fn begins(self) -> (Option<Day>, Option<Day>) {
        (Day::from_number(self.start.first), Day::from_number(self.start.last))
    }

    /// The earliest and the latest day on which it may end; `None` where there is no bound.
    #[must_use]
    pub fn ends(self) -> (Option<Day>, Option<Day>) {
        (Day::from_number(self.end.first), Day::from_number(self.end.last))
    }

    /// The same, ending where another thing begins, if that is earlier.
    pub(crate) fn cut_by(self, event: Self) -> Self {
        Self { end: self.end.min(event.start), ..self }
    }

    /// Beginning where this or another thing does, and not known which.
    pub(crate) fn or(self, other: Self) -> Self {
        let first = self.start.first.min(other.start.first);
        Self { start: Days { first, last: self.start.last.max(other.start.last) }, ..self }
    }

    /// What ends where this begins, its own start not stated.
    pub(crate) fn before(self, told: Option<Days>) -> Self {
        Self { start: Days::up_to(told), end: self.start }
    }

    /// From where this begins up to where another thing ends.
    pub(crate) const fn until_end_of(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }

    /// Whether this may begin before another thing does.
    pub(crate) const fn begins_before(self, other: Self) -> bool {
        self.start.first <= other.start.first
    }

    /// Whether this surely ends before another thing begins.
    pub(crate) const fn ends_before(self, other: Self) -> bool {
        self.end.last <= other.start.first
    }

    /// The same, never certain.
    pub(crate) const fn only_possible(self) -> Self {
        Self { start: Days { first: self.start.first, last: AFTER }, ..self }
    }
}

/// When an event happened: done, or pending for ever if it is only announced or signed.
fn event_day(fact: &FactRecord, told: Option<Days>) -> Days {
    if let Some(done) = fact.completed.or(fact.since) {
        return Days::of(done);
    }
    let known = [fact.announced, fact.signed].into_iter().flatten().map(Days::from);
    let pending = known.reduce(Days::min);
    match (fact.status, pending) {
        (Some(Status::Completed), Some(pending)) => {
            let last = Days::up_to(told).last;
            Days { first: pending.first.min(last), last }
        }
        (_, Some(pending)) => pending,
        (Some(Status::Announced | Status::Agreed), None) => Days::UNKNOWN,
        (_, None) => Days::up_to(told),
    }
}

/// When a state ends.
fn end(fact: &FactRecord, start: Days) -> Days {
    match fact.until {
        Some(End::On(date)) => Days::of(date),
        Some(End::Open) => Days::NEVER,
        Some(End::Unknown) => Days::UNKNOWN,
        None if fact.status == Some(Status::Ended) => Days::UNKNOWN,
        None => match fact.term {
            Some(term) if !term.is_perpetual() => start.after(term),
            _ => Days::NEVER,
        },
    }
}
