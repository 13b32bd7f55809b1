//! Who owns a company.

use std::collections::HashSet;

use super::apart::{end_of, pending};
use super::chains::CHAINS;
use super::own_shares::add as add_own_shares;
use super::owners_text::OwnersText;
use super::readings::{Reading, Readings, stakes_in, stakes_of};
use super::row::OwnerRow;
use super::rules::left_out;
use super::several::Several;
use super::table::fill;
use super::terms::{Terms, outcome};
use super::together::{OwnersTogether, owners_together};
use crate::analysis::{Chains, OwnerTest, Owners, Ownership, Verdict};
use crate::answer::{Answer, Content, Page, TableBuilder};
use crate::error::Result;
use crate::graph::{Entity, Relation};
use crate::limits::Limits;
use crate::model::Role;

/// The question who owns a company, by one rule or by all; or how much of it several own together.
///
/// ```
/// use keiretsu::answer::{OwnersQuestion, TextOptions};
/// use keiretsu::{Graph, OwnerRule};
///
/// let graph = Graph::open("graphs/ownership")?;
/// let company = graph.view().find("Delta Holding")?;
/// let answer = OwnersQuestion::of(company).by(OwnerRule::Psc).all().answer()?;
/// assert!(answer.is_complete());
/// assert_eq!(answer.rows()[0].entity().unwrap().name(), "Paula Kern");
/// assert!(answer.text(&TextOptions::default()).starts_with("owners of Delta Holding by the rule `psc`"));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct OwnersQuestion<'g> {
    company: Entity<'g>,
    several: Option<Several<'g>>,
    all: bool,
    terms: Terms<'g>,
}

/// The owners that were found.
#[derive(Clone, Debug)]
pub struct OwnerRows<'g> {
    pub(super) rows: Vec<OwnerRow<'g>>,
    pub(super) told: Told<'g>,
}

/// What the text tells besides the rows.
#[derive(Clone, Debug)]
pub(super) enum Told<'g> {
    /// Of each owner.
    Each(OwnersText<'g>),
    /// Of several added up.
    Together(OwnersTogether<'g>),
}

impl<'g> OwnersQuestion<'g> {
    /// Of this company, by the rule [`OwnerRule::Multiply`](crate::OwnerRule::Multiply).
    pub fn of(company: Entity<'g>) -> Self {
        Self { company, several: None, all: false, terms: Terms::default() }
    }

    /// How much of this company these own together, and each alone, by all rules that add up persons.
    pub fn together(company: Entity<'g>, several: Several<'g>) -> Self {
        let terms = Terms { test: None, ..Terms::default() };
        Self { company, several: Some(several), all: false, terms }
    }

    /// By this rule.
    pub fn by(mut self, test: impl Into<OwnerTest>) -> Self {
        self.terms.test = Some(test.into());
        self
    }

    /// By all rules side by side; of several added up, by all that add up persons.
    pub fn by_all_rules(mut self) -> Self {
        self.terms.test = None;
        self
    }

    /// With those below the threshold; several added up are listed anyway.
    pub fn all(self) -> Self {
        Self { all: true, ..self }
    }

    /// For text without its reasons: it tells chains in a few words only, so the answer is complete without long ones.
    pub fn brief(mut self) -> Self {
        self.terms.is_brief = true;
        self
    }

    /// Uses this ownership and its view, which saves reading all stakes again: see
    /// [`KeptOwnership`](crate::KeptOwnership).
    pub fn using(mut self, ownership: &Ownership<'g>) -> Self {
        // An entity of another graph is refused when the question is answered.
        self.company = ownership.view().adopt(self.company).unwrap_or(self.company);
        self.terms.known = Some(ownership.clone());
        self
    }

    /// Bounds the search and the rows.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The owners, the largest first; by all rules, those of one owner one after another.
    ///
    /// # Errors
    /// As [`Ownership::owners`](crate::Ownership::owners): if more than all of a company is held. As
    /// [`Ownership::owners_together`](crate::Ownership::owners_together) for several, if the rule looks at each person alone.
    pub fn answer(&self) -> Result<Answer<'g, OwnerRows<'g>>> {
        match &self.several {
            Some(several) => owners_together(self.company, several, &self.terms),
            None => self.of_each(),
        }
    }

    fn of_each(&self) -> Result<Answer<'g, OwnerRows<'g>>> {
        let Self { company, all, terms, .. } = self;
        let company = company.everywhere();
        let only_certain = company.view().is_only_certain();
        let ownership = terms.ownership(company.view());
        let tests = terms.tests().into_iter();
        let found: Vec<Owners<'g>> =
            tests.map(|test| ownership.owners(company, test)).collect::<Result<_>>()?;
        let (chains, is_cut) =
            terms.chains(&found, |test, longest| ownership.chains_to(company, test, CHAINS, longest));
        let mut shown = listed(&found, *all, only_certain);
        shown.retain(|who| who.iter().any(|owner| company.view().lists(*owner)));
        let mut readings = Readings::default();
        let mut rows = rows(&shown, &found, &chains, &mut readings);
        add_own_shares(&mut rows, &ownership, Some(company));
        let of_all = all_readings(company, &found, &chains, &mut readings);
        let declared = company.no_owner_declared();
        let is_unknown = declared.is_empty() && found.iter().all(|owners| owners.rows.is_empty());
        let in_words = if is_unknown { in_words_only(company) } else { Vec::new() };
        let disputed = found.iter().any(|owners| owners.is_disputed);
        let (outcome, left_out) = (outcome(&terms.limits, &found, is_cut), left_out(&found));
        let text = OwnersText::new(company, found, of_all, declared.clone(), &rows);
        Ok(Answer::new(company.view(), OwnerRows { rows, told: Told::Each(text) })
            .outcome(outcome)
            .disputed(disputed)
            .declare(declared)
            .note(left_out)
            .note(pending(company, Role::Target))
            .note(end_of(company))
            .note(in_words)
            .at_most(terms.limits.rows))
    }
}

impl<'g> Content<'g> for OwnerRows<'g> {
    type Row = OwnerRow<'g>;

    fn command(&self) -> &'static str {
        "owners"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        fill(&self.rows, table);
        table.remarks_of(|page| self.write(page));
    }

    fn rows(&self) -> &[OwnerRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        let last = rows.checked_sub(1).and_then(|last| self.rows.get(last));
        if let (Some(last), Some(next), Told::Each(text)) = (last, self.rows.get(rows), &mut self.told) {
            text.is_last_cut = last.is_about_the_same(next);
        }
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        match &self.told {
            Told::Each(text) => text.write(&self.rows, page),
            Told::Together(text) => text.write(&self.rows, page),
        }
    }
}

