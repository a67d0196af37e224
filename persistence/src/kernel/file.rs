//! The file of an embedded database: made once, held while it is used, and known again.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::OpenError;

/// A SQLite file that this process uses.
///
/// A process that replaces the file waits for nobody: it is refused while this value lives, in
/// whatever process, even one that was killed a moment ago. A file that was moved or replaced
/// all the same is noticed before the next transaction, which would be written where nobody
/// looks any more.
#[derive(Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
    /// Locked as long as it is open, unless the process holds the database by other means; the
    /// system unlocks it when the process ends.
    _use: Option<File>,
}

impl DatabaseFile {
    /// Takes the file in use; one that is missing is made, with its folder, when `create` says
    /// so.
    pub(super) fn open(path: &Path, create: bool) -> Result<Self, OpenError> {
        if !create && !path.is_file() {
            return Err(OpenError::Missing(path.display().to_string()));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| OpenError::Folder {
                folder: folder.display().to_string(),
                source,
            })?;
        }
        let lock = lock_file(path).and_then(|lock| match lock.try_lock_shared() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        });
        let unusable = |source| OpenError::File {
            file: path.display().to_string(),
            source,
        };
        let Some(lock) = lock.map_err(unusable)? else {
            return Err(OpenError::BeingReplaced(path.display().to_string()));
        };
        if create {
            make(path).map_err(unusable)?;
        }
        Ok(Self {
            identity: Identity::of(path).map_err(unusable)?,
            path: path.to_owned(),
            _use: Some(lock),
        })
    }

    /// A file that is there, and that this process holds alone (see [`hold`]).
    pub(super) fn held(path: &Path) -> Result<Self, OpenError> {
        let identity = Identity::of(path).map_err(|source| OpenError::File {
            file: path.display().to_string(),
            source,
        })?;
        Ok(Self {
            identity,
            path: path.to_owned(),
            _use: None,
        })
    }

    /// What SQLite is told to open: never a file that it would have to make.
    pub(super) fn address(&self) -> String {
        address(&self.path)
    }

    /// Makes sure that the path still leads to the file that was opened; otherwise says what is
    /// wrong with it.
    pub(super) fn check(&self) -> Result<(), String> {
        let path = self.path.display();
        match Identity::of(&self.path) {
            Ok(identity) if identity == self.identity => Ok(()),
            Ok(_) => Err(format!("another file was put in the place of {path}")),
            Err(error) => Err(format!("{path} is gone: {error}")),
        }
    }
}

/// Holds a database for one process alone; `None` while another uses it.
pub(crate) fn hold(path: &Path) -> io::Result<Option<File>> {
    let lock = lock_file(path)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The address of a file that SQLite opens and does not make.
pub(super) fn address(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for character in path.to_string_lossy().chars() {
        match character {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            other => address.push(other),
        }
    }
    address.push_str("?mode=rw");
    address
}

/// The path of a file beside the database: `atigip.db-lock`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// The file whose lock says that a database is used. It is not the database itself, whose locks
/// belong to SQLite, and it is never removed: whoever holds it open would hold nothing.
fn lock_file(path: &Path) -> io::Result<File> {
    let options = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .clone();
    options.open(beside(path, "-lock"))
}

/// An empty file is an empty database. One that is there is not opened: closing it again would
/// take away the locks that SQLite may hold on it in this process.
fn make(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// What tells a file from any other, whatever its name.
#[derive(Debug, PartialEq, Eq)]
struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    fn of(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs::metadata(path)?;
        Ok(Self(metadata.dev(), metadata.ino()))
    }

    /// Elsewhere an open file can be neither moved nor replaced.
    #[cfg(not(unix))]
    fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|_| Self(0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_signs_of_its_own_stays_a_path() {
        let odd = address(Path::new("/a b/50%?x#y.db"));
        assert_eq!(odd, "file:/a b/50%25%3fx%23y.db?mode=rw");
    }

    #[test]
    fn many_may_use_a_database_and_one_may_hold_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        assert!(matches!(
            DatabaseFile::open(&path, false),
            Err(OpenError::Missing(_))
        ));
        let first = DatabaseFile::open(&path, true).unwrap();
        let second = DatabaseFile::open(&path, true).unwrap();
        assert!(hold(&path).unwrap().is_none());
        drop((first, second));
        let held = hold(&path).unwrap();
        assert!(held.is_some());
        assert!(matches!(
            DatabaseFile::open(&path, true),
            Err(OpenError::BeingReplaced(_))
        ));
    }

    #[test]
    fn a_file_that_was_moved_or_replaced_is_noticed_until_it_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let (path, away) = (folder.path().join("x.db"), folder.path().join("away"));
        let file = DatabaseFile::open(&path, true).unwrap();
        assert_eq!(file.check(), Ok(()));
        fs::rename(&path, &away).unwrap();
        assert!(file.check().unwrap_err().contains("is gone"));
        fs::write(&path, "another").unwrap();
        assert!(file.check().unwrap_err().contains("another file"));
        fs::rename(&away, &path).unwrap();
        assert_eq!(file.check(), Ok(()));
    }
}
