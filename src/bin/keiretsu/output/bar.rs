//! How far a long command is: "[#####               ] 25%", on a terminal only.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// A bar on stderr, drawn once the work has taken a while, and gone when it is dropped.
pub(crate) struct Bar {
    start: Instant,
    is_shown: bool,
    /// What it says; none where nobody looks, or nothing was said yet.
    percent: Option<u64>,
}

/// What takes less needs no bar.
const WHILE: Duration = Duration::from_millis(300);

impl Bar {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), is_shown: stderr().is_terminal(), percent: None }
    }

    /// So much of so much is done.
    pub(crate) fn tell(&mut self, done: u64, all: u64) {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
        if !self.is_shown || self.percent == Some(percent) || self.start.elapsed() < WHILE {
            return;
        }
        self.percent = Some(percent);
        let marks = "#".repeat((percent / 5) as usize);
        // Where it cannot be drawn nobody misses it.
        let _ = write!(stderr(), "\r[{marks:<20}] {percent}%");
    }

    /// A part of 1 is done.
    pub(crate) fn tell_part(&mut self, part: f64) {
        self.tell((part.clamp(0.0, 1.0) * 1e3) as u64, 1_000);
    }
}

impl Drop for Bar {
    /// Leaves an empty line.
    fn drop(&mut self) {
        if self.percent.is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
