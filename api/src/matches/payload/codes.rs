//! The coded values of matches, each by a name: the derived document cannot follow the list of a
//! code through its generic type.

use std::{borrow::Cow, marker::PhantomData};

use domain::{
    activities::Activity,
    establishments::{Equipment, VehicleSize},
    kernel::Code,
    matches::MatchOutcome,
    offers::{Audience, PenalFramework, TigField, TimeSlot},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, OneOfBuilder, RefOr, schema::Schema},
};

use crate::kernel::coded::{Bare, Coded};

/// One activity, or several.
pub(super) type Activities = OneOrMore<Activity>;
/// One kind of equipment, or several.
pub(super) type EquipmentKinds = OneOrMore<Equipment>;
/// One field, or several.
pub(super) type TigFields = OneOrMore<TigField>;
/// One slot, or several.
pub(super) type TimeSlots = OneOrMore<TimeSlot>;
/// For whom a post is.
pub(super) type AudienceCode = Bare<Audience>;
/// The framework of a measure.
pub(super) type PenalFrameworkCode = Bare<PenalFramework>;
/// The size of a vehicle, bare.
pub(super) type VehicleSizeCode = Bare<VehicleSize>;

/// A kind of equipment.
pub(super) type CodedEquipment = Coded<Equipment>;
/// Whether a criterion is met.
pub(super) type CodedMatchOutcome = Coded<MatchOutcome>;

/// One code of a list, or several.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneOrMore<T>(PhantomData<T>);

impl<T: Code> PartialSchema for OneOrMore<T> {
    fn schema() -> RefOr<Schema> {
        let several = ArrayBuilder::new()
            .items(Bare::<T>::schema())
            .min_items(Some(1))
            .max_items(Some(T::all().len()))
            .unique_items(true)
            .description(Some("Several codes, each once."));
        OneOfBuilder::new()
            .item(Bare::<T>::schema())
            .item(several)
            .description(Some(format!(
                "One code of `/v1/code-lists/{}`, or several.",
                T::LIST.name
            )))
            .into()
    }
}

impl<T: Code> ToSchema for OneOrMore<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("OneOrMore{}", Bare::<T>::name()))
    }
}
