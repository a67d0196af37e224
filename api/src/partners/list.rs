//! `GET /v1/partners`: search, page by page.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{
    collection::Partners,
    parameters::{PartnerFilters, PartnerOrder},
    payload::{PartnerCard, PartnerFeature},
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
    /// The answer of a list of partners.
    PartnerList of PartnerCard,
    /// A page of partners as a feature collection (RFC 7946).
    PartnerFeatures of PartnerFeature
}

/// Search the partners
///
/// The public cards of the organisations that host community service, give work, train or buy:
/// by place, kind, role, legal category, or one of their numbers. A partner is where the centre of
/// its commune is. Filters add up; commas mean any of.
#[utoipa::path(
    tag = "partners",
    operation_id = "listPartners",
    params(Words, Places, Territories, PartnerFilters, PartnerOrder, Since, Form, MinRevision, Paging),
    responses(
        (status = 200, description = "A page of partners, with the exact total", content(
            (PartnerList = "application/json"),
            (PartnerFeatures = "application/geo+json"),
            (String = "text/csv"),
        )),
    ),
)]
#[get("/v1/partners")]
pub(super) async fn list_partners(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    list::answer::<Partners>(&req, &platform, Seen::all()).await
}
