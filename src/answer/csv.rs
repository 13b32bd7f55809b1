//! Answers as CSV.

use serde_json::Value;

use super::{Answer, Column, Content, escape};

/// A header, and a row for each result.
pub(super) fn render<'g, C: Content<'g>>(answer: &Answer<'g, C>) -> String {
    let columns = answer.content.columns();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header = Vec::new();
    names(columns, "", &mut header);
    // Rows of one length go into memory without errors.
    let _ = writer.write_record(&header);
    for result in answer.rows() {
        let value = serde_json::to_value(result).unwrap_or_default();
        let mut row = Vec::with_capacity(header.len());
        cells(columns, &[&value], &mut row);
        let _ = writer.write_record(row.iter().map(|cell| safe(cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
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

/// A value as a cell: the name for an entity, JSON for any other map, with the names of entities.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) => name.clone(),
            _ => match named(value) {
                Value::Object(map) if map.is_empty() => String::new(),
                named => named.to_string(),
            },
        },
        other => other.to_string(),
    }
}

/// A value with names in place of entities, and without what is not stated.
fn named(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(named).collect(),
        Value::Object(map) => match map.get("name") {
            Some(Value::String(name)) => Value::String(name.clone()),
            _ => {
                let is_stated = |value: &Value| !value.is_null() && *value != Value::Array(Vec::new());
                let stated = map.iter().filter(|(_, value)| is_stated(value));
                stated.map(|(key, value)| (key.clone(), named(value))).collect()
            }
        },
        other => other.clone(),
    }
}

/// Keeps spreadsheets from running a cell as a formula (OWASP, "CSV injection"), and terminals from acting on its
/// contents. Line breaks and tabs are data.
fn safe(cell: &str) -> String {
    let cell = escape::cell(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\n', '\r', '＝', '＋', '－', '＠', '|']) {
        format!("'{cell}")
    } else {
        cell.into_owned()
    }
}
