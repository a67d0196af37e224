//! An establishment as a GeoJSON feature (RFC 7946), with flat properties.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    codes::ActivityCode,
    item::{EstablishmentItem, Matched},
};
use crate::territories::PointGeometry;

/// A GeoJSON feature (RFC 7946) of an establishment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EstablishmentFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(max_length = 7, pattern = "^Feature$", example = "Feature")]
    pub kind: &'static str,
    /// The identifier of the establishment.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// Its point.
    pub geometry: PointGeometry,
    /// What a map shows of it: codes bare, labels beside them.
    pub properties: EstablishmentProperties,
}

/// The flat properties of an establishment on a map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EstablishmentProperties {
    /// The stable name in addresses.
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
    /// The kind, a code of `/v1/code-lists/establishment-kinds`.
    #[schema(max_length = 10, pattern = "^[a-z]+$", example = "cd")]
    pub kind: &'static str,
    /// The official French label of the kind.
    #[schema(max_length = 200, example = "Centre de détention")]
    pub kind_label: &'static str,
    /// Whether it is in use, a code of `/v1/code-lists/establishment-statuses`.
    #[schema(max_length = 10, pattern = "^[a-z]+$", example = "open")]
    pub status: &'static str,
    /// Who runs it, a code of `/v1/code-lists/managements`, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 20,
        pattern = "^[a-z]+$",
        example = "public"
    )]
    pub management: Option<&'static str>,
    /// Its directorate, a code of `/v1/code-lists/directions`.
    #[schema(max_length = 20, pattern = "^[a-z_]+$", example = "rennes")]
    pub direction: &'static str,
    /// The name of its directorate.
    #[schema(
        max_length = 200,
        example = "Direction interrégionale des services pénitentiaires de Rennes"
    )]
    pub direction_label: &'static str,
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
    /// INSEE code of the commune.
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^[0-9AB]{5}$",
        example = "61006"
    )]
    pub commune: String,
    /// Name of the commune.
    #[schema(max_length = 200, example = "Argentan")]
    pub commune_name: String,
    /// INSEE code of the département.
    #[schema(
        min_length = 2,
        max_length = 3,
        pattern = "^[0-9AB]{2,3}$",
        example = "61"
    )]
    pub departement: String,
    /// Name of the département.
    #[schema(max_length = 200, example = "Orne")]
    pub departement_name: String,
    /// INSEE code of the region.
    #[schema(
        min_length = 2,
        max_length = 3,
        pattern = "^[0-9]{2,3}$",
        example = "28"
    )]
    pub region: String,
    /// Name of the region.
    #[schema(max_length = 200, example = "Normandie")]
    pub region_name: String,
    /// What the point is, a code of `/v1/code-lists/geo-precisions`.
    #[schema(
        max_length = 20,
        pattern = "^(address|site|commune)$",
        example = "commune"
    )]
    pub precision: &'static str,
    /// Operational places, where published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 20_000, example = 638)]
    pub capacity_places: Option<u32>,
    /// The day of that capacity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-07-01")]
    pub capacity_as_of: Option<String>,
    /// Total area of the production zones, in square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 1200)]
    pub production_area_m2: Option<u64>,
    /// Total free area of the production zones, in square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 400)]
    pub available_area_m2: Option<u64>,
    /// Total storage area, in square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 300)]
    pub storage_area_m2: Option<u64>,
    /// The activities in place, codes of `/v1/activities`.
    #[schema(value_type = Vec<ActivityCode>, max_items = 1000, example = json!(["packaging"]))]
    pub activities: Vec<&'static str>,
    /// The activities that could be, codes of `/v1/activities`.
    #[schema(value_type = Vec<ActivityCode>, max_items = 1000, example = json!(["joinery"]))]
    pub possible_activities: Vec<&'static str>,
    /// How many production zones are described.
    #[schema(minimum = 0, maximum = 1_000, example = 3)]
    pub zone_count: u32,
    /// How many loading docks are described.
    #[schema(minimum = 0, maximum = 10_000_000, example = 2)]
    pub dock_count: u32,
    /// Whether any of its parts is fictitious, made for demonstration.
    #[schema(example = false)]
    pub demo: bool,
    /// Counts the changes; 1 at creation.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
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

impl From<EstablishmentItem> for EstablishmentFeature {
    fn from(item: EstablishmentItem) -> Self {
        Self {
            kind: "Feature",
            id: item.id.clone(),
            geometry: PointGeometry {
                kind: "Point",
                coordinates: [item.position.lon, item.position.lat],
            },
            properties: item.into(),
        }
    }
}

impl From<EstablishmentItem> for EstablishmentProperties {
    fn from(item: EstablishmentItem) -> Self {
        let (capacity_places, capacity_as_of) = item
            .capacity
            .map(|capacity| (capacity.places, capacity.as_of))
            .unzip();
        Self {
            slug: item.slug,
            name: item.name,
            kind: item.kind.code,
            kind_label: item.kind.label,
            status: item.status.code,
            management: item.management.map(|management| management.code),
            direction: item.direction.code,
            direction_label: item.direction.label,
            postcode: item.address.postcode,
            commune: item.address.commune.code,
            commune_name: item.address.commune.name,
            departement: item.address.departement.code,
            departement_name: item.address.departement.name,
            region: item.address.region.code,
            region_name: item.address.region.name,
            precision: item.position.precision,
            capacity_places,
            capacity_as_of,
            production_area_m2: item.production_area_m2,
            available_area_m2: item.available_area_m2,
            storage_area_m2: item.storage_area_m2,
            activities: item
                .activities
                .iter()
                .map(|activity| activity.code)
                .collect(),
            possible_activities: item
                .possible_activities
                .iter()
                .map(|activity| activity.code)
                .collect(),
            zone_count: item.zone_count,
            dock_count: item.dock_count,
            demo: item.demo,
            version: item.version,
            updated_at: item.updated_at,
            url: item.url,
            distance_km: item.distance_km,
            matched: item.matched,
        }
    }
}
