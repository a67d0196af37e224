//! `GET /v1/establishments/{id}`: the whole sheet.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};

use serde::Serialize;
use utoipa::ToSchema;

use super::{payload::EstablishmentSheet, source};
use crate::{
    catalogue::forms::with_source,
    kernel::{
        cache::Read,
        negotiate::Format,
        page::Source,
        params::{Params, documents::MinRevision},
        problem::ApiError,
    },
    platform::Platform,
};

/// The whole sheet, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EstablishmentRead {
    /// The sheet.
    #[serde(flatten)]
    pub sheet: EstablishmentSheet,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

impl EstablishmentRead {
    /// The body, around a sheet that is rendered already.
    pub(super) fn body(sheet: &str) -> Result<String, ApiError> {
        with_source(sheet, &source())
    }
}

/// Read the sheet of an establishment
///
/// Everything the platform knows of an establishment as a workplace: its production zones,
/// storage areas, docks, activities in place and possible, and the contacts to write to. What
/// no source gives is absent, never guessed.
#[utoipa::path(
    tag = "establishments",
    operation_id = "getEstablishment",
    params(
        ("id" = String, Path, description = "The id of the establishment, or its slug",
            min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$",
            example = "cp-bordeaux-gradignan"),
        MinRevision,
    ),
    responses((status = 200, description = "The sheet", body = EstablishmentRead)),
)]
#[get("/v1/establishments/{id}")]
pub(super) async fn get_establishment(
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(&req)?;
    let min_revision = params.min_revision();
    params.format(&[Format::Json]);
    params.finish()?;
    catalogue.reach(min_revision).await?;
    let revision = catalogue.revision();
    let found = catalogue
        .establishments()
        .find(&id)
        .ok_or_else(ApiError::not_found)?;
    let version = u64::try_from(found.establishment.record.version).unwrap_or(0);
    let read = Read::object(&req, version, revision, Format::Json);
    if let Some(known) = read.not_modified(&req) {
        return Ok(known);
    }
    Ok(read.ok().body(EstablishmentRead::body(&found.sheet)?))
}
