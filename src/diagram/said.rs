//! Adds to a picture of owners what its lines cannot show: declarations that a company has no owner, next to the
//! company, and other readings of the stakes, at the foot.

use super::calendar::written_out;
use super::compose::entity_node;
use super::scene::{Body, Scene};
use super::words::{cited, counted, unconnected};
use crate::graph::{Entity, Fact, OtherReading, ReadingOrder, Relation, View};
use crate::model::{Attribute, AttributeValue};

/// The most declarations or readings listed; the rest are counted.
const MOST: usize = 6;

/// Notes on each company in the scene that it declares no owner, and lists the sources at the foot. A company that
/// was asked about gets a box if it has none.
pub(crate) fn declared<'g>(scene: &mut Scene, view: View<'g>, asked: &[Entity<'g>], notes: &mut Vec<String>) {
    let mut found = Vec::new();
    for node in &mut scene.nodes {
        let id = node.key.strip_prefix("entity ");
        let Some(company) = id.and_then(|id| view.entity(id).ok()) else { continue };
        found.extend(declare_on(company, &mut node.body, &mut node.alt_text));
    }
    for company in asked {
        let mut node = entity_node(*company, true);
        if scene.nodes.iter().any(|other| other.key == node.key) {
            continue;
        }
        let alt_text = declare_on(*company, &mut node.body, &mut node.alt_text);
        if !alt_text.is_empty() {
            found.extend(alt_text);
            scene.nodes.push(node);
        }
    }
    let has_box = |company: &&Entity<'g>| {
        let key = entity_node(**company, true).key;
        scene.nodes.iter().any(|node| node.key == key)
    };
    let without: Vec<Entity<'g>> = asked.iter().filter(|company| !has_box(company)).copied().collect();
    if without.len() < asked.len() {
        scene.unconnected = unconnected(&without);
    }
    add_notes(found, "declaration", notes);
}

fn declare_on(company: Entity<'_>, body: &mut Body, alt_text: &mut String) -> Vec<String> {
    let facts = company.no_owner_declared();
    if let (Body::Name(name), Some(last)) = (body, facts.last()) {
        let said = format!("declares no owner{}", threshold(*last));
        alt_text.push_str(", ");
        alt_text.push_str(&said);
        name.sublines.push(said);
    }
    facts.into_iter().map(|fact| note_of(company, fact)).collect()
}

/// " with more than 25%"; empty if the fact states no share.
fn threshold(fact: Fact<'_>) -> String {
    let share = fact.attributes().find_map(|(attribute, value)| match value {
        AttributeValue::Share(share) if attribute == Attribute::Share => Some(share),
        _ => None,
    });
    share.map(|share| format!(" with {}", share.words())).unwrap_or_default()
}

/// "Kelpie Boats Ltd declares no owner with more than 25% (done 9 Jan 2023; Register statement, 10 Jan 2023)."
fn note_of(company: Entity<'_>, fact: Fact<'_>) -> String {
    let said = in_brackets(&fact.date_note(), fact.evidence().map(|one| one.source()));
    format!("{} declares no owner{}{said}.", fact.told_name(company), threshold(fact))
}

fn in_brackets<'g>(date: &str, sources: impl Iterator<Item = crate::graph::Source<'g>>) -> String {
    let date = Some(written_out(date)).filter(|date| !date.is_empty());
    let parts: Vec<String> = date.into_iter().chain(sources.map(cited)).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// Lists other readings of the drawn stakes at the foot.
pub(crate) fn readings(scene: &Scene, view: View<'_>, drawn: &[Relation<'_>], notes: &mut Vec<String>) {
    let companies = scene.nodes.iter().filter_map(|node| node.key.strip_prefix("entity "));
    let others = companies.filter_map(|id| view.entity(id).ok()).flat_map(Entity::other_readings);
    let is_told = |other: &OtherReading<'_>| {
        other.why != ReadingOrder::First && drawn.contains(&other.counted) && !drawn.contains(&other.relation)
    };
    add_notes(others.filter(is_told).filter_map(|other| reading(&other)).collect(), "reading", notes);
}

/// "Not drawn: 30% (as of 31 Dec 2020; Register), an older reading of the 45% that Oak has of Delta."
fn reading(other: &OtherReading<'_>) -> Option<String> {
    let (relation, newest) = (other.relation, other.counted);
    let share = |relation: Relation<'_>| relation.share().map(|share| share.words().to_string());
    let why = match other.why {
        ReadingOrder::Later => "a later reading of",
        ReadingOrder::Undecided => "another reading of",
        ReadingOrder::Changed => "from before a purchase or sale left",
        ReadingOrder::Older | ReadingOrder::First => "an older reading of",
    };
    let note = relation.date_note();
    let date = note.split("; follows from").next().unwrap_or_default();
    let said = in_brackets(date, relation.evidence().into_iter().map(|one| one.source()));
    let holders = match relation.joint_parties() {
        one if one.is_empty() => format!("{} has", newest.from()),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            format!("{} jointly have", names.join(" and "))
        }
    };
    Some(format!(
        "Not drawn: {}{said}, {why} the {} that {holders} of {}.",
        share(relation)?,
        share(newest)?,
        newest.to()
    ))
}

fn add_notes(mut found: Vec<String>, noun: &str, notes: &mut Vec<String>) {
    let more = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    notes.extend(found);
    if more > 0 {
        notes.push(format!(
            "Not listed: {}.",
            counted(more, &format!("more {noun}"), &format!("more {noun}s"))
        ));
    }
}
