//! `PATCH /v1/partners/{id}`: change a partner.

use actix_web::{
    HttpRequest, HttpResponse, patch,
    web::{Data, Path},
};
use domain::partners::Partner;

use super::{
    payload::{PartnerPatch, patched},
    read::PartnerRead,
};
use crate::{
    kernel::{
        caller::{Caller, PartnersWrite},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
        write::Write,
    },
    platform::Platform,
};

/// Change a partner
///
/// A merge patch (RFC 7396): what is absent stays, `null` removes, a list is replaced whole. The
/// partner must be within your perimeter, and stay there; a partner's own client writes its own
/// record alone.
#[utoipa::path(
    tag = "partners",
    operation_id = "updatePartner",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you change, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content(
        (PartnerPatch = "application/merge-patch+json"),
        (PartnerPatch = "application/json"),
    )),
    responses(
        (status = 200, description = "The partner once changed", body = PartnerRead),
        (status = 409, description = "Another partner has this SIRET: `partner` names it", body = Problem,
            content_type = "application/problem+json"),
        (status = 410, description = "It was deleted: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[patch("/v1/partners/{id}")]
pub(super) async fn update_partner(
    caller: Caller<PartnersWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let patch = body.merge_patch().await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let change = move |write: &Write, kept: &Partner| {
        write.if_match.require(kept.record.version)?;
        patched(kept, patch, write.reference).map_err(ApiError::validation)
    };
    let written = write
        .change(&platform, id.into_inner(), change, Write::changed)
        .await?;
    Ok(written.respond(&req, &platform))
}
