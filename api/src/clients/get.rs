//! `GET /v1/clients/{id}`: one client.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, ETAG, VARY},
    web::{Data, Path},
};

use super::{
    payload::ClientOutput,
    write::{client_id, whole},
};
use crate::{
    kernel::{
        cache::Read,
        caller::{Caller, ClientsAdmin},
        embedded::reference,
        negotiate::Format,
        params::Params,
        problem::ApiError,
    },
    platform::Platform,
};

/// Read a client
///
/// What it may do and where, what is known of its secrets, and its public keys.
#[utoipa::path(
    tag = "clients",
    operation_id = "getClient",
    params(("id" = String, Path, description = "The id of the client", format = "uuid",
        min_length = 36, max_length = 36)),
    responses((status = 200, description = "The client.", body = ClientOutput)),
)]
#[get("/v1/clients/{id}")]
pub(super) async fn get_client(
    _caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let id = client_id(&id)?;
    let found = platform.read(move |conn| whole(conn, id)).await?;
    let found = found.ok_or_else(ApiError::not_found)?;
    let version = u64::try_from(found.client.record.version).unwrap_or(0);
    let read = Read::object(&req, version, 0, Format::Json);
    Ok(HttpResponse::Ok()
        .insert_header((ETAG, read.etag()))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .json(ClientOutput::new(&found, reference()?)))
}
