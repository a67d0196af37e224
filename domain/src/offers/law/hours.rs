//! The bounds of hours and the deadline of each penal framework.

use chrono::NaiveDate;

use super::{Dated, Overlap, dated};
use crate::{
    kernel::{Code, CodeList, Term},
    offers::{Audience, PenalFramework},
};

/// What a penal framework allows for an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursBounds {
    /// The framework.
    pub framework: PenalFramework,
    /// For whom.
    pub audience: Audience,
    /// The fewest hours, where the law sets them.
    pub min_hours: Option<u32>,
    /// The most hours.
    pub max_hours: u32,
    /// Within how many months of the decision the work is done, where the law sets it.
    pub max_months: Option<u16>,
    /// The article that sets the deadline or says who does, where there is one.
    pub deadline_article: Option<String>,
}

impl HoursBounds {
    /// The last day for work that was decided on `decided_on`.
    #[must_use]
    pub fn complete_by(&self, decided_on: NaiveDate) -> Option<NaiveDate> {
        let months = self.max_months?;
        Some(Term::Months(months).after(decided_on))
    }

    /// Whether so many hours lie within the bounds.
    #[must_use]
    pub fn allow(&self, hours: u32) -> bool {
        self.min_hours.is_none_or(|min| min <= hours) && hours <= self.max_hours
    }
}

/// The bounds of every framework, dated.
///
/// Invariant: on one day, a framework has at most one row for an audience.
#[derive(Debug, Clone, PartialEq)]
pub struct TigHours(Vec<Dated<HoursBounds>>);

impl TigHours {
    /// What is said of the list as a whole; its codes are the frameworks.
    pub const LIST: CodeList = CodeList {
        name: "tig-hours",
        title: "Durées de TIG et de TNR par cadre pénal",
        open: true,
        ordered: false,
    };

    /// Checks the rows together.
    pub fn new(rows: Vec<Dated<HoursBounds>>) -> Result<Self, Overlap> {
        let key = |it: &HoursBounds| (it.framework, it.audience);
        let name = |it: &HoursBounds| format!("{} {}", it.framework.code(), it.audience.code());
        dated::without_overlap(&rows, key, name)?;
        Ok(Self(rows))
    }

    /// Every row, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Dated<HoursBounds>] {
        &self.0
    }

    /// What a framework allows for an audience on `day`; `None` when nothing is known of it.
    #[must_use]
    pub fn on(
        &self,
        framework: PenalFramework,
        audience: Audience,
        day: NaiveDate,
    ) -> Option<&Dated<HoursBounds>> {
        let is = |it: &HoursBounds| it.framework == framework && it.audience == audience;
        self.0.iter().find(|row| is(&row.value) && row.holds(day))
    }
}
