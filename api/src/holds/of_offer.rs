//! `GET /v1/offers/{id}/holds`: the holds on one post that a caller may know of.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use domain::kernel::civil_date;

use super::question::{Asked, HoldFilters, HoldList};
use crate::{
    kernel::{
        caller::{Caller, HoldsRead},
        params::documents::{Paging, Since},
        problem::ApiError,
    },
    offers::may_know,
    platform::Platform,
};

/// List the holds on a post
///
/// All of them for its host and for the agency, your own otherwise. The host does not see the hash
/// of the case. The reading is written down in the journal, a line for each.
#[utoipa::path(
    tag = "holds",
    operation_id = "listOfferHolds",
    params(
        ("id" = String, Path, description = "The id of the post", format = "uuid",
            min_length = 36, max_length = 36),
        HoldFilters, Since, Paging,
    ),
    responses((status = 200, description = "A page of holds", body = HoldList)),
)]
#[get("/v1/offers/{id}/holds")]
pub(super) async fn list_offer_holds(
    caller: Caller<HoldsRead>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut asked = Asked::read(&req, false)?.seen_by(caller.client());
    let offer = id.parse().map_err(|_malformed| ApiError::not_found())?;
    asked.holds.offers = vec![offer];
    let (question, client) = (asked.clone(), caller.client().clone());
    let (at, catalogue) = (platform.clock.now(), platform.catalogue()?);
    let reference = catalogue.reference();
    let found = platform
        .read(move |conn| {
            let found = question.find(conn, at)?;
            let today = civil_date(at);
            if found.is_empty() && !may_know(conn, &client, offer, reference, today)? {
                return Err(ApiError::not_found());
            }
            Ok(found)
        })
        .await?;
    asked.answer(&found, &caller, &platform).await
}
