//! The wire shapes of a hold: as it is asked for, and as those read it whom it concerns.

mod input;
mod output;

pub(crate) use input::{HoldInput, HoldMove, Wanted, wanted};
pub use output::{HoldHolder, HoldOffer, HoldOutput};
