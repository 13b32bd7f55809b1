//! Starting `dot`: found by an absolute path, with bounds on its time and its output.

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
const BUILT_IN: &str = "leave --layout away to use the layout that is built in";

/// The `dot` of the search path; what is there relative to the current folder does not count.
pub(super) fn find() -> Result<PathBuf> {
    find_in(&std::env::var_os("PATH").unwrap_or_default())
}

fn find_in(path: &OsStr) -> Result<PathBuf> {
    let name = format!("dot{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::split_paths(path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(&name)).find(|file| is_program(file)).ok_or_else(|| {
        let hint = "install Graphviz, or leave --layout away".to_owned();
        Error::new(ErrorKind::Drawing, "there is no `dot` in the search path").hint(Some(hint))
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

/// What `dot` says to the text.
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
    // The thread ends with the program: its input is then closed.
    let input = running.child.stdin.take();
    let question = question.to_owned();
    start(thread(), move || drop(input.map(|mut input| input.write_all(question.as_bytes()))))?;
    let output = collected(thread(), running.child.stdout.take())?;
    let talk = collected(thread(), running.child.stderr.take())?;
    let end = Instant::now() + time;
    let output = received(&output, end).map_err(|_| too_slow(time))?;
    let status = running.wait(end)?.ok_or_else(|| too_slow(time))?;
    if output.len() as u64 > MOST_BYTES {
        return Err(failed("it says more than 32 MiB"));
    }
    if !status.success() {
        let talk = received(&talk, end).unwrap_or_default();
        let talk = String::from_utf8_lossy(&talk);
        let first = talk.lines().find(|line| !line.trim().is_empty()).unwrap_or("it does not say why");
        return Err(failed(&first.chars().filter(|c| !c.is_control()).take(200).collect::<String>()));
    }
    String::from_utf8(output).map_err(|_| failed("its answer is no text"))
}

/// Nothing of the environment but what the system needs to start a program at all. `SERVER_NAME` makes `dot` open
/// no files.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("-Tplain").env_clear().env("SERVER_NAME", "keiretsu").env("LC_ALL", "C");
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The program, ended and reaped whatever happens.
struct Running {
    child: Child,
}

impl Running {
    /// None if it goes on after that.
    fn wait(&mut self, end: Instant) -> Result<Option<ExitStatus>> {
        loop {
            match self.child.try_wait() {
                Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(2)),
                Ok(status) => return Ok(status),
                Err(error) => return Err(failed("it cannot be waited for").cause(Some(error))),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that comes, up to a byte more than is allowed, read in a thread so that the program is never blocked.
fn collected(thread: Builder, from: Option<impl Read + Send + 'static>) -> Result<Receiver<Vec<u8>>> {
    let (sender, receiver) = channel();
    start(thread, move || {
        let mut bytes = Vec::new();
        if let Some(from) = from {
            // What came before an error is judged like any other output.
            let _ = from.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        }
        // Nobody listens any more if it was too slow.
        let _ = sender.send(bytes);
    })?;
    Ok(receiver)
}

/// Starts a thread, which nobody waits for. A system that is at its limit of them has none to give.
fn start(thread: Builder, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = thread.spawn(work).map(drop);
    started.map_err(|error| failed("no thread can be started to talk to it").cause(Some(error)))
}

/// The reading thread always sends, so there is nothing only if it took too long.
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

    /// A folder of its own with a `dot` that does what the script says.
    fn fake(name: &str, script: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("keiretsu-dot-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("dot");
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    /// Longer than anything here takes, however busy the machine is.
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
        assert_eq!(said("silent", "exit 3"), "`dot` failed: it does not say why");
        assert_eq!(said("flood", "exec /bin/cat /dev/zero"), "`dot` failed: it says more than 32 MiB");
    }

    #[test]
    fn that_there_is_no_thread_to_be_had_is_said() {
        let program = fake("threads", "/bin/cat >/dev/null; echo stop");
        for there_are in 0..4 {
            let left = Cell::new(there_are);
            let thread = || {
                let is_one = left.replace(left.get() - 1) > 0;
                // No thread gets a stack of half of all memory that can be addressed.
                if is_one { Builder::new() } else { Builder::new().stack_size(usize::MAX / 2) }
            };
            let said = ask_within(LONG, &program, "x", thread).map_err(|error| error.to_string());
            let expected = "`dot` failed: no thread can be started to talk to it".to_owned();
            assert_eq!(said, if there_are < 3 { Err(expected) } else { Ok("stop\n".to_owned()) });
        }
        std::fs::remove_dir_all(program.parent().unwrap()).unwrap();
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let start = Instant::now();
        assert_eq!(said(Duration::from_secs(1), "hang", "exec /bin/sleep 600"), "`dot` took more than 1 s");
        // It was waited for until it was gone: without its end that had taken all of its 600 s.
        assert!(start.elapsed() < LONG);
    }

    #[test]
    fn only_absolute_folders_count() {
        let program = fake("found", "exit 0");
        let folder = program.parent().unwrap();
        let missing = find_in(OsStr::new("bin:.:")).unwrap_err();
        assert_eq!(missing.suggestion(), Some("install Graphviz, or leave --layout away"));
        let path = std::env::join_paths([Path::new("."), folder]).unwrap();
        assert_eq!(find_in(&path).unwrap(), program);
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(find_in(&path).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
