//! The everyday questions of `graphs/waterworks/answers.md`, whose answers were worked out by hand.
//!
//! That file says how it is read: a heading with the question, the command, and tables of what its JSON has. A row too
//! many or too few fails, as does another order.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const GRAPH: &str = "graphs/waterworks";

/// A question, the command that asks it, and the tables that it must give.
struct Question {
    title: String,
    command: String,
    tables: Vec<Table>,
}

/// Names of fields, and what they have in each row.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[test]
fn every_question_is_answered() {
    let mut wrong = Vec::new();
    for question in questions() {
        let results = ask(&question.command);
        for table in &question.tables {
            let found = table.read(&results);
            if found != table.rows {
                let expected = lines(&table.rows);
                wrong.push(format!(
                    "{}\n  $ {}\n  expected:\n{expected}  found:\n{}",
                    question.title,
                    question.command,
                    lines(&found)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} tables differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn they_are_all_there() {
    let questions = questions();
    assert_eq!(questions.len(), 25);
    for (number, question) in (1..).zip(&questions) {
        assert!(
            question.title.starts_with(&format!("{number}. ")),
            "`{}` is number {number}",
            question.title
        );
        assert!(question.command.starts_with("keiretsu "), "{}", question.title);
        assert!(question.tables.iter().any(|table| !table.rows.is_empty()), "{}", question.title);
        let is_even = |table: &Table| table.rows.iter().all(|row| row.len() == table.head.len());
        assert!(question.tables.iter().all(is_even), "{} has a row of another length", question.title);
    }
}

/// docs/questions.md has the same questions and commands, each with an answer, in the same order.
#[test]
fn the_document_agrees() {
    let text = fs::read_to_string(root().join("docs/questions.md")).unwrap();
    let rows: Vec<_> = text.lines().filter_map(cells).filter(|row| row[0].parse::<usize>().is_ok()).collect();
    let told: Vec<String> = rows.iter().map(|row| format!("{}. {} {}", row[0], row[1], row[2])).collect();
    let asked: Vec<String> =
        questions().iter().map(|question| format!("{} `{}`", question.title, question.command)).collect();
    assert_eq!(told, asked);
    assert!(rows.iter().all(|row| row.len() == 4 && !row[3].is_empty()), "an answer is missing");
}

/// The results of a command, asked of the graph.
fn ask(command: &str) -> Vec<Value> {
    let mut words = words(command);
    words.remove(0);
    let output = Command::new(env!("CARGO_BIN_EXE_keiretsu"))
        .current_dir(root())
        .args(["-g", GRAPH, "--format", "json"])
        .args(words)
        .output()
        .expect("the program starts");
    let answer: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{command}: {error}: {}", String::from_utf8_lossy(&output.stderr)));
    answer["results"].as_array().expect("results are a list").clone()
}

impl Table {
    /// The rows that results have in these columns.
    fn read(&self, results: &[Value]) -> Vec<Vec<String>> {
        let list = self.head.iter().find_map(|name| name.split_once("[]."));
        let Some((list, _)) = list else {
            return results.iter().map(|result| self.row(result, "")).collect();
        };
        let entries = results.iter().flat_map(|result| result[list].as_array().expect("a list"));
        entries.map(|entry| self.row(entry, &format!("{list}[]."))).collect()
    }

    fn row(&self, result: &Value, prefix: &str) -> Vec<String> {
        let cell = |name: &String| {
            let path: Vec<&str> =
                name.strip_prefix(prefix).expect("all columns are of one list").split('.').collect();
            let mut found = Vec::new();
            collect(result, &path, &mut found);
            if found.is_empty() { "-".to_owned() } else { found.join(", ") }
        };
        self.head.iter().map(cell).collect()
    }
}

/// The values at the end of a path, through every list on the way.
fn collect(value: &Value, path: &[&str], found: &mut Vec<String>) {
    match (value, path) {
        (Value::Array(list), _) => list.iter().for_each(|entry| collect(entry, path, found)),
        (Value::Object(object), [first, rest @ ..]) => {
            if let Some(inner) = object.get(*first) {
                collect(inner, rest, found);
            }
        }
        (Value::Null, _) | (_, [_, ..]) => {}
        (Value::String(text), []) => found.push(text.clone()),
        (other, []) => found.push(other.to_string()),
    }
}

/// The sections of `answers.md`.
fn questions() -> Vec<Question> {
    let text = fs::read_to_string(root().join(GRAPH).join("answers.md")).unwrap();
    text.split("\n## ").skip(1).map(question).collect()
}

fn question(section: &str) -> Question {
    let mut lines = section.lines().map(str::trim);
    let title = lines.next().expect("a heading").to_owned();
    let (mut command, mut tables, mut is_in_table) = (String::new(), Vec::new(), false);
    for line in lines {
        let Some(row) = cells(line) else {
            is_in_table = false;
            if line.starts_with("`keiretsu ") {
                command = line.trim_matches('`').to_owned();
            }
            continue;
        };
        if !is_in_table {
            tables.push(Table { head: row, rows: Vec::new() });
        } else if let Some(table) = tables.last_mut().filter(|_| !line.starts_with("|---")) {
            table.rows.push(row);
        }
        is_in_table = true;
    }
    Question { title, command, tables }
}

/// The cells of a line of a table.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// The words of a command line; quotes of either kind hold words together.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for letter in command.chars() {
        match (letter, quote) {
            ('\'' | '"', None) => quote = Some(letter),
            (' ', None) => words.push(String::new()),
            _ if quote == Some(letter) => quote = None,
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words
}

fn lines(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| format!("    | {} |\n", row.join(" | "))).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
