//! `PATCH /v1/habilitations/{id}`: change a dossier in preparation.

use actix_web::{
    HttpRequest, HttpResponse, patch,
    web::{Data, Path},
};

use super::{
    payload::{HabilitationOutput, HabilitationPatch, patched},
    refusals::refused,
    write::{Write, host},
};
use crate::{
    kernel::{
        caller::{Caller, HabilitationsFile},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// Change a dossier in preparation
///
/// A merge patch (RFC 7396) of a draft, or of a dossier that was declared incomplete: what is
/// absent stays, `null` removes, the list of documents is replaced whole. The host stays who it
/// is; once filed, so do the authority, the département and the kind of host.
#[utoipa::path(
    tag = "habilitations",
    operation_id = "updateHabilitation",
    params(
        ("id" = String, Path, description = "The id of the dossier", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you change, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content(
        (HabilitationPatch = "application/merge-patch+json"),
        (HabilitationPatch = "application/json"),
    )),
    responses(
        (status = 200, description = "The dossier once changed", body = HabilitationOutput),
        (status = 409, description = "It is not in preparation, or another one is open there", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[patch("/v1/habilitations/{id}")]
pub(super) async fn update_habilitation(
    caller: Caller<HabilitationsFile>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let patch = body.merge_patch().await?;
    Params::none(&req)?;
    let written = Write::new(&caller, &req, &platform)?
        .edit(&platform, id.into_inner(), |conn, write, kept, now| {
            let facts = patched(&kept, patch, write.reference).map_err(ApiError::validation)?;
            let host = host(conn, kept.partner)?;
            let amended = kept.amend(facts, &host, &write.act(now));
            let amended = amended.map_err(|refusal| refused(refusal, &write.client))?;
            write.changed(conn, &amended, now)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}
