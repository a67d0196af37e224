//! The acknowledgement of receipt, with what the law asks it to say (Code des relations entre le
//! public et l'administration, art. L112-3, L114-5, R112-5, R112-11-1).

use chrono::NaiveDate;

use super::{Habilitation, HabilitationLaw, Incompleteness, SilenceEffect, SilenceRule, Stage};
use crate::kernel::{Mailbox, Telephone, Text};

/// The service in charge of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub name: Text<200>,
    /// Its postal address.
    pub address: Option<Text<300>>,
    /// Its mailbox.
    pub email: Option<Mailbox>,
    /// Its telephone.
    pub phone: Option<Telephone>,
}

/// What the one who asked is told of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// What was asked: a first habilitation or a new period.
    pub stage: Stage,
    /// The day the request was received.
    pub received_on: NaiveDate,
    /// The day it was completed; `None` while something is missing.
    pub completed_on: Option<NaiveDate>,
    /// What is missing, and until when it is waited for.
    pub missing: Option<Incompleteness>,
    /// The service in charge.
    pub service: Service,
    /// What silence means and from when, where the law that settles it is known here.
    pub silence: Option<Silence>,
}

/// What comes of a request that is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The decision it stands for.
    pub effect: SilenceEffect,
    /// The day from which it does; `None` while the request is incomplete.
    pub on: Option<NaiveDate>,
    /// How and until when a refusal is contested.
    pub appeal: Option<Text<1000>>,
    /// The article.
    pub article: String,
}

impl Silence {
    /// Whether an attestation of the acceptance may be asked for (art. L232-3).
    #[must_use]
    pub fn is_attested(&self) -> bool {
        self.effect == SilenceEffect::Acceptance
    }
}

impl Habilitation {
    /// The acknowledgement of the request that was filed last; `None` of a draft.
    #[must_use]
    pub fn acknowledgement(
        &self,
        service: Service,
        law: &HabilitationLaw,
    ) -> Option<Acknowledgement> {
        let (stage, received_on) = self.last_request()?;
        let incompletenesses = match stage {
            Stage::Grant => self.course.incompletenesses.as_slice(),
            Stage::Renewal | Stage::Withdrawal => &[],
        };
        let missing = incompletenesses
            .last()
            .filter(|it| it.answered_on.is_none());
        let completed_on = match incompletenesses.last() {
            None => Some(received_on),
            Some(last) => last.answered_on,
        };
        let authority = self.jurisdiction.authority();
        let procedure = law.procedure(authority, stage, received_on);
        let silence = procedure.and_then(|it| it.silence.as_ref());
        Some(Acknowledgement {
            stage,
            received_on,
            completed_on,
            missing: missing.cloned(),
            service,
            silence: silence.map(|rule| Silence {
                effect: rule.effect,
                on: silence_on(rule, received_on, completed_on, incompletenesses),
                appeal: rule.appeal.clone(),
                article: rule.article.clone(),
            }),
        })
    }
}

/// Silence accepts once the delay has run since the request was complete; it refuses once it has
/// run since the request came, the time given for what was missing left out (art. L114-5).
fn silence_on(
    rule: &SilenceRule,
    received_on: NaiveDate,
    completed_on: Option<NaiveDate>,
    incompletenesses: &[Incompleteness],
) -> Option<NaiveDate> {
    let completed_on = completed_on?;
    match rule.effect {
        SilenceEffect::Acceptance => Some(rule.after.after(completed_on)),
        SilenceEffect::Refusal => {
            let suspended: i64 = incompletenesses.iter().map(suspended_days).sum();
            let days = chrono::Duration::days(suspended);
            rule.after.after(received_on).checked_add_signed(days)
        }
    }
}

/// The days given to complete a dossier, which end when it is.
fn suspended_days(incompleteness: &Incompleteness) -> i64 {
    let ends = [incompleteness.answered_on, incompleteness.answer_by];
    let end = ends.into_iter().flatten().min();
    let days = end.map_or(0, |end| (end - incompleteness.declared_on).num_days());
    days.max(0)
}
