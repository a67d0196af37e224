//! `/v1/clients/{id}/secrets`: one more secret, or one less.

use actix_web::{
    HttpRequest, HttpResponse, delete, post,
    web::{Data, Path},
};
use domain::{clients::ClientSecret, kernel::Id};
use persistence::clients;

use super::{
    payload::{NewSecretBody, NewSecretOutput, new_secret},
    write::{Write, client_id, draw, rendered, secret},
};
use crate::{
    kernel::{
        caller::{Caller, ClientsAdmin},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
        representation::Representation,
    },
    platform::Platform,
};

/// Give a client one more secret
///
/// It is shown this once: keep it now. Two are live at most, so that a new one is in use before
/// the old one is revoked; those that have ended leave. The version of the client is raised;
/// `If-Match`, when given, is about it.
#[utoipa::path(
    tag = "clients",
    operation_id = "createClientSecret",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = Option<String>, Header, description = "A tag of the client's version, or `*`",
            min_length = 1, max_length = 1000),
    ),
    request_body(content = NewSecretBody, content_type = "application/json"),
    responses(
        (status = 201, description = "The secret, shown this once", body = NewSecretOutput,
            headers(("Location" = String, description = "Where it is revoked"))),
        (status = 409, description = "Two secrets are live already", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/clients/{id}/secrets")]
pub(super) async fn create_client_secret(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let (drawn, hash) = draw(&platform).await?;
    let written = Write::new(&caller, &req, &platform)?
        .once(once)
        .change(&platform, &id, move |write, conn, kept, actor| {
            write.if_match.allow(kept.record.version)?;
            let expires_at = new_secret(&body).map_err(ApiError::validation)?;
            let made = secret(write, hash, expires_at, "/expires_at")?;
            clients::secrets::add(conn, kept.id, &made, made.created_at, actor)?;
            let address = format!("{}/secrets/{}", write.address(kept.id), made.id);
            let shown = rendered(&NewSecretOutput::new(&made, Some(&drawn)))?;
            let again = rendered(&NewSecretOutput::new(&made, None))?;
            let version = kept.record.version.saturating_add(1);
            let answer = Representation::created(version, address, shown).without_version();
            Ok(answer.shown_again_as(again))
        })
        .await?;
    Ok(written.respond(&req, &platform))
}

/// Revoke a secret
///
/// It gives no token any more; the tokens that it gave go on to their end, ten minutes at most,
/// unless the client is suspended. The version of the client is raised; `If-Match`, when given, is
/// about it.
#[utoipa::path(
    tag = "clients",
    operation_id = "deleteClientSecret",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("secret_id" = String, Path, description = "The id of the secret", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = Option<String>, Header, description = "A tag of the client's version, or `*`",
            min_length = 1, max_length = 1000),
    ),
    responses((status = 204, description = "The secret is revoked")),
)]
#[delete("/v1/clients/{id}/secrets/{secret_id}")]
pub(super) async fn delete_client_secret(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    at: Path<(String, String)>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let (client, secret) = at.into_inner();
    let secret: Id<ClientSecret> = client_id(&secret)?;
    let written = Write::new(&caller, &req, &platform)?
        .change(&platform, &client, move |write, conn, kept, actor| {
            write.if_match.allow(kept.record.version)?;
            let now = write.clock.now();
            if clients::secrets::revoke(conn, kept.id, secret, now, actor)? {
                Ok(Representation::nothing())
            } else {
                Err(ApiError::not_found())
            }
        })
        .await?;
    Ok(written.respond(&req, &platform))
}
