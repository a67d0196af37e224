//! `GET /v1/offers/{id}`: the card.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{document::view_of, payload::OfferCard, sight::diffusion_of, source};
use crate::{
    catalogue::forms::with_source,
    kernel::{
        cache::Read,
        caller::MaybeCaller,
        negotiate::Format,
        page::Source,
        params::{Params, documents::MinRevision},
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// The card, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferRead {
    /// The card.
    #[serde(flatten)]
    pub card: OfferCard,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// Read an offer
///
/// What everybody may know of an offer that is shown today; with the scope
/// `offers:read-restricted`, of those besides that are for professionals, or for authorities. An
/// offer that is not shown is not found: `/v1/offers/{id}/publication` says why.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOffer",
    params(
        ("id" = String, Path, description = "The id of the offer", format = "uuid",
            min_length = 36, max_length = 36),
        MinRevision,
    ),
    responses(
        (status = 200, description = "The card", body = OfferRead),
        (status = 410, description = "It was withdrawn: `history` says what happened to it",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[get("/v1/offers/{id}")]
pub(super) async fn get_offer(
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
    let (sight, today) = (diffusion_of(&caller), platform.clock.today());
    let view = view_of(sight);
    let found = catalogue.offers().get(id);
    let found = found
        .filter(|body| body.is_shown(sight, today))
        .ok_or_else(|| catalogue.offers().missing(id, view))?;
    let version = u64::try_from(found.card.facts().version).unwrap_or(0);
    let read = Read::composed(
        &req,
        (version, &found.card_json),
        catalogue.revision(),
        view,
    );
    if let Some(known) = read.not_modified(&req) {
        return Ok(known);
    }
    Ok(read.ok().body(with_source(&found.card_json, &source())?))
}
