//! Dates and instants, as the API writes them.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// A date as the API writes it.
pub(crate) fn date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// An instant as the API writes it: no more digits than it has.
pub(crate) fn instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
