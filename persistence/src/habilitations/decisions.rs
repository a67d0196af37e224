//! The columns of a proceeding that say what was decided.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::{Decision, DecisionFacts, Notification, Outcome, Ruling, Signatory};
use domain::kernel::Period;

use super::cases::grounds;
use crate::kernel::DbError;
use crate::kernel::row::{Reading, words};
use crate::schema::habilitation_proceedings;

#[derive(Default, Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_proceedings)]
pub(super) struct DecisionColumns {
    ruling: Option<String>,
    decided_on: Option<NaiveDate>,
    signatory_first_name: Option<String>,
    signatory_last_name: Option<String>,
    signatory_capacity: Option<String>,
    order_reference: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    reasons: Option<String>,
    statement: Option<String>,
}

impl DecisionColumns {
    pub(super) fn new(decision: &Decision) -> Self {
        let Decision {
            facts,
            outcome,
            notifications: _,
        } = decision;
        let DecisionFacts {
            decided_on,
            signatory,
            order_reference,
        } = facts;
        let Signatory {
            first_name,
            last_name,
            capacity,
        } = signatory;
        let mut columns = Self {
            ruling: Some(outcome.ruling().code().to_owned()),
            decided_on: Some(*decided_on),
            signatory_first_name: Some(first_name.to_string()),
            signatory_last_name: Some(last_name.to_string()),
            signatory_capacity: Some(capacity.to_string()),
            order_reference: order_reference.as_ref().map(ToString::to_string),
            ..Self::default()
        };
        match outcome {
            Outcome::Granted(period) => {
                columns.valid_from = Some(period.first());
                columns.valid_until = Some(period.last());
            }
            Outcome::Refused(grounds) => {
                columns.reasons = Some(words(grounds.reasons()));
                columns.statement = Some(grounds.statement().as_str().to_owned());
            }
            Outcome::Withdrawn(grounds) => {
                columns.reasons = Some(words(grounds.reasons()));
                columns.statement = Some(grounds.statement().as_str().to_owned());
            }
            Outcome::Maintained => {}
        }
        columns
    }

    /// The decision, where one was taken; the constraints keep its day with its kind.
    pub(super) fn into_decision(
        self,
        reading: Reading,
        notifications: Vec<Notification>,
    ) -> Result<Option<Decision>, DbError> {
        let (Some(ruling), Some(decided_on)) = (self.ruling.as_deref(), self.decided_on) else {
            return Ok(None);
        };
        let unknown = || reading.misfit(format!("{ruling} is no kind of decision"));
        let outcome = self.outcome(reading, Ruling::parse(ruling).ok_or_else(unknown)?)?;
        let signed = |part: &Option<String>| {
            let missing = || reading.misfit("a decision has no signatory");
            part.clone().ok_or_else(missing)
        };
        let signatory = Signatory {
            first_name: reading.text(&signed(&self.signatory_first_name)?)?,
            last_name: reading.text(&signed(&self.signatory_last_name)?)?,
            capacity: reading.text(&signed(&self.signatory_capacity)?)?,
        };
        let facts = DecisionFacts {
            decided_on,
            signatory,
            order_reference: reading.maybe_text(self.order_reference.as_deref())?,
        };
        Ok(Some(Decision {
            facts,
            outcome,
            notifications,
        }))
    }

    fn outcome(&self, reading: Reading, ruling: Ruling) -> Result<Outcome, DbError> {
        let (reasons, statement) = (self.reasons.as_deref(), self.statement.as_deref());
        Ok(match ruling {
            Ruling::Grant => {
                let period = self.valid_from.zip(self.valid_until);
                let period = period.and_then(|(first, last)| Period::new(first, last).ok());
                Outcome::Granted(period.ok_or_else(|| reading.misfit("a grant has no period"))?)
            }
            Ruling::Refuse => Outcome::Refused(grounds(reading, reasons, statement)?),
            Ruling::Withdraw => Outcome::Withdrawn(grounds(reading, reasons, statement)?),
            Ruling::Maintain => Outcome::Maintained,
        })
    }
}
