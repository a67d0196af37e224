//! `PATCH /v1/clients/{id}`: change what a client may do, and where.

use actix_web::{
    HttpRequest, HttpResponse, patch,
    web::{Data, Path},
};
use persistence::clients;

use super::{
    payload::{ClientOutput, ClientPatchBody, patched},
    write::Write,
};
use crate::{
    kernel::{
        caller::{Caller, ClientsAdmin},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// Change a client
///
/// A merge patch (RFC 7396): what is absent stays, a list is replaced whole. A role that changes
/// takes its organisation, its perimeter and its scopes along. The tokens that the client has are
/// held to it at once on this node, and within a second on the others.
#[utoipa::path(
    tag = "clients",
    operation_id = "updateClient",
    params(
        ("id" = String, Path, description = "The id of the client", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you change, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content(
        (ClientPatchBody = "application/merge-patch+json"),
        (ClientPatchBody = "application/json"),
    )),
    responses(
        (status = 200, description = "The client once changed", body = ClientOutput),
        (status = 409, description = "It is the last administrator", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[patch("/v1/clients/{id}")]
pub(super) async fn patch_client(
    caller: Caller<ClientsAdmin>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let patch = body.merge_patch().await?;
    Params::none(&req)?;
    let written = Write::new(&caller, &req, &platform)?
        .change(&platform, &id, move |write, conn, kept, actor| {
            write.if_match.require(kept.record.version)?;
            let facts = patched(kept, patch).map_err(ApiError::validation)?;
            let facts = facts.facts(kept.status, kept.demo);
            let client = write.client(kept.id, kept.record, facts)?;
            clients::update(conn, &client, write.clock.now(), actor)?;
            write.changed(conn, kept.id)
        })
        .await?;
    Ok(written.respond(&req, &platform))
}
