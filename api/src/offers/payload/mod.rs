//! The wire shapes of an offer: as its author writes it, the facts of its moves, and its record.

mod card;
mod check;
mod codes;
mod csv;
mod facts;
mod feature;
mod input;
mod input_kinds;
mod move_schemas;
mod moves;
mod publication;
mod record;
mod record_kinds;
mod record_life;
mod revision;
mod stored;
mod told;
mod written_schemas;

pub use card::{EmploymentCard, OfferCard, TigCard, TrainingCard};
pub(crate) use check::{OfferCheck, OfferChecked, OfferCheckedRule, profile};
pub use csv::{CSV_COLUMNS, csv_row};
pub use facts::OfferFactsOutput;
pub use feature::{OfferFeature, OfferProperties, TigProperties, WorkProperties};
pub(crate) use input::{Keeping, Reading, Sent, line, new_offer, patched, whole};
pub(crate) use move_schemas::{
    OfferDecision, OfferMove, OfferOpinionAnswer, OfferOpinionRequest, OfferReasonedDecision,
    OfferRefusalBody, OfferRevival, OfferSuspensionBody,
};
pub(crate) use moves::{
    Announced, asked_opinion, decision, given_opinion, grounds, host_suspension, max_withdrawn,
    reasoned, revival, suspension,
};
pub use publication::OfferPublication;
pub(crate) use publication::OfferPublicationRead;
pub use record::{OfferPartner, OfferPublicationState, OfferRecord};
pub use record_kinds::OfferEstablishment;
pub use record_life::HistoryOutput;
pub(crate) use written_schemas::{OfferByReferenceInput, OfferInput, OfferPatch};
