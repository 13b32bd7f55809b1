//! What an owner has.

use super::apart::{passed_on, pending};
use super::chains::{CHAINS, explain, way};
use super::own_shares::{add as add_own_shares, note as note_own_shares};
use super::reading_notes::note as note_readings;
use super::readings::Readings;
use super::rings::ring_words;
use super::row::OwnerRow;
use super::rules::{by_rule, left_out, note_one_at_a_time, note_rounded};
use super::several::Several;
use super::table::{fill, joint_note, table, through_statements};
use super::terms::{Terms, outcome};
use super::together::{StakesTogether, stakes_together};
use crate::analysis::{Owner, OwnerTest, Owners, Ownership, Verdict};
use crate::answer::{Answer, Content, Page, TableBuilder, counted, name, nothing};
use crate::error::Result;
use crate::graph::{Entity, View};
use crate::limits::Limits;
use crate::model::Role;

/// The question what an owner has, or several together, by one rule or by all.
///
/// ```
/// use keiretsu::answer::{Several, StakesQuestion};
/// use keiretsu::{Graph, OwnerRule};
///
/// let graph = Graph::open("graphs/ownership")?;
/// let view = graph.view();
/// let paula = view.find("Paula Kern")?;
/// let answer = StakesQuestion::of(paula).answer()?;
/// assert!(answer.rows().iter().any(|row| row.entity().unwrap().name() == "Delta Holding"));
///
/// let both = Several::of([paula, view.find("Xenia Holm")?]);
/// let answer = StakesQuestion::together(view, both).by(OwnerRule::Ofac).answer()?;
/// assert_eq!(answer.rows()[0].together().unwrap().entities.len(), 2);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct StakesQuestion<'g> {
    view: View<'g>,
    whose: Whose<'g>,
    terms: Terms<'g>,
}

#[derive(Clone, Debug)]
enum Whose<'g> {
    One(Entity<'g>),
    Together(Several<'g>),
}

/// The stakes that were found.
#[derive(Clone, Debug)]
pub struct StakeRows<'g> {
    pub(super) rows: Vec<OwnerRow<'g>>,
    pub(super) told: Told<'g>,
}

/// What the text tells besides the rows.
#[derive(Clone, Debug)]
pub(super) enum Told<'g> {
    /// Of one owner.
    One(StakesText<'g>),
    /// Of several added up.
    Together(StakesTogether<'g>),
}

/// What the text of one owner's stakes tells besides the rows.
#[derive(Clone, Debug)]
pub(super) struct StakesText<'g> {
    owner: Entity<'g>,
    /// The stakes by each rule asked about.
    found: Vec<Owners<'g>>,
    /// How many of them are not listed because they only possibly count.
    possible: usize,
}

impl<'g> StakesQuestion<'g> {
    /// Of this owner, by the rule [`OwnerRule::Multiply`](crate::OwnerRule::Multiply).
    pub fn of(owner: Entity<'g>) -> Self {
        Self { view: owner.view(), whose: Whose::One(owner), terms: Terms::default() }
    }

    /// Of several added up, who are of this view, by all rules that add up persons.
    pub fn together(view: View<'g>, several: Several<'g>) -> Self {
        Self { view, whose: Whose::Together(several), terms: Terms { test: None, ..Terms::default() } }
    }

    /// By this rule.
    pub fn by(mut self, test: impl Into<OwnerTest>) -> Self {
        self.terms.test = Some(test.into());
        self
    }

    /// By all rules one after another; of several added up, by all that add up persons.
    pub fn by_all_rules(mut self) -> Self {
        self.terms.test = None;
        self
    }

    /// For text without its reasons: it tells chains in a few words only, so the answer is complete without long ones.
    pub fn brief(mut self) -> Self {
        self.terms.is_brief = true;
        self
    }

    /// Uses this ownership and its view, which saves reading all stakes again: see
    /// [`KeptOwnership`](crate::KeptOwnership).
    pub fn using(mut self, ownership: &Ownership<'g>) -> Self {
        self.view = ownership.view();
        if let Whose::One(owner) = &mut self.whose {
            // An entity of another graph is refused when the question is answered.
            *owner = self.view.adopt(*owner).unwrap_or(*owner);
        }
        self.terms.known = Some(ownership.clone());
        self
    }

    /// Bounds the search and the rows.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The stakes by each rule, the largest first.
    ///
    /// # Errors
    /// As [`Ownership::stakes`](crate::Ownership::stakes): if more than all of a company is held. As
    /// [`Ownership::stakes_together`](crate::Ownership::stakes_together) for several, if the rule looks at each person alone.
    pub fn answer(&self) -> Result<Answer<'g, StakeRows<'g>>> {
        match &self.whose {
            Whose::One(owner) => self.of_one(*owner),
            Whose::Together(several) => stakes_together(self.view, several, &self.terms),
        }
    }

