//! `GET /v1/partners/export`: everything that matches, streamed.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{collection::Partners, list::PartnerFeatures, parameters::PartnerFilters};
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

/// Export the partners
///
/// Every partner that matches, ordered by id, as its public card (NDJSON, CSV) or as a feature
/// for a map (`GeoJSON`), streamed. `Catalogue-Revision` says from which change the feed goes on.
#[utoipa::path(
    tag = "partners",
    operation_id = "exportPartners",
    params(Words, Places, Territories, PartnerFilters, ExportForm, MinRevision),
    responses((status = 200, description = "The partners, streamed", content(
        (String = "application/x-ndjson"),
        (String = "text/csv"),
        (PartnerFeatures = "application/geo+json"),
    ))),
)]
#[get("/v1/partners/export")]
pub(super) async fn export_partners(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    export::answer::<Partners>(&req, platform, Seen::all()).await
}
