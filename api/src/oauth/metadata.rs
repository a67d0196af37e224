//! What a client or a resource server needs to know: the public keys (RFC 7517) and the
//! endpoints (RFC 8414).

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use domain::{
    clients::{self, Scope},
    kernel::Code,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::credentials::METHODS;
use crate::{
    kernel::{cache::Read, encoding::Fnv, negotiate::Format, params::Params, problem::ApiError},
    platform::Platform,
};

/// The public keys.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeySet {
    /// Each key with which a token in use may be signed.
    #[schema(max_items = 100, value_type = Vec<PublicKey>)]
    keys: Vec<Value>,
}

/// A public key (RFC 8037).
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what the keys give")]
pub(super) struct PublicKey {
    /// The type of the key.
    #[schema(max_length = 10, example = "OKP")]
    kty: String,
    /// The curve.
    #[schema(max_length = 20, example = "Ed25519")]
    crv: String,
    /// The public key itself, in base64url.
    #[schema(
        max_length = 100,
        example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    )]
    x: String,
    /// The name of the key in tokens.
    #[schema(max_length = 100, example = "01930000-0000-7000-8000-000000000001")]
    kid: String,
    /// The algorithm it signs with.
    #[schema(max_length = 20, example = "EdDSA")]
    alg: String,
    /// What it is for.
    #[schema(max_length = 10, pattern = "^sig$", rename = "use", example = "sig")]
    usage: String,
}

/// The endpoints and what they accept.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ServerMetadata {
    /// Who gives the tokens: `iss` and `aud` of each.
    #[schema(max_length = 500, format = "uri", example = "https://api.example.org")]
    issuer: String,
    /// Where tokens are given.
    #[schema(
        max_length = 500,
        format = "uri",
        example = "https://api.example.org/oauth/token"
    )]
    token_endpoint: String,
    /// Where tokens are taken back.
    #[schema(
        max_length = 500,
        format = "uri",
        example = "https://api.example.org/oauth/revoke"
    )]
    revocation_endpoint: String,
    /// Where the public keys are.
    #[schema(max_length = 500, format = "uri")]
    jwks_uri: String,
    /// The grants.
    #[schema(max_items = 10)]
    grant_types_supported: [&'static str; 1],
    /// None: nobody is sent from a page to another.
    #[schema(max_items = 10)]
    response_types_supported: [&'static str; 0],
    /// How a client proves who it is.
    #[schema(max_items = 10)]
    token_endpoint_auth_methods_supported: [&'static str; 3],
    /// By which algorithms an assertion may be signed, as its key says.
    #[schema(max_items = 10)]
    token_endpoint_auth_signing_alg_values_supported: [&'static str; 4],
    /// How a client proves who it is, where tokens are taken back.
    #[schema(max_items = 10)]
    revocation_endpoint_auth_methods_supported: [&'static str; 3],
    /// By which algorithms an assertion may be signed there.
    #[schema(max_items = 10)]
    revocation_endpoint_auth_signing_alg_values_supported: [&'static str; 4],
    /// Every scope.
    #[schema(max_items = 100)]
    scopes_supported: Vec<&'static str>,
    /// The documentation.
    #[schema(max_length = 500, format = "uri")]
    service_documentation: String,
}

/// Read the public keys
///
/// The keys that sign access tokens: those that sign now, those that will, and those whose
/// tokens have not all ended.
#[utoipa::path(
    tag = "clients",
    operation_id = "getKeys",
    responses((status = 200, description = "The public keys.", body = KeySet)),
)]
#[get("/.well-known/jwks.json")]
pub(super) async fn get_keys(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let format = only_json(&req)?;
    let keys: Vec<Value> = platform
        .directory
        .ring()
        .public(platform.clock.now())
        .collect();
    let hash = keys.iter().fold(Fnv::new(), |hash, key| {
        hash.with(key.to_string().as_bytes())
    });
    let read = Read::fixed(&req, &format!("k{:x}", hash.value()), format);
    let known = read.not_modified(&req);
    Ok(known.unwrap_or_else(|| read.ok().json(KeySet { keys })))
}

/// Read the metadata of the authorization server
///
/// Where tokens are given and taken back, and what is accepted there (RFC 8414).
#[utoipa::path(
    tag = "clients",
    operation_id = "getAuthorizationServer",
    responses((status = 200, description = "The metadata.", body = ServerMetadata)),
)]
#[get("/.well-known/oauth-authorization-server")]
pub(super) async fn get_metadata(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let format = only_json(&req)?;
    let base = platform.public_url();
    let hash = Fnv::new().with(base.as_bytes());
    let read = Read::fixed(&req, &format!("o{:x}", hash.value()), format);
    let metadata = ServerMetadata {
        issuer: base.to_owned(),
        token_endpoint: format!("{base}/oauth/token"),
        revocation_endpoint: format!("{base}/oauth/revoke"),
        jwks_uri: format!("{base}/.well-known/jwks.json"),
        grant_types_supported: ["client_credentials"],
        response_types_supported: [],
        token_endpoint_auth_methods_supported: METHODS,
        token_endpoint_auth_signing_alg_values_supported: clients::PublicKey::ALGORITHMS,
        revocation_endpoint_auth_methods_supported: METHODS,
        revocation_endpoint_auth_signing_alg_values_supported: clients::PublicKey::ALGORITHMS,
        scopes_supported: Scope::all().iter().map(|scope| scope.code()).collect(),
        service_documentation: format!("{base}/docs"),
    };
    let known = read.not_modified(&req);
    Ok(known.unwrap_or_else(|| read.ok().json(metadata)))
}

fn only_json(req: &HttpRequest) -> Result<Format, ApiError> {
    let mut params = Params::read(req)?;
    let format = params.format(&[Format::Json]);
    params.finish()?;
    Ok(format)
}
