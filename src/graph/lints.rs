//! What may be right but is seldom meant: dates out of order, what nothing uses, what is stated twice.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use petgraph::unionfind::UnionFind;

use super::alike;
use super::build::{Ids, Placed};
use super::problem::{Problem, Problems, Record};
use crate::diagnostic::{Code, a, shown};
use crate::model::{
    AttributeValue, End, EntityKind, EntityRecord, EvidenceRecord, FactKind, FactRecord, Id, Role,
    SourceRecord, Status,
};
use crate::value::{Date, Territory};

/// Every lint. Each takes time in proportion to the records, apart from sorting.
pub(crate) fn check(
    sources: &[Placed<SourceRecord>],
    entities: &[Placed<EntityRecord>],
    facts: &[Placed<FactRecord>],
    ids: &Ids,
    problems: &mut Problems<'_>,
) {
    dates_of_facts(facts, problems);
    dates_of_entities(entities, problems);
    // A graph without facts has just been begun; and what a mistyped id meant is not known.
    let has = |code| problems.listed().iter().any(|problem: &Problem| problem.diagnostic.code == code);
    let (odd_source, odd_entity) = (has(Code::UnknownSource), has(Code::UnknownEntity));
    if !facts.is_empty() && !odd_source {
        uncited(sources, entities, facts, problems);
    }
    if !facts.is_empty() && !odd_entity {
        unused(entities, facts, problems);
    }
    stated_twice(facts, ids, problems);
    alike::check(entities, problems);
    who_got_what(facts, entities, ids, problems);
}

/// Fields of facts that have an order in time: a day of the first, then a day of the second, or the same.
const ORDER_OF_FACTS: &[(&str, &str)] = &[
    ("announced", "completed"),
    ("signed", "completed"),
    ("announced", "withdrawn"),
    ("since", "until"),
    ("completed", "until"),
    ("signed", "until"),
];

const ORDER_OF_ENTITIES: &[(&str, &str)] =
    &[("filed", "granted"), ("filed", "expires"), ("granted", "expires")];

fn dates_of_facts(facts: &[Placed<FactRecord>], problems: &mut Problems<'_>) {
    for (position, fact) in facts {
        let dates: Vec<_> = fact.dates().collect();
        in_order(&dates, ORDER_OF_FACTS, Record::Fact(*position), problems);
    }
}

fn dates_of_entities(entities: &[Placed<EntityRecord>], problems: &mut Problems<'_>) {
    for (position, entity) in entities {
        let dates = [("filed", entity.filed), ("granted", entity.granted), ("expires", entity.expires)];
        let dates: Vec<_> = dates.into_iter().filter_map(|(name, date)| Some((name, date?))).collect();
        in_order(&dates, ORDER_OF_ENTITIES, Record::Entity(*position), problems);
    }
}

