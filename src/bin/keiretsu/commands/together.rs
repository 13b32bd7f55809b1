//! `keiretsu owners` and `stakes` for several entities added up.

use std::collections::BTreeMap;

use keiretsu::{
    Chain, Chains, Entity, Outcome, OwnerTest, Owners, Ownership, StoppedBy, Together, Verdict, View,
};

use super::entity_names::several;
use super::overfull::placed;
use super::own_shares::{add as add_own_shares, note as note_own_shares};
use super::owner_chains::{CHAINS, chains, explain};
use super::owner_rows::{Row, Set};
use super::owner_table::{OWNERS, STAKES, table};
use super::owner_tests::{by_rule, left_out};
use super::reading_notes::note as note_readings;
use super::readings::Readings;
use super::several::Several;
use crate::failure::Failure;
use crate::output::{Answer, counted};
use crate::owner_args::{SeveralArgs, StakesArgs};
use crate::session::Session;

/// The total of several in a company, and the share of each.
pub(super) fn owners<'g>(
    session: &Session,
    company: Entity<'g>,
    args: &SeveralArgs,
    tests: &[OwnerTest],
) -> Result<u8, Failure> {
    let set = Several::find(session, company.view(), None, args)?;
    let ownership = company.view().ownership();
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for test in tests {
        let fail = |error| placed(session, &ownership, test.right(), error);
        together.push(ownership.owners_together(company, &set.entities, *test).map_err(fail)?);
        let mut owners = ownership.owners(company, *test).map_err(fail)?;
        owners.rows.retain(|row| row.entity != company && set.entities.contains(&row.entity));
        alone.push(owners);
    }
    left_out(&alone);
    let (chains, is_cut) =
        chains(session, &alone, |test, longest| ownership.chains_to(company, test, CHAINS, longest));
    let mut readings = Readings::default();
    let mut rows = Vec::new();
    for ((found, owners), chains) in together.iter().zip(&alone).zip(&chains) {
        let why = largest(found.owners.iter().flat_map(|owner| chains.of(*owner)).cloned().collect());
        rows.push(Row::of_several(found, set.unknown_names(), why, &mut readings));
        let certain = session.options.certain;
        let shown = owners.rows.iter().filter(|row| !certain || row.verdict != Verdict::MayCount);
        rows.extend(shown.map(|owner| Row::of_owner(owner, owners, chains, &mut readings)));
    }
    add_own_shares(&mut rows, &ownership, Some(company));
    let disputed = together.iter().any(|found| found.is_disputed);
    let outcome = if is_cut { Outcome::Stopped(StoppedBy::Hops) } else { Outcome::Complete };
    Answer::new("owners", OWNERS, rows).disputed(disputed).outcome(outcome).print(session, |rows, page| {
        for (same, found) in rows.chunk_by(|one, other| one.test == other.test).zip(&together) {
            page.line(&format!("owners of {company} by the rule {}, added up:", by_rule(found.test)));
            table(same, page, |row| note(row, found), true);
        }
        if together.iter().any(|found| found.is_itself_named) {
            page.line(&format!("{company} itself is also named; only the others are added up"));
        }
        set.note_not_found(page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings), page);
        explain(rows, page);
    })
}

/// "Ann and Bo together have 50% of Firm by the rule ofac (50% or more): yes.", without terminal styles, for pictures
/// too.
pub(super) fn words(company: Entity<'_>, found: &Together<'_>) -> String {
    let who = several(&found.owners, |one| one.to_string());
    format!(
        "{who} together have {} of {company} by the rule {} ({}): {}.",
        found.share,
        found.test.rule(),
        found.test.threshold_words(),
        found.verdict.name()
    )
}

/// "(47% of Bo, 3% of Ann)" for several, "(alone)" for one.
fn note(row: &Row<'_>, found: &Together<'_>) -> String {
    if row.entity().is_some() {
        return "(alone)".to_owned();
    }
    let part_words = |part: &keiretsu::TogetherPart<'_>| {
        let possibly = if part.is_certain { "" } else { "possibly " };
        let jointly = if part.holders.len() > 1 { " jointly" } else { "" };
        let who = several(&part.holders, |one| one.name().to_owned());
        format!("{possibly}{} of {who}{jointly}", part.share)
    };
    let mut parts: Vec<String> = found.parts.iter().take(PARTS).map(part_words).collect();
    if found.parts.len() > PARTS {
        parts.push(format!("and of {} more", found.parts.len() - PARTS));
    }
    if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) }
}

