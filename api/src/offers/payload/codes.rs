//! The coded values of an offer, each by a name: the derived document cannot follow the list of a
//! code through its generic type.

use domain::{
    activities::{Activity, WorkRegime},
    offers::{
        Audience, ContractKind, Diffusion, FixedTermReason, OfferKind, PayClass, TigField, TigForm,
        TigMeasure, TimeSlot,
    },
    partners::HostKind,
    territories::Direction,
};
use utoipa::openapi::{ObjectBuilder, Type, schema::Object};

use crate::kernel::coded::{Bare, Coded};

/// The code of an audience, bare.
pub(super) type AudienceCode = Bare<Audience>;
/// The code of a measure, bare.
pub(super) type MeasureCode = Bare<TigMeasure>;
/// The code of a time slot, bare.
pub(super) type SlotCode = Bare<TimeSlot>;
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
/// A kind of offer.
pub(super) type CodedOfferKind = Coded<OfferKind>;
/// A class of pay.
pub(super) type CodedPayClass = Coded<PayClass>;
/// A field of work.
pub(super) type CodedTigField = Coded<TigField>;
/// A form of work.
pub(super) type CodedTigForm = Coded<TigForm>;
/// A measure that a post takes in.
pub(super) type CodedTigMeasure = Coded<TigMeasure>;
/// When in the week the work is done.
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
