//! `/v1/partners/{id}/offers/{reference}`: an offer by the name its partner gives it.

use actix_web::{
    HttpRequest, HttpResponse, delete, get, patch, put,
    web::{Data, Path},
};
use domain::offers::PartnerReference;
use persistence::{Conn, offers};

use super::{
    around::Neighbours,
    create::{establishment, posted, reading},
    delete::withdraw,
    is_within,
    partner::{by_reference, partner, reference},
    patch::apply,
    payload::{Keeping, OfferByReferenceInput, OfferPatch, Sent, whole},
    read::{OfferRead, answer},
    write::{Found, save, within_still},
};
use crate::{
    kernel::{
        caller::{Caller, OffersReadRestricted, OffersWrite},
        json::JsonBody,
        negotiate::Format,
        params::Params,
        problem::{ApiError, Fault, Problem},
        representation::Representation,
        text::Text,
        write::Write,
    },
    platform::Platform,
};

/// Two segments of an address: the partner, and its reference.
type Address = Path<(String, String)>;

/// Read an offer by its reference
///
/// The record of the offer that the partner calls by this reference. The reading is written down
/// in the journal.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOfferByReference",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("reference" = String, Path, description = "The partner's own name for the offer",
            min_length = 1, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._~-]*$"),
    ),
    responses(
        (status = 200, description = "The record", body = OfferRead),
        (status = 410, description = "It was withdrawn: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[get("/v1/partners/{id}/offers/{reference}")]
pub(super) async fn get_offer_by_reference(
    caller: Caller<OffersReadRestricted>,
    req: HttpRequest,
    at: Address,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let (id, name) = at.into_inner();
    let (tables, base) = (
        platform.catalogue()?.reference(),
        platform.public_url().to_owned(),
    );
    let (perimeter, today) = (caller.client().perimeter.clone(), platform.clock.today());
    let (offer, around) = platform
        .read(move |conn| {
            let partner = partner(conn, &perimeter, &id)?.id;
            let found = offers::find_by_reference(conn, partner, &reference(&name)?)?;
            let own = found.filter(|offer| is_within(&perimeter, offer, tables));
            let offer = own.ok_or_else(ApiError::not_found)?;
            let around = Neighbours::look_up(conn, &[&offer], tables, &base, today)?.of(&offer);
            Ok((offer, around))
        })
        .await?;
    let (client, actor) = (caller.client(), caller.actor());
    answer(&req, client, actor, (&offer, &around), &platform).await
}

/// Write an offer by its reference
///
/// A new one, or all that one says in place of what it said. Sent again, the same body changes
/// nothing. It revives what was withdrawn, and lifts the suspension that a withdrawal of a
/// registered post is; never one by an authority, nor one that the host asked for. Of a registered
/// post, a change of the field, the place, the hours, the slots or the places is a revision,
/// decided again. With `submit`, a draft is filed, and so is what was refused, struck off or
/// closed and says something else now. `If-Match`, when given, is about the offer.
#[utoipa::path(
    tag = "offers",
    operation_id = "replaceOfferByReference",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("reference" = String, Path, description = "Your own name for the offer; the words of addresses are reserved: batch, checks, clusters, expiring, export, me, summary, syncs",
            min_length = 1, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._~-]*$"),
        ("If-Match" = Option<String>, Header, description = "A tag of the version you replace, or `*`",
            min_length = 1, max_length = 1000),
    ),
    request_body(content = OfferByReferenceInput, content_type = "application/json"),
    responses(
        (status = 200, description = "The offer once written", body = OfferRead),
        (status = 201, description = "The new offer", body = OfferRead,
            headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "Holds take more places than it would have: `places_held` says how many",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[put("/v1/partners/{id}/offers/{reference}")]
pub(super) async fn replace_offer_by_reference(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    at: Address,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let body = body.representation().await?;
    Params::none(&req)?;
    let (id, name) = at.into_inner();
    let name = new_reference(&name)?;
    let write = Write::new(&caller, &req, &platform)?;
    let find = move |write: &Write, conn: &mut Conn| {
        let partner = partner(conn, write.perimeter(), &id)?.id;
        let found = by_reference(write, conn, partner, &name)?;
        let keeping = Keeping {
            partner: Some(partner),
            reference: Some(name),
        };
        Ok((found, keeping))
    };
    let shared = platform.clone();
    let answered = write
        .once_in(&platform, find, move |write, conn, (found, keeping)| {
            let version = found.as_ref().map_or(0, |it| it.offer.record.version);
            write.if_match.allow(version)?;
            let known = |name: &str| establishment(&shared, name);
            let sent = whole(&body, reading(write, &known)).map_err(ApiError::validation)?;
            put(write, conn, found.as_ref(), keeping, sent)
        })
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Change an offer by its reference
///
/// A merge patch (RFC 7396) of what the offer says, as at its own address; `If-Match` may be left
/// out.
#[utoipa::path(
    tag = "offers",
    operation_id = "updateOfferByReference",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("reference" = String, Path, description = "The partner's own name for the offer",
            min_length = 1, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._~-]*$"),
        ("If-Match" = Option<String>, Header, description = "A tag of the version you change, or `*`",
            min_length = 1, max_length = 1000),
    ),
    request_body(content(
        (OfferPatch = "application/merge-patch+json"),
        (OfferPatch = "application/json"),
    )),
    responses(
        (status = 200, description = "The offer once changed", body = OfferRead),
        (status = 409, description = "Holds take more places than it would have: `places_held` says how many",
            body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was withdrawn: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[patch("/v1/partners/{id}/offers/{reference}")]
pub(super) async fn update_offer_by_reference(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    at: Address,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let patch = body.merge_patch().await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let shared = platform.clone();
    let at = at.into_inner();
    let answered = write
        .once_in(
            &platform,
            move |write, conn| find(write, conn, &at),
            move |write, conn, found| {
                found.stands()?;
                write.if_match.allow(found.offer.record.version)?;
                apply(&shared, write, conn, &found, patch)
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Withdraw an offer by its reference
///
/// As at its own address; `If-Match` may be left out. A later `PUT` revives it.
#[utoipa::path(
    tag = "offers",
    operation_id = "withdrawOfferByReference",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("reference" = String, Path, description = "The partner's own name for the offer",
            min_length = 1, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._~-]*$"),
        ("If-Match" = Option<String>, Header, description = "A tag of the version you withdraw, or `*`",
            min_length = 1, max_length = 1000),
    ),
    responses(
        (status = 204, description = "It is withdrawn"),
        (status = 410, description = "It was withdrawn before: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[delete("/v1/partners/{id}/offers/{reference}")]
pub(super) async fn withdraw_offer_by_reference(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    at: Address,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let at = at.into_inner();
    let answered = write
        .once_in(
            &platform,
            move |write, conn| find(write, conn, &at),
            |write, conn, found| {
                found.stands()?;
                write.if_match.allow(found.offer.record.version)?;
                withdraw(write, conn, &found)
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// The offer that there is.
fn find(write: &Write, conn: &mut Conn, (id, name): &(String, String)) -> Result<Found, ApiError> {
    let partner = partner(conn, write.perimeter(), id)?.id;
    let found = by_reference(write, conn, partner, &reference(name)?)?;
    found.ok_or_else(ApiError::not_found)
}

fn put(
    write: &Write,
    conn: &mut Conn,
    found: Option<&Found>,
    keeping: Keeping,
    sent: Sent,
) -> Result<Representation, ApiError> {
    if let Some(found) = found {
        let written = found
            .offer
            .put(sent.content, sent.submit, write.clock.now());
        return found.rewrite(write, conn, written);
    }
    let (offer, events) = posted(write, keeping, sent)?;
    within_still(write, &offer)?;
    let kept = save(write, conn, &offer, &events)?;
    Found::around(write, conn, kept)?.created(write)
}

/// A reference under which something may be kept.
fn new_reference(text: &str) -> Result<PartnerReference, ApiError> {
    text.parse().map_err(|_other| {
        let accepted = Text::new(
            "a reference of 1 to 100 letters, digits and . _ ~ -, the first a letter or a digit, \
             and no reserved word",
            "une référence de 1 à 100 lettres, chiffres et . _ ~ -, commençant par une lettre ou \
             un chiffre, et qui n'est pas un mot réservé",
        );
        ApiError::parameter("reference", Fault::Format, accepted)
    })
}
