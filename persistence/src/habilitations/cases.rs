//! The columns of a proceeding that say why a habilitation would be withdrawn, and what the host
//! answers.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::{Grounds, Observations, WithdrawalCase};
use domain::kernel::Code;

use crate::kernel::DbError;
use crate::kernel::row::{Reading, words};
use crate::schema::habilitation_proceedings;

#[derive(Default, Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_proceedings)]
pub(super) struct CaseColumns {
    opening_reasons: Option<String>,
    opening_statement: Option<String>,
    observations_invited_on: Option<NaiveDate>,
    observations_recorded_on: Option<NaiveDate>,
    observations_received_on: Option<NaiveDate>,
    observations_statement: Option<String>,
}

impl CaseColumns {
    pub(super) fn new(case: &WithdrawalCase) -> Self {
        let WithdrawalCase {
            grounds,
            observations_invited_on,
            observations,
        } = case;
        let observations = observations.as_ref();
        let statement = observations.and_then(|it| it.statement.as_ref());
        Self {
            opening_reasons: Some(words(grounds.reasons())),
            opening_statement: Some(grounds.statement().as_str().to_owned()),
            observations_invited_on: Some(*observations_invited_on),
            observations_recorded_on: observations.map(|it| it.recorded_on),
            observations_received_on: observations.and_then(|it| it.received_on),
            observations_statement: statement.map(ToString::to_string),
        }
    }

    pub(super) fn into_case(self, reading: Reading) -> Result<WithdrawalCase, DbError> {
        let statement = reading.maybe_text(self.observations_statement.as_deref())?;
        let observations = self
            .observations_recorded_on
            .map(|recorded_on| Observations {
                recorded_on,
                received_on: self.observations_received_on,
                statement,
            });
        let missing = || reading.misfit("a withdrawal has no invitation to answer");
        Ok(WithdrawalCase {
            grounds: grounds(
                reading,
                self.opening_reasons.as_deref(),
                self.opening_statement.as_deref(),
            )?,
            observations_invited_on: self.observations_invited_on.ok_or_else(missing)?,
            observations,
        })
    }
}

/// Reasons by their codes, and in words.
pub(super) fn grounds<R: Code>(
    reading: Reading,
    reasons: Option<&str>,
    statement: Option<&str>,
) -> Result<Grounds<R>, DbError> {
    let statement = statement.ok_or_else(|| reading.misfit("reasons are not told in words"))?;
    let reasons = reading.codes(reasons.unwrap_or_default())?;
    reading.whole_value(Grounds::new(reasons, reading.text(statement)?))
}
