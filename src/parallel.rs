//! Runs two closures in parallel when the work is large enough.

use std::panic::resume_unwind;
use std::sync::mpsc::{SendError, channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// Number of items (entities, facts, relations) from which a second thread pays off.
const MANY: usize = 10_000;

/// Bytes of a file per item, roughly.
const BYTES: u64 = 100;

/// Whether this many items are worth a second thread.
pub(crate) const fn is_large(items: usize) -> bool {
    items >= MANY
}

/// Roughly how many items a file of this size has, capped.
pub(crate) const fn items_in(bytes: u64) -> usize {
    let items = bytes / BYTES;
    if items < MANY as u64 { items as usize } else { MANY }
}

/// Runs one closure here and the other on a second thread; returns both results.
///
/// Runs them one after the other, here first, if there are few `items`, or if no second thread can be started. So neither
/// may wait for the other.
pub(crate) fn join_if_large<A, B: Send>(
    items: usize,
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    if is_large(items) { join(here, there) } else { (here(), there()) }
}

/// The same, for what is known to be large.
pub(crate) fn join<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    join_with(Builder::new(), here, there)
}

fn join_with<A, B: Send>(
    builder: Builder,
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    std::thread::scope(|scope| match spawn_with(builder, scope, there, |there| there()) {
        Ok(thread) => (here(), result_of(thread)),
        Err(there) => (here(), there()),
    })
}

/// Starts a thread that works on what it is given; gives that back if no thread can be started.
pub(crate) fn spawn<'scope, W: Send + 'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    with: W,
    work: impl FnOnce(W) -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, W> {
    spawn_with(Builder::new(), scope, with, work)
}

fn spawn_with<'scope, W: Send + 'scope, T: Send + 'scope>(
    builder: Builder,
    scope: &'scope Scope<'scope, '_>,
    with: W,
    work: impl FnOnce(W) -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, W> {
    // Handed over once the thread runs: what is moved into a thread that does not start is lost.
    let (sender, receiver) = channel();
    let run = move || match receiver.recv() {
        Ok(with) => work(with),
        Err(nobody) => resume_unwind(Box::new(nobody)),
    };
    match builder.spawn_scoped(scope, run) {
        Ok(thread) => sender.send(with).map(|()| thread).map_err(|SendError(with)| with),
        Err(_) => Err(with),
    }
}

/// Waits for a thread, and returns its result; a panic there goes on here.
pub(crate) fn result_of<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use std::thread::{ThreadId, current};

    use super::*;

    fn id() -> ThreadId {
        current().id()
    }

    #[test]
    fn only_what_is_large_gets_a_thread() {
        assert_eq!(join_if_large(MANY - 1, id, id), (id(), id()));
        let (here, there) = join_if_large(MANY, id, id);
        assert!(here == id() && there != id());
    }

    #[test]
    fn without_a_second_thread_both_are_done_here() {
        // No thread gets a stack of half of all memory that can be addressed.
        let builder = || Builder::new().stack_size(usize::MAX / 2);
        let mut order = Vec::new();
        let (one, other) = join_with(
            builder(),
            || {
                order.push(1);
                id()
            },
            id,
        );
        assert_eq!((one, other, order), (id(), id(), vec![1]));
        let given = std::thread::scope(|scope| spawn_with(builder(), scope, 5, |n| n + 1).err());
        assert_eq!(given, Some(5));
    }

    #[test]
    fn a_panic_there_is_a_panic_here() {
        let caught = std::panic::catch_unwind(|| {
            join_if_large(
                MANY,
                || 1,
                || if id() == current().id() { resume_unwind(Box::new("there")) } else { 2 },
            )
        });
        assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"there"));
    }
}
