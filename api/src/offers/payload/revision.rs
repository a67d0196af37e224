//! What is to change of a registered post, once it is decided.

use domain::{
    kernel::{Code, Count, Position, WeekHours},
    offers::{PostTerms, Site},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{CodedTigField, CodedTimeSlot};
use crate::{
    kernel::coded::Coded,
    offers::around::Around,
    territories::{PlaceOutput, PositionOutput, place_of_commune},
};

/// What is to change of a registered post: all that the list registers of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferRevision)]
pub struct RevisionOutput {
    /// The field of the work.
    pub field: CodedTigField,
    /// The commune.
    pub commune: PlaceOutput,
    /// Number and street, when you may know them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200)]
    pub street: Option<String>,
    /// Postcode, when you may know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 5, pattern = "^[0-9]{5}$")]
    pub postcode: Option<String>,
    /// The position, when you may know it, else the centre of the commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub position: Option<PositionOutput>,
    /// Hours a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 168)]
    pub hours_per_week: Option<f64>,
    /// When it is done.
    #[schema(max_items = 5)]
    pub slots: Vec<CodedTimeSlot>,
    /// How many people it can take at once.
    #[schema(minimum = 1, maximum = 10_000)]
    pub places: u32,
}

impl RevisionOutput {
    pub(super) fn new(terms: &PostTerms, around: &Around, sees_site: bool) -> Self {
        let PostTerms {
            field,
            place,
            hours_per_week,
            slots,
            places,
        } = terms;
        let Site {
            street, postcode, ..
        } = place.site();
        let position = if sees_site {
            place.position()
        } else {
            place.centre()
        };
        let told = |text: Option<String>| text.filter(|_| sees_site);
        Self {
            field: (*field).into(),
            commune: place_of_commune(around.reference.territories(), place.commune()),
            street: told(street.as_ref().map(ToString::to_string)),
            postcode: told(postcode.as_ref().map(ToString::to_string)),
            position: position.map(position_output),
            hours_per_week: hours_per_week.map(WeekHours::get),
            slots: slots.iter().copied().map(Coded::from).collect(),
            places: Count::get(*places),
        }
    }
}

pub(super) fn position_output(position: Position) -> PositionOutput {
    PositionOutput {
        lat: position.point.lat(),
        lon: position.point.lon(),
        precision: position.precision.code(),
        source: None,
    }
}
