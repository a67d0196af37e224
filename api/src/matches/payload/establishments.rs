//! A need of a company, and the establishments that answer it.

use data::Reference;
use domain::{
    kernel::{AreaM2, HeightCm, HeightM, Part, PowerKva, Refusal, RefusalCode, Workforce},
    matches::{EstablishmentMatch, EstablishmentNeed},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    criteria::{
        ActivityCriterion, AreaCriterion, DockHeightCriterion, EquipmentCriterion, HeightCriterion,
        MatchPlace, PowerCriterion, VehicleCriterion, WorkforceCriterion,
    },
    outcome::{MatchCriterion, to_confirm},
};
use crate::{
    catalogue::{forms::kilometres, resource::Found},
    contacts::ContactOutput,
    establishments::{
        Establishments,
        payload::{DockOutput, EstablishmentItem, ZoneOutput},
    },
    kernel::{
        body::{Fields, Node, read_object},
        page::Source,
    },
    matches::asked::{codes, criterion, limit, place},
};

/// What a company needs: criteria, a place, or both.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EstablishmentNeed)]
pub(crate) struct EstablishmentQuestionInput {
    /// The criteria, each with the least that is wanted.
    #[schema(value_type = Option<EstablishmentCriteria>, required = false)]
    pub criteria: (),
    /// Where it is to be.
    #[schema(value_type = Option<MatchPlace>, required = false)]
    pub place: (),
    /// How many establishments to answer.
    #[schema(value_type = Option<u32>, required = false, minimum = 1, maximum = 100, default = 20)]
    pub limit: (),
}

/// The criteria of a company; what is absent counts for nothing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EstablishmentCriteria {
    /// An activity, in place or possible; a sheet that names none does not say.
    #[schema(value_type = Option<ActivityCriterion>, required = false)]
    pub activity: (),
    /// The area of all production zones together.
    #[schema(value_type = Option<AreaCriterion>, required = false)]
    pub production_area_m2: (),
    /// The area of all storage areas together.
    #[schema(value_type = Option<AreaCriterion>, required = false)]
    pub storage_area_m2: (),
    /// The clear height of a zone.
    #[schema(value_type = Option<HeightCriterion>, required = false)]
    pub clear_height_m: (),
    /// The electrical power of the same zone.
    #[schema(value_type = Option<PowerCriterion>, required = false)]
    pub power_kva: (),
    /// What the same zone is fitted with.
    #[schema(value_type = Option<EquipmentCriterion>, required = false)]
    pub equipment: (),
    /// The vehicle that a dock takes.
    #[schema(value_type = Option<VehicleCriterion>, required = false)]
    pub vehicle: (),
    /// The height of the platform of the same dock.
    #[schema(value_type = Option<DockHeightCriterion>, required = false)]
    pub dock_height_cm: (),
    /// How many people could work.
    #[schema(value_type = Option<WorkforceCriterion>, required = false)]
    pub workforce: (),
}

/// The establishments that answer best.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EstablishmentMatches {
    /// The best, in order.
    #[schema(max_items = 100)]
    pub items: Vec<EstablishmentMatchOutput>,
    /// How many open establishments miss nothing that is required, exactly.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total: usize,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// An establishment, and how well it answers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EstablishmentMatch)]
pub(crate) struct EstablishmentMatchOutput {
    /// 100 × the weights that are met ÷ the weights that are asked, to the tenth.
    #[schema(minimum = 0, maximum = 100, example = 66.7)]
    pub score: f64,
    /// 100 × the weights of which something is known ÷ the weights that are asked, to the tenth.
    #[schema(minimum = 0, maximum = 100, example = 83.3)]
    pub coverage: f64,
    /// What is found of each criterion, `place` last.
    #[schema(max_items = 20)]
    pub criteria: Vec<MatchCriterion>,
    /// The required criteria of which the sheet does not say whether they are met.
    #[schema(max_items = 20)]
    pub to_confirm: Vec<&'static str>,
    /// The zone on which the criteria of zones were judged; look at its `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zone: Option<ZoneOutput>,
    /// The dock on which the criteria of docks were judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub dock: Option<DockOutput>,
    /// Great-circle distance to the place, in kilometres; only when one is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
    /// The establishment, as a list tells it.
    pub establishment: EstablishmentItem,
    /// Whom to write to first in order to produce there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contact: Option<ContactOutput>,
    /// Where everybody is whom one may write to, in order.
    #[schema(format = "uri", max_length = 500)]
    pub contacts_url: String,
}

/// What is asked, read.
#[derive(Debug)]
pub(crate) struct EstablishmentQuestion {
    /// The need.
    pub(crate) need: EstablishmentNeed,
    /// From where distances are measured.
    pub(crate) from: Option<search::Point>,
    /// How many establishments to answer.
    pub(crate) limit: usize,
}

impl EstablishmentQuestion {
    /// Reads the body, or says everything that is wrong with it.
    pub(crate) fn read(body: &Node, reference: &Reference) -> Result<Self, Vec<Refusal>> {
        let question = read_object(body, |fields| {
            let criteria = fields.optional("criteria", |value| {
                value.object(|fields| Some(need(fields)))
            });
            let place = place(fields, reference);
            Some(Self {
                need: EstablishmentNeed {
                    place: place.map(|it| it.within),
                    ..criteria.unwrap_or_default()
                },
                from: place.map(|it| it.center),
                limit: limit(fields),
            })
        })?;
        if question.need.is_empty() {
            let detail = "a criterion or a place is asked, at least";
            let refusal = Refusal::new("/criteria", RefusalCode::Required, detail);
            return Err(vec![refusal]);
        }
        Ok(question)
    }
}

fn need(fields: &mut Fields<'_>) -> EstablishmentNeed {
    EstablishmentNeed {
        activity: criterion(fields, "activity", |value| codes(&value)),
        production_area_m2: criterion(fields, "production_area_m2", |it| it.whole(AreaM2::new)),
        storage_area_m2: criterion(fields, "storage_area_m2", |it| it.whole(AreaM2::new)),
        clear_height_m: criterion(fields, "clear_height_m", |it| it.decimal(HeightM::new)),
        power_kva: criterion(fields, "power_kva", |it| it.decimal(PowerKva::new)),
        equipment: criterion(fields, "equipment", |value| codes(&value)),
        vehicle: criterion(fields, "vehicle", |value| value.coded()),
        dock_height_cm: criterion(fields, "dock_height_cm", |it| it.whole(HeightCm::new)),
        workforce: criterion(fields, "workforce", |it| it.whole(Workforce::new)),
        place: None,
    }
}

impl EstablishmentMatchOutput {
    /// What is told of an establishment that was found.
    pub(crate) fn new(
        hit: &Found<Establishments>,
        matched: EstablishmentMatch,
        contact: Option<ContactOutput>,
        contacts_url: String,
    ) -> Self {
        let EstablishmentMatch {
            tally,
            judged,
            zone,
            dock,
        } = matched;
        let parts = hit.body.establishment.parts();
        Self {
            score: tally.score(),
            coverage: tally.coverage(),
            criteria: judged.iter().map(MatchCriterion::from).collect(),
            to_confirm: to_confirm(&judged),
            zone: zone.and_then(|id| named(&parts.zones, id)).map(Into::into),
            dock: dock.and_then(|id| named(&parts.docks, id)).map(Into::into),
            distance_km: hit.distance_km.map(kilometres),
            establishment: hit.body.item.clone(),
            contact,
            contacts_url,
        }
    }
}

fn named<T>(parts: &[Part<T>], id: domain::kernel::Id<T>) -> Option<&Part<T>> {
    parts.iter().find(|part| part.id == id)
}
