//! `GET /v1/tiles/establishments/{z}/{x}/{y}.mvt`: the establishments of a tile of a map.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{collection::Establishments, parameters::EstablishmentFilters};
use crate::{
    catalogue::{
        parameters::Territories,
        seen::Seen,
        tiles::{self, TileAddress, VectorTile, Written},
    },
    kernel::{
        params::documents::{MinRevision, Words},
        problem::ApiError,
    },
    platform::Platform,
};

/// Draw the establishments of a tile
///
/// The establishments that match in a tile of Web Mercator, as points of the layer
/// `establishments` of a Mapbox vector tile (2.1). Every point has `count`: where several are in
/// one eighth of the tile it is one point with nothing else; an establishment by itself has `id`,
/// `url`, `name` and `kind` (a code of `/v1/code-lists/establishment-kinds`) too. From zoom 12 on,
/// up to 64 in an eighth of the tile are given one by one. Each is in exactly one tile of a zoom,
/// so that the counts of all tiles add up to the total of the list with the same filters. A tile
/// in which nothing matches is empty.
#[utoipa::path(
    tag = "establishments",
    operation_id = "getEstablishmentTile",
    params(TileAddress, Words, Territories, EstablishmentFilters, MinRevision),
    responses((status = 200, description = "The tile", content(
        (VectorTile = "application/vnd.mapbox-vector-tile"),
    ))),
)]
#[get("/v1/tiles/establishments/{z}/{x}/{y}.mvt")]
pub(super) async fn get_establishment_tile(
    req: HttpRequest,
    platform: Data<Platform>,
    tile: Written,
) -> Result<HttpResponse, ApiError> {
    tiles::answer::<Establishments>(&req, &platform, Seen::all(), &tile).await
}
