//! The wire shapes of a dossier: as it is written, moved, and read.

mod acknowledgement;
mod codes;
mod input;
mod moves;
mod output;
mod proceedings;
mod schemas;

pub use acknowledgement::AcknowledgementOutput;
pub(crate) use acknowledgement::service_of;
pub(crate) use input::{new_facts, partner_of, patched};
pub(crate) use moves::{
    change, decision, incompleteness, observations, opinion, opinion_request, refusal, withdrawal,
    withdrawal_decision,
};
pub(crate) use output::duration;
pub use output::{HabilitationList, HabilitationOutput, RequirementOutput};
pub use schemas::{
    ChangeInput, DecisionInput, DocumentInput, GrantingInput, HabilitationInput, HabilitationPatch,
    IncompletenessInput, MoveInput, ObservationsInput, OpinionInput, OpinionRequestInput,
    RefusalInput, SignatoryInput, WithdrawalDecisionInput, WithdrawalInput,
};
