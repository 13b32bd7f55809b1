//! Checks of records: references, roles, identifiers, cycles, evidence.

use std::collections::{HashMap, HashSet};

use super::attributes::is_of_type;
use super::ids::Ids;
use super::intake::Intake;
use super::problem::{Problem, Problems, Record};
use super::text::Heading;
use super::{door, figures, text};
use crate::diagnostic::{Code, a, did_you_mean, shown};
use crate::graph::store::facts::Cast;
use crate::graph::store::index::{EntityIx, FactIx};
use crate::limits::Limits;
use crate::model::fact_field::FieldRef;
use crate::model::vocabulary::{COMMON_ROLES, FactRow, Projection, RoleRow};
use crate::model::{EntityKind, EntityRecord, EvidenceRecord, FactKind, FactRecord, Id, Role};

/// A mutual fact with more parties than this draws a warning.
const MANY_PARTIES: usize = 100;

/// The titles and descriptions of the graph, including those overridden by an earlier file.
pub(crate) fn headings(headings: &[Heading], limits: &Limits, problems: &mut Problems<'_>) {
    let mut checker = text::Checker { limits, problems };
    for (n, heading) in headings.iter().enumerate() {
        checker.graph(n, heading);
    }
}

/// References between entities, required fields, identifiers, cycles of membership.
pub(crate) fn entities(intake: &Intake<'_>, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let mut wholes: Vec<(usize, usize)> = Vec::new();
    for n in &intake.entities.suspects {
        let n = *n as usize;
        let entity = intake.entity_record(n);
        let record = intake.entities.position(n);
        entity_fields(&entity, record, ids, problems);
        let parts = entity.members.iter().chain(&entity.of);
        wholes.extend(parts.filter_map(|id| Some((n, ids.entity(id)?))));
    }
    unique_identifiers(intake, problems);
    for n in circles(&wholes) {
        let entity = intake.entity_record(n);
        let message = format!("`{}` is part of itself", shown(entity.id.as_str()));
        let field = if entity.members.is_empty() { "of" } else { "members" };
        problems.push(
            Problem::new(Code::Circular, intake.entities.position(n).field(field, 0), message)
                .hint("take one of the links out"),
        );
    }
}

