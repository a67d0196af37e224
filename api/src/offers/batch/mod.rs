//! Many offers of a partner at once: lines in, a result a line out, both as they come.

mod chunk;
mod routes;
mod told;

pub(super) use routes::{write_offers, write_sync_offers};
pub(super) use told::Summary;