/// Warns of pairs of which no choice of days is in order; once for each field that comes too early.
fn in_order(
    dates: &[(&'static str, Date)],
    order: &[(&str, &str)],
    record: Record,
    problems: &mut Problems<'_>,
) {
    let find = |name: &str| dates.iter().find(|(field, _)| *field == name).copied();
    let mut told = Vec::new();
    for (first, second) in order {
        let (Some((first, begins)), Some((second, ends))) = (find(first), find(second)) else { continue };
        let wrong = matches!((ends.latest(), begins.earliest()), (Some(last), Some(day)) if last < day);
        if wrong && !told.contains(&second) {
            told.push(second);
            let message = format!("`{second}` ({ends}) is before `{first}` ({begins})");
            problems.push(
                Problem::new(Code::DatesOutOfOrder, record.field(second, 0), message)
                    .hint("correct one of the two dates"),
            );
        }
    }
}

fn uncited(
    sources: &[Placed<SourceRecord>],
    entities: &[Placed<EntityRecord>],
    facts: &[Placed<FactRecord>],
    problems: &mut Problems<'_>,
) {
    let of_facts = facts.iter().flat_map(|(_, fact)| &fact.evidence);
    let of_entities = entities.iter().flat_map(|(_, entity)| &entity.evidence);
    let cited: HashSet<&Id> = of_facts.chain(of_entities).map(|e: &EvidenceRecord| &e.source).collect();
    for (position, source) in sources {
        if !cited.contains(&source.id) {
            let message = format!("nothing cites the source `{}`", shown(source.id.as_str()));
            problems.push(
                Problem::new(Code::SourceNotCited, Record::Source(*position).whole(), message)
                    .hint("quote it where it says something, or take it out"),
            );
        }
    }
}

/// Warns of entities that no fact and no other entity names, and that name none.
fn unused(entities: &[Placed<EntityRecord>], facts: &[Placed<FactRecord>], problems: &mut Problems<'_>) {
    let of_facts = facts.iter().flat_map(|(_, fact)| &fact.roles).map(|(_, id)| id);
    let of_entities = entities.iter().flat_map(|(_, entity)| entity.members.iter().chain(&entity.of));
    let used: HashSet<&Id> = of_facts.chain(of_entities).collect();
    for (position, entity) in entities {
        let alone = entity.members.is_empty() && entity.of.is_none();
        if alone && !used.contains(&entity.id) {
            let message = format!("`{}` is in no fact", shown(entity.id.as_str()));
            problems.push(
                Problem::new(Code::EntityNotUsed, Record::Entity(*position).whole(), message)
                    .hint("state a fact about it, or take it out"),
            );
        }
    }
}

/// What two facts have in common that state the same.
///
/// Amounts, shares and the like are not part of it: two facts that differ only there contradict each other.
#[derive(PartialEq, Eq, Hash)]
struct Statement<'f> {
    kind: FactKind,
    roles: Vec<(Role, &'f Id)>,
    dates: Vec<(&'static str, Date)>,
    until: Option<End>,
    status: Option<Status>,
    details: Vec<String>,
    territory: Vec<Territory>,
    except: Vec<Territory>,
    part_of: Option<&'f Id>,
    replaces: Vec<&'f Id>,
}

impl<'f> Statement<'f> {
    fn of(fact: &'f FactRecord) -> Self {
        let details = fact.attributes.iter().filter(|(_, v)| !matches!(v, AttributeValue::Share(_)));
        Self {
            kind: fact.kind,
            roles: sorted(fact.roles.iter().map(|(role, id)| (*role, id))),
            dates: fact.dates().collect(),
            until: fact.until,
            status: fact.status,
            details: sorted(details.map(|(attribute, value)| format!("{attribute}: {value}"))),
            territory: sorted(fact.territory.iter().copied()),
            except: sorted(fact.except.iter().copied()),
            part_of: fact.part_of.as_ref(),
            replaces: sorted(fact.replaces.iter()),
        }
    }
}

/// The items as a set: in order, each once.
fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn stated_twice(facts: &[Placed<FactRecord>], ids: &Ids, problems: &mut Problems<'_>) {
    let claims = claims(facts, ids);
    let mut stated: HashMap<Statement<'_>, (usize, usize)> = HashMap::with_capacity(facts.len());
    for ((position, fact), claim) in facts.iter().zip(claims) {
        let (first, other) = match stated.entry(Statement::of(fact)) {
            Entry::Vacant(entry) => {
                entry.insert((*position, claim));
                continue;
            }
            Entry::Occupied(entry) => *entry.get(),
        };
        if claim != other {
            let message = format!("{} with the same parties and dates is stated before", a(fact.kind.name()));
            problems.push(
                Problem::new(Code::StatedTwice, Record::Fact(*position).whole(), message)
                    .also(Record::Fact(first).whole())
                    .hint("make one fact of the two, with the evidence of both, or tie them by `claims_of`"),
            );
        }
    }
}

/// For each fact a number that all facts of its claim group share.
fn claims(facts: &[Placed<FactRecord>], ids: &Ids) -> Vec<usize> {
    let mut groups = UnionFind::new(facts.len());
    for (n, (_, fact)) in facts.iter().enumerate() {
        if let Some(other) = fact.claims_of.as_ref().and_then(|id| ids.facts.get(id)) {
            groups.union(n, *other);
        }
    }
    groups.into_labeling()
}

/// Warns of sales of several things to several buyers, if no leg says which of them got which.
fn who_got_what(
    facts: &[Placed<FactRecord>],
    entities: &[Placed<EntityRecord>],
    ids: &Ids,
    problems: &mut Problems<'_>,
) {
    let wholes: HashSet<&Id> = facts.iter().filter_map(|(_, fact)| fact.part_of.as_ref()).collect();
    // A sale of a product leaves nothing behind: selling phones is not selling the line.
    let is_held = |id: &Id| {
        let entity = ids.entities.get(id).and_then(|n| entities.get(*n));
        entity.is_some_and(|(_, entity)| entity.kind != EntityKind::Product)
    };
    for (position, fact) in facts {
        let has_legs = fact.id.as_ref().is_some_and(|id| wholes.contains(id));
        if fact.kind != FactKind::Sale || has_legs || !fact.counts() {
            continue;
        }
        let buyers = sorted(fact.in_role(Role::Buyer));
        let objects = sorted(fact.in_role(Role::Of));
        if buyers.len() > 1 && objects.len() > 1 && objects.iter().any(|id| is_held(id)) {
            let message = format!(
                "this sale of {} things to {} buyers does not say who got what",
                objects.len(),
                buyers.len()
            );
            problems.push(
                Problem::new(Code::WhoGotWhat, Record::Fact(*position).field("buyer", 1), message)
                    .label("another buyer")
                    .hint("add a `Sale` for each buyer, as `part_of` this one, if a source tells"),
            );
        }
    }
}
