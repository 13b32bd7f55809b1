//! How owners read: a list by one rule, or a table with a column for each.

use std::collections::HashSet;

use super::chains::{explain, way};
use super::own_shares::note as note_own_shares;
use super::reading_notes::note as note_readings;
use super::readings::Reading;
use super::rings::ring_words;
use super::row::OwnerRow;
use super::rules::{by_rule, note_one_at_a_time, note_rounded};
use super::share_words::{fraction, percent, share_words};
use super::table::{joint_note, table, through_statements, who};
use crate::analysis::{JointOwner, Owner, OwnerRule, Owners, Verdict};
use crate::answer::{Page, counted, name, nothing};
use crate::graph::{Entity, Fact, Relation, Right};
use crate::model::RelationKind;

/// What the text of an answer tells besides the rows.
#[derive(Clone, Debug)]
pub(super) struct OwnersText<'g> {
    company: Entity<'g>,
    /// The owners by each rule asked about.
    found: Vec<Owners<'g>>,
    /// Readings not added for anybody, listed or not.
    readings: Vec<Reading<'g>>,
    /// Facts that declare that nobody owns more than a threshold.
    declared: Vec<Fact<'g>>,
    /// Whether possible owners are excluded.
    only_certain: bool,
    /// How many other owners are not listed.
    hidden: usize,
    /// Whether nobody is listed, whatever the limit on rows.
    is_nobody: bool,
    /// Whether the limit on rows left out some of the rules for the last owner.
    pub(super) is_last_cut: bool,
}

impl<'g> OwnersText<'g> {
    /// Of these rows, which are all that are to be listed.
    pub(super) fn new(
        company: Entity<'g>,
        found: Vec<Owners<'g>>,
        readings: Vec<Reading<'g>>,
        declared: Vec<Fact<'g>>,
        rows: &[OwnerRow<'g>],
    ) -> Self {
        let (only_certain, is_nobody) = (company.view().is_only_certain(), rows.is_empty());
        let (hidden, is_last_cut) = (0, false);
        let mut text =
            Self { company, found, readings, declared, only_certain, hidden, is_nobody, is_last_cut };
        text.hidden = text.found.first().map_or(0, |owners| text.hidden(owners, rows));
        text
    }

    pub(super) fn write(&self, rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
        match self.found.as_slice() {
            [owners] => self.one_rule(rows, owners, page),
            _ => self.all_rules(rows, page),
        }
        self.declared.iter().for_each(|fact| page.fact(*fact));
    }

    fn one_rule(&self, rows: &[OwnerRow<'g>], owners: &Owners<'g>, page: &mut Page<'g>) {
        let (company, hidden) = (self.company, self.hidden);
        if self.is_nobody {
            page.line(&self.nobody(owners));
        } else {
            page.line(&format!("owners of {} by the rule {}:", name(company), by_rule(owners.test)));
            table(rows, page, |row| share_note(row, company), false);
            if hidden > 0 {
                page.line(&uncounted(hidden, "", ""));
            }
        }
        self.foot(owners, page);
        note_one_at_a_time(&self.found, page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings).chain(&self.readings), page);
        explain(rows, page);
    }

    /// One line per owner, with a column for each rule.
    fn all_rules(&self, rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
        let Some(first) = self.found.first() else { return };
        if self.is_nobody {
            page.line(&self.nobody(first));
            self.foot(first, page);
            return note_one_at_a_time(&self.found, page);
        }
        let mut lines = vec![vec![String::new(), "share".to_owned(), String::new()]];
        if let Some(head) = lines.first_mut() {
            head.extend(OwnerRule::ALL.iter().map(|rule| rule.name().to_owned()));
        }
        let mut all = rows.chunk_by(OwnerRow::is_about_the_same).peekable();
        while let Some(same) = all.next() {
            let last = same.last().filter(|_| self.is_last_cut && all.peek().is_none());
            let share = same.iter().find(|row| row.test.rule() == OwnerRule::Multiply);
            let Some(any) = share.or(same.first()) else { continue };
            let fraction = share.and_then(|row| fraction(&row.share)).unwrap_or_default();
            let percent = share.map_or_else(|| "0%".to_owned(), |row| percent(&row.share));
            let mut line = vec![who(any), fraction, percent];
            line.extend(OwnerRule::ALL.iter().map(|rule| {
                let row = same.iter().find(|row| row.test.rule() == *rule);
                let other = match rule {
                    // What it says is behind the limit on rows.
                    rule if last.is_some_and(|last| *rule > last.test.rule()) => "?",
                    // By this rule each of them has the whole, and gets a line of its own.
                    OwnerRule::Psc if !any.jointly().is_empty() => self.how_many_count(any.jointly()),
                    _ => "no",
                };
                row.map_or(other, |row| row.verdict.name()).to_owned()
            }));
            line.push(note(same, any));
            lines.push(line);
        }
        if let Some(head) = lines.first_mut() {
            head.push(String::new());
        }
        page.table(lines, &[1, 2]);
        if self.hidden > 0 {
            page.line(&uncounted(self.hidden, "", " by any of the rules"));
        }
        self.foot(first, page);
        note_one_at_a_time(&self.found, page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings).chain(&self.readings), page);
        explain(rows, page);
    }

