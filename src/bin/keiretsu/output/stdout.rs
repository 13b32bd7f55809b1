//! Standard output, which carries the answers.

use std::io::Write;

use super::escape;
use crate::failure::{Failure, exit};

/// Writes text to stdout; with colours only on a terminal that wants them.
pub(crate) fn write_text(text: &str) -> Result<(), Failure> {
    must_be_open()?;
    let mut out = anstream::stdout().lock();
    let text = escape::styled(text);
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::writing(&error))
}

/// Writes bytes to stdout unchanged.
pub(crate) fn write_bytes(bytes: &[u8]) -> Result<(), Failure> {
    must_be_open()?;
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Failure::writing(&error))
}

/// If stdout was closed at the start, output would be lost without an error: the standard library opens the null
/// device instead.
fn must_be_open() -> Result<(), Failure> {
    if at_start::was_closed() {
        return Err(Failure::new(exit::INPUT_OUTPUT, "cannot write the answer: standard output is closed"));
    }
    Ok(())
}

/// Which streams were open when the program started. Checked before the standard library replaces them.
#[cfg(unix)]
mod at_start {
    use std::sync::atomic::{AtomicBool, Ordering};

    static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    #[ctor::ctor]
    fn look() {
        let flags = rustix::io::fcntl_getfd(rustix::stdio::stdout());
        WAS_CLOSED.store(flags.is_err(), Ordering::Relaxed);
    }

    pub(super) fn was_closed() -> bool {
        WAS_CLOSED.load(Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod at_start {
    pub(super) const fn was_closed() -> bool {
        false
    }
}
