//! The life of an offer: one function a move, each of which says why it cannot be made.

mod author;
mod instruction;
mod moderation;
mod suspension;
#[cfg(test)]
mod tests;
mod time;
mod write;

pub use suspension::{Suspender, Suspending};

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Audience, Authority, Content, HistoryEntry, HostMotive, Offer, OfferKind, OfferStatus,
    OfferVerb, PostOpinion, PostTerms, PublicationReason, SuspensionReason,
};
use crate::{
    changes::EventType,
    habilitations::Grounds,
    kernel::{Refusal, RefusalCode},
};

/// A suspension, for reasons of the sort that its origin gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension<M> {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why.
    pub motive: M,
    /// Until when, as announced: it is lifted by a move, never by the calendar.
    pub until: Option<NaiveDate>,
}

/// The suspensions of an offer: that of the host and that of the authority do not lift each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suspensions {
    /// By who keeps the offer.
    pub host: Option<Suspension<HostMotive>>,
    /// By an authority.
    pub authority: Option<Suspension<Grounds<SuspensionReason>>>,
}

impl Suspensions {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.host.is_none() && self.authority.is_none()
    }
}

/// What time brought and was told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// That it may be decided.
    pub decidable: bool,
    /// That its last day is behind.
    pub expired: bool,
    /// That its host is no longer habilitated.
    pub habilitation_lost: bool,
}

/// Where an offer is in its life.
#[derive(Debug, Clone, PartialEq)]
pub struct Life {
    /// Its state.
    pub status: OfferStatus,
    /// The day it was last filed, or a change of it was.
    pub filed_on: Option<NaiveDate>,
    /// The opinions that were asked for, of a post.
    pub opinions: Vec<PostOpinion>,
    /// The audiences for which a post is registered.
    pub registered_for: BTreeSet<Audience>,
    /// The audiences for which it was refused, of those it asks for.
    pub refused_for: BTreeSet<Audience>,
    /// What its host wants to change of a registered post, until that is decided.
    pub revision: Option<PostTerms>,
    /// What suspends it.
    pub suspensions: Suspensions,
    /// When its author withdrew it, when it is withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When it was last registered or published.
    pub published_at: Option<DateTime<Utc>>,
    /// When its author last said that it stands.
    pub last_confirmed_at: Option<DateTime<Utc>>,
    /// The places that holds take.
    pub places_taken: u32,
    /// What time brought and was told.
    pub told: Told,
    /// What happened, in order.
    pub history: Vec<HistoryEntry>,
}

impl Life {
    /// The life of a new draft.
    #[must_use]
    pub fn draft(at: DateTime<Utc>) -> Self {
        Self {
            status: OfferStatus::Draft,
            filed_on: None,
            opinions: Vec::new(),
            registered_for: BTreeSet::new(),
            refused_for: BTreeSet::new(),
            revision: None,
            suspensions: Suspensions::default(),
            withdrawn_at: None,
            published_at: None,
            last_confirmed_at: None,
            places_taken: 0,
            told: Told::default(),
            history: vec![HistoryEntry::plain(EventType::OfferCreated, at)],
        }
    }

    /// Every broken rule between a life and what lives it.
    pub(super) fn check(&self, content: &Content) -> Vec<Refusal> {
        let kind = content.kind();
        let tig = kind == OfferKind::Tig;
        let audiences = content.audiences();
        let suspended = self.status == OfferStatus::Suspended;
        let withdrawn_post = tig && self.withdrawn_at.is_some();
        let rules = [
            (
                self.status.kinds().contains(&kind),
                "/status",
                "the state is one of its kind",
            ),
            (
                suspended != self.suspensions.is_empty() || suspended && withdrawn_post,
                "/status",
                "what is suspended has a suspension, or is a post that its host withdrew",
            ),
            (
                tig || self.opinions.is_empty() && self.registered_for.is_empty(),
                "/opinions",
                "a post alone is registered on opinions",
            ),
            (
                self.registered_for.is_disjoint(&self.refused_for)
                    && self.registered_for.is_subset(&audiences)
                    && self.refused_for.is_subset(&audiences),
                "/audiences",
                "what is decided of an audience is decided once, of one that the post asks for",
            ),
            (
                self.revision.is_none()
                    || tig
                        && matches!(
                            self.status,
                            OfferStatus::Registered | OfferStatus::Suspended
                        ),
                "/revision",
                "a registered post alone has a revision",
            ),
            (
                self.places_taken <= content.places.get(),
                "/places",
                "no more places are taken than there are",
            ),
        ];
        let broken = rules.into_iter().filter(|(holds, _, _)| !holds);
        broken
            .map(|(_, pointer, detail)| Refusal::new(pointer, RefusalCode::Inconsistent, detail))
            .collect()
    }
}

