//! When something is open in an ordinary week.

use std::{fmt, str::FromStr};

use chrono::NaiveTime;

use super::{Code, code_list};

code_list! {
    /// A day of the week.
    pub Day, "days", "Jours de la semaine", closed, ordered {
        Monday = "monday", "Lundi";
        Tuesday = "tuesday", "Mardi";
        Wednesday = "wednesday", "Mercredi";
        Thursday = "thursday", "Jeudi";
        Friday = "friday", "Vendredi";
        Saturday = "saturday", "Samedi";
        Sunday = "sunday", "Dimanche";
    }
}

/// A span of one day, from `opens` to `closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// The day.
    pub day: Day,
    /// When it opens.
    pub opens: NaiveTime,
    /// When it closes, later the same day.
    pub closes: NaiveTime,
}

/// The openings of an ordinary week.
///
/// Invariant: at least one and at most 28 openings, in order, each of which ends after it
/// begins and before the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeeklyHours(Vec<Opening>);

/// Why openings are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeeklyHoursError {
    /// No opening, or more than 28.
    #[error("a week has 1 to 28 openings")]
    Number,
    /// An opening ends before it begins.
    #[error("an opening closes after it opens")]
    Order,
    /// Two openings of a day overlap.
    #[error("two openings of the same day overlap")]
    Overlap,
    /// A written form that is not `day HH:MM-HH:MM`, joined by `;`.
    #[error("an opening is written as a day and two times: monday 08:00-12:00")]
    Form,
}

impl WeeklyHours {
    /// Checks and sorts the openings.
    pub fn new(mut openings: Vec<Opening>) -> Result<Self, WeeklyHoursError> {
        if openings.is_empty() || openings.len() > 28 {
            return Err(WeeklyHoursError::Number);
        }
        if openings.iter().any(|o| o.closes <= o.opens) {
            return Err(WeeklyHoursError::Order);
        }
        openings.sort_unstable();
        let overlap = openings
            .iter()
            .zip(openings.iter().skip(1))
            .any(|(a, b)| a.day == b.day && b.opens < a.closes);
        if overlap {
            return Err(WeeklyHoursError::Overlap);
        }
        Ok(Self(openings))
    }

    /// The openings, in order.
    #[must_use]
    pub fn openings(&self) -> &[Opening] {
        &self.0
    }
}

impl fmt::Display for WeeklyHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, opening) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { ";" };
            let Opening { day, opens, closes } = opening;
            let (opens, closes) = (opens.format("%H:%M"), closes.format("%H:%M"));
            write!(f, "{separator}{} {opens}-{closes}", day.code())?;
        }
        Ok(())
    }
}

impl FromStr for WeeklyHours {
    type Err = WeeklyHoursError;

    fn from_str(text: &str) -> Result<Self, WeeklyHoursError> {
        let openings: Option<Vec<Opening>> = text.split(';').map(opening).collect();
        Self::new(openings.ok_or(WeeklyHoursError::Form)?)
    }
}

fn opening(text: &str) -> Option<Opening> {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    let (day, hours) = text.trim().split_once(' ')?;
    let (opens, closes) = hours.split_once('-')?;
    Some(Opening {
        day: Day::parse(day)?,
        opens: time(opens)?,
        closes: time(closes)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_written_and_read_back() {
        let week: WeeklyHours = "tuesday 08:00-12:00;monday 13:30-16:00;monday 08:00-11:30"
            .parse()
            .unwrap();
        assert_eq!(
            week.to_string(),
            "monday 08:00-11:30;monday 13:30-16:00;tuesday 08:00-12:00"
        );
        assert_eq!(week.to_string().parse(), Ok(week));
    }

    #[test]
    fn openings_do_not_overlap_nor_end_before_they_begin() {
        let read = |text: &str| text.parse::<WeeklyHours>().unwrap_err();
        assert_eq!(
            read("monday 08:00-12:00;monday 11:00-13:00"),
            WeeklyHoursError::Overlap
        );
        assert_eq!(read("monday 12:00-08:00"), WeeklyHoursError::Order);
        assert_eq!(read("lundi 08:00-12:00"), WeeklyHoursError::Form);
        assert_eq!(read(""), WeeklyHoursError::Form);
    }
}
