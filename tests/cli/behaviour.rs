//! What does not fit into a case file: closed pipes, full disks, arguments that are not text, repeatable output,
//! valid JSON.

use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn keiretsu(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keiretsu"));
    command.args(args);
    command
}

fn run(args: &[&str]) -> Output {
    keiretsu(args).output().expect("the program starts")
}

fn json(args: &[&str]) -> Value {
    let output = run(&[args, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{args:?} prints JSON: {error}"))
}

/// Commands that answer, each at least once.
const COMMANDS: &[&[&str]] = &[
    &["partners"],
    &["partners", "Xiaomi"],
    &["partners", "Xiaomi", "--broad", "--hops", "3"],
    &["partners", "Xiaomi", "--with", "Foxconn"],
    &["show", "Microsoft"],
    &["neighbors", "Xiaomi", "--hops", "2"],
    &["path", "Xiaomi", "Nokia"],
    &["path", "Xiaomi", "Nokia", "--all"],
    &["deals"],
    &["deals", "--by", "party"],
    &["owners", "Microsoft", "--rule", "all"],
    &["stakes", "Microsoft"],
    &["control", "Microsoft"],
    &["rings"],
    &["find", "mi"],
    &["kinds"],
    &["stats"],
    &["components"],
    &["components", "--all"],
    &["rank"],
    &["rank", "--mutual", "--kind", "PartnersWith"],
    &["check"],
    &["explain", "E0301"],
    &["export", "json"],
];

#[test]
fn the_same_command_prints_the_same_bytes() {
    for args in COMMANDS {
        for format in ["text", "json", "csv"] {
            for graph in ["graphs", "graphs/showcase", "graphs/ownership"] {
                // These two do not use a graph.
                let graph: &[&str] =
                    if matches!(args[0], "kinds" | "explain") { &[] } else { &["-g", graph] };
                let args = [*args, &["--format", format], graph].concat();
                assert_eq!(run(&args), run(&args), "{args:?}");
            }
        }
    }
}

#[test]
fn json_is_one_object_with_fixed_keys() {
    for args in COMMANDS {
        let answer = json(args);
        let keys: Vec<_> = answer.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            ["command", "graph", "as_of", "known_by", "claims", "complete", "results"],
            "{args:?}"
        );
        assert_eq!(answer["command"], args[0]);
        assert_eq!(answer["complete"], true, "{args:?}");
        assert!(answer["results"].is_array(), "{args:?}");
    }
}

#[test]
fn csv_has_a_header_and_rows_of_the_same_width() {
    for args in COMMANDS.iter().filter(|args| args[0] != "export") {
        let output = run(&[*args, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
        let width = reader.headers().expect("a header").len();
        let answer = json(args);
        let results = answer["results"].as_array().expect("a list").iter();
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), results.map(rows_of).sum::<usize>(), "{args:?}");
        assert!(rows.iter().all(|row| row.len() == width), "{args:?}");
    }
}

/// How many rows a result has in CSV: one, or as many as it lists relations, facts, members or sides.
fn rows_of(result: &Value) -> usize {
    let count = |name: &str| result[name].as_array().map(Vec::len);
    let all = |names: &[&str]| names.iter().filter_map(|name| count(name)).sum::<usize>();
    if result["entity"]["aliases"].is_array() {
        return 1 + all(&["relations", "facts", "ended"]);
    }
    if let Some(through) = result["through"].as_array() {
        return through.iter().map(rows_of).sum();
    }
    if result["controlled_by"].is_array() {
        let joint = result["jointly_controls"].as_array().expect("a list").iter();
        let sides = ["controls", "controlled_by", "may_control", "may_be_controlled_by"];
        let others = all(&["ultimate_parents", "jointly_controlled_by"]);
        return all(&sides)
            + others
            + joint.map(|one| one["controls"].as_array().map_or(0, Vec::len)).sum::<usize>();
    }
    let is_about_one = result["source"].is_object() && count("facts") > Some(0);
    let listed = if is_about_one { count("facts") } else { None };
    let relations = if result["chains"].is_array() { None } else { count("relations") };
    // The kinds list the relations that facts of them have.
    let relations = relations.filter(|_| result["family"].is_null());
    relations.or(count("steps")).or(count("members")).or(listed).unwrap_or(1)
}

#[test]
fn a_relation_of_the_answer_says_who_says_so() {
    let answer = json(&["partners", "Xiaomi"]);
    let foxconn = &answer["results"][0];
    assert_eq!(foxconn["partner"]["id"], "foxconn");
    let relation = &foxconn["relations"][0];
    let keys: Vec<_> = relation.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "kind",
            "label",
            "from",
            "to",
            "fact",
            "certainty",
            "status",
            "announced",
            "signed",
            "since",
            "until",
            "share",
            "amount",
            "derived",
            "evidence",
            "territory"
        ]
    );
    assert_eq!(relation["from"]["id"], "xiaomi", "of a symmetric relation, the one who was asked about");
    assert_eq!(relation["evidence"][0]["source"], "article");
    assert!(relation["evidence"][0]["quote"].as_str().expect("a quote").contains("partnership"));
}

