//! `PATCH /v1/establishments/{id}`: change the sheet.

use actix_web::{
    HttpRequest, HttpResponse, patch,
    web::{Data, Path},
};

use domain::establishments::Establishment;

use super::{
    get::EstablishmentRead,
    payload::{EstablishmentPatch, patch_sheet},
};
use crate::{
    kernel::{
        caller::{Caller, EstablishmentsWrite},
        json::JsonBody,
        params::Params,
        problem::ApiError,
        write::Write,
    },
    platform::Platform,
};

/// Change the sheet of an establishment
///
/// A merge patch (RFC 7396): what is absent stays, `null` removes, a list is replaced whole. The
/// sheet must be within your perimeter. Parts are written at their own addresses; an
/// establishment is closed and reopened by moves of its own.
#[utoipa::path(
    tag = "establishments",
    operation_id = "updateEstablishment",
    params(
        ("id" = String, Path, description = "The id of the establishment, or its slug",
            min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$",
            example = "cp-bordeaux-gradignan"),
        ("If-Match" = String, Header, description = "A tag of the version you change, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content(
        (EstablishmentPatch = "application/merge-patch+json"),
        (EstablishmentPatch = "application/json"),
    )),
    responses((status = 200, description = "The sheet once changed", body = EstablishmentRead)),
)]
#[patch("/v1/establishments/{id}")]
pub(super) async fn patch_establishment(
    caller: Caller<EstablishmentsWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let patch = body.merge_patch().await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let change = move |write: &Write, kept: &Establishment| {
        write.if_match.require(kept.record.version)?;
        patch_sheet(kept, patch, write.reference, write.making()).map_err(ApiError::validation)
    };
    let written = write
        .change(&platform, id.into_inner(), change, Write::changed)
        .await?;
    Ok(written.respond(&req, &platform))
}
