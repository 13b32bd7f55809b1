//! `keiretsu pack`

use std::path::Path;

use crate::failure::{Failure, exit};
use crate::output::files::{begin, cannot_write, put};
use crate::session::{Session, say};

/// The file extension of snapshots.
pub(crate) const ENDING: &str = "keiretsu";

pub(crate) fn run(session: &Session, output: &Path) -> Result<u8, Failure> {
    if output.extension().is_none_or(|ending| ending != ENDING) {
        let message =
            format!("cannot write `{}`: the name of a snapshot must end in .{ENDING}", output.display());
        return Err(Failure::new(exit::USAGE, message));
    }
    let graph = session.open()?;
    let mut file = begin(output)?;
    graph.write_snapshot(&mut file).map_err(|error| cannot_write(output, &error))?;
    put([file])?;
    say(&format!("{} packed into {}", session.graph_name(), output.display()));
    Ok(exit::ANSWERED)
}
