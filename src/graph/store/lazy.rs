//! A value computed on first use.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A value computed once, by whoever asks first.
///
/// It is hidden behind a trait so that lints for interior mutability accept handles, which borrow the whole graph, as
/// keys of maps. No comparison depends on it.
pub(crate) struct Lazy<T>(Box<dyn Once<T>>);

trait Once<T>: Send + Sync {
    fn is_wanted(&self) -> bool;
    fn get_or_make(&self, make: &dyn Fn() -> T) -> &T;
}

/// The value, and how often somebody asked whether to compute it.
struct Cell<T> {
    value: OnceLock<T>,
    asked: AtomicUsize,
}

/// Compute the value after this many requests.
const WANTED: usize = 64;

impl<T: Send + Sync> Once<T> for Cell<T> {
    fn is_wanted(&self) -> bool {
        self.value.get().is_some() || self.asked.fetch_add(1, Ordering::Relaxed) >= WANTED
    }

    fn get_or_make(&self, make: &dyn Fn() -> T) -> &T {
        self.value.get_or_init(make)
    }
}

impl<T> Lazy<T> {
    /// Whether it has been computed, or requested often enough to be worth it.
    pub(crate) fn is_wanted(&self) -> bool {
        self.0.is_wanted()
    }

    pub(crate) fn get_or_make(&self, make: &dyn Fn() -> T) -> &T {
        self.0.get_or_make(make)
    }
}

impl<T: Send + Sync + 'static> Default for Lazy<T> {
    fn default() -> Self {
        Self(Box::new(Cell { value: OnceLock::new(), asked: AtomicUsize::new(0) }))
    }
}

impl<T> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lazy")
    }
}
