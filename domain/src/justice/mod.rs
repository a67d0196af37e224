//! Courts, and the services of probation: who decides of community service and follows it.

mod code;
mod court;
mod probation_service;

pub use code::{CourtCode, JusticeCodeError, ProbationServiceCode};
pub use court::Court;
pub use probation_service::ProbationService;
