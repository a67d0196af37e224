//! `PUT /v1/partners/{id}`: replace a partner.

use actix_web::{
    HttpRequest, HttpResponse, put,
    web::{Data, Path},
};
use domain::partners::Partner;

use super::{
    payload::{PartnerInput, replaced},
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

/// Replace a partner
///
/// What is absent from the body is not known any more. The partner must be within your perimeter,
/// and stay there; a partner's own client writes its own record alone.
#[utoipa::path(
    tag = "partners",
    operation_id = "replacePartner",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you replace, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content = PartnerInput, content_type = "application/json"),
    responses(
        (status = 200, description = "The partner once replaced", body = PartnerRead),
        (status = 409, description = "Another partner has this SIRET: `partner` names it", body = Problem,
            content_type = "application/problem+json"),
        (status = 410, description = "It was deleted: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[put("/v1/partners/{id}")]
pub(super) async fn replace_partner(
    caller: Caller<PartnersWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let body = body.representation().await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let change = move |write: &Write, kept: &Partner| {
        write.if_match.require(kept.record.version)?;
        replaced(kept, &body, write.reference).map_err(ApiError::validation)
    };
    let written = write
        .change(&platform, id.into_inner(), change, Write::changed)
        .await?;
    Ok(written.respond(&req, &platform))
}
