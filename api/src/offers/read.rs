//! The record of an offer, read from the database by those who may.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use domain::{
    audit::{AuditAction, Resource},
    changes::Actor,
    kernel::Id,
    offers::Offer,
};
use persistence::offers;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    around::{Around, Neighbours, Sight},
    is_within,
    payload::OfferRecord,
    refusals::gone,
    source,
};
use crate::{
    catalogue::forms::{to_json, with_source},
    kernel::{
        cache::Read,
        caller::{Caller, CallerClient, OffersReadRestricted},
        negotiate::Format,
        page::Source,
        params::Params,
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// The record, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferRead {
    /// The record.
    #[serde(flatten)]
    pub record: OfferRecord,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// Read an offer
///
/// All that is known of it, as far as your role sees. The reading is written down in the journal.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOffer",
    params(("id" = String, Path, description = "The id of the offer", format = "uuid",
        min_length = 36, max_length = 36)),
    responses(
        (status = 200, description = "The record", body = OfferRead),
        (status = 410, description = "Its author withdrew it: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[get("/v1/offers/{id}")]
pub(super) async fn get_offer(
    caller: Caller<OffersReadRestricted>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let id = id.parse().map_err(|_malformed| ApiError::not_found())?;
    record(&req, caller.client(), caller.actor(), id, &platform).await
}

/// The record, as long as it is within the caller's perimeter.
pub(super) async fn record(
    req: &HttpRequest,
    client: &CallerClient,
    actor: Actor,
    id: Id<Offer>,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let (reference, base) = (
        platform.catalogue()?.reference(),
        platform.public_url().to_owned(),
    );
    let (perimeter, today) = (client.perimeter.clone(), platform.clock.today());
    let (offer, around) = platform
        .read(move |conn| {
            let found = offers::find(conn, id)?;
            let own = found.filter(|offer| is_within(&perimeter, offer, reference));
            let offer = own.ok_or_else(ApiError::not_found)?;
            let around = Neighbours::look_up(conn, &[&offer], reference, &base, today)?;
            let around = around.of(&offer);
            Ok((offer, around))
        })
        .await?;
    answer(req, client, actor, (&offer, &around), platform).await
}

/// An offer that a caller may read, once its reading is written down.
pub(super) async fn answer(
    req: &HttpRequest,
    client: &CallerClient,
    actor: Actor,
    (offer, around): (&Offer, &Around),
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    if offer.is_gone() {
        return Err(gone(offer));
    }
    let shown = [Some(offer.id.uuid())];
    platform
        .journal(actor, AuditAction::Read, Resource::OFFER, shown)
        .await?;
    let version = u64::try_from(offer.record.version).unwrap_or(0);
    let revision = platform.catalogue()?.revision();
    let read = Read::restricted(req, version, revision, Format::Json);
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    let record = OfferRecord::new(offer, around, &Sight::of(client, offer));
    Ok(read.ok().body(with_source(&to_json(&record)?, &source())?))
}
