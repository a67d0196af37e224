//! What the moderation does with a job or a training.

use chrono::{DateTime, Utc};

use super::{MoveRefused, Moved};
use crate::{
    changes::EventType,
    habilitations::Grounds,
    offers::{
        Authority, HistoryEntry, HistoryGrounds, ModerationReason, Offer, OfferKind, OfferStatus,
        OfferVerb,
    },
};

impl Offer {
    /// Publishes a job or a training.
    pub fn publish(&self, by: Authority, at: DateTime<Utc>) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Publish)?;
        check_moderator(by)?;
        let mut offer = self.clone();
        offer.life.status = OfferStatus::Published;
        offer.life.published_at = Some(at);
        Ok(offer.after(HistoryEntry::plain(EventType::OfferPublished, at)))
    }

    /// Refuses a job or a training.
    pub fn turn_down(
        &self,
        by: Authority,
        grounds: Grounds<ModerationReason>,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        if self.kind() == OfferKind::Tig {
            return Err(self.not_allowed());
        }
        self.check_allowed(OfferVerb::Refuse)?;
        check_moderator(by)?;
        let mut offer = self.clone();
        offer.life.status = OfferStatus::Refused;
        let entry = HistoryEntry::plain(EventType::OfferRefused, at);
        Ok(offer.after(entry.because(HistoryGrounds::Moderation(grounds))))
    }
}

fn check_moderator(by: Authority) -> Result<(), MoveRefused> {
    if by.moderates() {
        return Ok(());
    }
    Err(MoveRefused::WrongAuthority {
        competent: Authority::moderators(),
    })
}
