//! What can go wrong: the database is away, a query is wrong, a row no longer fits.

use std::fmt::Display;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::url::DatabaseUrlError;

/// Why a transaction gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database is away, or too busy to answer in time; trying again later may succeed.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// The database refused a query: a fault of ours, worth a line in the log.
    #[error("a query was refused: {0}")]
    Query(#[source] DieselError),
    /// A row no longer fits the domain: somebody wrote to the database behind our back, or a
    /// migration forgot it.
    #[error("the row {id} of the table {table} does not fit the domain: {what}")]
    Inconsistent {
        /// The table of the row.
        table: &'static str,
        /// The key of the row.
        id: String,
        /// What the domain said of it.
        what: String,
    },
    /// A migration failed; the schema is what it was before.
    #[error("a migration failed: {0}")]
    Migration(String),
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address was not understood.
    #[error(transparent)]
    Url(#[from] DatabaseUrlError),
    /// The address insists on TLS, which this executable was built without.
    #[error("`sslmode={0}` asks for TLS, which this build has not: build with the feature `tls`")]
    TlsNotBuilt(String),
    /// The SQLite file does not exist, and was not to be made.
    #[error("there is no database at {0}")]
    Missing(String),
    /// The folder of a SQLite file could not be created.
    #[error("the folder {folder} could not be created: {source}")]
    Folder {
        /// The folder that is missing.
        folder: String,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The SQLite file, or the one beside it that says it is used, could not be made or looked at.
    #[error("the file {file} cannot be used: {source}")]
    File {
        /// The file of the database.
        file: String,
        /// What the system answered.
        source: std::io::Error,
    },
    /// Another process is putting another database in the place of this one.
    #[error("the database at {0} is being restored")]
    BeingReplaced(String),
    /// The database did not answer, or refused the connection.
    #[error("the database at {url} could not be opened: {reason}")]
    Unavailable {
        /// Its address, without the password.
        url: String,
        /// What the driver answered.
        reason: String,
    },
}

/// What a writing function answers when it did not write: the rule that refused, or the
/// database.
#[derive(Debug, thiserror::Error)]
pub enum RepoError<E> {
    /// A rule refused the write.
    #[error("{0}")]
    Refused(E),
    /// The database did not do it.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl<E> From<DieselError> for RepoError<E> {
    fn from(error: DieselError) -> Self {
        Self::Db(error.into())
    }
}

impl DbError {
    /// A row that no longer fits the domain.
    pub(crate) fn inconsistent(table: &'static str, id: impl Display, what: impl Display) -> Self {
        Self::Inconsistent {
            table,
            id: id.to_string(),
            what: what.to_string(),
        }
    }
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> Self {
        if is_unavailability(&error) {
            Self::Unavailable(error.to_string())
        } else {
            Self::Query(error)
        }
    }
}

/// Messages of both engines that mean "later", not "never". They come without a code of their
/// own through diesel, so they are known by their English text, which both engines use when
/// `lc_messages` is left alone; unknown ones are [`DbError::Query`].
const LATER: [&str; 8] = [
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "canceling statement due to",
    "terminating connection due to",
    "the database system is",
    "server closed the connection unexpectedly",
];

fn is_unavailability(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
        | DieselError::BrokenTransactionManager => true,
        DieselError::DatabaseError(_, information) => LATER
            .iter()
            .any(|text| information.message().contains(text)),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_unavailability(commit_error),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database_error(kind: DatabaseErrorKind, message: &str) -> DbError {
        DieselError::DatabaseError(kind, Box::new(message.to_owned())).into()
    }

    #[test]
    fn a_lost_connection_and_a_busy_database_are_unavailability() {
        for (kind, message) in [
            (DatabaseErrorKind::ClosedConnection, "anything"),
            (DatabaseErrorKind::Unknown, "database is locked"),
            (
                DatabaseErrorKind::Unknown,
                "canceling statement due to statement timeout",
            ),
            (
                DatabaseErrorKind::Unknown,
                "terminating connection due to administrator command",
            ),
        ] {
            let error = database_error(kind, message);
            assert!(
                matches!(error, DbError::Unavailable(_)),
                "{message}: {error:?}"
            );
        }
    }

    #[test]
    fn a_wrong_query_is_not_unavailability() {
        let error = database_error(DatabaseErrorKind::Unknown, "no such table: partners");
        assert!(matches!(error, DbError::Query(_)), "{error:?}");
        assert!(matches!(
            DbError::from(DieselError::NotFound),
            DbError::Query(_)
        ));
    }
}
