//! Lints of records, for what may be right but is seldom meant: dates out of order, unused records, duplicate
//! statements.

use std::cell::OnceCell;
use std::collections::HashSet;

use petgraph::unionfind::UnionFind;

use super::dates::{Disorder, disorder_of_entity, disorder_of_fact};
use super::ids::Ids;
use super::intake::Intake;
use super::problem::{Problem, Problems, Record};
use super::statement::Statement;
use super::{alike, namesakes, retold};
use crate::diagnostic::{Code, a, shown};
use crate::graph::store::index::{EntityIx, FactIx};
use crate::model::{EntityKind, FactKind, FactRecord, Id, Role};
use crate::parallel::join_if_large;

/// Runs every lint. Each takes linear time, apart from sorting.
pub(crate) fn check(intake: &Intake<'_>, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    for fact in intake.facts.misdated.iter().map(|n| FactIx::of(*n)) {
        let found = disorder_of_fact(&intake.fact_record(fact));
        out_of_order(found, intake.facts.position(fact), problems);
    }
    for n in intake.entities.misdated.iter().map(|n| *n as usize) {
        let found = disorder_of_entity(&intake.entity_record(n));
        out_of_order(found, intake.entities.position(n), problems);
    }
    // A graph without facts is just being started, and the target of a mistyped id is unknown.
    let has = |code| problems.listed().iter().any(|problem: &Problem| problem.diagnostic.code == code);
    let (odd_source, odd_entity) = (has(Code::UnknownSource), has(Code::UnknownEntity));
    let has_facts = intake.facts.packed.len() > 0;
    if has_facts && !odd_source {
        uncited(intake, problems);
    }
    if has_facts && !odd_entity {
        unused(intake, problems);
    }
    let names = || {
        let mut found = Problems::default();
        let reported = namesakes::check(intake, &mut found);
        alike::check(intake, &reported, &mut found);
        found
    };
    // Neither depends on what the other finds.
    let entities = intake.entities.kinds.len();
    let ((), alike) = join_if_large(entities, || stated_twice(intake, ids, problems), names);
    problems.append(alike, |listed| listed);
    who_got_what(intake, ids, problems);
}

fn out_of_order(found: Vec<Disorder>, record: Record, problems: &mut Problems<'_>) {
    for [(first, begins), (second, ends)] in found {
        let message = format!("`{second}` ({ends}) is before `{first}` ({begins})");
        problems.push(
            Problem::new(Code::DatesOutOfOrder, record.field(second, 0), message)
                .hint("correct one of the two dates"),
        );
    }
}

fn uncited(intake: &Intake<'_>, problems: &mut Problems<'_>) {
    let sources = &intake.sources;
    for (position, source) in &sources.records {
        if !sources.symbols.is_named(source.id.as_str()) {
            let message = format!("nothing cites the source `{}`", shown(source.id.as_str()));
            problems.push(
                Problem::new(Code::SourceNotCited, Record::Source(*position).whole(), message)
                    .hint("quote it where it says something, or take it out"),
            );
        }
    }
}

/// Warns of entities that no fact and no other entity refers to, and that refer to none.
fn unused(intake: &Intake<'_>, problems: &mut Problems<'_>) {
    for n in intake.entities.unnamed() {
        let message = format!("`{}` is in no fact", shown(intake.entities.id(n)));
        problems.push(
            Problem::new(Code::EntityNotUsed, intake.entities.position(n).whole(), message)
                .hint("state a fact about it, or take it out"),
        );
    }
}

fn stated_twice(intake: &Intake<'_>, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let mut hashes: Vec<(u64, u32)> = intake.facts.statements.iter().copied().zip(0..).collect();
    hashes.sort_unstable();
    let groups = hashes.chunk_by(|(one, _), (other, _)| one == other).filter(|group| group.len() > 1);
    let mut found: Vec<(FactIx, FactIx)> = Vec::new();
    let claims = OnceCell::new();
    let claims = || claims.get_or_init(|| self::claims(intake, ids));
    for group in groups {
        // Nearly always there is just one, since equal hashes mean equal statements.
        let mut firsts: Vec<(FactIx, FactRecord)> = Vec::new();
        for fact in group.iter().map(|(_, n)| FactIx::of(*n)) {
            let record = intake.fact_record(fact);
            match firsts.iter().find(|(_, first)| Statement::of(first) == Statement::of(&record)) {
                Some((first, _)) if claims().get(first.get()) == claims().get(fact.get()) => {}
                Some((first, _)) => found.push((fact, *first)),
                None => firsts.push((fact, record)),
            }
        }
    }
    found.sort_unstable();
    let retold = retold::pairs(intake, |one, other| claims().get(one.get()) == claims().get(other.get()));
    let retold =
        retold.into_iter().filter(|(fact, _)| found.binary_search_by_key(fact, |(own, _)| *own).is_err());
    let retold =
        retold.map(|(fact, first)| (fact, first, "with the same parties, and dates that may be the same,"));
    let found = found.iter().map(|(fact, first)| (*fact, *first, "with the same parties and dates"));
    for (fact, first, what) in found.chain(retold) {
        let kind = intake.facts.packed.kind(fact).name();
        let message = format!("{} {what} is stated before", a(kind));
        problems.push(
            Problem::new(Code::StatedTwice, intake.facts.position(fact).whole(), message)
                .also(intake.facts.position(first).whole())
                .hint("make one fact of the two, with the evidence of both, or tie them by `claims_of`"),
        );
    }
}

/// For each fact, a number that all facts of its claim group share.
fn claims(intake: &Intake<'_>, ids: &Ids<'_>) -> Vec<usize> {
    let mut groups = UnionFind::new(intake.facts.packed.len());
    for fact in intake.facts.linked.iter().map(|n| FactIx::of(*n)) {
        let record = intake.fact_record(fact);
        if let Some(other) = record.claims_of.as_ref().and_then(|id| ids.fact(id)) {
            groups.union(fact.get(), other.get());
        }
    }
    groups.into_labeling()
}

/// Warns of sales of several things to several buyers if no leg says who got which.
fn who_got_what(intake: &Intake<'_>, ids: &Ids<'_>, problems: &mut Problems<'_>) {
    let packed = &intake.facts.packed;
    // The sale of a product leaves nothing behind: selling phones is not selling the product line.
    let is_held = |symbol: EntityIx| ids.kind(symbol).is_some_and(|kind| kind != EntityKind::Product);
    let mut wholes: Option<HashSet<Id>> = None;
    for fact in packed.all() {
        if packed.kind(fact) != FactKind::Sale || !packed.counts(fact) {
            continue;
        }
        let count = |role| packed.listed_roles(fact).in_role(role).count();
        let (buyers, objects) = (count(Role::Buyer), count(Role::Of));
        let held = || packed.listed_roles(fact).in_role(Role::Of).any(is_held);
        if buyers < 2 || objects < 2 || !held() {
            continue;
        }
        let wholes = wholes.get_or_insert_with(|| {
            let legs = intake.facts.linked.iter().map(|n| intake.fact_record(FactIx::of(*n)));
            legs.filter_map(|leg| leg.part_of).collect()
        });
        if packed.stated_id(fact).is_some_and(|id| wholes.contains(id)) {
            continue;
        }
        let message = format!("this sale of {objects} things to {buyers} buyers does not say who got what");
        problems.push(
            Problem::new(Code::WhoGotWhat, intake.facts.position(fact).field("buyer", 1), message)
                .label("another buyer")
                .hint("add a `Sale` for each buyer, as `part_of` this one, if a source tells"),
        );
    }
}
