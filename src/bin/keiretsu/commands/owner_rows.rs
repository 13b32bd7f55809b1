//! Rows of `owners` and `stakes`: as data and as text.

use keiretsu::{
    Chains, Entity, JointOwner, Owner, OwnerRule, OwnerTest, Owners, Relation, Right, ShareRange,
    StakeExport, Together, Verdict,
};
use serde::Serialize;

use super::own_shares::{OWN, Own};
use super::readings::{READING, Reading, Readings, stakes_in, stakes_of};
use super::ring_refs::{RING, RingRef};
use crate::args::Format;
use crate::failure::{Failure, exit};
use crate::output::{Column, ENTITY, Page, RELATION, SHARE, counted, name};
use crate::owner_args::{RuleArg, SeveralArgs, TestArgs};
use crate::session::{Session, say};

const TOGETHER: &[Column] =
    &[Column::Nest("entities", ENTITY), Column::Leaf("itself_named"), Column::Leaf("not_found")];

pub(super) const OWNERS: &[Column] = &[
    Column::Nest("entity", ENTITY),
    Column::Nest("jointly", ENTITY),
    Column::Nest("together", TOGETHER),
    Column::Nest("direct", SHARE),
    Column::Nest("share", SHARE),
    Column::Leaf("rule"),
    Column::Leaf("right"),
    Column::Leaf("counts"),
    Column::Leaf("may_count"),
    Column::Leaf("one_at_a_time"),
    Column::Nest("chains", RELATION),
    Column::Nest("rings", RING),
    Column::Nest("other_readings", READING),
    Column::Nest("own_shares", OWN),
    Column::Nest("undisclosed", SHARE),
];

/// Without the last column: what is undisclosed concerns owners only.
pub(super) const STAKES: &[Column] = OWNERS.split_at(OWNERS.len() - 1).0;

/// The most chains that explain a share.
pub(super) const CHAINS: usize = 3;

#[derive(Serialize)]
pub(super) struct Row<'g> {
    /// The owner or the owned entity; none for several.
    pub(super) entity: Option<Entity<'g>>,
    /// Joint holders, if the row is about what they hold jointly.
    pub(super) jointly: Vec<Entity<'g>>,
    /// Entities whose shares are added up in this row; none for a single one.
    pub(super) together: Option<Set<'g>>,
    pub(super) direct: Option<ShareRange>,
    pub(super) share: ShareRange,
    rule: &'static str,
    /// What all shares of the row refer to.
    right: &'static str,
    counts: bool,
    may_count: bool,
    /// For a rule that adds up persons, whether this row considers one alone; none for other rules.
    one_at_a_time: Option<bool>,
    chains: Vec<Vec<StakeExport<'g>>>,
    rings: Vec<RingRef<'g>>,
    /// Other readings of the stakes of the chains, and of those in an owner itself; these are not added.
    pub(super) other_readings: Vec<Reading<'g>>,
    /// For votes, the shares that the companies of the row hold of themselves, which have none.
    pub(super) own_shares: Vec<Own<'g>>,
    #[serde(flatten)]
    rest: Option<Rest>,
    #[serde(skip)]
    pub(super) verdict: Verdict,
    #[serde(skip)]
    pub(super) test: OwnerTest,
    #[serde(skip)]
    pub(super) why: Vec<keiretsu::Chain<'g>>,
    /// For several added up, the stakes in the sum, and those by which companies count as theirs.
    #[serde(skip)]
    stakes: Vec<Relation<'g>>,
}

/// Several entities whose shares are added up.
#[derive(Clone, PartialEq, Serialize)]
pub(super) struct Set<'g> {
    pub(super) entities: Vec<Entity<'g>>,
    /// Whether the company itself is among those named; it is not added up.
    pub(super) itself_named: bool,
    /// Entries of a list that match nobody in the graph.
    pub(super) not_found: Vec<String>,
}

/// What remains of a company besides its owners.
#[derive(Serialize)]
struct Rest {
    /// The share of the company without a known holder; none if the rule does not add up shares.
    undisclosed: Option<ShareRange>,
}

