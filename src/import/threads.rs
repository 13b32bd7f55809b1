//! Reads the blocks of a table with several threads. Results are combined in file order.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::blocks::{Block, Blocks};
use super::rejects::{Rejects, Unused};
use super::split::Split;
use super::table::{Table, failed};
use crate::error::Result;
use crate::parallel::{result_of, spawn};

/// The part of reading rows that does not depend on other blocks. Threads run it concurrently.
pub(super) trait ReadRows: Sync {
    /// The results for a block.
    type Part: Default + Send;

    fn read(&self, block: &Block, split: &Split, part: &mut Self::Part, unused: &mut Vec<Unused>);
}

/// Adds results, block by block.
pub(super) trait AddRows {
    type Part;

    /// Reserves room for about this many times the results of the first block, since stepwise growth fragments memory.
    fn expect(&mut self, part: &Self::Part, times: usize);

    /// May reject further rows, keeping them in order.
    fn add(&mut self, part: &mut Self::Part, unused: &mut Vec<Unused>);
}

/// A block and its results. Its memory is reused.
#[derive(Default)]
struct Work<P> {
    block: Block,
    split: Split,
    part: P,
    unused: Vec<Unused>,
    error: Option<io::Error>,
}

/// State shared by the threads.
struct Queue<P> {
    blocks: Blocks,
    /// The first block, read with the header.
    first: Option<Block>,
    /// How many blocks were handed out, and whether there are no more.
    given: usize,
    ended: bool,
    /// Whether a thread abandoned a block.
    is_lost: bool,
    done: BTreeMap<usize, Box<Work<P>>>,
    spare: Vec<Box<Work<P>>>,
}

struct Shop<P> {
    queue: Mutex<Queue<P>>,
    /// Notified whenever something is done or can be done.
    news: Condvar,
}

/// At most this many threads read besides the one that adds, which could not keep up with more.
const THREADS: usize = 3;

/// At most this many blocks may wait for an earlier one.
const WAITING: usize = 3;

/// Reads all rows of a table.
pub(super) fn read_table<R: ReadRows>(
    table: Table,
    reader: &R,
    adder: &mut impl AddRows<Part = R::Part>,
    rejects: &mut Rejects<'_>,
) -> Result<()> {
    let Table { file, blocks, first, mut lines, .. } = table;
    let size = blocks.size();
    let shop = Shop::<R::Part>::new(blocks, first);
    let others = std::thread::available_parallelism().map_or(1, NonZero::get).saturating_sub(1);
    let mut bytes = 0;
    std::thread::scope(|scope| {
        // A thread that leaves early must not leave the others waiting.
        let _closed = Closing(&shop);
        let read = |()| {
            let _closed = Closing(&shop);
            while let Some((n, mut work)) = shop.take(true) {
                work.find(reader);
                shop.put(n, work);
            }
        };
        // Start as many as possible. This thread reads as well.
        let start = |_| spawn(scope, (), read).ok();
        let threads: Vec<_> = (0..others.min(THREADS)).map_while(start).collect();
        let mut wanted = 0;
        while let Some(next) = shop.next(wanted) {
            let mut work = match next {
                Next::Done(work) => work,
                Next::Free(n, mut work) => {
                    work.find(reader);
                    shop.put(n, work);
                    continue;
                }
            };
            if wanted == 0 {
                adder.expect(&work.part, times(size, &work.block));
            }
            wanted += 1;
            if let Some(error) = work.error.take() {
                return Err(failed(&file, error));
            }
            adder.add(&mut work.part, &mut work.unused);
            rejects.take((&file, &mut lines), (&work.block, &work.split), &mut work.unused)?;
            bytes = work.block.end();
            shop.back(work);
        }
        threads.into_iter().for_each(result_of);
        rejects.end_table(bytes);
        Ok(())
    })
}

/// How many blocks fit into this many bytes, with a margin.
fn times(size: u64, block: &Block) -> usize {
    let times = size / block.end().max(1) + 1;
    usize::try_from(times + times / 16).unwrap_or(usize::MAX)
}

impl<P: Default> Work<P> {
    fn find(&mut self, reader: &impl ReadRows<Part = P>) {
        let Self { block, split, part, unused, error } = self;
        if error.is_none() {
            split.split(block);
            reader.read(block, split, part, unused);
        }
    }
}