fn entity_fields(entity: &EntityRecord, record: Record, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    for name in entity.odd_fields() {
        let message = format!("{} has no field `{name}`", a(entity.kind.name()));
        problems.push(Problem::new(Code::UnknownField, record.field(name, 0), message));
    }
    for (n, member) in entity.members.iter().enumerate() {
        known_entity(member, record.field("members", n), "in `members`", ids, problems);
    }
    match &entity.of {
        Some(of) => known_entity(of, record.field("of", 0), "in `of`", ids, problems),
        None if door::needed_field(entity.kind) == Some("of") => problems.push(
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

/// References, roles, evidence and figures of facts. Facts that are certainly right are not unpacked.
pub(crate) fn facts(intake: &Intake<'_>, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let (packed, own) = (&intake.facts.packed, &intake.facts);
    let sources_are_known = intake.sources.symbols.are_all_known();
    let mut suspects = own.suspects.iter().chain(&own.linked).copied().collect::<Vec<u32>>();
    suspects.sort_unstable();
    let mut suspects = suspects.into_iter().peekable();
    let (mut wholes, mut replacements) = (Vec::new(), Vec::new());
    for fact in packed.all() {
        let is_suspect = suspects.next_if(|n| *n == fact.number()).is_some();
        while suspects.next_if(|n| *n == fact.number()).is_some() {}
        let is_right = !is_suspect
            && roles_are_right(packed.kind(fact), packed.listed_roles(fact), |symbol| ids.kind(symbol))
            && (sources_are_known || packed.evidence(fact).all(|said| ids.has_source(said.source)));
        if is_right {
            continue;
        }
        let (record, place) = (intake.fact_record(fact), own.position(fact));
        whole_fact(&record, place, ids, problems);
        wholes
            .extend(record.part_of.as_ref().and_then(|id| Some((fact.get(), own.find(id.as_str())?.get()))));
        let others = record.replaces.iter().filter_map(|id| own.find(id.as_str()));
        replacements.extend(others.map(|other| (fact.get(), other.get())));
    }
    let rings = circles(&replacements);
    for (by, other) in replacements.iter().filter(|_| rings.is_empty()) {
        replaced_later(intake, FactIx::new(*by), FactIx::new(*other), problems);
    }
    for n in rings {
        problems.push(
            Problem::new(
                Code::Circular,
                own.position(FactIx::new(n)).field("replaces", 0),
                "this fact replaces itself, directly or through others",
            )
            .label("in `replaces`")
            .hint("what replaces comes later: take one of the links out"),
        );
    }
    for n in circles(&wholes) {
        problems.push(
            Problem::new(
                Code::Circular,
                own.position(FactIx::new(n)).field("part_of", 0),
                "this fact is part of itself",
            )
            .label("in `part_of`")
            .hint("take one of the links out"),
        );
    }
}

/// Warns of a fact that replaces one which begins later.
fn replaced_later(intake: &Intake<'_>, by: FactIx, other: FactIx, problems: &mut Problems<'_>) {
    let begins = |fact: &FactRecord| fact.since.or(fact.completed).or(fact.signed).or(fact.announced);
    let (record, replaced) = (intake.fact_record(by), intake.fact_record(other));
    let (Some(own), Some(later)) = (begins(&record), begins(&replaced)) else { return };
    let is_before = matches!((own.latest(), later.earliest()), (Some(own), Some(later)) if own < later);
    if is_before {
        let message = format!("this begins ({own}) before what it replaces ({later})");
        problems.push(
            Problem::new(Code::ReplacesLater, intake.facts.position(by).field("replaces", 0), message)
                .also(intake.facts.position(other).whole())
                .hint("turn `replaces` round, or correct one of the dates: what is replaced is in force until then"),
        );
    }
}

fn whole_fact(fact: &FactRecord, record: Record, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    roles(fact, record, ids, problems);
    links(fact, record, ids, problems);
    evidence(&fact.evidence, record, ids, problems);
    if fact.evidence.is_empty() && !fact.unsourced {
        problems.push(
            Problem::new(Code::NoEvidence, record.whole(), format!("this `{}` has no evidence", fact.kind))
                .hint("add `quotes` or a `source`, or `unsourced: true`"),
        );
    }
    figures::check(fact, record, problems);
}

/// Facts with more parties than this are always checked in full.
const FEW_PARTIES: usize = 8;

/// Whether the roles of a fact are certainly right, so that none of the checks below would find anything.
fn roles_are_right(kind: FactKind, cast: Cast<'_>, kind_of: impl Fn(EntityIx) -> Option<EntityKind>) -> bool {
    let row = kind.row();
    let fits = |(role, party): (Role, EntityIx)| {
        let common = || COMMON_ROLES.iter().find(|row| row.role == role);
        let Some(row) = row.role(role).or_else(common) else { return false };
        kind_of(party).is_some_and(|kind| row.fits(kind))
    };
    cast.clone().nth(FEW_PARTIES).is_none()
        && cast.clone().all(fits)
        && door::miscast(kind, cast.clone()).next().is_none()
}

fn roles(fact: &FactRecord, record: Record, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let row = fact.kind.row();
    for role in row.roles.iter().chain(COMMON_ROLES) {
        let place = |item| record.field(role.role.name(), item);
        let mut named: Vec<&Id> = Vec::new();
        for (item, id) in fact.in_role(role.role).enumerate() {
            let label = format!("in the role `{}` of {}", role.role, a(fact.kind.name()));
            match ids.kind_of(id) {
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
    }
    let cast = fact.roles.iter().map(|(role, id)| (*role, id));
    door::miscast(fact.kind, cast).for_each(|miscast| problems.push(miscast.problem(fact.kind, record)));
    unknown_roles(fact, row, record, problems);
    crowd(fact, row, record, problems);
}

/// Roles and attributes that the kind does not have. Only a program can build such a fact.
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

/// Mutual facts should not have hundreds of parties.
fn crowd(fact: &FactRecord, row: &FactRow, record: Record, problems: &mut Problems<'_>) {
    let Some(Projection::Mutual(_, side, other)) = row.projections.first() else { return };
    let first_side = fact.in_role(*side).count();
    let others = other.map_or(0, |role| fact.in_role(role).count());
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

fn links(fact: &FactRecord, record: Record, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let mut look = |name: &'static str, n: usize, id: &Id| {
        if ids.fact(id).is_none() {
            problems.push(
                Problem::unknown(Code::UnknownFact, record.field(name, n), "fact", id)
                    .label(format!("in `{name}` of {}", a(fact.kind.name())))
                    .maybe_hint(ids.near_fact(id)),
            );
        }
    };
    fact.for_each_field(|row, field| match field {
        FieldRef::Fact(id) => id.iter().for_each(|id| look(row.name, 0, id)),
        FieldRef::Facts(list) => list.iter().enumerate().for_each(|(n, id)| look(row.name, n, id)),
        _ => {}
    });
}

fn evidence(evidence: &[EvidenceRecord], record: Record, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let mut reported = HashSet::new();
    for (n, evidence) in evidence.iter().enumerate() {
        let source = &evidence.source;
        if !reported.contains(source) && !ids.has_source_id(source) {
            reported.insert(source);
            problems.push(
                Problem::unknown(Code::UnknownSource, record.field("source", n), "source", source)
                    .label("as a source")
                    .maybe_hint(ids.near_source(source)),
            );
        }
    }
}

fn known_entity(id: &Id, at: super::problem::Field, label: &str, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    if ids.entity(id).is_none() {
        problems.push(
            Problem::unknown(Code::UnknownEntity, at, "entity", id)
                .label(label)
                .maybe_hint(ids.near_entity(id)),
        );
    }
}

fn unique_identifiers(intake: &Intake<'_>, problems: &mut Problems<'_>) {
    let mut seen: HashMap<(&str, String), usize> = HashMap::new();
    for n in &intake.entities.identified {
        let n = *n as usize;
        let entity = intake.entity_record(n);
        for (scheme, text, item) in entity.identifiers.texts() {
            let Some(first) = seen.insert((scheme, text.clone()), n).filter(|first| *first != n) else {
                continue;
            };
            let (own, other) = (&entity.id, intake.entities.id(first));
            let message = format!("`{own}` and `{other}` have the same {scheme} `{text}`: the same?");
            let place = intake.entities.position(n).field(scheme, item);
            problems.push(
                Problem::new(Code::SameIdentifier, place, message)
                    .also(intake.entities.position(first).whole())
                    .hint("make one entity of the two, with the other name as an alias"),
            );
        }
    }
}

/// One node of each cycle that these links form. Does not recurse.
fn circles(links: &[(usize, usize)]) -> Vec<usize> {
    let mut nodes: Vec<usize> = links.iter().flat_map(|(from, to)| [*from, *to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let mut graph = petgraph::graph::DiGraph::<(), ()>::with_capacity(nodes.len(), links.len());
    for _ in &nodes {
        graph.add_node(());
    }
    let place = |node: &usize| petgraph::graph::NodeIndex::new(nodes.binary_search(node).unwrap_or(0));
    for (from, to) in links {
        graph.add_edge(place(from), place(to), ());
    }
    let own = links.iter().filter(|(from, to)| from == to).map(|(from, _)| *from);
    let components = petgraph::algo::kosaraju_scc(&graph);
    let larger = components.into_iter().filter(|component| component.len() > 1);
    let first =
        larger.filter_map(|component| component.into_iter().map(petgraph::graph::NodeIndex::index).min());
    let first = first.filter_map(|place| nodes.get(place).copied());
    let mut found: Vec<usize> = first.chain(own).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The first object of a fact, else its first party. This is what `tied_to` links.
pub(crate) fn gist<T: Copy>(roles: &[(Role, T)]) -> Option<T> {
    let object = roles.iter().find(|(role, _)| role.is_object());
    object.or(roles.first()).map(|(_, entity)| *entity)
}