/// The most holders named.
const PARTS: usize = 4;

/// The chains with the largest products.
fn largest(mut chains: Vec<Chain<'_>>) -> Vec<Chain<'_>> {
    let by_product = |one: &Chain<'_>, other: &Chain<'_>| {
        let low = other.product.low().cmp(one.product.low());
        low.then_with(|| other.product.high().cmp(one.product.high()))
    };
    chains.sort_by(by_product);
    chains
}

/// What several have together.
pub(super) fn stakes(
    session: &Session,
    view: View<'_>,
    args: &StakesArgs,
    tests: &[OwnerTest],
) -> Result<u8, Failure> {
    let set = Several::find(session, view, args.name.as_ref(), &args.several)?;
    let ownership = view.ownership();
    let mut found = Vec::new();
    for test in tests {
        let stakes = ownership.stakes_together(&set.entities, *test);
        found.push(stakes.map_err(|error| placed(session, &ownership, test.right(), error))?);
    }
    left_out(&found);
    let whole = Set { entities: set.entities.clone(), itself_named: false, not_found: set.unknown_names() };
    let mut is_cut = false;
    let mut readings = Readings::default();
    let mut rows = Vec::new();
    for owners in &found {
        let (mut why, cut) = chains_of(session, &ownership, owners, &set.entities);
        is_cut |= cut;
        let certain = session.options.certain;
        for stake in owners.rows.iter().filter(|row| !certain || row.verdict != Verdict::MayCount) {
            let chains = why.remove(&stake.entity).unwrap_or_default();
            rows.push(Row::of_stake_of(&whole, stake, owners, largest(chains), &mut readings));
        }
    }
    add_own_shares(&mut rows, &ownership, None);
    let disputed = found.iter().any(|owners| owners.is_disputed);
    let outcome = if is_cut { Outcome::Stopped(StoppedBy::Hops) } else { Outcome::Complete };
    Answer::new("stakes", STAKES, rows).disputed(disputed).outcome(outcome).print(session, |rows, page| {
        let who = several(&set.entities, |one| one.to_string());
        if found.iter().all(|owners| owners.rows.is_empty()) {
            page.line(&format!("no stake of {who} is stated"));
        }
        let all: usize = found.iter().map(|owners| owners.rows.len()).sum();
        if rows.len() < all {
            let left = counted(all - rows.len(), "stake");
            page.line(&format!("left out with --certain: {left} with which they possibly count"));
        }
        for same in rows.chunk_by(|one, other| one.test == other.test) {
            if let Some(first) = same.first() {
                page.line(&format!("stakes of {who} together by the rule {}:", by_rule(first.test)));
                table(same, page, |_| String::new(), true);
            }
        }
        set.note_not_found(page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings), page);
        explain(rows, page);
    })
}

/// The chains from each of several to everything they own.
fn chains_of<'g>(
    session: &Session,
    ownership: &Ownership<'g>,
    owners: &Owners<'g>,
    set: &[Entity<'g>],
) -> (BTreeMap<Entity<'g>, Vec<Chain<'g>>>, bool) {
    let mut found: BTreeMap<Entity<'g>, Vec<Chain<'g>>> = BTreeMap::new();
    let mut is_cut = false;
    for owner in set {
        let of_one = |test, longest| ownership.chains_from(*owner, test, CHAINS, longest);
        let (chains, cut) = chains(session, std::slice::from_ref(owners), of_one);
        is_cut |= cut;
        let Some(chains): Option<&Chains<'g>> = chains.first() else { continue };
        for row in &owners.rows {
            found.entry(row.entity).or_default().extend(chains.of(row.entity).iter().cloned());
        }
    }
    (found, is_cut)
}
