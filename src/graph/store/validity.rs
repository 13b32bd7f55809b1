//! When a relation is in force: a range of days for its start, and one for its end.
//!
//! Start and end are chosen independently within their ranges. A relation is in force from its start up to, not
//! including, its end.

use crate::model::{End, FactKind, FactRecord, Status};
use crate::value::{Date, Day, Term};

/// How certain it is that something is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
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

/// A range of days by their numbers, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Days {
    first: i32,
    last: i32,
}

/// Before every calendar day.
const BEFORE: i32 = i32::MIN;
/// After every calendar day.
const AFTER: i32 = i32::MAX;

impl Days {
    /// No day: it never comes.
    const NEVER: Self = Self { first: AFTER, last: AFTER };
    /// Any day, or none.
    pub(crate) const UNKNOWN: Self = Self { first: BEFORE, last: AFTER };

    /// A single day, by its number.
    pub(crate) const fn on(day: i32) -> Self {
        Self { first: day, last: day }
    }

    pub(crate) fn of(date: Date) -> Self {
        Self {
            first: date.earliest().map_or(BEFORE, Day::number),
            last: date.latest().map_or(AFTER, Day::number),
        }
    }

    /// The days of a date, limited to the calendar.
    pub(crate) fn in_calendar(date: Date) -> Self {
        let days = Self::of(date);
        Self { first: days.first.max(Day::MIN.number()), last: days.last.min(Day::MAX.number()) }
    }

    /// These days as a date, open at the ends of the calendar.
    pub(crate) fn date(self) -> Option<Date> {
        let day = |number: i32, end: Day| Day::from_number(number).filter(|day| *day != end);
        Date::between(day(self.first, Day::MIN), day(self.last, Day::MAX))
    }

    /// The earliest of some dates, for both bounds: the first possible day, and the day by which one has certainly
    /// come.
    pub(crate) fn first_of(dates: impl Iterator<Item = Date>) -> Option<Self> {
        dates.map(Self::of).reduce(Self::min)
    }

    /// How certain it is that these days have come by a date.
    pub(crate) fn reached_by(self, date: Self) -> Option<Certainty> {
        if self.last <= date.first {
            return Some(Certainty::Certain);
        }
        (self.first <= date.last).then_some(Certainty::Possible)
    }

    /// On or before the last of some days; without days, at any time or never.
    fn up_to(days: Option<Self>) -> Self {
        Self { first: BEFORE, last: days.map_or(AFTER, |days| days.last) }
    }

    /// From the first of these days on, or never.
    const fn onwards(self) -> Self {
        Self { first: self.first, last: AFTER }
    }

    /// The first and the last day, by number.
    pub(crate) const fn bounds(self) -> (i32, i32) {
        (self.first, self.last)
    }

    /// Both bounds moved by a term, clamped at month ends.
    fn after(self, term: Term) -> Self {
        let moved = |day: i32, beyond: i32| match Day::from_number(day) {
            Some(day) => term.after(day).map_or(AFTER, Day::number),
            None => beyond,
        };
        Self { first: moved(self.first, BEFORE), last: moved(self.last, AFTER) }
    }

    /// The maximum of both bounds.
    pub(crate) fn max(self, other: Self) -> Self {
        Self { first: self.first.max(other.first), last: self.last.max(other.last) }
    }

    /// The minimum of both bounds.
    fn min(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.min(other.last) }
    }
}

impl Validity {
    /// Always, for certain: for what entity records state.
    pub(crate) const ALWAYS: Self = Self { start: Days { first: BEFORE, last: BEFORE }, end: Days::NEVER };

    /// Never: for what is sought.
    pub(crate) const NEVER: Self = Self { start: Days::NEVER, end: Days::NEVER };

    /// The validity of a fact, by its dates and the first publication of a source.
    pub(crate) fn of_fact(fact: &Timing, published: Option<Days>) -> Self {
        match fact.status {
            Some(Status::Sought) => Self::NEVER,
            Some(Status::Withdrawn) => Self::of_withdrawn(fact),
            None if fact.withdrawn.is_some() => Self::of_withdrawn(fact),
            _ if fact.kind.row().event => Self { start: event_day(fact, published), end: Days::NEVER },
            _ => {
                let start = fact.since.or(fact.completed).or(fact.signed).or(fact.announced);
                let start = start.unwrap_or_else(|| Days::up_to(published));
                // What was only announced or agreed may never have begun.
                let start = if fact.is_pending() { start.onwards() } else { start };
                let stated = Self { start, end: end(fact, start) };
                fact.as_of.map_or(stated, |read| stated.in_force_on(read, |start| end(fact, start)))
            }
        }
    }

