//! Days as the law counts them: calendar months, periods whose last day is included.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A length of time as a text of law states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Whole days.
    Days(u16),
    /// Calendar months; a year is twelve of them.
    Months(u16),
}

impl Term {
    /// The day on which the term, counted from `day`, has run: so many days later, or the same
    /// day of a later month, which is the last day of a month that is too short.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        let end = match self {
            Self::Days(days) => day.checked_add_days(Days::new(days.into())),
            Self::Months(months) => day.checked_add_months(Months::new(months.into())),
        };
        end.unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self::Days(days) => (days, "day"),
            Self::Months(months) => (months, "month"),
        };
        let plural = if *number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{plural}")
    }
}

/// Two days and all those between them.
///
/// Invariant: the last day is not before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

/// Two days in the wrong order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period ends on its first day or later")]
pub struct PeriodError;

impl Period {
    /// The period from `first` to `last`, both included.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, PeriodError> {
        if first <= last {
            Ok(Self { first, last })
        } else {
            Err(PeriodError)
        }
    }

    /// The period of this length that begins on `first`; it ends on the eve of its anniversary.
    ///
    /// A period that begins on a day which its last month does not have takes that month whole:
    /// the last day of the month is the eve of the anniversary that is missing. A period of no
    /// length has its first day all the same.
    #[must_use]
    pub fn lasting(first: NaiveDate, length: Term) -> Self {
        let anniversary = length.after(first);
        let missing = matches!(length, Term::Months(_)) && anniversary.day() != first.day();
        let eve = if missing {
            Some(anniversary)
        } else {
            anniversary.pred_opt()
        };
        let last = eve.unwrap_or(first).max(first);
        Self { first, last }
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day, which is part of it.
    #[must_use]
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether `day` is one of its days.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// When something is in force: from a day, until a day that is included, either of which may be
/// without bound.
///
/// Invariant: the last day, where there is one, is not before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl Validity {
    /// In force from `from` until `until`, both included.
    pub fn new(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Result<Self, PeriodError> {
        match (from, until) {
            (Some(from), Some(until)) if until < from => Err(PeriodError),
            _ => Ok(Self { from, until }),
        }
    }

    /// The first day, where there is one.
    #[must_use]
    pub const fn from(self) -> Option<NaiveDate> {
        self.from
    }

    /// The last day, where there is one.
    #[must_use]
    pub const fn until(self) -> Option<NaiveDate> {
        self.until
    }

    /// Whether it is in force on `day`.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether both are in force on some same day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let ends_before = |earlier: Self, later: Self| match (earlier.until, later.from) {
            (Some(until), Some(from)) => until < from,
            _ => false,
        };
        !ends_before(self, other) && !ends_before(other, self)
    }
}

#[cfg(test)]
mod tests;
