//! `GET /v1/establishments/summary`: totals over everything that matches.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use search::{Selection, Sums};
use serde::Serialize;
use utoipa::ToSchema;

use super::{collection::Establishments, parameters::EstablishmentFilters, source};
use crate::{
    catalogue::{
        Catalogue,
        filters::Filters,
        parameters::{Places, Territories},
    },
    kernel::{
        cache::Read,
        negotiate::Format,
        page::Source,
        params::{
            Params,
            documents::{MinRevision, Words},
        },
        problem::ApiError,
    },
    platform::Platform,
};

/// Totals over the establishments that match.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EstablishmentSummary {
    /// Establishments.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub establishments: i64,
    /// Production zones.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub zones: i64,
    /// Area of the production zones, in square metres.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    pub production_area_m2: i64,
    /// Free area of the production zones, where told, in square metres.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    pub available_area_m2: i64,
    /// Storage area, in square metres.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    pub storage_area_m2: i64,
    /// Loading docks.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub docks: i64,
    /// Operational capacity, in places.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub places: i64,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// Add up the establishments
///
/// How many establishments, zones, square metres, docks and places match; with the filters of
/// the list. Totals are of whole establishments, whichever of their parts matched.
#[utoipa::path(
    tag = "establishments",
    operation_id = "summariseEstablishments",
    params(Words, Places, Territories, EstablishmentFilters, MinRevision),
    responses((status = 200, description = "The totals", body = EstablishmentSummary)),
)]
#[get("/v1/establishments/summary")]
pub(super) async fn summarise_establishments(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(&req)?;
    let filters = Filters::read::<Establishments>(&mut params, catalogue);
    let min_revision = params.min_revision();
    params.format(&[Format::Json]);
    params.finish()?;
    let selection = filters.selection()?;
    catalogue.reach(min_revision).await?;
    let read = |revision| Read::list(&req, revision, platform.clock.today(), Format::Json);
    if let Some(known) = read(catalogue.establishments().revision()).not_modified(&req) {
        return Ok(known);
    }
    let sums = sums(catalogue, &selection)?;
    Ok(read(sums.revision).ok().json(summary(&sums)?))
}

fn sums(catalogue: &Catalogue, selection: &Selection) -> Result<Sums, ApiError> {
    let fields = catalogue.establishments().fields();
    let numbers = [
        fields.zone_count,
        fields.production_area,
        fields.available_area,
        fields.storage_area,
        fields.dock_count,
        fields.places,
    ];
    catalogue.establishments().sums(selection, &numbers)
}

fn summary(sums: &Sums) -> Result<EstablishmentSummary, ApiError> {
    let [zones, production, available, storage, docks, places] = sums.numbers.as_slice() else {
        return Err(ApiError::internal(&"a sum is missing"));
    };
    Ok(EstablishmentSummary {
        establishments: i64::try_from(sums.documents).unwrap_or(i64::MAX),
        zones: whole(zones.total),
        production_area_m2: whole(production.total),
        available_area_m2: whole(available.total),
        storage_area_m2: whole(storage.total),
        docks: whole(docks.total),
        places: whole(places.total),
        source: source(),
    })
}

/// A sum of whole numbers, exact below 2^53.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a sum of whole numbers far below 2^53, and the cast saturates"
)]
fn whole(total: f64) -> i64 {
    total.round() as i64
}