impl<'g> Row<'g> {
    /// An owner of a company.
    pub(super) fn of_owner(
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        chains: &Chains<'g>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let rest = Some(Rest { undisclosed: owners.undisclosed.clone() });
        let row = Self::of_stake(owner, owners, chains, readings);
        let own: Vec<_> = stakes_in(owner.entity).collect();
        let other_readings = readings.beside(stakes_of(&row.why).chain(&own), owners.test.right());
        Self { rest, other_readings, ..row }
    }

    /// Several joint holders of a share in a company.
    pub(super) fn of_joint(
        owner: &JointOwner<'g>,
        owners: &Owners<'g>,
        chains: &Chains<'g>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let right = owners.test.right();
        let why = chains.of_joint(&owner.owners).to_vec();
        let rings = owner.rings.iter().filter_map(|n| owners.rings.get(*n));
        Self {
            entity: None,
            jointly: owner.owners.clone(),
            together: None,
            direct: owner.direct.clone(),
            share: owner.share.clone(),
            rule: owners.test.rule().name(),
            right: right.name(),
            counts: owner.verdict == Verdict::Counts,
            may_count: owner.verdict != Verdict::No,
            one_at_a_time: owners.test.rule().adds_persons().then_some(true),
            chains: exported(&why, right),
            rings: rings.map(|ring| readings.rings.name(ring)).collect(),
            other_readings: readings.beside(stakes_of(&why), right),
            own_shares: Vec::new(),
            rest: Some(Rest { undisclosed: owners.undisclosed.clone() }),
            verdict: owner.verdict,
            test: owners.test,
            why,
            stakes: Vec::new(),
        }
    }

    /// A company in which an owner has a share.
    pub(super) fn of_stake(
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        chains: &Chains<'g>,
        readings: &mut Readings<'g>,
    ) -> Self {
        Self::of_stake_by(owner, owners, chains.of(owner.entity).to_vec(), readings)
    }

    /// The same, through these chains.
    pub(super) fn of_stake_by(
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        why: Vec<keiretsu::Chain<'g>>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let right = owners.test.right();
        let rings = owner.rings.iter().filter_map(|n| owners.rings.get(*n));
        Self {
            entity: Some(owner.entity),
            jointly: Vec::new(),
            together: None,
            direct: owner.direct.clone(),
            share: owner.share.clone(),
            rule: owners.test.rule().name(),
            right: right.name(),
            counts: owner.verdict == Verdict::Counts,
            may_count: owner.verdict != Verdict::No,
            one_at_a_time: owners.test.rule().adds_persons().then_some(true),
            chains: exported(&why, right),
            rings: rings.map(|ring| readings.rings.name(ring)).collect(),
            other_readings: readings.beside(stakes_of(&why), right),
            own_shares: Vec::new(),
            rest: None,
            verdict: owner.verdict,
            test: owners.test,
            why,
            stakes: Vec::new(),
        }
    }

    /// Several added up.
    pub(super) fn of_several(
        found: &Together<'g>,
        not_found: Vec<String>,
        why: Vec<keiretsu::Chain<'g>>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let right = found.test.right();
        Self {
            entity: None,
            jointly: Vec::new(),
            together: Some(Set {
                entities: found.owners.clone(),
                itself_named: found.is_itself_named,
                not_found,
            }),
            direct: None,
            share: found.share.clone(),
            rule: found.test.rule().name(),
            right: right.name(),
            counts: found.verdict == Verdict::Counts,
            may_count: found.verdict != Verdict::No,
            one_at_a_time: Some(false),
            chains: exported(&why, right),
            rings: Vec::new(),
            other_readings: readings.beside(stakes_of(&why).chain(&found.stakes), right),
            own_shares: Vec::new(),
            rest: Some(Rest { undisclosed: None }),
            verdict: found.verdict,
            test: found.test,
            why,
            stakes: found.stakes.clone(),
        }
    }

    /// The same, for the total of several.
    pub(super) fn of_set(self, set: &Set<'g>) -> Self {
        Self { together: Some(set.clone()), one_at_a_time: Some(false), ..self }
    }

