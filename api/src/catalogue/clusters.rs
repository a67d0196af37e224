//! What matches in a box, gathered for a map, whatever the resource.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use search::{BoundingBox, Cell, Cells, Gathering, Selection, Square};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Catalogue, filters::Filters, forms, resource::Resource, seen::Seen};
use crate::{
    kernel::{
        cache::Read,
        negotiate::Format,
        page::Source,
        params::Params,
        problem::{ApiError, Fault},
        text::Text,
    },
    platform::Platform,
    territories::PointGeometry,
};

/// The closest zoom.
const CLOSEST: u8 = 22;
/// How many times a tile of 256 pixels is cut in four: its cells have sides of 64 pixels.
const FINER: u8 = 2;
/// The most cells that a box may have: a map of some 6,400 by 6,400 pixels.
const MAX_CELLS: u64 = 10_000;

/// Where what matches is, gathered in cells: a feature collection (RFC 7946).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClusterFeatures {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(
        max_length = 17,
        pattern = "^FeatureCollection$",
        example = "FeatureCollection"
    )]
    pub kind: &'static str,
    /// The cells that hold something, from the north to the south, in each row from the west to
    /// the east.
    #[schema(max_items = 10_000)]
    pub features: Vec<ClusterFeature>,
    /// How many match in the box, exactly: the sum of the counts of the cells.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total: u64,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// What matches in one cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClusterFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(max_length = 7, pattern = "^Feature$", example = "Feature")]
    pub kind: &'static str,
    /// The least box around what the cell holds: west, south, east, north; what a map looks at
    /// when somebody opens the cell.
    #[schema(min_items = 4, max_items = 4, example = json!([-0.6, 44.75, -0.5, 44.9]))]
    pub bbox: [f64; 4],
    /// The mean of the positions of what the cell holds.
    pub geometry: PointGeometry,
    /// How many there are, and which, of one alone.
    pub properties: ClusterProperties,
}

/// How many objects a cell holds, and which, of one alone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClusterProperties {
    /// How many, exactly.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 12)]
    pub count: u64,
    /// The identifier of the only one, when there is one alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: Option<String>,
    /// Its own address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 500)]
    pub url: Option<String>,
}

/// Answers what matches in a box, gathered in cells.
pub(crate) async fn answer<R: Resource>(
    req: &HttpRequest,
    platform: &Platform,
    seen: Seen,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let (view, today) = (seen.view, platform.clock.today());
    let asked = Asked::read::<R>(req, catalogue, seen)?;
    catalogue.reach(asked.min_revision).await?;
    let collection = R::of(catalogue);
    let read = |revision| Read::seen_list(req, (revision, today), asked.format, view);
    if let Some(known) = read(collection.revision()).not_modified(req) {
        return Ok(known);
    }
    let cells = collection.cells(&asked.selection, &asked.gathering)?;
    let mut response = read(cells.revision).ok();
    let features = features::<R>(cells, collection.base());
    Ok(response.body(forms::to_json(&features)?))
}

/// What is asked of a map.
struct Asked {
    selection: Selection,
    gathering: Gathering,
    format: Format,
    min_revision: Option<u64>,
}

impl Asked {
    fn read<R: Resource>(
        req: &HttpRequest,
        catalogue: &Catalogue,
        seen: Seen,
    ) -> Result<Self, ApiError> {
        let mut params = Params::read(req)?;
        let mut filters = Filters::boxed::<R>(&mut params, catalogue);
        filters.hold(seen.clauses);
        let level = level(&mut params, filters.bbox());
        let format = params.format(&[Format::GeoJson, Format::Json]);
        let min_revision = params.min_revision();
        params.finish()?;
        Ok(Self {
            selection: filters.selection()?,
            gathering: Gathering {
                level,
                within: None,
                singly: 1,
            },
            format,
            min_revision,
        })
    }
}

/// Reads `zoom`, which must leave the box few enough cells; the level of these.
fn level(params: &mut Params, bbox: Option<&BoundingBox>) -> u8 {
    if !params.has("zoom") {
        let detail = Text::made(
            format!("a whole number from 0 to {CLOSEST}"),
            format!("un nombre entier de 0 à {CLOSEST}"),
        );
        params.refuse("zoom", Fault::Required, detail);
    }
    let zoom = params.integer("zoom", 0..=i64::from(CLOSEST)).unwrap_or(0);
    let zoom = u8::try_from(zoom).unwrap_or(0);
    let few =
        |zoom: &u8| bbox.is_none_or(|bbox| Square::at_most_in(bbox, zoom + FINER) <= MAX_CELLS);
    if !few(&zoom) {
        let closest = (0..zoom).rev().find(few).unwrap_or(0);
        let detail = Text::made(
            format!("at most {closest} for this box, which may have {MAX_CELLS} cells"),
            format!("au plus {closest} pour ce rectangle, qui peut avoir {MAX_CELLS} cellules"),
        );
        params.refuse("zoom", Fault::Range, detail);
    }
    zoom + FINER
}

fn features<R: Resource>(cells: Cells<Arc<R::Body>>, base: &str) -> ClusterFeatures {
    let Cells { total, cells, .. } = cells;
    let features = cells.into_iter().map(|cell| feature::<R>(&cell, base));
    ClusterFeatures {
        kind: "FeatureCollection",
        features: features.collect(),
        total,
        source: R::source(),
    }
}

fn feature<R: Resource>(cell: &Cell<Arc<R::Body>>, base: &str) -> ClusterFeature {
    let only = cell.members.first();
    let BoundingBox {
        min_lon,
        min_lat,
        max_lon,
        max_lat,
    } = cell.bounds;
    ClusterFeature {
        kind: "Feature",
        bbox: [min_lon, min_lat, max_lon, max_lat],
        geometry: PointGeometry {
            kind: "Point",
            coordinates: [cell.centre.lon, cell.centre.lat],
        },
        properties: ClusterProperties {
            count: cell.count,
            id: only.map(|member| member.id.to_string()),
            url: only.map(|member| R::url(&member.body, base)),
        },
    }
}
