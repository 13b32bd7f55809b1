//! File writing: complete or not at all, nothing left behind, and nobody else's files touched.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keiretsu"));
    command.args(["-g", "graphs/xiaomi-microsoft-2016.ron"]).args(args).output().expect("the program starts")
}

/// A temporary folder, deleted at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("keiretsu-writing-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path that is text").to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).expect("a file");
        self.path(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("a file")
    }

    /// The names of all that is in it.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The exit code, and the message without the folder's name and the fixed parts.
fn told(output: &Output, folder: &Folder) -> (Option<i32>, String) {
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> = said.lines().filter(|line| !line.starts_with("not drawn: ")).collect();
    (output.status.code(), said.join("\n").replace(folder.0.to_str().expect("text"), "DIR"))
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::new("nothing");
    folder.write("file", "");
    std::fs::create_dir(folder.0.join("folder.svg")).expect("a folder");
    for (name, said) in [
        ("none/x.svg", "No such file or directory (os error 2)"),
        ("file/x.svg", "Not a directory (os error 20)"),
        ("folder.svg", "it is not a regular file"),
    ] {
        let output = run(&["draw", "-o", &folder.path(name)]);
        let message = format!("error: cannot write `DIR/{name}`: {said}");
        assert!(!cfg!(unix) || told(&output, &folder) == (Some(5), message), "{name}: {output:?}");
    }
    assert_eq!(folder.names(), ["file", "folder.svg"]);
}

/// The next run deletes what a killed run left; the files of a running process, and those of others, stay.
#[test]
fn what_is_left_of_a_killed_run_is_taken_away() {
    let folder = Folder::new("strays");
    let names = [".keiretsu-0123456789abcdeF.tmp", ".keiretsu-fedcba9876543210.tmp", ".keiretsu-notes.tmp"];
    names.iter().for_each(|name| drop(folder.write(name, "left")));
    let written = std::fs::File::open(folder.path(names[1])).expect("a file");
    written.lock().expect("a lock");
    assert_eq!(run(&["pack", "-o", &folder.path("x.keiretsu")]).status.code(), Some(0));
    assert_eq!(folder.names(), [names[1], names[2], "x.keiretsu"]);
    drop(written);
    assert_eq!(run(&["draw", "-o", &folder.path("x.svg")]).status.code(), Some(0));
    assert_eq!(folder.names(), [names[2], "x.keiretsu", "x.svg"]);
}

#[cfg(unix)]
#[test]
fn a_new_file_has_the_mode_of_the_old_one() {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = Folder::new("mode");
    let mode = |name: &str| std::fs::metadata(folder.path(name)).expect("a file").mode() & 0o7777;
    folder.write("usual", "");
    assert_eq!(run(&["draw", "-o", &folder.path("new.svg")]).status.code(), Some(0));
    assert_eq!(mode("new.svg"), mode("usual"));
    // A set-user-id bit has no place on a picture.
    for (old, new) in [(0o600, 0o600), (0o664, 0o664), (0o200, 0o200), (0o4711, 0o711)] {
        let path = folder.write("old.svg", "old");
        std::fs::set_permissions(&path, Permissions::from_mode(old)).expect("a mode");
        assert_eq!(run(&["draw", "-o", &path]).status.code(), Some(0));
        assert_eq!(mode("old.svg"), new, "{old:o}");
        std::fs::remove_file(&path).expect("the file goes");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_kept_and_what_it_leads_to_is_written() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    std::fs::create_dir(folder.0.join("sub")).expect("a folder");
    folder.write("sub/real.dot", "old");
    let link = |to: &str, name: &str| symlink(to, folder.0.join(name)).expect("a link");
    link("sub/second.dot", "first.dot");
    link("real.dot", "sub/second.dot");
    assert_eq!(run(&["draw", "-o", &folder.path("first.dot")]).status.code(), Some(0));
    assert!(folder.read("sub/real.dot").starts_with("digraph"));
    let is_link = |name: &str| folder.0.join(name).is_symlink();
    assert!(is_link("first.dot") && is_link("sub/second.dot") && !is_link("sub/real.dot"));
    link("nowhere.dot", "lost.dot");
    link("round.dot", "about.dot");
    link("about.dot", "round.dot");
    for (name, said) in
        [("lost.dot", "it is a link to a missing file"), ("about.dot", "it is a link in a cycle of links")]
    {
        let output = run(&["draw", "-o", &folder.path(name)]);
        assert_eq!(told(&output, &folder), (Some(5), format!("error: cannot write `DIR/{name}`: {said}")));
    }
    let all = ["about.dot", "first.dot", "lost.dot", "round.dot", "sub"];
    assert_eq!(folder.names(), all);
}

/// In a shared folder, links of others could lead to any of our files. Only the administrator can create such a link
/// for the test.
#[cfg(unix)]
#[test]
fn a_link_of_somebody_else_is_not_followed() {
    let folder = Folder::new("theirs");
    let victim = folder.write("ours.dot", "ours");
    let link = folder.0.join("theirs.dot");
    std::os::unix::fs::symlink(&victim, &link).expect("a link");
    if std::os::unix::fs::lchown(&link, Some(65_534), Some(65_534)).is_err() {
        return;
    }
    let output = run(&["draw", "-o", &folder.path("theirs.dot")]);
    let said = "it is a link owned by another user: name its target instead";
    assert_eq!(told(&output, &folder), (Some(5), format!("error: cannot write `DIR/theirs.dot`: {said}")));
    assert_eq!(folder.read("ours.dot"), "ours");
    assert_eq!(folder.names(), ["ours.dot", "theirs.dot"]);
}

/// Whenever it is killed, the file is one of the two complete versions.
#[cfg(unix)]
#[test]
fn a_kill_tears_no_file() {
    let folder = Folder::new("kill");
    let pack = |graph: &str, name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keiretsu"));
        command.args(["-g", graph, "pack", "-o", &folder.path(name)]).stderr(std::process::Stdio::null());
        command
    };
    let graphs = ["graphs/showcase", "graphs/ownership"];
    let bytes = |name: &str| std::fs::read(folder.path(name)).expect("a file");
    let whole = graphs.map(|graph| {
        assert!(pack(graph, "x.keiretsu").status().expect("the program starts").success());
        bytes("x.keiretsu")
    });
    for n in 0..20 {
        let mut child = pack(graphs[n % 2], "x.keiretsu").spawn().expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(2 * n as u64));
        child.kill().expect("it is killed, or has ended");
        child.wait().expect("it ends");
        assert!(whole.contains(&bytes("x.keiretsu")), "after {} ms", 2 * n);
    }
    assert!(pack(graphs[0], "x.keiretsu").status().expect("the program starts").success());
    assert_eq!(folder.names(), ["x.keiretsu"]);
}

