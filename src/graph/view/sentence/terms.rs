//! What the clause of a sentence leaves out: other parties, territory, money, terms, attributes, each with its lead
//! words.

use super::note::words_of;
use super::telling::Telling;
use super::verb::share;
use super::wording::Wording;
use crate::graph::view::claims;
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::list::list_of;
use crate::graph::view::relation::Relation;
use crate::graph::view::side::{self, RightsOnly};
use crate::model::fact_field::{Behind, FieldRef, FieldWords};
use crate::model::vocabulary::{AttributeRow, AttributeType, AttributeWords, COMMON_ROLES, Lead, Projection};
use crate::model::{Attribute, AttributeValue, Confidence, FactRecord, RelationKind, Role};
use crate::value::Money;

/// What the fact of a relation is about, if the relation does not say it: for `SellsTo`, what is sold.
pub(super) fn about<'g>(relation: Relation<'g>) -> Vec<Entity<'g>> {
    let Some(fact) = projecting(relation) else { return Vec::new() };
    let said = said_by(fact, relation.kind());
    let roles = [Role::Of, Role::Target].into_iter().filter(|role| !said.contains(role));
    roles.flat_map(|role| fact.parties(role)).collect()
}

/// What a sentence about one relation of the fact leaves out, such as " over Word in IN, to sell more", with or without
/// the amount. `objects` are all that the sentence names as objects.
pub(super) fn relation_details<'g>(
    wording: &Wording<'g>,
    objects: &[Entity<'g>],
    with_amount: bool,
) -> String {
    let relation = wording.relation();
    let Some(fact) = projecting(relation) else { return String::new() };
    let telling = wording.telling_of(fact);
    let amount = with_amount.then(|| relation_amount(relation));
    let said = said_by(fact, relation.kind());
    // The party on the other side may be the one from which it passed on.
    let sides = if relation.derived().is_some() { String::new() } else { led(fact, &said, of_side) };
    let part = share(fact).filter(|_| relation.kind() == RelationKind::SellsTo);
    let part = part.map(|share| format!(", {} of it", share.words())).unwrap_or_default();
    format!("{}{}{part}{}", side::together(relation, objects), sides, trimmings(&telling, &said, amount))
}

/// The amount according to the claims behind a relation: " for USD 30 million".
pub(super) fn relation_amount(relation: Relation<'_>) -> String {
    if projecting(relation).is_none() || relation.derived().is_some() {
        return String::new();
    }
    let (amount, differ) = claims::amount(relation);
    let note = if differ { " (disputed)".to_owned() } else { doubt_of_amount(relation) };
    amount.map_or_else(String::new, |amount| format!("{}{note}", amount_words(amount)))
}

/// " (rumoured)", if only some of several claims state the amount, and all of these as a rumour.
fn doubt_of_amount(relation: Relation<'_>) -> String {
    let telling = claims::that_tell_amount(relation);
    let mut stated = telling.into_iter().map(|claim| claim.bare_record().confidence);
    match stated.next().flatten() {
        Some(first) if first != Confidence::Confirmed && stated.all(|other| other == Some(first)) => {
            format!(" ({})", first.name().to_lowercase())
        }
        _ => String::new(),
    }
}

/// The fact that projects a relation, as opposed to a tie between facts. For what passed to a successor, the fact that
/// stated it.
fn projecting<'g>(relation: Relation<'g>) -> Option<Fact<'g>> {
    let projects =
        |fact: &Fact<'g>| fact.kind().row().projections.iter().any(|p| p.kind() == relation.kind());
    let stated = if relation.derived().is_some() {
        relation.stated_before_it_passed_on().and_then(Relation::fact)
    } else {
        relation.fact()
    };
    stated.filter(projects)
}

/// The [`relation_details`] of the fact's principal relation.
pub(super) fn details(telling: &Telling<'_>) -> String {
    let fact = telling.fact();
    let kind = fact.kind().row().projections.first().map(Projection::kind);
    let amount = telling.record().amount.map(amount_words);
    kind.map(|kind| trimmings(telling, &said_by(fact, kind), amount))
        .unwrap_or_default()
        .trim_start()
        .to_owned()
}

/// The roles that a relation of this kind names itself.
fn said_by(fact: Fact<'_>, kind: RelationKind) -> Vec<Role> {
    let row = fact.kind().row();
    match row.projections.iter().find(|projection| projection.kind() == kind) {
        Some(Projection::Each(_, from, to)) => vec![*from, *to],
        Some(Projection::Mutual(_, side, other)) => std::iter::once(*side).chain(*other).collect(),
        None => Vec::new(),
    }
}

