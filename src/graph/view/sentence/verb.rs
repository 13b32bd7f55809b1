//! Verbs: in the tense of their fact, with shares, and worded for things or for those who seek.

use super::wording::Wording;
use crate::graph::store::validity::Certainty;
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::list::list_in;
use crate::graph::view::relation::Relation;
use crate::graph::view::side::{self, is_told_jointly, names_joint_parties};
use crate::model::vocabulary::{AttributeType, AttributeWords, infinitive, past, plural};
use crate::model::{Attribute, AttributeValue, EntityKind, Reason, RelationKind};
use crate::value::Share;

/// The verb of a relation in its sentence: "seeks to partner with", "owns 51% of".
pub(super) fn verb(wording: &Wording<'_>) -> String {
    let relation = wording.relation();
    let mut verb = relation.verb().to_owned();
    if let Some(share) = relation.share() {
        verb = with_share(relation.kind(), relation.is_inverted(), &verb, share);
    } else if let Some(rights) = side::rights_only(relation) {
        verb = rights.verb(relation.subject() != relation.from());
    } else if let Some(position) = relation.fact().and_then(|fact| position(fact, relation.kind())) {
        verb = with_position(relation.is_inverted(), &position);
    }
    let several = is_several(relation.subject());
    let verb = match wording.is_over() {
        true => past(&verb, several),
        false => tensed(relation, &verb, several, relation.is_read_as_told()),
    };
    let is_possible = relation.certainty() == Some(Certainty::Possible)
        && !relation.surely_happened()
        // "was to acquire" says that it came to nothing, and nothing else.
        && relation.fact().is_none_or(|fact| fact.counts() || fact.is_sought());
    match (is_possible, names_joint_parties(relation)) {
        (false, _) => jointly(relation, verb),
        (true, true) => jointly(relation, possibly(&verb)),
        (true, false) => possibly(&jointly(relation, verb)),
    }
}

/// "jointly with Bo owns 60% of", "is jointly owned (60%) by".
fn jointly(relation: Relation<'_>, verb: String) -> String {
    if !is_told_jointly(relation) {
        return verb;
    }
    let (parties, subject) = (relation.joint_parties(), relation.subject());
    if names_joint_parties(relation) {
        let others: Vec<_> = parties.into_iter().filter(|party| *party != subject).collect();
        return format!("jointly with {} {verb}", list_in(relation, &others));
    }
    // "has trustee A together with B" says it.
    let has = ["has ", "had ", "have "].iter().any(|has| verb.starts_with(has));
    if has { verb } else { with_adverb("jointly", &verb) }
}

/// The verb from `from` to `to`, worded as sought or called off if it is: "was to acquire". Does not show what is over.
pub(super) fn label(relation: Relation<'_>) -> String {
    let relation = relation.read_from(relation.from());
    let label = side::rights_only(relation).map(|rights| rights.verb(false));
    let label = tensed(relation, label.as_deref().unwrap_or(relation.label()), false, true);
    if is_told_jointly(relation) { with_adverb("jointly", &label) } else { label }
}

/// The verb in the tense of its fact. A tie between two facts is neither sought nor called off with one of them.
fn tensed(relation: Relation<'_>, verb: &str, several: bool, from_wisher: bool) -> String {
    let Some(fact) = relation.fact().filter(|_| !relation.is_tie()) else { return verb.to_owned() };
    if from_wisher && can_wish(relation.subject()) {
        tense(fact, verb, several)
    } else {
        tense_of_thing(fact, verb, several)
    }
}

/// The verb in its tense: "seeks to" if sought, "was to" if called off.
pub(super) fn tense(fact: Fact<'_>, label: &str, many: bool) -> String {
    match (fact.is_sought(), fact.counts(), many) {
        (true, _, true) => format!("seek to {}", infinitive(label)),
        (true, _, false) => format!("seeks to {}", infinitive(label)),
        (false, false, true) => format!("were to {}", infinitive(label)),
        (false, false, false) => format!("was to {}", infinitive(label)),
        (false, true, true) => plural(label),
        (false, true, false) => label.to_owned(),
    }
}

