//! How a withdrawal begins: the host is told why, and answers.

use chrono::NaiveDate;

use super::{Act, not_before, not_to_come};
use crate::{
    changes::EventType,
    habilitations::{
        Grounds, Habilitation, Matter, Moved, Observations, Proceeding, Refused, Verb,
        WithdrawalCase, WithdrawalReason,
    },
    kernel::{Refusal, RefusalCode, Text},
};

/// Why an authority means to withdraw a habilitation, and since when the host may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalFacts {
    /// Why.
    pub grounds: Grounds<WithdrawalReason>,
    /// The day the host was invited to answer.
    pub observations_invited_on: NaiveDate,
}

/// What the host answers; nothing at all says that it was invited to and did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationFacts {
    /// The day the observations came.
    pub received_on: Option<NaiveDate>,
    /// What they say.
    pub statement: Option<Text<4000>>,
}

impl Habilitation {
    /// Opens the procedure of withdrawal (Code pénitentiaire, art. R623-5). A renewal that is
    /// asked for lapses: the host may ask again if it is maintained.
    pub fn open_withdrawal(self, facts: WithdrawalFacts, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::OpenWithdrawal, act)?;
        let WithdrawalFacts {
            grounds,
            observations_invited_on,
        } = facts;
        let pointer = "/observations_invited_on";
        let to_come = not_to_come(pointer, observations_invited_on, act.today);
        Refused::unless_empty(to_come.into_iter().collect())?;
        let mut moving = self.begin(Verb::OpenWithdrawal, standing, act)?;
        let granted_on = moving.dossier.period().map(crate::kernel::Period::first);
        let early = granted_on.and_then(|day| not_before(pointer, observations_invited_on, day));
        Refused::unless_empty(early.into_iter().collect())?;
        if let Some(renewal) = moving.dossier.course.open_proceeding_mut() {
            renewal.lapsed_on = Some(act.today);
        }
        let withdrawal = Matter::Withdrawal(WithdrawalCase {
            grounds,
            observations_invited_on,
            observations: None,
        });
        let proceedings = &mut moving.dossier.course.proceedings;
        proceedings.push(Proceeding::open(withdrawal, act.today));
        moving.tell(EventType::HabilitationWithdrawalOpened);
        Ok(moving.end())
    }

    /// Records the observations of the host's representative; or, by the authority, that they
    /// were invited and that none came, which never replaces observations that did.
    pub fn record_observations(
        self,
        facts: ObservationFacts,
        act: &Act<'_>,
    ) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::RecordObservations, act)?;
        let ObservationFacts {
            received_on,
            statement,
        } = facts;
        let none = received_on.is_none() && statement.is_none();
        let said = none && !standing.is_authority();
        let said = said.then(|| required("the host says what it answers"));
        let to_come = received_on.and_then(|day| not_to_come("/received_on", day, act.today));
        Refused::unless_empty(said.into_iter().chain(to_come).collect())?;
        let mut moving = self.begin(Verb::RecordObservations, standing, act)?;
        let open = moving.dossier.course.open_proceeding_mut();
        let Some(Matter::Withdrawal(case)) = open.map(|it| &mut it.matter) else {
            return Err(moving.not_allowed(standing));
        };
        let early = received_on
            .and_then(|day| not_before("/received_on", day, case.observations_invited_on));
        let held = case
            .observations
            .as_ref()
            .is_some_and(|it| it.received_on.is_some());
        let lost = (held && none).then(|| required("observations were received, and stay"));
        Refused::unless_empty(early.into_iter().chain(lost).collect())?;
        case.observations = Some(Observations {
            recorded_on: act.today,
            received_on: received_on.or_else(|| (!none).then_some(act.today)),
            statement,
        });
        moving.tell(EventType::HabilitationObservationsRecorded);
        Ok(moving.end())
    }
}

fn required(detail: &str) -> Refusal {
    Refusal::new("/statement", RefusalCode::Required, detail)
}
