//! `keiretsu completions` and `keiretsu man`

use crate::command_line::command;
use crate::failure::Failure;
use crate::output::write_bytes;

/// Prints a completion script.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "keiretsu", &mut script);
    write_bytes(&script)?;
    Ok(0)
}

/// Prints the manual page.
pub(crate) fn man() -> Result<u8, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page).map_err(|error| Failure::writing(&error))?;
    write_bytes(&page)?;
    Ok(0)
}