    /// How many joint holders count, or may, each with the whole, by the rule `psc`.
    fn how_many_count(&self, jointly: &[Entity<'g>]) -> &'static str {
        let by_rule = self.found.iter().filter(|owners| owners.test.rule() == OwnerRule::Psc);
        let counting: HashSet<Entity<'g>> = by_rule
            .flat_map(|owners| &owners.rows)
            .filter(|row| row.verdict != Verdict::No)
            .map(|row| row.entity)
            .collect();
        match jointly.iter().filter(|one| counting.contains(one)).count() {
            0 => "no",
            some if some < jointly.len() => "some",
            _ => "each",
        }
    }

    /// How many other owners are not listed.
    fn hidden(&self, owners: &Owners<'g>, rows: &[OwnerRow<'g>]) -> usize {
        let listed: HashSet<Entity<'g>> = rows.iter().filter_map(OwnerRow::entity).collect();
        let is_hidden = |row: &&Owner<'g>| {
            let is_another = row.entity != self.company && self.company.view().lists(row.entity);
            is_another && !listed.contains(&row.entity) && !self.is_left_out(row)
        };
        let joint: Vec<&[Entity<'g>]> = rows.iter().map(OwnerRow::jointly).collect();
        let is_hidden_too = |row: &&JointOwner<'g>| {
            let is_left_out = self.only_certain && row.verdict == Verdict::MayCount;
            !is_left_out && !joint.contains(&row.owners.as_slice())
        };
        owners.rows.iter().filter(is_hidden).count() + owners.jointly.iter().filter(is_hidden_too).count()
    }

    fn is_left_out(&self, row: &Owner<'g>) -> bool {
        self.only_certain && row.verdict == Verdict::MayCount
    }

