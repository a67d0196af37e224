//! A hold on places of a post.

use std::ops::Deref;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{CaseHash, HoldStatus, HoldVerb};
use crate::{
    changes::EventType,
    clients::Client,
    kernel::{Count, Id, Record, Refusal, RefusalCode, SentenceHours, civil_date},
    offers::{Diffusion, NoPlaceLeft, Offer, OfferLaw, PenalFramework, Surroundings, Tig},
};

/// What a caller asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldRequest {
    /// Who asks.
    pub holder: Id<Client>,
    /// How many places.
    pub places: Count,
    /// How many hours will be worked.
    pub hours: SentenceHours,
    /// From when.
    pub starts_on: NaiveDate,
    /// Under which framework, where that is said.
    pub framework: Option<PenalFramework>,
    /// The mark of the case.
    pub case: CaseHash,
}

/// Everything that is known of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldFacts {
    /// The post.
    pub offer: Id<Offer>,
    /// What was asked for.
    pub request: HoldRequest,
    /// Where it is in its life.
    pub status: HoldStatus,
    /// When it expires, unless it is confirmed before.
    pub expires_at: DateTime<Utc>,
}

/// A hold on places of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Its identifier.
    pub id: Id<Hold>,
    /// Its version and dates.
    pub record: Record,
    facts: HoldFacts,
}

/// A hold once moved, the event to record, and the places to give back to its post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldMoved {
    /// The hold.
    pub hold: Hold,
    /// What happened.
    pub event: EventType,
    /// The places that it no longer takes.
    pub freed: Option<Count>,
}

/// Why a hold is not made, or not moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefused {
    /// The post is not shown to the holder, or not on that day.
    #[error("this offer cannot be held now")]
    NotAvailable,
    /// Not enough places are left.
    #[error(transparent)]
    NoPlaceLeft(#[from] NoPlaceLeft),
    /// The state of the hold does not allow the move.
    #[error("a hold in the state {status:?} does not allow this")]
    NotAllowed {
        /// The state.
        status: HoldStatus,
        /// The moves that it allows.
        allowed: Vec<HoldVerb>,
    },
    /// What was given breaks rules.
    #[error("the hold breaks one or more rules")]
    Invalid(Vec<Refusal>),
}

impl Hold {
    /// Takes places of a post for `lasting`; the post comes back with fewer places left, and both
    /// are kept together or not at all.
    pub fn take(
        id: Id<Self>,
        request: HoldRequest,
        offer: &Offer,
        terms: &HoldTerms<'_>,
        at: DateTime<Utc>,
    ) -> Result<(Self, Offer), HoldRefused> {
        let today = civil_date(at);
        let around = terms.around;
        let tig = offer.content().tig().ok_or(HoldRefused::NotAvailable)?;
        if !offer.publication(around, terms.view, today).is_visible() {
            return Err(HoldRefused::NotAvailable);
        }
        let refusals: Vec<Refusal> = starts_too_early(&request, today)
            .into_iter()
            .chain(measure_not_taken_in(&request, tig))
            .chain(hours_out_of_bounds(&request, offer, terms.law, today))
            .collect();
        if !refusals.is_empty() {
            return Err(HoldRefused::Invalid(refusals));
        }
        let days = offer.shown_days(around, request.starts_on);
        if !days.is_some_and(|days| days.holds(request.starts_on)) {
            return Err(HoldRefused::NotAvailable);
        }
        let taken = offer.with_taken(request.places)?;
        let facts = HoldFacts {
            offer: offer.id,
            request,
            status: HoldStatus::Held,
            expires_at: at + terms.lasting,
        };
        Ok((Self::restore(id, Record::created(at), facts), taken))
    }

    /// A hold that was kept.
    #[must_use]
    pub const fn restore(id: Id<Self>, record: Record, facts: HoldFacts) -> Self {
        Self { id, record, facts }
    }

    /// The holder confirms that the places will be taken.
    pub fn confirm(&self, at: DateTime<Utc>) -> Result<HoldMoved, HoldRefused> {
        self.moved(HoldVerb::Confirm, EventType::HoldConfirmed, at)
    }

    /// The holder gives the places back.
    pub fn release(&self, at: DateTime<Utc>) -> Result<HoldMoved, HoldRefused> {
        self.moved(HoldVerb::Release, EventType::HoldReleased, at)
    }

