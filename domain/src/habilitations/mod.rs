//! Habilitations: by which a private organisation may host community service.
//!
//! A host files a dossier with the authority of its département, of minors, or with the minister;
//! the authority instructs it, asks for opinions, and decides: nothing is decided by itself, and
//! nothing by silence. What the law counts in months, whom it asks and whom it tells are values of
//! [`HabilitationLaw`], which has dates. Of the people who sit on a board the platform holds
//! nothing: documents stay with the host, and the dossier says which there are.

mod acknowledgement;
mod authority;
mod decision;
mod document;
mod event;
mod habilitation;
mod host;
mod law;
mod moves;
mod opinion;
mod proceeding;
mod reason;
mod refused;
mod rules;
mod standing;
mod status;

pub use acknowledgement::{Acknowledgement, Service, Silence};
pub use authority::{HabilitationAuthority, Jurisdiction};
pub use decision::{
    Decision, DecisionFacts, Notification, NotificationRecipient, Outcome, Ruling, Signatory,
};
pub use document::{AcceptedDocument, Document, DocumentKind, MissingDocuments, Requirement};
pub use event::{Event, Moved};
pub use habilitation::{Course, DeclaredChange, Habilitation, HabilitationFacts, Incompleteness};
pub use host::Host;
pub use law::{
    Admission, DocumentRule, HabilitationLaw, LawRows, NotificationRule, Procedure, SilenceEffect,
    SilenceRule,
};
pub use moves::{
    Act, ChangeFacts, IncompletenessFacts, ObservationFacts, OpinionFacts, OpinionRequest,
    WithdrawalFacts,
};
pub use opinion::{Opinion, OpinionGiven, OpinionGiver, OpinionOutcome};
pub use proceeding::{Decidability, Matter, Observations, Proceeding, Stage, WithdrawalCase};
pub use reason::{Grounds, RefusalReason, Statement, StatementError, WithdrawalReason};
pub use refused::Refused;
pub use standing::{Standing, Who};
pub use status::{HabilitationStatus, Verb};

#[cfg(test)]
mod tests;
