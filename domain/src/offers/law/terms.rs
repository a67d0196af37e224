//! Delays, and hours in a week.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;

use super::{Dated, Overlap, dated};

/// What a number of the law is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegalTerm {
    /// Days after which a post is decided without the opinions that were asked for.
    PostOpinionDays,
    /// Hours of the legal week of work.
    LegalWeekHours,
    /// Hours by which a job and community service may together exceed the legal week.
    TigExtraWeekHours,
    /// The fewest hours a week of a job in detention.
    PrisonWeekMinHours,
    /// The most hours a week of a job in detention.
    PrisonWeekMaxHours,
}

/// A word that names no term.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no number of the law")]
pub struct UnknownTerm(String);

impl LegalTerm {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::PostOpinionDays,
        Self::LegalWeekHours,
        Self::TigExtraWeekHours,
        Self::PrisonWeekMinHours,
        Self::PrisonWeekMaxHours,
    ];

    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PostOpinionDays => "post_opinion_days",
            Self::LegalWeekHours => "legal_week_hours",
            Self::TigExtraWeekHours => "tig_extra_week_hours",
            Self::PrisonWeekMinHours => "prison_week_min_hours",
            Self::PrisonWeekMaxHours => "prison_week_max_hours",
        }
    }
}

impl FromStr for LegalTerm {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Self, UnknownTerm> {
        let named = |term: &Self| term.name() == text;
        let found = Self::ALL.into_iter().find(named);
        found.ok_or_else(|| UnknownTerm(text.to_owned()))
    }
}

impl fmt::Display for LegalTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Every such number, dated.
///
/// Invariant: on one day, a term has at most one number.
#[derive(Debug, Clone, PartialEq)]
pub struct LegalTerms(Vec<Dated<(LegalTerm, u16)>>);

impl LegalTerms {
    /// Checks the rows together.
    pub fn new(rows: Vec<Dated<(LegalTerm, u16)>>) -> Result<Self, Overlap> {
        dated::without_overlap(&rows, |(term, _)| *term, |(term, _)| term.to_string())?;
        Ok(Self(rows))
    }

    /// Every row, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Dated<(LegalTerm, u16)>] {
        &self.0
    }

    /// The number of a term on `day`, and its row; `None` when none is known.
    #[must_use]
    pub fn on(&self, term: LegalTerm, day: NaiveDate) -> Option<&Dated<(LegalTerm, u16)>> {
        let is = |row: &&Dated<(LegalTerm, u16)>| row.value.0 == term && row.holds(day);
        self.0.iter().find(is)
    }
}
