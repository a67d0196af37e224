//! What a holder asks for.

use chrono::NaiveDate;
use domain::{
    holds::CaseReference,
    kernel::{Count, Refusal, SentenceHours},
    offers::PenalFramework,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{
    body::{Node, read_object},
    coded::Bare,
};

type PenalFrameworkCode = Bare<PenalFramework>;

/// Places to keep for a case.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldInput {
    /// How many places.
    #[schema(value_type = u32, minimum = 1, maximum = 10_000, example = 1)]
    pub places: (),
    /// How many hours will be worked; within what the law allows, where the framework is told.
    #[schema(value_type = u32, minimum = 1, maximum = 10_000, example = 105)]
    pub hours: (),
    /// The first day of the work, today or later.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2026-12-07")]
    pub starts_on: (),
    /// The framework of the measure.
    #[schema(value_type = Option<PenalFrameworkCode>, required = false)]
    pub framework: (),
    /// The number of the case in your own system, never a name: it is hashed under a key of this
    /// installation, and forgotten.
    #[schema(value_type = String, min_length = 1, max_length = 200, pattern = "^[!-~]+$",
        example = "2026/0042")]
    pub case_reference: (),
}

/// A move that states nothing: an object without fields.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldMove {}

/// What is asked for.
pub(crate) struct Wanted {
    pub(crate) places: Count,
    pub(crate) hours: SentenceHours,
    pub(crate) starts_on: NaiveDate,
    pub(crate) framework: Option<PenalFramework>,
    pub(crate) case: CaseReference,
}

/// Reads what is asked for.
pub(crate) fn wanted(body: &Node) -> Result<Wanted, Vec<Refusal>> {
    read_object(body, |fields| {
        let places = fields.required("places", |value| value.whole(Count::new));
        let hours = fields.required("hours", |value| value.whole(SentenceHours::new));
        let starts_on = fields.required("starts_on", |value| value.date());
        let framework = fields.optional("framework", |value| value.coded());
        let case = fields.required("case_reference", |value| value.parsed());
        Some(Wanted {
            places: places?,
            hours: hours?,
            starts_on: starts_on?,
            framework,
            case: case?,
        })
    })
}
