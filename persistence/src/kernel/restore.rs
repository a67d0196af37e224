//! Putting a backup in the place of an embedded database.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use super::backup::{faults_of, private, put_in_place, remove, same_file};
use super::connection::{Conn, Manager};
use super::db::{Door, Options, transaction};
use super::error::{DbError, OpenError};
use super::file::{beside, hold};
use super::url::DatabaseUrl;
use super::{meta, migrations};
use crate::changes;

/// What tells the restored database from the one whose changes it forgets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMarks<'a> {
    /// The key of `meta` under which an installation keeps its mark.
    pub key: &'a str,
    /// The mark itself.
    pub mark: &'a str,
    /// A number above any that the log has given: the last change of the backup takes it, or a
    /// higher one where that is not enough.
    pub sequence: i64,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The number of the last change, before and after.
    pub position: (i64, i64),
    /// The migrations that were applied.
    pub migrated: Vec<String>,
}

/// Why nothing was restored. The database is what it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The database is not an embedded one: its server has tools of its own.
    #[error("a PostgreSQL database is restored by its own tools: `pg_restore`")]
    Server,
    /// Another process uses the database.
    #[error("the database {0} is in use, by a server or by another command")]
    InUse(PathBuf),
    /// There is a database already, and it was not to be replaced.
    #[error("there is a database at {0} already")]
    Exists(PathBuf),
    /// The backup is the database itself.
    #[error("{0} is the database itself")]
    Itself(PathBuf),
    /// The file is a database that a process uses, or used until it was killed.
    #[error("{0} is no backup, but a database with a `-wal` file beside it")]
    Live(PathBuf),
    /// The file does not hold together, or holds something else.
    #[error("{file} is no backup that can be restored: {what}")]
    Unfit {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The backup was made by a later version.
    #[error("the backup was made by a later version, which knows {}", .0.join(", "))]
    Later(Vec<String>),
    /// The database that is there cannot be read, so that its `-wal` file cannot be folded into
    /// it.
    #[error("the database at {file} cannot be closed properly: {what}")]
    Unreadable {
        /// The database.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A file could not be written or looked at.
    #[error("{file} cannot be used: {source}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
}

/// Puts a backup in the place of the database at `url`, which nobody may use meanwhile.
///
/// The copy is checked, brought to this version's schema and given its marks before it takes
/// the name of the database, in one step: a process that is killed leaves the old one or the new.
pub fn restore(
    url: &DatabaseUrl,
    from: &Path,
    replace: bool,
    marks: &NewMarks<'_>,
) -> Result<Restored, RestoreError> {
    let Some(database) = url.path() else {
        return Err(RestoreError::Server);
    };
    check_backup(from, database)?;
    if let Some(folder) = database.parent() {
        fs::create_dir_all(folder).map_err(unusable(folder))?;
    }
    let held = hold(database).map_err(unusable(database))?;
    let Some(_held) = held else {
        return Err(RestoreError::InUse(database.to_owned()));
    };
    if !replace && database.exists() {
        return Err(RestoreError::Exists(database.to_owned()));
    }
    let part = beside(database, ".restoring");
    let outcome = prepare(from, &part, marks).and_then(|restored| {
        close(database)?;
        put_in_place(&part, database).map_err(unusable(database))?;
        Ok(restored)
    });
    // What a killed process left, this one or one before, is of no use.
    let _removed = remove_all(&part);
    outcome
}

fn unusable(file: &Path) -> impl FnOnce(io::Error) -> RestoreError {
    |source| RestoreError::File {
        file: file.to_owned(),
        source,
    }
}

fn check_backup(from: &Path, database: &Path) -> Result<(), RestoreError> {
    fs::metadata(from).map_err(unusable(from))?;
    if same_file(from, database) {
        return Err(RestoreError::Itself(from.to_owned()));
    }
    let log = fs::metadata(beside(from, "-wal"));
    if log.is_ok_and(|log| log.len() > 0) {
        return Err(RestoreError::Live(from.to_owned()));
    }
    Ok(())
}

/// Copies the backup beside the database, checks it there and makes it ready.
fn prepare(from: &Path, part: &Path, marks: &NewMarks<'_>) -> Result<Restored, RestoreError> {
    let copied = remove_all(part).and_then(|()| {
        let mut copy = private(part)?;
        io::copy(&mut File::open(from)?, &mut copy).map(drop)
    });
    copied.map_err(unusable(part))?;
    let unfit = |what: String| RestoreError::Unfit {
        file: from.to_owned(),
        what,
    };
    let mut conn = open(part).map_err(unfit)?;
    let restored = transaction(&mut conn, Door::Write, |conn| ready(conn, marks));
    let restored = restored.map_err(|stop| match stop {
        Stop::Unfit(what) => unfit(what),
        Stop::Later(unknown) => RestoreError::Later(unknown),
    })?;
    leave_wal(&mut conn).map_err(unfit)?;
    Ok(restored)
}

/// Why a copy is not made ready.
enum Stop {
    Unfit(String),
    Later(Vec<String>),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Unfit(error.to_string())
    }
}

