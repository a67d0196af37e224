//! Time and chance, which everything else takes as arguments.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;

    /// The present day in Paris, where validity changes at midnight.
    fn today(&self) -> NaiveDate {
        civil_date(self.now())
    }
}

/// Gives identifiers that nobody has.
pub trait IdSource: Send + Sync {
    /// A new `UUIDv7`.
    fn next(&self) -> Uuid;
}

/// The day it is in Paris at `instant`.
#[must_use]
pub fn civil_date(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&Paris).date_naive()
}

/// A clock that stands still, for tests and for reproducible documents.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_paris() {
        let before: DateTime<Utc> = "2026-07-01T21:59:59Z".parse().unwrap();
        let after: DateTime<Utc> = "2026-07-01T22:00:00Z".parse().unwrap();
        assert_eq!(civil_date(before).to_string(), "2026-07-01");
        assert_eq!(civil_date(after).to_string(), "2026-07-02");
    }
}
