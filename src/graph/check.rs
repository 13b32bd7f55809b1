//! What must hold of records, and what should: references, roles, identifiers, circles, evidence.

use std::collections::{HashMap, HashSet};

use super::build::{Ids, Placed};
use super::figures;
use super::problem::{Problem, Problems, Record};
use super::text;
use crate::diagnostic::{Code, a, did_you_mean, shown};
use crate::limits::Limits;
use crate::model::vocabulary::{AttributeType, COMMON_ROLES, FactRow, Projection, RoleRow};
use crate::model::{
    AttributeValue, EntityKind, EntityRecord, EvidenceRecord, FactRecord, Id, Role, SourceRecord,
};

/// Beyond so many parties a mutual fact draws a warning.
const MANY_PARTIES: usize = 100;

/// The texts of the graph itself.
pub(crate) fn graph_texts(
    texts: [(&'static str, &Option<String>); 2],
    limits: &Limits,
    problems: &mut Problems<'_>,
) {
    let mut checker = text::Checker { limits, problems };
    for (name, text) in texts {
        checker.graph(name, text.as_deref());
    }
}

/// Every text of every record: control characters, blanks, lengths, invisible characters.
pub(crate) fn texts(
    sources: &[SourceRecord],
    entities: &[EntityRecord],
    facts: &[FactRecord],
    limits: &Limits,
    problems: &mut Problems<'_>,
) {
    let mut checker = text::Checker { limits, problems };
    for (n, source) in sources.iter().enumerate() {
        checker.source(Record::Source(n), source);
    }
    for (n, entity) in entities.iter().enumerate() {
        checker.entity(Record::Entity(n), entity);
    }
    for (n, fact) in facts.iter().enumerate() {
        checker.fact(Record::Fact(n), fact);
    }
}

/// References between entities, required fields, identifiers, circles of members.
pub(crate) fn entities(entities: &[Placed<EntityRecord>], ids: &Ids, problems: &mut Problems<'_>) {
    for (position, entity) in entities {
        let record = Record::Entity(*position);
        for name in entity.odd_fields() {
            let message = format!("{} has no field `{name}`", a(entity.kind.name()));
            problems.push(Problem::new(Code::UnknownField, record.field(name, 0), message));
        }
        for (n, member) in entity.members.iter().enumerate() {
            known_entity(member, record.field("members", n), "in `members`", ids, problems);
        }
        match &entity.of {
            Some(of) => known_entity(of, record.field("of", 0), "in `of`", ids, problems),
            None if entity.kind == EntityKind::Unit => problems.push(
                Problem::new(
                    Code::MissingField,
                    record.whole(),
                    format!("the unit `{}` has no `of`", shown(entity.id.as_str())),
                )
                .label("this unit")
                .hint("say which organisation it is a unit of"),
            ),
            None => {}
        }
        evidence(&entity.evidence, record, ids, problems);
    }
    unique_identifiers(entities, problems);
    let wholes = |n: usize| {
        let entity = entities.get(n).map(|(_, entity)| entity);
        let parts = entity.into_iter().flat_map(|entity| entity.members.iter().chain(&entity.of));
        parts.filter_map(|id| ids.entities.get(id).copied()).collect::<Vec<_>>()
    };
    for n in circles(entities.len(), wholes) {
        if let Some((position, entity)) = entities.get(n) {
            let message = format!("`{}` is part of itself", shown(entity.id.as_str()));
            let field = if entity.members.is_empty() { "of" } else { "members" };
            problems.push(
                Problem::new(Code::Circular, Record::Entity(*position).field(field, 0), message)
                    .hint("take one of the links out"),
            );
        }
    }
}

/// References, roles, evidence and figures of facts.
pub(crate) fn facts(
    facts: &[Placed<FactRecord>],
    entities: &[Placed<EntityRecord>],
    ids: &Ids,
    problems: &mut Problems<'_>,
) {
    let kind_of = |id: &Id| ids.entities.get(id).and_then(|n| entities.get(*n)).map(|(_, e)| e.kind);
    for (position, fact) in facts {
        let record = Record::Fact(*position);
        roles(fact, record, ids, kind_of, problems);
        links(fact, record, ids, problems);
        evidence(&fact.evidence, record, ids, problems);
        if fact.evidence.is_empty() && !fact.unsourced {
            problems.push(
                Problem::new(
                    Code::NoEvidence,
                    record.whole(),
                    format!("this `{}` has no evidence", fact.kind),
                )
                .hint("add `quotes`, or `unsourced: true`"),
            );
        }
        figures::check(fact, record, problems);
    }
    let whole = |n: usize| {
        let part_of = facts.get(n).and_then(|(_, fact)| fact.part_of.as_ref());
        part_of.and_then(|id| ids.facts.get(id).copied()).into_iter().collect::<Vec<_>>()
    };
    for n in circles(facts.len(), whole) {
        if let Some((position, _)) = facts.get(n) {
            problems.push(
                Problem::new(
                    Code::Circular,
                    Record::Fact(*position).field("part_of", 0),
                    "this fact is part of itself",
                )
                .label("in `part_of`")
                .hint("take one of the links out"),
            );
        }
    }
}

fn roles(
    fact: &FactRecord,
    record: Record,
    ids: &Ids,
    kind_of: impl Fn(&Id) -> Option<EntityKind>,
    problems: &mut Problems<'_>,
) {
    let row = fact.kind.row();
    for role in row.roles.iter().chain(COMMON_ROLES) {
        let place = |item| record.field(role.role.name(), item);
        let mut named: Vec<&Id> = Vec::new();
        for (item, id) in fact.in_role(role.role).enumerate() {
            let label = format!("in the role `{}` of {}", role.role, a(fact.kind.name()));
            match kind_of(id) {
                None => known_entity(id, place(item), &label, ids, problems),
                Some(kind) if !role.fits(kind) => {
                    let message = format!(
                        "`{}` is {}, which the role `{}` does not expect",
                        shown(id.as_str()),
                        kind.noun(),
                        role.role
                    );
                    problems.push(
                        Problem::new(Code::OddKind, place(item), message).label(label).hint(expected(role)),
                    );
                }
                Some(_) => {}
            }
            if named.len() < MANY_PARTIES && named.contains(&id) {
                let message = format!("`{}` is named twice in the role `{}`", shown(id.as_str()), role.role);
                problems.push(
                    Problem::new(Code::NamedTwice, place(item), message).hint("take one out, or correct it"),
                );
            }
            named.push(id);
        }
        if role.required && named.is_empty() {
            let message = format!("{} needs the role `{}`", a(fact.kind.name()), role.role);
            let hint = "a party that the source does not name is an entry of the section `unspecified`";
            problems.push(Problem::new(Code::MissingField, record.whole(), message).hint(hint));
        }
        if !role.many && named.len() > 1 {
            let message = format!(
                "the role `{}` of {} takes one entity, not {}",
                role.role,
                a(fact.kind.name()),
                named.len()
            );
            problems.push(Problem::new(Code::WrongNumber, place(1), message).hint("write one fact for each"));
        }
    }
    unknown_roles(fact, row, record, problems);
    mutual(fact, row, record, problems);
}

/// Roles and attributes that the kind does not have; only a program can make such a fact.
fn unknown_roles(fact: &FactRecord, row: &FactRow, record: Record, problems: &mut Problems<'_>) {
    for (role, _) in &fact.roles {
        if row.role(*role).is_none() && !COMMON_ROLES.iter().any(|common| common.role == *role) {
            let message = format!("{} has no role `{role}`", a(fact.kind.name()));
            let hint = did_you_mean(role.name(), row.roles.iter().map(|row| row.role.name()));
            problems.push(Problem::new(Code::UnknownField, record.whole(), message).maybe_hint(hint));
        }
    }
    let mut seen = Vec::new();
    for (attribute, value) in &fact.attributes {
        let at = record.field(attribute.name(), 0);
        match row.attribute(*attribute) {
            None => {
                let message = format!("{} has no field `{attribute}`", a(fact.kind.name()));
                problems.push(Problem::new(Code::UnknownField, record.whole(), message));
            }
            Some(own) if !is_of_type(value, own.values) => {
                let message =
                    format!("`{}` is no value of the field `{attribute}`", shown(&value.to_string()));
                problems.push(Problem::new(Code::BadChoice, at, message));
            }
            Some(_) => {}
        }
        if seen.contains(attribute) {
            let message = format!("the field `{attribute}` stands twice");
            problems.push(Problem::new(Code::DuplicateKey, at, message).hint("keep one of the two"));
        }
        seen.push(*attribute);
    }
}

fn is_of_type(value: &AttributeValue, values: AttributeType) -> bool {
    match (value, values) {
        (AttributeValue::Text(_), AttributeType::Text)
        | (AttributeValue::Share(_), AttributeType::Share)
        | (AttributeValue::Flag(_), AttributeType::Flag) => true,
        (AttributeValue::Choice(word), AttributeType::Choice(words)) => {
            words.iter().any(|choice| choice.name == *word)
        }
        _ => false,
    }
}

/// Mutual facts need two sides, and should not have hundreds.
fn mutual(fact: &FactRecord, row: &FactRow, record: Record, problems: &mut Problems<'_>) {
    let Some(Projection::Mutual(_, side, other)) = row.projections.first() else { return };
    let first_side = fact.in_role(*side).count();
    let others = other.map_or(0, |role| fact.in_role(role).count());
    let mut parties: Vec<&Id> = fact
        .roles
        .iter()
        .filter(|(role, _)| role == side || Some(*role) == *other)
        .map(|(_, id)| id)
        .collect();
    parties.sort_unstable();
    parties.dedup();
    if parties.len() == 1 && first_side > 0 {
        let message = format!("{} needs two parties", a(fact.kind.name()));
        let mut hint = format!("name the second party in `{side}`");
        if let Some(other) = other {
            hint.push_str(&format!(" or in `{other}`"));
        }
        problems.push(Problem::new(Code::WrongNumber, record.field(side.name(), 0), message).hint(hint));
    }
    if first_side + others > MANY_PARTIES {
        let message = format!("this `{}` relates {} parties to each other", fact.kind, first_side + others);
        let hint = "if they share an alliance, make each its member (Membership)";
        problems.push(Problem::new(Code::ManyParties, record.field(side.name(), 0), message).hint(hint));
    }
}

fn expected(role: &RoleRow) -> String {
    let nouns: Vec<_> = role.accepts.iter().map(|kind| kind.noun()).collect();
    match nouns.split_last() {
        Some((last, [])) => format!("expected {last}"),
        Some((last, rest)) => format!("expected {} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn links(fact: &FactRecord, record: Record, ids: &Ids, problems: &mut Problems<'_>) {
    let part_of = fact.part_of.iter().map(|id| ("part_of", 0, id));
    let tied_to = fact.tied_to.iter().enumerate().map(|(n, id)| ("tied_to", n, id));
    let replaces = fact.replaces.iter().enumerate().map(|(n, id)| ("replaces", n, id));
    let claims_of = fact.claims_of.iter().map(|id| ("claims_of", 0, id));
    for (name, n, id) in part_of.chain(tied_to).chain(replaces).chain(claims_of) {
        if !ids.facts.contains_key(id) {
            let message = format!("no fact has the id `{}`", shown(id.as_str()));
            problems.push(
                Problem::new(Code::UnknownFact, record.field(name, n), message)
                    .label(format!("in `{name}` of {}", a(fact.kind.name())))
                    .maybe_hint(ids.near(id, &ids.facts)),
            );
        }
    }
}

fn evidence(evidence: &[EvidenceRecord], record: Record, ids: &Ids, problems: &mut Problems<'_>) {
    let mut told = HashSet::new();
    for (n, evidence) in evidence.iter().enumerate() {
        let source = &evidence.source;
        if !told.contains(source) && !ids.sources.contains_key(source) {
            told.insert(source);
            let message = format!("no source has the id `{}`", shown(source.as_str()));
            problems.push(
                Problem::new(Code::UnknownSource, record.field("source", n), message)
                    .label("as a source")
                    .maybe_hint(ids.near(source, &ids.sources)),
            );
        }
    }
}

fn known_entity(id: &Id, at: super::problem::Field, label: &str, ids: &Ids, problems: &mut Problems<'_>) {
    if !ids.entities.contains_key(id) {
        problems.push(
            Problem::new(Code::UnknownEntity, at, format!("no entity has the id `{}`", shown(id.as_str())))
                .label(label)
                .maybe_hint(ids.near(id, &ids.entities)),
        );
    }
}

fn unique_identifiers(entities: &[Placed<EntityRecord>], problems: &mut Problems<'_>) {
    let mut seen: HashMap<(&str, String), (usize, &Id)> = HashMap::new();
    for (position, entity) in entities {
        for (scheme, text, item) in entity.identifiers.texts() {
            let Some((first, other)) = seen.insert((scheme, text.clone()), (*position, &entity.id)) else {
                continue;
            };
            if *other == entity.id {
                continue;
            }
            let message = format!("`{}` and `{other}` have the same {scheme} `{text}`: the same?", entity.id);
            problems.push(
                Problem::new(Code::SameIdentifier, Record::Entity(*position).field(scheme, item), message)
                    .also(Record::Entity(first).whole())
                    .hint("make one entity of the two, with the other name as an alias"),
            );
        }
    }
}

/// The nodes that reach themselves, one of each circle; without recursion.
fn circles(nodes: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<usize> {
    let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
    for _ in 0..nodes {
        graph.add_node(());
    }
    let mut own = Vec::new();
    for from in 0..nodes {
        for to in next(from) {
            if from == to {
                own.push(from);
            }
            graph.add_edge(petgraph::graph::NodeIndex::new(from), petgraph::graph::NodeIndex::new(to), ());
        }
    }
    let components = petgraph::algo::kosaraju_scc(&graph);
    let larger = components.into_iter().filter(|component| component.len() > 1);
    let first =
        larger.filter_map(|component| component.into_iter().map(petgraph::graph::NodeIndex::index).min());
    let mut found: Vec<usize> = first.chain(own).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The first object of a fact, else its first party: what `tied_to` links.
pub(crate) fn gist<T: Copy>(roles: &[(Role, T)]) -> Option<T> {
    let object = roles.iter().find(|(role, _)| role.is_object());
    object.or(roles.first()).map(|(_, entity)| *entity)
}
