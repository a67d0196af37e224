//! Activities, their families and their codes in the national nomenclatures.

use domain::activities::{Activity, ActivityDetails};

use crate::{
    DataError,
    table::{Table, table},
};

pub(crate) const ACTIVITIES: Table = table!("activities.csv");

/// The activities, with their place in the nomenclatures.
#[derive(Debug)]
pub struct Activities(Vec<ActivityDetails>);

impl Activities {
    /// Every activity, in the order of its code list.
    #[must_use]
    pub fn all(&self) -> &[ActivityDetails] {
        &self.0
    }

    /// What is known of an activity.
    #[must_use]
    pub fn details(&self, activity: Activity) -> Option<&ActivityDetails> {
        self.0.iter().find(|details| details.activity == activity)
    }
}

pub(crate) fn read() -> Result<Activities, DataError> {
    let mut activities = ACTIVITIES.read(|row| {
        Ok(ActivityDetails {
            activity: row.code("code")?,
            family: row.code("family")?,
            naf: row.list("naf")?,
            rome: row.list("rome")?,
            regimes: row.codes("regimes")?,
            nomenclature_version: row.get("nomenclature_version")?,
        })
    })?;
    activities.sort_by_key(|details| details.activity);
    Ok(Activities(activities))
}