    /// The work is done; the places are free again.
    pub fn complete(&self, at: DateTime<Utc>) -> Result<HoldMoved, HoldRefused> {
        self.moved(HoldVerb::Complete, EventType::HoldCompleted, at)
    }

    /// What time has brought: a hold that was not confirmed in time gives its places back.
    #[must_use]
    pub fn due(&self, at: DateTime<Utc>) -> Option<HoldMoved> {
        let lapsed =
            self.facts.status == HoldStatus::Held && self.status_at(at) == HoldStatus::Expired;
        lapsed.then(|| self.into_status(HoldStatus::Expired, EventType::HoldExpired))
    }

    /// Its state at an instant: a hold has expired on its time, whether that is recorded or not.
    #[must_use]
    pub fn status_at(&self, at: DateTime<Utc>) -> HoldStatus {
        match self.facts.status {
            HoldStatus::Held if self.facts.expires_at <= at => HoldStatus::Expired,
            status => status,
        }
    }

    /// Whether a client is its holder.
    #[must_use]
    pub fn is_of(&self, client: Id<Client>) -> bool {
        self.facts.request.holder == client
    }

    /// The facts.
    #[must_use]
    pub const fn into_facts(self) -> HoldFacts {
        self.facts
    }

    fn moved(
        &self,
        verb: HoldVerb,
        event: EventType,
        at: DateTime<Utc>,
    ) -> Result<HoldMoved, HoldRefused> {
        let status = self.status_at(at);
        if verb.is_allowed(status) {
            return Ok(self.into_status(verb.to(), event));
        }
        Err(HoldRefused::NotAllowed {
            status,
            allowed: HoldVerb::allowed(status),
        })
    }

    fn into_status(self, status: HoldStatus, event: EventType) -> HoldMoved {
        let places = self.facts.request.places;
        HoldMoved {
            hold: Self {
                facts: HoldFacts {
                    status,
                    ..self.facts
                },
                ..self
            },
            event,
            freed: (!status.takes_places()).then_some(places),
        }
    }
}

impl Deref for Hold {
    type Target = HoldFacts;

    fn deref(&self) -> &HoldFacts {
        &self.facts
    }
}

/// What a hold is taken under.
#[derive(Debug, Clone, Copy)]
pub struct HoldTerms<'a> {
    /// What decides whether the post is shown.
    pub around: &'a Surroundings,
    /// How far the holder sees.
    pub view: Diffusion,
    /// The bounds of hours.
    pub law: &'a OfferLaw,
    /// How long it lasts without being confirmed.
    pub lasting: TimeDelta,
}

fn starts_too_early(request: &HoldRequest, today: NaiveDate) -> Option<Refusal> {
    (request.starts_on < today).then(|| {
        Refusal::new(
            "/starts_on",
            RefusalCode::Range,
            "the work starts today or later",
        )
    })
}

fn measure_not_taken_in(request: &HoldRequest, tig: &Tig) -> Option<Refusal> {
    let measure = request.framework?.measure();
    (!tig.facts().measures.contains(&measure)).then(|| {
        Refusal::new(
            "/framework",
            RefusalCode::Inconsistent,
            "the post does not take this measure in",
        )
    })
}

/// Hours that no audience of the post may be sentenced to under the framework, or a framework
/// under which none may be.
fn hours_out_of_bounds(
    request: &HoldRequest,
    offer: &Offer,
    law: &OfferLaw,
    today: NaiveDate,
) -> Option<Refusal> {
    let framework = request.framework?;
    let audiences = offer.life().registered_for.iter();
    let bounds: Vec<_> = audiences
        .filter_map(|audience| law.tig_hours.on(framework, *audience, today))
        .collect();
    let hours = request.hours.get();
    let Some(row) = bounds.first() else {
        return Some(Refusal::new(
            "/framework",
            RefusalCode::Inconsistent,
            "the law knows of no such measure for those whom the post takes in",
        ));
    };
    if bounds.iter().any(|it| it.value.allow(hours)) {
        return None;
    }
    let (least, most) = (row.value.min_hours.unwrap_or(1), row.value.max_hours);
    Some(Refusal::new(
        "/hours",
        RefusalCode::OutOfBounds,
        format!("{least} to {most} hours are allowed ({})", row.article),
    ))
}

#[cfg(test)]
mod tests;
