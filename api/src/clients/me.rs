//! `GET /v1/clients/me`: who a token says I am, what it lets me do, and what I asked.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::Data,
};
use chrono::SecondsFormat;
use domain::{
    clients::{MagistrateFunction, Perimeter, Role, Scope},
    kernel::Code,
    territories::DepartementCode,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::usage::UsageOutput;
use crate::{
    kernel::{
        caller::{AnyToken, Caller, CallerClient},
        coded::Coded,
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
    /// The name of the organisation.
    #[schema(max_length = 200, example = "Maison d'arrêt d'Agen")]
    name: String,
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

/// The rows that a client may act on: one member says which; none when there are none.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Perimeter)]
struct PerimeterOutput {
    /// The partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    partner: Option<String>,
    /// The establishment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid", max_length = 36, nullable = false)]
    establishment: Option<String>,
    /// The code of the directorate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, nullable = false, example = "bordeaux")]
    direction: Option<&'static str>,
    /// The codes of the départements.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 200, nullable = false)]
    departements: Option<Vec<String>>,
    /// True when all rows are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    all: Option<bool>,
}

impl From<&Perimeter> for PerimeterOutput {
    fn from(perimeter: &Perimeter) -> Self {
        let mut output = Self::default();
        match perimeter {
            Perimeter::None => {}
            Perimeter::Partner(id) => output.partner = Some(id.to_string()),
            Perimeter::Establishment(id) => output.establishment = Some(id.to_string()),
            Perimeter::Direction(direction) => output.direction = Some(direction.code()),
            Perimeter::Departements(codes) => {
                let codes = codes.iter().map(DepartementCode::as_str);
                output.departements = Some(codes.map(str::to_owned).collect());
            }
            Perimeter::All => output.all = Some(true),
        }
        output
    }
}

impl OwnClientOutput {
    fn new(client: &CallerClient, usage: UsageOutput) -> Self {
        Self {
            id: client.id.to_string(),
            name: client.name.as_str().to_owned(),
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
        .json(OwnClientOutput::new(client, usage)))
}
