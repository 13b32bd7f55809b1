//! The work budget of one question, counted rather than timed, so that every machine gives the same answer.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use crate::limits::Cancel;

/// The remaining work of one question. Beyond it, shares become intervals, and finally wide ones.
pub(crate) struct Effort {
    /// For exact solutions. One unit is about one product of machine words.
    left: Cell<u64>,
    /// For diagonals of inverses, in the same units.
    left_for_diagonals: Cell<u64>,
    /// The budget of one solution, as estimated beforehand.
    each: Cell<u64>,
    /// Members of rings whose exact solution is too expensive.
    hopeless: RefCell<HashSet<u32>>,
    /// The remaining visits of stakes, and how many of them one solution may use.
    looks: Cell<u64>,
    looks_each: Cell<u64>,
    /// Whether some bounds would be narrower with more visits.
    is_cut: Cell<bool>,
    /// By node, how long chains stay in rings. The values for one owner approximate those for the next.
    stays: RefCell<Vec<f64>>,
    may_close: Cell<bool>,
    cancel: Option<Cancel>,
}

/// The budget of one question for exact solutions.
const OF_A_QUESTION: u64 = 400_000_000;

/// Estimates are too high, because factors cancel: usually by at most this factor.
const TOO_HIGH: u64 = 4;

impl Effort {
    pub(crate) fn of_a_question(looks: u64, cancel: Option<Cancel>) -> Self {
        Self {
            left: Cell::new(OF_A_QUESTION),
            left_for_diagonals: Cell::new(OF_A_QUESTION),
            each: Cell::new(OF_A_QUESTION),
            hopeless: RefCell::default(),
            looks: Cell::new(looks),
            looks_each: Cell::new(looks / 4),
            is_cut: Cell::new(false),
            stays: RefCell::default(),
            may_close: Cell::new(false),
            cancel,
        }
    }

    /// Divides the rest among this many solutions, and reserves a part for the other end of the ranges if that is still
    /// to come.
    pub(crate) fn share_among(&self, solutions: usize, ends: u64) {
        let solutions = u64::try_from(solutions).unwrap_or(u64::MAX).max(1);
        self.each.set(OF_A_QUESTION / solutions);
        self.looks_each.set(self.looks.get() / solutions / ends.max(1));
    }

    /// The budget of one solution, as compared with estimates.
    pub(crate) fn of_one_solution(&self) -> u64 {
        self.each.get().saturating_mul(TOO_HIGH)
    }

    /// Whether an exact solution for a ring of these members was too expensive before.
    pub(crate) fn is_hopeless(&self, members: &[u32]) -> bool {
        let hopeless = self.hopeless.borrow();
        members.iter().all(|member| hopeless.contains(member))
    }

    pub(crate) fn give_up(&self, members: &[u32]) {
        self.hopeless.borrow_mut().extend(members);
    }

    /// How many visits one solution may use.
    pub(crate) fn looks_of_one_solution(&self) -> u64 {
        if self.is_cancelled() { 0 } else { self.looks_each.get() }
    }

    /// Uses visits of stakes. Returns whether enough were left.
    pub(crate) fn look(&self, looks: u64) -> bool {
        let left = self.looks.get().checked_sub(looks);
        self.looks.set(left.unwrap_or(0));
        left.is_some()
    }

    /// How many visits are left.
    pub(crate) fn looks(&self) -> u64 {
        if self.is_cancelled() { 0 } else { self.looks.get() }
    }

    /// Records that bounds would be narrower with more visits.
    pub(crate) fn cut(&self) {
        self.is_cut.set(true);
    }

    /// Whether bounds may be wider than they need to be, because the work was used up or somebody cancelled.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut.get() || self.is_cancelled()
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(Cancel::is_cancelled)
    }

    /// Uses work; `None` if that is more than is left, after which nothing is left.
    pub(super) fn take(&self, work: u64) -> Option<()> {
        take(&self.left, work).filter(|()| !self.is_cancelled())
    }

    /// Uses work for the diagonal of an inverse, likewise.
    pub(super) fn take_for_diagonals(&self, work: u64) -> Option<()> {
        take(&self.left_for_diagonals, work).filter(|()| !self.is_cancelled())
    }

    /// How long chains stay at these members of a ring, as found for other owners, else 1. Also whether the values of
    /// some of them are still missing.
    pub(crate) fn stays(&self, members: &[u32]) -> (Vec<f64>, bool) {
        let stays = self.stays.borrow();
        let kept = |member: &u32| stays.get(*member as usize).copied().filter(|stay| *stay > 0.0);
        let is_first = members.iter().filter(|member| kept(member).is_none()).count() > 1;
        (members.iter().map(|member| kept(member).unwrap_or(1.0)).collect(), is_first)
    }

    /// Keeps the values for the next owner, except infinite ones.
    pub(crate) fn keep_stays(&self, members: &[u32], found: &[f64]) {
        let mut stays = self.stays.borrow_mut();
        for (member, stay) in members.iter().zip(found).filter(|(_, stay)| stay.is_finite() && **stay > 0.0) {
            let n = *member as usize;
            if stays.len() <= n {
                stays.resize(n + 1, 0.0);
            }
            if let Some(kept) = stays.get_mut(n) {
                *kept = *stay;
            }
        }
    }

    /// Whether chains may stay in a ring forever.
    pub(crate) fn may_close(&self) -> bool {
        self.may_close.get()
    }

    pub(crate) fn note_that_it_may_close(&self) {
        self.may_close.set(true);
    }
}

fn take(from: &Cell<u64>, work: u64) -> Option<()> {
    let left = from.get().checked_sub(work);
    from.set(left.unwrap_or(0));
    left.map(|_| ())
}
