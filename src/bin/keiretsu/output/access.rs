//! File permissions, on systems that have them and on others.

pub(super) use system::{copy, create, is_own, is_trusted, open_to_write};

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
    use std::path::Path;

    use rustix::fs::OFlags;
    use rustix::process::geteuid;

    /// The permission bits of owner, group and others, without the set-id and sticky bits.
    const RIGHTS: u32 = 0o777;
    const GROUP: u32 = 0o070;

    /// Copies owner, group and mode from an old file to a new one, as far as allowed.
    ///
    /// If the group cannot be kept, the new group gets no more permissions than others.
    pub(in super::super) fn copy(old: &Metadata, new: &File) -> io::Result<()> {
        let made = new.metadata()?;
        let mut mode = old.mode() & RIGHTS;
        if made.uid() != old.uid() {
            // Only the administrator may give files away; other users keep what they have written.
            let _ = fchown(new, Some(old.uid()), None);
        }
        if made.gid() != old.gid() && fchown(new, None, Some(old.gid())).is_err() {
            mode &= !GROUP | (mode << 3);
        }
        new.set_permissions(Permissions::from_mode(mode))
    }

    /// Creates a new file; readable for all if `for_all` and the umask allows it, otherwise only for its owner.
    pub(in super::super) fn create(path: &Path, for_all: bool) -> io::Result<File> {
        let mode = if for_all { 0o666 } else { 0o600 };
        OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
    }

    /// Opens a file without following a link and without blocking.
    pub(in super::super) fn open_to_write(path: &Path) -> io::Result<File> {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        OpenOptions::new().write(true).custom_flags(flags.bits().cast_signed()).open(path)
    }

    /// Whether the current user owns it.
    pub(in super::super) fn is_own(metadata: &Metadata) -> bool {
        metadata.uid() == geteuid().as_raw()
    }

    /// Whether the current user or the administrator owns it; the latter may do anything anyway.
    pub(in super::super) fn is_trusted(metadata: &Metadata) -> bool {
        is_own(metadata) || metadata.uid() == 0
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub(in super::super) fn copy(old: &Metadata, new: &File) -> io::Result<()> {
        new.set_permissions(old.permissions())
    }

    pub(in super::super) fn create(path: &Path, _for_all: bool) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    pub(in super::super) fn open_to_write(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).open(path)
    }

    pub(in super::super) fn is_own(_: &Metadata) -> bool {
        true
    }

    pub(in super::super) fn is_trusted(_: &Metadata) -> bool {
        true
    }
}
