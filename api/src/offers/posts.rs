//! The posts where a measure could be carried out: those that everybody sees today, with places
//! left, which the index finds.

use chrono::NaiveDate;
use domain::{
    kernel::Code,
    matches::{Criterion, PostNeed},
    offers::{Diffusion, OfferKind, Profile},
};
use search::{Clause, FacetId, Near, Point, Selection};
use uuid::Uuid;

use super::{body::OfferBody, collection::Offers, fields::Fields, sight::seen};
use crate::{
    catalogue::{Collection, codes, selection},
    kernel::problem::ApiError,
};

/// What is asked of a post.
#[derive(Debug)]
pub(crate) struct PostQuestion<'q> {
    /// The measure.
    pub(crate) measure: &'q Profile,
    /// What the post is to be like.
    pub(crate) need: &'q PostNeed,
    /// From where distances are measured.
    pub(crate) from: Option<Point>,
}

impl Collection<Offers> {
    /// What a look at each post takes of it that takes the measure in, less those that the index
    /// knows to miss something required; what of it may be unknown is for who asks.
    pub(crate) fn posts<T>(
        &self,
        asked: &PostQuestion<'_>,
        today: NaiveDate,
        mut take: impl FnMut(Uuid, &OfferBody, Option<f64>) -> Option<T>,
    ) -> Result<Vec<T>, ApiError> {
        let fields = self.fields();
        let mut clauses = takes(asked.measure, fields).to_vec();
        clauses.extend(required(asked.need, fields));
        let among_shown = |clauses| Selection {
            seen: seen(Diffusion::Public, fields, today).clauses,
            ..selection(clauses)
        };
        let within = asked.need.place.filter(|place| place.required);
        let Some((center, within)) = asked.from.zip(within) else {
            return self.look(&among_shown(clauses), take);
        };
        let near = Near {
            center,
            radius_km: within.value.get(),
        };
        let mut elsewhere = clauses.clone();
        elsewhere.push(Clause::AnyOf(fields.unlocated, vec![true.to_string()]));
        let around = Selection {
            near: Some(near),
            ..among_shown(clauses)
        };
        let mut taken = self.look(&around, &mut take)?;
        taken.append(&mut self.look(&among_shown(elsewhere), take)?);
        Ok(taken)
    }
}

/// Posts with places left, for the measure and for the audience.
fn takes(measure: &Profile, fields: &Fields) -> [Clause; 4] {
    let one = |field: FacetId, code: &str| Clause::AnyOf(field, vec![code.to_owned()]);
    [
        one(fields.kind, OfferKind::Tig.code()),
        one(fields.tig.measure, measure.framework.measure().code()),
        one(fields.tig.audience, measure.audience.code()),
        Clause::Range(fields.numbers.places_left, Some(1.0), None),
    ]
}

/// What must be met, and is known of every post.
fn required(need: &PostNeed, fields: &Fields) -> Vec<Clause> {
    fn any<T: Code>(field: FacetId, asked: Option<&Criterion<Vec<T>>>) -> Option<Clause> {
        let must = asked.filter(|criterion| criterion.required)?;
        Some(Clause::AnyOf(field, codes(&must.value)))
    }
    let is = |field: FacetId, asked: Option<Criterion<bool>>| {
        let must = asked.filter(|criterion| criterion.required)?;
        Some(Clause::AnyOf(field, vec![must.value.to_string()]))
    };
    let tig = &fields.tig;
    let clauses = [
        any(tig.slot, need.slot.as_ref()),
        any(tig.field, need.field.as_ref()),
        is(tig.licence_needed, need.licence_needed),
        is(tig.vehicle_needed, need.vehicle_needed),
    ];
    clauses.into_iter().flatten().collect()
}
