//! One entry of the change log.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Actor, EventType};

/// What happened, before the log gives it its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// What happened.
    pub event: EventType,
    /// The object it happened to.
    pub resource_id: Uuid,
    /// The part of the object, such as `zones/{id}`, when one part alone changed.
    pub part: Option<String>,
    /// The version of the object once changed.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: Actor,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number: the entry after `n` is `n + 1`, and whoever has seen it has seen all before.
    pub sequence: i64,
    /// What happened.
    pub what: NewChange,
}
