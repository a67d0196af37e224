//! `POST /v1/partners`: add a partner.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};

use super::{
    payload::{PartnerInput, new_partner},
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

/// Add a partner
///
/// An organisation the agency works with, in a commune of your perimeter; a partner's own client
/// adds none. A SIRET is kept once: 409 `siret-taken` names who has it. You are answered with the
/// record when your token reads it, else with the card.
#[utoipa::path(
    tag = "partners",
    operation_id = "createPartner",
    request_body(content = PartnerInput, content_type = "application/json"),
    responses(
        (status = 201, description = "The partner", body = PartnerRead,
            headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "Another partner has this SIRET: `partner` names it", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/partners")]
pub(super) async fn create_partner(
    caller: Caller<PartnersWrite>,
    req: HttpRequest,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (partner, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let written = write
        .create(&platform, move |write| {
            new_partner(&partner, write.reference, write.making()).map_err(ApiError::validation)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}
