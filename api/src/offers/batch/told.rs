//! What is answered of each line, and at the end.

use domain::{
    kernel::{Code, Id, Refusal},
    offers::{LineOutcome, Offer},
};
use persistence::offers::syncs::SyncCounts;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::kernel::{coded::Coded, problem::ApiError};

/// The most refusals that are told of a line.
const MOST_ERRORS: usize = 20;

/// What became of a line.
pub(super) type CodedLineOutcome = Coded<LineOutcome>;

/// Lines of JSON, an offer each.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(ToSchema)]
#[schema(as = OfferLines, value_type = String, max_length = 52_428_800,
    example = "{\"reference\":\"TIG-1\",\"kind\":\"tig\"}\n")]
pub(crate) struct BatchLines(String);

/// What became of a line of a batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferLineResult)]
pub(crate) struct LineResult {
    /// The line, from 1; lines that are blank count too, and have no result.
    #[schema(minimum = 1, maximum = 50_000, example = 1)]
    pub line: usize,
    /// The reference, where the line has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        example = "TIG-2026-0042"
    )]
    pub reference: Option<String>,
    /// What became of it.
    pub outcome: CodedLineOutcome,
    /// The id of the offer, unless the line is refused, or nothing is kept of a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uuid", min_length = 36, max_length = 36)]
    pub id: Option<String>,
    /// Why it is refused; 20 reasons at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20, required = false)]
    pub errors: Vec<LineError>,
}

/// Why a line is refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferLineError)]
pub(crate) struct LineError {
    /// The member of the line concerned: a JSON Pointer as a URI fragment.
    #[schema(max_length = 1000, example = "#/commune")]
    pub pointer: String,
    /// What is wrong.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "not_found")]
    pub code: &'static str,
    /// What is accepted.
    #[schema(max_length = 4000)]
    pub detail: String,
}

/// The last line: how many lines came to what, and why the batch ended early, when it did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferBatchEnd)]
pub(crate) struct BatchEnd {
    /// How many lines came to what.
    pub summary: Summary,
    /// Why nothing more was read, when the body was not read to its end: a problem (RFC 9457).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = crate::kernel::problem::Problem)]
    pub problem: Option<Value>,
}

/// How many lines came to what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferLineCounts)]
pub(crate) struct Summary {
    /// Lines that made an offer.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 998)]
    pub created: u32,
    /// Lines that changed one.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 0)]
    pub updated: u32,
    /// Lines that changed nothing.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 0)]
    pub unchanged: u32,
    /// Lines that were refused.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 2)]
    pub refused: u32,
}

impl LineResult {
    /// A line that was written, or would be.
    pub(super) fn written(
        line: usize,
        reference: &str,
        outcome: LineOutcome,
        id: Option<Id<Offer>>,
    ) -> Self {
        Self {
            line,
            reference: Some(reference.to_owned()),
            outcome: outcome.into(),
            id: id.map(|id| id.to_string()),
            errors: Vec::new(),
        }
    }

    /// A line that is refused.
    pub(super) fn refused(line: usize, reference: Option<String>, refusals: Vec<Refusal>) -> Self {
        let errors = refusals.into_iter().take(MOST_ERRORS);
        let told = |Refusal {
                        pointer,
                        code,
                        detail,
                    }: Refusal| LineError {
            pointer: format!("#{pointer}"),
            code: code.code(),
            detail,
        };
        Self {
            line,
            reference,
            outcome: LineOutcome::Refused.into(),
            id: None,
            errors: errors.map(told).collect(),
        }
    }

    /// Itself as a line.
    pub(super) fn write(&self, text: &mut String) -> Result<(), ApiError> {
        let line = serde_json::to_string(self).map_err(|error| ApiError::internal(&error))?;
        text.push_str(&line);
        text.push('\n');
        Ok(())
    }
}

impl From<SyncCounts> for Summary {
    fn from(counts: SyncCounts) -> Self {
        let SyncCounts {
            created,
            updated,
            unchanged,
            refused,
        } = counts;
        Self {
            created,
            updated,
            unchanged,
            refused,
        }
    }
}
