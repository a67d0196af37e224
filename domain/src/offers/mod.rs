//! Offers: posts of community service, jobs in detention, trainings.
//!
//! The three have a part in common and a part of their own; a post follows a procedure of the law,
//! jobs and trainings are moderated. What the law counts is a value of [`OfferLaw`], which has
//! dates. Of those who do the work an offer knows nothing.

mod authority;
mod checks;
mod content;
mod dates;
mod employment;
mod framework;
mod history;
mod kind;
mod law;
mod life;
mod motive;
mod offer;
mod opinions;
mod place;
mod places;
mod publication;
mod reference;
#[cfg(test)]
pub(crate) mod samples;
mod standing;
mod status;
mod sync;
mod tig;
mod training;

pub use authority::Authority;
pub use checks::{
    CheckRule, Checked, CheckedMeasure, CheckedRule, MedicalExamTrigger, PostConditions, Profile,
};
pub use content::{Content, ContentFacts, Details, PostTerms};
pub use dates::{End, OfferDates};
pub use employment::{ContractKind, Employment, EmploymentFacts, FixedTermReason, Pay};
pub use framework::PenalFramework;
pub use history::{HistoryDetail, HistoryEntry, HistoryFact, HistoryGrounds};
pub use kind::{Diffusion, OfferKind};
pub use law::{
    Dated, HoursBounds, LegalTerm, LegalTerms, MinimumWage, MinimumWages, OfferLaw, Overlap,
    PayClass, PayFloor, PayFloors, TigHours, UnknownTerm,
};
pub use life::{
    Life, MoveRefused, Moved, Suspender, Suspending, Suspension, Suspensions, Told, Written,
};
pub use motive::{
    Decision, HostMotive, ModerationReason, OfferRefusalReason, SuspensionOrigin, SuspensionReason,
};
pub use offer::{Belonging, Keeper, Offer};
pub use opinions::{OpinionSubject, PostOpinion, decidable_on};
pub use place::{Place, PlaceFacts, Site};
pub use places::NoPlaceLeft;
pub use publication::{Publication, PublicationReason, Surroundings, known_to, told_to};
pub use reference::{PartnerReference, PartnerReferenceError};
pub use standing::{Coverage, Experiment, HostStanding};
pub use status::{OfferStatus, OfferVerb};
pub use sync::{LineOutcome, MaxWithdrawn, MaxWithdrawnError, SyncGuard, SyncStatus, to_withdraw};
pub use tig::{Audience, Tig, TigFacts, TigField, TigForm, TigMeasure, TigRestricted, TimeSlot};
pub use training::{
    Certification, CertificationCode, CertificationCodeError, Training, TrainingFacts,
};
