//! `POST /v1/offers/{id}/holds`: keep places of a post.

use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Path},
};
use chrono::TimeDelta;
use domain::{
    holds::{CaseHash, CaseKey, HoldRequest, HoldStanding, HoldTerms},
    kernel::Id,
};
use persistence::{Conn, holds};

use super::{
    moves::shown,
    payload::{HoldInput, HoldOutput, Wanted, wanted},
    refusals::not_taken,
};
use crate::{
    kernel::{
        body::Node,
        caller::{Caller, HoldsWrite},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
        representation::Representation,
        write::Write,
    },
    offers::{Found, diffusion_to},
    platform::Platform,
};

/// Keep places of a post
///
/// For a case of your own system, of which a keyed hash alone is kept: no person is ever named
/// here. The post must be shown to you, on the day the work is to start too, and lie in your
/// perimeter; never more places are kept than there are. Confirm the hold before `expires_at`, or
/// its places are free again.
#[utoipa::path(
    tag = "holds",
    operation_id = "createHold",
    params(
        ("id" = String, Path, description = "The id of the post", format = "uuid",
            min_length = 36, max_length = 36),
    ),
    request_body(content = HoldInput, content_type = "application/json"),
    responses(
        (status = 201, description = "The hold", body = HoldOutput,
            headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "Not enough places are left, of which `places_left` says how many; or the post cannot be held now",
            body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "Its author withdrew the post: `history` says when",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[post("/v1/offers/{id}/holds")]
pub(super) async fn create_hold(
    caller: Caller<HoldsWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let key = platform.case_key()?.clone();
    let lasting = TimeDelta::hours(i64::from(platform.config.hold_hours));
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let find = move |write: &Write, conn: &mut Conn| {
        let found = Found::by_id(write, conn, &id)?;
        found.known(write)?;
        Ok(found)
    };
    let answered = write
        .once_in(&platform, find, move |write, conn, found| {
            found.stands()?;
            take(write, conn, &found, (&body, &key, lasting))
        })
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Takes the places, and shows the hold to its holder.
fn take(
    write: &Write,
    conn: &mut Conn,
    found: &Found,
    (body, key, lasting): (&Node, &CaseKey, TimeDelta),
) -> Result<Representation, ApiError> {
    let Wanted {
        places,
        hours,
        starts_on,
        framework,
        case,
    } = wanted(body).map_err(ApiError::validation)?;
    let request = HoldRequest {
        holder: write.client().id,
        places,
        hours,
        starts_on,
        framework,
        case: CaseHash::of(&case, write.client().id, key),
    };
    let terms = HoldTerms {
        around: found.around.surroundings(),
        view: diffusion_to(write.client()),
        law: write.reference.offer_law(),
        lasting,
    };
    let (offer, at) = (found.offer.id, write.clock.now());
    let ids = (Id::new(write.ids.next()), offer);
    let taken = holds::take(conn, ids, request, &terms, at, &write.actor);
    let hold = taken.map_err(|error| not_taken(error, offer, &write.base))?;
    let body = shown(write, conn, &hold, HoldStanding::Holder)?;
    let address = format!("{}/v1/holds/{}", write.base, hold.id);
    Ok(Representation::created(hold.record.version, address, body))
}
