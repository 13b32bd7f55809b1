//! A progress bar for long commands: "[#####               ] 25%", on a terminal only.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// A bar on stderr that appears after a while and is cleared when dropped.
pub(crate) struct Bar {
    start: Instant,
    is_shown: bool,
    /// The percentage shown; none without a terminal, or before the first report.
    percent: Option<u64>,
}

/// Shorter work needs no bar.
const WHILE: Duration = Duration::from_millis(300);

impl Bar {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), is_shown: stderr().is_terminal(), percent: None }
    }

    /// Reports that `done` of `all` is done.
    pub(crate) fn report(&mut self, done: u64, all: u64) {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
        if !self.is_shown || self.percent == Some(percent) || self.start.elapsed() < WHILE {
            return;
        }
        self.percent = Some(percent);
        let marks = "#".repeat((percent / 5) as usize);
        // If it cannot be drawn, nothing is lost.
        let _ = write!(stderr(), "\r[{marks:<20}] {percent}%");
    }

    /// Reports the fraction done, from 0 to 1.
    pub(crate) fn report_part(&mut self, part: f64) {
        self.report((part.clamp(0.0, 1.0) * 1e3) as u64, 1_000);
    }
}

impl Drop for Bar {
    /// Clears the line.
    fn drop(&mut self) {
        if self.percent.is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