fn ready(conn: &mut Conn, marks: &NewMarks<'_>) -> Result<Restored, Stop> {
    let faults = match conn {
        Conn::Sqlite(conn) => faults_of(conn).map_err(DbError::from)?,
        Conn::Postgres(_) => Vec::new(),
    };
    if !faults.is_empty() {
        return Err(Stop::Unfit(faults.join("; ")));
    }
    let schema = migrations::compare(conn)?;
    if !schema.begun {
        return Err(Stop::Unfit("it has no schema of this platform".to_owned()));
    }
    if !schema.unknown.is_empty() {
        return Err(Stop::Later(schema.unknown));
    }
    migrations::apply_missing(conn)?;
    let before = changes::position(conn)?;
    let sequence = marks.sequence.max(before.saturating_add(1));
    changes::renumber_last(conn, sequence)?;
    meta::set(conn, marks.key, marks.mark)?;
    Ok(Restored {
        position: (before, changes::position(conn)?),
        migrated: schema.missing,
    })
}

/// Folds what the database that is there has in its `-wal` file into it, so that this file
/// never meets the database that takes its place.
fn close(database: &Path) -> Result<(), RestoreError> {
    let log = beside(database, "-wal");
    let unreadable = |what: String| RestoreError::Unreadable {
        file: database.to_owned(),
        what,
    };
    if database.exists() {
        let mut conn = open(database).map_err(unreadable)?;
        leave_wal(&mut conn).map_err(unreadable)?;
    }
    if log.exists() {
        let what = format!("{} stays beside it", log.display());
        return Err(unreadable(what));
    }
    Ok(())
}

fn open(path: &Path) -> Result<Conn, String> {
    let url: DatabaseUrl = format!("sqlite://{}", path.display())
        .parse()
        .map_err(|error: super::url::DatabaseUrlError| error.to_string())?;
    let options = Options {
        create: false,
        ..Options::default()
    };
    let manager = Manager::held(url, options).map_err(|error: OpenError| error.to_string())?;
    manager.connect().map_err(|error| error.to_string())
}

/// Leaves a database in one file.
fn leave_wal(conn: &mut Conn) -> Result<(), String> {
    #[derive(QueryableByName)]
    struct Mode {
        #[diesel(sql_type = Text)]
        journal_mode: String,
    }
    let Conn::Sqlite(conn) = conn else {
        return Ok(());
    };
    let left = |conn: &mut SqliteConnection| {
        conn.batch_execute("PRAGMA query_only = OFF")?;
        sql_query("PRAGMA journal_mode = DELETE").get_result::<Mode>(conn)
    };
    match left(conn) {
        Ok(mode) if mode.journal_mode == "delete" => Ok(()),
        Ok(mode) => Err(format!(
            "its journal stays in the mode {}",
            mode.journal_mode
        )),
        Err(error) => Err(error.to_string()),
    }
}

fn remove_all(part: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        remove(&beside(part, suffix))?;
    }
    Ok(())
}
