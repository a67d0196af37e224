//! `DELETE /v1/habilitations/{id}`: delete a draft.

use actix_web::{
    HttpRequest, HttpResponse, delete,
    web::{Data, Path},
};
use persistence::habilitations;

use super::{refusals::refused, write::Write};
use crate::{
    kernel::{
        caller::{Caller, HabilitationsFile},
        params::Params,
        problem::{ApiError, Problem},
        representation::Representation,
    },
    platform::Platform,
};

/// Delete a draft
///
/// A draft alone may be, which no authority has seen; nothing is kept of it.
#[utoipa::path(
    tag = "habilitations",
    operation_id = "deleteHabilitation",
    params(
        ("id" = String, Path, description = "The id of the dossier", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you delete, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    responses(
        (status = 204, description = "It is deleted"),
        (status = 409, description = "It was filed", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[delete("/v1/habilitations/{id}")]
pub(super) async fn delete_habilitation(
    caller: Caller<HabilitationsFile>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let removed = Write::new(&caller, &req, &platform)?
        .edit(&platform, id.into_inner(), |conn, write, kept, now| {
            let told = kept.clone().delete(&write.act(now));
            let told = told.map_err(|refusal| refused(refusal, &write.client))?;
            habilitations::delete(conn, &kept, told, &write.writing(now))?;
            Ok(Representation::nothing())
        })
        .await?;
    Ok(removed.respond(&req, &platform))
}
