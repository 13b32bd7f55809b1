//! Lints of facts in context: outside the life of a party, without title, or before a source could know.

use super::{licenses, lives, titles};
use crate::diagnostic::{Code, list, shown};
use crate::graph::build::problem::{Problem, Problems, Record};
use crate::graph::store::evidence::Said;
use crate::graph::store::index::FactIx;
use crate::graph::store::validity::Days;
use crate::graph::view::fact::Fact;
use crate::graph::view::view::View;
use crate::model::fact_field::tag;
use crate::model::vocabulary::AttributeType;
use crate::model::{Attribute, FactKind, SourceRecord, Stance, Status};

/// Runs every check. Each takes time linear in the facts of its kind.
pub(crate) fn check(view: View<'_>, position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    lives::check(view, position, problems);
    licenses::check(view, position, problems);
    titles::check(view, position, problems);
    without_how(view, position, problems);
    before_its_time(view, position, problems);
}

/// Warns of successions that do not say how, by which nothing passes.
fn without_how(view: View<'_>, position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let is_bare = |fact: &Fact<'_>| {
        fact.kind() == FactKind::Succession
            && fact.counts()
            && !fact.attributes().any(|(attribute, _)| attribute == Attribute::How)
    };
    for fact in view.facts().filter(is_bare) {
        let words = match fact.kind().row().attribute(Attribute::How).map(|row| row.values) {
            Some(AttributeType::Choice(words)) => words,
            _ => &[],
        };
        let words: Vec<String> = words.iter().map(|word| format!("`{}`", word.name)).collect();
        let message = "this succession does not say how, so that nothing passes to the successor";
        problems.push(
            Problem::new(Code::SuccessionHow, position(fact.index()).whole(), message)
                .hint(format!("say `how`: {}", list(&words).replace(" and ", " or "))),
        );
    }
}

/// The date fields that sources must come after, each with how many days before it a source may be published. What is
/// in force from a day may be known in advance, but not by years.
const DONE: &[(u8, &str, i32)] = &[
    (tag::as_of, "as_of", 0),
    (tag::withdrawn, "withdrawn", 0),
    (tag::completed, "completed", 0),
    (tag::since, "since", 366),
];

/// Warns of facts all of whose dated sources were published before what they say was done. Plans are exempt.
fn before_its_time(view: View<'_>, position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let data = view.data();
    let last_day = |source: &SourceRecord| source.published.map(|date| Days::of(date).bounds().1);
    let last_days: Vec<Option<i32>> = data.sources.iter().map(last_day).collect();
    for fact in data.facts.all() {
        let mut newest: Option<(i32, usize)> = None;
        for field in data.facts.fields(fact).filter(|field| field.tag == tag::evidence) {
            let Some(said) = Said::unpack(field.value).filter(|said| said.stance == Stance::Supports) else {
                continue;
            };
            let source = said.source.get();
            let day = last_days.get(source).copied().flatten();
            newest = newest.max(day.map(|day| (day, source)));
        }
        let Some((newest, source)) = newest else { continue };
        let Some((name, _)) = done_after(view.fact_at(fact), newest) else { continue };
        let record = view.fact_at(fact).bare_record();
        let date = record.dates().find(|(field, _)| *field == name).map(|(_, date)| date.words().to_string());
        let Some(source) = data.sources.get(source) else { continue };
        let published = source.published.map_or_else(String::new, |date| date.words().to_string());
        let message = format!(
            "`{name}` ({}) is after the newest source, `{}`, was published ({published})",
            date.unwrap_or_default(),
            shown(source.id.as_str())
        );
        problems.push(
            Problem::new(Code::SourceTooOld, position(fact).field(name, 0), message).hint(
                "correct the date or the source; what was only planned then has `announced`, or `status: Announced`",
            ),
        );
    }
}

/// The first field that says something was done after a day, and its day.
fn done_after(fact: Fact<'_>, day: i32) -> Option<(&'static str, i32)> {
    let fields = || fact.view().data().facts.fields(fact.index());
    let first_day = |tag: u8| Some(Days::of(fields().find_tag(tag)?.date()?).bounds().0);
    let late = DONE.iter().find_map(|(tag, name, later)| {
        let first = first_day(*tag).filter(|first| *first > day.saturating_add(*later))?;
        Some((*name, first))
    })?;
    let is_plan = matches!(late.0, "completed" | "since")
        && (matches!(fact.timing().status, Some(Status::Announced | Status::Agreed | Status::Sought))
            || [tag::announced, tag::signed]
                .iter()
                .any(|tag| first_day(*tag).is_some_and(|first| first <= day)));
    (!is_plan && !fact.is_sought()).then_some(late)
}
