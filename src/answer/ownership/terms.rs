//! By which rules it is asked who owns what, and within which limits.

use crate::analysis::{Chains, OwnerRule, OwnerTest, Owners, Ownership};
use crate::graph::View;
use crate::limits::{Cancel, Limits};
use crate::query::{Outcome, StoppedBy};

/// The settings that questions about owners and stakes have in common.
#[derive(Clone, Debug)]
pub(super) struct Terms<'g> {
    /// What is known of who owns what; none if that is to be found out.
    pub(super) known: Option<Ownership<'g>>,
    /// The rule; none for all.
    pub(super) test: Option<OwnerTest>,
    /// Whether chains are told in a few words only, so that it does not matter if long ones are missing.
    pub(super) is_brief: bool,
    pub(super) limits: Limits,
}

impl Default for Terms<'_> {
    fn default() -> Self {
        Self {
            known: None,
            test: Some(OwnerRule::Multiply.into()),
            is_brief: false,
            limits: Limits::default(),
        }
    }
}

impl<'g> Terms<'g> {
    /// The rule asked for, or all of them.
    pub(super) fn tests(&self) -> Vec<OwnerTest> {
        match self.test {
            Some(test) => vec![test],
            None => OwnerRule::ALL.iter().copied().map(OwnerTest::new).collect(),
        }
    }

    /// The rule asked for, or all that add up persons.
    pub(super) fn tests_of_several(&self) -> Vec<OwnerTest> {
        let mut tests = self.tests();
        tests.retain(|test| self.test.is_some() || test.rule().adds_persons());
        tests
    }

    pub(super) fn ownership(&self, view: View<'g>) -> Ownership<'g> {
        let known = self.known.clone().unwrap_or_else(|| view.ownership());
        known.within(&self.limits)
    }

    /// The chains that explain the shares, and whether longer ones were left out that would be shown.
    pub(super) fn chains(
        &self,
        found: &[Owners<'g>],
        find: impl Fn(OwnerTest, usize) -> Chains<'g>,
    ) -> (Vec<Chains<'g>>, bool) {
        let chains: Vec<Chains<'g>> =
            found.iter().map(|owners| find(owners.test, self.limits.hops)).collect();
        let is_cut = !self.is_brief && chains.iter().any(|chains| chains.is_cut);
        (chains, is_cut)
    }
}

/// Whether a limit on the shares or on the chains was reached.
pub(super) fn outcome(limits: &Limits, found: &[Owners<'_>], are_chains_cut: bool) -> Outcome {
    match (found.iter().any(|owners| owners.is_cut), are_chains_cut) {
        (true, _) => cut_by(limits),
        (false, true) => Outcome::Stopped(StoppedBy::Hops),
        (false, false) => Outcome::Complete,
    }
}

/// What cut the work on shares or control groups.
pub(super) fn cut_by(limits: &Limits) -> Outcome {
    let is_cancelled = limits.cancel.as_ref().is_some_and(Cancel::is_cancelled);
    Outcome::Stopped(if is_cancelled { StoppedBy::Cancelled } else { StoppedBy::Steps })
}
