//! The real time and the real chance; everything else takes them as arguments.

use chrono::{DateTime, Utc};
use domain::{
    clients::{ChanceError, SecretSource},
    kernel::{Clock, IdSource},
};
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

/// Random bits from the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemSecrets;

impl SecretSource for SystemSecrets {
    fn bits(&self) -> Result<[u8; 32], ChanceError> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).map_err(|error| ChanceError(error.to_string()))?;
        Ok(bits)
    }
}

/// Time and chance, for what is new.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    /// Tells the dates of what is new.
    pub clock: &'a dyn Clock,
    /// Gives ids to what has none.
    pub ids: &'a dyn IdSource,
}