/// The rows of those listed, by each rule.
fn rows<'g>(
    shown: &[Vec<Entity<'g>>],
    found: &[Owners<'g>],
    chains: &[Chains<'g>],
    readings: &mut Readings<'g>,
) -> Vec<OwnerRow<'g>> {
    shown
        .iter()
        .flat_map(|who| found.iter().zip(chains).map(move |(owners, chains)| (who, owners, chains)))
        .filter_map(|(who, owners, chains)| match who.as_slice() {
            [entity] => {
                let owner = owners.rows.iter().find(|row| row.entity == *entity)?;
                Some(OwnerRow::of_owner(owner, owners, chains, readings))
            }
            several => {
                let owner = owners.jointly.iter().find(|row| row.owners == several)?;
                Some(OwnerRow::of_joint(owner, owners, chains, readings))
            }
        })
        .collect()
}

/// Readings not added for anybody, listed or not.
fn all_readings<'g>(
    company: Entity<'g>,
    found: &[Owners<'g>],
    chains: &[Chains<'g>],
    readings: &mut Readings<'g>,
) -> Vec<Reading<'g>> {
    let mut of_all: Vec<Reading<'g>> = found
        .iter()
        .zip(chains)
        .flat_map(|(owners, chains)| owners.rows.iter().map(move |owner| (owners, chains.of(owner.entity))))
        .flat_map(|(owners, chains)| readings.beside(stakes_of(chains), owners.test.right()))
        .collect();
    // Some rules end chains where one has too little, so readings that were not added may decide.
    for owners in found {
        let holders = owners.rows.iter().map(|owner| owner.entity);
        let stakes: Vec<Relation<'g>> = std::iter::once(company).chain(holders).flat_map(stakes_in).collect();
        of_all.extend(readings.beside(&stakes, owners.test.right()));
    }
    of_all
}

/// Points at what is stated of a company in free text, which no rule reads: it may be that nobody owns much of it.
fn in_words_only(company: Entity<'_>) -> Vec<String> {
    let told = company.facts().filter(|fact| fact.is_told_by_its_note());
    let notes = told.filter_map(|fact| {
        let (id, note) = (fact.id(), fact.record().note?);
        Some(format!(
            "`{id}` says of {company} in words: \"{note}\"; if that means that nobody owns more than a threshold, write \
             `what: NoOwnerDeclared` with `share`"
        ))
    });
    notes.collect()
}

/// Those who count, or may count, by any of the rules, or everybody; without possible owners if so asked. Each is one
/// owner, or several joint holders; sorted by the largest share under any rule.
fn listed<'g>(found: &[Owners<'g>], all: bool, only_certain: bool) -> Vec<Vec<Entity<'g>>> {
    let mut counting: Vec<Vec<Entity<'g>>> = Vec::new();
    let mut seen = HashSet::new();
    for owners in found {
        let alone = owners.rows.iter().map(|row| (vec![row.entity], &row.share, row.verdict));
        let jointly = owners.jointly.iter().map(|row| (row.owners.clone(), &row.share, row.verdict));
        let mut rows: Vec<_> = jointly.chain(alone).collect();
        rows.sort_by(|(_, one, _), (_, other, _)| {
            other.low().cmp(one.low()).then_with(|| other.high().cmp(one.high()))
        });
        let counts = |verdict: Verdict| match verdict {
            Verdict::Counts => true,
            Verdict::MayCount => !only_certain,
            Verdict::No => all,
        };
        counting.extend(rows.into_iter().filter(|(.., verdict)| counts(*verdict)).map(|(who, ..)| who));
    }
    counting.retain(|who| seen.insert(who.clone()));
    counting
}
