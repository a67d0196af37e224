//! `GET /v1/offers/{id}/publication`: whether an offer is shown, where, since when; if not, why.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use domain::{
    audit::{AuditAction, Resource},
    clients::Scope,
    kernel::Id,
    offers::Diffusion,
};
use uuid::Uuid;

use super::{
    document::view_of,
    is_within,
    payload::{OfferPublication, OfferPublicationRead},
    posted::Posted,
    sight::diffusion_of,
    source,
};
use crate::{
    catalogue::forms::{to_json, with_source},
    kernel::{
        cache::{self, Read, View},
        caller::{CallerClient, MaybeCaller},
        negotiate::Format,
        params::{Params, documents::MinRevision},
        problem::ApiError,
    },
    platform::Platform,
};

/// Ask whether an offer is shown, and why not
///
/// Whether the offer is shown today, where, since when and until when; if not, everything that
/// hides it; and what happened to it, with its dates. Everybody may ask it of an offer that was
/// once shown to everybody; a token with the scope `offers:read-restricted`, of those of its view,
/// and of every offer in its perimeter, which is then written down. An identifier never dies: a
/// withdrawn offer still answers here.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOfferPublication",
    params(
        ("id" = String, Path, description = "The id of the offer", format = "uuid",
            min_length = 36, max_length = 36),
        MinRevision,
    ),
    responses((status = 200, description = "Its publication", body = OfferPublicationRead)),
)]
#[get("/v1/offers/{id}/publication")]
pub(super) async fn get_offer_publication(
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
    let found = platform
        .read(move |conn| Ok(Posted::find(conn, Id::new(id))?))
        .await?;
    let posted = found.ok_or_else(ApiError::not_found)?;
    let (sight, own) = may_know(&caller, &posted, &platform)?;
    if let Some(client) = own {
        write_down(&req, client, id, &platform).await?;
    }
    let view = own.map_or_else(|| view_of(sight), |_| View::Restricted);
    answer(&req, &posted, (sight, view), &platform)
}

/// How far the caller sees, and itself when it knows of the offer by its perimeter alone;
/// `not-found` for an offer that it may not know of.
fn may_know<'c>(
    caller: &'c MaybeCaller,
    posted: &Posted,
    platform: &Platform,
) -> Result<(Diffusion, Option<&'c CallerClient>), ApiError> {
    let offer = &posted.offer;
    let sight = diffusion_of(caller);
    if offer.known_to().is_some_and(|known| known.reaches(sight)) {
        return Ok((sight, None));
    }
    let reference = platform.catalogue()?.reference();
    let client = caller.with(Scope::OffersReadRestricted);
    let own = client.filter(|client| is_within(&client.perimeter, offer, reference));
    Ok((sight, Some(own.ok_or_else(ApiError::not_found)?)))
}

async fn write_down(
    req: &HttpRequest,
    client: &CallerClient,
    id: Uuid,
    platform: &Platform,
) -> Result<(), ApiError> {
    let actor = client.actor(req);
    platform
        .journal(actor, AuditAction::Read, Resource::OFFER, [Some(id)])
        .await
}

fn answer(
    req: &HttpRequest,
    posted: &Posted,
    (sight, view): (Diffusion, View),
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let reference = catalogue.reference();
    let surroundings = posted.around.surroundings(reference.habilitation_law());
    let today = platform.clock.today();
    let publication = posted.offer.publication(&surroundings, sight, today);
    let told = OfferPublication::new(&posted.offer, publication, reference, platform.public_url());
    let body = to_json(&told)?;
    let version = u64::try_from(posted.offer.record.version).unwrap_or(0);
    let read = Read::composed(
        req,
        (version, cache::mark(&body)),
        catalogue.revision(),
        view,
    );
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    Ok(read.ok().body(with_source(&body, &source())?))
}
