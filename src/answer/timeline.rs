//! What happened to some entities, in the order of dates.

use super::{Answer, Column, Content, Page, TableBuilder, counted, nothing};
use crate::analysis::Moment;
use crate::graph::{Entity, View};
use crate::limits::Limits;
use crate::query::Outcome;
use crate::value::Date;

const COLUMNS: &[Column] = &[Column::Date("date"), Column::One("event"), Column::Fact];

/// The question what happened to some entities, and when.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::answer::{TextOptions, TimelineQuestion};
///
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     facts: [ Partnership(between: ["a", "b"], since: "2011", until: "2014-06", unsourced: true) ],
/// )"#)?;
/// let a = graph.view().find("A")?;
/// let answer = TimelineQuestion::about(graph.view(), &[a]).since("2013".parse().unwrap()).answer();
/// assert_eq!(answer.rows()[0].kind.name(), "ended");
/// assert!(answer.text(&TextOptions::default()).starts_with("2014-06  ended  A partnered with B"));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct TimelineQuestion<'g> {
    view: View<'g>,
    /// Whom it is about; none for all.
    entities: Option<Vec<Entity<'g>>>,
    since: Option<Date>,
    until: Option<Date>,
    limits: Option<Limits>,
}

/// Moments that were found.
#[derive(Clone, Debug)]
pub struct TimelineRows<'g> {
    rows: Vec<Moment<'g>>,
    /// Why there are none.
    empty: String,
}

impl<'g> TimelineQuestion<'g> {
    /// All [moments](View::timeline) of the facts in which any of these entities takes part, as this view sees them.
    pub fn about(view: View<'g>, entities: &[Entity<'g>]) -> Self {
        let entities = entities.iter().map(|entity| view.adopt(*entity).unwrap_or(*entity)).collect();
        Self { view, entities: Some(entities), since: None, until: None, limits: None }
    }

    /// All moments of the view.
    pub fn of_all(view: View<'g>) -> Self {
        Self { view, entities: None, since: None, until: None, limits: None }
    }

    /// Only what may be of this date or later; what has no date is left out.
    pub fn since(self, date: Date) -> Self {
        Self { since: Some(date), ..self }
    }

    /// Only what may be of this date or earlier; what has no date is left out.
    pub fn until(self, date: Date) -> Self {
        Self { until: Some(date), ..self }
    }

    /// Bounds the search, as [`View::timeline_within`] does, and the rows; without, neither is bounded.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits: Some(limits), ..self }
    }

    /// The moments by date; what has none comes last.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, TimelineRows<'g>> {
        let (mut rows, outcome) = match (&self.entities, &self.limits) {
            (Some(entities), Some(limits)) => self.view.timeline_within(entities, limits),
            (Some(entities), None) => (self.view.timeline(entities), Outcome::Complete),
            (None, Some(limits)) => self.view.whole_timeline_within(limits),
            (None, None) => self.view.whole_timeline_within(&Limits::trusted()),
        };
        let undated = rows.iter().filter(|moment| moment.date.is_none()).count();
        let left_out = (undated > 0 && self.has_period())
            .then(|| format!("left out: {} without a date", counted(undated, "moment")));
        rows.retain(|moment| self.is_asked_for(moment.date));
        let disputed = rows.iter().any(|moment| moment.fact.is_disputed());
        let stated = nothing::stated(self.view);
        let empty = match &self.entities {
            Some(entities) => {
                let names: Vec<_> = entities.iter().map(|entity| entity.told_name()).collect();
                format!("nothing matching {stated} about {}", names.join(" and "))
            }
            None => format!("nothing matching {stated}"),
        };
        let most = self.limits.as_ref().map_or(usize::MAX, |limits| limits.rows);
        Answer::new(self.view, TimelineRows { rows, empty })
            .outcome(outcome)
            .disputed(disputed)
            .note(left_out)
            .at_most(most)
    }

    const fn has_period(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether a date may lie in the requested period.
    fn is_asked_for(&self, date: Option<Date>) -> bool {
        let Some(date) = date else { return !self.has_period() };
        date.may_lie_within(self.since, self.until)
    }
}

impl<'g> Content<'g> for TimelineRows<'g> {
    type Row = Moment<'g>;

    fn command(&self) -> &'static str {
        "timeline"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        for Moment { date, kind, fact } in self.rows.iter().copied() {
            table.row();
            table.date("date", date);
            table.text("event", Some(kind.name()));
            table.fact(fact);
            let date = date.map_or_else(|| "no date".to_owned(), |date| date.words().to_string());
            table.reads_text("date", date);
            table.reads_text("event", kind.name());
            table.reads_fact("fact", fact);
        }
    }

    fn rows(&self) -> &[Moment<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// The date, what happens, and the fact as a sentence.
    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            return page.line(&self.empty);
        }
        let mut lines = Vec::with_capacity(self.rows.len());
        let left_out = page.left_out(self.rows.len());
        for Moment { date, kind, fact } in self.rows.iter().take(self.rows.len() - left_out).copied() {
            let evidence: Vec<_> = fact.evidence().collect();
            let cited = page.cite_plain(&evidence);
            let date = date.map_or_else(|| "no date".to_owned(), |date| date.words().to_string());
            let sentence = format!("{}{cited}{}", fact.sentence(), page.reasons_apart(fact, &evidence));
            lines.push(vec![date, kind.name().to_owned(), sentence]);
        }
        page.table(lines, &[]);
        page.say_left_out(0, left_out);
    }
}
