//! `keiretsu owners`

use keiretsu::{Entity, JointOwner, Outcome, Owner, OwnerRule, Owners, Relation, Right, StoppedBy, Verdict};

use super::overfull::placed;
use super::own_shares::{add as add_own_shares, note as note_own_shares};
use super::owner_chains::{CHAINS, chains, explain, way};
use super::owner_rows::Row;
use super::owner_table::{OWNERS, joint_note, table, through_statements, who};
use super::owner_tests::{by_rule, left_out, note_one_at_a_time, note_rounded, tests};
use super::reading_notes::note as note_readings;
use super::readings::{Reading, Readings, stakes_in, stakes_of};
use super::rings::ring_words;
use super::share_words::{fraction, percent, share_words};
use super::together;
use crate::failure::Failure;
use crate::output::{Answer, Page, counted, name};
use crate::owner_args::OwnersArgs;
use crate::session::{Session, organisation, say};

pub(crate) fn run(session: &Session, args: &OwnersArgs) -> Result<u8, Failure> {
    let tests = tests(&args.test, args.min, &args.several)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let company = organisation(view, &args.name)?;
    if !args.several.is_empty() {
        return together::owners(session, company, &args.several, &tests);
    }
    let ownership = view.ownership().within(&session.limits);
    let mut found = Vec::new();
    for test in tests {
        let owners = ownership.owners(company, test);
        found.push(owners.map_err(|error| placed(session, &ownership, test.right(), error))?);
    }
    left_out(&found);
    let (chains, is_cut) =
        chains(session, &found, |test, longest| ownership.chains_to(company, test, CHAINS, longest));
    let shown = listed(&found, args.all, session.options.certain);
    let mut readings = Readings::default();
    let mut rows: Vec<Row<'_>> = shown
        .iter()
        .flat_map(|who| found.iter().zip(&chains).map(move |(owners, chains)| (who, owners, chains)))
        .filter_map(|(who, owners, chains)| match who.as_slice() {
            [entity] => {
                let owner = owners.rows.iter().find(|row| row.entity == *entity)?;
                Some(Row::of_owner(owner, owners, chains, &mut readings))
            }
            several => {
                let owner = owners.jointly.iter().find(|row| row.owners == several)?;
                Some(Row::of_joint(owner, owners, chains, &mut readings))
            }
        })
        .collect();
    add_own_shares(&mut rows, &ownership, Some(company));
    let mut of_all: Vec<Reading<'_>> = found
        .iter()
        .zip(&chains)
        .flat_map(|(owners, chains)| owners.rows.iter().map(move |owner| (owners, chains.of(owner.entity))))
        .flat_map(|(owners, chains)| readings.beside(stakes_of(chains), owners.test.right()))
        .collect();
    // Some rules end chains where one has too little, so readings that were not added may decide.
    for owners in &found {
        let holders = owners.rows.iter().map(|owner| owner.entity);
        let stakes: Vec<Relation<'_>> = std::iter::once(company).chain(holders).flat_map(stakes_in).collect();
        of_all.extend(readings.beside(&stakes, owners.test.right()));
    }
    let disputed = found.iter().any(|owners| owners.is_disputed);
    let outcome = match (found.iter().any(|owners| owners.is_cut), is_cut) {
        (true, _) => Outcome::Stopped(StoppedBy::Steps),
        (false, true) => Outcome::Stopped(StoppedBy::Hops),
        (false, false) => Outcome::Complete,
    };
    let declared = company.no_owner_declared();
    if declared.is_empty() && found.iter().all(|owners| owners.rows.is_empty()) {
        in_words_only(company);
    }
    let answer = Answer::new("owners", OWNERS, rows).declared(&declared);
    answer.disputed(disputed).outcome(outcome).print(session, |rows, page| {
        let text = Text { company, found: &found, readings: &of_all, only_certain: session.options.certain };
        match found.as_slice() {
            [owners] => text.one_rule(rows, owners, page),
            _ => text.all_rules(rows, page),
        }
        declared.iter().for_each(|fact| page.fact(*fact));
    })
}

/// Points at what is stated of a company in free text, which no rule reads: it may be that nobody owns much of it.
fn in_words_only(company: Entity<'_>) {
    for fact in company.facts().filter(|fact| fact.is_told_by_its_note()) {
        let record = fact.record();
        let Some(note) = record.note else { continue };
        let id = fact.id();
        say(&format!(
            "`{id}` says of {company} in words: \"{note}\"; if that means that nobody owns more than a threshold, write \
             `what: NoOwnerDeclared` with `share`"
        ));
    }
}

/// Those who count, or may count, by any of the rules, or everybody; without possible owners if so asked. Each is one
/// owner, or several joint holders; sorted by the largest share under any rule.
fn listed<'g>(found: &[Owners<'g>], all: bool, only_certain: bool) -> Vec<Vec<Entity<'g>>> {
    let mut counting: Vec<Vec<Entity<'g>>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
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

/// The text output of an answer.
struct Text<'a, 'g> {
    company: Entity<'g>,
    found: &'a [Owners<'g>],
    /// Readings not added for anybody, listed or not.
    readings: &'a [Reading<'g>],
    /// Whether possible owners are excluded.
    only_certain: bool,
}

