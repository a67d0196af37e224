//! The parts of an establishment, one by one: six kinds, five operations, written once.

mod edit;
mod routes;

pub(super) use routes::configure;
