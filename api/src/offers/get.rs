//! `GET /v1/offers/{id}`: the card, or the record for those who may read it.

use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use domain::{clients::Scope, kernel::Id};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{AnyOfBuilder, Schema},
    },
};
use uuid::Uuid;

use super::{
    document::view_of,
    payload::OfferCard,
    read::{OfferRead, record},
    sight::diffusion_of,
    source,
};
use crate::{
    catalogue::forms::with_source,
    kernel::{
        cache::Read,
        caller::{CallerClient, MaybeCaller},
        negotiate::Format,
        page::Source,
        params::{Params, documents::MinRevision},
        problem::{ApiError, Problem},
    },
    platform::Platform,
};

/// The card, and where its data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferCardRead {
    /// The card.
    #[serde(flatten)]
    pub card: OfferCard,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// One or the other, for the document: what is written is the one or the other.
#[derive(Debug)]
pub(crate) struct OfferAsRead;

impl PartialSchema for OfferAsRead {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .description(Some(
                "The card of an offer, or its record for a token with the scope \
                 `offers:read-restricted` whose perimeter holds the offer.",
            ))
            .item(Ref::from_schema_name(OfferRead::name()))
            .item(Ref::from_schema_name(OfferCardRead::name()))
            .into()
    }
}

impl ToSchema for OfferAsRead {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OfferAsRead")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        let name = OfferCardRead::name().into_owned();
        schemas.push((name, OfferCardRead::schema()));
        OfferCardRead::schemas(schemas);
        let name = OfferRead::name().into_owned();
        schemas.push((name, OfferRead::schema()));
        OfferRead::schemas(schemas);
    }
}

/// Read an offer
///
/// The card: what everybody may know of an offer that is shown today; with the scope
/// `offers:read-restricted`, of those besides that are for professionals, or for authorities. With
/// that scope and a perimeter that holds the offer, the record: all that your role may see, in any
/// state. A reading of the record is written down, and is refused when the database is away; the
/// card is not. An offer that is not shown is not found: `/v1/offers/{id}/publication` says why.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOffer",
    params(
        ("id" = String, Path, description = "The id of the offer", format = "uuid",
            min_length = 36, max_length = 36),
        MinRevision,
    ),
    responses(
        (status = 200, description = "The card, or the record", body = OfferAsRead),
        (status = 410, description = "Its author withdrew it: `history` says what happened to it",
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
    match holder(&caller, id, &platform)? {
        Some(client) => whole(&req, client, &caller, id, &platform).await,
        None => card(&req, &caller, id, &platform),
    }
}

/// The client that may read the record, as far as this node knows: of an offer that is shown to
/// nobody it knows nothing.
fn holder<'c>(
    caller: &'c MaybeCaller,
    id: Uuid,
    platform: &Platform,
) -> Result<Option<&'c CallerClient>, ApiError> {
    let catalogue = platform.catalogue()?;
    let found = catalogue.offers().get(id);
    let holds = |client: &&CallerClient| {
        let body = found.as_ref();
        body.is_none_or(|body| body.is_within(&client.perimeter))
    };
    Ok(caller.with(Scope::OffersReadRestricted).filter(holds))
}

/// The record, from the database; one that is not in the perimeter there may still have been
/// public.
async fn whole(
    req: &HttpRequest,
    client: &CallerClient,
    caller: &MaybeCaller,
    id: Uuid,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let read = record(req, client, client.actor(req), Id::new(id), platform).await;
    match read {
        Err(refused) if refused.kind().spec().status == 404 => card(req, caller, id, platform),
        read => read,
    }
}

/// The card, from memory.
fn card(
    req: &HttpRequest,
    caller: &MaybeCaller,
    id: Uuid,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let (catalogue, today) = (platform.catalogue()?, platform.clock.today());
    let sight = diffusion_of(caller);
    let view = view_of(sight);
    let found = catalogue.offers().get(id);
    let found = found
        .filter(|body| body.is_shown(sight, today))
        .ok_or_else(|| catalogue.offers().missing(id, view))?;
    let version = u64::try_from(found.version).unwrap_or(0);
    let read = Read::composed(req, (version, found.said), catalogue.revision(), view);
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    Ok(read.ok().body(with_source(&found.card_json(), &source())?))
}
