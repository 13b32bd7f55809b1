//! Events of some entities, by date.

use std::collections::HashSet;

use crate::graph::{Entity, Fact, View};
use crate::limits::Limits;
use crate::model::{End, Status};
use crate::query::{Budget, Outcome};
use crate::value::{Date, Day};

/// What happens to a fact on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MomentKind {
    /// It is made public.
    Announced,
    /// It is signed.
    Signed,
    /// It is to begin or to happen, as far as its sources know; or it was, before it was called off.
    Planned,
    /// It begins to be in force.
    Began,
    /// An event happens, or something is completed.
    Happened,
    /// A figure is stated as of this date.
    Measured,
    /// It is called off.
    Withdrawn,
    /// It is to end, on a day later than its sources.
    Ends,
    /// It ended.
    Ended,
    /// Its term ends, counted from its start.
    RanOut,
    /// Another fact takes its place.
    Replaced,
    /// It is stated without any date.
    Stated,
}

impl MomentKind {
    /// The word, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Signed => "signed",
            Self::Planned => "planned",
            Self::Began => "began",
            Self::Happened => "happened",
            Self::Measured => "measured",
            Self::Withdrawn => "withdrawn",
            Self::Ends => "ends",
            Self::Ended => "ended",
            Self::RanOut => "term ends",
            Self::Replaced => "replaced",
            Self::Stated => "stated",
        }
    }
}

/// One line of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moment<'g> {
    /// The date; `None` if it is not stated.
    pub date: Option<Date>,
    /// What happens.
    pub kind: MomentKind,
    /// The fact that it happens to.
    pub fact: Fact<'g>,
}

impl<'g> View<'g> {
    /// The moments of all facts in which any of these entities takes part, by date, with undated ones last. For things
    /// that are held, such as patents, also the successions by which they passed from one holder to another.
    ///
    /// Scans the facts of the view once, and sorts.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [ Partnership(between: ["a", "b"], since: "2011", until: "2014-06", unsourced: true) ],
    /// )"#)?;
    /// let a = graph.view().find("A")?;
    /// let moments = graph.view().timeline(&[a]);
    /// let lines: Vec<_> = moments.iter().map(|m| format!("{} {}", m.date.unwrap(), m.kind.name())).collect();
    /// assert_eq!(lines, ["2011 began", "2014-06 ended"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn timeline(self, entities: &[Entity<'g>]) -> Vec<Moment<'g>> {
        timeline(self, entities, &mut Budget::of(None)).0
    }

    /// Like [`View::timeline`], within limits, and whether it is complete. A step is a look at a fact:
    /// [`Limits::steps`] and [`Limits::cancel`] count. If they cut it, these are the moments of the facts looked at before.
    ///
    /// ```
    /// # use keiretsu::{Cancel, Graph, Limits, Outcome, StoppedBy};
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B") },
    /// #     facts: [ Partnership(between: ["a", "b"], since: "2011", until: "2014-06", unsourced: true) ],
    /// # )"#)?;
    /// let a = graph.view().find("A")?;
    /// let (moments, outcome) = graph.view().timeline_within(&[a], &Limits::default().steps(0));
    /// assert_eq!((moments.len(), outcome), (0, Outcome::Stopped(StoppedBy::Steps)));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn timeline_within(self, entities: &[Entity<'g>], limits: &Limits) -> (Vec<Moment<'g>>, Outcome) {
        timeline(self, entities, &mut Budget::new(limits))
    }

    /// The moments of all facts, as [`View::timeline_within`].
    #[must_use]
    pub fn whole_timeline_within(self, limits: &Limits) -> (Vec<Moment<'g>>, Outcome) {
        moments_of(self, |_| true, &mut Budget::new(limits))
    }
}

fn timeline<'g>(view: View<'g>, entities: &[Entity<'g>], budget: &mut Budget) -> (Vec<Moment<'g>>, Outcome) {
    let entities: HashSet<Entity<'g>> = entities.iter().copied().collect();
    let passed: HashSet<Fact<'g>> = entities.iter().flat_map(|entity| entity.passed_by()).collect();
    let about =
        |fact: &Fact<'g>| fact.roles().any(|(_, entity)| entities.contains(&entity)) || passed.contains(fact);
    moments_of(view, about, budget)
}

