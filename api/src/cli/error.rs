//! Why a command failed, in a sentence, and what to do about it.

use std::{fmt::Write as _, io, path::PathBuf};

use data::DataError;
use domain::clients::ChanceError;
use persistence::{BackupError, DatabaseUrlError, DbError, OpenError, RestoreError};

use crate::oauth::keys::KeysError;

/// The most refusals of a file that are shown; the others are counted.
const MOST_SHOWN: usize = 100;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A setting cannot be used.
    #[error("{0}")]
    Settings(String),
    /// The address of the database was not understood.
    #[error("--database-url (DATABASE_URL): {0}")]
    Url(#[from] DatabaseUrlError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database did not do what was asked.
    #[error(transparent)]
    Database(#[from] DbError),
    /// No backup was made.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// Nothing was restored.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The schema of the database is not the one this executable knows.
    #[error("the database lacks {} migration(s): {}", .0.len(), .0.join(", "))]
    NotMigrated(Vec<String>),
    /// The database holds fictitious parts or clients, and nobody asked for a demonstration.
    #[error("the database holds fictitious parts or clients, made for demonstration")]
    DemoPresent,
    /// A client cannot be what was asked; each reason in a sentence.
    #[error("the client is refused: {}", .0.join("; "))]
    Client(Vec<String>),
    /// The machine gave no random bits for a secret.
    #[error(transparent)]
    Chance(#[from] ChanceError),
    /// The signing keys cannot be used or changed.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The embedded reference tables do not fit the domain.
    #[error("the reference tables of this executable are wrong: {0}")]
    Reference(&'static DataError),
    /// Something fictitious does not fit the domain.
    #[error("what is fictitious of {subject} does not fit: {reason}")]
    Demo {
        /// The establishment, by its slug, or the partner.
        subject: String,
        /// What the domain said.
        reason: String,
    },
    /// A file cannot be read.
    #[error("{path} cannot be read: {cause}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system, or the reader of its format, said.
        cause: String,
    },
    /// A file cannot be written.
    #[error("{path} cannot be written: {cause}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file was read and is refused.
    #[error("{}", refused(.what, .refusals))]
    Refused {
        /// What was being done.
        what: String,
        /// Each refusal, in a sentence that begins with its place.
        refusals: Vec<String>,
    },
    /// Generated files are not what this executable generates.
    #[error("out of date: {}", .0.join(", "))]
    Drift(Vec<String>),
    /// The server, the catalogue or the measures did not start.
    #[error("{0}")]
    Start(String),
    /// What was to be told could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] io::Error),
}

impl CliError {
    /// What to do about it, where that is known.
    #[must_use]
    pub const fn cure(&self) -> Option<&'static str> {
        match self {
            Self::Settings(_) | Self::Url(_) => {
                Some("`atigip check --config` shows every setting and where its value comes from.")
            }
            Self::Open(_) => Some(
                "See that the database runs and that --database-url (DATABASE_URL) names it; \
                 without one, a SQLite file is made in var/.",
            ),
            Self::Database(_) => {
                Some("Nothing was changed. See that the database runs, then do it again.")
            }
            Self::Backup(error) => backup_cure(error),
            Self::Restore(error) => restore_cure(error),
            Self::NotMigrated(_) => Some("Apply them with `atigip migrate`."),
            Self::DemoPresent => Some(
                "Remove them with `atigip demo --clear`, or serve the demonstration with \
                 `atigip serve --demo`.",
            ),
            Self::Client(_) => Some(
                "Nothing was changed. `atigip clients list` shows who there is, `atigip clients \
                 create --help` what a client is made of; `rotate-secret --revoke-others` makes \
                 room for a new secret.",
            ),
            Self::Refused { .. } => {
                Some("Nothing was changed. Correct the file and import it again.")
            }
            Self::Keys(KeysError::NowhereKept) => Some(
                "Set --signing-keys (ATIGIP_SIGNING_KEYS) or --key-encryption-key \
                 (ATIGIP_KEY_ENCRYPTION_KEY), to the same on every node.",
            ),
            Self::Keys(_) => Some(
                "Nothing was changed. `atigip keys list` shows the keys; `atigip keys rotate` \
                 makes one, and the file that is to hold it.",
            ),
            Self::Drift(_) => Some("Write them again with `atigip openapi`."),
            _ => None,
        }
    }
}

const fn backup_cure(error: &BackupError) -> Option<&'static str> {
    match error {
        BackupError::Server => Some(
            "`pg_dump --format=custom --file=atigip.dump` with the same address copies it whole; \
             see the manual of PostgreSQL for continuous archiving.",
        ),
        BackupError::Exists(_) => Some("Name another file, or replace this one with --force."),
        BackupError::Damaged(_) => {
            Some("No backup was made. See to the disk, and to the backups there are.")
        }
        BackupError::Itself(_) | BackupError::File { .. } | BackupError::Db(_) => None,
    }
}

const fn restore_cure(error: &RestoreError) -> Option<&'static str> {
    match error {
        RestoreError::Server => Some(
            "`pg_restore --clean --if-exists --dbname=…` puts back what `pg_dump` wrote, while no \
             node runs.",
        ),
        RestoreError::InUse(_) => Some("Nothing was changed. Stop it, then restore again."),
        RestoreError::Exists(_) => Some(
            "Nothing was changed. Replace it with --force; `atigip backup` keeps what it holds.",
        ),
        RestoreError::Live(_) => Some("Make one with `atigip backup`."),
        RestoreError::Later(_) => Some("Restore it with the version that made it, or a later one."),
        RestoreError::Unreadable { .. } => {
            Some("Nothing was changed. Move it and its -wal file away, then restore again.")
        }
        RestoreError::Unfit { .. } => Some("Nothing was changed."),
        RestoreError::Itself(_) | RestoreError::File { .. } => None,
    }
}

fn refused(what: &str, refusals: &[String]) -> String {
    let mut told = format!("{what}: {} refusal(s)", refusals.len());
    for refusal in refusals.iter().take(MOST_SHOWN) {
        told.push_str("\n  ");
        told.push_str(refusal);
    }
    if let Some(more) = refusals
        .len()
        .checked_sub(MOST_SHOWN)
        .filter(|more| *more > 0)
    {
        let _ = write!(told, "\n  and {more} more");
    }
    told
}
