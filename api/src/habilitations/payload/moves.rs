//! The facts of each move, as its body states them.

use domain::{
    habilitations::{
        ChangeFacts, DecisionFacts, Grounds, IncompletenessFacts, ObservationFacts, OpinionFacts,
        OpinionRequest, RefusalReason, Signatory, Statement, WithdrawalFacts, WithdrawalReason,
    },
    kernel::Code,
};

use super::input::{MAX_DOCUMENTS, read_document};
use crate::kernel::{
    body::{Fields, Node, Value, read_object},
    problem::ApiError,
};

/// The most reasons of a decision.
const MAX_REASONS: usize = 5;

/// What is missing from a dossier.
pub(crate) fn incompleteness(body: &Node) -> Result<IncompletenessFacts, ApiError> {
    read(body, |fields| {
        let missing = fields.optional("missing_documents", |value| value.codes(MAX_DOCUMENTS));
        let statement = fields.optional("statement", |value| value.parsed());
        let answer_by = fields.optional("answer_by", |value| value.date());
        Some(IncompletenessFacts {
            missing_documents: missing.unwrap_or_default(),
            statement,
            answer_by,
        })
    })
}

/// Whose opinion is asked for.
pub(crate) fn opinion_request(body: &Node) -> Result<OpinionRequest, ApiError> {
    read(body, |fields| {
        let giver = fields.required("giver", |value| value.coded());
        let requested_on = fields.required("requested_on", |value| value.date());
        Some(OpinionRequest {
            giver: giver?,
            requested_on: requested_on?,
        })
    })
}

/// An opinion.
pub(crate) fn opinion(body: &Node) -> Result<OpinionFacts, ApiError> {
    read(body, |fields| {
        let giver = fields.required("giver", |value| value.coded());
        let outcome = fields.required("outcome", |value| value.coded());
        let given_on = fields.required("given_on", |value| value.date());
        let statement = fields.optional("statement", |value| value.parsed());
        Some(OpinionFacts {
            giver: giver?,
            outcome: outcome?,
            given_on: given_on?,
            statement,
        })
    })
}

/// A decision that states no reasons.
pub(crate) fn decision(body: &Node) -> Result<DecisionFacts, ApiError> {
    read(body, read_decision)
}

/// A refusal, with its reasons.
pub(crate) fn refusal(body: &Node) -> Result<(DecisionFacts, Grounds<RefusalReason>), ApiError> {
    reasoned(body)
}

/// A withdrawal, with its reasons.
pub(crate) fn withdrawal_decision(
    body: &Node,
) -> Result<(DecisionFacts, Grounds<WithdrawalReason>), ApiError> {
    reasoned(body)
}

/// A change that a host tells of.
pub(crate) fn change(body: &Node) -> Result<ChangeFacts, ApiError> {
    read(body, |fields| {
        let changed_on = fields.required("changed_on", |value| value.date());
        let documents = fields.optional("documents", |value| {
            value.list(MAX_DOCUMENTS, |document| read_document(&document))
        });
        let statement = fields.optional("statement", |value| value.parsed());
        Some(ChangeFacts {
            changed_on: changed_on?,
            documents: documents.unwrap_or_default(),
            statement,
        })
    })
}

/// Why a withdrawal is opened.
pub(crate) fn withdrawal(body: &Node) -> Result<WithdrawalFacts, ApiError> {
    read(body, |fields| {
        let grounds = read_grounds(fields);
        let invited_on = fields.required("observations_invited_on", |value| value.date());
        Some(WithdrawalFacts {
            grounds: grounds?,
            observations_invited_on: invited_on?,
        })
    })
}

/// What a host answers, or nothing.
pub(crate) fn observations(body: &Node) -> Result<ObservationFacts, ApiError> {
    read(body, |fields| {
        let received_on = fields.optional("received_on", |value| value.date());
        let statement = fields.optional("statement", |value| value.parsed());
        Some(ObservationFacts {
            received_on,
            statement,
        })
    })
}

fn read<T>(body: &Node, read: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Result<T, ApiError> {
    read_object(body, read).map_err(ApiError::validation)
}

fn reasoned<R: Code>(body: &Node) -> Result<(DecisionFacts, Grounds<R>), ApiError> {
    read(body, |fields| {
        let decision = read_decision(fields);
        let grounds = read_grounds(fields);
        Some((decision?, grounds?))
    })
}

fn read_decision(fields: &mut Fields<'_>) -> Option<DecisionFacts> {
    let decided_on = fields.required("decided_on", |value| value.date());
    let signatory = fields.required("signatory", |value| read_signatory(&value));
    let order_reference = fields.optional("order_reference", |value| value.parsed());
    Some(DecisionFacts {
        decided_on: decided_on?,
        signatory: signatory?,
        order_reference,
    })
}

fn read_signatory(value: &Value<'_>) -> Option<Signatory> {
    value.object(|fields| {
        let first_name = fields.required("first_name", |value| value.parsed());
        let last_name = fields.required("last_name", |value| value.parsed());
        let capacity = fields.required("capacity", |value| value.parsed());
        Some(Signatory {
            first_name: first_name?,
            last_name: last_name?,
            capacity: capacity?,
        })
    })
}

fn read_grounds<R: Code>(fields: &mut Fields<'_>) -> Option<Grounds<R>> {
    let reasons = fields.required("reasons", |value| value.codes(MAX_REASONS));
    let statement: Option<Statement> = fields.required("statement", |value| value.parsed());
    fields.check(Grounds::new(reasons?, statement?))
}
