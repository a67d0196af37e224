//! What is under way on a dossier, or was: opinions, as far as they are the reader's to read, and
//! the decision.

use domain::{
    habilitations::{
        Decision, DecisionFacts, Habilitation, Matter, Notification, Observations, Opinion,
        Outcome, Proceeding, Signatory, Standing, WithdrawalCase,
    },
    kernel::{Code, Period},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{CodedGiver, CodedOutcome, CodedRecipient, CodedWithdrawalReason};
use crate::{
    habilitations::view::View,
    kernel::{coded::Labelled, dates::date},
};

/// A request that an authority instructs, from its opening to its decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proceeding)]
pub struct ProceedingOutput {
    /// The day it was opened.
    #[schema(format = Date, max_length = 10, example = "2026-01-20")]
    pub opened_on: String,
    /// Whether the decision that is waited for may be dated today. It is never taken by itself.
    pub decidable: bool,
    /// The first day on which it may be dated; absent while something must be done before, and
    /// once nothing is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-02-20")]
    pub decidable_on: Option<String>,
    /// The opinions that were asked for and that you may read, in the order they were asked for.
    #[schema(max_items = 3)]
    pub opinions: Vec<OpinionOutput>,
    /// The day something else put an end to it: a withdrawal that was opened, or the end of the
    /// period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10)]
    pub lapsed_on: Option<String>,
    /// What was decided; absent until it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub decision: Option<DecisionOutput>,
}

/// A procedure of withdrawal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WithdrawalProceeding)]
pub struct WithdrawalOutput {
    /// What it has in common with a request.
    #[serde(flatten)]
    pub proceeding: ProceedingOutput,
    /// Why the authority means to withdraw.
    #[schema(min_items = 1, max_items = 5)]
    pub reasons: Vec<CodedWithdrawalReason>,
    /// The same, in its words.
    #[schema(min_length = 20, max_length = 4000)]
    pub statement: String,
    /// The day the host was invited to answer.
    #[schema(format = Date, max_length = 10, example = "2027-03-01")]
    pub observations_invited_on: String,
    /// What the host answered, or that nothing came; absent until it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub observations: Option<ObservationsOutput>,
}

/// The observations of the host's representative.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Observations)]
pub struct ObservationsOutput {
    /// The day this was recorded.
    #[schema(format = Date, max_length = 10, example = "2027-03-10")]
    pub recorded_on: String,
    /// The day they came; absent when the host was invited and none came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2027-03-10")]
    pub received_on: Option<String>,
    /// What they say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000)]
    pub statement: Option<String>,
}

/// An opinion that was asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Opinion)]
pub struct OpinionOutput {
    /// Whose it is.
    pub giver: CodedGiver,
    /// The day it was asked for.
    #[schema(format = Date, max_length = 10, example = "2026-01-20")]
    pub requested_on: String,
    /// Its sense; `not_given` once its delay has run without it, absent before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outcome: Option<CodedOutcome>,
    /// The day it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-02-10")]
    pub given_on: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000)]
    pub statement: Option<String>,
}

/// A decision that was taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HabilitationDecision)]
pub struct DecisionOutput {
    /// What it does: it habilitates, refuses to, withdraws or maintains.
    #[schema(
        max_length = 10,
        pattern = "^(grant|refuse|withdraw|maintain)$",
        example = "grant"
    )]
    pub ruling: &'static str,
    /// The day it was taken.
    #[schema(format = Date, max_length = 10, example = "2026-03-02")]
    pub decided_on: String,
    /// Who took it.
    pub signatory: SignatoryOutput,
    /// The reference of the minister's order, of a national decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, example = "JUST2600001A")]
    pub order_reference: Option<String>,
    /// The first day of the period that it grants.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-03-02")]
    pub valid_from: Option<String>,
    /// The last day of that period: the eve of an anniversary.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2031-03-01")]
    pub valid_until: Option<String>,
    /// Why it refuses or withdraws: codes of `/v1/code-lists/habilitation-refusal-reasons` or of
    /// `/v1/code-lists/habilitation-withdrawal-reasons`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 5)]
    pub reasons: Vec<Labelled>,
    /// The same, in the words of the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 20, max_length = 4000)]
    pub statement: Option<String>,
    /// Who was told of it.
    #[schema(max_items = 6)]
    pub notifications: Vec<NotificationOutput>,
}

/// The author of a decision, who signs it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Signatory)]
pub struct SignatoryOutput {
    /// First name.
    #[schema(min_length = 1, max_length = 100, example = "Camille")]
    pub first_name: String,
    /// Name.
    #[schema(min_length = 1, max_length = 100, example = "Exemple")]
    pub last_name: String,
    /// In what capacity.
    #[schema(min_length = 1, max_length = 200, example = "Directrice du SPIP")]
    pub capacity: String,
}

/// That somebody was told of a decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notification)]
pub struct NotificationOutput {
    /// Who.
    pub recipient: CodedRecipient,
    /// When.
    #[schema(format = Date, max_length = 10, example = "2026-03-02")]
    pub notified_on: String,
}

