//! What the authority does with a post: it asks for opinions, registers, refuses, strikes off.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{MoveRefused, Moved};
use crate::{
    changes::EventType,
    habilitations::{Grounds, Opinion, OpinionGiven, OpinionGiver},
    kernel::{Refusal, RefusalCode, civil_date},
    offers::{
        Audience, Authority, Decision, HistoryEntry, HistoryGrounds, HostStanding, LegalTerms,
        Offer, OfferKind, OfferRefusalReason, OfferStatus, OfferVerb, OpinionSubject, PostOpinion,
        decidable_on,
    },
};

impl Offer {
    /// Asks for an opinion, on the registration of the post or on striking it off.
    pub fn request_opinion(
        &self,
        by: Authority,
        subject: OpinionSubject,
        giver: OpinionGiver,
        requested_on: NaiveDate,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::RequestOpinion)?;
        let open = match subject {
            OpinionSubject::Registration => self.is_filed() || self.awaits_more(),
            OpinionSubject::StrikeOff => self.life.status.is_decided(),
        };
        if !open {
            return Err(self.not_allowed());
        }
        self.check_competent(by, subject)?;
        let mut refusals = self.check_day("/requested_on", requested_on, subject, at);
        if self.opinion(subject, giver).is_some() {
            refusals.push(Refusal::new(
                "/giver",
                RefusalCode::Duplicate,
                "this opinion was asked for already",
            ));
        }
        if !refusals.is_empty() {
            return Err(MoveRefused::Invalid(refusals));
        }
        let mut offer = self.clone();
        offer.life.opinions.push(PostOpinion {
            subject,
            opinion: Opinion {
                giver,
                requested_on,
                given: None,
            },
            closed: false,
        });
        offer.life.told.decidable = false;
        if self.life.status == OfferStatus::Requested {
            offer.life.status = OfferStatus::OpinionsRequested;
        }
        Ok(offer.after(HistoryEntry::plain(EventType::OfferOpinionRequested, at)))
    }

    /// Gives the opinion that was asked for last, of those that this giver has not given.
    pub fn give_opinion(
        &self,
        giver: OpinionGiver,
        answer: OpinionGiven,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::GiveOpinion)?;
        let mut offer = self.clone();
        let opinions = offer.life.opinions.iter_mut().rev();
        let waiting = opinions
            .filter(|it| !it.closed && it.opinion.giver == giver)
            .map(|it| &mut it.opinion)
            .find(|it| it.given.is_none());
        let Some(opinion) = waiting else {
            return Err(MoveRefused::field(
                "/giver",
                RefusalCode::NotFound,
                "no opinion of this authority is awaited",
            ));
        };
        let day = answer.given_on();
        if day < opinion.requested_on || day > civil_date(at) {
            return Err(MoveRefused::field(
                "/given_on",
                RefusalCode::Range,
                "an opinion is given on the day it was asked for or later, and not in the future",
            ));
        }
        opinion.given = Some(answer);
        Ok(offer.after(HistoryEntry::plain(EventType::OfferOpinionGiven, at)))
    }

    /// Registers the post on the list of its département, or what changes of it (Code
    /// pénitentiaire, art. R623-9), when the host may take somebody in there (Code pénal,
    /// art. 131-8).
    pub fn register(
        &self,
        by: Authority,
        decision: Decision,
        standing: &HostStanding,
        terms: &LegalTerms,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::Register)?;
        let subject = OpinionSubject::Registration;
        self.check_competent(by, subject)?;
        self.check_decision(&decision, subject, terms, at)?;
        let place = match &self.life.revision {
            Some(revision) => &revision.place,
            None => &self.content.place,
        };
        if let Some(reason) = standing.why_not(place.departement(), decision.decided_on) {
            return Err(MoveRefused::HabilitationRequired { reason });
        }
        let mut offer = self.clone();
        if self.decides_revision(by) {
            offer.take_revision()?;
        }
        offer.life.registered_for.extend(self.awaited_from(by));
        if self.life.status == OfferStatus::OpinionsRequested {
            offer.life.status = OfferStatus::Registered;
            offer.life.published_at = Some(at);
        }
        offer.life.told.habilitation_lost = false;
        offer.close_once_decided();
        let entry = HistoryEntry::plain(EventType::OfferRegistered, at).decided(decision);
        Ok(offer.after(entry))
    }

    /// Refuses the post, or what changes of a registered one, which then stays as it is.
    pub fn refuse(
        &self,
        by: Authority,
        decision: Decision,
        grounds: Grounds<OfferRefusalReason>,
        terms: &LegalTerms,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        if self.kind() != OfferKind::Tig {
            return Err(self.not_allowed());
        }
        self.check_allowed(OfferVerb::Refuse)?;
        let subject = OpinionSubject::Registration;
        self.check_competent(by, subject)?;
        // What cannot be instructed, for want of a piece, is refused without asking anybody.
        if self.life.status == OfferStatus::Requested {
            self.check_decision_day(&decision, subject, at)?;
        } else {
            self.check_decision(&decision, subject, terms, at)?;
        }
        let mut offer = self.clone();
        if self.decides_revision(by) {
            offer.life.revision = None;
        }
        offer.life.refused_for.extend(self.awaited_from(by));
        if self.is_filed() && offer.awaited().is_empty() {
            offer.leave(OfferStatus::Refused);
        }
        offer.close_once_decided();
        let entry = HistoryEntry::plain(EventType::OfferRefused, at)
            .decided(decision)
            .because(HistoryGrounds::Post(grounds));
        Ok(offer.after(entry))
    }

    /// Strikes the post off, by the same procedure (Code pénitentiaire, art. R623-10); one that
    /// another authority registered too stays on the list of that one.
    pub fn strike_off(
        &self,
        by: Authority,
        decision: Decision,
        grounds: Grounds<OfferRefusalReason>,
        terms: &LegalTerms,
        at: DateTime<Utc>,
    ) -> Result<Moved, MoveRefused> {
        self.check_allowed(OfferVerb::StrikeOff)?;
        let subject = OpinionSubject::StrikeOff;
        self.check_competent(by, subject)?;
        self.check_decision(&decision, subject, terms, at)?;
        let mut offer = self.clone();
        if let Some(audience) = by.registers_for() {
            offer.life.registered_for.remove(&audience);
            if offer.content.audiences().contains(&audience) {
                offer.life.refused_for.insert(audience);
            }
        }
        offer.close_opinions(subject);
        if offer.life.registered_for.is_empty() {
            offer.close_opinions(OpinionSubject::Registration);
            offer.leave(OfferStatus::StruckOff);
        }
        let entry = HistoryEntry::plain(EventType::OfferStruckOff, at)
            .decided(decision)
            .because(HistoryGrounds::Post(grounds));
        Ok(offer.after(entry))
    }

    /// From when a subject may be decided.
    #[must_use]
    pub fn decidable_on(&self, subject: OpinionSubject, terms: &LegalTerms) -> Option<NaiveDate> {
        decidable_on(&self.life.opinions, subject, terms)
    }

    /// The audiences about which nothing is decided yet.
    #[must_use]
    pub fn awaited(&self) -> BTreeSet<Audience> {
        let life = &self.life;
        let asked = self.content.audiences().into_iter();
        asked
            .filter(|it| !life.registered_for.contains(it) && !life.refused_for.contains(it))
            .collect()
    }

    /// Whether a registered post awaits a decision: on a revision, or for another audience.
    #[must_use]
    pub fn awaits_more(&self) -> bool {
        let registered = matches!(
            self.life.status,
            OfferStatus::Registered | OfferStatus::Suspended
        );
        let tig = self.kind() == OfferKind::Tig;
        tig && registered && (self.life.revision.is_some() || !self.awaited().is_empty())
    }

    /// The authorities that decide on a subject of this post.
    #[must_use]
    pub fn competent(&self, subject: OpinionSubject) -> Vec<Authority> {
        let all = Authority::ALL.into_iter();
        match subject {
            OpinionSubject::Registration => all
                .filter(|by| self.decides_revision(*by) || self.awaited_from(*by).is_some())
                .collect(),
            OpinionSubject::StrikeOff => {
                let list = self.listed();
                all.filter(|by| by.registers_for().is_some_and(|it| list.contains(&it)))
                    .collect()
            }
        }
    }

    /// Whether the post was filed and is not decided.
    pub(super) fn is_filed(&self) -> bool {
        matches!(
            self.life.status,
            OfferStatus::Requested | OfferStatus::OpinionsRequested
        )
    }

    /// The audience that an authority decides for, when the post awaits it.
    fn awaited_from(&self, by: Authority) -> Option<Audience> {
        by.registers_for().filter(|it| self.awaited().contains(it))
    }

    /// The audiences of the lists that the post is on; of one that asks for other audiences than
    /// those it was registered for, those it asks for.
    pub(super) fn listed(&self) -> BTreeSet<Audience> {
        if self.life.registered_for.is_empty() {
            self.content.audiences()
        } else {
            self.life.registered_for.clone()
        }
    }

    /// Whether an authority decides on the pending revision: that of adults, where the post is
    /// registered for them.
    fn decides_revision(&self, by: Authority) -> bool {
        let first = self.listed().into_iter().next();
        self.life.revision.is_some() && first.is_some_and(|it| by.registers_for() == Some(it))
    }

    fn take_revision(&mut self) -> Result<(), MoveRefused> {
        let Some(terms) = self.life.revision.take() else {
            return Ok(());
        };
        self.check_places(terms.places)?;
        self.content = self.content.with_terms(&terms);
        Ok(())
    }

    fn close_once_decided(&mut self) {
        if !self.is_filed() && !self.awaits_more() {
            self.close_opinions(OpinionSubject::Registration);
        }
    }

    fn opinion(&self, subject: OpinionSubject, giver: OpinionGiver) -> Option<&Opinion> {
        super::super::opinions::open(&self.life.opinions, subject).find(|it| it.giver == giver)
    }

    fn check_competent(&self, by: Authority, subject: OpinionSubject) -> Result<(), MoveRefused> {
        let competent = self.competent(subject);
        if competent.contains(&by) {
            Ok(())
        } else {
            Err(MoveRefused::WrongAuthority { competent })
        }
    }

    /// Refuses a decision that comes too early.
    fn check_decision(
        &self,
        decision: &Decision,
        subject: OpinionSubject,
        terms: &LegalTerms,
        at: DateTime<Utc>,
    ) -> Result<(), MoveRefused> {
        self.check_decision_day(decision, subject, at)?;
        let decidable_on = self.decidable_on(subject, terms);
        if decidable_on.is_some_and(|day| day <= decision.decided_on) {
            Ok(())
        } else {
            Err(MoveRefused::NotDecidable { decidable_on })
        }
    }

    fn check_decision_day(
        &self,
        decision: &Decision,
        subject: OpinionSubject,
        at: DateTime<Utc>,
    ) -> Result<(), MoveRefused> {
        let refusals = self.check_day("/decided_on", decision.decided_on, subject, at);
        if refusals.is_empty() {
            Ok(())
        } else {
            Err(MoveRefused::Invalid(refusals))
        }
    }

    /// Refuses a day in the future, and one before the post was filed.
    fn check_day(
        &self,
        pointer: &str,
        day: NaiveDate,
        subject: OpinionSubject,
        at: DateTime<Utc>,
    ) -> Vec<Refusal> {
        let filed_on = self.life.filed_on;
        let early = subject == OpinionSubject::Registration
            && filed_on.is_some_and(|filed_on| day < filed_on);
        if day > civil_date(at) {
            vec![Refusal::new(
                pointer,
                RefusalCode::Range,
                "the day of a move is not in the future",
            )]
        } else if early {
            vec![Refusal::new(
                pointer,
                RefusalCode::Order,
                "the day lies before the one on which the post was filed",
            )]
        } else {
            Vec::new()
        }
    }
}
