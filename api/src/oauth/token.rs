//! `POST /oauth/token`: a token for a client that proves who it is.

use actix_web::{HttpRequest, HttpResponse, http::header::CACHE_CONTROL, post, web::Data};
use domain::{
    audit::{AuditAction, Resource},
    changes::Actor,
    clients::{Client, Scope},
    kernel::Code,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    credentials,
    error::{ErrorCode, ErrorOutput, OAuthError},
    form::Form,
};
use crate::{
    kernel::{
        context::RequestContext,
        json::JsonBody,
        keys::{Claims, TOKEN_LIFE_S},
        problem::ApiError,
    },
    platform::Platform,
};

/// The form of a request for a token.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the form; the form itself is read by name"
)]
pub(super) struct TokenRequest {
    /// Always `client_credentials`.
    #[schema(
        max_length = 40,
        pattern = "^client_credentials$",
        example = "client_credentials"
    )]
    grant_type: String,
    /// The scopes wanted, separated by spaces; by default all that the client has.
    #[schema(max_length = 1000, nullable = false, example = "establishments:write")]
    scope: Option<String>,
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

/// A token.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenOutput {
    /// The token, to be sent in `Authorization: Bearer …`; nothing in it is for the client.
    #[schema(
        max_length = 4096,
        example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2ln"
    )]
    access_token: String,
    /// Always `Bearer`.
    #[schema(max_length = 10, pattern = "^Bearer$", example = "Bearer")]
    token_type: &'static str,
    /// For how many seconds it is good.
    #[schema(minimum = 1, maximum = 3600, example = 600)]
    expires_in: u32,
    /// What it opens, separated by spaces.
    #[schema(max_length = 1000, example = "establishments:write changes:read")]
    scope: String,
}

/// Obtain an access token
///
/// The client proves who it is, in one way: by its secret, in `Authorization: Basic` (both halves
/// form-encoded) or in the form, or by an assertion that it signs. It is given a token for ten
/// minutes. Refusals are those of RFC 6749, section 5.2; failures are limited per client and per
/// address.
#[utoipa::path(
    tag = "clients",
    operation_id = "createToken",
    request_body(
        content = inline(TokenRequest), content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token.", body = TokenOutput),
        (status = 400, description = "The request is refused, as RFC 6749 says.", body = ErrorOutput),
        (status = 401, description = "The client did not prove who it is.", body = ErrorOutput),
    ),
)]
#[post("/oauth/token")]
pub(super) async fn create_token(
    req: HttpRequest,
    platform: Data<Platform>,
    body: JsonBody,
) -> Result<HttpResponse, OAuthError> {
    let form = Form::read(&req, &platform, body).await?;
    match form.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => {
            let why = "only client_credentials is granted";
            return Err(OAuthError::new(ErrorCode::UnsupportedGrantType, why));
        }
        None => return Err(OAuthError::request("grant_type is missing")),
    }
    let client = credentials::authenticate(&req, &platform, &form).await?;
    let scopes = granted(&client, form.get("scope"))?;
    let codes: Vec<&str> = scopes.into_iter().map(Scope::code).collect();
    let claims = Claims {
        client_id: client.id,
        scope: codes.join(" "),
        jti: platform.ids.next(),
        issued_at: platform.clock.now(),
    };
    let actor = Actor::client(client.id, client.role).during(&RequestContext::of(&req).id);
    platform
        .journal(
            actor,
            AuditAction::SignIn,
            Resource::TOKEN,
            [Some(claims.jti)],
        )
        .await?;
    let ring = platform.directory.ring();
    let access_token = ring
        .sign(&claims, platform.public_url())
        .map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(TokenOutput {
            access_token,
            token_type: "Bearer",
            expires_in: TOKEN_LIFE_S,
            scope: claims.scope,
        }))
}

/// The scopes asked for, each of which the client must have; all it has when none is named.
fn granted(client: &Client, asked: Option<&str>) -> Result<Vec<Scope>, OAuthError> {
    let Some(asked) = asked else {
        return Ok(client.scopes.clone());
    };
    let mut scopes = Vec::new();
    for code in asked.split(' ').filter(|code| !code.is_empty()) {
        let known = Scope::parse(code).filter(|scope| client.scopes.contains(scope));
        let why = "a scope is unknown, or the client has not this scope";
        let scope = known.ok_or_else(|| OAuthError::new(ErrorCode::InvalidScope, why))?;
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    Ok(scopes)
}
