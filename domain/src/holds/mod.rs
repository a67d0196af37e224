//! Holds: places of a post that are kept for somebody of whom nothing is known here.
//!
//! A hold carries a number of places, hours, a first day, and the mark of a case that its holder
//! alone can read: a keyed hash of a reference of its own system.

mod case;
mod hold;
mod standing;
mod status;

pub use case::{CaseHash, CaseHashError, CaseKey, CaseReference, CaseReferenceError};
pub use hold::{Hold, HoldFacts, HoldMoved, HoldRefused, HoldRequest, HoldTerms};
pub use standing::HoldStanding;
pub use status::{HoldStatus, HoldVerb};
