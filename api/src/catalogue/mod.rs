//! The public catalogue in memory: what every public read is answered from.
//!
//! It is built from the database at start and then follows the change log; when the database
//! is away it stays as it is, and the map stays up.

mod access;
pub(crate) mod cursor;
mod follow;
pub(crate) mod place;

use std::time::Duration;

use data::Reference;
use domain::kernel::Code;
use persistence::{Db, DbError};

pub use follow::{catch_up, follow};

use crate::{
    establishments::Establishments,
    kernel::{
        problem::{ApiError, Kind},
        text::Text,
    },
    oauth::keys::KeysError,
};

/// How long a request waits for a revision that this node has not seen.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(10);

/// Under which key a database keeps what tells it from any other.
pub const INSTALLATION: &str = "installation";

/// Every collection that is searched in memory.
#[derive(Debug)]
pub struct Catalogue {
    reference: &'static Reference,
    establishments: Establishments,
    installation: String,
}

/// Why the catalogue cannot follow the database.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The database does not answer, or a row no longer fits the domain.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The change log ends before what this node has applied.
    #[error(
        "the change log ends at {end}, before the change {seen} that this node has applied: \
         another database is in the place of the one it was started on; start it again"
    )]
    WentBack {
        /// The last change applied.
        seen: i64,
        /// The last change there is.
        end: i64,
    },
    /// The signing keys of the database cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// An object cannot be written as JSON.
    #[error("an object of the catalogue cannot be rendered: {0}")]
    Render(#[from] serde_json::Error),
}

impl From<CatalogueError> for ApiError {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Database(error) => error.into(),
            CatalogueError::WentBack { .. }
            | CatalogueError::Keys(_)
            | CatalogueError::Render(_) => Self::internal(&error),
        }
    }
}

impl Catalogue {
    /// Reads everything public from the database, at one revision.
    pub fn build(
        db: &Db,
        reference: &'static Reference,
        base: &str,
    ) -> Result<Self, CatalogueError> {
        let (revision, installation, all) = db.read_blocking(|conn| {
            let revision = persistence::changes::position(conn)?;
            let installation = persistence::meta::get(conn, INSTALLATION)?;
            let all = persistence::establishments::all(conn)?;
            Ok::<_, DbError>((revision, installation.unwrap_or_default(), all))
        })?;
        let establishments = Establishments::new(base);
        establishments.apply(all, reference, count(revision))?;
        Ok(Self {
            reference,
            establishments,
            installation,
        })
    }

    /// The reference tables.
    #[must_use]
    pub const fn reference(&self) -> &'static Reference {
        self.reference
    }

    /// What tells this installation from any other.
    #[must_use]
    pub fn installation(&self) -> &str {
        &self.installation
    }

    /// The establishments.
    #[must_use]
    pub const fn establishments(&self) -> &Establishments {
        &self.establishments
    }

    /// The last change the catalogue holds.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.establishments.revision()
    }

    /// Waits at most two seconds until this node has seen `revision`.
    pub async fn reach(&self, revision: Option<u64>) -> Result<(), ApiError> {
        let Some(revision) = revision.filter(|revision| *revision > self.revision()) else {
            return Ok(());
        };
        let seen = tokio::time::timeout(PATIENCE, async {
            while self.revision() < revision {
                tokio::time::sleep(LOOK).await;
            }
        });
        seen.await.map_err(|_elapsed| {
            let detail = Text::new(
                "This node has not seen that revision within two seconds.",
                "Ce nœud n'a pas vu cette révision en deux secondes.",
            );
            ApiError::new(Kind::RevisionNotReached)
                .detail(detail)
                .with("min_revision", revision)
                .with("revision", self.revision())
                .retry_after(1)
        })
    }
}

/// The codes themselves, as the index knows them.
pub(crate) fn codes<T: Code>(values: &[T]) -> Vec<String> {
    values.iter().map(|value| value.code().to_owned()).collect()
}

/// A position in the change log as a count: never negative.
fn count(sequence: i64) -> u64 {
    u64::try_from(sequence).unwrap_or(0)
}
