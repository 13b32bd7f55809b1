//! Runs `dot`: found by an absolute path, with limits on its time and its output.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};

const MOST_TIME: Duration = Duration::from_secs(10);
const MOST_BYTES: u64 = 32 * 1024 * 1024;
const BUILT_IN: &str = "omit --layout to use the built-in layout";

/// Finds `dot` in the search path; entries relative to the current folder are ignored.
pub(super) fn find() -> Result<PathBuf> {
    find_in(&std::env::var_os("PATH").unwrap_or_default())
}

fn find_in(path: &OsStr) -> Result<PathBuf> {
    let name = format!("dot{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::split_paths(path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(&name)).find(|file| is_program(file)).ok_or_else(|| {
        let hint = "install Graphviz, or omit --layout".to_owned();
        Error::new(ErrorKind::Drawing, "`dot` is not in the search path").hint(Some(hint))
    })
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// Runs the program with this input and returns its output.
pub(super) fn ask(program: &Path, question: &str) -> Result<String> {
    ask_within(MOST_TIME, program, question, Builder::new)
}

fn ask_within(
    time: Duration,
    program: &Path,
    question: &str,
    thread: impl Fn() -> Builder,
) -> Result<String> {
    let child = command(program).spawn().map_err(|error| {
        let message = format!("`{}` does not start", program.display());
        Error::new(ErrorKind::Drawing, message).hint(Some(BUILT_IN.to_owned())).cause(Some(error))
    })?;
    let mut running = Running { child };
    // The thread ends with the program, which closes the pipe.
    let input = running.child.stdin.take();
    let question = question.to_owned();
    start(thread(), move || drop(input.map(|mut input| input.write_all(question.as_bytes()))))?;
    let output = collected(thread(), running.child.stdout.take())?;
    let talk = collected(thread(), running.child.stderr.take())?;
    let end = Instant::now() + time;
    let output = received(&output, end).map_err(|_| too_slow(time))?;
    let status = running.wait(end)?.ok_or_else(|| too_slow(time))?;
    if output.len() as u64 > MOST_BYTES {
        return Err(failed("its output exceeds 32 MiB"));
    }
    if !status.success() {
        let talk = received(&talk, end).unwrap_or_default();
        let talk = String::from_utf8_lossy(&talk);
        let first = talk.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gives no reason");
        return Err(failed(&first.chars().filter(|c| !c.is_control()).take(200).collect::<String>()));
    }
    String::from_utf8(output).map_err(|_| failed("its output is not text"))
}

/// Passes no environment except what the system needs to start a program. `SERVER_NAME` stops `dot` from opening
/// files.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("-Tplain").env_clear().env("SERVER_NAME", "keiretsu").env("LC_ALL", "C");
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running program, ended and reaped on drop.
struct Running {
    child: Child,
}

impl Running {
    /// Waits until `end`; none if the program is still running then.
    fn wait(&mut self, end: Instant) -> Result<Option<ExitStatus>> {
        loop {
            match self.child.try_wait() {
                Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(2)),
                Ok(status) => return Ok(status),
                Err(error) => return Err(failed("cannot wait for it").cause(Some(error))),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // An error means that it has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Collects the output, up to one byte above the limit, in a thread, so that the program never blocks.
fn collected(thread: Builder, from: Option<impl Read + Send + 'static>) -> Result<Receiver<Vec<u8>>> {
    let (sender, receiver) = channel();
    start(thread, move || {
        let mut bytes = Vec::new();
        if let Some(from) = from {
            // Output before an error is checked like any other.
            let _ = from.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        }
        // After a timeout there is no receiver.
        let _ = sender.send(bytes);
    })?;
    Ok(receiver)
}

/// Starts a detached thread. This fails if the system is at its limit.
fn start(thread: Builder, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = thread.spawn(work).map(drop);
    started.map_err(|error| failed("cannot start a thread for it").cause(Some(error)))
}

/// Receives the output. The reading thread always sends, so a timeout is the only reason for none.
fn received(from: &Receiver<Vec<u8>>, end: Instant) -> std::result::Result<Vec<u8>, RecvTimeoutError> {
    from.recv_timeout(end.saturating_duration_since(Instant::now()))
}

fn too_slow(time: Duration) -> Error {
    Error::new(ErrorKind::Drawing, format!("`dot` took more than {} s", time.as_secs()))
        .hint(Some(format!("draw less, or {BUILT_IN}")))
}

fn failed(what: &str) -> Error {
    Error::new(ErrorKind::Drawing, format!("`dot` failed: {what}")).hint(Some(BUILT_IN.to_owned()))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::cell::Cell;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A new folder with a `dot` that runs the script.
    fn fake(name: &str, script: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("keiretsu-dot-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("dot");
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    /// Longer than any test takes, however busy the machine.
    const LONG: Duration = Duration::from_secs(300);

    fn said(time: Duration, name: &str, script: &str) -> String {
        let program = fake(name, script);
        let question = "x".repeat(1 << 20);
        let said = ask_within(time, &program, &question, Builder::new);
        let said = said.unwrap_or_else(|error| error.to_string());
        std::fs::remove_dir_all(program.parent().unwrap()).unwrap();
        said
    }

    #[test]
    fn what_goes_wrong_is_said() {
        let said = |name, script| said(LONG, name, script);
        assert_eq!(said("fine", "/bin/cat >/dev/null; echo stop"), "stop\n");
        assert_eq!(said("deaf", "echo stop"), "stop\n");
        assert_eq!(said("env", "echo \"$HOME$SERVER_NAME\""), "keiretsu\n");
        assert_eq!(said("error", "echo 'Error: no' >&2; exit 1"), "`dot` failed: Error: no");
        assert_eq!(said("silent", "exit 3"), "`dot` failed: it gives no reason");
        assert_eq!(said("flood", "exec /bin/cat /dev/zero"), "`dot` failed: its output exceeds 32 MiB");
    }

    #[test]
    fn that_there_is_no_thread_to_be_had_is_said() {
        let program = fake("threads", "/bin/cat >/dev/null; echo stop");
        for there_are in 0..4 {
            let left = Cell::new(there_are);
            let thread = || {
                let is_one = left.replace(left.get() - 1) > 0;
                // A stack of half the address space: no thread can get one.
                if is_one { Builder::new() } else { Builder::new().stack_size(usize::MAX / 2) }
            };
            let said = ask_within(LONG, &program, "x", thread).map_err(|error| error.to_string());
            let expected = "`dot` failed: cannot start a thread for it".to_owned();
            assert_eq!(said, if there_are < 3 { Err(expected) } else { Ok("stop\n".to_owned()) });
        }
        std::fs::remove_dir_all(program.parent().unwrap()).unwrap();
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let start = Instant::now();
        assert_eq!(said(Duration::from_secs(1), "hang", "exec /bin/sleep 600"), "`dot` took more than 1 s");
        // The wait ended with the killed program, not after the 600 s that it sleeps.
        assert!(start.elapsed() < LONG);
    }

    #[test]
    fn only_absolute_folders_count() {
        let program = fake("found", "exit 0");
        let folder = program.parent().unwrap();
        let missing = find_in(OsStr::new("bin:.:")).unwrap_err();
        assert_eq!(missing.suggestion(), Some("install Graphviz, or omit --layout"));
        let path = std::env::join_paths([Path::new("."), folder]).unwrap();
        assert_eq!(find_in(&path).unwrap(), program);
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(find_in(&path).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
