//! An establishment as a line of a list.

use data::Reference;
use domain::{activities::Activity, establishments::Establishment};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{CodedActivity, CodedDirection, CodedManagement, CodedStatus};
use super::output::{CapacityOutput, KindOutput, position};
use crate::{
    kernel::{coded::Coded, dates::instant},
    territories::{AddressOutput, PlaceOutput, PositionOutput},
};

/// What a list tells of an establishment; the sheet at `url` tells the rest.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EstablishmentItem {
    /// The identifier, the same in every installation.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// The stable name in addresses: it stands wherever the id does.
    #[schema(
        min_length = 3,
        max_length = 80,
        pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        example = "cd-argentan"
    )]
    pub slug: String,
    /// The official name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Centre de détention d'Argentan"
    )]
    pub name: String,
    /// The kind of establishment, dated.
    pub kind: KindOutput,
    /// Whether it is in use.
    pub status: CodedStatus,
    /// Who runs it, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub management: Option<CodedManagement>,
    /// Its directorate.
    pub direction: CodedDirection,
    /// Its territories.
    pub address: ItemAddress,
    /// One point, WGS 84, and what it points at; never a perimeter.
    pub position: PositionOutput,
    /// The operational capacity, where published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub capacity: Option<CapacityOutput>,
    /// Total area of the production zones, in square metres; absent when no zone is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 1200)]
    pub production_area_m2: Option<u64>,
    /// Total free area of the production zones, in square metres; absent when no zone tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 400)]
    pub available_area_m2: Option<u64>,
    /// Total storage area, in square metres; absent when no storage area is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 300)]
    pub storage_area_m2: Option<u64>,
    /// The activities in place, each once.
    #[schema(max_items = 1000)]
    pub activities: Vec<CodedActivity>,
    /// The activities that could be, each once.
    #[schema(max_items = 1000)]
    pub possible_activities: Vec<CodedActivity>,
    /// How many production zones are described.
    #[schema(minimum = 0, maximum = 1_000, example = 3)]
    pub zone_count: u32,
    /// How many loading docks are described, those said to be absent left out.
    #[schema(minimum = 0, maximum = 10_000_000, example = 2)]
    pub dock_count: u32,
    /// Whether any of its parts is fictitious, made for demonstration.
    #[schema(example = false)]
    pub demo: bool,
    /// Counts the changes; 1 at creation.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
    /// When the sheet was created (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub created_at: String,
    /// When the sheet, or a part of it, last changed (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub updated_at: String,
    /// The address of the whole sheet.
    #[schema(
        format = "uri",
        max_length = 500,
        example = "http://127.0.0.1:8080/v1/establishments/cd-argentan"
    )]
    pub url: String,
    /// Great-circle distance to the point asked for, in kilometres; only when one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_100, example = 12.3)]
    pub distance_km: Option<f64>,
    /// Which parts met the criteria on parts; only when there were some.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub matched: Option<Matched>,
}

/// The territories of an establishment; the street is on the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemAddress {
    /// Postcode, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9]{5}$",
        example = "61200"
    )]
    pub postcode: Option<String>,
    /// The commune.
    pub commune: PlaceOutput,
    /// The département of the commune.
    pub departement: PlaceOutput,
    /// The region of the commune.
    pub region: PlaceOutput,
}

/// The identifiers of the parts that met the criteria, by kind of part; a kind on which there
/// was no criterion is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct Matched {
    /// Production zones, each of which meets every criterion on zones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 1000)]
    pub zones: Option<Vec<PartId>>,
    /// Loading docks, each of which meets every criterion on docks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 1000)]
    pub docks: Option<Vec<PartId>>,
    /// Activities in place, each of which meets every criterion on them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 1000)]
    pub activities: Option<Vec<PartId>>,
}

/// The identifier of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(
    format = "uuid",
    min_length = 36,
    max_length = 36,
    example = "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f"
)]
pub struct PartId(pub String);

impl EstablishmentItem {
    /// The line of an establishment; `base` is the public address of the API, without a slash
    /// at its end. Distance and matched parts are the question's and stay absent.
    #[must_use]
    pub fn new(establishment: &Establishment, reference: &Reference, base: &str) -> Self {
        let parts = establishment.parts();
        let address = AddressOutput::new(&establishment.address, reference);
        Self {
            id: establishment.id.to_string(),
            slug: establishment.slug.to_string(),
            name: establishment.name.to_string(),
            kind: establishment.kind.into(),
            status: establishment.status.into(),
            management: establishment.management.map(Coded::from),
            direction: establishment.direction.into(),
            address: ItemAddress {
                postcode: address.postcode,
                commune: address.commune,
                departement: address.departement,
                region: address.region,
            },
            position: position(establishment, false),
            capacity: establishment.capacity.as_ref().map(CapacityOutput::from),
            production_area_m2: establishment.production_area_m2(),
            available_area_m2: establishment.available_area_m2(),
            storage_area_m2: establishment.storage_area_m2(),
            activities: distinct(parts.activities.iter().map(|part| part.value.activity)),
            possible_activities: distinct(
                parts
                    .possible_activities
                    .iter()
                    .map(|part| part.value.activity),
            ),
            zone_count: u32::try_from(parts.zones.len()).unwrap_or(u32::MAX),
            dock_count: establishment.dock_count(),
            demo: establishment.has_demo_parts(),
            version: establishment.record.version,
            created_at: instant(establishment.record.created_at),
            updated_at: instant(establishment.record.updated_at),
            url: format!("{base}/v1/establishments/{}", establishment.slug),
            distance_km: None,
            matched: None,
        }
    }
}

/// Each activity once, in the order of the code list.
fn distinct(activities: impl Iterator<Item = Activity>) -> Vec<CodedActivity> {
    let mut activities: Vec<Activity> = activities.collect();
    activities.sort_unstable();
    activities.dedup();
    activities.into_iter().map(Coded::from).collect()
}
