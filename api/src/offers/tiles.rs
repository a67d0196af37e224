//! `GET /v1/tiles/offers/{z}/{x}/{y}.mvt`: the offers of a tile of a map.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{collection::Offers, parameters::OfferFilters, sight::seen_by};
use crate::{
    catalogue::{
        parameters::Territories,
        tiles::{self, TileAddress, VectorTile, Written},
    },
    kernel::{
        caller::MaybeCaller,
        params::documents::{MinRevision, Words},
        problem::ApiError,
    },
    platform::Platform,
};

/// Draw the offers of a tile
///
/// The offers that match in a tile of Web Mercator, as points of the layer `offers` of a Mapbox
/// vector tile (2.1). Every point has `count`: where several are in one eighth of the tile it is
/// one point with nothing else; an offer by itself has `id`, `url`, `title` and `kind` (a code of
/// `/v1/code-lists/offer-kinds`) too. From zoom 12 on, up to 64 in an eighth of the tile are given
/// one by one. Each is in exactly one tile of a zoom, so that the counts of all tiles add up to
/// the total of the list with the same filters and the same token, less the offers without a
/// position, which are in no tile. A tile in which nothing matches is empty.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOfferTile",
    params(TileAddress, Words, Territories, OfferFilters, MinRevision),
    responses((status = 200, description = "The tile", content(
        (VectorTile = "application/vnd.mapbox-vector-tile"),
    ))),
)]
#[get("/v1/tiles/offers/{z}/{x}/{y}.mvt")]
pub(super) async fn get_offer_tile(
    caller: MaybeCaller,
    req: HttpRequest,
    platform: Data<Platform>,
    tile: Written,
) -> Result<HttpResponse, ApiError> {
    let seen = seen_by(&caller, &platform)?;
    tiles::answer::<Offers>(&req, &platform, seen, &tile).await
}
