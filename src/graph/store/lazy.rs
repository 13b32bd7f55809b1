//! A value computed on first use.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A value that is made once, by whoever asks first.
///
/// It stands behind a trait, so that handles, which borrow the whole graph, remain good keys of maps to lints that
/// look for interior mutability: no comparison depends on it.
pub(crate) struct Lazy<T>(Box<dyn Once<T>>);

trait Once<T>: Send + Sync {
    fn is_wanted(&self) -> bool;
    fn get_or_make(&self, make: &dyn Fn() -> T) -> &T;
}

/// The value, and how often somebody asked whether to make it.
struct Cell<T> {
    value: OnceLock<T>,
    asked: AtomicUsize,
}

/// From so many times on it is worth making.
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
    /// Whether it is made, or has been asked for so often that it should be.
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
