//! The wire shapes of a client, in both directions.

mod belonging;
mod input;
mod jwks;
mod output;
mod schemas;

#[cfg(test)]
mod tests;

pub(super) use belonging::{OrganisationOutput, PerimeterOutput};
pub(super) use input::{ClientInput, key_set, new_client, new_secret, patched};
pub(super) use jwks::KeySet;
pub(super) use output::{ClientList, ClientOutput, NewClientOutput, NewSecretOutput, Whole};
pub(super) use schemas::{ClientPatchBody, MoveBody, NewClientBody, NewSecretBody};
