//! `/v1/territories/regions`.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use data::Territories;
use domain::territories::{Region, RegionCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::{CodedDirection, PlaceOutput, place_of_commune, source};
use crate::{
    kernel::{
        embedded::{Asked, answer, embedded_list, reference},
        page::Source,
        params::{Params, documents::Paging},
        patterns::RegionText,
        problem::ApiError,
    },
    platform::Platform,
};

embedded_list! {
    /// Regions, in the order of their codes.
    RegionList of RegionOutput
}

/// A region, or an overseas collectivity that belongs to none.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Region)]
pub(crate) struct RegionOutput {
    /// INSEE code.
    #[schema(value_type = RegionText)]
    pub code: String,
    /// Name.
    #[schema(min_length = 1, max_length = 200, example = "Nouvelle-Aquitaine")]
    pub name: String,
    /// The directorate whose territory it is part of (Code pénitentiaire, art. R112-7).
    pub direction: CodedDirection,
    /// The commune that is its seat, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seat: Option<PlaceOutput>,
}

/// A region, with where the data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegionSheet {
    #[serde(flatten)]
    region: RegionOutput,
    /// Where the data comes from, and its licence.
    source: Source,
}

impl RegionOutput {
    fn new(region: &Region, territories: &Territories) -> Self {
        Self {
            code: region.code.to_string(),
            name: region.name.clone(),
            direction: region.direction.into(),
            seat: region
                .seat
                .as_ref()
                .map(|seat| place_of_commune(territories, seat)),
        }
    }
}

/// List the regions
///
/// The regions, and the overseas collectivities that belong to none, in the order of their
/// INSEE codes.
#[utoipa::path(
    tag = "territories",
    operation_id = "listRegions",
    params(Paging),
    responses((status = 200, description = "A page of regions.", body = RegionList)),
)]
#[get("/v1/territories/regions")]
pub(super) async fn list_regions(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let territories = reference()?.territories();
    let asked = Asked::read(Params::read(&req)?)?;
    RegionList::answer(&req, source(), || {
        asked.page(
            territories.regions(),
            |region| region.code.as_str(),
            |region| RegionOutput::new(region, territories),
            &platform,
        )
    })
}

/// Read a region
///
/// Its name, its seat, and the directorate of the prison administration it depends on.
#[utoipa::path(
    tag = "territories",
    operation_id = "getRegion",
    params(("code" = inline(RegionText), Path, description = "INSEE code.", example = "75")),
    responses((status = 200, description = "The region.", body = RegionSheet)),
)]
#[get("/v1/territories/regions/{code}")]
pub(super) async fn get_region(
    req: HttpRequest,
    code: Path<String>,
) -> Result<HttpResponse, ApiError> {
    Asked::nothing(&req)?;
    let territories = reference()?.territories();
    let code = code.parse::<RegionCode>().ok();
    let region = code.and_then(|code| territories.region(&code));
    let region = region.ok_or_else(ApiError::not_found)?;
    Ok(answer(&req, || RegionSheet {
        region: RegionOutput::new(region, territories),
        source: source(),
    }))
}
