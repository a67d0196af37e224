//! What is under way on a dossier: who is asked, what came in, what was decided.

use chrono::NaiveDate;

use super::{Decision, Grounds, Opinion, OpinionGiver, Outcome, Procedure, WithdrawalReason};
use crate::kernel::{Period, Text};

/// A stage of a dossier that ends with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The first request.
    Grant,
    /// The request of a new period.
    Renewal,
    /// The procedure of withdrawal.
    Withdrawal,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 3] = [Self::Grant, Self::Renewal, Self::Withdrawal];

    /// Its name where proceedings are kept, and in the tables of rules.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Renewal => "renewal",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// The stage that has this name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// What a proceeding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// The first request.
    Grant,
    /// The request of a new period.
    Renewal,
    /// A withdrawal, with its reasons and what the host answers.
    Withdrawal(WithdrawalCase),
}

/// Why an authority means to withdraw a habilitation, and what the host answers to it
/// (Code pénitentiaire, art. R623-5; Code des relations entre le public et l'administration,
/// art. L122-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalCase {
    /// Why.
    pub grounds: Grounds<WithdrawalReason>,
    /// The day the host was invited to answer.
    pub observations_invited_on: NaiveDate,
    /// What it answered, or that it did not.
    pub observations: Option<Observations>,
}

/// The observations of the host's representative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observations {
    /// The day this was recorded.
    pub recorded_on: NaiveDate,
    /// The day they came; `None` when it was invited and none came.
    pub received_on: Option<NaiveDate>,
    /// What they say.
    pub statement: Option<Text<4000>>,
}

/// A stage of a dossier, from its opening to its decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proceeding {
    /// What it is about.
    pub matter: Matter,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// The opinions asked for, in the order they were.
    pub opinions: Vec<Opinion>,
    /// The day it was said to be decidable; `None` while it is not.
    pub announced_on: Option<NaiveDate>,
    /// The day something else put an end to it: a withdrawal that was opened, or the end of the
    /// period.
    pub lapsed_on: Option<NaiveDate>,
    /// What was decided.
    pub decision: Option<Decision>,
}

/// When a decision may be taken, or what it still waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decidability {
    /// The first day on which it may; `None` while something below is missing.
    pub on: Option<NaiveDate>,
    /// Whose opinion must be asked for and was not.
    pub not_requested: Vec<OpinionGiver>,
    /// Whether the observations of the host must be recorded, or that it made none.
    pub observations_missing: bool,
}

impl Proceeding {
    /// A proceeding that begins.
    pub(super) const fn open(matter: Matter, opened_on: NaiveDate) -> Self {
        Self {
            matter,
            opened_on,
            opinions: Vec::new(),
            announced_on: None,
            lapsed_on: None,
            decision: None,
        }
    }

    /// The stage it is.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        match self.matter {
            Matter::Grant => Stage::Grant,
            Matter::Renewal => Stage::Renewal,
            Matter::Withdrawal(_) => Stage::Withdrawal,
        }
    }

    /// Whether a decision is waited for.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.decision.is_none() && self.lapsed_on.is_none()
    }

    /// The day it was decided, or lapsed.
    #[must_use]
    pub fn ended_on(&self) -> Option<NaiveDate> {
        let decision = self.decision.as_ref();
        decision.map(|it| it.facts.decided_on).or(self.lapsed_on)
    }

    /// The opinion of one giver, where it was asked for.
    #[must_use]
    pub fn opinion(&self, giver: OpinionGiver) -> Option<&Opinion> {
        self.opinions.iter().find(|it| it.giver == giver)
    }

    /// The period that was granted.
    #[must_use]
    pub fn granted(&self) -> Option<Period> {
        match self.decision.as_ref()?.outcome {
            Outcome::Granted(period) => Some(period),
            _ => None,
        }
    }

    /// When a decision may be taken by this procedure, for a proceeding that runs since `since`:
    /// on the opinions, each of which is in or was waited for long enough, and on the
    /// observations of a host from which the habilitation would be withdrawn.
    pub(super) fn decidability(&self, procedure: &Procedure, since: NaiveDate) -> Decidability {
        let asked = |giver: &&OpinionGiver| self.opinion(**giver).is_some();
        let required = procedure.required.iter();
        let not_requested: Vec<OpinionGiver> =
            required.filter(|giver| !asked(giver)).copied().collect();
        let case = match &self.matter {
            Matter::Withdrawal(case) => Some(case),
            Matter::Grant | Matter::Renewal => None,
        };
        let observations_missing = case.is_some_and(|case| case.observations.is_none());
        let received_on = case.and_then(|case| case.observations.as_ref()?.received_on);
        let awaited = self
            .opinions
            .iter()
            .filter(|it| procedure.awaited.contains(&it.giver));
        let settled = awaited.filter_map(|it| it.settled_on(procedure.opinion_delay));
        let complete = not_requested.is_empty() && !observations_missing;
        let last = settled.chain(received_on).fold(since, NaiveDate::max);
        Decidability {
            on: complete.then_some(last),
            not_requested,
            observations_missing,
        }
    }
}
