//! `POST /v1/establishments`: add an establishment.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};

use super::{
    get::EstablishmentRead,
    payload::{EstablishmentInput, new_sheet},
};
use crate::{
    kernel::{
        caller::{Caller, EstablishmentsManage},
        json::JsonBody,
        params::Params,
        problem::ApiError,
        write::Write,
    },
    platform::Platform,
};

/// Add an establishment
///
/// It is open, and has no part yet: zones, docks and contacts are added at their own addresses.
/// The commune must exist, the directorate be that of its region (art. R112-7), and the position
/// lie within 60 km of the commune's centre.
#[utoipa::path(
    tag = "establishments",
    operation_id = "createEstablishment",
    request_body(content = EstablishmentInput, content_type = "application/json"),
    responses((status = 201, description = "The establishment", body = EstablishmentRead,
        headers(("Location" = String, description = "Where it is read")))),
)]
#[post("/v1/establishments")]
pub(super) async fn create_establishment(
    caller: Caller<EstablishmentsManage>,
    req: HttpRequest,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (sheet, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let written = write
        .create(&platform, move |write| {
            new_sheet(&sheet, write.reference, write.making()).map_err(ApiError::validation)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}
