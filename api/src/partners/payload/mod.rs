//! The wire shapes of a partner: the card that everybody reads, as JSON, on a map and as a row,
//! and the record that some read.

mod card;
mod codes;
mod csv;
mod feature;
mod input;
mod record;
mod written_schemas;

pub use card::{PartnerCard, PartnerFactsOutput, PartnerTerritories};
pub use csv::{CSV_COLUMNS, csv_row};
pub use feature::{PartnerFeature, PartnerProperties};
pub(crate) use input::{new_partner, patched, read_contact, replaced};
pub use record::{PartnerContactOutput, PartnerRecord};
pub use written_schemas::{PartnerContactInput, PartnerInput, PartnerPatch};