    /// The owner's name, or the names of several.
    pub(super) fn who(&self) -> String {
        match (self.entity, &self.together) {
            (Some(entity), _) => entity.to_string(),
            (None, Some(set)) => format!("{} together", several(&set.entities, |one| one.to_string())),
            (None, None) => format!("{} jointly", several(&self.jointly, |one| one.to_string())),
        }
    }

    /// Whether two rows have the same subject.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        self.entity == other.entity && self.jointly == other.jointly && self.together == other.together
    }

    /// The co-holders of the owner's stake in the company: "jointly with Bo"; empty if there are none.
    pub(super) fn joint_note(&self) -> String {
        let single = self.why.iter().filter(|chain| chain.stakes.len() == 1);
        let mut others: Vec<Entity<'g>> = Vec::new();
        for stake in single.flat_map(|chain| chain.stakes.concat()) {
            others.extend(stake.joint_parties().into_iter().filter(|one| *one != stake.from()));
        }
        others.sort_unstable();
        others.dedup();
        if others.is_empty() || self.entity.is_none() {
            return String::new();
        }
        format!("jointly with {}", several(&others, |one| one.name().to_owned()))
    }

    /// The share in percent, with a fixed number of decimals so that a column aligns.
    pub(super) fn percent(&self) -> String {
        let words = self.share.to_string();
        let is_whole = self.share.exact().is_some() && !words.contains('.');
        if is_whole { words.replace('%', ".0%") } else { words }
    }

    /// If no chain of stakes is listed: that the owner counts nevertheless.
    pub(super) fn through_statements(&self) -> String {
        let counts = self.verdict != Verdict::No && self.test.rule() == OwnerRule::Majority;
        if counts { "(by stated control, or a chain too long to list)".to_owned() } else { String::new() }
    }

    /// The share as a fraction, if that is short.
    pub(super) fn fraction(&self) -> String {
        let exact = self.share.exact().map(ToString::to_string);
        exact.filter(|text| text.len() <= LONGEST_FRACTION && text.contains('/')).unwrap_or_default()
    }
}

/// The stakes of some chains as data.
fn exported<'g>(chains: &[keiretsu::Chain<'g>], right: Right) -> Vec<Vec<StakeExport<'g>>> {
    let stakes = |chain: &keiretsu::Chain<'g>| {
        chain.stakes.iter().flatten().map(|stake| StakeExport(*stake, right)).collect()
    };
    chains.iter().map(stakes).collect()
}

/// The most names listed; the rest are counted.
const NAMED: usize = 6;

