//! What an authority decides: it habilitates or refuses to, withdraws or maintains.

use chrono::NaiveDate;

use super::{Act, Moving, filing::wrong_authority, not_before};
use crate::{
    changes::EventType,
    habilitations::{
        Decision, DecisionFacts, Event, Grounds, Habilitation, Moved, Notification, Outcome,
        Procedure, RefusalReason, Refused, Ruling, Standing, Verb, WithdrawalReason,
    },
    kernel::Period,
};

impl Habilitation {
    /// Habilitates the host, for a period that begins on the day of the decision and ends on the
    /// eve of its anniversary (Code pénitentiaire, art. R623-3, R623-6). A renewal grants a new
    /// period.
    pub fn grant(self, facts: DecisionFacts, act: &Act<'_>) -> Result<Moved, Refused> {
        let decided_on = facts.decided_on;
        self.decide(Ruling::Grant, facts, act, |moving, procedure| {
            let dossier = &moving.dossier;
            let (kind, jurisdiction) = (dossier.host_kind, &dossier.jurisdiction);
            let admitted = act.law.admission(kind, jurisdiction, decided_on);
            let length = procedure.length.filter(|_| admitted.is_some());
            length.map_or_else(
                || Err(wrong_authority(kind, jurisdiction, decided_on)),
                |length| Ok(Outcome::Granted(Period::lasting(decided_on, length))),
            )
        })
    }

    /// Refuses to, with reasons (Code des relations entre le public et l'administration, art.
    /// L211-2). The refusal of a renewal leaves the period that runs.
    pub fn refuse(
        self,
        facts: DecisionFacts,
        grounds: Grounds<RefusalReason>,
        act: &Act<'_>,
    ) -> Result<Moved, Refused> {
        self.decide(Ruling::Refuse, facts, act, |_, _| {
            Ok(Outcome::Refused(grounds))
        })
    }

    /// Withdraws the habilitation, with reasons, from the day of the decision (Code
    /// pénitentiaire, art. R623-5).
    pub fn withdraw(
        self,
        facts: DecisionFacts,
        grounds: Grounds<WithdrawalReason>,
        act: &Act<'_>,
    ) -> Result<Moved, Refused> {
        self.decide(Ruling::Withdraw, facts, act, |_, _| {
            Ok(Outcome::Withdrawn(grounds))
        })
    }

    /// Ends the procedure of withdrawal, and leaves the habilitation as it was.
    pub fn maintain(self, facts: DecisionFacts, act: &Act<'_>) -> Result<Moved, Refused> {
        self.decide(Ruling::Maintain, facts, act, |_, _| Ok(Outcome::Maintained))
    }

    fn decide(
        self,
        ruling: Ruling,
        facts: DecisionFacts,
        act: &Act<'_>,
        outcome: impl FnOnce(&Moving<'_>, &Procedure) -> Result<Outcome, Refused>,
    ) -> Result<Moved, Refused> {
        let (verb, event) = told(ruling);
        let standing = self.check_who(verb, act)?;
        let authority = self.jurisdiction.authority();
        Refused::unless_empty(facts.check(authority, ruling, act.today))?;
        let mut moving = self.begin(verb, standing, act)?;
        let procedure = check_time(&moving, standing, facts.decided_on)?;
        let outcome = outcome(&moving, &procedure)?;
        let recipients = act.law.recipients(authority, ruling, facts.decided_on);
        let notifications = recipients.iter().map(|recipient| Notification {
            recipient: *recipient,
            notified_on: act.today,
        });
        let decision = Decision {
            notifications: notifications.collect(),
            facts,
            outcome,
        };
        if let Some(open) = moving.dossier.course.open_proceeding_mut() {
            open.decision = Some(decision);
        }
        moving.tell(event);
        moving
            .events
            .extend(recipients.iter().copied().map(Event::notified));
        Ok(moving.end())
    }
}

/// Refuses a decision of a day on which it could not be taken, and gives the procedure of that
/// day.
fn check_time(
    moving: &Moving<'_>,
    standing: Standing,
    decided_on: NaiveDate,
) -> Result<Procedure, Refused> {
    let Some(open) = moving.dossier.course.open_proceeding() else {
        return Err(moving.not_allowed(standing));
    };
    let since = moving.dossier.course.since(open);
    let early = not_before("/decided_on", decided_on, since);
    Refused::unless_empty(early.into_iter().collect())?;
    let procedure = moving.procedure(open.stage(), decided_on, "/decided_on")?;
    let found = open.decidability(&procedure, since);
    if found.on.is_some_and(|on| on <= decided_on) {
        return Ok(procedure);
    }
    Err(Refused::NotDecidable(found))
}

/// The move that takes a decision, and what the log is told of it.
const fn told(ruling: Ruling) -> (Verb, EventType) {
    match ruling {
        Ruling::Grant => (Verb::Grant, EventType::HabilitationGranted),
        Ruling::Refuse => (Verb::Refuse, EventType::HabilitationRefused),
        Ruling::Withdraw => (Verb::Withdraw, EventType::HabilitationWithdrawn),
        Ruling::Maintain => (Verb::Maintain, EventType::HabilitationMaintained),
    }
}
