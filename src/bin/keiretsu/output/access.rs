//! Who may do what with a file, on systems that say it and on others.

pub(super) use system::{copy, create, is_own, is_trusted, open_to_write};

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
    use std::path::Path;

    use rustix::fs::OFlags;
    use rustix::process::geteuid;

    /// What everybody may do, the group, and the owner; not what the bits above say of programs.
    const RIGHTS: u32 = 0o777;
    const GROUP: u32 = 0o070;

    /// Gives a new file the owner, the group and the mode of an old one, as far as that is allowed.
    ///
    /// What goes to another group than before gives this one no more than everybody has.
    pub(in super::super) fn copy(old: &Metadata, new: &File) -> io::Result<()> {
        let made = new.metadata()?;
        let mut mode = old.mode() & RIGHTS;
        if made.uid() != old.uid() {
            // Only the administrator may give files away; others keep what they have written.
            let _ = fchown(new, Some(old.uid()), None);
        }
        if made.gid() != old.gid() && fchown(new, None, Some(old.gid())).is_err() {
            mode &= !GROUP | (mode << 3);
        }
        new.set_permissions(Permissions::from_mode(mode))
    }

    /// Makes a file that was not there; for all if so wished and the process has no other mask, else for its owner alone.
    pub(in super::super) fn create(path: &Path, for_all: bool) -> io::Result<File> {
        let mode = if for_all { 0o666 } else { 0o600 };
        OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
    }

    /// Opens a file, and neither follows a link nor waits for anybody.
    pub(in super::super) fn open_to_write(path: &Path) -> io::Result<File> {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        OpenOptions::new().write(true).custom_flags(flags.bits().cast_signed()).open(path)
    }

    /// Whether it belongs to who runs the program.
    pub(in super::super) fn is_own(metadata: &Metadata) -> bool {
        metadata.uid() == geteuid().as_raw()
    }

    /// Whether it belongs to who runs the program, or to the administrator, who may do anything anyway.
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
