//! `POST /oauth/revoke`: a token is taken back before its end (RFC 7009).

use actix_web::{HttpRequest, HttpResponse, http::header::CACHE_CONTROL, post, web::Data};
use chrono::{DateTime, Utc};
use domain::{
    audit::{AuditAction, NewEntry, Resource},
    changes::Actor,
};
use persistence::{Conn, DbError, audit, clients::revoked_tokens};
use utoipa::ToSchema;

use super::{
    credentials,
    error::{ErrorCode, ErrorOutput, OAuthError},
    form::Form,
};
use crate::{
    kernel::{context::RequestContext, json::JsonBody, keys::Claims},
    platform::Platform,
};

/// The form of a revocation.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the form; the form itself is read by name"
)]
pub(super) struct RevocationRequest {
    /// The token.
    #[schema(max_length = 4096)]
    token: String,
    /// What the token is; only access tokens are given here.
    #[schema(max_length = 40, nullable = false, example = "access_token")]
    token_type_hint: Option<String>,
    /// The client, unless it is in `Authorization`.
    #[schema(
        format = "uuid",
        max_length = 36,
        nullable = false,
        example = "01930000-0000-7000-8000-000000000001"
    )]
    client_id: Option<String>,
    /// Its secret, unless it is in `Authorization`.
    #[schema(max_length = 100, nullable = false, write_only)]
    client_secret: Option<String>,
    /// What `client_assertion` is, when it is there.
    #[schema(
        max_length = 100,
        pattern = "^urn:ietf:params:oauth:client-assertion-type:jwt-bearer$",
        nullable = false,
        example = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    )]
    client_assertion_type: Option<String>,
    /// In place of a secret, a JWT that the client signs with a key it registered (RFC 7523): `iss`
    /// and `sub` its `client_id`, `aud` the issuer alone, `exp` at most five minutes ahead, `jti`
    /// a new one each time.
    #[schema(max_length = 8192, nullable = false, write_only)]
    client_assertion: Option<String>,
}

/// Revoke an access token
///
/// The client to which the token was given takes it back. It is refused at once here, and on
/// every other node when it next reads the database (a quarter of a second unless set
/// otherwise). A token that is unknown or has ended is answered 200 too (RFC 7009).
#[utoipa::path(
    tag = "clients",
    operation_id = "revokeToken",
    request_body(
        content = inline(RevocationRequest), content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token is good for nothing."),
        (status = 400, description = "The request is refused, as RFC 6749 says.", body = ErrorOutput),
        (status = 401, description = "The client did not prove who it is.", body = ErrorOutput),
    ),
)]
#[post("/oauth/revoke")]
pub(super) async fn revoke_token(
    req: HttpRequest,
    platform: Data<Platform>,
    body: JsonBody,
) -> Result<HttpResponse, OAuthError> {
    let form = Form::read(&req, &platform, body).await?;
    let client = credentials::authenticate(&req, &platform, &form).await?;
    let missing = || OAuthError::request("token is missing");
    let token = form.get("token").ok_or_else(missing)?;
    let now = platform.clock.now();
    let ring = platform.directory.ring();
    if let Ok(claims) = ring.verify(token, platform.public_url(), now) {
        if claims.client_id != client.id {
            let why = "the token was given to another client";
            return Err(OAuthError::new(ErrorCode::UnauthorizedClient, why));
        }
        let actor = Actor::client(client.id, client.role).during(&RequestContext::of(&req).id);
        platform
            .write(actor, move |conn, actor| {
                Ok(take_back(conn, &claims, now, actor)?)
            })
            .await?;
    }
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish())
}

/// Refuses a token from now on, and writes down in the journal who took it back.
fn take_back(
    conn: &mut Conn,
    claims: &Claims,
    now: DateTime<Utc>,
    actor: &Actor,
) -> Result<(), DbError> {
    if revoked_tokens::insert(conn, &claims.jti.to_string(), claims.expires_at())? {
        let entry = NewEntry {
            action: AuditAction::Delete,
            resource: Resource::TOKEN,
            resource_id: Some(claims.jti),
            part: None,
            at: now,
            actor: actor.clone(),
        };
        audit::append(conn, &entry)?;
    }
    revoked_tokens::purge(conn, now)?;
    Ok(())
}
