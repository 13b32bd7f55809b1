//! Something that is made when it is first asked for.

use std::fmt;
use std::sync::OnceLock;

/// A value that is made once, by whoever asks first.
///
/// It stands behind a trait, so that handles, which borrow the whole graph, remain good keys of maps to lints that
/// look for interior mutability: no comparison depends on it.
pub(crate) struct Lazy<T>(Box<dyn Once<T>>);

trait Once<T>: Send + Sync {
    fn get_or_make(&self, make: &dyn Fn() -> T) -> &T;
}

impl<T: Send + Sync> Once<T> for OnceLock<T> {
    fn get_or_make(&self, make: &dyn Fn() -> T) -> &T {
        self.get_or_init(make)
    }
}

impl<T> Lazy<T> {
    pub(crate) fn get_or_make(&self, make: &dyn Fn() -> T) -> &T {
        self.0.get_or_make(make)
    }
}

impl<T: Send + Sync + 'static> Default for Lazy<T> {
    fn default() -> Self {
        Self(Box::new(OnceLock::new()))
    }
}

impl<T> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lazy")
    }
}
