//! The contract: collected from the handlers, completed, committed.

/// The document as it is committed, and served.
pub const COMMITTED: &str = include_str!("../../openapi/openapi.json");
