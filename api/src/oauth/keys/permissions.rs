//! Who may read a file of private keys, where the system tells.

#[cfg(unix)]
pub(super) use unix::{exposed, keep_owner, only_for_its_owner, same};

#[cfg(not(unix))]
pub(super) use elsewhere::{exposed, keep_owner, only_for_its_owner, same};

#[cfg(unix)]
mod unix {
    use std::{
        fs::{File, Metadata, OpenOptions},
        io,
        os::unix::fs::{MetadataExt, OpenOptionsExt, fchown},
    };

    /// How a new file is made: for its owner alone.
    pub(crate) fn only_for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    /// Why too many may read the file, or write it. Whom `root` gives it to as a group may read
    /// it too: this is how secrets are handed to a container.
    pub(crate) fn exposed(file: &Metadata) -> Option<String> {
        let mode = file.mode() & 0o777;
        let allowed = if file.uid() == 0 { 0o740 } else { 0o700 };
        (mode & !allowed != 0).then(|| {
            format!(
                "its permissions are {mode:04o}, and nobody but its owner may read it (chmod 600)"
            )
        })
    }

    /// Gives a file the owner and the permissions of the one it takes the place of.
    pub(crate) fn keep_owner(file: &File, like: &Metadata) -> io::Result<()> {
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
            fchown(file, Some(like.uid()), Some(like.gid()))?;
        }
        file.set_permissions(like.permissions())
    }

    /// Whether both are one file.
    pub(crate) fn same(a: &Metadata, b: &Metadata) -> bool {
        (a.dev(), a.ino()) == (b.dev(), b.ino())
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::{
        fs::{File, Metadata, OpenOptions},
        io,
    };

    pub(crate) fn only_for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(crate) fn exposed(_: &Metadata) -> Option<String> {
        None
    }

    pub(crate) fn keep_owner(file: &File, like: &Metadata) -> io::Result<()> {
        file.set_permissions(like.permissions())
    }

    pub(crate) fn same(_: &Metadata, _: &Metadata) -> bool {
        true
    }
}
