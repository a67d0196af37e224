//! One entry of the change log.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::EventType;

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

/// Who did it: a client's id, or a command such as `cli:import`; never a person's name.
///
/// Invariant: 1 to 120 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Actor(String);

/// Why a text names no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an actor is 1 to 120 visible ASCII characters")]
pub struct ActorError;

impl Actor {
    /// The actor, as it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Actor {
    type Err = ActorError;

    fn from_str(text: &str) -> Result<Self, ActorError> {
        let visible = text.bytes().all(|b| b.is_ascii_graphic());
        if visible && (1..=120).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ActorError)
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_one_visible_word() {
        assert_eq!(
            "cli:import".parse::<Actor>().unwrap().as_str(),
            "cli:import"
        );
        for bad in ["", "a b", "é", "a\n", &"a".repeat(121)] {
            assert_eq!(bad.parse::<Actor>(), Err(ActorError), "{bad:?}");
        }
    }
}
