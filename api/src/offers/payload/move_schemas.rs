//! What the document says of the facts of moves; the readers are in `moves`.

use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{OpinionGiverCode, OpinionOutcomeCode, SuspensionReasonCode};

/// A move that needs no fact: an object without fields.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferMove {}

/// An opinion to ask for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferOpinionRequest {
    /// Whose.
    #[schema(value_type = OpinionGiverCode)]
    pub giver: (),
    /// The day it is asked for, today at the latest.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2026-11-20")]
    pub requested_on: (),
    /// What it is about: `registration` or `strike_off`; the first, unless it is said.
    #[schema(value_type = Option<String>, required = false, max_length = 12,
        pattern = "^(registration|strike_off)$", example = "registration")]
    pub about: (),
}

/// An opinion.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferOpinionAnswer {
    /// In what capacity you give it.
    #[schema(value_type = OpinionGiverCode)]
    pub giver: (),
    /// Its sense; nobody says `not_given`.
    #[schema(value_type = OpinionOutcomeCode)]
    pub outcome: (),
    /// The day it is given, today at the latest.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2026-11-23")]
    pub given_on: (),
    /// Why.
    #[schema(value_type = Option<String>, required = false, min_length = 1, max_length = 4000)]
    pub statement: (),
}

/// Who signs a decision, in the name of an authority.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferSignatoryInput {
    /// First name.
    #[schema(value_type = String, min_length = 1, max_length = 100, example = "Camille")]
    pub first_name: (),
    /// Name.
    #[schema(value_type = String, min_length = 1, max_length = 100, example = "Exemple")]
    pub last_name: (),
    /// In what capacity.
    #[schema(value_type = String, min_length = 1, max_length = 200,
        example = "Directrice du SPIP de la Gironde")]
    pub capacity: (),
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferDecision {
    /// The day it was taken, today at the latest.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2026-12-02")]
    pub decided_on: (),
    /// Who signed it.
    #[schema(value_type = OfferSignatoryInput)]
    pub signatory: (),
}

/// A decision and its reasons.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferReasonedDecision {
    /// The day it was taken, today at the latest.
    #[schema(value_type = String, format = Date, max_length = 10, example = "2026-12-02")]
    pub decided_on: (),
    /// Who signed it.
    #[schema(value_type = OfferSignatoryInput)]
    pub signatory: (),
    /// Codes of `/v1/code-lists/offer-refusal-reasons`, one to five.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 5,
        example = json!(["insufficient_supervision"]))]
    pub reasons: (),
    /// The reasons in words.
    #[schema(value_type = String, min_length = 20, max_length = 4000,
        example = "L'encadrement prévu ne suffit pas.")]
    pub statement: (),
}

/// A refusal: of a post, with the day and the signatory of the decision; of a job or a training,
/// without them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferRefusal)]
pub(crate) struct OfferRefusalBody {
    /// Of a post: the day it was taken, today at the latest.
    #[schema(value_type = String, required = false, format = Date, max_length = 10,
        example = "2026-12-02")]
    pub decided_on: (),
    /// Of a post: who signed it.
    #[schema(value_type = OfferSignatoryInput, required = false)]
    pub signatory: (),
    /// One to five codes, of `/v1/code-lists/offer-refusal-reasons` for a post, of
    /// `/v1/code-lists/moderation-reasons` for a job or a training.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 5, example = json!(["incomplete"]))]
    pub reasons: (),
    /// The reasons in words.
    #[schema(value_type = String, min_length = 20, max_length = 4000,
        example = "L'encadrement prévu ne suffit pas.")]
    pub statement: (),
}

/// A suspension.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferSuspensionInput)]
pub(crate) struct OfferSuspensionBody {
    /// Why: one reason of a host, one to five of an authority.
    #[schema(value_type = Vec<SuspensionReasonCode>, min_items = 1, max_items = 5)]
    pub reasons: (),
    /// The reasons in words: needed from an authority, and from a host whose reason is `other`.
    #[schema(value_type = Option<String>, required = false, min_length = 20, max_length = 4000,
        example = "Fermeture du site pendant les travaux.")]
    pub statement: (),
    /// Until when, as announced; it is lifted by a move, never by the calendar.
    #[schema(value_type = Option<String>, required = false, format = Date, max_length = 10,
        example = "2027-01-31")]
    pub until: (),
}

/// A revival.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferRevival {
    /// A new last day.
    #[schema(value_type = Option<String>, required = false, format = Date, max_length = 10,
        example = "2027-11-30")]
    pub ends_on: (),
}
