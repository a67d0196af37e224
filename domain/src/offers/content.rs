//! What the author of an offer says of it.

use std::{collections::BTreeSet, ops::Deref};

use chrono::NaiveDate;

use super::{
    Audience, Diffusion, Employment, OfferDates, OfferKind, OfferLaw, Place, Site, Tig, TigField,
    TimeSlot, Training,
};
use crate::{
    activities::WorkRegime,
    establishments::Establishment,
    kernel::{Count, Id, Refusal, RefusalCode, Text, WeekHours},
};

/// What an offer says according to its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Details {
    /// A post of community service.
    Tig(Tig),
    /// A job in detention.
    Employment(Employment),
    /// A training.
    Training(Training),
}

/// Everything the author says.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentFacts {
    /// Its title.
    pub title: Text<200>,
    /// What is done, and how.
    pub description: Text<4000>,
    /// Where.
    pub place: Place,
    /// Who may know of it.
    pub diffusion: Diffusion,
    /// On which days it holds.
    pub dates: OfferDates,
    /// How many people it can take at once.
    pub places: Count,
    /// Hours a week.
    pub hours_per_week: Option<WeekHours>,
    /// What depends on its kind.
    pub details: Details,
}

/// What the author of an offer says of it.
///
/// Invariant: a post and a job tell their hours a week (Code pénitentiaire, art. R623-11, R412-25).
#[derive(Debug, Clone, PartialEq)]
pub struct Content(ContentFacts);

/// What the list of a département registers of a post: a change of it is decided again.
#[derive(Debug, Clone, PartialEq)]
pub struct PostTerms {
    /// The field of the work.
    pub field: TigField,
    /// Where it is done.
    pub place: Place,
    /// Hours a week.
    pub hours_per_week: Option<WeekHours>,
    /// When in the week.
    pub slots: BTreeSet<TimeSlot>,
    /// How many people it can take at once.
    pub places: Count,
}

impl Content {
    /// Checks what was kept; the law of the day it was written on judged it then.
    pub fn new(facts: ContentFacts) -> Result<Self, Vec<Refusal>> {
        let refusals: Vec<Refusal> = hours_are_told(&facts).into_iter().collect();
        if refusals.is_empty() {
            Ok(Self(facts))
        } else {
            Err(refusals)
        }
    }

    /// Checks what is written on `day`, by the law of that day too.
    pub fn written(
        facts: ContentFacts,
        law: &OfferLaw,
        day: NaiveDate,
    ) -> Result<Self, Vec<Refusal>> {
        let breaches = match &facts.details {
            Details::Employment(job) => job.breaches(facts.hours_per_week, law, day),
            Details::Tig(_) | Details::Training(_) => Vec::new(),
        };
        match Self::new(facts) {
            Ok(content) if breaches.is_empty() => Ok(content),
            Ok(_) => Err(breaches),
            Err(refusals) => Err(refusals.into_iter().chain(breaches).collect()),
        }
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> ContentFacts {
        self.0
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> OfferKind {
        match self.0.details {
            Details::Tig(_) => OfferKind::Tig,
            Details::Employment(_) => OfferKind::Employment,
            Details::Training(_) => OfferKind::Training,
        }
    }

    /// The post, when it is one.
    #[must_use]
    pub const fn tig(&self) -> Option<&Tig> {
        match &self.0.details {
            Details::Tig(tig) => Some(tig),
            Details::Employment(_) | Details::Training(_) => None,
        }
    }

    /// The establishment where it takes place, when it takes place in one.
    #[must_use]
    pub const fn establishment(&self) -> Option<Id<Establishment>> {
        match &self.0.details {
            Details::Tig(_) => None,
            Details::Employment(job) => Some(job.facts().establishment),
            Details::Training(training) => training.facts().establishment,
        }
    }

    /// For whom it is; nobody in particular, but for a post.
    #[must_use]
    pub fn audiences(&self) -> BTreeSet<Audience> {
        self.tig()
            .map(|tig| tig.facts().audiences.clone())
            .unwrap_or_default()
    }

    /// The site, for a caller who sees as far as `view`, or whose own offer it is: everybody may
    /// know where a prison is, and professionals alone where somebody works for the community.
    #[must_use]
    pub fn site(&self, view: Diffusion, own: bool) -> Option<&Site> {
        let sees = own || self.tig().is_none() || Diffusion::Professionals.reaches(view);
        sees.then(|| self.0.place.site())
    }

    /// Whether its author is a partner: all are, but for the service général, which is the
    /// prison administration's own (Code pénitentiaire, art. L412-3).
    #[must_use]
    pub const fn needs_partner(&self) -> bool {
        match &self.0.details {
            Details::Tig(_) | Details::Training(_) => true,
            Details::Employment(job) => !matches!(job.facts().regime, WorkRegime::ServiceGeneral),
        }
    }

    /// What the list registers of it, when it is a post.
    #[must_use]
    pub fn terms(&self) -> Option<PostTerms> {
        let tig = self.tig()?.facts();
        Some(PostTerms {
            field: tig.field,
            place: self.0.place.clone(),
            hours_per_week: self.0.hours_per_week,
            slots: tig.slots.clone(),
            places: self.0.places,
        })
    }

    /// The same with these terms; an offer that is no post is left as it is.
    #[must_use]
    pub fn with_terms(&self, terms: &PostTerms) -> Self {
        let Some(tig) = self.tig() else {
            return self.clone();
        };
        let (mut facts, restricted) = tig.clone().into_inner();
        let PostTerms {
            field,
            place,
            hours_per_week,
            slots,
            places,
        } = terms.clone();
        (facts.field, facts.slots) = (field, slots);
        // Terms come from a post, so that its slots are not empty and nothing else depends on them.
        let Ok(tig) = Tig::new(facts, restricted) else {
            return self.clone();
        };
        let common = self.0.clone();
        Self(ContentFacts {
            place,
            hours_per_week,
            places,
            details: Details::Tig(tig),
            ..common
        })
    }

    /// The same with other days.
    #[must_use]
    pub fn with_dates(&self, dates: OfferDates) -> Self {
        let common = self.0.clone();
        Self(ContentFacts { dates, ..common })
    }
}

impl Deref for Content {
    type Target = ContentFacts;

    fn deref(&self) -> &ContentFacts {
        &self.0
    }
}

fn hours_are_told(facts: &ContentFacts) -> Option<Refusal> {
    let told = match facts.details {
        Details::Tig(_) | Details::Employment(_) => facts.hours_per_week.is_some(),
        Details::Training(_) => true,
    };
    (!told).then(|| {
        Refusal::new(
            "/hours_per_week",
            RefusalCode::Required,
            "a post and a job tell their hours a week",
        )
    })
}

#[cfg(test)]
mod tests;
