//! What happened to an offer, in order: all that everybody may know, and why, for few.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Decision, HostMotive, ModerationReason, OfferRefusalReason, SuspensionOrigin, SuspensionReason,
};
use crate::{
    changes::EventType,
    habilitations::{Grounds, Signatory, Statement},
    kernel::{Code, CodeItem},
};

/// Why, in the list of reasons that the event calls for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryGrounds {
    /// Of a post that is refused or struck off.
    Post(Grounds<OfferRefusalReason>),
    /// Of a job or a training that is refused.
    Moderation(Grounds<ModerationReason>),
    /// Of a suspension by an authority.
    Suspension(Grounds<SuspensionReason>),
    /// Of a suspension by who keeps the offer.
    HostSuspension(HostMotive),
}

impl HistoryGrounds {
    /// The reasons, with their labels.
    #[must_use]
    pub fn reasons(&self) -> Vec<CodeItem> {
        match self {
            Self::Post(grounds) => items(grounds.reasons()),
            Self::Moderation(grounds) => items(grounds.reasons()),
            Self::Suspension(grounds) => items(grounds.reasons()),
            Self::HostSuspension(motive) => items(&[motive.reason()]),
        }
    }

    /// The statement.
    #[must_use]
    pub fn statement(&self) -> Option<&Statement> {
        match self {
            Self::Post(grounds) => Some(grounds.statement()),
            Self::Moderation(grounds) => Some(grounds.statement()),
            Self::Suspension(grounds) => Some(grounds.statement()),
            Self::HostSuspension(motive) => motive.statement(),
        }
    }
}

fn items<C: Code>(codes: &[C]) -> Vec<CodeItem> {
    let item = |code: &C| CodeItem {
        code: code.code(),
        label: code.label(),
    };
    codes.iter().map(item).collect()
}

/// What everybody may know of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryFact {
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What happened.
    pub event: EventType,
    /// The day of the decision, when it was one.
    pub decided_on: Option<NaiveDate>,
    /// Who suspended.
    pub origin: Option<SuspensionOrigin>,
    /// The announced end of a suspension.
    pub until: Option<NaiveDate>,
}

/// What few may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryDetail {
    /// Why.
    pub grounds: Option<HistoryGrounds>,
    /// Who signed.
    pub signatory: Option<Signatory>,
}

/// An event in the life of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// What everybody may know.
    pub fact: HistoryFact,
    /// What few may know.
    pub detail: HistoryDetail,
}

impl HistoryEntry {
    /// An event that needs no more words.
    pub(super) fn plain(event: EventType, at: DateTime<Utc>) -> Self {
        Self {
            fact: HistoryFact {
                at,
                event,
                decided_on: None,
                origin: None,
                until: None,
            },
            detail: HistoryDetail::default(),
        }
    }

    /// The same, decided and signed.
    pub(super) fn decided(mut self, decision: Decision) -> Self {
        let Decision {
            decided_on,
            signatory,
        } = decision;
        self.fact.decided_on = Some(decided_on);
        self.detail.signatory = Some(signatory);
        self
    }

    /// The same, for these reasons.
    pub(super) fn because(mut self, grounds: HistoryGrounds) -> Self {
        self.detail.grounds = Some(grounds);
        self
    }
}

/// Whether an event is part of the history of an offer: what changes whether it is shown. Drafts,
/// ordinary changes and opinions are not.
pub(super) const fn is_told(event: EventType) -> bool {
    matches!(
        event,
        EventType::OfferCreated
            | EventType::OfferSubmitted
            | EventType::OfferRegistered
            | EventType::OfferPublished
            | EventType::OfferRefused
            | EventType::OfferSuspended
            | EventType::OfferResumed
            | EventType::OfferStruckOff
            | EventType::OfferClosed
            | EventType::OfferWithdrawn
            | EventType::OfferRevived
            | EventType::OfferExpired
            | EventType::OfferHabilitationLost
            | EventType::OfferHabilitationRegained
    )
}
