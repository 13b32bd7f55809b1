//! Atomic file writing: a file is written completely or not at all.
//!
//! The content goes into a temporary file next to the one it will replace, newly created under an unpredictable name.
//! It gets the mode of the old file before any content, and replaces the old file once it is complete and on disk: at
//! any time, even after a crash, there is either the old file or the new one.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::strays::Unplaced;
use super::{access, strays};
use crate::failure::{Failure, exit};

/// The most links followed, as in kernels.
const MOST_LINKS: usize = 40;

/// A file being written. If it is dropped before [`put`], it is deleted and the old one stays.
pub(crate) struct NewFile {
    /// As given.
    path: PathBuf,
    /// The file to replace, with all links resolved.
    target: PathBuf,
    file: Unplaced,
}

impl NewFile {
    fn begin(path: &Path) -> io::Result<Self> {
        let target = behind_links(path)?;
        let old = old_file(&target)?;
        let folder = folder_of(&target);
        strays::sweep(folder);
        let file = strays::create(folder, old.is_none())?;
        if let Some(old) = &old {
            access::copy(old, file.as_file())?;
        }
        Ok(Self { path: path.to_owned(), target, file })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// Begins a file, or explains why it cannot be written.
pub(crate) fn begin(path: &Path) -> Result<NewFile, Failure> {
    NewFile::begin(path).map_err(|error| cannot_write(path, &error))
}

/// Moves files into place one by one, after all of them are complete and on disk.
pub(crate) fn put(files: impl IntoIterator<Item = NewFile>) -> Result<(), Failure> {
    let files: Vec<NewFile> = files.into_iter().collect();
    for file in &files {
        file.file.as_file().sync_all().map_err(|error| cannot_write(&file.path, &error))?;
    }
    let mut done = Vec::new();
    for NewFile { path, target, file } in files {
        let moved = file.persist(&target).map_err(|error| error.error);
        let kept = moved.and_then(|_| keep_name(folder_of(&target)));
        kept.map_err(|error| cannot_write(&path, &error).hint(already(&done)))?;
        done.push(path);
    }
    Ok(())
}

/// Writes a file.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = begin(path)?;
    file.write_all(bytes).map_err(|error| cannot_write(path, &error))?;
    put([file])
}

/// The failure for a file that cannot be written.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::new(exit::INPUT_OUTPUT, format!("cannot write `{}`: {error}", path.display()))
}

fn already(done: &[PathBuf]) -> Option<String> {
    let names: Vec<String> = done.iter().map(|path| format!("`{}`", path.display())).collect();
    (!names.is_empty()).then(|| format!("{} has already been replaced", names.join(", ")))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a path leads to. Links are kept, and their target is replaced, in its own folder; but only links owned by the
/// current user are followed: in a shared folder, those of others could lead anywhere.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for followed in 0..MOST_LINKS {
        let link = match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => metadata,
            Ok(_) => return Ok(target),
            Err(error) if error.kind() == ErrorKind::NotFound && followed == 0 => return Ok(target),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(io::Error::new(error.kind(), "it is a link to a missing file"));
            }
            Err(error) => return Err(error),
        };
        if !access::is_trusted(&link) {
            return Err(io::Error::new(
                ErrorKind::PermissionDenied,
                "it is a link owned by another user: name its target instead",
            ));
        }
        target = folder_of(&target).join(fs::read_link(&target)?);
    }
    Err(io::Error::other("it is a link in a cycle of links"))
}

/// The existing file, if it may be replaced.
fn old_file(target: &Path) -> io::Result<Option<Metadata>> {
    let old = match fs::symlink_metadata(target) {
        Ok(old) => old,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !old.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    if old.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
    }
    // Replacing a file needs permissions for its folder only, so permission to write the file itself is checked
    // separately.
    access::open_to_write(target)?;
    Ok(Some(old))
}

/// Makes a new name in a folder durable.
fn keep_name(folder: &Path) -> io::Result<()> {
    // A folder without read permission cannot be opened, and some systems cannot sync folders.
    let Ok(folder) = File::open(folder) else { return Ok(()) };
    match folder.sync_all() {
        Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Err(error),
        _ => Ok(()),
    }
}
