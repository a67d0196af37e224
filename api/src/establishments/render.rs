//! The forms of a list that are written when they are asked for: `GeoJSON` and CSV.

use std::{collections::BTreeMap, sync::Arc};

use search::{Answer, Hit};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    collection::Establishments,
    document::EstablishmentBody,
    list::FacetCounts,
    payload::{CSV_COLUMNS, EstablishmentFeature, Matched, PartId, csv_row},
    source,
};
use crate::{
    catalogue::Catalogue,
    kernel::{page::Source, problem::ApiError},
};

/// A page of establishments as a feature collection (RFC 7946).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EstablishmentFeatures {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(
        max_length = 17,
        pattern = "^FeatureCollection$",
        example = "FeatureCollection"
    )]
    pub kind: &'static str,
    /// One page of features.
    #[schema(max_items = 100)]
    pub features: Vec<EstablishmentFeature>,
    /// How many establishments match, exactly.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total: u64,
    /// The absolute address of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 9000)]
    pub next: Option<String>,
    /// The counts asked by `facets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facets: Option<BTreeMap<String, FacetCounts>>,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

type Found = Hit<Arc<EstablishmentBody>>;

/// Kilometres to the metre.
pub(super) fn kilometres(distance: f64) -> f64 {
    (distance * 1_000.0).round() / 1_000.0
}

/// The parts that met the criteria; `None` when the question had none.
pub(super) fn matched(hit: &Found, establishments: &Establishments) -> Option<Matched> {
    let fields = establishments.fields();
    let of = |part| {
        let found = hit.matched.iter().find(|(kind, _)| *kind == part);
        found.map(|(_, ids)| ids.iter().map(|id| PartId(id.to_string())).collect())
    };
    (!hit.matched.is_empty()).then(|| Matched {
        zones: of(fields.zones.part),
        docks: of(fields.docks.part),
        activities: of(fields.activities.part),
    })
}

/// A page as a feature collection, with the foreign members that a page of JSON has.
pub(super) fn features(
    answer: &Answer<Arc<EstablishmentBody>>,
    next: Option<&str>,
    facets: Option<BTreeMap<String, FacetCounts>>,
    catalogue: &Catalogue,
) -> Result<String, ApiError> {
    let establishments = catalogue.establishments();
    let features = answer
        .hits
        .iter()
        .map(|hit| one_feature(hit, establishments))
        .collect();
    let collection = EstablishmentFeatures {
        kind: "FeatureCollection",
        features,
        total: answer.total,
        next: next.map(str::to_owned),
        facets,
        source: source(),
    };
    serde_json::to_string(&collection).map_err(|error| ApiError::internal(&error))
}

/// A feature, with the distance and the parts that matched among its properties.
pub(super) fn one_feature(hit: &Found, establishments: &Establishments) -> EstablishmentFeature {
    let mut item = hit.body.item.clone();
    item.distance_km = hit.distance_km.map(kilometres);
    item.matched = matched(hit, establishments);
    item.into()
}

/// What a page of CSV tells beside the columns of an export: what the question made of each.
const FOUND_COLUMNS: [&str; 4] = [
    "distance_km",
    "matched_zones",
    "matched_docks",
    "matched_activities",
];

/// A page as CSV: comma, CRLF, a header row.
pub(super) fn csv(hits: &[Found], catalogue: &Catalogue) -> Result<Vec<u8>, ApiError> {
    let header = CSV_COLUMNS.iter().chain(&FOUND_COLUMNS);
    let mut rows = vec![header.map(ToString::to_string).collect()];
    rows.extend(hits.iter().map(|hit| found_row(hit, catalogue)));
    csv_rows(&rows)
}

fn found_row(hit: &Found, catalogue: &Catalogue) -> Vec<String> {
    let establishments = catalogue.establishments();
    let establishment = &hit.body.establishment;
    let mut row = csv_row(establishment, catalogue.reference(), establishments.base());
    let distance = hit
        .distance_km
        .map(|distance| kilometres(distance).to_string());
    row.push(distance.unwrap_or_default());
    let matched = matched(hit, establishments).unwrap_or_default();
    for parts in [matched.zones, matched.docks, matched.activities] {
        let ids = parts.unwrap_or_default().into_iter().map(|PartId(id)| id);
        row.push(ids.collect::<Vec<_>>().join(";"));
    }
    row
}

/// Rows without a header.
pub(super) fn csv_rows(rows: &[Vec<String>]) -> Result<Vec<u8>, ApiError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row)
            .map_err(|error| ApiError::internal(&error))?;
    }
    writer
        .into_inner()
        .map_err(|error| ApiError::internal(&error))
}
