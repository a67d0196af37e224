//! `GET /v1/offers/export`: everything that matches, streamed.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{collection::Offers, list::OfferFeatures, parameters::OfferFilters, sight::seen_by};
use crate::{
    catalogue::{
        export,
        parameters::{Places, Territories},
    },
    kernel::{
        caller::MaybeCaller,
        params::documents::{ExportForm, MinRevision, Words},
        problem::ApiError,
    },
    platform::Platform,
};

/// Export the offers
///
/// Every offer that matches, ordered by id, as its card (NDJSON, CSV) or as a feature for a map
/// (`GeoJSON`), streamed. `Catalogue-Revision` says from which change the feed goes on.
#[utoipa::path(
    tag = "offers",
    operation_id = "exportOffers",
    params(Words, Places, Territories, OfferFilters, ExportForm, MinRevision),
    responses((status = 200, description = "The offers, streamed", content(
        (String = "application/x-ndjson"),
        (String = "text/csv"),
        (OfferFeatures = "application/geo+json"),
    ))),
)]
#[get("/v1/offers/export")]
pub(super) async fn export_offers(
    caller: MaybeCaller,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let seen = seen_by(&caller, &platform)?;
    export::answer::<Offers>(&req, platform, seen).await
}
