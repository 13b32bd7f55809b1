//! The pictures of docs/gallery.md match what their commands draw.
//!
//! `sh docs/gallery.sh` draws them all again.

use std::path::Path;
use std::process::Command;

/// The words of a command line: split at spaces, but not between double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("there is one").push(c),
        }
    }
    words
}

#[test]
fn no_picture_is_out_of_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/gallery.md")).expect("the gallery");
    let commands: Vec<_> =
        text.lines().filter_map(|line| line.strip_prefix("keiretsu ")).map(words).collect();
    let mut made: Vec<String> = Vec::new();
    for mut command in commands {
        let at = command.iter().position(|word| word == "-o").expect("each command writes a file") + 1;
        let name = std::mem::take(&mut command[at]);
        let fresh = std::env::temp_dir().join(format!("keiretsu-{}-gallery.svg", std::process::id()));
        command[at] = fresh.to_str().expect("a path that is text").to_owned();
        let output = Command::new(env!("CARGO_BIN_EXE_keiretsu")).args(&command).current_dir(root).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let drawn = std::fs::read_to_string(&fresh).expect("the picture");
        std::fs::remove_file(&fresh).expect("the picture goes");
        let kept = std::fs::read_to_string(root.join(&name)).unwrap_or_default();
        assert!(drawn == kept, "{name} is out of date: run `sh docs/gallery.sh` and look at it");
        assert!(text.contains(&format!("]({})", name.replace("docs/", ""))), "{name} is not shown");
        made.push(name);
    }
    let mut files: Vec<_> = std::fs::read_dir(root.join("docs/gallery"))
        .expect("the folder")
        .map(|entry| format!("docs/gallery/{}", entry.expect("a file").file_name().to_string_lossy()))
        .collect();
    files.sort();
    made.sort();
    assert_eq!(files, made, "every picture has its command");
}