/// "Ann, Bo and Cy", "Ann, Bo, ... and 12 more".
pub(super) fn several<'g>(entities: &[Entity<'g>], name: impl Fn(Entity<'g>) -> String) -> String {
    let mut names: Vec<String> = entities.iter().take(NAMED).map(|one| name(*one)).collect();
    if entities.len() > NAMED {
        names.push(format!("{} more", entities.len() - NAMED));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

const LONGEST_FRACTION: usize = 12;

/// The rules asked for, with thresholds and rights; if several persons are added up, only rules that allow it.
pub(super) fn tests(
    args: &TestArgs,
    min: Option<keiretsu::Proportion>,
    several: &SeveralArgs,
) -> Result<Vec<OwnerTest>, Failure> {
    if args.rule == RuleArg::All && (min.is_some() || args.right.is_some()) {
        let option = if min.is_some() { "--min" } else { "--right" };
        return Err(Failure::new(
            exit::USAGE,
            format!("`{option}` goes with one rule, not with all of them"),
        )
        .hint(Some("each law has its own threshold and right; name one with --rule".to_owned())));
    }
    let test = |rule: &OwnerRule| {
        if let Some(right) = args.right.map(Right::from)
            && rule.is_of_one_right()
            && right != rule.right()
        {
            let message = format!("the rule `{rule}` considers only {}", rule.right().name());
            return Err(Failure::new(exit::USAGE, message));
        }
        let mut test = OwnerTest::new(*rule);
        if let Some(min) = min {
            test = test.at(min);
        }
        Ok(args.right.map_or(test, |right| test.of(right.into())))
    };
    let mut rules = args.rule.rules().to_vec();
    if !several.is_empty() {
        rules.retain(|rule| rule.adds_persons());
    }
    if rules.is_empty() {
        let option = if several.together.is_empty() { "--listed" } else { "--together" };
        let rule = args.rule.rules().first().map_or("", |rule| rule.name());
        let message = format!("`{option}` adds up persons, but the rule `{rule}` considers each alone");
        let hint = "--rule ofac adds up all blocked persons, --rule majority those who act in concert";
        return Err(Failure::new(exit::USAGE, message).hint(Some(hint.to_owned())));
    }
    rules.iter().map(test).collect()
}

/// If a rule that adds up persons gives `no` for each: a note that it considered them one at a time.
pub(super) fn note_one_at_a_time<'g>(found: &[Owners<'g>], page: &mut Page<'g>) {
    let is_no = |owners: &&Owners<'g>| {
        let jointly = owners.jointly.iter().map(|row| row.verdict);
        let mut verdicts = owners.rows.iter().map(|row| row.verdict).chain(jointly);
        owners.test.rule().adds_persons()
            && owners.rows.len() > 1
            && verdicts.all(|one| one != Verdict::Counts)
    };
    let rules: Vec<String> =
        found.iter().filter(is_no).map(|owners| format!("`{}`", owners.test.rule())).collect();
    let (rules, verb) = match rules.as_slice() {
        [] => return,
        [rule] => (format!("the rule {rule}"), "adds"),
        _ => (format!("the rules {}", rules.join(" and ")), "add"),
    };
    page.line(&format!(
        "considered one at a time: {rules} {verb} up several, named by --together or --listed"
    ));
}

/// The chains that explain the shares, and whether longer ones were left out; data output has all of them.
pub(super) fn chains<'g>(
    session: &Session,
    found: &[Owners<'g>],
    find: impl Fn(OwnerTest, usize) -> Chains<'g>,
) -> (Vec<Chains<'g>>, bool) {
    let chains: Vec<Chains<'g>> = found.iter().map(|owners| find(owners.test, session.limits.hops)).collect();
    let shows = session.options.why || session.options.format != Format::Text;
    let is_cut = shows && chains.iter().any(|chains| chains.is_cut);
    (chains, is_cut)
}

