//! Who owns how much, and who has what, for several entities added up.

use std::collections::BTreeMap;

use super::chains::{CHAINS, explain};
use super::names::several;
use super::own_shares::{add as add_own_shares, note as note_own_shares};
use super::owners::{OwnerRows, Told as ToldOfOwners};
use super::reading_notes::note as note_readings;
use super::readings::Readings;
use super::row::{AddedUp, OwnerRow};
use super::rules::{by_rule, left_out};
use super::several::Several;
use super::stakes::{StakeRows, Told as ToldOfStakes};
use super::table::table;
use super::terms::{Terms, outcome};
use crate::analysis::{Chain, Chains, Owners, Ownership, Together, TogetherPart, Verdict};
use crate::answer::{Answer, Page, counted, nothing};
use crate::error::Result;
use crate::graph::{Entity, View};

/// What the text of several owners' total tells besides the rows.
#[derive(Clone, Debug)]
pub(super) struct OwnersTogether<'g> {
    company: Entity<'g>,
    set: Several<'g>,
    /// The total by each rule asked about.
    found: Vec<Together<'g>>,
}

/// What the text of several owners' stakes tells besides the rows.
#[derive(Clone, Debug)]
pub(super) struct StakesTogether<'g> {
    set: Several<'g>,
    /// The stakes by each rule asked about.
    found: Vec<Owners<'g>>,
    /// How many of them are not listed because they only possibly count.
    possible: usize,
}

/// The total of several in a company, and the share of each.
pub(super) fn owners_together<'g>(
    company: Entity<'g>,
    set: &Several<'g>,
    terms: &Terms<'g>,
) -> Result<Answer<'g, OwnerRows<'g>>> {
    let set = set.seen_by(company.view());
    let ownership = terms.ownership(company.view());
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for test in terms.tests_of_several() {
        together.push(ownership.owners_together(company, set.entities(), test)?);
        let mut owners = ownership.owners(company, test)?;
        owners.rows.retain(|row| row.entity != company && set.entities().contains(&row.entity));
        alone.push(owners);
    }
    let (chains, is_cut) =
        terms.chains(&alone, |test, longest| ownership.chains_to(company, test, CHAINS, longest));
    let only_certain = company.view().is_only_certain();
    let mut readings = Readings::default();
    let mut rows = Vec::new();
    for ((found, owners), chains) in together.iter().zip(&alone).zip(&chains) {
        let why = largest(found.owners.iter().flat_map(|owner| chains.of(*owner)).cloned().collect());
        rows.push(OwnerRow::of_several(found, set.unknown_names(), why, &mut readings));
        let shown = owners.rows.iter().filter(|row| !only_certain || row.verdict != Verdict::MayCount);
        rows.extend(shown.map(|owner| OwnerRow::of_owner(owner, owners, chains, &mut readings)));
    }
    add_own_shares(&mut rows, &ownership, Some(company));
    let disputed = together.iter().any(|found| found.is_disputed);
    let told = ToldOfOwners::Together(OwnersTogether { company, set, found: together });
    Ok(Answer::new(company.view(), OwnerRows { rows, told })
        .outcome(outcome(&terms.limits, &alone, is_cut))
        .disputed(disputed)
        .note(left_out(&alone))
        .at_most(terms.limits.rows))
}

