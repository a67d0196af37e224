//! What is found of each criterion.

use domain::matches::{Finding, Judged};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{CodedEquipment, CodedMatchOutcome};
use crate::catalogue::forms::kilometres;

/// A criterion of the question, and what is found of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct MatchCriterion {
    /// Its name, as in the question; `place` for the distance.
    #[schema(
        max_length = 40,
        pattern = "^[a-z][a-z0-9_]*$",
        example = "clear_height_m"
    )]
    pub criterion: &'static str,
    /// Whether it is met: a code of `/v1/code-lists/match-outcomes` with its label.
    pub outcome: CodedMatchOutcome,
    /// Whether it must be met.
    #[schema(example = false)]
    pub required: bool,
    /// How much it counts.
    #[schema(minimum = 1, maximum = 10, example = 3)]
    pub weight: u32,
    /// What there is, of a criterion that is an amount, in its unit; of the place, in kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        minimum = 0,
        maximum = 10_000_000_000_i64,
        example = 4.0
    )]
    pub found: Option<f64>,
    /// By how much it is missed, in the same unit, to the thousandth above; of a vehicle, in sizes
    /// of `/v1/code-lists/vehicle-sizes`. Absent where there is no dock at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        minimum = 0.001,
        maximum = 10_000_000_000_i64,
        example = 0.5
    )]
    pub missing: Option<f64>,
    /// The equipment that the zone lacks, when it lacks some.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 100)]
    pub lacking: Vec<CodedEquipment>,
}

impl From<&Judged> for MatchCriterion {
    fn from(judged: &Judged) -> Self {
        let Judged {
            criterion,
            required,
            weight,
            finding,
        } = judged;
        let Finding {
            outcome,
            found,
            missing,
            lacking,
        } = finding;
        Self {
            criterion,
            outcome: (*outcome).into(),
            required: *required,
            weight: weight.get(),
            // Of all amounts a distance alone has more digits than anybody measures.
            found: found.map(kilometres),
            missing: *missing,
            lacking: lacking.iter().copied().map(CodedEquipment::from).collect(),
        }
    }
}

/// The criteria that must be met and of which nothing is known, in the order of the question.
pub(super) fn to_confirm(judged: &[Judged]) -> Vec<&'static str> {
    let unknown = judged.iter().filter(|judged| judged.is_to_confirm());
    unknown.map(|judged| judged.criterion).collect()
}
