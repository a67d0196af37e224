//! `POST /v1/habilitations`: open a dossier.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use domain::{
    habilitations::{Habilitation, Host},
    kernel::{Id, Record, Refusal, RefusalCode},
};
use persistence::partners;

use super::{
    payload::{HabilitationInput, HabilitationOutput, new_facts, partner_of},
    refusals::refused,
    write::Write,
};
use crate::{
    kernel::{
        body::{Node, patch::all},
        caller::{Caller, HabilitationsFile},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Kind, Problem},
    },
    platform::Platform,
};

/// Open a dossier
///
/// A draft, which its host and the agency alone know of until it is filed. A host opens its own,
/// the agency that of any host; a public body needs none. A host has one open dossier before an
/// authority, for a place.
#[utoipa::path(
    tag = "habilitations",
    operation_id = "createHabilitation",
    request_body(content = HabilitationInput, content_type = "application/json"),
    responses(
        (status = 201, description = "The draft", body = HabilitationOutput,
            headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "A dossier is open already: `habilitation` names it", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/habilitations")]
pub(super) async fn create_habilitation(
    caller: Caller<HabilitationsFile>,
    req: HttpRequest,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let partner = partner_of(&body);
    let may = move |write: &Write| match partner {
        Some(id) if !write.client.who().may_file_for(id) => {
            Err(ApiError::new(Kind::OutOfPerimeter))
        }
        _ => Ok(()),
    };
    let written = write
        .create(&platform, may, move |conn, write, now| {
            let id = Id::new(write.ids.next());
            let (facts, host) = facts_and_host(conn, &body, write)?;
            let record = Record::created(now.at);
            Habilitation::open(id, record, facts, &host, &write.act(now))
                .map_err(|refusal| refused(refusal, &write.client))
        })
        .await?;
    Ok(written.respond(&req, &platform))
}

/// What a body says, and the host that it names, which must be known.
fn facts_and_host(
    conn: &mut persistence::Conn,
    body: &Node,
    write: &Write,
) -> Result<(domain::habilitations::HabilitationFacts, Host), ApiError> {
    let partner = partner_of(body);
    let found = match partner {
        Some(id) => partners::find(conn, id)?,
        None => None,
    };
    let nobody = partner.filter(|_| found.is_none()).map(|id| {
        let detail = format!("nobody is the partner {id}");
        Refusal::new("/partner", RefusalCode::NotFound, detail)
    });
    let facts = all(
        nobody.into_iter().collect(),
        new_facts(body, write.reference),
    );
    let facts = facts.map_err(ApiError::validation)?;
    let host = found.as_ref().map(Host::from);
    let host = host.ok_or_else(|| ApiError::internal(&"a body names no partner"))?;
    Ok((facts, host))
}
