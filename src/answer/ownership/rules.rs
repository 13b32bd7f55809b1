//! What is said of the rules by which owners count, and of what they leave out.

use crate::analysis::{OwnerTest, Owners, ShareRange, Verdict};
use crate::answer::ended::words;
use crate::answer::{Page, counted};
use crate::graph::Right;

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

/// Notes on which stakes did not count.
pub(super) fn left_out(found: &[Owners<'_>]) -> Vec<String> {
    let most = |of: fn(&Owners<'_>) -> usize| found.iter().map(of).max().unwrap_or(0);
    let verb = |count: usize| if count == 1 { "is" } else { "are" };
    let mut notes = Vec::new();
    let ended = most(|owners| owners.ended.len());
    if ended > 0 {
        notes.push(words(ended, "stake"));
    }
    let indirect = most(|owners| owners.not_added.len());
    if indirect > 0 {
        let stakes = counted(indirect, "stake");
        notes.push(format!(
            "{stakes} declared indirect {} not added to the chains of the graph",
            verb(indirect)
        ));
    }
    notes
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
