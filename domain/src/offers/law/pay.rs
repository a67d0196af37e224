//! The least pay of work in detention, as a share of the minimum wage of its day.

use chrono::NaiveDate;

use super::{Dated, Overlap, dated};
use crate::{
    kernel::{Code, Percent, code_list},
    territories::DepartementCode,
};

code_list! {
    /// The class of a job, on which its least pay depends (Code pénitentiaire, art. D412-64).
    pub PayClass, "pay-classes", "Classes de rémunération", closed, unordered {
        Production = "production", "Production";
        ServiceGeneral1 = "service_general_1", "Service général, classe I";
        ServiceGeneral2 = "service_general_2", "Service général, classe II";
        ServiceGeneral3 = "service_general_3", "Service général, classe III";
    }
}

/// The least pay of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PayFloor {
    /// The class.
    pub class: PayClass,
    /// The least share of the minimum wage.
    pub min_smic_percent: Percent,
}

/// The least pay of every class, dated.
///
/// Invariant: on one day, a class has at most one floor.
#[derive(Debug, Clone, PartialEq)]
pub struct PayFloors(Vec<Dated<PayFloor>>);

impl PayFloors {
    /// Checks the rows together.
    pub fn new(rows: Vec<Dated<PayFloor>>) -> Result<Self, Overlap> {
        dated::without_overlap(&rows, |it| it.class, |it| it.class.code().to_owned())?;
        Ok(Self(rows))
    }

    /// Every row, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Dated<PayFloor>] {
        &self.0
    }

    /// The floor of a class on `day`; `None` when none is known.
    #[must_use]
    pub fn on(&self, class: PayClass, day: NaiveDate) -> Option<&Dated<PayFloor>> {
        let is = |row: &&Dated<PayFloor>| row.value.class == class && row.holds(day);
        self.0.iter().find(is)
    }
}

/// The minimum wage of a part of the territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumWage {
    /// The name of that part.
    pub zone: String,
    /// Its départements and collectivities; none for everywhere else.
    pub departements: Vec<DepartementCode>,
    /// Cents an hour before contributions; `None` where a local wage stands in its place
    /// (Code pénitentiaire, book VII) and is not known here.
    pub hourly_cents: Option<u32>,
}

/// The minimum wage of every part of the territory, dated.
///
/// Invariant: on one day, a zone has at most one.
#[derive(Debug, Clone, PartialEq)]
pub struct MinimumWages(Vec<Dated<MinimumWage>>);

impl MinimumWages {
    /// Checks the rows together.
    pub fn new(rows: Vec<Dated<MinimumWage>>) -> Result<Self, Overlap> {
        dated::without_overlap(&rows, |it| it.zone.clone(), |it| it.zone.clone())?;
        Ok(Self(rows))
    }

    /// Every row, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Dated<MinimumWage>] {
        &self.0
    }

    /// The minimum wage in a département on `day`: that of its own zone, or else that of
    /// everywhere else; `None` when none is known.
    #[must_use]
    pub fn on(&self, departement: &DepartementCode, day: NaiveDate) -> Option<&Dated<MinimumWage>> {
        let names = |row: &Dated<MinimumWage>| row.value.departements.contains(departement);
        let apart = self.0.iter().any(names);
        let here = |row: &Dated<MinimumWage>| {
            if apart {
                names(row)
            } else {
                row.value.departements.is_empty()
            }
        };
        self.0.iter().find(|row| here(row) && row.holds(day))
    }

    /// What a share of the minimum wage comes to in a département on `day`, in cents an hour;
    /// rounded up, so that the least pay is never shown as less.
    #[must_use]
    pub fn hourly_cents(
        &self,
        share: Percent,
        departement: &DepartementCode,
        day: NaiveDate,
    ) -> Option<u32> {
        let wage = self.on(departement, day)?.value.hourly_cents?;
        Some(share_of(wage, share))
    }
}

/// A share of so many cents, rounded up; what is within a millionth of a cent is that cent.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and 1,000 %, and the conversion stops at the largest number"
)]
fn share_of(cents: u32, share: Percent) -> u32 {
    let exact = f64::from(cents) * share.get() / 100.0;
    (exact - 0.000_001).ceil().max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Validity;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dated<T>(from: &str, until: Option<&str>, value: T) -> Dated<T> {
        Dated {
            validity: Validity::new(Some(day(from)), until.map(day)).unwrap(),
            article: "art. 1".to_owned(),
            source: "essai".to_owned(),
            value,
        }
    }

    fn wage(zone: &str, departements: &[&str], hourly_cents: Option<u32>) -> MinimumWage {
        MinimumWage {
            zone: zone.to_owned(),
            departements: departements.iter().map(|it| it.parse().unwrap()).collect(),
            hourly_cents,
        }
    }

    fn wages() -> MinimumWages {
        MinimumWages::new(vec![
            dated(
                "2024-11-01",
                Some("2025-12-31"),
                wage("france", &[], Some(1_188)),
            ),
            dated("2026-01-01", None, wage("france", &[], Some(1_202))),
            dated("2026-01-01", None, wage("mayotte", &["976"], Some(933))),
            dated("2022-05-01", None, wage("pacifique", &["987", "988"], None)),
        ])
        .unwrap()
    }

    #[test]
    fn a_wage_is_that_of_the_place_and_of_the_day() {
        let wages = wages();
        let cents = |departement: &str, on| {
            let row = wages.on(&departement.parse().unwrap(), day(on))?;
            row.value.hourly_cents
        };
        assert_eq!(cents("33", "2025-12-31"), Some(1_188));
        assert_eq!(cents("33", "2026-01-01"), Some(1_202));
        assert_eq!(cents("976", "2026-01-01"), Some(933));
        assert_eq!(cents("976", "2025-12-31"), None, "not that of elsewhere");
        assert_eq!(cents("988", "2026-01-01"), None);
        assert_eq!(cents("33", "2024-10-31"), None);
    }

    #[test]
    fn a_share_is_rounded_up_to_the_cent() {
        let wages = wages();
        let share = |percent| {
            let gironde = "33".parse().unwrap();
            let share = Percent::new(percent).unwrap();
            wages.hourly_cents(share, &gironde, day("2026-07-01"))
        };
        assert_eq!(share(45.0), Some(541), "540.9");
        assert_eq!(share(50.0), Some(601), "601 exactly");
        assert_eq!(share(33.0), Some(397), "396.66");
        assert_eq!(share(0.0), Some(0));
        assert_eq!(share(1_000.0), Some(12_020));
    }

    #[test]
    fn two_wages_of_one_zone_on_one_day_are_refused() {
        let twice = vec![
            dated("2024-11-01", None, wage("france", &[], Some(1_188))),
            dated("2026-01-01", None, wage("france", &[], Some(1_202))),
        ];
        let refused = MinimumWages::new(twice).unwrap_err();
        assert_eq!(refused, Overlap("france".to_owned()));
    }
}