/// Reports which stakes did not count.
pub(super) fn left_out(found: &[Owners<'_>]) {
    let most = |of: fn(&Owners<'_>) -> usize| found.iter().map(of).max().unwrap_or(0);
    let verb = |count: usize| if count == 1 { "is" } else { "are" };
    let ended = most(|owners| owners.ended.len());
    if ended > 0 {
        say(&format!(
            "{} that ended {} left out; use --as-of to ask about a date",
            counted(ended, "stake"),
            verb(ended)
        ));
    }
    let indirect = most(|owners| owners.not_added.len());
    if indirect > 0 {
        let stakes = counted(indirect, "stake");
        say(&format!("{stakes} declared indirect {} not added to the chains of the graph", verb(indirect)));
    }
}

/// Notes that some shares have wider bounds than necessary.
pub(super) fn note_rounded<'g>(owners: &Owners<'g>, page: &mut Page<'g>) {
    let rest = owners.undisclosed.as_ref().is_some_and(ShareRange::is_rounded);
    if rest || owners.rows.iter().any(|row| row.share.is_rounded()) {
        page.line("some shares are rounded outwards: computing them exactly would take too long");
    }
}

/// "`multiply` (25% or more: shares multiplied along chains and added over them)".
pub(super) fn by_rule(test: OwnerTest) -> String {
    let of = if test.right() == Right::Equity { "" } else { test.right().name() };
    let of = if of.is_empty() { String::new() } else { format!(" of the {of}") };
    format!("`{}` ({}{of}, {})", test.rule(), test.threshold_words(), test.rule().meaning())
}

/// One row per line: fraction, percentage, name, note.
pub(super) fn table<'g>(
    rows: &[Row<'g>],
    page: &mut Page<'g>,
    note: impl Fn(&Row<'g>) -> String,
    with_verdict: bool,
) {
    let line = |row: &Row<'g>| {
        let mut line = vec![row.fraction(), row.percent()];
        if with_verdict {
            line.push(row.verdict.name().to_owned());
        } else if row.verdict == Verdict::MayCount {
            line.push("perhaps".to_owned());
        } else {
            line.push(String::new());
        }
        line.extend([row.who(), note(row)]);
        line
    };
    let mut lines: Vec<Vec<String>> = rows.iter().map(line).collect();
    for n in (0..3).rev() {
        if lines.iter().all(|line| line.get(n).is_some_and(String::is_empty)) {
            for line in &mut lines {
                line.remove(n);
            }
        }
    }
    let right: Vec<usize> =
        if rows.iter().all(|row| row.fraction().is_empty()) { vec![0] } else { vec![0, 1] };
    page.table(lines, &right);
}

/// "60% of Beta AG, which has 30%".
pub(super) fn way(chain: &keiretsu::Chain<'_>, right: Right) -> String {
    let mut parts = Vec::new();
    let last = chain.stakes.len().saturating_sub(1);
    for (n, relations) in chain.stakes.iter().enumerate() {
        let Some(relation) = relations.first() else { continue };
        let share = match relations.as_slice() {
            [one] => one.share_of(right).map_or_else(|| "some".to_owned(), |share| share.words().to_string()),
            _ => "several stakes".to_owned(),
        };
        let jointly = if relation.joint_parties().is_empty() { "" } else { "jointly " };
        let share = format!("{jointly}{share}");
        if n == last {
            parts.push(share);
        } else {
            parts.push(format!("{share} of {}", relation.to()));
        }
    }
    match parts.as_slice() {
        [first, .., _] if parts.len() > 3 => format!("{first}, and on through {} more", parts.len() - 2),
        _ => parts.join(", which has "),
    }
}

pub(super) fn share_words(share: &ShareRange) -> String {
    match share.exact() {
        Some(exact) if exact.to_string().len() <= LONGEST_FRACTION && exact.to_string().contains('/') => {
            format!("{exact} ({share})")
        }
        _ if share.to_string() == "unknown" => "an unknown share".to_owned(),
        _ => share.to_string(),
    }
}

/// Notes whose end makes stakes only possible, each once.
fn doubts<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    let stakes = rows.iter().flat_map(|row| &row.why).flat_map(|chain| chain.stakes.iter().flatten());
    let mut noted: Vec<String> = Vec::new();
    for doubt in stakes.filter_map(|stake| stake.doubt()) {
        if !noted.contains(&doubt) {
            page.line(&format!(
                "{doubt}: what it owned and who owned it is only possible since (rule {})",
                keiretsu::EndRule::CompanyEnded.name()
            ));
            noted.push(doubt);
        }
    }
}

/// `--why`: for each row, the chains with the largest products, and the sources of each stake.
pub(super) fn explain<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    doubts(rows, page);
    if !page.asks_why() {
        return;
    }
    for row in rows {
        page.gap();
        let who = row.entity.map_or_else(|| row.who(), name);
        page.line(&format!("{who}: {} by the rule `{}`", share_words(&row.share), row.rule));
        if row.together.is_some() && row.entity.is_none() {
            page.line(if row.stakes.is_empty() {
                "  no stake of theirs"
            } else {
                "  by these stakes, nearest first"
            });
            for stake in &row.stakes {
                page.stakes(4, &[*stake], row.test.right());
            }
            continue;
        }
        if row.why.is_empty() {
            page.line("  what returns to it");
            continue;
        }
        for chain in &row.why {
            page.line(&format!("  {} by", share_words(&chain.product)));
            page.stakes(4, &chain.stakes.concat(), row.test.right());
        }
        if row.test.rule() == OwnerRule::Multiply && !row.rings.is_empty() {
            page.line("  and again for every round of the rings, adjusted for its own shares");
        }
    }
}
