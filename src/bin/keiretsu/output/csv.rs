//! Answers as CSV.

use serde::Serialize;
use serde_json::Value;

use super::{Answer, Column, terminal};
use crate::failure::{Failure, exit};

/// A header, and a row for each result.
pub(crate) fn render<R: Serialize>(answer: &Answer<R>) -> Result<Vec<u8>, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(exit::INPUT_OUTPUT, format!("cannot write CSV: {error}"))
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header = Vec::new();
    names(answer.columns, "", &mut header);
    writer.write_record(&header).map_err(|error| failed(&error))?;
    for result in &answer.results {
        let value = serde_json::to_value(result).map_err(|error| failed(&error))?;
        let mut row = Vec::with_capacity(header.len());
        cells(answer.columns, &[&value], &mut row);
        writer.write_record(row.iter().map(|cell| safe(cell))).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

fn names(columns: &[Column], prefix: &str, header: &mut Vec<String>) {
    for column in columns {
        match column {
            Column::Leaf(name) => header.push(format!("{prefix}{name}")),
            Column::Nest(name, inner) => names(inner, &format!("{prefix}{name}."), header),
        }
    }
}

/// The cells of values that share a row: their texts, joined.
fn cells(columns: &[Column], values: &[&Value], row: &mut Vec<String>) {
    for column in columns {
        match column {
            Column::Leaf(name) => {
                let texts: Vec<_> = values.iter().map(|value| text(&value[*name])).collect();
                row.push(join(&texts));
            }
            Column::Nest(name, inner) => {
                let nested: Vec<&Value> = values.iter().flat_map(|value| items(&value[*name])).collect();
                cells(inner, &nested, row);
            }
        }
    }
}

/// A single text, or several separated by semicolons; empty if all are empty.
fn join(texts: &[String]) -> String {
    if texts.iter().all(String::is_empty) { String::new() } else { texts.join("; ") }
}

/// The items of a list and of lists within it, or the value itself.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().flat_map(items).collect(),
        Value::Null => Vec::new(),
        other => vec![other],
    }
}

/// A value as a cell: `role=Name, Name` for a map, the name for an entity.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) => name.clone(),
            _ => {
                map.iter().map(|(key, value)| format!("{key}={}", text(value))).collect::<Vec<_>>().join("; ")
            }
        },
        other => other.to_string(),
    }
}

/// Keeps spreadsheets from running a cell as a formula (OWASP, "CSV injection"), and terminals from acting on its
/// contents. Line breaks and tabs are data.
fn safe(cell: &str) -> String {
    let cell = terminal::cell(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\n', '\r', '＝', '＋', '－', '＠', '|']) {
        format!("'{cell}")
    } else {
        cell.into_owned()
    }
}
