//! The platform from outside: one binary of tests, over real processes and real HTTP.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod support;

mod access;
mod activities;
mod audit;
mod away;
mod backup;
mod changes;
mod cli;
mod cli_clients;
mod clients;
mod clusters;
mod code_lists;
mod contacts;
mod contract;
mod establishments;
mod following;
mod habilitations;
mod holds;
mod idempotency;
mod import;
mod limits;
mod matches;
mod oauth;
mod offers;
mod partners;
mod service;
mod statistics;
mod stopping;
mod suggestions;
mod sweep;
mod territories;
mod tidy;
mod tiles;
mod together;
