//! The wire shapes of a client, in both directions.

mod belonging;

pub(super) use belonging::{OrganisationOutput, PerimeterOutput};
