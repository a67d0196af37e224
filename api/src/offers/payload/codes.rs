//! The coded values of an offer, each by a name: the derived document cannot follow the list of
//! a code through its generic type.

use domain::{
    activities::{Activity, WorkRegime},
    habilitations::{OpinionGiver, OpinionOutcome},
    kernel::GeoPrecision,
    offers::{
        Audience, ContractKind, Diffusion, FixedTermReason, OfferKind, OfferStatus, PayClass,
        PenalFramework, PublicationReason, SuspensionOrigin, SuspensionReason, TigField, TigForm,
        TigMeasure, TimeSlot,
    },
    partners::HostKind,
    territories::Direction,
};
use utoipa::openapi::{ObjectBuilder, Type, schema::Object};

use crate::kernel::coded::{Bare, Coded};

/// For whom a post is.
pub(super) type AudienceCode = Bare<Audience>;
/// The code of an activity, bare.
pub(super) type ActivityCode = Bare<Activity>;
/// How long a contract lasts.
pub(super) type ContractKindCode = Bare<ContractKind>;
/// Who may know of an offer.
pub(super) type DiffusionCode = Bare<Diffusion>;
/// Why a contract has a fixed term.
pub(super) type FixedTermReasonCode = Bare<FixedTermReason>;
/// What a position is.
pub(super) type GeoPrecisionCode = Bare<GeoPrecision>;
/// Who gives an opinion.
pub(super) type OpinionGiverCode = Bare<OpinionGiver>;
/// The sense of an opinion.
pub(super) type OpinionOutcomeCode = Bare<OpinionOutcome>;
/// The framework of a measure.
pub(super) type PenalFrameworkCode = Bare<PenalFramework>;
/// The class of a job.
pub(super) type PayClassCode = Bare<PayClass>;
/// Why an offer is suspended.
pub(super) type SuspensionReasonCode = Bare<SuspensionReason>;
/// The field of a post.
pub(super) type TigFieldCode = Bare<TigField>;
/// The form of a post.
pub(super) type TigFormCode = Bare<TigForm>;
/// A measure.
pub(super) type TigMeasureCode = Bare<TigMeasure>;
/// When in the week.
pub(super) type TimeSlotCode = Bare<TimeSlot>;
/// A work regime.
pub(super) type WorkRegimeCode = Bare<WorkRegime>;

/// An activity.
pub(super) type CodedActivity = Coded<Activity>;
/// For whom a post is.
pub(super) type CodedAudience = Coded<Audience>;
/// How long a contract lasts.
pub(super) type CodedContractKind = Coded<ContractKind>;
/// Who may know of an offer.
pub(super) type CodedDiffusion = Coded<Diffusion>;
/// A directorate.
pub(super) type CodedDirection = Coded<Direction>;
/// Why a contract has a fixed term.
pub(super) type CodedFixedTermReason = Coded<FixedTermReason>;
/// As what a host hosts.
pub(super) type CodedHostKind = Coded<HostKind>;
/// What an offer offers.
pub(super) type CodedOfferKind = Coded<OfferKind>;
/// Where an offer is in its life.
pub(super) type CodedOfferStatus = Coded<OfferStatus>;
/// Who gives an opinion.
pub(super) type CodedOpinionGiver = Coded<OpinionGiver>;
/// The sense of an opinion.
pub(super) type CodedOpinionOutcome = Coded<OpinionOutcome>;
/// The class of a job.
pub(super) type CodedPayClass = Coded<PayClass>;
/// Why an offer is not shown.
pub(super) type CodedPublicationReason = Coded<PublicationReason>;
/// Who suspended.
pub(super) type CodedSuspensionOrigin = Coded<SuspensionOrigin>;
/// The field of a post.
pub(super) type CodedTigField = Coded<TigField>;
/// The form of a post.
pub(super) type CodedTigForm = Coded<TigForm>;
/// A measure.
pub(super) type CodedTigMeasure = Coded<TigMeasure>;
/// When in the week.
pub(super) type CodedTimeSlot = Coded<TimeSlot>;
/// A work regime.
pub(super) type CodedWorkRegime = Coded<WorkRegime>;

/// The kind of a post, which is always this one.
pub(super) fn of_tig() -> Object {
    only("tig", "Poste de travail d'intérêt général")
}

/// The kind of a job, which is always this one.
pub(super) fn of_employment() -> Object {
    only("employment", "Emploi en détention")
}

/// The kind of a training, which is always this one.
pub(super) fn of_training() -> Object {
    only("training", "Formation")
}

/// One kind of offer and no other: what tells the three forms of an offer from one another.
fn only(code: &'static str, label: &'static str) -> Object {
    let one = |described: &str, value: &str| {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(described))
            .enum_values(Some([value]))
    };
    ObjectBuilder::new()
        .description(Some(
            "The kind of the offer, a code of `/v1/code-lists/offer-kinds` with its label: it says \
             which of the three forms this is.",
        ))
        .property("code", one("The code.", code))
        .required("code")
        .property("label", one("The official French label.", label))
        .required("label")
        .build()
}
