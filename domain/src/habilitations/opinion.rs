//! What the prosecutor, the enforcement judge and the préfet think of a request.

use chrono::NaiveDate;

use crate::{
    clients::{MagistrateFunction, Role},
    kernel::{Refusal, RefusalCode, Term, Text, code_list},
};

code_list! {
    /// Who gives an opinion (Code pénitentiaire, art. R623-3, R623-5, R623-9).
    pub OpinionGiver, "opinion-givers", "Autorités consultées", closed, unordered {
        Prosecutor = "prosecutor", "Procureur de la République";
        EnforcementJudge = "enforcement_judge", "Juge de l'application des peines";
        Prefect = "prefect", "Préfet";
    }
}

code_list! {
    /// The sense of an opinion; `not_given` is said by nobody, it is found once the delay has run.
    pub OpinionOutcome, "opinion-outcomes", "Sens des avis", closed, unordered {
        Favourable = "favourable", "Favorable";
        Unfavourable = "unfavourable", "Défavorable";
        Reserved = "reserved", "Réservé";
        NotGiven = "not_given", "Non rendu";
    }
}

impl OpinionGiver {
    /// The giver that a client is, by its role and, of a magistrate, its function.
    #[must_use]
    pub const fn of(role: Role, function: Option<MagistrateFunction>) -> Option<Self> {
        match (role, function) {
            (Role::Prefect, _) => Some(Self::Prefect),
            (Role::Magistrate, Some(MagistrateFunction::Prosecutor)) => Some(Self::Prosecutor),
            (Role::Magistrate, Some(MagistrateFunction::EnforcementJudge)) => {
                Some(Self::EnforcementJudge)
            }
            _ => None,
        }
    }
}

/// An opinion that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Whose it is.
    pub giver: OpinionGiver,
    /// The day it was asked for.
    pub requested_on: NaiveDate,
    /// What was answered.
    pub given: Option<OpinionGiven>,
}

/// The answer to a request for an opinion.
///
/// Invariant: its outcome is not `not_given`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionGiven {
    outcome: OpinionOutcome,
    given_on: NaiveDate,
    statement: Option<Text<4000>>,
}

impl Opinion {
    /// Its outcome on `today`, where it is waited for during `delay`; `None` while it may come.
    #[must_use]
    pub fn outcome_on(&self, today: NaiveDate, delay: Option<Term>) -> Option<OpinionOutcome> {
        if let Some(given) = &self.given {
            return Some(given.outcome);
        }
        let run = delay.is_some_and(|delay| delay.after(self.requested_on) <= today);
        run.then_some(OpinionOutcome::NotGiven)
    }

    /// The first day on which it need not be waited for: the day it was given, or the one on
    /// which the delay has run. `None` when there is no delay and it was not given.
    #[must_use]
    pub fn settled_on(&self, delay: Option<Term>) -> Option<NaiveDate> {
        match (&self.given, delay) {
            (Some(given), Some(delay)) => Some(given.given_on.min(delay.after(self.requested_on))),
            (Some(given), None) => Some(given.given_on),
            (None, delay) => delay.map(|delay| delay.after(self.requested_on)),
        }
    }
}

impl OpinionGiven {
    /// Checks that the opinion says something.
    pub fn new(
        outcome: OpinionOutcome,
        given_on: NaiveDate,
        statement: Option<Text<4000>>,
    ) -> Result<Self, Refusal> {
        if outcome == OpinionOutcome::NotGiven {
            return Err(Refusal::new(
                "/outcome",
                RefusalCode::Code,
                "an opinion is favourable, unfavourable or reserved; \
                 that it was not given is found once the delay has run",
            ));
        }
        Ok(Self {
            outcome,
            given_on,
            statement,
        })
    }

    /// Its sense.
    #[must_use]
    pub const fn outcome(&self) -> OpinionOutcome {
        self.outcome
    }

    /// The day it was given.
    #[must_use]
    pub const fn given_on(&self) -> NaiveDate {
        self.given_on
    }

    /// Why.
    #[must_use]
    pub const fn statement(&self) -> Option<&Text<4000>> {
        self.statement.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(requested_on: &str, given_on: Option<&str>) -> Opinion {
        let given = |on| OpinionGiven::new(OpinionOutcome::Reserved, day(on), None).unwrap();
        Opinion {
            giver: OpinionGiver::Prosecutor,
            requested_on: day(requested_on),
            given: given_on.map(given),
        }
    }

    #[test]
    fn an_opinion_is_not_given_once_its_month_has_run() {
        let month = Some(Term::Months(1));
        let opinion = asked("2026-01-31", None);
        assert_eq!(opinion.outcome_on(day("2026-02-27"), month), None);
        let late = opinion.outcome_on(day("2026-02-28"), month);
        assert_eq!(late, Some(OpinionOutcome::NotGiven));
        assert_eq!(opinion.outcome_on(day("2030-01-01"), None), None);
        let given = asked("2026-01-31", Some("2026-03-15"));
        let found = given.outcome_on(day("2026-03-15"), month);
        assert_eq!(found, Some(OpinionOutcome::Reserved));
    }

    #[test]
    fn an_opinion_is_settled_by_itself_or_by_time() {
        let month = Some(Term::Months(1));
        for (given_on, delay, settled_on) in [
            (Some("2026-01-20"), month, Some("2026-01-20")),
            (Some("2026-02-20"), month, Some("2026-02-15")),
            (Some("2026-02-20"), None, Some("2026-02-20")),
            (None, month, Some("2026-02-15")),
            (None, None, None),
        ] {
            let found = asked("2026-01-15", given_on).settled_on(delay);
            assert_eq!(found, settled_on.map(day), "{given_on:?}");
        }
    }

    #[test]
    fn nobody_says_that_an_opinion_was_not_given() {
        let refusal = OpinionGiven::new(OpinionOutcome::NotGiven, day("2026-01-20"), None);
        assert_eq!(refusal.unwrap_err().pointer, "/outcome");
    }

    #[test]
    fn a_juvenile_judge_gives_no_opinion() {
        use MagistrateFunction as Function;
        let of = |function| OpinionGiver::of(Role::Magistrate, function);
        assert_eq!(
            of(Some(Function::Prosecutor)),
            Some(OpinionGiver::Prosecutor)
        );
        let judge = of(Some(Function::EnforcementJudge));
        assert_eq!(judge, Some(OpinionGiver::EnforcementJudge));
        assert_eq!(of(Some(Function::JuvenileJudge)), None);
        assert_eq!(
            OpinionGiver::of(Role::Prefect, None),
            Some(OpinionGiver::Prefect)
        );
        assert_eq!(OpinionGiver::of(Role::Probation, None), None);
    }
}
