//! The record of an offer, read from the database by those who may.

use actix_web::{HttpRequest, HttpResponse};
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
        cache::Read, caller::CallerClient, negotiate::Format, page::Source, problem::ApiError,
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
    let record = OfferRecord::new(offer, around, Sight::of(client, offer));
    Ok(read.ok().body(with_source(&to_json(&record)?, &source())?))
}