/// What the adding thread does next.
enum Next<P> {
    Done(Box<Work<P>>),
    Free(usize, Box<Work<P>>),
}

impl<P: Default> Shop<P> {
    fn new(blocks: Blocks, first: Block) -> Self {
        let queue = Queue {
            blocks,
            first: Some(first),
            given: 0,
            ended: false,
            is_lost: false,
            done: BTreeMap::new(),
            spare: Vec::new(),
        };
        Self { queue: Mutex::new(queue), news: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Queue<P>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next block, read; `None` if there are no more. A caller that may wait does so while many results are
    /// pending.
    fn take(&self, may_wait: bool) -> Option<(usize, Box<Work<P>>)> {
        let mut queue = self.lock();
        while may_wait && !queue.ended && queue.done.len() >= WAITING {
            queue = self.news.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        queue.give()
    }

    /// The results of this block, or another block to read meanwhile; `None` if there are no more or it will not come.
    fn next(&self, wanted: usize) -> Option<Next<P>> {
        let mut queue = self.lock();
        loop {
            if let Some(work) = queue.done.remove(&wanted) {
                self.news.notify_all();
                return Some(Next::Done(work));
            }
            if queue.done.len() < WAITING
                && let Some((n, work)) = queue.give()
            {
                return Some(Next::Free(n, work));
            }
            if queue.ended && (wanted >= queue.given || queue.is_lost) {
                return None;
            }
            queue = self.news.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn put(&self, n: usize, work: Box<Work<P>>) {
        self.lock().done.insert(n, work);
        self.news.notify_all();
    }

    fn back(&self, work: Box<Work<P>>) {
        self.lock().spare.push(work);
    }
}

impl<P: Default> Queue<P> {
    fn give(&mut self) -> Option<(usize, Box<Work<P>>)> {
        if self.ended {
            return None;
        }
        let mut work = self.spare.pop().unwrap_or_default();
        match self.first.take() {
            Some(first) => work.block = first,
            None => match self.blocks.next(&mut work.block) {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    return None;
                }
                Err(error) => {
                    self.ended = true;
                    work.error = Some(error);
                }
            },
        }
        self.given += 1;
        Some((self.given - 1, work))
    }
}

/// Ends the work of all threads, when one of them has finished or panics.
struct Closing<'s, P: Default>(&'s Shop<P>);

impl<P: Default> Drop for Closing<'_, P> {
    fn drop(&mut self) {
        let mut queue = self.0.lock();
        queue.ended = true;
        queue.is_lost |= std::thread::panicking();
        drop(queue);
        self.0.news.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread::{ThreadId, current};
    use std::time::{Duration, Instant};

    use super::*;
    use crate::model::Separator;

    /// Panics on all threads but the adding one, which waits for that for a while.
    struct Panicking {
        adding: ThreadId,
        has_panicked: AtomicBool,
    }

    impl ReadRows for Panicking {
        type Part = ();

        fn read(&self, _: &Block, _: &Split, (): &mut (), _: &mut Vec<Unused>) {
            if current().id() != self.adding {
                self.has_panicked.store(true, Ordering::Relaxed);
                resume_unwind(Box::new("of a reader"));
            }
            let start = Instant::now();
            while !self.has_panicked.load(Ordering::Relaxed) && start.elapsed() < Duration::from_secs(1) {
                std::thread::yield_now();
            }
        }
    }

    struct Nowhere;

    impl AddRows for Nowhere {
        type Part = ();

        fn expect(&mut self, (): &(), _: usize) {}

        fn add(&mut self, (): &mut (), _: &mut Vec<Unused>) {}
    }

    #[test]
    fn a_panic_of_a_reader_is_not_waited_for() {
        let name = format!("keiretsu-threads-{}.csv", std::process::id());
        let path = std::env::temp_dir().join(&name);
        std::fs::write(&path, "a,b\n".repeat(100_000)).unwrap();
        let (table, _) = Table::open(&std::env::temp_dir(), &name, Separator::Comma).unwrap();
        let reader = Panicking { adding: current().id(), has_panicked: AtomicBool::new(false) };
        let mut rejects = Rejects::new(None, None, 0);
        let read = catch_unwind(AssertUnwindSafe(|| read_table(table, &reader, &mut Nowhere, &mut rejects)));
        std::fs::remove_file(&path).unwrap();
        // With one processor there are no other threads.
        assert_eq!(read.is_err(), reader.has_panicked.into_inner());
    }
}
