//! The real time and the real chance; everything else takes them as arguments.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use domain::{
    clients::{ChanceError, SecretSource},
    kernel::{Clock, IdSource},
};
use uuid::{Builder, Uuid};

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

/// Identifiers of requests whose chance is asked of the machine at once: asking takes longer than
/// all else that makes one.
const AT_ONCE: usize = 256;

thread_local! {
    static CHANCES: RefCell<Vec<[u8; 16]>> = const { RefCell::new(Vec::new()) };
}

/// An identifier of something that happens and is not kept, as a request: unlike those of objects,
/// it does not tell which came before.
#[must_use]
pub fn occurrence(ids: &dyn IdSource) -> Uuid {
    let chance = CHANCES.with_borrow_mut(|left| {
        if left.is_empty() {
            let mut bytes = [[0; 16]; AT_ONCE];
            getrandom::fill(bytes.as_flattened_mut()).ok()?;
            left.extend(bytes);
        }
        left.pop()
    });
    chance.map_or_else(
        || ids.next(),
        |bytes| Builder::from_random_bytes(bytes).into_uuid(),
    )
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