/// Roles, terms, money and attributes not in the clause, each with its lead words.
pub(super) fn trimmings(telling: &Telling<'_>, said: &[Role], amount: Option<String>) -> String {
    let (fact, record) = (telling.fact(), telling.record());
    let mut text = led(fact, said, always);
    text.push_str(&tail(record, Behind::Parties));
    text.push_str(&amount.unwrap_or_default());
    text.push_str(&tail(record, Behind::Price));
    for (attribute, value) in &record.attributes {
        text.push_str(&attribute_words(fact, *attribute, value));
    }
    text.push_str(&tail(record, Behind::Attributes));
    text
}

/// The fields that a sentence puts in one place after its clause.
fn tail(record: &FactRecord, place: Behind) -> String {
    let mut text = String::new();
    record.for_each_field(|row, field| match (row.words, field) {
        (FieldWords::Tail(own, lead), field) if own == place => {
            text.extend(words_of(field).map(|words| format!("{lead}{words}")));
        }
        (FieldWords::Either(own, yes, no), FieldRef::Flag(Some(flag))) if own == place => {
            text.push_str(if *flag { yes } else { no });
        }
        _ => {}
    });
    text
}

/// The parties in roles not yet named, each role with its lead words: " from Vend on Clock". Objects come first, then
/// parties, then those who pass it on or pay.
fn led(fact: Fact<'_>, said: &[Role], words: impl Fn(Lead) -> Option<&'static str>) -> String {
    let roles = || fact.kind().row().roles.iter().map(|row| row.role);
    let objects = roles().filter(|role| role.is_object());
    let others = roles().filter(|role| !role.is_object());
    let common = COMMON_ROLES.iter().map(|row| row.role);
    let mut text = String::new();
    for role in objects.chain(others).chain(common).filter(|role| !said.contains(role)) {
        let Some(lead) = words(role.lead()) else { continue };
        let parties: Vec<_> = fact.parties(role).collect();
        if !parties.is_empty() {
            text.push_str(&format!(" {lead} {}", list_of(fact, &parties)));
        }
    }
    text
}

/// The lead words of a role that no verb names.
const fn always(lead: Lead) -> Option<&'static str> {
    match lead {
        Lead::Always(words) => Some(words),
        Lead::OfSide(_) | Lead::None => None,
    }
}

/// The lead words of a role that the verb of one side does not name.
const fn of_side(lead: Lead) -> Option<&'static str> {
    match lead {
        Lead::OfSide(words) => Some(words),
        Lead::Always(_) | Lead::None => None,
    }
}

/// " for USD 350 million".
pub(super) fn amount_words(amount: Money) -> String {
    if amount.is_undisclosed() {
        " for an undisclosed amount".to_owned()
    } else {
        format!(" for {}", amount.words())
    }
}

/// The words for an attribute: ", class A", ", 51% of votes"; empty if the verb has it.
fn attribute_words(fact: Fact<'_>, attribute: Attribute, value: &AttributeValue) -> String {
    let Some(row) = fact.kind().row().attribute(attribute) else { return String::new() };
    let is_right = matches!(attribute, Attribute::Votes | Attribute::Profit);
    if is_right && RightsOnly::of(fact).is_some() {
        return String::new();
    }
    match (row.words, value) {
        (AttributeWords::InVerb, _) => String::new(),
        (AttributeWords::Either(yes, _), AttributeValue::Flag(true)) => yes.to_owned(),
        (AttributeWords::Either(_, no), _) => no.to_owned(),
        (AttributeWords::Around(..), AttributeValue::Choice(word)) if !is_told(row, word) => String::new(),
        (AttributeWords::Around(before, behind), value) => {
            let words = match value {
                AttributeValue::Choice(word) => lower_words(word),
                AttributeValue::Share(share) => share.words().to_string(),
                AttributeValue::Text(_) | AttributeValue::Flag(_) => value.to_string(),
            };
            let ends_so = !behind.is_empty() && words.to_lowercase().ends_with(behind);
            format!("{before}{words}{}", if ends_so { "" } else { behind })
        }
        (AttributeWords::AimOr(lead), value) => {
            let words = value.to_string();
            let lead = if words.starts_with("to ") { ", " } else { lead };
            format!("{lead}{words}")
        }
    }
}

/// Whether a choice is worded in addition to the verb.
fn is_told(row: &AttributeRow, chosen: &str) -> bool {
    match row.values {
        AttributeType::Choice(words) => words.iter().any(|word| word.name == chosen && word.is_told),
        AttributeType::Text | AttributeType::Share | AttributeType::Flag => false,
    }
}

/// "GeneralPartner" as "general partner".
pub(super) fn lower_words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
