//! Why a move is refused, each in a form of its own.

use super::{Decidability, HabilitationStatus, MissingDocuments, Verb};
use crate::kernel::{Code, Refusal};

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The caller may not know of the dossier.
    #[error("there is no such dossier")]
    Unseen,
    /// The caller sees the dossier, and this is not for it to do.
    #[error("this is for another to do")]
    OutOfPerimeter,
    /// This authority decides nothing of the kind: for such a host, for such a place, at such a
    /// date, or on the dossier of another authority.
    #[error("{0}")]
    WrongAuthority(String),
    /// The host is a public body.
    #[error("a public body needs no habilitation")]
    NotNeeded,
    /// What is said breaks rules, each with its place.
    #[error("what is said breaks a rule")]
    Invalid(Vec<Refusal>),
    /// The dossier lacks documents.
    #[error("required documents are missing")]
    DocumentsMissing(MissingDocuments),
    /// The state does not allow it.
    #[error("this move is not allowed in the state {}", status.code())]
    TransitionNotAllowed {
        /// The state.
        status: HabilitationStatus,
        /// What the caller may do in this state.
        allowed: Vec<Verb>,
    },
    /// It is too early to decide: it may be from a day on, or once something is done.
    #[error("it is too early to decide")]
    NotDecidable(Decidability),
}

impl Refused {
    /// One broken rule.
    pub(super) fn one(refusal: Refusal) -> Self {
        Self::Invalid(vec![refusal])
    }

    /// The broken rules, where there are any.
    pub(super) fn unless_empty(refusals: Vec<Refusal>) -> Result<(), Self> {
        if refusals.is_empty() {
            Ok(())
        } else {
            Err(Self::Invalid(refusals))
        }
    }
}
