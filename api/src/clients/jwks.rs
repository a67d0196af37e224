//! `/v1/clients/{id}/jwks`: the public keys of a client, registered whole.

use actix_web::{
    HttpRequest, HttpResponse, delete, put,
    web::{Data, Path},
};
use persistence::clients;

use super::{
    payload::{ClientOutput, KeySet, key_set},
    write::Write,
};
use crate::{
    kernel::{
        caller::{Caller, ClientsAdmin},
        json::JsonBody,
        params::Params,
        problem::ApiError,
        representation::Representation,
    },
    platform::Platform,
};

/// Register the keys of a client
///
/// A JSON Web Key Set (RFC 7517) of one to five public keys, in place of those before: `ES256`
/// (P-256), `EdDSA` (Ed25519), `RS256` or `PS256` (2048 bits at least), each with a `kid` of its
/// own. With one of them the client signs the assertion by which it obtains a token (RFC 7523). A
/// set that holds a private key is refused: consider that key as known.
#[utoipa::path(
    tag = "clients",
    operation_id = "replaceClientKeys",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the client's version, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content = KeySet, content_type = "application/json"),
    responses((status = 200, description = "The client, with its keys", body = ClientOutput)),
)]
#[put("/v1/clients/{id}/jwks")]
pub(super) async fn replace_client_keys(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let body = body.representation().await?;
    Params::none(&req)?;
    let written = Write::new(&caller, &req, &platform)?
        .change(&platform, &id, move |write, conn, kept, actor| {
            write.if_match.require(kept.record.version)?;
            let keys = key_set(&body).map_err(ApiError::validation)?;
            clients::jwks::replace(conn, kept.id, Some(&keys), write.clock.now(), actor)?;
            write.changed(conn, kept.id)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}

/// Remove the keys of a client
///
/// What is signed with them gives no token any more.
#[utoipa::path(
    tag = "clients",
    operation_id = "deleteClientKeys",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the client's version, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    responses((status = 204, description = "The client has no key")),
)]
#[delete("/v1/clients/{id}/jwks")]
pub(super) async fn delete_client_keys(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let written = Write::new(&caller, &req, &platform)?
        .change(&platform, &id, |write, conn, kept, actor| {
            let keys = clients::jwks::of(conn, kept.id)?;
            keys.ok_or_else(ApiError::not_found)?;
            write.if_match.require(kept.record.version)?;
            clients::jwks::replace(conn, kept.id, None, write.clock.now(), actor)?;
            Ok(Representation::nothing())
        })
        .await?;
    Ok(written.respond(&req, &platform))
}
