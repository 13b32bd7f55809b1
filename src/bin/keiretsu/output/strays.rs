//! Temporary files, and those left behind by killed processes.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::access;

const START: &str = ".keiretsu-";
const END: &str = ".tmp";

/// Enough letters and digits to be unpredictable.
const LETTERS: usize = 16;

/// The most folder entries looked through.
const MOST_LOOKED_AT: usize = 10_000;

/// A file not yet in its place; deleted when dropped.
pub(super) type Unplaced = NamedTempFile;

/// Creates a file in this folder, locked while it is open.
pub(super) fn create(folder: &Path, for_all: bool) -> io::Result<Unplaced> {
    let make = |path: &Path| {
        let file = access::create(path, for_all)?;
        // Without locks there is no sweeping either.
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(taken()),
            _ if is_swept(path) => Err(taken()),
            _ => Ok(file),
        }
    };
    Builder::new().prefix(START).suffix(END).rand_bytes(LETTERS).make_in(folder, make)
}

/// Makes the caller try another name.
fn taken() -> io::Error {
    io::ErrorKind::AlreadyExists.into()
}

/// Whether another process took the file for a leftover before it was locked.
fn is_swept(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err()
}

/// Deletes files in a folder that a killed process of the same user left behind: nobody holds their lock.
pub(super) fn sweep(folder: &Path) {
    // What cannot be read or deleted stays: it does no harm.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.take(MOST_LOOKED_AT).flatten().filter(|entry| is_ours(&entry.file_name())) {
        let is_own = |path: &Path| {
            fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file() && access::is_own(&metadata))
        };
        let path = entry.path();
        let lock = |file: File| file.try_lock().is_ok().then_some(file);
        if is_own(&path)
            && let Some(_locked) = access::open_to_write(&path).ok().and_then(lock)
        {
            let _ = fs::remove_file(&path);
        }
    }
}

fn is_ours(name: &OsStr) -> bool {
    let letters = name.to_str().and_then(|name| name.strip_prefix(START)?.strip_suffix(END));
    letters
        .is_some_and(|letters| letters.len() == LETTERS && letters.bytes().all(|c| c.is_ascii_alphanumeric()))
}
