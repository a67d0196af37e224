//! The wire shapes of an offer: the card that everybody reads, as JSON, on a map and as a row.

mod card;
mod codes;
mod csv;
mod facts;
mod feature;
mod publication;

pub use card::{
    CertificationOutput, EmploymentCard, OfferCard, OfferEstablishment, PayOutput, SessionOutput,
    TigCard, TrainingCard,
};
pub use csv::{CSV_COLUMNS, csv_row};
pub use facts::{OfferFactsOutput, OfferPartner};
pub use feature::{OfferFeature, OfferProperties, TigProperties, WorkProperties};
pub(crate) use publication::OfferPublicationRead;
pub use publication::{OfferPast, OfferPublication};
