//! Why signing keys cannot be used or changed; a private part is told nowhere.

use std::path::PathBuf;

use domain::clients::ChanceError;
use persistence::DbError;

use crate::kernel::keys::{KeyError, RotationRefusal};

/// Why signing keys cannot be used or changed.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A key does not serve.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The file does not serve.
    #[error("the signing keys of {} (--signing-keys, ATIGIP_SIGNING_KEYS) cannot be used: {what}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The rotation is refused.
    #[error(transparent)]
    Refused(#[from] RotationRefusal),
    /// The settings keep keys nowhere.
    #[error("no signing key is kept: each node signs by one of its own, forgotten when it stops")]
    NowhereKept,
    /// The database cannot be opened.
    #[error("{0}")]
    Open(String),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The machine gives no chance.
    #[error(transparent)]
    Chance(#[from] ChanceError),
}
