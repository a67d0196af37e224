//! Whether an offer is shown, where, since when; and if not, why.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Diffusion, HostStanding, Offer, OfferKind, OfferStatus, history};
use crate::{
    changes::EventType,
    kernel::{Validity, civil_date, code_list},
};

code_list! {
    /// Why an offer is not shown.
    pub PublicationReason, "publication-reasons", "Motifs de non-publication", open, unordered {
        NotDecided = "not_decided", "Décision en attente";
        Draft = "draft", "Brouillon";
        Refused = "refused", "Refusée";
        Suspended = "suspended", "Suspendue";
        StruckOff = "struck_off", "Radiée";
        Closed = "closed", "Close";
        Withdrawn = "withdrawn", "Retirée par son auteur";
        NotYetValid = "not_yet_valid", "Pas encore valable";
        Expired = "expired", "Échue";
        HabilitationMissing = "habilitation_missing", "Habilitation absente";
        HabilitationExpired = "habilitation_expired", "Habilitation expirée";
        HabilitationWithdrawn = "habilitation_withdrawn", "Habilitation retirée";
        HabilitationElsewhere = "habilitation_elsewhere", "Habilitation d'un autre département";
        ExperimentEnded = "experiment_ended", "Expérimentation terminée ou hors périmètre";
        EstablishmentClosed = "establishment_closed", "Établissement fermé";
        DiffusionRestricted = "diffusion_restricted", "Diffusion restreinte";
    }
}

/// What, around an offer, decides whether it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// How far the host of a post may take somebody in.
    pub host: HostStanding,
    /// Whether the establishment where it takes place, when there is one, is open.
    pub establishment_open: bool,
}

/// Whether an offer is shown on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Since when it has been, when it is.
    pub since: Option<NaiveDate>,
    /// The last day on which it will be, if nothing changes, when it is and has one.
    pub until: Option<NaiveDate>,
    /// Everything that hides it, when it is not; never empty then.
    pub reasons: Vec<PublicationReason>,
}

impl Publication {
    /// Whether the offer is shown.
    #[must_use]
    pub fn is_visible(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// How far those see who may know that there is an offer of this diffusion, shown or not: nobody
/// by view before it was registered or published once.
#[must_use]
pub fn known_to(diffusion: Diffusion, published_at: Option<DateTime<Utc>>) -> Option<Diffusion> {
    published_at.map(|_| diffusion)
}

/// How far those see who are told of what happened to an offer: all who knew of it before, since
/// they have a copy to drop when it is hidden or shown to fewer, and all who know of it after. That
/// opinions are asked and given, and that a decision may be taken, is nobody's but of those whose
/// perimeter holds the offer: a post is not said to be threatened before it is struck off.
#[must_use]
pub fn told_to(
    event: EventType,
    before: Option<Diffusion>,
    after: Option<Diffusion>,
) -> Option<Diffusion> {
    let of_instruction = matches!(
        event,
        EventType::OfferOpinionRequested
            | EventType::OfferOpinionGiven
            | EventType::OfferBecameDecidable
    );
    let widest = before.into_iter().chain(after).min();
    widest.filter(|_| !of_instruction)
}

impl Offer {
    /// How far those see who may know that there is this offer, shown or not: see [`known_to`].
    #[must_use]
    pub fn known_to(&self) -> Option<Diffusion> {
        known_to(self.content.diffusion, self.life.published_at)
    }

    /// Whether the offer is shown on `day` to a caller who sees as far as `view`.
    #[must_use]
    pub fn publication(
        &self,
        around: &Surroundings,
        view: Diffusion,
        day: NaiveDate,
    ) -> Publication {
        let mut reasons = self.hidden_by_its_life();
        reasons.extend(self.hidden_by_its_days(day));
        if self.kind() == OfferKind::Tig {
            let departement = self.content.place.departement();
            reasons.extend(around.host.why_not(departement, day));
        }
        if self.content.establishment().is_some() && !around.establishment_open {
            reasons.push(PublicationReason::EstablishmentClosed);
        }
        if !self.content.diffusion.reaches(view) {
            reasons.push(PublicationReason::DiffusionRestricted);
        }
        let days = self.days(around, day).filter(|_| reasons.is_empty());
        Publication {
            since: days.and_then(|days| self.shown_since(days)),
            until: days.and_then(Validity::until),
            reasons,
        }
    }

    /// The days around `day` on which the offer is shown if nothing changes, to those whom its
    /// diffusion reaches: those that hold `day`, or else the next ones. `None` when there is none.
    ///
    /// This is what a search asks of a document, so that it disappears on its day by itself.
    #[must_use]
    pub fn shown_days(&self, around: &Surroundings, day: NaiveDate) -> Option<Validity> {
        let hidden = !self.hidden_by_its_life().is_empty()
            || self.content.establishment().is_some() && !around.establishment_open;
        self.days(around, day).filter(|_| !hidden)
    }

    /// Its own days, within those on which its host may take somebody in.
    fn days(&self, around: &Surroundings, day: NaiveDate) -> Option<Validity> {
        let dates = self.content.dates;
        let own = Validity::new(dates.starts_on(), dates.ends_on()).ok()?;
        let host = if self.kind() == OfferKind::Tig {
            around.host.days(self.content.place.departement(), day)?
        } else {
            Validity::default()
        };
        let from = own.from().into_iter().chain(host.from()).max();
        let until = own.until().into_iter().chain(host.until()).min();
        Validity::new(from, until).ok()
    }

    fn hidden_by_its_life(&self) -> Vec<PublicationReason> {
        let life = &self.life;
        let mut reasons = Vec::new();
        match life.status {
            OfferStatus::Draft => reasons.push(PublicationReason::Draft),
            OfferStatus::Requested | OfferStatus::OpinionsRequested | OfferStatus::Submitted => {
                reasons.push(PublicationReason::NotDecided);
            }
            OfferStatus::Refused => reasons.push(PublicationReason::Refused),
            OfferStatus::Suspended => reasons.push(PublicationReason::Suspended),
            OfferStatus::StruckOff => reasons.push(PublicationReason::StruckOff),
            OfferStatus::Closed => reasons.push(PublicationReason::Closed),
            OfferStatus::Registered if life.registered_for.is_empty() => {
                reasons.push(PublicationReason::NotDecided);
            }
            OfferStatus::Registered | OfferStatus::Published => {}
        }
        if life.withdrawn_at.is_some() {
            reasons.push(PublicationReason::Withdrawn);
        }
        reasons
    }

    fn hidden_by_its_days(&self, day: NaiveDate) -> Option<PublicationReason> {
        let dates = self.content.dates;
        if dates.is_over(day) {
            Some(PublicationReason::Expired)
        } else {
            (!dates.has_begun(day)).then_some(PublicationReason::NotYetValid)
        }
    }

    /// The day of the last event that made it shown, or the first of its days when it is later.
    fn shown_since(&self, days: Validity) -> Option<NaiveDate> {
        let entries = self.life.history.iter().rev();
        let shown = entries
            .map(|entry| &entry.fact)
            .find(|fact| makes_shown(fact.event))
            .map(|fact| civil_date(fact.at));
        shown.into_iter().chain(days.from()).max()
    }
}

/// Whether an offer may become shown by an event. What happened while it was shown, such as the
/// registration of a revision, does not make it shown anew, but is not told apart here.
const fn makes_shown(event: EventType) -> bool {
    history::is_told(event)
        && matches!(
            event,
            EventType::OfferRegistered
                | EventType::OfferPublished
                | EventType::OfferResumed
                | EventType::OfferRevived
        )
}

#[cfg(test)]
mod tests;
