//! `GET /v1/establishments/export`: everything that matches, streamed.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{
    collection::Establishments, list::EstablishmentFeatures, parameters::EstablishmentFilters,
};
use crate::{
    catalogue::{
        export,
        parameters::{Places, Territories},
        seen::Seen,
    },
    kernel::{
        params::documents::{ExportForm, MinRevision, Words},
        problem::ApiError,
    },
    platform::Platform,
};

/// Export the establishments
///
/// Every establishment that matches, ordered by id, as whole sheets (NDJSON), base facts (CSV)
/// or flat features for a map (`GeoJSON`), streamed; which parts matched is told by the features
/// alone. `Catalogue-Revision` says from which change the feed goes on. `atigip import
/// establishments` reads NDJSON and CSV back; the features of `atigip export`, which hold whole
/// sheets, are read back too, and those of this operation are not.
#[utoipa::path(
    tag = "establishments",
    operation_id = "exportEstablishments",
    params(Words, Places, Territories, EstablishmentFilters, ExportForm, MinRevision),
    responses((status = 200, description = "The establishments, streamed", content(
        (String = "application/x-ndjson"),
        (String = "text/csv"),
        (EstablishmentFeatures = "application/geo+json"),
    ))),
)]
#[get("/v1/establishments/export")]
pub(super) async fn export_establishments(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    export::answer::<Establishments>(&req, platform, Seen::all()).await
}
