//! `GET /v1/partners/{id}`: the public card.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{payload::PartnerCard, source};
use crate::{
    catalogue::forms::with_source,
    kernel::{
        cache::Read,
        negotiate::Format,
        page::Source,
        params::{Params, documents::MinRevision},
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// The card, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartnerRead {
    /// The card.
    #[serde(flatten)]
    pub card: PartnerCard,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// Read a partner
///
/// The public card: what the organisation is and does, and in which commune.
#[utoipa::path(
    tag = "partners",
    operation_id = "getPartner",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        MinRevision,
    ),
    responses(
        (status = 200, description = "The card", body = PartnerRead),
        (status = 410, description = "It was deleted: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[get("/v1/partners/{id}")]
pub(super) async fn get_partner(
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
    let version = u64::try_from(found.card.facts.version).unwrap_or(0);
    let read = Read::object(&req, version, catalogue.revision(), Format::Json);
    if let Some(known) = read.not_modified(&req) {
        return Ok(known);
    }
    Ok(read.ok().body(with_source(&found.card_json, &source())?))
}
