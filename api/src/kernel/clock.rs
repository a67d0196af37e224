//! The real time and the real chance; everything else takes them as arguments.

use chrono::{DateTime, Utc};
use domain::kernel::{Clock, IdSource};
use uuid::Uuid;

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one reader of the time"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Identifiers from the machine's clock and chance.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one source of identifiers"
    )]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
