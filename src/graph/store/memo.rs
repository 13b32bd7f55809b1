//! Answers remembered for those who ask again.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Remember at most this many answers; then begin anew.
const MOST: usize = 4_096;

/// Answers to questions that are asked again and again while one page is written. Whoever asks first works it out, and
/// no answer depends on what is remembered.
///
/// It is hidden behind a trait for the reason that [`Lazy`](super::lazy::Lazy) is.
pub(crate) struct Memo<K, V>(Box<dyn Remember<K, V>>);

trait Remember<K, V>: Send + Sync {
    fn recall(&self, key: &K) -> Option<V>;
    fn keep(&self, key: K, value: V);
}

impl<K: Eq + Hash + Send, V: Clone + Send> Remember<K, V> for Mutex<HashMap<K, V>> {
    fn recall(&self, key: &K) -> Option<V> {
        self.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: K, value: V) {
        let mut known = self.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, value);
    }
}

impl<K, V: Clone> Memo<K, V> {
    /// The answer to a question, worked out unless it is remembered. No lock is held meanwhile.
    pub(crate) fn get_or_make(&self, key: K, make: impl FnOnce() -> V) -> V {
        if let Some(known) = self.0.recall(&key) {
            return known;
        }
        let made = make();
        self.0.keep(key, made.clone());
        made
    }
}

impl<K: Eq + Hash + Send + 'static, V: Clone + Send + 'static> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Box::new(Mutex::new(HashMap::new())))
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}