impl<'g> Text<'_, 'g> {
    fn one_rule(&self, rows: &[Row<'g>], owners: &Owners<'g>, page: &mut Page<'g>) {
        let company = self.company;
        let hidden = self.hidden(owners, rows);
        if rows.is_empty() {
            page.line(&self.nobody(owners, hidden));
        } else {
            page.line(&format!("owners of {} by the rule {}:", name(company), by_rule(owners.test)));
            table(rows, page, |row| share_note(row, company), false);
            if hidden > 0 {
                page.line(&uncounted(hidden, "", ""));
            }
        }
        self.foot(owners, page);
        note_one_at_a_time(self.found, page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings).chain(self.readings), page);
        explain(rows, page);
    }

    /// One line per owner, with a column for each rule.
    fn all_rules(&self, rows: &[Row<'g>], page: &mut Page<'g>) {
        let Some(first) = self.found.first() else { return };
        if rows.is_empty() {
            page.line(&self.nobody(first, self.hidden(first, rows)));
            self.foot(first, page);
            return note_one_at_a_time(self.found, page);
        }
        let mut lines = vec![vec![String::new(), "share".to_owned(), String::new()]];
        if let Some(head) = lines.first_mut() {
            head.extend(OwnerRule::ALL.iter().map(|rule| rule.name().to_owned()));
        }
        for same in rows.chunk_by(Row::is_about_the_same) {
            let share = same.iter().find(|row| row.test.rule() == OwnerRule::Multiply);
            let Some(any) = share.or(same.first()) else { continue };
            let fraction = share.and_then(|row| fraction(&row.share)).unwrap_or_default();
            let percent = share.map_or_else(|| "0%".to_owned(), |row| percent(&row.share));
            let mut line = vec![who(any), fraction, percent];
            line.extend(OwnerRule::ALL.iter().map(|rule| {
                let row = same.iter().find(|row| row.test.rule() == *rule);
                // By this rule each of them has the whole, and gets a line of its own.
                let other = if !any.jointly().is_empty() && *rule == OwnerRule::Psc { "each" } else { "no" };
                row.map_or(other, |row| row.verdict.name()).to_owned()
            }));
            line.push(note(same, any));
            lines.push(line);
        }
        if let Some(head) = lines.first_mut() {
            head.push(String::new());
        }
        page.table(lines, &[1, 2]);
        let hidden = self.hidden(first, rows);
        if hidden > 0 {
            page.line(&uncounted(hidden, "", " by any of the rules"));
        }
        self.foot(first, page);
        note_one_at_a_time(self.found, page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings).chain(self.readings), page);
        explain(rows, page);
    }

    /// How many other owners are not listed.
    fn hidden(&self, owners: &Owners<'g>, rows: &[Row<'g>]) -> usize {
        let listed: std::collections::HashSet<Entity<'g>> = rows.iter().filter_map(Row::entity).collect();
        let is_hidden = |row: &&Owner<'g>| {
            row.entity != self.company && !listed.contains(&row.entity) && !self.is_left_out(row)
        };
        let joint: Vec<&[Entity<'g>]> = rows.iter().map(Row::jointly).collect();
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
        let left: std::collections::HashSet<Entity<'g>> = rows.map(|row| row.entity).collect();
        left.into_iter().filter(|one| !counts(*one)).count()
    }

    /// Explains why nobody is listed.
    fn nobody(&self, owners: &Owners<'g>, hidden: usize) -> String {
        let company = self.company;
        if owners.rings.iter().any(|ring| ring.is_closed && ring.members.contains(&company)) {
            return format!("nobody outside its ring owns {company}");
        }
        if hidden > 0 {
            let rule = match self.found {
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
        let is_bought = |relation: &Relation<'g>| relation.kind() == keiretsu::RelationKind::Acquires;
        let bought = company.relations().any(|relation| is_bought(&relation) && relation.to() == company);
        let gives_profit = |relation: &Relation<'g>| {
            let is_in = relation.kind() == keiretsu::RelationKind::OwnsShareOf && relation.to() == company;
            is_in && relation.share().is_none() && relation.share_of(Right::Profit).is_some()
        };
        if owners.test.right() != Right::Profit && company.relations().any(|one| gives_profit(&one)) {
            return format!("no owner of {company} is stated, only rights to its profit: use --right profit");
        }
        match bought {
            true => {
                format!(
                    "no owner of {company} is stated; it was bought: use --as-of to see its owner on a date"
                )
            }
            false => format!("no owner of {company} is stated"),
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
fn note(rows: &[Row<'_>], any: &Row<'_>) -> String {
    if any.direct.is_some() {
        return String::new();
    }
    match (joint_note(any), any.why.first()) {
        (Some(joint), _) => format!("({joint})"),
        (None, Some(chain)) => format!("({})", way(chain, any.test.right())),
        (None, None) => rows.iter().find_map(through_statements).unwrap_or_default(),
    }
}

/// How an owner gets its share: "(70% itself)", "(60% of Beta AG, which has 30%)".
fn share_note<'g>(row: &Row<'g>, company: Entity<'g>) -> String {
    if row.entity() == Some(company) {
        return "(in itself)".to_owned();
    }
    let Some(chain) = row.why.first() else {
        let note = if row.direct.is_some() { Some("(directly)".to_owned()) } else { through_statements(row) };
        return note.unwrap_or_default();
    };
    match (&row.direct, joint_note(row)) {
        (Some(direct), _) if row.why.len() == 1 && *direct == row.share => "(directly)".to_owned(),
        (Some(direct), None) => format!("({direct} directly)"),
        (Some(direct), Some(joint)) => format!("({direct} directly, and {joint})"),
        (None, Some(joint)) => format!("({joint})"),
        (None, None) if chain.stakes.len() == 1 => "(declared indirect)".to_owned(),
        (None, None) => format!("({})", way(chain, row.test.right())),
    }
}