/// An offer once moved, and the event to record.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The offer.
    pub offer: Offer,
    /// What happened.
    pub event: EventType,
}

/// What writing the content of an offer came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// Nothing differs from what is kept.
    Unchanged,
    /// It changed.
    Changed(Box<Moved>),
}

/// Why a move is not made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MoveRefused {
    /// Its state does not allow it.
    #[error("an offer in the state {status:?} does not allow this")]
    NotAllowed {
        /// The state.
        status: OfferStatus,
        /// The moves that it allows to those who may make them.
        allowed: Vec<OfferVerb>,
    },
    /// Its author withdrew it: it can be revived, and nothing else.
    #[error("the offer was withdrawn by its author")]
    Gone,
    /// Opinions are missing, and the delay for them has not run.
    #[error("the post cannot be decided yet")]
    NotDecidable {
        /// From when it can be; `None` while an opinion has not been asked for.
        decidable_on: Option<NaiveDate>,
    },
    /// The host of the post is private, and not habilitated there on that day.
    #[error("the host has no habilitation in force")]
    HabilitationRequired {
        /// What is wrong with it.
        reason: PublicationReason,
    },
    /// Another authority decides this.
    #[error("this authority cannot decide this")]
    WrongAuthority {
        /// Those that can.
        competent: Vec<Authority>,
    },
    /// Holds take more places than it would have.
    #[error("{places_held} places are held")]
    PlacesHeld {
        /// How many are held.
        places_held: u32,
    },
    /// What was given breaks rules.
    #[error("the facts of the move break one or more rules")]
    Invalid(Vec<Refusal>),
}

impl MoveRefused {
    /// A refusal of one field.
    pub(super) fn field(pointer: &str, code: RefusalCode, detail: &str) -> Self {
        Self::Invalid(vec![Refusal::new(pointer, code, detail)])
    }
}

impl Offer {
    /// The moves that its state allows, to those who may make them.
    #[must_use]
    pub fn allowed(&self) -> Vec<OfferVerb> {
        let all = OfferVerb::ALL.into_iter();
        all.filter(|verb| self.allows(*verb)).collect()
    }

    /// Whether its state allows a move.
    #[must_use]
    pub fn allows(&self, verb: OfferVerb) -> bool {
        let life = &self.life;
        if verb == OfferVerb::Revive {
            return life.withdrawn_at.is_some();
        }
        if self.is_gone() {
            return false;
        }
        let listed = verb.from_states(self.kind()).contains(&life.status);
        match verb {
            OfferVerb::Register | OfferVerb::Refuse => listed || self.awaits_more(),
            OfferVerb::Suspend => {
                let one_more =
                    life.suspensions.host.is_none() || life.suspensions.authority.is_none();
                listed || life.status == OfferStatus::Suspended && one_more
            }
            _ => listed,
        }
    }

    /// Whether nothing can be done with it but to revive it: its author withdrew it. A registered
    /// post that its host withdraws is suspended instead, since the list is the authority's.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        let kept = self.kind() == OfferKind::Tig && self.life.status == OfferStatus::Suspended;
        self.life.withdrawn_at.is_some() && !kept
    }

    /// Refuses a move that the state does not allow.
    fn check_allowed(&self, verb: OfferVerb) -> Result<(), MoveRefused> {
        if verb != OfferVerb::Revive && self.is_gone() {
            Err(MoveRefused::Gone)
        } else if self.allows(verb) {
            Ok(())
        } else {
            Err(self.not_allowed())
        }
    }

    fn not_allowed(&self) -> MoveRefused {
        MoveRefused::NotAllowed {
            status: self.life.status,
            allowed: self.allowed(),
        }
    }

    /// The same offer after an event, which goes into its history when it belongs there.
    fn after(mut self, entry: HistoryEntry) -> Moved {
        let event = entry.fact.event;
        if super::history::is_told(event) {
            self.life.history.push(entry);
        }
        Moved { offer: self, event }
    }
}
