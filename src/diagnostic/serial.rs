//! Serializes diagnostics: the shape is that of the command line's JSON.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Code, Diagnostic, Severity};

/// `{"code", "severity", "message", "file", "line", "column", "hint"}`, and `record` if a program gave the records.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = self.at.as_ref();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("severity", &self.severity)?;
        map.serialize_entry("message", &self.message)?;
        map.serialize_entry("file", &at.map(|at| at.file.display().to_string()))?;
        map.serialize_entry("line", &at.map(|at| at.line))?;
        map.serialize_entry("column", &at.map(|at| at.column))?;
        map.serialize_entry("hint", &self.hint)?;
        if let Some(record) = self.record() {
            map.serialize_entry("record", record)?;
        }
        map.end()
    }
}

/// Its text: `"E0301"`.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Its name: `"error"`.
impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
