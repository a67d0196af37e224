//! `GET /v1/offers`: search, page by page.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};

use super::{
    collection::Offers,
    parameters::{OfferFilters, OfferOrder},
    payload::{OfferCard, OfferFeature},
    sight::seen_by,
};
use crate::{
    catalogue::{
        list::{self, catalogue_list},
        parameters::{Places, Territories},
    },
    kernel::{
        caller::MaybeCaller,
        params::documents::{Form, MinRevision, Paging, Since, Words},
        problem::ApiError,
    },
    platform::Platform,
};

catalogue_list! {
    /// The answer of a list of offers.
    OfferList of OfferCard,
    /// A page of offers as a feature collection (RFC 7946).
    OfferFeatures of OfferFeature
}

/// Search the offers
///
/// Posts of community service, jobs in detention and trainings: by place, kind, field, activity,
/// audience, hours, conditions. An offer is listed on the days on which it holds, in Paris, and
/// while its host may take somebody in. A token with the scope `offers:read-restricted` lists
/// those besides that are for professionals, or for authorities. A post is where the centre of its
/// commune is. Filters add up; commas mean any of.
#[utoipa::path(
    tag = "offers",
    operation_id = "listOffers",
    params(Words, Places, Territories, OfferFilters, OfferOrder, Since, Form, MinRevision, Paging),
    responses(
        (status = 200, description = "A page of offers, with the exact total", content(
            (OfferList = "application/json"),
            (OfferFeatures = "application/geo+json"),
            (String = "text/csv"),
        )),
    ),
)]
#[get("/v1/offers")]
pub(super) async fn list_offers(
    caller: MaybeCaller,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let seen = seen_by(&caller, &platform)?;
    list::answer::<Offers>(&req, &platform, seen).await
}
