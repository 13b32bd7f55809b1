//! What the stakes in an answer without a date leave out: purchases that are not done, companies that no longer exist.

use crate::answer::counted;
use crate::graph::{EndRule, Entity, Fact, has_ended};
use crate::model::{FactKind, Role, Status};

/// At most so many facts are named.
const MOST_NAMED: usize = 3;

/// A note on purchases with a company in this role that are announced or agreed but not done, so that they leave no
/// stake yet.
pub(super) fn pending(company: Entity<'_>, role: Role) -> Option<String> {
    if company.view().date().is_some() {
        return None;
    }
    let is_pending = |fact: &Fact<'_>| {
        let is_open = matches!(fact.status(), Some(Status::Announced | Status::Agreed));
        fact.kind() == FactKind::Acquisition && is_open && fact.parties(role).any(|party| party == company)
    };
    let found: Vec<Fact<'_>> = company.facts().filter(is_pending).collect();
    let (purchases, verb) = (counted(found.len(), "purchase"), if found.len() == 1 { "is" } else { "are" });
    Some(format!("{purchases} that {verb} not done {verb} not added: {}", named(&found)?))
}

/// A note on what an owner without stakes once bought or took over.
pub(super) fn passed_on(owner: Entity<'_>) -> Option<String> {
    let is_gain = |fact: &Fact<'_>| {
        let role = match fact.kind() {
            FactKind::Acquisition => Role::Acquirer,
            FactKind::Succession => Role::Successor,
            _ => return false,
        };
        let is_done = matches!(fact.status(), Some(Status::Completed | Status::Ended));
        fact.counts() && is_done && fact.parties(role).any(|party| party == owner)
    };
    if owner.view().date().is_some() {
        return None;
    }
    let named = named(&owner.facts().filter(is_gain).collect::<Vec<_>>())?;
    Some(format!(
        "what {owner} bought or took over is no longer its own ({named}); use --as-of to ask about a date"
    ))
}

/// That a company no longer exists: "Kelp was dissolved 2019 (`end`)".
pub(super) fn end_of(company: Entity<'_>) -> Option<String> {
    if company.view().date().is_some() {
        return None;
    }
    let stakes = company.stakes_in_it().filter(|relation| !has_ended(*relation));
    let mut endings = stakes.flat_map(|relation| relation.endings());
    let end = endings.find(|ending| ending.rule == EndRule::CompanyEnded && ending.is_end_of(company))?;
    Some(format!("{}: what is listed was so before, and is only possible since", end.end_of(company)))
}

/// "`one`, `two` and 4 more"; `None` for none.
fn named(facts: &[Fact<'_>]) -> Option<String> {
    let (first, more) = facts.split_at(facts.len().min(MOST_NAMED));
    let mut names: Vec<String> = first.iter().map(|fact| format!("`{}`", fact.id())).collect();
    if !more.is_empty() {
        names.push(format!("{} more", more.len()));
    }
    match names.split_last()? {
        (last, []) => Some(last.clone()),
        (last, rest) => Some(format!("{} and {last}", rest.join(", "))),
    }
}
