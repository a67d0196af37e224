//! What every resource shares: problems, parameters, negotiation, caching, pages, limits.

pub mod cache;
pub mod coded;
pub mod context;
pub mod encoding;
pub mod negotiate;
pub mod page;
pub mod params;
pub mod problem;
pub mod text;
