//! Numbers of the law, each with the days on which it is in force, its article and its source.
//!
//! None of them is a constant: they are read from dated tables and given as values, so that a
//! change of law is a new row, and a decision of long ago is judged by the law of its day.

mod dated;
mod hours;
mod pay;
mod terms;

pub use dated::{Dated, Overlap};
pub use hours::{HoursBounds, TigHours};
pub use pay::{MinimumWage, MinimumWages, PayClass, PayFloor, PayFloors};
pub use terms::{LegalTerm, LegalTerms, UnknownTerm};

/// Every number of the law that bounds an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferLaw {
    /// How many hours each penal framework allows.
    pub tig_hours: TigHours,
    /// The least pay of each class of work in detention.
    pub pay_floors: PayFloors,
    /// The minimum wage that pay is a share of.
    pub minimum_wages: MinimumWages,
    /// Delays, and hours in a week.
    pub terms: LegalTerms,
}
