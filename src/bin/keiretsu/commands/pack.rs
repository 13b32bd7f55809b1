//! `keiretsu pack`

use std::path::Path;

use crate::failure::{Failure, exit};
use crate::output::files::write_whole;
use crate::session::{Session, say};

/// The ending of snapshots.
pub(crate) const ENDING: &str = "keiretsu";

pub(crate) fn run(session: &Session, output: &Path) -> Result<u8, Failure> {
    if output.extension().is_none_or(|ending| ending != ENDING) {
        let message = format!("cannot write `{}`: a snapshot ends in .{ENDING}", output.display());
        return Err(Failure::new(exit::USAGE, message));
    }
    let graph = session.open()?;
    pack(&graph, output)?;
    say(&format!("{} packed into {}", session.graph_name(), output.display()));
    Ok(exit::ANSWERED)
}

/// Writes a graph as a snapshot.
pub(crate) fn pack(graph: &keiretsu::Graph, output: &Path) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let written = graph.write_snapshot(&mut bytes).and_then(|()| write_whole(output, &bytes));
    written.map_err(|error| {
        Failure::new(exit::INPUT_OUTPUT, format!("cannot write `{}`: {error}", output.display()))
    })
}