/// The verb of a thing, which cannot seek: "is sought to run on".
pub(super) fn tense_of_thing(fact: Fact<'_>, verb: &str, many: bool) -> String {
    if !fact.is_sought() {
        return tense(fact, verb, many);
    }
    let be = if many { "are" } else { "is" };
    format!("{be} sought to {}", infinitive(verb))
}

/// Whether it is somebody rather than a thing.
pub(super) fn can_wish(entity: Entity<'_>) -> bool {
    entity.kind().is_organisation() || matches!(entity.kind(), EntityKind::Person | EntityKind::Unspecified)
}

/// Whether an unspecified entity stands for several and takes a plural verb.
pub(super) fn is_several(entity: Entity<'_>) -> bool {
    entity.reason() == Some(Reason::Several)
}

/// "possibly sells to", "is possibly held by".
fn possibly(verb: &str) -> String {
    with_adverb("possibly", verb)
}

/// The verb with an adverb where English has it: "jointly owns", "is jointly owned by".
pub(super) fn with_adverb(adverb: &str, verb: &str) -> String {
    match verb.split_once(' ') {
        Some((be @ ("is" | "are" | "was" | "were"), rest)) => format!("{be} {adverb} {rest}"),
        _ => format!("{adverb} {verb}"),
    }
}

/// The position that the verb names: "is chair of".
pub(super) fn position(fact: Fact<'_>, kind: RelationKind) -> Option<String> {
    let mut attributes = fact.attributes().filter(|_| kind == RelationKind::HoldsPositionAt);
    attributes.find_map(|(attribute, value)| match value {
        AttributeValue::Text(position) if attribute == Attribute::Position => Some(position),
        _ => None,
    })
}

/// The verb with a position, as neutral for a chair as for a clerk: "is chair of", "is head of research at", "has as chair".
pub(super) fn with_position(is_inverse: bool, position: &str) -> String {
    if is_inverse {
        return format!("has as {position}");
    }
    let article = if position.to_lowercase().starts_with("member") { "a " } else { "" };
    let lead = if position.contains(" of ") || position.contains(" for ") { "at" } else { "of" };
    format!("is {article}{position} {lead}")
}

/// Label and inverse of a relation kind, as worded by a choice of the fact.
pub(super) fn worded(fact: Fact<'_>, kind: RelationKind) -> Option<(&'static str, &'static str)> {
    let row = fact.kind().row();
    fact.attributes().find_map(|(attribute, value)| {
        let AttributeType::Choice(words) = row.attribute(attribute)?.values else { return None };
        let AttributeValue::Choice(chosen) = value else { return None };
        let word = words.iter().find(|word| word.name == chosen)?;
        word.wording.iter().find(|(k, ..)| *k == kind).map(|(_, label, inverse)| (*label, *inverse))
    })
}

/// The share that the verb contains: "owns 51% of".
pub(crate) fn share(fact: Fact<'_>) -> Option<Share> {
    let is_in_verb = |attribute| {
        let row = fact.kind().row().attribute(attribute);
        row.is_some_and(|row| matches!(row.words, AttributeWords::InVerb))
    };
    fact.attributes().find_map(|(attribute, value)| match value {
        AttributeValue::Share(share) if is_in_verb(attribute) => Some(share),
        _ => None,
    })
}

/// The verb with a share, if its kind can have one: "owns 51% of", "is owned (51%) by".
pub(super) fn with_share(kind: RelationKind, is_inverse: bool, verb: &str, share: Share) -> String {
    match (kind.row().share, is_inverse) {
        (Some([(before, behind), _]), false) | (Some([_, (before, behind)]), true) => {
            format!("{before}{}{behind}", share.words())
        }
        (None, _) => verb.to_owned(),
    }
}
