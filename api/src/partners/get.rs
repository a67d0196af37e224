//! `GET /v1/partners/{id}`: the public card, or the record for those who may read it.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use domain::{
    audit::{AuditAction, Resource},
    clients::Scope,
    kernel::Id,
    partners::Partner,
};
use persistence::partners;
use uuid::Uuid;

use super::{
    document::PartnerBody, payload::PartnerRecord, read::PartnerRead, source, write::is_within,
};
use crate::{
    catalogue::{
        Catalogue,
        forms::{to_json, with_source},
    },
    kernel::{
        cache::Read,
        caller::{CallerClient, MaybeCaller},
        negotiate::Format,
        params::{Params, documents::MinRevision},
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// Read a partner
///
/// The public card: what the organisation is and does, and in which commune. With a token whose
/// scope `partners:read-restricted` and perimeter cover it, the record: its street and whom to
/// write to. A reading of the record is written down, and is refused when the database is away;
/// the card is not.
#[utoipa::path(
    tag = "partners",
    operation_id = "getPartner",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        MinRevision,
    ),
    responses(
        (status = 200, description = "The card, or the record", body = PartnerRead),
        (status = 410, description = "It was deleted: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[get("/v1/partners/{id}")]
pub(super) async fn get_partner(
    caller: MaybeCaller,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(&req)?;
    let min_revision = params.min_revision();
    params.format(&[Format::Json]);
    params.finish()?;
    catalogue.reach(min_revision).await?;
    let id = Uuid::try_parse(&id).map_err(|_malformed| ApiError::not_found())?;
    let found = catalogue.partners().get_or_gone(id)?;
    let reader = caller.with(Scope::PartnersReadRestricted);
    match reader.filter(|client| found.is_within(&client.perimeter)) {
        Some(client) => record(&req, client, Id::new(id), &platform).await,
        None => card(&req, &found, catalogue),
    }
}

/// The card, from memory.
fn card(
    req: &HttpRequest,
    found: &PartnerBody,
    catalogue: &Catalogue,
) -> Result<HttpResponse, ApiError> {
    let version = u64::try_from(found.card.facts.version).unwrap_or(0);
    let read = Read::object(req, version, catalogue.revision(), Format::Json);
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    Ok(read.ok().body(with_source(&found.card_json, &source())?))
}

/// The record, from the database, as long as it is within the caller's perimeter there.
async fn record(
    req: &HttpRequest,
    client: &CallerClient,
    id: Id<Partner>,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let reference = catalogue.reference();
    let kept = platform
        .read(move |conn| Ok(partners::find(conn, id)?))
        .await?;
    let own = kept.filter(|partner| is_within(partner, &client.perimeter, reference));
    let partner = own.ok_or_else(ApiError::not_found)?;
    let shown = [Some(id.uuid())];
    platform
        .journal(
            client.actor(req),
            AuditAction::Read,
            Resource::PARTNER,
            shown,
        )
        .await?;
    let version = u64::try_from(partner.record.version).unwrap_or(0);
    let read = Read::restricted(req, version, catalogue.revision(), Format::Json);
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    let record = PartnerRecord::new(&partner, reference, platform.public_url());
    Ok(read.ok().body(with_source(&to_json(&record)?, &source())?))
}
