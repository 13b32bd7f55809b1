//! Notes: when something happened, began or ended, and how certain that is.

use super::telling::Telling;
use crate::graph::store::rule::Rule;
use crate::graph::view::fact::Fact;
use crate::graph::view::list::listed;
use crate::model::fact_field::{FieldRef, FieldWords};
use crate::model::{Confidence, End, FactRecord, Status};
use crate::value::Territory;

/// The origin of a derived relation: "announced 2016-05-31; follows from `patent-sale`".
pub(super) fn derived_note(telling: &Telling<'_>, rule: Rule, others: &[Fact<'_>]) -> String {
    let note = date_note(telling);
    let facts = [telling.fact()].into_iter().chain(others.iter().copied());
    let follows = format!(
        "follows from {}",
        listed(facts.map(|fact| format!("`{}`", fact.id())).collect()).unwrap_or_default()
    );
    let follows =
        if others.iter().any(|fact| fact.is_rumoured()) { format!("{follows}, rumoured") } else { follows };
    match (note.is_empty(), rule) {
        (true, _) => follows,
        (false, Rule::SellerHeld) => format!("until the sale {note}; {follows}"),
        (false, _) => format!("{note}; {follows}"),
    }
}

/// When it happened or began, and how certain that is: "announced 2016-05-31, reported".
pub(super) fn date_note(telling: &Telling<'_>) -> String {
    let (fact, record, status) = (telling.fact(), telling.record(), telling.status());
    let mut parts: Vec<String> = Vec::new();
    record.for_each_field(|row, field| match row.words {
        FieldWords::Note(lead) => parts.extend(noted(lead, field)),
        FieldWords::NoteOr(lead, by, word) => {
            let by_status = || (record.status == Some(by)).then(|| word.to_owned());
            parts.extend(noted(lead, field).or_else(by_status));
        }
        FieldWords::Beginning => parts.extend(beginning(record, status)),
        FieldWords::Completion => parts.extend(completion(record, status)),
        FieldWords::Ending => parts.extend(end(telling)),
        FieldWords::Certainty => {
            parts.extend(replaced(fact).or_else(|| ended(fact)));
            let told = record.confidence.filter(|confidence| *confidence != Confidence::Confirmed);
            parts.extend(told.map(|confidence| confidence.name().to_lowercase()));
        }
        FieldWords::Unsaid | FieldWords::Price | FieldWords::Tail(..) | FieldWords::Either(..) => {}
    });
    parts.join(", ")
}

/// A field with its lead words: "signed 2015", "for 10 years".
fn noted(lead: &str, field: FieldRef<'_>) -> Option<String> {
    match field {
        FieldRef::Term(Some(term)) if term.is_perpetual() => Some("perpetual".to_owned()),
        field => Some(format!("{lead} {}", words_of(field)?)),
    }
}

/// What a field states, as worded in sentences; `None` if it states nothing.
pub(super) fn words_of(field: FieldRef<'_>) -> Option<String> {
    match field {
        FieldRef::Date(date) => date.map(|date| date.words().to_string()),
        FieldRef::End(end) => end.map(|end| end.to_string()),
        FieldRef::Term(term) => term.map(|term| term.to_string()),
        FieldRef::Money(money) => money.map(|money| money.words().to_string()),
        FieldRef::Quantity(Some(quantity)) if quantity.is_undisclosed() => Some("undisclosed".to_owned()),
        FieldRef::Quantity(quantity) => quantity.map(|quantity| quantity.words().to_string()),
        FieldRef::Territories(list) => (!list.is_empty()).then(|| territories(list)),
        FieldRef::Flag(flag) => flag.map(|flag| flag.to_string()),
        FieldRef::Mark(mark) => mark.then(|| "true".to_owned()),
        FieldRef::Text(text) | FieldRef::Prose(text) => text.clone(),
        FieldRef::Status(status) => status.map(|status| status.name().to_lowercase()),
        FieldRef::Confidence(confidence) => confidence.map(|confidence| confidence.name().to_lowercase()),
        FieldRef::Id(id) | FieldRef::Fact(id) => id.as_ref().map(|id| format!("`{id}`")),
        FieldRef::Facts(ids) => listed(ids.iter().map(|id| format!("`{id}`")).collect()),
        FieldRef::Properties(_) | FieldRef::Evidence(_) => None,
    }
}

fn territories(territories: &[Territory]) -> String {
    if territories.iter().any(|territory| territory.is_worldwide()) {
        return "worldwide".to_owned();
    }
    let codes: Vec<_> = territories.iter().map(ToString::to_string).collect();
    format!("in {}", codes.join(", "))
}

/// What ended all that a fact states, without a date: "sold 2012".
fn ended(fact: Fact<'_>) -> Option<String> {
    let is_undated = fact.view().date().is_none();
    let ending = is_undated.then(|| fact.sure_ending())??;
    Some(format!("{}{}", ending.word(), ending.when()))
}

/// "replaced by `second` and `third`".
fn replaced(fact: Fact<'_>) -> Option<String> {
    let by = listed(fact.replaced_by().iter().map(|by| format!("`{}`", by.id())).collect())?;
    Some(format!("replaced by {by}"))
}

/// Whether the beginning or completion lies ahead.
const fn is_planned(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Announced | Status::Agreed | Status::Sought | Status::Withdrawn))
}

/// "since 2011", "from 2016-09", "on or before 2016-05-31".
fn beginning(record: &FactRecord, status: Option<Status>) -> Option<String> {
    let date = record.since?;
    let word = match (date.earliest().is_some() && date.latest().is_some(), is_planned(status)) {
        (false, _) => "",
        (true, true) => "from ",
        (true, false) => "since ",
    };
    Some(format!("{word}{}", date.words()))
}

/// "done 2016-09", "to be done 2016-09", "done".
fn completion(record: &FactRecord, status: Option<Status>) -> Option<String> {
    let Some(date) = record.completed else {
        let is_done = record.since.is_none() && record.status == Some(Status::Completed);
        return is_done.then(|| "done".to_owned());
    };
    let word = if is_planned(status) { "to be done" } else { "done" };
    Some(format!("{word} {}", date.words()))
}

/// "until 2020", "ended 2016-09", "going on".
fn end(telling: &Telling<'_>) -> Option<String> {
    let (fact, status) = (telling.fact(), telling.status());
    match telling.record().until {
        Some(End::On(date))
            if telling.is_over() || status == Some(Status::Ended) && fact.view().date().is_none() =>
        {
            Some(format!("ended {}", date.words()))
        }
        Some(End::On(date)) => Some(format!("until {}", date.words())),
        Some(End::Open) => Some("going on".to_owned()),
        Some(End::Unknown) => Some("ended, not known when".to_owned()),
        None => (status == Some(Status::Ended)).then(|| "ended".to_owned()),
    }
}