/// What several have together.
pub(super) fn stakes_together<'g>(
    view: View<'g>,
    set: &Several<'g>,
    terms: &Terms<'g>,
) -> Result<Answer<'g, StakeRows<'g>>> {
    let set = set.seen_by(view);
    let ownership = terms.ownership(view);
    let tests = terms.tests_of_several().into_iter();
    let found: Vec<Owners<'g>> =
        tests.map(|test| ownership.stakes_together(set.entities(), test)).collect::<Result<_>>()?;
    let whole =
        AddedUp { entities: set.entities().to_vec(), itself_named: false, not_found: set.unknown_names() };
    let only_certain = view.is_only_certain();
    let mut is_cut = false;
    let mut readings = Readings::default();
    let mut rows = Vec::new();
    for owners in &found {
        let (mut why, cut) = chains_of(terms, &ownership, owners, set.entities());
        is_cut |= cut;
        for stake in owners.rows.iter().filter(|row| !only_certain || row.verdict != Verdict::MayCount) {
            let chains = why.remove(&stake.entity).unwrap_or_default();
            rows.push(OwnerRow::of_stake_of(&whole, stake, owners, largest(chains), &mut readings));
        }
    }
    add_own_shares(&mut rows, &ownership, None);
    let disputed = found.iter().any(|owners| owners.is_disputed);
    let (outcome, left_out) = (outcome(&terms.limits, &found, is_cut), left_out(&found));
    let possible = found.iter().map(|owners| owners.rows.len()).sum::<usize>() - rows.len();
    let told = ToldOfStakes::Together(StakesTogether { set, found, possible });
    Ok(Answer::new(view, StakeRows { rows, told })
        .outcome(outcome)
        .disputed(disputed)
        .note(left_out)
        .at_most(terms.limits.rows))
}

impl<'g> OwnersTogether<'g> {
    pub(super) fn write(&self, rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
        let Self { company, set, found } = self;
        for (same, found) in rows.chunk_by(|one, other| one.test == other.test).zip(found) {
            page.line(&format!("owners of {company} by the rule {}, added up:", by_rule(found.test)));
            table(same, page, |row| note(row, found), true);
        }
        if found.iter().any(|found| found.is_itself_named) {
            page.line(&format!("{company} itself is also named; only the others are added up"));
        }
        set.note_not_found(page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings), page);
        explain(rows, page);
    }
}

impl<'g> StakesTogether<'g> {
    pub(super) fn write(&self, rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
        let Self { set, found, possible } = self;
        let who = several(set.entities(), |one| one.to_string());
        if found.iter().all(|owners| owners.rows.is_empty()) {
            let stated = set.entities().first().map_or("is stated", |one| nothing::stated(one.view()));
            page.line(&format!("no stake of {who} {stated}"));
        }
        if *possible > 0 {
            let left = counted(*possible, "stake");
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
    }
}

impl<'g> Together<'g> {
    /// "Ann and Bo together have 50% of Firm by the rule ofac (50% or more): yes.", of the company that was asked about.
    #[must_use]
    pub fn sentence(&self, company: Entity<'g>) -> String {
        let who = several(&self.owners, |one| one.to_string());
        format!(
            "{who} together have {} of {company} by the rule {} ({}): {}.",
            self.share,
            self.test.rule(),
            self.test.threshold_words(),
            self.verdict.name()
        )
    }
}

/// "(47% of Bo, 3% of Ann)" for several, "(alone)" for one.
fn note(row: &OwnerRow<'_>, found: &Together<'_>) -> String {
    if row.entity().is_some() {
        return "(alone)".to_owned();
    }
    let part_words = |part: &TogetherPart<'_>| {
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

/// The chains from each of several to everything they own.
fn chains_of<'g>(
    terms: &Terms<'g>,
    ownership: &Ownership<'g>,
    owners: &Owners<'g>,
    set: &[Entity<'g>],
) -> (BTreeMap<Entity<'g>, Vec<Chain<'g>>>, bool) {
    let mut found: BTreeMap<Entity<'g>, Vec<Chain<'g>>> = BTreeMap::new();
    let mut is_cut = false;
    for owner in set {
        let of_one = |test, longest| ownership.chains_from(*owner, test, CHAINS, longest);
        let (chains, cut) = terms.chains(std::slice::from_ref(owners), of_one);
        is_cut |= cut;
        let Some(chains): Option<&Chains<'g>> = chains.first() else { continue };
        for row in &owners.rows {
            found.entry(row.entity).or_default().extend(chains.of(row.entity).iter().cloned());
        }
    }
    (found, is_cut)
}
