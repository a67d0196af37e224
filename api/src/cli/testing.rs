//! What the tests of the command line share: a database, a time, ids that follow one another.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::kernel::{FixedClock, IdSource};
use persistence::{Db, DbError, testing::TestDb};
use uuid::Uuid;

use super::tools::{Tools, reference};

/// Ids in order: the same test gives the same.
#[derive(Default)]
pub(super) struct Ids(AtomicU64);

impl IdSource for Ids {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1)
    }
}

/// A database of its own, with what commands work with.
pub(super) struct Bench {
    base: TestDb,
    clock: FixedClock,
    ids: Ids,
}

impl Bench {
    /// An empty database, at a time.
    pub(super) fn at(time: &str) -> Self {
        let clock = FixedClock(time.parse().unwrap());
        Self {
            base: TestDb::sqlite(),
            clock,
            ids: Ids::default(),
        }
    }

    /// An empty database.
    pub(super) fn new() -> Self {
        Self::at("2026-11-22T09:30:00Z")
    }

    pub(super) fn tools(&self) -> Tools<'_> {
        let reference = reference().unwrap();
        Tools {
            db: self.db(),
            reference,
            clock: &self.clock,
            ids: &self.ids,
        }
    }

    pub(super) fn db(&self) -> &Db {
        self.base.db()
    }

    /// How many changes were logged.
    pub(super) fn changes(&self) -> i64 {
        let position = self.db().read_blocking(persistence::changes::position);
        let position: Result<i64, DbError> = position;
        position.unwrap()
    }
}

/// The refusals of an outcome, as they are told.
pub(super) fn refusals<T: std::fmt::Debug>(outcome: Result<T, super::CliError>) -> Vec<String> {
    match outcome {
        Err(super::CliError::Refused { refusals, .. }) => refusals,
        other => panic!("a refusal was expected: {other:?}"),
    }
}
