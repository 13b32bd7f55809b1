//! Whole facts: subjects, verb and objects, then the note and remaining details.

use super::note::date_note;
use super::telling::Telling;
use super::terms::{amount_words, lower_words, trimmings};
use super::verb::{
    can_wish, is_several, position, share, tense, tense_of_thing, with_adverb, with_position, with_share,
    worded,
};
use crate::graph::store::validity::Certainty;
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::list::list_of;
use crate::graph::view::side::RightsOnly;
use crate::model::vocabulary::{Projection, past};
use crate::model::{FactKind, RelationKind, Role};

/// The whole fact: "Microsoft sells to FIH Mobile: feature-phone assets (done 2016) for USD 350 million", with or
/// without its amount.
pub(super) fn whole_sentence(telling: &Telling<'_>, with_amount: bool) -> String {
    let fact = telling.fact();
    let (mut sentence, said) = core(telling);
    let mut date = date_note(telling);
    if fact.claim_count() < 2 && fact.is_disputed() {
        let sign = if date.is_empty() { "" } else { ", " };
        date.push_str(&format!("{sign}disputed"));
    }
    let notes = [date, claim_note(fact), possible_note(fact)];
    let note = notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ");
    if !note.is_empty() {
        sentence.push_str(&format!(" ({note})"));
    }
    let amount = telling.record().amount.filter(|_| with_amount).map(amount_words);
    sentence.push_str(&trimmings(telling, &said, amount));
    sentence
}

/// Who does what to whom, and with which objects: "Microsoft sells to FIH Mobile: feature-phone assets"; and the roles
/// that it names.
pub(super) fn core(telling: &Telling<'_>) -> (String, Vec<Role>) {
    let fact = telling.fact();
    let (clause, said) = clause(telling);
    let mut core = clause;
    if !said.contains(&Role::Of) {
        let objects: Vec<_> = fact.parties(Role::Of).collect();
        if !objects.is_empty() {
            core.push_str(&format!(": {}", list_of(fact, &objects)));
        }
    }
    (core, said)
}

/// "one of 2 claims, disputed", so that nobody mistakes several claims about one deal for several deals.
fn claim_note(fact: Fact<'_>) -> String {
    match fact.claim_count() {
        0 | 1 => String::new(),
        claims if fact.is_disputed() => format!("one of {claims} claims, disputed"),
        claims => format!("one of {claims} claims"),
    }
}

/// "only possible", for what the view's date does not show to be certain.
fn possible_note(fact: Fact<'_>) -> String {
    let is_possible = fact.certainty() == Some(Certainty::Possible);
    if is_possible { "only possible".to_owned() } else { String::new() }
}

/// The party that the sentence names first.
pub(super) fn first_party(fact: Fact<'_>) -> Option<Entity<'_>> {
    let role = match worded_by(fact) {
        Some(Projection::Each(_, from, _)) => *from,
        Some(Projection::Mutual(_, side, _)) => *side,
        None => fact.roles().next()?.0,
    };
    fact.parties(role).next()
}

/// The projection that provides the verb: the first that has its parties.
fn worded_by(fact: Fact<'_>) -> Option<&'static Projection> {
    let filled = |role: &Role| fact.parties(*role).next().is_some();
    fact.kind().row().projections.iter().find(|projection| match projection {
        Projection::Each(_, from, to) => filled(from) && filled(to),
        Projection::Mutual(_, side, _) => filled(side),
    })
}

/// Subjects, verb and objects of the whole fact, and the roles that they name.
fn clause(telling: &Telling<'_>) -> (String, Vec<Role>) {
    let fact = telling.fact();
    match worded_by(fact) {
        Some(&Projection::Each(kind, from, to)) => {
            let (subjects, objects) = (fact.parties(from).collect(), fact.parties(to).collect());
            (join(telling, kind, subjects, objects), vec![from, to])
        }
        Some(&Projection::Mutual(kind, side, other)) => {
            let first: Vec<_> = fact.parties(side).collect();
            let second: Vec<_> = other.map(|role| fact.parties(role).collect()).unwrap_or_default();
            let said = std::iter::once(side).chain(other).collect();
            (mutual(telling, kind, first, second), said)
        }
        None => without_agent(fact),
    }
}

fn mutual<'g>(
    telling: &Telling<'g>,
    kind: RelationKind,
    first: Vec<Entity<'g>>,
    second: Vec<Entity<'g>>,
) -> String {
    let fact = telling.fact();
    match (first.as_slice(), second.is_empty()) {
        (_, false) => join(telling, kind, first, second),
        ([one, other], true) => join(telling, kind, vec![*one], vec![*other]),
        (several, true) => {
            let verb =
                if telling.is_over() { past(kind.label(), true) } else { tense(fact, kind.label(), true) };
            format!("{} {verb} each other", list_of(fact, several))
        }
    }
}

/// A fact that projects no relation: "Acme is founded", "Acme was to be listed", "something happens to Acme".
fn without_agent(fact: Fact<'_>) -> (String, Vec<Role>) {
    let Some(role) = fact.roles().map(|(role, _)| role).next() else {
        return (fact.kind().name().to_owned(), Vec::new());
    };
    let parties: Vec<_> = fact.parties(role).collect();
    let worded = worded(fact, RelationKind::ActsOn).filter(|_| fact.kind() == FactKind::Event);
    let names = list_of(fact, &parties);
    let Some(verb) = worded.and_then(|(_, inverse)| inverse.strip_suffix(" by")) else {
        if fact.kind() != FactKind::Event {
            return (format!("{names}: {}", lower_words(fact.kind().name())), vec![role]);
        }
        return (format!("something {} {names}", tense_of_thing(fact, "happens to", false)), vec![role]);
    };
    let many = parties.len() > 1 || parties.iter().copied().any(is_several);
    let wisher = parties.iter().copied().all(can_wish);
    let verb = if wisher { tense(fact, verb, many) } else { tense_of_thing(fact, verb, many) };
    (format!("{names} {verb}"), vec![role])
}

fn join<'g>(
    telling: &Telling<'g>,
    kind: RelationKind,
    subjects: Vec<Entity<'g>>,
    objects: Vec<Entity<'g>>,
) -> String {
    let fact = telling.fact();
    let label = worded(fact, kind).map_or(kind.label(), |(label, _)| label);
    let rights = RightsOnly::of(fact).filter(|_| kind == RelationKind::OwnsShareOf);
    let label = match (share(fact), rights, position(fact, kind)) {
        (Some(share), ..) => with_share(kind, false, label, share),
        (None, Some(rights), _) => rights.verb(false),
        (None, None, Some(position)) => with_position(false, &position),
        (None, None, None) => label.to_owned(),
    };
    let many = subjects.len() > 1 || subjects.iter().copied().any(is_several);
    let wisher = subjects.iter().copied().all(can_wish);
    let verb = match (telling.is_over(), wisher) {
        (true, _) => past(&label, many),
        (false, true) => tense(fact, &label, many),
        (false, false) => tense_of_thing(fact, &label, many),
    };
    let is_joint = matches!(kind, RelationKind::OwnsShareOf | RelationKind::Controls) && subjects.len() > 1;
    let verb = if is_joint { with_adverb("jointly", &verb) } else { verb };
    format!("{} {verb} {}", list_of(fact, &subjects), list_of(fact, &objects))
}
