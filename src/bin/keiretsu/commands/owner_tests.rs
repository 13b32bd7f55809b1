//! The rule by which `owners` and `stakes` are asked.

use keiretsu::{OwnerTest, Proportion, Right};

use crate::failure::{Failure, exit};
use crate::owner_args::{SeveralArgs, TestArgs};

/// The rule asked for, with its threshold and right; none for all. If several persons are added up, it must allow that.
pub(super) fn test(
    args: &TestArgs,
    min: Option<Proportion>,
    several: &SeveralArgs,
) -> Result<Option<OwnerTest>, Failure> {
    let Some(rule) = args.rule.rule() else {
        if min.is_none() && args.right.is_none() {
            return Ok(None);
        }
        let option = if min.is_some() { "--min" } else { "--right" };
        return Err(Failure::new(
            exit::USAGE,
            format!("`{option}` goes with one rule, not with all of them"),
        )
        .hint(Some("each law has its own threshold and right; name one with --rule".to_owned())));
    };
    if !several.is_empty() && !rule.adds_persons() {
        let option = if several.together.is_empty() { "--listed" } else { "--together" };
        let message = format!("`{option}` adds up persons, but the rule `{rule}` considers each alone");
        let hint = "--rule ofac adds up all blocked persons, --rule majority those who act in concert";
        return Err(Failure::new(exit::USAGE, message).hint(Some(hint.to_owned())));
    }
    let right = args.right.map(Right::from);
    if right.is_some_and(|right| rule.is_of_one_right() && right != rule.right()) {
        let message = format!("the rule `{rule}` considers only {}", rule.right().name());
        return Err(Failure::new(exit::USAGE, message));
    }
    let test = OwnerTest::new(rule);
    let test = min.map_or(test, |min| test.at(min));
    Ok(Some(right.map_or(test, |right| test.of(right))))
}
