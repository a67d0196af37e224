//! The public catalogue in memory: what every public read is answered from.
//!
//! It is built from the database at start and then follows the change log; when the database
//! is away it stays as it is, and the map stays up.

mod access;
pub(crate) mod clusters;
mod collection;
mod cursor;
pub(crate) mod export;
pub(crate) mod facets;
pub(crate) mod filters;
mod follow;
pub(crate) mod forms;
pub(crate) mod list;
mod moved;
pub(crate) mod mvt;
pub(crate) mod parameters;
mod place;
pub(crate) mod resource;
pub(crate) mod seen;
pub(crate) mod tiles;

use std::time::Duration;

use chrono::NaiveDate;
use data::Reference;
use domain::kernel::Code;
use persistence::{Conn, Db, DbError};
use uuid::Uuid;

pub(crate) use collection::{Collection, selection};
pub use follow::{catch_up, follow};

use self::{collection::Ready, moved::Moved, resource::Resource};
use crate::{
    establishments::Establishments,
    kernel::{
        problem::{ApiError, Kind},
        text::Text,
    },
    oauth::keys::KeysError,
    offers::Offers,
    partners::Partners,
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
    establishments: Collection<Establishments>,
    partners: Collection<Partners>,
    offers: Collection<Offers>,
    installation: String,
}

/// What changed, ready for the index of each collection.
struct Changed {
    establishments: Ready<Establishments>,
    partners: Ready<Partners>,
    offers: Ready<Offers>,
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
        today: NaiveDate,
    ) -> Result<Self, CatalogueError> {
        db.read_blocking(|conn| {
            let revision = count(persistence::changes::position(conn)?);
            let installation = persistence::meta::get(conn, INSTALLATION)?;
            let catalogue = Self {
                reference,
                establishments: Collection::new(base),
                partners: Collection::new(base),
                offers: Collection::new(base),
                installation: installation.unwrap_or_default(),
            };
            let with = (reference, today);
            catalogue.establishments.fill(conn, with, revision)?;
            catalogue.partners.fill(conn, with, revision)?;
            catalogue.offers.fill(conn, with, revision)?;
            Ok(catalogue)
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
    pub(crate) const fn establishments(&self) -> &Collection<Establishments> {
        &self.establishments
    }

    /// The partners.
    pub(crate) const fn partners(&self) -> &Collection<Partners> {
        &self.partners
    }

    /// The offers.
    pub(crate) const fn offers(&self) -> &Collection<Offers> {
        &self.offers
    }

    /// The last change that every collection holds. Each takes the number of a batch, whether the
    /// batch changes it or not.
    #[must_use]
    pub fn revision(&self) -> u64 {
        let others = self.partners.revision().min(self.offers.revision());
        self.establishments.revision().min(others).number
    }

    /// Whether anything fictitious is held.
    #[must_use]
    pub fn has_demo(&self) -> bool {
        self.establishments.has_demo() || self.partners.has_demo() || self.offers.has_demo()
    }

    /// What these entries of the change log are about, up to `revision`, as it is shown on
    /// `today`.
    fn changed(
        &self,
        conn: &mut Conn,
        (entries, revision): (&[(i64, String, Uuid)], u64),
        today: NaiveDate,
    ) -> Result<Changed, CatalogueError> {
        let with = (self.reference, today);
        let establishments = Moved::among(conn, entries)?;
        let partners = Moved::among(conn, entries)?;
        let offers = Moved::among(conn, entries)?;
        let establishments = self.establishments.render(establishments, with)?;
        let partners = self.partners.render(partners, with)?;
        let offers = self.offers.render(offers, with)?;
        Ok(Changed {
            establishments: establishments.ready(revision),
            partners: partners.ready(revision),
            offers: offers.ready(revision),
        })
    }

    /// Puts in what one look at the database found. Who is gone before the end leaves a part of
    /// it there, which the next look finds again.
    async fn put(&self, changed: Changed) {
        self.offers.advance(changed.offers).await;
        self.partners.advance(changed.partners).await;
        self.establishments.advance(changed.establishments).await;
    }

    /// How many documents each collection holds.
    fn sizes(&self) -> [(&'static str, usize); 3] {
        [
            (Establishments::NAME, self.establishments.len()),
            (Partners::NAME, self.partners.len()),
            (Offers::NAME, self.offers.len()),
        ]
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
