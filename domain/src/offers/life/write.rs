//! What happens to an offer when its author writes it again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{MoveRefused, Moved, Written};
use crate::{
    changes::EventType,
    kernel::{RefusalCode, civil_date},
    offers::{
        Audience, Content, HistoryEntry, Offer, OfferKind, OfferStatus, OfferVerb, OpinionSubject,
    },
};

impl Offer {
    /// Replaces what the author says, as a partner's system sends it again and again: it takes
    /// back a withdrawal; it lifts no suspension; and it files the offer when asked to. What was
    /// refused, struck off or closed is filed again only when it was changed, so that a system
    /// which repeats itself does not ask the authority the same question every night.
    pub fn put(
        &self,
        content: Content,
        submit: bool,
        at: DateTime<Utc>,
    ) -> Result<Written, MoveRefused> {
        let differs = content != self.proposed();
        let mut offer = self.clone();
        let mut event = None;
        if self.life.withdrawn_at.is_some() {
            offer = offer.revived(at).offer;
            event = Some(EventType::OfferRevived);
        }
        if differs {
            offer.rewrite(content, at)?;
            event = event.or(Some(EventType::OfferUpdated));
        }
        let draft = offer.life.status == OfferStatus::Draft;
        if submit && offer.allows(OfferVerb::Submit) && (draft || differs) {
            offer = offer.submit(at)?.offer;
            event = Some(EventType::OfferSubmitted);
        }
        Ok(event.map_or(Written::Unchanged, |event| {
            Written::Changed(Box::new(Moved { offer, event }))
        }))
    }

    /// Changes what the author says, of an offer that was not withdrawn.
    pub fn patch(&self, content: Content, at: DateTime<Utc>) -> Result<Written, MoveRefused> {
        if self.is_gone() {
            return Err(MoveRefused::Gone);
        }
        if content == self.proposed() {
            return Ok(Written::Unchanged);
        }
        let mut offer = self.clone();
        offer.rewrite(content, at)?;
        let entry = HistoryEntry::plain(EventType::OfferUpdated, at);
        Ok(Written::Changed(Box::new(offer.after(entry))))
    }

    /// What the author says, with what is not decided yet.
    #[must_use]
    pub fn proposed(&self) -> Content {
        match &self.life.revision {
            Some(terms) => self.content.with_terms(terms),
            None => self.content.clone(),
        }
    }

    /// Takes what the author says. Of a registered post, the field, the place, the hours and the
    /// places are decided again and stay as they are until then; of one whose opinions were asked
    /// for, they are asked for anew, since they were about something else.
    fn rewrite(&mut self, content: Content, at: DateTime<Utc>) -> Result<(), MoveRefused> {
        if content.kind() != self.kind() {
            return Err(MoveRefused::field(
                "/kind",
                RefusalCode::Inconsistent,
                "an offer keeps its kind: make another one",
            ));
        }
        if content.needs_partner() && self.keeper.partner().is_none() {
            return Err(MoveRefused::field(
                "/partner",
                RefusalCode::Required,
                "an offer is a partner's, but for the service général",
            ));
        }
        self.check_places(content.places)?;
        if content.dates != self.content.dates {
            self.life.told.expired = false;
        }
        let asks_more = !content.audiences().is_subset(&self.content.audiences());
        let new_terms = content.terms();
        let changes = new_terms != self.proposed().terms();
        self.keep_audiences(&content.audiences());
        if self.kind() == OfferKind::Tig && self.life.status.is_decided() {
            let registered = self.content.terms();
            self.content = registered
                .as_ref()
                .map_or_else(|| content.clone(), |terms| content.with_terms(terms));
            self.life.revision = new_terms.filter(|new| Some(new) != registered.as_ref());
            if changes || asks_more {
                self.ask_again(at);
            }
            return Ok(());
        }
        self.content = content;
        if changes && self.is_filed() {
            self.life.refused_for.clear();
        }
        if (changes || asks_more) && self.life.status == OfferStatus::OpinionsRequested {
            self.life.status = OfferStatus::Requested;
            self.ask_again(at);
        }
        Ok(())
    }

    /// Forgets what was decided for audiences that the post no longer asks for.
    fn keep_audiences(&mut self, asked: &BTreeSet<Audience>) {
        self.life.registered_for.retain(|it| asked.contains(it));
        self.life.refused_for.retain(|it| asked.contains(it));
    }

    /// What was asked was about something else: it counts no more.
    fn ask_again(&mut self, at: DateTime<Utc>) {
        self.life.filed_on = Some(civil_date(at));
        self.close_opinions(OpinionSubject::Registration);
    }
}
