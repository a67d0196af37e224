//! `GET /v1/establishments`: search, page by page.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{
    collection::Establishments,
    parameters::{EstablishmentFilters, EstablishmentOrder},
    payload::{EstablishmentFeature, EstablishmentItem},
};
use crate::{
    catalogue::{
        list::{self, catalogue_list},
        parameters::{Places, Territories},
        seen::Seen,
    },
    kernel::{
        params::documents::{Form, MinRevision, Paging, Since, Words},
        problem::ApiError,
    },
    platform::Platform,
};

catalogue_list! {
    /// The answer of a list of establishments.
    EstablishmentList of EstablishmentItem,
    /// A page of establishments as a feature collection (RFC 7946).
    EstablishmentFeatures of EstablishmentFeature
}

/// Search the establishments
///
/// The establishments where a company could produce: by place, kind, activity in place or
/// possible, areas, and what one and the same zone or dock must offer. Filters add up; commas
/// mean any of. Only open establishments are listed; a closed one keeps its sheet.
#[utoipa::path(
    tag = "establishments",
    operation_id = "listEstablishments",
    params(Words, Places, Territories, EstablishmentFilters, EstablishmentOrder, Since, Form, MinRevision, Paging),
    responses(
        (status = 200, description = "A page of establishments, with the exact total", content(
            (EstablishmentList = "application/json"),
            (EstablishmentFeatures = "application/geo+json"),
            (String = "text/csv"),
        )),
    ),
)]
#[get("/v1/establishments")]
pub(super) async fn list_establishments(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    list::answer::<Establishments>(&req, &platform, Seen::all()).await
}
