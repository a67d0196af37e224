//! Copying an embedded database as it is at one moment, while others write.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use super::connection::Conn;
use super::db::Db;
use super::error::DbError;
use super::file::{address, beside};

/// Why no backup was made. Nothing is left of an attempt.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is not an embedded one: its server has tools of its own.
    #[error("a PostgreSQL database is copied by its own tools: `pg_dump --format=custom`")]
    Server,
    /// There is a file already, and it was not to be replaced.
    #[error("{0} is there already")]
    Exists(PathBuf),
    /// The file is the database itself.
    #[error("{0} is the database itself")]
    Itself(PathBuf),
    /// The copy does not hold together: the disk, or the database, is damaged.
    #[error("the copy does not hold together: {0}")]
    Damaged(String),
    /// The file could not be written.
    #[error("{file} cannot be written: {source}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The database did not do it.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Db {
    /// Writes the database to a file, as it is at one moment: writes go on meanwhile, and are in
    /// the copy whole or not at all. The file is there whole or not at all too, and only its
    /// owner may read it, since it holds what the database does.
    pub fn backup(&self, to: &Path, replace: bool) -> Result<(), BackupError> {
        let Some(database) = self.url().path() else {
            return Err(BackupError::Server);
        };
        let unwritable = |source| BackupError::File {
            file: to.to_owned(),
            source,
        };
        let to = std::path::absolute(to).map_err(unwritable)?;
        if same_file(&to, database) {
            return Err(BackupError::Itself(to));
        }
        if !replace && to.try_exists().map_err(unwritable)? {
            return Err(BackupError::Exists(to));
        }
        let part = beside(&to, ".part");
        let written = self
            .copy_to(&part, unwritable)
            .and_then(|()| put_in_place(&part, &to).map_err(unwritable));
        if written.is_err() {
            // What is half written is of no use; where it cannot be removed, its name says so.
            let _removed = fs::remove_file(&part);
        }
        written
    }

    fn copy_to(
        &self,
        part: &Path,
        unwritable: impl Fn(io::Error) -> BackupError,
    ) -> Result<(), BackupError> {
        remove(part)
            .and_then(|()| private(part))
            .map_err(unwritable)?;
        // Outside any transaction, as SQLite wants it; it reads one state of the database.
        match &mut *self.connection()? {
            Conn::Sqlite(conn) => {
                conn.batch_execute("PRAGMA query_only = OFF")
                    .map_err(DbError::from)?;
                sql_query("VACUUM INTO ?")
                    .bind::<Text, _>(part.to_string_lossy().into_owned())
                    .execute(conn)
                    .map_err(DbError::from)?;
            }
            Conn::Postgres(_) => return Err(BackupError::Server),
        }
        match faults(part) {
            Ok(faults) if faults.is_empty() => Ok(()),
            Ok(faults) => Err(BackupError::Damaged(faults.join("; "))),
            Err(error) => Err(BackupError::Damaged(error)),
        }
    }
}

/// What does not hold together in a database that nobody uses: its pages, its constraints, its
/// references.
pub(super) fn faults(path: &Path) -> Result<Vec<String>, String> {
    let mut conn =
        SqliteConnection::establish(&address(path)).map_err(|error| error.to_string())?;
    faults_of(&mut conn).map_err(|error| error.to_string())
}

/// The same of an open database.
pub(super) fn faults_of(conn: &mut SqliteConnection) -> diesel::QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let pages = "SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 20";
    let references = "SELECT \"table\" || ' refers to a missing row of ' || parent AS line \
                      FROM pragma_foreign_key_check LIMIT 20";
    let mut lines: Vec<Line> = sql_query(pages).load(conn)?;
    lines.retain(|fault| fault.line != "ok");
    lines.extend(sql_query(references).load::<Line>(conn)?);
    Ok(lines.into_iter().map(|fault| fault.line).collect())
}

/// Whether two paths lead to the same file.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|path| Some(path) == real(other))
}

/// Removes a file that may not be there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes an empty file that its owner alone may read.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Gives a whole file its name, in place of any other; after a power cut it is the one or the
/// other.
pub(super) fn put_in_place(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    match to.parent() {
        Some(folder) if cfg!(unix) && !folder.as_os_str().is_empty() => {
            File::open(folder)?.sync_all()
        }
        _ => Ok(()),
    }
}