/// A proceeding as it is shown to somebody.
pub(super) fn proceeding(
    proceeding: &Proceeding,
    dossier: &Habilitation,
    standing: Standing,
    view: &View<'_>,
) -> ProceedingOutput {
    let law = view.reference.habilitation_law();
    // A renewal lapses with the period, though nobody may have told it yet.
    let waited_for = proceeding.is_open() && !dossier.status_on(view.today).is_final();
    let found = dossier.decidability(law, view.today);
    let on = found.filter(|_| waited_for).and_then(|it| it.on);
    let seen = proceeding.opinions.iter();
    let seen = seen.filter(|it| standing.reads_opinion(it.giver));
    ProceedingOutput {
        opened_on: date(proceeding.opened_on),
        decidable: on.is_some_and(|on| on <= view.today),
        decidable_on: on.map(date),
        opinions: seen
            .map(|it| opinion(it, proceeding, dossier, view))
            .collect(),
        lapsed_on: proceeding.lapsed_on.map(date),
        decision: proceeding.decision.as_ref().map(DecisionOutput::from),
    }
}

/// A procedure of withdrawal as it is shown to somebody.
pub(super) fn withdrawal(
    it: &Proceeding,
    dossier: &Habilitation,
    standing: Standing,
    view: &View<'_>,
) -> Option<WithdrawalOutput> {
    let Matter::Withdrawal(case) = &it.matter else {
        return None;
    };
    let WithdrawalCase {
        grounds,
        observations_invited_on,
        observations,
    } = case;
    let reasons = grounds.reasons().iter().copied();
    Some(WithdrawalOutput {
        proceeding: proceeding(it, dossier, standing, view),
        reasons: reasons.map(Into::into).collect(),
        statement: grounds.statement().as_str().to_owned(),
        observations_invited_on: date(*observations_invited_on),
        observations: observations.as_ref().map(ObservationsOutput::from),
    })
}

fn opinion(
    opinion: &Opinion,
    proceeding: &Proceeding,
    dossier: &Habilitation,
    view: &View<'_>,
) -> OpinionOutput {
    let law = view.reference.habilitation_law();
    let outcome = dossier.opinion_outcome(proceeding, opinion.giver, law, view.today);
    let given = opinion.given.as_ref();
    OpinionOutput {
        giver: opinion.giver.into(),
        requested_on: date(opinion.requested_on),
        outcome: outcome.map(Into::into),
        given_on: given.map(|it| date(it.given_on())),
        statement: given.and_then(|it| it.statement().map(ToString::to_string)),
    }
}

impl From<&Decision> for DecisionOutput {
    fn from(decision: &Decision) -> Self {
        let Decision {
            facts:
                DecisionFacts {
                    decided_on,
                    signatory,
                    order_reference,
                },
            outcome,
            notifications,
        } = decision;
        let period = match outcome {
            Outcome::Granted(period) => Some(*period),
            _ => None,
        };
        let (reasons, statement) = match outcome {
            Outcome::Refused(grounds) => (labelled(grounds.reasons()), Some(grounds.statement())),
            Outcome::Withdrawn(grounds) => (labelled(grounds.reasons()), Some(grounds.statement())),
            Outcome::Granted(_) | Outcome::Maintained => (Vec::new(), None),
        };
        Self {
            ruling: outcome.ruling().code(),
            decided_on: date(*decided_on),
            signatory: signatory.into(),
            order_reference: order_reference.as_ref().map(ToString::to_string),
            valid_from: period.map(Period::first).map(date),
            valid_until: period.map(Period::last).map(date),
            reasons,
            statement: statement.map(|it| it.as_str().to_owned()),
            notifications: notifications.iter().map(NotificationOutput::from).collect(),
        }
    }
}

fn labelled<R: Code>(reasons: &[R]) -> Vec<Labelled> {
    let labelled = reasons.iter().map(|reason| Labelled {
        code: reason.code().into(),
        label: reason.label().into(),
    });
    labelled.collect()
}

impl From<&Signatory> for SignatoryOutput {
    fn from(signatory: &Signatory) -> Self {
        let Signatory {
            first_name,
            last_name,
            capacity,
        } = signatory;
        Self {
            first_name: first_name.to_string(),
            last_name: last_name.to_string(),
            capacity: capacity.to_string(),
        }
    }
}

impl From<&Notification> for NotificationOutput {
    fn from(notification: &Notification) -> Self {
        let Notification {
            recipient,
            notified_on,
        } = notification;
        Self {
            recipient: (*recipient).into(),
            notified_on: date(*notified_on),
        }
    }
}

impl From<&Observations> for ObservationsOutput {
    fn from(observations: &Observations) -> Self {
        let Observations {
            recorded_on,
            received_on,
            statement,
        } = observations;
        Self {
            recorded_on: date(*recorded_on),
            received_on: received_on.map(date),
            statement: statement.as_ref().map(ToString::to_string),
        }
    }
}
