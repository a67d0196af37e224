//! `POST /v1/clients/{id}/suspend` and `…/resume`.

use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Path},
};
use domain::{
    changes::Actor,
    clients::{Client, ClientFacts, ClientStatus},
    kernel::Code,
};
use persistence::{Conn, clients};

use super::{
    payload::{ClientOutput, MoveBody},
    write::Write,
};
use crate::{
    kernel::{
        body::{Node, read_nothing},
        caller::{Caller, ClientsAdmin},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Kind, Problem},
        representation::Representation,
    },
    platform::Platform,
};

/// Suspend a client
///
/// Its secrets and its keys open nothing, and the tokens that it has are refused: at once on this
/// node, within a second on the others. `If-Match`, when given, is about the client.
#[utoipa::path(
    tag = "clients",
    operation_id = "suspendClient",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = Option<String>, Header, description = "A tag of the version you suspend, or `*`",
            min_length = 1, max_length = 1000),
    ),
    request_body(content = MoveBody, content_type = "application/json"),
    responses(
        (status = 200, description = "The client, suspended", body = ClientOutput),
        (status = 409, description = "It is suspended already, or is the last administrator",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[post("/v1/clients/{id}/suspend")]
pub(super) async fn suspend_client(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let written = Write::new(&caller, &req, &platform)?
        .once(once)
        .change(&platform, &id, move |write, conn, kept, actor| {
            moved(write, conn, kept, &body, ClientStatus::Suspended, actor)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}

/// Resume a client
///
/// Its secrets and its keys open again what they did, and so do its tokens that have not ended.
#[utoipa::path(
    tag = "clients",
    operation_id = "resumeClient",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = Option<String>, Header, description = "A tag of the version you resume, or `*`",
            min_length = 1, max_length = 1000),
    ),
    request_body(content = MoveBody, content_type = "application/json"),
    responses(
        (status = 200, description = "The client, active", body = ClientOutput),
        (status = 409, description = "It is active already", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/clients/{id}/resume")]
pub(super) async fn resume_client(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let written = Write::new(&caller, &req, &platform)?
        .once(once)
        .change(&platform, &id, move |write, conn, kept, actor| {
            moved(write, conn, kept, &body, ClientStatus::Active, actor)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}

/// The client in its other state; `transition-not-allowed` when it is in it already.
fn moved(
    write: &Write,
    conn: &mut Conn,
    kept: &Client,
    body: &Node,
    to: ClientStatus,
    actor: &Actor,
) -> Result<Representation, ApiError> {
    write.if_match.allow(kept.record.version)?;
    read_nothing(body).map_err(ApiError::validation)?;
    if kept.status == to {
        let allowed = match to {
            ClientStatus::Active => "suspend",
            ClientStatus::Suspended => "resume",
        };
        return Err(ApiError::new(Kind::TransitionNotAllowed)
            .with("state", kept.status.code())
            .with("allowed", vec![allowed]));
    }
    let facts = ClientFacts {
        status: to,
        ..kept.clone().into_facts()
    };
    let client = Client::new(kept.id, kept.record, facts).map_err(ApiError::validation)?;
    clients::update(conn, &client, write.clock.now(), actor)?;
    write.changed(conn, kept.id)
}
