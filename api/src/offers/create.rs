//! `POST /v1/offers`: post an offer.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use domain::{
    changes::EventType,
    clients::Perimeter,
    establishments::Establishment,
    kernel::Id,
    offers::{Keeper, Offer, OfferVerb},
};
use persistence::{Conn, offers};
use serde_json::json;

use super::{
    payload::{Keeping, OfferInput, Reading, Sent, new_offer},
    read::OfferRead,
    refusals::refused,
    write::{Found, save, within_still},
};
use crate::{
    kernel::{
        caller::{Caller, OffersWrite},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Kind, Problem},
        write::Write,
    },
    platform::Platform,
};

/// Post an offer
///
/// A draft, or, with `submit`, an offer that is filed: with the authority of its département, for
/// a post of community service; with the moderation, for a job or a training. `partner` is the
/// host, the principal or the training body: your own organisation when you act for one, and
/// needed otherwise but for the service général. You are answered with the record, as far as your
/// token lets you see.
#[utoipa::path(
    tag = "offers",
    operation_id = "createOffer",
    request_body(content = OfferInput, content_type = "application/json"),
    responses(
        (status = 201, description = "The offer", body = OfferRead,
            headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "The partner has another offer under this reference: `offer` names it",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[post("/v1/offers")]
pub(super) async fn create_offer(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let shared = platform.clone();
    let make = move |write: &Write, _: &mut Conn| {
        let known = |name: &str| establishment(&shared, name);
        let (keeping, sent) =
            new_offer(&body, reading(write, &known)).map_err(ApiError::validation)?;
        let keeping = kept_by(write, keeping);
        let (offer, events) = posted(write, keeping, sent)?;
        within_still(write, &offer)?;
        Ok((offer, events))
    };
    let answered = write
        .once_in(&platform, make, |write, conn, (offer, events)| {
            check_reference(write, conn, &offer)?;
            let kept = save(write, conn, &offer, &events)?;
            Found::around(write, conn, kept)?.created(write)
        })
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// What a body is read against.
pub(super) fn reading<'a>(
    write: &Write,
    establishment: &'a dyn Fn(&str) -> Option<Id<Establishment>>,
) -> Reading<'a> {
    Reading {
        reference: write.reference,
        establishment,
        today: write.clock.today(),
    }
}

/// The establishment that has this id or slug.
pub(super) fn establishment(platform: &Platform, name: &str) -> Option<Id<Establishment>> {
    let found = platform.catalogue().ok()?.establishments().find(name)?;
    Some(found.establishment.id)
}

/// A client of a partner posts for it, unless it says otherwise.
fn kept_by(write: &Write, keeping: Keeping) -> Keeping {
    let own = match write.perimeter() {
        Perimeter::Partner(own) => Some(*own),
        _ => None,
    };
    Keeping {
        partner: keeping.partner.or(own),
        ..keeping
    }
}

/// A new offer, filed when its author asks for it, and what happened to it.
pub(super) fn posted(
    write: &Write,
    keeping: Keeping,
    sent: Sent,
) -> Result<(Offer, Vec<EventType>), ApiError> {
    let at = write.clock.now();
    let keeper = Keeper::new(keeping.partner, keeping.reference, false);
    let keeper = keeper.map_err(ApiError::validation)?;
    let id = Id::new(write.ids.next());
    let draft = Offer::draft(id, keeper, sent.content, at).map_err(ApiError::validation)?;
    if !sent.submit || !draft.allows(OfferVerb::Submit) {
        return Ok((draft, vec![EventType::OfferCreated]));
    }
    let moved = draft.submit(at).map_err(|why| refused(&draft, why))?;
    Ok((moved.offer, vec![EventType::OfferCreated, moved.event]))
}

/// The refusal of a reference that is another offer's, which is named.
fn check_reference(write: &Write, conn: &mut Conn, offer: &Offer) -> Result<(), ApiError> {
    let keeper = offer.keeper();
    let Some((partner, reference)) = keeper.partner().zip(keeper.reference()) else {
        return Ok(());
    };
    let Some(other) = offers::find_by_reference(conn, partner, reference)? else {
        return Ok(());
    };
    let url = format!("{}/v1/offers/{}", write.base, other.id);
    Err(ApiError::new(Kind::ReferenceTaken)
        .with("offer", json!({"id": other.id.to_string(), "url": url})))
}
