//! What a move tells the change log.

use super::{Habilitation, NotificationRecipient};
use crate::changes::EventType;

/// Something that happened to a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventType,
    /// Who was told, of a notification.
    pub recipient: Option<NotificationRecipient>,
}

/// A dossier once moved, and what the log is told, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The dossier as it is now.
    pub habilitation: Habilitation,
    /// What happened.
    pub events: Vec<Event>,
}

impl Event {
    /// Something that happened.
    pub(super) const fn new(kind: EventType) -> Self {
        Self {
            kind,
            recipient: None,
        }
    }

    /// That somebody was told.
    pub(super) const fn notified(recipient: NotificationRecipient) -> Self {
        Self {
            kind: EventType::HabilitationNotified,
            recipient: Some(recipient),
        }
    }
}
