//! Files that are written whole or not at all.

use std::path::Path;

/// Writes beside the file and then puts it in its place, so that the old file is whole until the new one is.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is kept: what it leads to is written.
    let is_link = std::fs::symlink_metadata(file).is_ok_and(|metadata| metadata.is_symlink());
    let target = match file.canonicalize() {
        Err(error) if is_link => {
            return Err(std::io::Error::new(
                error.kind(),
                format!("it is a link that leads nowhere ({error})"),
            ));
        }
        found => found.unwrap_or_else(|_| file.to_owned()),
    };
    let old = std::fs::metadata(&target);
    match &old {
        Ok(metadata) if !metadata.is_file() => {
            return Err(std::io::Error::other("it is not a regular file"));
        }
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        _ => {}
    }
    // Of its own length, since the name may be as long as names can be.
    let beside = target.with_file_name(format!(".keiretsu-{}.tmp", std::process::id()));
    let written = std::fs::File::create(&beside).and_then(|mut out| {
        std::io::Write::write_all(&mut out, bytes)?;
        if let Ok(old) = &old {
            // Who could not read the old file cannot read the new one.
            out.set_permissions(old.permissions())?;
        }
        out.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&beside, &target));
    if moved.is_err() {
        // It may not even have been made; there is nothing more to do about it.
        let _ = std::fs::remove_file(&beside);
    }
    moved
}
