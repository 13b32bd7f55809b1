//! The rules by which `owners` and `stakes` are asked, and what they leave out.

use keiretsu::{OwnerRule, OwnerTest, Owners, Proportion, Right, ShareRange, Verdict};

use crate::failure::{Failure, exit};
use crate::output::{Page, counted};
use crate::owner_args::{RuleArg, SeveralArgs, TestArgs};
use crate::session::say;

/// The rules asked for, with thresholds and rights; if several persons are added up, only rules that allow it.
pub(super) fn tests(
    args: &TestArgs,
    min: Option<Proportion>,
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
    let of = match test.right() {
        Right::Equity => String::new(),
        right => format!(" of the {}", right.name()),
    };
    format!("`{}` ({}{of}, {})", test.rule(), test.threshold_words(), test.rule().meaning())
}
