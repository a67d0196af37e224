//! `GET /v1/holds`: the holds that a caller may know of.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use utoipa::IntoParams;

use super::question::{Asked, HoldFilters, HoldList};
use crate::{
    kernel::{
        caller::{Caller, HoldsRead},
        params::documents::{Paging, Since},
        patterns::IdText,
        problem::ApiError,
    },
    platform::Platform,
};

/// The filter that the list of one post has not.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct OfOffers {
    /// On these posts, by their ids.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<IdText>)]
    offer: Option<String>,
}

/// List the holds
///
/// Your own; those on the posts that you host; all of them for the agency. The host does not see
/// the hash of the case. The reading is written down in the journal, a line for each.
#[utoipa::path(
    tag = "holds",
    operation_id = "listHolds",
    params(OfOffers, HoldFilters, Since, Paging),
    responses((status = 200, description = "A page of holds", body = HoldList)),
)]
#[get("/v1/holds")]
pub(super) async fn list_holds(
    caller: Caller<HoldsRead>,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let asked = Asked::read(&req, true)?.seen_by(caller.client());
    let (question, at) = (asked.clone(), platform.clock.now());
    let found = platform
        .read(move |conn| Ok(question.find(conn, at)?))
        .await?;
    asked.answer(&found, &caller, &platform).await
}
