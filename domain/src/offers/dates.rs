//! The days on which an offer holds, in Paris, the last one included.

use chrono::{Days, NaiveDate};

use crate::kernel::{Refusal, RefusalCode};

/// When an offer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// On this day, which is its last.
    On(NaiveDate),
    /// Never by itself: its author says so in as many words.
    Permanent,
}

/// The days on which an offer holds.
///
/// Invariant: it ends on the day it starts, or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferDates {
    starts_on: Option<NaiveDate>,
    end: End,
}

impl OfferDates {
    /// Checks what an author gives: an end, or that there is none, and never both.
    pub fn new(
        starts_on: Option<NaiveDate>,
        ends_on: Option<NaiveDate>,
        permanent: bool,
    ) -> Result<Self, Vec<Refusal>> {
        let refuse = |pointer, code, detail| Err(vec![Refusal::new(pointer, code, detail)]);
        let end = match (ends_on, permanent) {
            (Some(day), false) => End::On(day),
            (None, true) => End::Permanent,
            (Some(_), true) => {
                let detail = "a permanent offer has no last day";
                return refuse("/permanent", RefusalCode::Inconsistent, detail);
            }
            (None, false) => {
                let detail = "an offer has a last day, or says that it is permanent";
                return refuse("/ends_on", RefusalCode::Required, detail);
            }
        };
        if starts_on
            .zip(ends_on)
            .is_some_and(|(start, end)| end < start)
        {
            let detail = "an offer ends on the day it starts, or later";
            return refuse("/ends_on", RefusalCode::Order, detail);
        }
        Ok(Self { starts_on, end })
    }

    /// Its first day; `None` when it holds from the start.
    #[must_use]
    pub const fn starts_on(self) -> Option<NaiveDate> {
        self.starts_on
    }

    /// Its last day; `None` when it is permanent.
    #[must_use]
    pub const fn ends_on(self) -> Option<NaiveDate> {
        match self.end {
            End::On(day) => Some(day),
            End::Permanent => None,
        }
    }

    /// Whether its author said that it is permanent.
    #[must_use]
    pub const fn is_permanent(self) -> bool {
        matches!(self.end, End::Permanent)
    }

    /// Whether it has begun on `day`.
    #[must_use]
    pub fn has_begun(self, day: NaiveDate) -> bool {
        self.starts_on.is_none_or(|first| first <= day)
    }

    /// Whether its last day is behind on `day`.
    #[must_use]
    pub fn is_over(self, day: NaiveDate) -> bool {
        self.ends_on().is_some_and(|last| last < day)
    }

    /// Whether it holds on `day`.
    #[must_use]
    pub fn holds_on(self, day: NaiveDate) -> bool {
        self.has_begun(day) && !self.is_over(day)
    }

    /// Whether its last day is `day`, or within so many days after it.
    #[must_use]
    pub fn ends_within(self, day: NaiveDate, days: u32) -> bool {
        let limit = day.checked_add_days(Days::new(u64::from(days)));
        self.ends_on()
            .is_some_and(|last| last >= day && limit.is_none_or(|limit| last <= limit))
    }

    /// The same with another last day.
    pub fn ending_on(self, day: NaiveDate) -> Result<Self, Vec<Refusal>> {
        Self::new(self.starts_on, Some(day), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn code(start: Option<&str>, end: Option<&str>, permanent: bool) -> (String, RefusalCode) {
        let refusals = OfferDates::new(start.map(day), end.map(day), permanent).unwrap_err();
        let first = refusals.into_iter().next().unwrap();
        (first.pointer, first.code)
    }

    #[test]
    fn an_end_is_said_or_that_there_is_none() {
        let (pointer, reason) = code(None, None, false);
        assert_eq!(
            (pointer.as_str(), reason),
            ("/ends_on", RefusalCode::Required)
        );
        let (pointer, reason) = code(None, Some("2026-12-31"), true);
        assert_eq!(
            (pointer.as_str(), reason),
            ("/permanent", RefusalCode::Inconsistent)
        );
        let (pointer, reason) = code(Some("2026-12-31"), Some("2026-12-30"), false);
        assert_eq!((pointer.as_str(), reason), ("/ends_on", RefusalCode::Order));
        assert!(OfferDates::new(None, None, true).unwrap().is_permanent());
    }

    #[test]
    fn the_last_day_is_included() {
        let start = Some(day("2026-11-02"));
        let validity = OfferDates::new(start, Some(day("2026-11-30")), false).unwrap();
        let holds = |text| validity.holds_on(day(text));
        assert!(!holds("2026-11-01"));
        assert!(holds("2026-11-02") && holds("2026-11-30"));
        assert!(!holds("2026-12-01"));
        let one_day = OfferDates::new(start, start, false).unwrap();
        assert!(one_day.holds_on(day("2026-11-02")));
    }

    #[test]
    fn an_offer_that_ends_soon_is_known() {
        let validity = OfferDates::new(None, Some(day("2026-11-30")), false).unwrap();
        assert!(validity.ends_within(day("2026-11-30"), 1));
        assert!(validity.ends_within(day("2026-11-01"), 29));
        assert!(!validity.ends_within(day("2026-11-01"), 28));
        assert!(!validity.ends_within(day("2026-12-01"), 30), "it is over");
        let permanent = OfferDates::new(None, None, true).unwrap();
        assert!(!permanent.ends_within(day("2026-11-01"), 365));
    }

    #[test]
    fn a_new_end_lies_after_the_start() {
        let start = Some(day("2026-11-02"));
        let validity = OfferDates::new(start, None, true).unwrap();
        assert!(validity.ending_on(day("2026-11-01")).is_err());
        let ended = validity.ending_on(day("2027-01-01")).unwrap();
        assert_eq!(ended.ends_on(), Some(day("2027-01-01")));
        assert_eq!(ended.starts_on(), start);
    }
}