    /// How many owners only possibly count, by each rule that has any, and are excluded.
    fn left_out(&self) -> usize {
        let counts = |one: Entity<'g>| {
            let mut rows = self.found.iter().flat_map(|owners| &owners.rows).filter(|row| row.entity == one);
            rows.any(|row| row.verdict == Verdict::Counts)
        };
        let rows = self.found.iter().flat_map(|owners| &owners.rows).filter(|row| self.is_left_out(row));
        let left: HashSet<Entity<'g>> = rows.map(|row| row.entity).collect();
        left.into_iter().filter(|one| !counts(*one)).count()
    }

    /// Explains why nobody is listed.
    fn nobody(&self, owners: &Owners<'g>) -> String {
        let (company, hidden) = (self.company, self.hidden);
        let stated = nothing::stated(company.view());
        if owners.rows.iter().any(|row| !company.view().lists(row.entity)) {
            return format!("no owner of {company} {stated}");
        }
        if owners.rings.iter().any(|ring| ring.is_closed && ring.members.contains(&company)) {
            return format!("nobody outside its ring owns {company}");
        }
        if hidden > 0 {
            let rule = match self.found.as_slice() {
                [_] => format!("the rule {}", by_rule(owners.test)),
                _ => "any of the rules".to_owned(),
            };
            return format!(
                "nobody counts as an owner of {company} by {rule}; {}",
                uncounted(hidden, "smaller ", "")
            );
        }
        if self.left_out() > 0 {
            return format!("nobody certainly counts as an owner of {company}");
        }
        let is_done = |fact: Fact<'g>| fact.counts() && !fact.is_rumoured();
        let is_bought = |relation: &Relation<'g>| {
            relation.kind() == RelationKind::Acquires && relation.fact().is_some_and(is_done)
        };
        let bought = company.relations().any(|relation| is_bought(&relation) && relation.to() == company);
        let gives_profit = |relation: &Relation<'g>| {
            let is_in = relation.kind() == RelationKind::OwnsShareOf && relation.to() == company;
            is_in && relation.share().is_none() && relation.share_of(Right::Profit).is_some()
        };
        if owners.test.right() != Right::Profit && company.relations().any(|one| gives_profit(&one)) {
            return format!("no owner of {company} {stated}, only rights to its profit: use --right profit");
        }
        match (bought, company.view().asked_as_of()) {
            (true, None) => {
                format!(
                    "no owner of {company} {stated}; it was bought: use --as-of to see its owner on a date"
                )
            }
            (true, Some(_)) => {
                format!(
                    "no owner of {company} {stated}; it was bought: `keiretsu show {}` says by whom",
                    company.id()
                )
            }
            (false, _) => format!("no owner of {company} {stated}"),
        }
    }

    /// The rings found, and the share without a known holder.
    fn foot(&self, owners: &Owners<'g>, page: &mut Page<'g>) {
        let left_out = self.left_out();
        if left_out > 0 {
            let verb = if left_out == 1 { "counts" } else { "count" };
            page.line(&format!(
                "left out with --certain: {} who possibly {verb}",
                counted(left_out, "owner")
            ));
        }
        for ring in &owners.rings {
            page.line(&ring_words(ring));
        }
        if let Some(rest) =
            owners.undisclosed.as_ref().filter(|rest| !rest.high().is_zero() && !owners.rows.is_empty())
        {
            page.line(&format!("{} of {} has no known holder", share_words(rest), self.company));
        }
        note_rounded(owners, page);
    }
}

/// "2 owners do not count by any of the rules; --all lists them".
fn uncounted(hidden: usize, which: &str, how: &str) -> String {
    let (verb, them) = if hidden == 1 { ("does", "it") } else { ("do", "them") };
    let owners = counted(hidden, &format!("{which}owner"));
    match which.is_empty() {
        true => format!("{owners} {verb} not count{how}; --all lists {them}"),
        false => format!("--all lists {owners}"),
    }
}

/// How an owner without a direct holding gets its share, whatever the rule.
fn note(rows: &[OwnerRow<'_>], any: &OwnerRow<'_>) -> String {
    if any.direct.is_some() {
        return String::new();
    }
    match (joint_note(any), any.chains.first()) {
        (Some(joint), _) => format!("({joint})"),
        (None, Some(chain)) => format!("({})", way(chain, any.test.right())),
        (None, None) => rows.iter().find_map(through_statements).unwrap_or_default(),
    }
}

/// How an owner gets its share: "(70% itself)", "(60% of Beta AG, which has 30%)".
fn share_note<'g>(row: &OwnerRow<'g>, company: Entity<'g>) -> String {
    if row.entity() == Some(company) {
        return "(in itself)".to_owned();
    }
    let Some(chain) = row.chains.first() else {
        let note = if row.direct.is_some() { Some("(directly)".to_owned()) } else { through_statements(row) };
        return note.unwrap_or_default();
    };
    match (&row.direct, joint_note(row)) {
        (Some(direct), _) if row.chains.len() == 1 && *direct == row.share => "(directly)".to_owned(),
        (Some(direct), None) => format!("({direct} directly)"),
        (Some(direct), Some(joint)) => format!("({direct} directly, and {joint})"),
        (None, Some(joint)) => format!("({joint})"),
        (None, None) if chain.stakes.len() == 1 => "(declared indirect)".to_owned(),
        (None, None) => format!("({})", way(chain, row.test.right())),
    }
}
