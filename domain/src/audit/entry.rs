//! One entry of the journal.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{AuditAction, Resource};
use crate::changes::{Actor, NewChange};

/// What somebody did, before the journal gives it its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What was done.
    pub action: AuditAction,
    /// To what kind of object.
    pub resource: Resource,
    /// To which object; none when it was to the resource as a whole.
    pub resource_id: Option<Uuid>,
    /// To which part of the object, when to one part alone.
    pub part: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: Actor,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number: the entry after `n` is `n + 1`, so that what is missing shows.
    pub sequence: i64,
    /// What was done.
    pub what: NewEntry,
}

impl From<&NewChange> for NewEntry {
    /// The entry of a write.
    fn from(change: &NewChange) -> Self {
        let NewChange {
            event,
            resource_id,
            part,
            version: _,
            at,
            actor,
        } = change;
        Self {
            action: (*event).into(),
            resource: (*event).into(),
            resource_id: Some(*resource_id),
            part: part.clone(),
            at: *at,
            actor: actor.clone(),
        }
    }
}
