//! The contract, as it is committed.

use actix_web::{HttpRequest, HttpResponse, get};

use crate::{
    kernel::{cache::Read, negotiate::Format, params::Params, problem::ApiError},
    openapi::COMMITTED,
};

/// The contract
///
/// This very document, `OpenAPI` 3.1.
#[utoipa::path(
    tag = "service",
    operation_id = "getContract",
    responses((
        status = 200,
        description = "The contract.",
        body = Object,
        example = json!({ "openapi": "3.1.0", "paths": {} }),
    )),
)]
#[get("/openapi.json")]
pub(super) async fn get_contract(req: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let format = params.format(&[Format::Json]);
    params.finish()?;
    let read = Read::fixed(&req, "contract", format);
    Ok(read
        .not_modified(&req)
        .unwrap_or_else(|| read.ok().body(COMMITTED)))
}
