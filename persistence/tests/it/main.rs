//! The promises of the crate, on every engine that takes part.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

mod audit;
mod backup;
mod changes;
mod clients;
mod clients_doors;
mod clients_lists;
mod demo;
mod demo_holds;
mod doors;
mod dossiers;
mod establishments;
mod fixture;
mod followers;
mod habilitations;
mod holds;
mod idempotency;
mod migrations;
mod offers;
mod partners;
mod schema;
