//! `GET /v1/clients/me`: who a token says I am, what it lets me do, and what I asked.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::Data,
};
use chrono::SecondsFormat;
use data::Reference;
use domain::clients::{MagistrateFunction, Role, Scope};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    payload::{OrganisationOutput, PerimeterOutput},
    usage::UsageOutput,
};
use crate::{
    kernel::{
        caller::{AnyToken, Caller, CallerClient},
        coded::Coded,
        embedded::reference,
        limits::Seen,
        negotiate::Format,
        params::Params,
        problem::ApiError,
    },
    platform::Platform,
};

// A type parameter would be taken for one of the schema's own: the document wants plain names.
/// A role.
type CodedRole = Coded<Role>;
/// The function of a magistrate.
type CodedFunction = Coded<MagistrateFunction>;
/// A scope.
type CodedScope = Coded<Scope>;

/// The client behind a token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnClient)]
struct OwnClientOutput {
    /// Its identifier, which is its `client_id`.
    #[schema(format = "uuid", max_length = 36)]
    id: String,
    /// Its name.
    #[schema(max_length = 200, example = "Maison d'arrêt d'Agen")]
    name: String,
    /// The organisation it belongs to.
    organisation: OrganisationOutput,
    /// Its role, which bounds the rest.
    role: CodedRole,
    /// The function of a magistrate; absent for others.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    function: Option<CodedFunction>,
    /// The rows it may act on.
    perimeter: PerimeterOutput,
    /// What this token opens: the scopes it was given for that the client still has.
    #[schema(max_items = 100)]
    scopes: Vec<CodedScope>,
    /// When this token ends.
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T10:10:00Z")]
    token_expires_at: String,
    /// What it has asked, and what it may still ask.
    usage: UsageOutput,
}

impl OwnClientOutput {
    fn new(client: &CallerClient, reference: &Reference, usage: UsageOutput) -> Self {
        Self {
            id: client.id.to_string(),
            name: client.name.as_str().to_owned(),
            organisation: OrganisationOutput::new(&client.organisation, reference),
            role: client.role.into(),
            function: client.function.map(Into::into),
            perimeter: (&client.perimeter).into(),
            scopes: client.scopes.iter().copied().map(Into::into).collect(),
            token_expires_at: client
                .expires_at
                .to_rfc3339_opts(SecondsFormat::AutoSi, true),
            usage,
        }
    }
}

/// Read who I am
///
/// The client that the token names, its role, its perimeter, what the token opens, and how much
/// the client has asked.
#[utoipa::path(
    tag = "clients",
    operation_id = "getOwnClient",
    responses((status = 200, description = "The client.", body = OwnClientOutput)),
)]
#[get("/v1/clients/me")]
pub(super) async fn get_own_client(
    caller: Caller<AnyToken>,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let client = caller.client();
    let usage = UsageOutput::of(&platform, client.id, &Seen::of(&req).standings()).await;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .json(OwnClientOutput::new(client, reference()?, usage)))
}