    /// Narrowed to be in force on one of these days, as of which a figure was stated. Contradicting dates are left
    /// alone.
    fn in_force_on(self, read: Days, end: impl Fn(Days) -> Days) -> Self {
        if read.last < self.start.first || self.end.last <= read.first.max(self.start.first) {
            return self;
        }
        let start =
            Days { last: self.start.last.min(read.last).min(day_before(self.end.last)), ..self.start };
        let end = end(start);
        let first = end.first.max(day_after(read.first)).max(day_after(start.first));
        Self { start, end: Days { first, ..end } }
    }

    /// Possible from the announcement to the withdrawal. Never, if the day of the withdrawal is unknown.
    fn of_withdrawn(fact: &Timing) -> Self {
        let Some(withdrawn) = fact.withdrawn else { return Self::NEVER };
        let known = fact.announced.or(fact.signed);
        Self { start: known.map_or(Days::UNKNOWN, Days::onwards), end: withdrawn }
    }

    /// Start and end day numbers, if both are exact. `None` is a start before all days, or an end that never comes.
    pub(crate) fn exact(self) -> Option<(Option<i32>, Option<i32>)> {
        let one = |days: Days| days.first == days.last;
        let is_exact =
            one(self.start) && one(self.end) && self.start.first != AFTER && self.end.first != BEFORE;
        is_exact.then_some((
            Some(self.start.first).filter(|day| *day != BEFORE),
            Some(self.end.first).filter(|day| *day != AFTER),
        ))
    }

    /// The bounds of start and end, as day numbers.
    pub(crate) const fn parts(self) -> [i32; 4] {
        [self.start.first, self.start.last, self.end.first, self.end.last]
    }

    pub(crate) const fn from_parts([first, last, end_first, end_last]: [i32; 4]) -> Self {
        Self { start: Days { first, last }, end: Days { first: end_first, last: end_last } }
    }

    /// Whether it is in force on a date. It is certain if it holds on every day of the date, for every choice of days.
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

    /// The last day in force, if it certainly ends.
    pub(crate) fn last_days(self) -> Option<Days> {
        let is_day = |day: i32| (Day::MIN.number()..=Day::MAX.number()).contains(&day);
        let last = Days { first: self.end.first.saturating_sub(1), last: self.end.last.saturating_sub(1) };
        Some(last).filter(|_| is_day(self.end.last))
    }

    /// Whether it has certainly begun by a date.
    pub(crate) const fn has_begun(self, date: Days) -> bool {
        self.start.last <= date.first
    }

    /// Whether it may end after another does.
    pub(crate) const fn outlasts(self, other: Self) -> bool {
        self.end.last > other.end.last
    }

    /// Ends no later than where another begins.
    pub(crate) fn cut_by(self, event: Self) -> Self {
        Self { end: self.end.min(event.start), ..self }
    }

    /// Begins on one of these days, and never ends.
    pub(crate) const fn beginning(days: Days) -> Self {
        Self { start: days, end: Days::NEVER }
    }

    /// When it begins.
    pub(crate) const fn start_days(self) -> Days {
        self.start
    }

    /// When it ends.
    pub(crate) const fn end_days(self) -> Days {
        self.end
    }

    /// Whether it certainly begins some day, and need not end.
    pub(crate) const fn is_going_on(self) -> bool {
        self.start.last != AFTER && self.end.last == AFTER
    }

    /// Whether it has no end, stated or unknown.
    pub(crate) const fn never_ends(self) -> bool {
        self.end.first == AFTER
    }

    /// Whether this has certainly begun when another may begin.
    pub(crate) const fn surely_begins_by(self, other: Self) -> bool {
        self.start.last <= other.start.first
    }

    /// Begins where either this or another does, which is unknown.
    pub(crate) fn or(self, other: Self) -> Self {
        let first = self.start.first.min(other.start.first);
        Self { start: Days { first, last: self.start.last.max(other.start.last) }, ..self }
    }

    /// The validity of what ends where this begins, with an unstated start.
    pub(crate) fn before(self, published: Option<Days>) -> Self {
        Self { start: Days::up_to(published), end: self.start }
    }

    /// From the start of this to the end of another.
    pub(crate) const fn until_end_of(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }

    /// Whether this may begin before another does, or with it.
    pub(crate) const fn may_begin_before(self, other: Self) -> bool {
        self.start.first <= other.start.last
    }

    /// Whether this has certainly begun once another has.
    pub(crate) const fn surely_begins_in(self, other: Self) -> bool {
        self.start.last <= other.start.last && self.start.last != AFTER
    }

    /// Whether this may end before another begins.
    pub(crate) const fn may_end_before(self, other: Self) -> bool {
        self.end.first <= other.start.first
    }

