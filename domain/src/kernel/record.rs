//! What the platform keeps about any object it holds: its version and its dates.

use chrono::{DateTime, Utc};

use super::Id;

/// The version of an object and when it was made and last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Counts the changes; 1 at creation.
    pub version: i64,
    /// When the object was created.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Record {
    /// The record of an object created at `at`.
    #[must_use]
    pub const fn created(at: DateTime<Utc>) -> Self {
        Self {
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    /// The record of the same object once changed at `at`.
    #[must_use]
    pub const fn changed(self, at: DateTime<Utc>) -> Self {
        Self {
            version: self.version.saturating_add(1),
            updated_at: at,
            ..self
        }
    }
}

/// A part of a larger object, with an identity and a version of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<T> {
    /// The part's identifier.
    pub id: Id<T>,
    /// Whether the part is fictitious, made for demonstration.
    pub demo: bool,
    /// The part's own version and dates.
    pub record: Record,
    /// What the part is.
    pub value: T,
}
