//! The example programs run, and print the expected output in tests/cli/examples/.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where `cargo test` puts the examples that it builds: beside the folder of the test itself.
fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    let profile = test.parent().and_then(Path::parent).expect("a test stands in target/PROFILE/deps");
    profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn check(name: &str) {
    let program = built(name);
    assert!(
        program.exists(),
        "{} is not built: `cargo test` builds it, `cargo test --test cli` does not",
        program.display()
    );
    let output = Command::new(program).output().expect("the example starts");
    let printed = String::from_utf8(output.stdout).expect("the example prints text");
    assert!(output.status.success(), "{name} failed: {}", String::from_utf8_lossy(&output.stderr));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/examples").join(format!("{name}.txt"));
    if std::env::var_os("KEIRETSU_BLESS").is_some() {
        std::fs::write(&file, &printed).expect("the expected text can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(printed, expected, "{name} prints something else than {}", file.display());
}

#[test]
fn partners() {
    check("partners");
}

#[test]
fn answers() {
    check("answers");
}

#[test]
fn build() {
    check("build");
}

#[test]
fn walk() {
    check("walk");
}

#[test]
fn ownership() {
    check("ownership");
}

#[cfg(feature = "petgraph-traits")]
#[test]
fn petgraph() {
    check("petgraph");
}

#[cfg(feature = "diagram")]
#[test]
fn diagram() {
    check("diagram");
}