#[test]
fn money_is_exact_in_json() {
    let answer = json(&["deals", "Microsoft", "FIH Mobile"]);
    let amount = &answer["results"][0]["amount"];
    assert_eq!(amount["text"], "USD 350 million");
    assert_eq!(amount["low"], "350000000");
    assert_eq!(amount["high"], "350000000");
}

#[test]
fn more_ways_than_the_limit_are_cut_and_said() {
    let output =
        run(&["-g", "tests/cli/fixtures/clique.ron", "path", "k0", "k13", "--all", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(answer["complete"], false);
    assert_eq!(answer["stopped_by"], "paths");
    // 1 path of one hop, 12 of two, 12 * 11 of three: all of these, and the rest of the thousand of four.
    let hops: Vec<_> =
        answer["results"].as_array().expect("ways").iter().map(|way| way["hops"].as_u64()).collect();
    assert_eq!(hops.len(), 1_000);
    for (length, count) in [(1, 1), (2, 12), (3, 132), (4, 855)] {
        assert_eq!(hops.iter().filter(|hops| **hops == Some(length)).count(), count, "{length} hops");
    }
}

#[test]
fn a_pipe_that_closes_is_quiet() {
    let mut child = keiretsu(&["export", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for format in ["text", "json", "csv"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output =
            keiretsu(&["stats", "--format", format]).stdout(full).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(5), "{format}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write the answer"));
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_a_usage_error() {
    use std::os::unix::ffi::OsStrExt;
    let output = keiretsu(&["show"])
        .arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"))
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn without_a_folder_the_built_in_graph_answers_and_says_so() {
    let empty = std::env::temp_dir().join(format!("keiretsu-empty-{}", std::process::id()));
    std::fs::create_dir_all(&empty).expect("a folder");
    let output = keiretsu(&["partners", "Xiaomi"]).current_dir(&empty).output().expect("the program starts");
    std::fs::remove_dir_all(&empty).expect("the folder goes");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Xiaomi partners with Foxconn"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("built-in example"));
}

#[test]
fn a_folder_without_graph_files_is_as_good_as_none() {
    let folder = std::env::temp_dir().join(format!("keiretsu-bare-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("graphs")).expect("a folder");
    let output = keiretsu(&["partners", "Xiaomi"]).current_dir(&folder).output().expect("the program starts");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("built-in example"));
}

#[test]
fn the_environment_names_the_graph_unless_an_option_does() {
    let ask = |named: &str, args: &[&str]| {
        let output = keiretsu(args).env("KEIRETSU_GRAPH", named).output().expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let [listed, named, empty] = ["tests/cli/fixtures/names.ron", "tests/cli/fixtures/equal.ron", ""];
    let of = |path: &str| run(&["-g", path, "list"]).stdout;
    assert_eq!(ask(listed, &["list"]).1.as_bytes(), of(listed));
    assert_eq!(ask(listed, &["list", "-g", named]).1.as_bytes(), of(named), "the option comes first");
    assert_eq!(ask(empty, &["list"]).1.as_bytes(), of("graphs"), "an empty one says nothing");
    let both = std::env::join_paths([listed, named]).expect("two paths");
    let both = ask(&both.to_string_lossy(), &["list"]).1;
    assert_eq!(both.as_bytes(), run(&["-g", listed, "-g", named, "list"]).stdout);
    // Paths of `check` come first, too, and a graph that is missing is missing.
    assert_eq!(ask("/nowhere", &["check", listed]).0, Some(0));
    assert_eq!(ask("/nowhere", &["list"]).0, Some(5));
}

#[cfg(feature = "diagram")]
#[test]
fn a_picture_says_what_it_leaves_out() {
    let wishes = ["-g", "tests/cli/fixtures/wishes.ron", "draw"];
    for (args, said) in [
        (
            &[][..],
            "not drawn: 1 Production, 1 Platform, 2 Event; --kind Production,Platform draws who makes what and what it runs on\n",
        ),
        (&["--around", "Solo"], "not drawn: 1 Production, 1 Event; --kind Production draws who makes what\n"),
        (&["--kind", "Production"], ""),
        (&["--ownership", "Solo"], "the picture is empty: no owner or stake of Solo is stated\n"),
        (&["--deals", "Solo", "Lumen"], "the picture is empty: no deal between Solo and Lumen is stated\n"),
        (&["--path", "Solo", "Oro"], "the picture is empty: no path from Solo to Gold Ltd is stated\n"),
        (
            &["--around", "Reader"],
            "the picture is empty: there is nothing to draw around Reader\nnot drawn: 1 Event\n",
        ),
    ] {
        let output = run(&[&wishes, args].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), said, "{args:?}");
    }
    let dated = run(&["draw", "--path", "Xiaomi", "Nokia", "--as-of", "2016-10"]);
    let picture = String::from_utf8_lossy(&dated.stdout).into_owned();
    assert!(picture.contains("How Xiaomi and Nokia are connected"), "{picture}");
    assert!(picture.contains("as of Oct 2016"), "{picture}");
}

#[test]
fn no_colour_where_there_is_no_terminal() {
    let output = run(&["show", "Xiaomi", "--why"]);
    assert!(!output.stdout.contains(&0x1b));
    let failed = run(&["show", "nobody at all"]);
    assert!(!failed.stderr.contains(&0x1b));
}

/// Text and file names from an attacker: their output cannot garble the terminal.
#[cfg(unix)]
#[test]
fn no_control_character_of_a_file_reaches_the_terminal() {
    let folder = std::env::temp_dir().join(format!("keiretsu-control-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("a\u{1b}[31mb\u{7f}.ron");
    let text = "Graph(companies: {\n\t\"a\": (name: \"A\u{1b}[31m\u{7}\u{9b}\u{7f}\", nme: \"x\"),\r\n\t\u{c}\"b\"\u{0}\n})";
    std::fs::write(&file, text).expect("a file");
    let path = file.to_str().expect("a path");
    let gone = folder.join("gone\u{1b}[31m.ron");
    let gone = gone.to_str().expect("a path");
    for args in [
        &["check", path] as &[&str],
        &["check", path, "--format", "csv"],
        &["check", path, "--format", "json"],
        &["check", gone],
        &["-g", path, "stats"],
        &["-g", gone, "stats"],
        &["-g", gone, "stats", "--format", "json"],
    ] {
        let output = run(args);
        assert_ne!(output.status.code(), Some(0), "{args:?}");
        for printed in [&output.stdout, &output.stderr] {
            let printed = std::str::from_utf8(printed).expect("text");
            let raw = printed.chars().find(|c| *c < ' ' && *c != '\n');
            assert_eq!(raw, None, "{args:?}: {printed}");
            assert!(!printed.chars().any(|c| c.is_control() && c != '\n'), "{args:?}: {printed}");
        }
    }
    // Nothing of it is lost, in a pipe as on a terminal.
    let said = String::from_utf8(run(&["-g", gone, "stats"]).stderr).expect("text");
    assert!(said.contains("gone\\u{1b}[31m.ron"), "{said}");
    let listed = String::from_utf8(run(&["check", path, "--format", "csv"]).stdout).expect("text");
    assert!(listed.contains("a\\u{1b}[31mb\\u{7f}.ron"), "{listed}");
    let listed: Value =
        serde_json::from_slice(&run(&["check", path, "--format", "json"]).stdout).expect("JSON");
    assert_eq!(listed["results"][0]["file"], path);
    let drawn = run(&["check", path]).stdout;
    let drawn = String::from_utf8_lossy(&drawn);
    let lines: Vec<_> = drawn.lines().collect();
    let row = lines.iter().rposition(|line| line.contains("nme: ")).expect("the line is drawn");
    assert!(lines[row].ends_with(r#" "a": (name: "A␛[31m␇�␡", nme: "x"),"#), "{drawn}");
    let column = |line: &str, sign: char| line.chars().position(|c| c == sign);
    let field = lines[row].split("nme").next().map(|before| before.chars().count());
    assert_eq!(column(lines[row + 1], '^'), field, "{drawn}");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

/// Input is repeated in printable form: on one line, with nothing that a terminal acts on.
#[test]
fn no_control_character_of_an_argument_reaches_the_terminal() {
    let typed = "a\u{1b}[1mb\u{9b}2J\r\nforged: c\u{202e}";
    let shown = r"a\u{1b}[1mb\u{9b}2J\u{d}\u{a}forged: c\u{202e}";
    let file = format!("{typed}/x.svg");
    for (args, repeated) in [
        (&["show", typed] as &[&str], "no entity is called `a"),
        (&["show", "x", "--as-of", typed], shown),
        (&[typed], shown),
        (&["explain", typed], "no code is called `a"),
        (&["draw", "-o", &file], shown),
        (&["draw", "-o", typed], shown),
        (&["-g", typed, "stats"], shown),
        (&["import", "csv", typed, "-o", "x.ron"], shown),
    ] {
        let output = run(args);
        assert_ne!(output.status.code(), Some(0), "{args:?}");
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(said.contains(repeated), "{args:?}: {said}");
        assert!(!said.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{args:?}: {said}");
        assert!(!said.lines().any(|line| line.starts_with("forged")), "{args:?}: {said}");
    }
}

/// An existing file in place of the rejects is replaced if an import wrote it, and never lost otherwise.
#[test]
fn rejects_never_replace_what_no_import_made() {
    let folder = std::env::temp_dir().join(format!("keiretsu-rejects-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let mapping = r#"Mapping(entities: [(file: "c.csv", id: "id", always: "Company")])"#;
    std::fs::write(path("m.ron"), mapping).expect("a mapping");
    let read = |name: &str| std::fs::read_to_string(path(name)).ok();
    let import = |rows: &str, rejects: Option<&str>| {
        std::fs::write(path("c.csv"), format!("id\n{rows}")).expect("a table");
        let mut args = ["import", "csv", &path("m.ron"), "-o", &path("out.ron")].map(str::to_owned).to_vec();
        args.extend(rejects.iter().flat_map(|name| ["--rejects".to_owned(), path(name)]));
        let output = run(&args.iter().map(String::as_str).collect::<Vec<_>>());
        let said =
            String::from_utf8(output.stderr).expect("text").replace(folder.to_str().expect("a path"), "DIR");
        (output.status.code(), said)
    };
    let header = "file,line,reason,cells\n".to_owned();
    let one = format!("{header}c.csv,3,column `id`: `?` has no letter or digit for an id,?\n");
    // Next to the graph: written if there are rejects, and deleted if there are none.
    assert_eq!(import("a\n?\n", None).0, Some(1));
    assert_eq!(read("out.rejects.csv"), Some(one.clone()));
    assert_eq!((import("a\n", None).0, read("out.rejects.csv")), (Some(0), None));
    // Named by an option: always written.
    assert_eq!((import("a\n", Some("r.csv")).0, read("r.csv")), (Some(0), Some(header.clone())));
    assert_eq!(
        (import("?\na\n", Some("r.csv")).0, read("r.csv")),
        (Some(1), Some(one.replace(",3,", ",2,")))
    );
    assert_eq!((import("a\n", Some("r.csv")).0, read("r.csv")), (Some(0), Some(header.clone())));
    std::fs::write(path("empty"), "").expect("a file");
    assert_eq!((import("a\n", Some("empty")).0, read("empty")), (Some(0), Some(header)));
    // The graph, which does not exist yet, under another name: one would overwrite the other.
    std::fs::remove_file(path("out.ron")).expect("a graph");
    std::fs::create_dir(path("sub")).expect("a folder");
    let said = "error: the graph and the rejects need different files\n".to_owned();
    assert_eq!(import("?\na\n", Some("sub/../out.ron")), (Some(2), said));
    assert_eq!(read("out.ron"), None);
    // Of somebody else: left as it is, and nothing is read.
    for rejects in [Some("notes.csv"), None] {
        let name = rejects.unwrap_or("out.rejects.csv");
        for text in ["file,line\n", "my notes, which are longer than the header"] {
            std::fs::write(path(name), text).expect("notes");
            for rows in ["a\n", "?\n"] {
                let said = format!(
                    "error: `DIR/{name}` already exists and was not written by an import\n  hint: move it, or name another file with --rejects\n"
                );
                assert_eq!(import(rows, rejects), (Some(2), said));
                assert_eq!((read(name).as_deref(), read("out.ron")), (Some(text), None));
            }
        }
    }
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

/// Opening a pipe waits for its writer, so a mapping or a table that is not a file is rejected at once.
#[cfg(unix)]
#[test]
fn a_mapping_that_is_a_pipe_is_refused() {
    let folder = std::env::temp_dir().join(format!("keiretsu-pipe-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let made = Command::new("mkfifo").args([path("m.ron"), path("c.csv")]).status().expect("mkfifo");
    assert!(made.success());
    let import = |mapping: &str| {
        let output = run(&["import", "csv", mapping, "-o", &path("out.ron")]);
        (
            output.status.code(),
            String::from_utf8(output.stderr).expect("text").replace(folder.to_str().expect("a path"), "DIR"),
        )
    };
    let refused = "error: cannot read `DIR/m.ron`: it is not a regular file\n".to_owned();
    assert_eq!(import(&path("m.ron")), (Some(5), refused));
    let mapping = r#"Mapping(entities: [(file: "c.csv", id: "id", always: "Company")])"#;
    std::fs::write(path("n.ron"), mapping).expect("a mapping");
    assert_eq!(import(&path("n.ron")), (Some(5), "error: `c.csv` is no regular file\n".to_owned()));
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

/// A temporary file, deleted at the end.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("keiretsu-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("a scratch file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path that is text")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_problem_far_along_a_line_is_told_at_its_column() {
    let blanks = " ".repeat(150);
    let line = format!("Graph(companies: {{\"a\": (name: \"A\")}},{blanks} facts: [Foo()])");
    let file = Scratch::new("column.ron", &line);
    let column = line.find("Foo").expect("it stands there") + 1;
    let text = String::from_utf8(run(&["check", file.path()]).stdout).expect("text");
    assert!(text.contains(&format!(".ron:1:{column}")), "{text}");
}

#[test]
fn a_quote_with_line_breaks_forges_no_line() {
    let graph = r#"Graph(
        sources: { "s": (title: "S") },
        companies: { "a": (name: "A"), "b": (name: "B") },
        facts: [ Partnership(between: ["a", "b"], quotes: {"s": ["yes\n\nA is parent of B [1]\r\nerror: x"]}, note: "n\n[1] Court") ],
    )"#;
    let file = Scratch::new("forged.ron", graph);
    let text = String::from_utf8(run(&["-g", file.path(), "partners", "--why"]).stdout).expect("text");
    let flush: Vec<_> = text.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect();
    assert_eq!(flush, ["A partners with B [1]", "[1] S"]);
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_an_error() {
    for args in [["--help"], ["--version"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = keiretsu(&args).stdout(full).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(5), "{args:?}");
    }
}

#[test]
fn a_drawing_replaces_its_file_whole_or_not_at_all() {
    let file = Scratch::new("drawing.dot", "old");
    assert_eq!(run(&["draw", "-o", file.path()]).status.code(), Some(0));
    let drawn = std::fs::read_to_string(&file.0).expect("the drawing");
    assert!(drawn.starts_with("digraph") && drawn.ends_with("}\n"));
    let mut permissions = std::fs::metadata(&file.0).expect("its mode").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file.0, permissions).expect("a read-only file");
    assert_eq!(run(&["draw", "-o", file.path(), "--theme", "dark"]).status.code(), Some(5));
    assert_eq!(std::fs::read_to_string(&file.0).expect("the drawing"), drawn);
}

#[test]
fn a_drawing_has_the_form_that_its_ending_says() {
    for (name, start) in
        [("form.SVG", "<svg "), ("form.png", "\u{FFFD}PNG"), ("form.pdf", "%PDF-"), ("form.gv", "digraph")]
    {
        let file = Scratch::new(name, "old");
        assert_eq!(run(&["draw", "-o", file.path(), "--theme", "dark"]).status.code(), Some(0), "{name}");
        let drawn = std::fs::read(&file.0).expect("the drawing");
        assert!(String::from_utf8_lossy(&drawn).starts_with(start), "{name}");
    }
}

#[test]
fn a_scale_makes_a_png_larger() {
    let sizes = ["1", "2"].map(|scale| {
        let file = Scratch::new(&format!("scale-{scale}.png"), "old");
        let output = run(&["draw", "--path", "Xiaomi", "Nokia", "-o", file.path(), "--scale", scale]);
        assert_eq!(output.status.code(), Some(0));
        let drawn = std::fs::read(&file.0).expect("the drawing");
        u32::from_be_bytes(drawn[16..20].try_into().expect("the width"))
    });
    assert_eq!(sizes[1], sizes[0] * 2);
}

#[test]
fn letters_that_depend_on_the_machine_are_told() {
    let graph = "Graph(companies: { \"a\": (name: \"電子 Works\"), \"b\": (name: \"B\") },
        facts: [ Partnership(between: [\"a\", \"b\"], unsourced: true) ])";
    let (graph, file) = (Scratch::new("letters.ron", graph), Scratch::new("letters.svg", "old"));
    let output = run(&["-g", graph.path(), "draw", "-o", file.path()]);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(talk, "the viewer's fonts will be used for `電子`\n");
    let file = Scratch::new("letters.png", "old");
    let output = run(&["-g", graph.path(), "draw", "-o", file.path()]);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(talk.contains("installed font") && talk.contains("電"), "{talk}");
}

#[test]
fn paths_to_check_and_a_graph_are_not_both_taken() {
    assert_eq!(run(&["check", "graphs", "-g", "graphs/showcase"]).status.code(), Some(2));
    let answer = json(&["check", "graphs/showcase"]);
    assert_eq!(answer["graph"], "graphs/showcase");
}

#[test]
fn every_code_is_explained_with_an_example_and_its_mend() {
    for row in keiretsu::CODES {
        let answer = json(&["explain", row.text]);
        let result = &answer["results"][0];
        assert_eq!(result["code"], row.text);
        for field in ["meaning", "example", "mend"] {
            assert!(
                result[field].as_str().is_some_and(|text| text.len() > 10),
                "{} has no {field}",
                row.text
            );
        }
    }
}

#[test]
fn an_answer_on_disputed_facts_fails_under_the_strict_policy() {
    let asked = ["-g", "graphs/showcase", "deals", "Glyphmoor"];
    assert_eq!(run(&asked).status.code(), Some(0));
    assert_eq!(run(&[&asked[..], &["--claims", "strict"]].concat()).status.code(), Some(1));
    let calm = ["-g", "graphs/showcase", "show", "Slatewater Screens", "--claims", "strict"];
    assert_eq!(run(&calm).status.code(), Some(0));
    let code = |args: &[&str]| {
        let all = [args, &["-g", "tests/cli/fixtures/disputed.ron", "--claims", "strict"]].concat();
        run(&all).status.code()
    };
    for args in
        [["partners", "Ashby"].as_slice(), &["partners"], &["neighbors", "Burrow"], &["show", "Calder"]]
    {
        assert_eq!(code(args), Some(1), "{args:?}");
    }
    assert_eq!(code(&["neighbors", "Burrow", "--kind", "Supplies"]), Some(0));
}

/// Shares are exact however long the chain; a chain too long to be listed is reported.
#[test]
fn chains_beyond_the_limit_are_not_left_out_in_silence() {
    let args = ["owners", "-g", "tests/cli/fixtures/pyramid.ron", "bottom", "--all"];
    assert_eq!(run(&args).status.code(), Some(0));
    let answer = json(&args);
    assert_eq!((&answer["complete"], &answer["stopped_by"]), (&Value::from(false), &Value::from("hops")));
    let results = answer["results"].as_array().expect("a list");
    let abel = results.iter().find(|row| row["entity"]["id"] == "abel").expect("the top of the chain");
    assert!(abel["share"]["exact"].is_string() && abel["chains"] == Value::Array(Vec::new()));
    let whole = json(&[&args[..], &["--limits", "trusted"]].concat());
    let abel = whole["results"].as_array().expect("a list").iter().find(|row| row["entity"]["id"] == "abel");
    assert_eq!(abel.expect("the top")["chains"][0].as_array().map(Vec::len), Some(33));
}

/// Odd content of tables is reported as by `check`: the first few of each code, at their rows and columns.
#[test]
fn an_import_tells_what_is_odd() {
    let folder = std::env::temp_dir().join(format!("keiretsu-cli-odd-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    std::fs::write(path("c.csv"), "id,name\nacme,Acme\nbolt,B\u{200b}\u{1b}olt\nlonely,Lonely\n")
        .expect("a table");
    let rows = "acme,acme,2016,2015\n".repeat(5);
    std::fs::write(path("d.csv"), format!("a,b,from,to\n{rows}acme,lonely,,\n")).expect("a table");
    let mapping = r#"Mapping(entities: [(file: "c.csv", id: "id", name: "name", always: "Company")],
        facts: [(file: "d.csv", since: "from", until: "to",
            always: (fact: "Supply", roles: {"supplier": ["a"], "customer": ["b"]}))])"#;
    let import = |mapping: &str, code: i32| {
        std::fs::write(path("m.ron"), mapping).expect("a mapping");
        let output = run(&["import", "csv", &path("m.ron"), "-o", &path("out.ron")]);
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(code), "{said}");
        said.replace(folder.to_str().expect("a path"), "DIR")
    };
    let said = import(mapping, 1);
    assert!(!said.contains('\u{1b}'), "{said}");
    std::fs::write(path("c.csv"), "id,name\nacme,Acme\nlonely,Lone\u{200b}ly\n").expect("a table");
    let said = import(mapping, 0);
    let odd = |start: &str, line: usize| {
        format!(
            "{start}\n --> d.csv:{line}:16\n  |\n{line} | acme,acme,2016,2015\n  |                ^^^^ column `to`\n  |\n  = hint: correct one of the two dates\n"
        )
    };
    let start = "warning[W0907]: `until` (2015) is before `since` (2016)";
    for line in 2..5 {
        assert!(said.contains(&odd(start, line)), "{line}: {said}");
    }
    assert!(!said.contains("d.csv:5:16"), "{said}");
    assert!(
        said.contains("warning[W0902]: an invisible character (U+200B) in `name`\n --> c.csv:3:8\n"),
        "{said}"
    );
    let end = "2 more of W0907\n1 more of W0910\n10 warnings; see `keiretsu explain W0902`\n8 rows read into DIR/out.ron\n";
    assert!(said.ends_with(end), "{said}");
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

/// What could not be opened again is not written.
#[test]
fn an_import_writes_no_file_that_is_too_large_to_open() {
    let folder = std::env::temp_dir().join(format!("keiretsu-cli-large-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let rows: String = (0..9_000).map(|n| format!("c{n},{}{n}\n", "x".repeat(1_000))).collect();
    std::fs::write(path("c.csv"), format!("id,name\n{rows}")).expect("a table");
    let mapping = r#"Mapping(entities: [(file: "c.csv", id: "id", name: "name", always: "Company")])"#;
    std::fs::write(path("m.ron"), mapping).expect("a mapping");
    let output = run(&["--limits", "strict", "import", "csv", &path("m.ron"), "-o", &path("out.ron")]);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.starts_with("error: the graph takes "), "{said}");
    assert!(said.contains(" bytes as text, and a graph file may have 8388608\n"), "{said}");
    assert!(!std::path::Path::new(&path("out.ron")).exists());
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

#[test]
fn tables_are_imported_and_what_cannot_be_used_is_kept_aside() {
    let folder = std::env::temp_dir().join(format!("keiretsu-cli-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("c.csv"), "id,name\nacme,Acme\nbolt,Bolt\n").unwrap();
    std::fs::write(path("d.csv"), "a,b\nacme,bolt\nacme,no\u{1b}body\n").unwrap();
    let mapping = r#"Mapping(entities: [(file: "c.csv", id: "id", name: "name", always: "Company")],
        facts: [(file: "d.csv", always: (fact: "Supply", roles: {"supplier": ["a"], "customer": ["b"]}))])"#;
    std::fs::write(path("m.ron"), mapping).unwrap();
    let output = run(&["import", "csv", &path("m.ron"), "-o", &path("out.ron")]);
    let said = String::from_utf8(output.stderr).unwrap().replace(folder.to_str().unwrap(), "DIR");
    assert_eq!(output.status.code(), Some(1), "{said}");
    let kept = "d.csv:3: column `b`: no entity has the id `no\\u{1b}body` [E0301]\n";
    assert!(said.starts_with(kept), "{said}");
    assert!(!said.contains('\u{1b}'));
    assert!(
        said.ends_with("1 row rejected in DIR/out.rejects.csv\n3 rows read into DIR/out.ron\n"),
        "{said}"
    );
    let kept = std::fs::read_to_string(path("out.rejects.csv")).unwrap();
    assert!(kept.starts_with("file,line,reason,cells\nd.csv,3,"), "{kept}");
    let answer = run(&["neighbors", "acme", "-g", &path("out.ron")]);
    assert_eq!(String::from_utf8(answer.stdout).unwrap(), "Acme supplies Bolt\n");
    let output = run(&["import", "csv", &path("m.ron"), "-o", &path("out.keiretsu")]);
    assert_eq!(output.status.code(), Some(1));
    // The missing rows of a graph are mentioned everywhere.
    let output = run(&["pack", "-g", &path("out.ron"), "-o", &path("again.keiretsu")]);
    assert_eq!(output.status.code(), Some(0));
    for graph in ["out.ron", "out.keiretsu", "again.keiretsu"] {
        let said = String::from_utf8(run(&["stats", "-g", &path(graph)]).stdout).unwrap();
        let description = "Rows that could not be used are left out: 1 of 2 rows of d.csv.\n\n";
        assert!(said.starts_with(description), "{said}");
    }
    // An import that uses all rows deletes the rejects of an earlier one.
    std::fs::write(path("d.csv"), "a,b\nacme,bolt\n").unwrap();
    let output = run(&["import", "csv", &path("m.ron"), "-o", &path("out.ron")]);
    assert_eq!(
        (output.status.code(), std::path::Path::new(&path("out.rejects.csv")).exists()),
        (Some(0), false)
    );
    let output = run(&["pack", "-g", &path("out.ron"), "-o", &path("packed.keiretsu")]);
    assert_eq!(output.status.code(), Some(0));
    for packed in ["out.keiretsu", "packed.keiretsu"] {
        let answer = run(&["neighbors", "acme", "-g", &path(packed)]);
        assert_eq!(String::from_utf8(answer.stdout).unwrap(), "Acme supplies Bolt\n");
    }
    let output = run(&["pack", "-g", &path("out.ron"), "-o", &path("packed.ron")]);
    assert_eq!(output.status.code(), Some(2));
    let bytes = std::fs::read(path("packed.keiretsu")).unwrap();
    std::fs::write(path("packed.keiretsu"), &bytes[..100]).unwrap();
    let output = run(&["stats", "-g", &path("packed.keiretsu")]);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error[E0604]: the snapshot is cut short"));
    let output = run(&["import", "csv", &path("m.ron"), "-o", &path("out.txt")]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["import", "csv", &path("no.ron"), "-o", &path("out.ron")]);
    assert_eq!(output.status.code(), Some(5));
    std::fs::remove_dir_all(folder).unwrap();
}

/// An answer has at most 10,000 rows and says if there were more, but for graphs of one's own.
#[test]
fn an_answer_of_too_many_rows_is_cut_and_says_so() {
    let folder = std::env::temp_dir().join(format!("keiretsu-rows-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let companies: String = (0..10_001).map(|n| format!("\"c{n}\": (name: \"Firm {n}\"), ")).collect();
    let path = folder.join("many.ron");
    std::fs::write(&path, format!("Graph(companies: {{ {companies} }})")).unwrap();
    let graph = path.to_str().unwrap();
    for (limits, rows, code) in [("default", 10_000, 4), ("strict", 10_000, 4), ("trusted", 10_001, 0)] {
        let args = ["-g", graph, "--limits", limits, "find", "firm", "--format", "csv"];
        let output = run(&args);
        assert_eq!(output.status.code(), Some(code), "{limits}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), rows + 1, "{limits}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.contains("the limit on rows was reached"), code == 4, "{limits}: {said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
