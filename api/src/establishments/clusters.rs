//! `GET /v1/establishments/clusters`: what matches in a box, gathered for a map.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{collection::Establishments, parameters::EstablishmentFilters};
use crate::{
    catalogue::{
        clusters::{self, ClusterFeatures},
        parameters::{Area, Territories},
        seen::Seen,
    },
    kernel::{
        params::documents::{MapForm, MinRevision, Words},
        problem::ApiError,
    },
    platform::Platform,
};

/// Gather the establishments on a map
///
/// The establishments that match in a box, gathered in cells of 64 pixels of the map (a square of
/// Web Mercator two levels below the zoom), each a point with its exact count; a cell of one
/// establishment names it. The counts add up to the total of the list with the same filters. A
/// box that may have more than 10,000 cells at its zoom is refused.
#[utoipa::path(
    tag = "establishments",
    operation_id = "clusterEstablishments",
    params(Words, Area, Territories, EstablishmentFilters, MapForm, MinRevision),
    responses((status = 200, description = "The cells, with the exact total", content(
        (ClusterFeatures = "application/geo+json"),
        (ClusterFeatures = "application/json"),
    ))),
)]
#[get("/v1/establishments/clusters")]
pub(super) async fn cluster_establishments(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    clusters::answer::<Establishments>(&req, &platform, Seen::all()).await
}
