//! Matches: how well what there is answers a need, criterion by criterion.
//!
//! Each criterion is met, missed or unknown; an unknown counts neither as met nor as missed, and
//! a score is the share of the weights that is met. Nothing here is random, and nothing depends on
//! the other candidates, so that a score is explained by the sheet alone.

mod criterion;
mod establishment;
mod finding;
mod post;
mod rank;
mod tally;
#[cfg(test)]
mod tests;

pub use criterion::{Criterion, Judged};
pub use establishment::{EstablishmentMatch, EstablishmentNeed};
pub use finding::{Finding, MatchOutcome};
pub use post::{PostNeed, PostTraits};
pub use rank::{Rank, best};
pub use tally::Tally;
