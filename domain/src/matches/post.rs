//! What somebody can do, held against a post of community service.

use super::{Criterion, Finding, Judged, Tally, criterion::judged};
use crate::{
    kernel::{CodeSet, RadiusKm, TransportM},
    offers::{TigFacts, TigField, TimeSlot},
};

/// What a post is to be like; what is not asked counts for nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PostNeed {
    /// Done in one of these slots.
    pub slot: Option<Criterion<Vec<TimeSlot>>>,
    /// Of one of these fields.
    pub field: Option<Criterion<Vec<TigField>>>,
    /// Accessible with reduced mobility, or not.
    pub step_free: Option<Criterion<bool>>,
    /// No farther than this from public transport.
    pub max_transport_m: Option<Criterion<TransportM>>,
    /// Needing a driving licence, or none.
    pub licence_needed: Option<Criterion<bool>>,
    /// Needing a vehicle of one's own, or none.
    pub vehicle_needed: Option<Criterion<bool>>,
    /// No farther than this from where the person is.
    pub place: Option<Criterion<RadiusKm>>,
}

/// What a post is judged by, in few bytes: there are tens of thousands of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostTraits {
    slots: CodeSet<TimeSlot>,
    field: TigField,
    step_free: Option<bool>,
    transport_m: Option<TransportM>,
    licence_needed: bool,
    vehicle_needed: bool,
}

impl From<&TigFacts> for PostTraits {
    fn from(facts: &TigFacts) -> Self {
        Self {
            slots: facts.slots.iter().collect(),
            field: facts.field,
            step_free: facts.step_free,
            transport_m: facts.transport_m,
            licence_needed: facts.licence_needed,
            vehicle_needed: facts.vehicle_needed,
        }
    }
}

impl PostNeed {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is found of each criterion, in the order of the question, of a post so many
    /// kilometres away.
    pub fn judge(
        &self,
        post: &PostTraits,
        distance_km: Option<f64>,
    ) -> impl Iterator<Item = Judged> {
        let transport = post.transport_m.map(|it| f64::from(it.get()));
        let is = |told: Option<bool>| {
            move |wanted: &bool| {
                told.map_or(Finding::unknown(), |told| Finding::of(told == *wanted))
            }
        };
        let all = [
            judged(self.slot.as_ref(), "slot", |wanted| {
                Finding::of(post.slots.meets(&wanted.iter().collect()))
            }),
            judged(self.field.as_ref(), "field", |wanted| {
                Finding::of(wanted.contains(&post.field))
            }),
            judged(self.step_free.as_ref(), "step_free", is(post.step_free)),
            judged(self.max_transport_m.as_ref(), "max_transport_m", |most| {
                Finding::at_most(most.get().into(), transport)
            }),
            judged(
                self.licence_needed.as_ref(),
                "licence_needed",
                is(Some(post.licence_needed)),
            ),
            judged(
                self.vehicle_needed.as_ref(),
                "vehicle_needed",
                is(Some(post.vehicle_needed)),
            ),
            judged(self.place.as_ref(), "place", |most| {
                Finding::at_most(most.get(), distance_km)
            }),
        ];
        all.into_iter().flatten()
    }

    /// The same, added up.
    #[must_use]
    pub fn tally(&self, post: &PostTraits, distance_km: Option<f64>) -> Tally {
        let judged = self.judge(post, distance_km);
        judged.fold(Tally::default(), |tally, judged| tally.and(&judged))
    }
}
