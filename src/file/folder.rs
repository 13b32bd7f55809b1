//! The files that a path means, and their bytes within the limits.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::place::Text;
use super::tree::Span;
use crate::diagnostic::{Code, Diagnostic, Location, printable};
use crate::limits::Limits;

/// Why a file or folder was not read.
pub(crate) struct Unread {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) cause: Option<std::io::Error>,
}

/// The files of a path: itself, or the `.ron` files directly in it, by name.
pub(crate) fn files(path: &Path, limits: &Limits) -> Result<Vec<PathBuf>, Box<Unread>> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, error))?;
    if metadata.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !metadata.is_dir() {
        return Err(not_regular(path, "it is neither a file nor a folder"));
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| cannot_read(path, error))? {
        let file = entry.map_err(|error| cannot_read(path, error))?.path();
        if file.extension().is_some_and(|extension| extension == "ron") && !is_folder(&file) {
            files.push(file);
        }
        if files.len() > limits.folder_files {
            let message = format!("the folder has more than {} graph files", limits.folder_files);
            return Err(at(path, Diagnostic::new(Code::TooManyFiles, message)));
        }
    }
    if files.is_empty() {
        let message = "no .ron file is directly in this folder".to_owned();
        return Err(at(
            path,
            Diagnostic::new(Code::NoGraphFiles, message).hint("sub-folders are graphs of their own"),
        ));
    }
    files.sort();
    Ok(files)
}

/// The text of one file; a byte order mark is stripped.
pub(crate) fn text(file: &Path, folder: Option<&Path>, limits: &Limits) -> Result<String, Box<Unread>> {
    let real = file.canonicalize().map_err(|error| cannot_read(file, error))?;
    if let Some(folder) = folder {
        let folder = folder.canonicalize().map_err(|error| cannot_read(folder, error))?;
        if !real.starts_with(&folder) {
            return Err(not_regular(file, "it leads out of the folder"));
        }
    }
    let metadata = fs::metadata(&real).map_err(|error| cannot_read(file, error))?;
    if !metadata.is_file() {
        return Err(not_regular(file, "it is not a regular file"));
    }
    let open = fs::File::open(&real).map_err(|error| cannot_read(file, error))?;
    let most = most_bytes(limits);
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or(0) + 1);
    let read = open.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| cannot_read(file, error))?;
    within(file, bytes.len() as u64, limits)?;
    decode(file, bytes)
}

/// Whether a file of so many bytes may be read.
pub(crate) fn within(file: &Path, bytes: u64, limits: &Limits) -> Result<(), Box<Unread>> {
    let most = most_bytes(limits);
    if bytes > most {
        let message = format!("the file is larger than {most} bytes");
        return Err(at(file, Diagnostic::new(Code::FileTooLarge, message)));
    }
    Ok(())
}

/// Places in a file are numbers of 32 bits: no limit can allow more.
fn most_bytes(limits: &Limits) -> u64 {
    limits.file_bytes.min(u64::from(u32::MAX))
}

pub(super) fn decode(file: &Path, bytes: Vec<u8>) -> Result<String, Box<Unread>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let start = u32::try_from(valid).unwrap_or(u32::MAX);
            let text = Text::new(file, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let mut diagnostic = Diagnostic::new(Code::NotUtf8, "the file is not UTF-8 text")
                .hint("save it as UTF-8; nothing of it was read");
            diagnostic.at = Some(text.location(Span { start, end: start }, None));
            Err(Box::new(Unread { diagnostic, cause: None }))
        }
    }
}

fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

pub(super) fn cannot_read(path: &Path, error: std::io::Error) -> Box<Unread> {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    let message = format!("cannot read `{}`: {reason}", printable(path));
    let mut unread = at(path, Diagnostic::new(Code::CannotRead, message));
    unread.cause = Some(error);
    unread
}

pub(super) fn not_regular(path: &Path, reason: &str) -> Box<Unread> {
    at(path, Diagnostic::new(Code::NotRegular, format!("will not read `{}`: {reason}", printable(path))))
}

/// A problem of a whole file.
pub(super) fn at(path: &Path, mut diagnostic: Diagnostic) -> Box<Unread> {
    diagnostic.at = Some(Location {
        file: path.to_owned(),
        line: 1,
        column: 1,
        width: 1,
        source_line: String::new(),
        skipped: 0,
        label: None,
    });
    Box::new(Unread { diagnostic, cause: None })
}
