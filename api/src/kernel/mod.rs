//! What every resource shares: problems, parameters, negotiation, caching, pages, limits.

pub mod body;
pub mod cache;
pub mod caller;
pub(crate) mod cells;
pub mod clock;
pub mod coded;
pub mod context;
pub(crate) mod dates;
pub(crate) mod embedded;
pub mod encoding;
pub mod idempotency;
pub mod json;
pub mod keys;
pub mod limits;
pub mod logging;
pub mod metrics;
pub mod negotiate;
pub mod page;
pub mod params;
pub(crate) mod patterns;
pub mod precondition;
pub mod problem;
pub mod representation;
pub(crate) mod retention;
pub mod shell;
pub mod text;
