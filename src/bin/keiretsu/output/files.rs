//! Files that are written whole or not at all.

use std::path::Path;

/// Writes beside the file and then puts it in its place, so that the old file is whole until the new one is.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is kept: what it leads to is written.
    let target = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    match std::fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => {
            return Err(std::io::Error::other("it is not a regular file"));
        }
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        _ => {}
    }
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::File::create(&beside).and_then(|mut out| {
        std::io::Write::write_all(&mut out, bytes)?;
        out.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&beside, &target));
    if moved.is_err() {
        // It may not even have been made; there is nothing more to do about it.
        let _ = std::fs::remove_file(&beside);
    }
    moved
}
