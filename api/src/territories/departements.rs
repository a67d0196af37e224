//! `/v1/territories/departements`.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use data::Territories;
use domain::territories::{Departement, DepartementCode, Direction};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{CodedDirection, PlaceOutput, accepts, place_of_commune, place_of_region, source};
use crate::{
    kernel::{
        coded::Bare,
        embedded::{Asked, answer, embedded_list, reference},
        page::Source,
        params::{Params, documents::Paging},
        patterns::{DepartementText, RegionText},
        problem::ApiError,
    },
    platform::Platform,
};

/// The code of a directorate.
type DirectionCode = Bare<Direction>;

embedded_list! {
    /// Départements, in the order of their codes.
    DepartementList of DepartementOutput
}

/// A département, or an overseas collectivity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Departement)]
pub(crate) struct DepartementOutput {
    /// INSEE code.
    #[schema(value_type = DepartementText)]
    pub code: String,
    /// Name.
    #[schema(min_length = 1, max_length = 200, example = "Gironde")]
    pub name: String,
    /// Its region.
    pub region: PlaceOutput,
    /// The directorate of that region.
    pub direction: CodedDirection,
    /// The commune that is its seat, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seat: Option<PlaceOutput>,
}

/// A département, with where the data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DepartementSheet {
    #[serde(flatten)]
    departement: DepartementOutput,
    /// Where the data comes from, and its licence.
    source: Source,
}

impl DepartementOutput {
    fn new(departement: &Departement, territories: &Territories) -> Self {
        let seat = departement.seat.as_ref();
        Self {
            code: departement.code.to_string(),
            name: departement.name.clone(),
            region: place_of_region(territories, &departement.region),
            direction: departement.direction.into(),
            seat: seat.map(|seat| place_of_commune(territories, seat)),
        }
    }
}

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct DepartementFilters {
    /// INSEE codes of regions.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<RegionText>, example = json!(["75"]))]
    region: Option<String>,
    /// Directorates.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<DirectionCode>)]
    direction: Option<String>,
}

/// List the départements
///
/// The départements and the overseas collectivities, in the order of their INSEE codes.
#[utoipa::path(
    tag = "territories",
    operation_id = "listDepartements",
    params(DepartementFilters, Paging),
    responses((status = 200, description = "A page of départements.", body = DepartementList)),
)]
#[get("/v1/territories/departements")]
pub(super) async fn list_departements(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let territories = reference()?.territories();
    let mut params = Params::read(&req)?;
    let regions = params.regions("region", territories);
    let directions: Vec<Direction> = params.codes("direction");
    let asked = Asked::read(params)?;
    DepartementList::answer(&req, source(), || {
        let all = territories.departements().iter();
        let found: Vec<&Departement> = all
            .filter(|it| accepts(&regions, &it.region))
            .filter(|it| accepts(&directions, &it.direction))
            .collect();
        asked.page(
            &found,
            |departement| departement.code.as_str(),
            |departement| DepartementOutput::new(departement, territories),
            &platform,
        )
    })
}

/// Read a département
///
/// Its name, its seat, its region, and the directorate of the prison administration it depends
/// on.
#[utoipa::path(
    tag = "territories",
    operation_id = "getDepartement",
    params(("code" = inline(DepartementText), Path, description = "INSEE code.", example = "33")),
    responses((status = 200, description = "The département.", body = DepartementSheet)),
)]
#[get("/v1/territories/departements/{code}")]
pub(super) async fn get_departement(
    req: HttpRequest,
    code: Path<String>,
) -> Result<HttpResponse, ApiError> {
    Asked::nothing(&req)?;
    let territories = reference()?.territories();
    let code = code.parse::<DepartementCode>().ok();
    let departement = code.and_then(|code| territories.departement(&code));
    let departement = departement.ok_or_else(ApiError::not_found)?;
    Ok(answer(&req, || DepartementSheet {
        departement: DepartementOutput::new(departement, territories),
        source: source(),
    }))
}
