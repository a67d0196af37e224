//! `DELETE /v1/partners/{id}`: delete a partner.

use actix_web::{
    HttpRequest, HttpResponse, delete,
    web::{Data, Path},
};
use domain::partners::Partner;

use crate::{
    kernel::{
        caller::{Caller, PartnersWrite},
        params::Params,
        problem::{ApiError, Problem},
        write::Write,
    },
    platform::Platform,
};

/// Delete a partner
///
/// Nothing is kept of it but that it was: its address answers 410 from then on. One that a client
/// acts for, or that has a dossier of habilitation or an offer, is not deleted.
#[utoipa::path(
    tag = "partners",
    operation_id = "deletePartner",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you delete, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    responses(
        (status = 204, description = "It is deleted"),
        (status = 409, description = "Something still depends on it", body = Problem,
            content_type = "application/problem+json"),
        (status = 410, description = "It was deleted: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[delete("/v1/partners/{id}")]
pub(super) async fn delete_partner(
    caller: Caller<PartnersWrite>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let removed = write.remove::<Partner>(&platform, id.into_inner()).await?;
    Ok(removed.respond(&req, &platform))
}
