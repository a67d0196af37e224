//! `/v1/territories/directions`: the directorates and their territories.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use data::Territories;
use domain::{kernel::Code, territories::Direction};
use serde::Serialize;
use utoipa::ToSchema;

use super::{PlaceOutput, place, source};
use crate::{
    kernel::{
        embedded::{Asked, answer, embedded_list, reference},
        page::Source,
        params::{Params, documents::Paging},
        problem::ApiError,
    },
    platform::Platform,
};

embedded_list! {
    /// Directorates, in the order of their codes.
    DirectionList of DirectionOutput
}

/// A directorate of the prison administration.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Direction)]
pub(crate) struct DirectionOutput {
    /// Its code, of `/v1/code-lists/directions`.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "bordeaux")]
    pub code: &'static str,
    /// Its official French name.
    #[schema(
        max_length = 200,
        example = "Direction interrégionale des services pénitentiaires de Bordeaux"
    )]
    pub label: &'static str,
    /// The name people use.
    #[schema(max_length = 40, example = "DISP Bordeaux")]
    pub short_label: String,
    /// The regions whose territory is its own (Code pénitentiaire, art. R112-7).
    #[schema(max_items = 30)]
    pub regions: Vec<PlaceOutput>,
    /// The départements of those regions.
    #[schema(max_items = 120)]
    pub departements: Vec<PlaceOutput>,
}

/// A directorate, with where the data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DirectionSheet {
    #[serde(flatten)]
    direction: DirectionOutput,
    /// Where the data comes from, and its licence.
    source: Source,
}

impl DirectionOutput {
    fn new(direction: Direction, territories: &Territories) -> Self {
        let (regions, departements) = territory(direction, territories);
        Self {
            code: direction.code(),
            label: direction.label(),
            short_label: direction.short_label(),
            regions,
            departements,
        }
    }
}

/// The regions and the départements of a directorate.
pub(crate) fn territory(
    direction: Direction,
    territories: &Territories,
) -> (Vec<PlaceOutput>, Vec<PlaceOutput>) {
    let regions = territories.regions_of_direction(direction).into_iter();
    let departements = territories.departements_of_direction(direction).into_iter();
    (
        regions
            .map(|it| place(it.code.as_str(), Some(&it.name)))
            .collect(),
        departements
            .map(|it| place(it.code.as_str(), Some(&it.name)))
            .collect(),
    )
}

/// List the directorates
///
/// The nine interregional directorates and the overseas directorate, with the regions and
/// départements of each.
#[utoipa::path(
    tag = "territories",
    operation_id = "listDirections",
    params(Paging),
    responses((status = 200, description = "A page of directorates.", body = DirectionList)),
)]
#[get("/v1/territories/directions")]
pub(super) async fn list_directions(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let territories = reference()?.territories();
    let asked = Asked::read(Params::read(&req)?)?;
    DirectionList::answer(&req, source(), || {
        let mut all = Direction::all().to_vec();
        all.sort_by_key(|direction| direction.code());
        asked.page(
            &all,
            |direction| direction.code(),
            |direction| DirectionOutput::new(*direction, territories),
            &platform,
        )
    })
}

/// Read a directorate
///
/// Its names and its territory.
#[utoipa::path(
    tag = "territories",
    operation_id = "getDirection",
    params(("code" = String, Path, description = "The code of the directorate.",
        max_length = 40, pattern = "^[a-z_]+$", example = "bordeaux")),
    responses((status = 200, description = "The directorate.", body = DirectionSheet)),
)]
#[get("/v1/territories/directions/{code}")]
pub(super) async fn get_direction(
    req: HttpRequest,
    code: Path<String>,
) -> Result<HttpResponse, ApiError> {
    Asked::nothing(&req)?;
    let direction = Direction::parse(&code).ok_or_else(ApiError::not_found)?;
    let territories = reference()?.territories();
    Ok(answer(&req, || DirectionSheet {
        direction: DirectionOutput::new(direction, territories),
        source: source(),
    }))
}
