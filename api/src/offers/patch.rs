//! `PATCH /v1/offers/{id}`: change what an offer says.

use actix_web::{
    HttpRequest, HttpResponse, patch,
    web::{Data, Path},
};
use domain::offers::{MoveRefused, OfferStatus, OfferVerb, Written};
use persistence::Conn;

use super::{
    create::{establishment, reading},
    payload::{OfferPatch, Sent, patched},
    read::OfferRead,
    write::Found,
};
use crate::{
    kernel::{
        body::Node,
        caller::{Caller, OffersWrite},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
        representation::Representation,
        write::Write,
    },
    platform::Platform,
};

/// Change an offer
///
/// A merge patch (RFC 7396) of what its author says: what is absent stays, `null` removes, a list
/// is replaced whole. Of a registered post, a change of the field, the place, the hours, the slots
/// or the places is a revision, decided again: until then the registered version is shown. With
/// `submit`, a draft is filed, and so is what was refused, struck off or closed and is changed now.
#[utoipa::path(
    tag = "offers",
    operation_id = "updateOffer",
    params(
        ("id" = String, Path, description = "The id of the offer", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you change, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content(
        (OfferPatch = "application/merge-patch+json"),
        (OfferPatch = "application/json"),
    )),
    responses(
        (status = 200, description = "The offer once changed", body = OfferRead),
        (status = 409, description = "Holds take more places than it would have: `places_held` says how many",
            body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "Its author withdrew it: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[patch("/v1/offers/{id}")]
pub(super) async fn update_offer(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let patch = body.merge_patch().await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let shared = platform.clone();
    let answered = write
        .once_in(
            &platform,
            move |write, conn| Found::by_id(write, conn, &id),
            move |write, conn, found| {
                found.stands()?;
                write.if_match.require(found.offer.record.version)?;
                apply(&shared, write, conn, &found, patch)
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Applies a merge patch to an offer that is not withdrawn.
pub(super) fn apply(
    platform: &Platform,
    write: &Write,
    conn: &mut Conn,
    found: &Found,
    patch: Node,
) -> Result<Representation, ApiError> {
    let known = |name: &str| establishment(platform, name);
    let proposed = found.offer.proposed();
    let sent = patched(&proposed, patch, reading(write, &known)).map_err(ApiError::validation)?;
    found.rewrite(write, conn, changed(found, sent, write))
}

/// What the offer becomes, filed when that is asked for and changes something.
fn changed(found: &Found, sent: Sent, write: &Write) -> Result<Written, MoveRefused> {
    let at = write.clock.now();
    let written = found.offer.patch(sent.content, at)?;
    if !sent.submit {
        return Ok(written);
    }
    let (offer, differs) = match &written {
        Written::Unchanged => (&found.offer, false),
        Written::Changed(moved) => (&moved.offer, true),
    };
    let draft = offer.life().status == OfferStatus::Draft;
    if !offer.allows(OfferVerb::Submit) || !(draft || differs) {
        return Ok(written);
    }
    Ok(Written::Changed(Box::new(offer.submit(at)?)))
}