/// The moments of some facts, by date.
fn moments_of<'g>(
    view: View<'g>,
    about: impl Fn(&Fact<'g>) -> bool,
    budget: &mut Budget,
) -> (Vec<Moment<'g>>, Outcome) {
    let mut moments: Vec<Moment<'g>> = Vec::new();
    let mut stopped = None;
    for fact in view.facts() {
        stopped = budget.spend().err();
        if stopped.is_some() {
            break;
        }
        if about(&fact) {
            moments.extend(of_fact(fact));
        }
    }
    moments.sort_by_cached_key(|moment| (moment.date.is_none(), moment.date, moment.kind, moment.fact.id()));
    (moments, stopped.into())
}

fn of_fact(fact: Fact<'_>) -> Vec<Moment<'_>> {
    let record = fact.record();
    let event = fact.kind().row().event;
    let (began, happened) = match record.status_as_told(fact.newest()) {
        Some(Status::Announced | Status::Agreed | Status::Sought | Status::Withdrawn) => {
            (MomentKind::Planned, MomentKind::Planned)
        }
        _ if event => (MomentKind::Happened, MomentKind::Happened),
        _ => (MomentKind::Began, MomentKind::Happened),
    };
    let is_ended =
        record.until == Some(End::Unknown) || record.until.is_none() && record.status == Some(Status::Ended);
    let ends = match record.until {
        Some(End::On(date)) if !has_come(date, fact.newest()) => MomentKind::Ends,
        _ => MomentKind::Ended,
    };
    let ended = match record.until {
        Some(End::On(date)) => Some(date),
        _ if is_ended => last_day(fact),
        _ => None,
    };
    let ran_out = if is_ended { None } else { runs_out(fact) };
    let dated = [
        (record.announced, MomentKind::Announced),
        (record.signed, MomentKind::Signed),
        (record.since, began),
        (record.completed, happened),
        (record.as_of, MomentKind::Measured),
        (record.withdrawn, MomentKind::Withdrawn),
        (ended, ends),
        (ran_out, MomentKind::RanOut),
    ];
    let dated = dated.into_iter().filter_map(|(date, kind)| Some(Moment { date: Some(date?), kind, fact }));
    let mut moments: Vec<Moment<'_>> = dated.collect();
    // An end on the day on which another takes its place is told once.
    let replaced = fact.replaced_by().into_iter().map(Fact::date).reduce(earlier);
    let replaced = replaced.filter(|date| date.is_none() || *date != ended);
    moments.extend(replaced.map(|date| Moment { date, kind: MomentKind::Replaced, fact }));
    if is_ended && ended.is_none() {
        moments.push(Moment { date: None, kind: MomentKind::Ended, fact });
    }
    if moments.is_empty() {
        moments.push(Moment { date: None, kind: MomentKind::Stated, fact });
    }
    moments
}

/// Whether those who wrote the newest source may have seen a date come. If no source has a date, every date has come.
fn has_come(date: Date, newest: Option<Date>) -> bool {
    match (date.earliest(), newest.and_then(Date::latest)) {
        (Some(begins), Some(newest)) => begins <= newest,
        _ => true,
    }
}

/// The earlier of two dates, if both are stated, else the stated one.
fn earlier(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    one.zip(other).map(|(one, other)| one.min(other)).or(one).or(other)
}

/// When the term of a fact ends, if no end is stated.
fn runs_out(fact: Fact<'_>) -> Option<Date> {
    let record = fact.record();
    if record.until.is_some() || record.term.is_none_or(|term| term.is_perpetual()) {
        return None;
    }
    match fact.own_validity().ends() {
        (Some(first), Some(last)) => between(first, last),
        (None, Some(last)) => up_to(last),
        (_, None) => None,
    }
}

/// The latest day by which something with an unstated end has ended, according to its term.
fn last_day(fact: Fact<'_>) -> Option<Date> {
    fact.own_validity().ends().1.and_then(up_to)
}

/// An unspecified day in a range.
fn between(first: Day, last: Day) -> Option<Date> {
    if first == last { Some(Date::day(first)) } else { format!("{first}/{last}").parse().ok() }
}

/// An unspecified day up to another. Written as a year if that is the last day of one.
fn up_to(last: Day) -> Option<Date> {
    let is_new_year = Day::new(last.year(), 12, 31) == Some(last);
    if is_new_year {
        format!("../{:04}", last.year()).parse().ok()
    } else {
        format!("../{last}").parse().ok()
    }
}
