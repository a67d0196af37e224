//! How often a client fails to prove who it is: past a limit nothing it presents is looked at.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::kernel::problem::{ApiError, Kind};

/// Failures of a client before it has to wait.
pub const MAX_FAILURES: u32 = 10;
/// The name of the policy.
pub const FAILURES_POLICY: &str = "failures";
/// How long failures count, and the longest wait.
const WINDOW: TimeDelta = TimeDelta::seconds(60);

/// The failures of each client in the minute that began with the first.
#[derive(Debug, Default)]
pub struct Failures(Mutex<HashMap<Uuid, Row>>);

#[derive(Debug, Clone, Copy)]
struct Row {
    since: DateTime<Utc>,
    count: u32,
}

impl Failures {
    /// Refuses a client that failed too often, whatever it presents now.
    pub fn check(&self, client: Uuid, now: DateTime<Utc>) -> Result<(), ApiError> {
        let rows = self.rows();
        let Some(row) = rows.get(&client).filter(|row| row.since + WINDOW > now) else {
            return Ok(());
        };
        if row.count < MAX_FAILURES {
            return Ok(());
        }
        let wait = (row.since + WINDOW - now).num_seconds().max(1);
        Err(ApiError::new(Kind::RateLimited)
            .with("violated-policies", vec![FAILURES_POLICY])
            .retry_after(u64::try_from(wait).unwrap_or(1)))
    }

    /// Counts a failure.
    pub fn count(&self, client: Uuid, now: DateTime<Utc>) {
        let mut rows = self.rows();
        let row = rows.entry(client).or_insert(Row {
            since: now,
            count: 0,
        });
        if row.since + WINDOW <= now {
            *row = Row {
                since: now,
                count: 0,
            };
        }
        row.count = row.count.saturating_add(1);
    }

    /// Forgets what no longer counts.
    pub fn forget(&self, now: DateTime<Utc>) {
        self.rows().retain(|_, row| row.since + WINDOW > now);
    }

    /// A panic elsewhere leaves the rows whole: each change is a single store.
    fn rows(&self) -> MutexGuard<'_, HashMap<Uuid, Row>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_fails_ten_times_waits_for_the_minute_to_end() {
        let failures = Failures::default();
        let (client, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let start: DateTime<Utc> = "2026-07-01T10:00:00Z".parse().unwrap();
        let at = |seconds| start + TimeDelta::seconds(seconds);
        for second in 0..10 {
            assert!(failures.check(client, at(second)).is_ok());
            failures.count(client, at(second));
        }
        let refused = failures.check(client, at(10)).unwrap_err();
        assert_eq!(refused.kind(), Kind::RateLimited);
        assert!(failures.check(other, at(10)).is_ok());
        assert!(failures.check(client, at(60)).is_ok());
        failures.count(client, at(60));
        assert!(failures.check(client, at(61)).is_ok());
        failures.forget(at(200));
        assert!(failures.rows().is_empty());
    }
}