/// Tables of which the second is unreadable, after rows of the first were already rejected.
fn failing_import(folder: &Folder) -> String {
    folder.write("a.csv", "id\nacme\n?\n");
    folder.write("b.csv", "other\nacme\n");
    folder.write(
        "m.ron",
        r#"Mapping(entities: [(file: "a.csv", id: "id", always: "Company"), (file: "b.csv", id: "id", always: "Company")])"#,
    )
}

#[test]
fn an_import_that_fails_changes_no_file() {
    let folder = Folder::new("import");
    let mapping = failing_import(&folder);
    let names = folder.names();
    let import = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keiretsu"));
        command.args(["import", "csv", &mapping, "-o", &folder.path("out.ron")]);
        command.output().expect("the program starts")
    };
    assert_eq!(import().status.code(), Some(3));
    assert_eq!(folder.names(), names);
    let old = "file,line,reason,cells\na.csv,9,old,old\n";
    folder.write("out.rejects.csv", old);
    folder.write("out.ron", "Graph()");
    assert_eq!(import().status.code(), Some(3));
    assert_eq!((folder.read("out.rejects.csv").as_str(), folder.read("out.ron").as_str()), (old, "Graph()"));
    // Neither is written if one cannot be.
    folder.write("b.csv", "id\nbolt\n");
    read_only(&folder.0.join("out.rejects.csv"), true);
    let output = import();
    let said = "error: cannot write `DIR/out.rejects.csv`: it is read-only".to_owned();
    assert_eq!(told(&output, &folder), (Some(5), said));
    assert_eq!((folder.read("out.rejects.csv").as_str(), folder.read("out.ron").as_str()), (old, "Graph()"));
    read_only(&folder.0.join("out.rejects.csv"), false);
    assert_eq!(import().status.code(), Some(1));
    assert!(folder.read("out.rejects.csv").contains("a.csv,3,") && folder.read("out.ron").contains("bolt"));
    assert_eq!(folder.names(), ["a.csv", "b.csv", "m.ron", "out.rejects.csv", "out.ron"]);
}

fn read_only(path: &Path, is: bool) {
    let mut permissions = std::fs::metadata(path).expect("a file").permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "the file is gone in a moment")]
    permissions.set_readonly(is);
    std::fs::set_permissions(path, permissions).expect("a mode");
}

/// The standard library opens the null device in place of a closed stream, and no write fails.
#[cfg(unix)]
#[test]
fn an_answer_that_goes_nowhere_is_an_error() {
    let shell = |command: &str| {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command).arg(env!("CARGO_BIN_EXE_keiretsu"));
        let output = shell.output().expect("a shell");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let said = "error: cannot write the answer: standard output is closed\n";
    for command in
        ["stats", "stats --format json", "stats --format csv", "draw", "--help", "--version", "man"]
    {
        let (code, talk) = shell(&format!("exec \"$0\" {command} >&-"));
        assert!(code == Some(5) && talk.ends_with(said), "{command}: {talk}");
    }
    // Discarding the answer is fine, and so is writing it to a file.
    assert_eq!(shell("exec \"$0\" -g graphs/showcase stats >/dev/null").0, Some(0));
    assert_eq!(shell("exec \"$0\" -g graphs/showcase stats 1<>/dev/null").0, Some(0));
    let folder = Folder::new("closed");
    assert_eq!(shell(&format!("exec \"$0\" draw -o {} >&- <&-", folder.path("x.svg"))).0, Some(0));
    assert_eq!(folder.names(), ["x.svg"]);
}