    fn of_one(&self, owner: Entity<'g>) -> Result<Answer<'g, StakeRows<'g>>> {
        let (terms, owner) = (&self.terms, owner.everywhere());
        let ownership = terms.ownership(self.view);
        let tests = terms.tests().into_iter();
        let found: Vec<Owners<'g>> =
            tests.map(|test| ownership.stakes(owner, test)).collect::<Result<_>>()?;
        let (chains, is_cut) =
            terms.chains(&found, |test, longest| ownership.chains_from(owner, test, CHAINS, longest));
        let only_certain = self.view.is_only_certain();
        let mut readings = Readings::default();
        let mut rows: Vec<OwnerRow<'g>> = found
            .iter()
            .zip(&chains)
            .flat_map(|(owners, chains)| owners.rows.iter().map(move |owner| (owner, owners, chains)))
            .filter(|(stake, ..)| !(only_certain && stake.verdict == Verdict::MayCount))
            .filter(|(stake, ..)| self.view.lists(stake.entity))
            .map(|(owner, owners, chains)| OwnerRow::of_stake(owner, owners, chains, &mut readings))
            .collect();
        add_own_shares(&mut rows, &ownership, None);
        let disputed = found.iter().any(|owners| owners.is_disputed);
        let (outcome, left_out) = (outcome(&terms.limits, &found, is_cut), left_out(&found));
        let is_possible =
            |stake: &&Owner<'_>| stake.verdict == Verdict::MayCount && self.view.lists(stake.entity);
        let possible = found.iter().flat_map(|owners| &owners.rows).filter(is_possible);
        let possible = if only_certain { possible.count() } else { 0 };
        let passed_on =
            if found.iter().all(|owners| owners.rows.is_empty()) { passed_on(owner) } else { None };
        let told = Told::One(StakesText { owner, found, possible });
        Ok(Answer::new(self.view, StakeRows { rows, told })
            .outcome(outcome)
            .disputed(disputed)
            .note(left_out)
            .note(pending(owner, Role::Acquirer))
            .note(passed_on)
            .at_most(terms.limits.rows))
    }
}

impl<'g> Content<'g> for StakeRows<'g> {
    type Row = OwnerRow<'g>;

    fn command(&self) -> &'static str {
        "stakes"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        fill(&self.rows, table);
        table.remarks_of(|page| self.write(page));
    }

    fn rows(&self) -> &[OwnerRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        match &self.told {
            Told::One(text) => text.write(&self.rows, page),
            Told::Together(text) => text.write(&self.rows, page),
        }
    }
}

impl<'g> StakesText<'g> {
    fn write(&self, rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
        let Self { owner, found, possible } = self;
        if rows.is_empty() && *possible == 0 {
            page.line(&format!("no stake of {owner} {}", nothing::stated(owner.view())));
        } else if *possible > 0 {
            let left = counted(*possible, "stake");
            page.line(&format!("left out with --certain: {left} with which {owner} possibly counts"));
        }
        for same in rows.chunk_by(|one, other| one.test == other.test) {
            if let Some(first) = same.first() {
                page.line(&format!("stakes of {} by the rule {}:", name(*owner), by_rule(first.test)));
                table(same, page, |row| note(row, *owner), true);
            }
        }
        let mut listed = Vec::new();
        for ring in found.iter().flat_map(|owners| &owners.rings) {
            if !listed.contains(&ring) {
                page.line(&ring_words(ring));
                listed.push(ring);
            }
        }
        found.iter().for_each(|owners| note_rounded(owners, page));
        note_one_at_a_time(found, page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings), page);
        explain(rows, page);
    }
}

fn note(row: &OwnerRow<'_>, owner: Entity<'_>) -> String {
    match (&row.direct, row.chains.first(), joint_note(row)) {
        _ if row.entity() == Some(owner) => "(in itself)".to_owned(),
        (Some(direct), ..) if *direct == row.share => "(directly)".to_owned(),
        (Some(direct), _, None) => format!("({direct} directly)"),
        (Some(direct), _, Some(joint)) => format!("({direct} directly, and {joint})"),
        (None, _, Some(joint)) => format!("({joint})"),
        (None, Some(chain), None) if chain.stakes.len() == 1 => "(declared indirect)".to_owned(),
        (None, Some(chain), None) => format!("({})", way(chain, row.test.right())),
        (None, None, None) => through_statements(row).unwrap_or_default(),
    }
}
