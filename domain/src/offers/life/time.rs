//! What time brings by itself, told once.

use chrono::{DateTime, Utc};

use super::Moved;
use crate::{
    changes::EventType,
    kernel::civil_date,
    offers::{
        HistoryEntry, HostStanding, LegalTerms, Offer, OfferKind, OfferStatus, OpinionSubject,
    },
};

impl Offer {
    /// The next thing that time has brought and that is not told yet: the offer may be decided,
    /// its last day is behind, its host lost or regained its habilitation. Nothing is decided by
    /// itself, and what everybody sees does not wait for this: it follows the days.
    #[must_use]
    pub fn due(
        &self,
        standing: &HostStanding,
        terms: &LegalTerms,
        at: DateTime<Utc>,
    ) -> Option<Moved> {
        if self.is_gone() {
            return None;
        }
        let event = self.due_event(standing, terms, at)?;
        let mut offer = self.clone();
        let told = &mut offer.life.told;
        match event {
            EventType::OfferBecameDecidable => told.decidable = true,
            EventType::OfferExpired => told.expired = true,
            EventType::OfferHabilitationLost => told.habilitation_lost = true,
            _ => told.habilitation_lost = false,
        }
        Some(offer.after(HistoryEntry::plain(event, at)))
    }

    fn due_event(
        &self,
        standing: &HostStanding,
        terms: &LegalTerms,
        at: DateTime<Utc>,
    ) -> Option<EventType> {
        let (life, today) = (&self.life, civil_date(at));
        let asked = life.status == OfferStatus::OpinionsRequested || self.awaits_more();
        let decidable = self.decidable_on(OpinionSubject::Registration, terms);
        if asked && !life.told.decidable && decidable.is_some_and(|day| day <= today) {
            return Some(EventType::OfferBecameDecidable);
        }
        if life.status.is_decided() && !life.told.expired && self.content.dates.is_over(today) {
            return Some(EventType::OfferExpired);
        }
        if self.kind() != OfferKind::Tig || !life.status.is_decided() {
            return None;
        }
        let departement = self.content.place.departement();
        let lacks = standing.why_not(departement, today).is_some();
        match (lacks, life.told.habilitation_lost) {
            (true, false) => Some(EventType::OfferHabilitationLost),
            (false, true) => Some(EventType::OfferHabilitationRegained),
            _ => None,
        }
    }
}
