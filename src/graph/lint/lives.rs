//! Facts in force before a party existed or after it ceased to exist.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Code, a, shown};
use crate::graph::build::lives::What;
use crate::graph::build::problem::{Problem, Problems, Record};
use crate::graph::store::index::FactIx;
use crate::graph::store::validity::Days;
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::view::View;
use crate::model::{AttributeValue, End, FactKind, Role};
use crate::value::{Date, Day};

/// When an entity began and ended, according to events of the graph.
#[derive(Clone, Copy, Default)]
struct Life {
    founded: Option<Days>,
    ended: Option<(Days, &'static str)>,
}

/// Warns of states that reach beyond the life of a party. Takes time linear in the relations of entities that were
/// founded or ended.
pub(crate) fn check(view: View<'_>, position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let mut reported: HashSet<FactIx> = HashSet::new();
    for (entity, life) in lives(view) {
        if let Some((days, how)) = life.ended {
            after_end(entity, days, how, &mut reported, position, problems);
        }
        if let Some(days) = life.founded {
            before_founding(entity, days, &mut reported, position, problems);
        }
    }
}

fn lives<'g>(view: View<'g>) -> BTreeMap<Entity<'g>, Life> {
    let mut lives: BTreeMap<Entity<'g>, Life> = BTreeMap::new();
    let end = |lives: &mut BTreeMap<Entity<'g>, Life>, entity, days, how| {
        let life = lives.entry(entity).or_default();
        // Where sources differ, the last possible day counts.
        if life.ended.is_none_or(|(known, _)| known.bounds().1 < Days::bounds(days).1) {
            life.ended = Some((days, how));
        }
    };
    for fact in view.facts().filter(|fact| matches!(fact.kind(), FactKind::Event | FactKind::Succession)) {
        if !fact.counts() {
            continue;
        }
        let record = fact.record();
        if let Some((what, days)) = What::of(&record) {
            for entity in fact.parties(Role::Of) {
                match what {
                    What::Founded => {
                        let life = lives.entry(entity).or_default();
                        let known = life.founded.map_or(i32::MAX, |days| days.bounds().0);
                        if days.bounds().0 < known {
                            life.founded = Some(days);
                        }
                    }
                    What::Dissolved => end(&mut lives, entity, days, "dissolved"),
                }
            }
        }
        let is_merger = fact.attributes().any(|(_, value)| matches!(value, AttributeValue::Choice("Merger")));
        if let Some(date) = record.completed.filter(|_| fact.kind() == FactKind::Succession && is_merger) {
            let goes_on = |entity: Entity<'g>| fact.parties(Role::Successor).any(|other| other == entity);
            for entity in fact.parties(Role::Predecessor).filter(|entity| !goes_on(*entity)) {
                end(&mut lives, entity, Days::of(date), "merged into another");
            }
        }
    }
    lives
}

/// What is still shown on the day after the end, except what may have ended by then.
fn after_end<'g>(
    entity: Entity<'g>,
    ended: Days,
    how: &str,
    reported: &mut HashSet<FactIx>,
    position: &dyn Fn(FactIx) -> Record,
    problems: &mut Problems<'_>,
) {
    let last = ended.bounds().1;
    let (Some(day), Some(last_day)) = (Day::from_number(last.saturating_add(1)), Day::from_number(last))
    else {
        return;
    };
    let after = View::new(entity.view().data()).as_of(Date::day(day)).entity_at(entity.index());
    for relation in after.relations().filter(|relation| relation.derived().is_none() && !relation.is_tie()) {
        let Some(fact) = relation.fact().filter(|fact| is_state(*fact)) else { continue };
        let [_, _, end, _] = fact.validity().parts();
        if end <= last || !reported.insert(fact.index()) {
            continue;
        }
        let record = fact.record();
        let (field, reaches) = match record.until {
            Some(End::On(date)) => ("until", format!("reaches to {}", date.words())),
            Some(_) => ("until", "goes on".to_owned()),
            None if record.term.is_some() => ("term", "reaches further by its term".to_owned()),
            None => ("", "has no end".to_owned()),
        };
        let (kind, id) = (a(fact.kind().name()), shown(entity.id()));
        let message = format!("{kind} {reaches}, and `{id}` was {how} by {last_day}");
        let place = position(fact.index());
        let place = if field.is_empty() { place.whole() } else { place.field(field, 0) };
        let hint = "say when it ended (`until`), or whose it is since";
        problems.push(Problem::new(Code::AfterEnd, place, message).hint(hint));
    }
}

fn before_founding<'g>(
    entity: Entity<'g>,
    founded: Days,
    reported: &mut HashSet<FactIx>,
    position: &dyn Fn(FactIx) -> Record,
    problems: &mut Problems<'_>,
) {
    let Some(first_day) = Day::from_number(founded.bounds().0) else { return };
    for relation in entity.relations().filter(|relation| relation.derived().is_none() && !relation.is_tie()) {
        let is_of_life = |fact: &Fact<'_>| matches!(fact.kind(), FactKind::Event | FactKind::Succession);
        let Some(fact) = relation.fact().filter(|fact| fact.counts() && !is_of_life(fact)) else { continue };
        let timing = fact.timing();
        let dates = [("since", timing.since), ("completed", timing.completed)];
        let early =
            dates.into_iter().find(|(_, days)| days.is_some_and(|days| days.bounds().1 < founded.bounds().0));
        let Some((field, _)) = early.filter(|_| reported.insert(fact.index())) else { continue };
        let record = fact.record();
        let date = if field == "since" { record.since } else { record.completed };
        let (kind, id) = (a(fact.kind().name()), shown(entity.id()));
        let date = date.map_or_else(String::new, |date| date.words().to_string());
        let message =
            format!("{kind} of {date} is older than `{id}`, which was founded on {first_day} or later");
        let hint = "correct one of the two dates, or name the predecessor";
        problems.push(
            Problem::new(Code::BeforeFounding, position(fact.index()).field(field, 0), message).hint(hint),
        );
    }
}

/// Whether it lasts, and is neither sought nor called off.
fn is_state(fact: Fact<'_>) -> bool {
    !fact.kind().row().event && fact.counts()
}