    /// The same, but not beginning before a day, if it may begin on it.
    pub(crate) fn not_before(self, day: i32) -> Self {
        let first = if day <= self.start.last { self.start.first.max(day) } else { self.start.first };
        Self { start: Days { first, ..self.start }, ..self }
    }

    /// Whether it has certainly ended by a date.
    pub(crate) const fn is_over_by(self, date: Days) -> bool {
        self.end.last <= date.first
    }

    /// Whether it may never begin.
    pub(crate) const fn may_never_begin(self) -> bool {
        self.start.last == AFTER
    }

    /// Whether this begins only when another has certainly ended.
    pub(crate) const fn begins_after_end_of(self, other: Self) -> bool {
        other.end.last <= self.start.first && other.end.last != AFTER
    }

    /// Whether this certainly ends before another begins.
    pub(crate) const fn ends_before(self, other: Self) -> bool {
        self.end.last <= other.start.first
    }

    /// The same, but never certain.
    pub(crate) const fn only_possible(self) -> Self {
        Self { start: Days { first: self.start.first, last: AFTER }, ..self }
    }
}

/// The fields of a fact that say when it is in force.
#[derive(Clone, Debug)]
pub(crate) struct Timing {
    pub(crate) kind: FactKind,
    pub(crate) status: Option<Status>,
    pub(crate) announced: Option<Days>,
    pub(crate) signed: Option<Days>,
    pub(crate) since: Option<Days>,
    pub(crate) completed: Option<Days>,
    pub(crate) until: Option<EndDays>,
    pub(crate) withdrawn: Option<Days>,
    /// The day as of which a figure holds.
    pub(crate) as_of: Option<Days>,
    pub(crate) term: Option<Term>,
}

/// The stated end of a fact, in days.
#[derive(Clone, Copy, Debug)]
pub(crate) enum EndDays {
    On(Days),
    Open,
    Unknown,
}

impl EndDays {
    pub(crate) fn of(end: End) -> Self {
        match end {
            End::On(date) => Self::On(Days::of(date)),
            End::Open => Self::Open,
            End::Unknown => Self::Unknown,
        }
    }
}

impl Timing {
    /// The timing of a record.
    pub(crate) fn of(record: &FactRecord) -> Self {
        Self {
            kind: record.kind,
            status: record.status,
            announced: record.announced.map(Days::of),
            signed: record.signed.map(Days::of),
            since: record.since.map(Days::of),
            completed: record.completed.map(Days::of),
            until: record.until.map(EndDays::of),
            withdrawn: record.withdrawn.map(Days::of),
            term: record.term,
            as_of: record.as_of.map(Days::of),
        }
    }

    /// Whether it is stated to be only announced or agreed.
    const fn is_pending(&self) -> bool {
        matches!(self.status, Some(Status::Announced | Status::Agreed))
    }

    pub(crate) const fn new(kind: FactKind) -> Self {
        Self {
            kind,
            status: None,
            announced: None,
            signed: None,
            since: None,
            completed: None,
            until: None,
            withdrawn: None,
            as_of: None,
            term: None,
        }
    }
}

/// The day after a day number. Unbounded values stay.
const fn day_after(day: i32) -> i32 {
    if day == BEFORE { BEFORE } else { day.saturating_add(1) }
}

const fn day_before(day: i32) -> i32 {
    if day == AFTER { AFTER } else { day.saturating_sub(1) }
}

/// When an event happened. Possibly never, if it was only announced or signed.
fn event_day(fact: &Timing, published: Option<Days>) -> Days {
    if let Some(done) = fact.completed.or(fact.since) {
        return if fact.is_pending() { done.onwards() } else { done };
    }
    let known = [fact.announced, fact.signed].into_iter().flatten().map(Days::onwards);
    let pending = known.reduce(Days::min);
    match (fact.status, pending) {
        (Some(Status::Completed), Some(pending)) => {
            let last = Days::up_to(published).last;
            Days { first: pending.first.min(last), last }
        }
        (_, Some(pending)) => pending,
        (Some(Status::Announced | Status::Agreed), None) => Days::UNKNOWN,
        (_, None) => Days::up_to(published),
    }
}

/// When a state ends.
fn end(fact: &Timing, start: Days) -> Days {
    let by_term = match fact.term {
        Some(term) if !term.is_perpetual() => start.after(term),
        _ => Days::NEVER,
    };
    match fact.until {
        Some(EndDays::On(days)) => days,
        Some(EndDays::Open) => Days::NEVER,
        Some(EndDays::Unknown) => Days::UNKNOWN,
        // It ended no later than its term.
        None if fact.status == Some(Status::Ended) => Days { first: BEFORE, last: by_term.last },
        None => by_term,
    }
}
