//! `GET /v1/offers/clusters`: what matches in a box, gathered for a map.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{collection::Offers, parameters::OfferFilters, sight::seen_by};
use crate::{
    catalogue::{
        clusters::{self, ClusterFeatures},
        parameters::{Area, Territories},
    },
    kernel::{
        caller::MaybeCaller,
        params::documents::{MapForm, MinRevision, Words},
        problem::ApiError,
    },
    platform::Platform,
};

/// Gather the offers on a map
///
/// The offers that match in a box, gathered in cells of 64 pixels of the map (a square of Web
/// Mercator two levels below the zoom), each a point with its exact count; a cell of one offer
/// names it. The counts add up to the total of the list with the same filters and the same token:
/// one with the scope `offers:read-restricted` counts what it lists. An offer without a position
/// is in no box. A box that may have more than 10,000 cells at its zoom is refused.
#[utoipa::path(
    tag = "offers",
    operation_id = "clusterOffers",
    params(Words, Area, Territories, OfferFilters, MapForm, MinRevision),
    responses((status = 200, description = "The cells, with the exact total", content(
        (ClusterFeatures = "application/geo+json"),
        (ClusterFeatures = "application/json"),
    ))),
)]
#[get("/v1/offers/clusters")]
pub(super) async fn cluster_offers(
    caller: MaybeCaller,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let seen = seen_by(&caller, &platform)?;
    clusters::answer::<Offers>(&req, &platform, seen).await
}
