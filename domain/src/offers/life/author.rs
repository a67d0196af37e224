//! What the author of an offer does with it.

use chrono::{DateTime, NaiveDate, Utc};

use super::{MoveRefused, Moved};
use crate::{
    changes::EventType,
    kernel::{RefusalCode, civil_date},
    offers::{
        HistoryEntry, Offer, OfferKind, OfferStatus, OfferVerb, OpinionSubject, SuspensionOrigin,
    },
};

impl Offer {
    /// Files the offer: a post with the authority, a job or a training with the moderation.
    pub fn submit(&self, at: DateTime<Utc>) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Submit)?;
        let mut offer = self.clone();
        offer.file(at);
        Ok(offer.after(HistoryEntry::plain(EventType::OfferSubmitted, at)))
    }

    /// Says that the offer still stands.
    pub fn confirm(&self, at: DateTime<Utc>) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Confirm)?;
        let mut offer = self.clone();
        offer.life.last_confirmed_at = Some(at);
        Ok(offer.after(HistoryEntry::plain(EventType::OfferConfirmed, at)))
    }

    /// Closes a job or a training: it is taken.
    pub fn close(&self, at: DateTime<Utc>) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Close)?;
        let mut offer = self.clone();
        offer.leave(OfferStatus::Closed);
        Ok(offer.after(HistoryEntry::plain(EventType::OfferClosed, at)))
    }

    /// Withdraws the offer. A registered post is suspended by its host, and stays on the list:
    /// its host never strikes it off (Code pénitentiaire, art. R623-10).
    pub fn withdraw(&self, at: DateTime<Utc>) -> Result<Moved, MoveRefused> {
        if self.life.withdrawn_at.is_some() {
            return Err(MoveRefused::Gone);
        }
        let mut offer = self.clone();
        offer.life.withdrawn_at = Some(at);
        let listed = self.kind() == OfferKind::Tig && self.life.status.is_decided();
        let entry = if listed {
            offer.life.status = OfferStatus::Suspended;
            let mut entry = HistoryEntry::plain(EventType::OfferSuspended, at);
            entry.fact.origin = Some(SuspensionOrigin::Host);
            entry
        } else {
            HistoryEntry::plain(EventType::OfferWithdrawn, at)
        };
        Ok(offer.after(entry))
    }

    /// Takes a withdrawal back, with a new last day where the former one is behind.
    pub fn revive(
        &self,
        ends_on: Option<NaiveDate>,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Revive)?;
        let mut offer = self.clone();
        if let Some(day) = ends_on {
            let dates = self.content.dates.ending_on(day);
            let dates = dates.map_err(MoveRefused::Invalid)?;
            offer.content = self.content.with_dates(dates);
            offer.life.told.expired = false;
        }
        if offer.content.dates.is_over(civil_date(at)) {
            return Err(MoveRefused::field(
                "/ends_on",
                RefusalCode::Order,
                "the last day of the offer is behind: give a later one",
            ));
        }
        Ok(offer.revived(at))
    }

    /// The same offer, no longer withdrawn.
    pub(super) fn revived(mut self, at: DateTime<Utc>) -> Moved {
        self.life.withdrawn_at = None;
        self.settle();
        self.after(HistoryEntry::plain(EventType::OfferRevived, at))
    }

    /// Puts the offer in the state of what is filed.
    pub(super) fn file(&mut self, at: DateTime<Utc>) {
        self.life.status = match self.kind() {
            OfferKind::Tig => OfferStatus::Requested,
            OfferKind::Employment | OfferKind::Training => OfferStatus::Submitted,
        };
        self.life.filed_on = Some(civil_date(at));
        self.life.refused_for.clear();
        self.close_opinions(OpinionSubject::Registration);
        self.close_opinions(OpinionSubject::StrikeOff);
    }

    /// Puts the offer in a state in which nothing is registered, suspended or awaited any more.
    pub(super) fn leave(&mut self, status: OfferStatus) {
        self.life.status = status;
        self.life.suspensions = super::Suspensions::default();
        self.life.revision = None;
        self.life.registered_for.clear();
    }

    /// Leaves the state of what is suspended, once nothing suspends it.
    pub(super) fn settle(&mut self) {
        let suspended = self.life.status == OfferStatus::Suspended;
        if suspended && self.life.suspensions.is_empty() && self.life.withdrawn_at.is_none() {
            self.life.status = match self.kind() {
                OfferKind::Tig => OfferStatus::Registered,
                OfferKind::Employment | OfferKind::Training => OfferStatus::Published,
            };
        }
    }

    /// Says of opinions that what they were asked for is decided, or asked for anew.
    pub(super) fn close_opinions(&mut self, subject: OpinionSubject) {
        for opinion in &mut self.life.opinions {
            opinion.closed |= opinion.subject == subject;
        }
        if subject == OpinionSubject::Registration {
            self.life.told.decidable = false;
        }
    }
}
