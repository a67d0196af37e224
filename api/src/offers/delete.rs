//! `DELETE /v1/offers/{id}`: withdraw an offer.

use actix_web::{
    HttpRequest, HttpResponse, delete,
    web::{Data, Path},
};
use persistence::Conn;

use super::write::Found;
use crate::{
    kernel::{
        caller::{Caller, OffersWrite},
        params::Params,
        problem::{ApiError, Problem},
        representation::Representation,
        write::Write,
    },
    platform::Platform,
};

/// Withdraw an offer
///
/// It is shown no more, and its address answers 410 with what happened to it; it can be revived.
/// A registered post stays on the list of the authority, suspended by its host, until it is
/// resumed or written again.
#[utoipa::path(
    tag = "offers",
    operation_id = "withdrawOffer",
    params(
        ("id" = String, Path, description = "The id of the offer", format = "uuid",
            min_length = 36, max_length = 36),
        ("If-Match" = String, Header, description = "A tag of the version you withdraw, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    responses(
        (status = 204, description = "It is withdrawn"),
        (status = 410, description = "It was withdrawn before: `history` says when", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[delete("/v1/offers/{id}")]
pub(super) async fn withdraw_offer(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let answered = write
        .once_in(
            &platform,
            move |write, conn| Found::by_id(write, conn, &id),
            |write, conn, found| {
                found.stands()?;
                write.if_match.require(found.offer.record.version)?;
                withdraw(write, conn, &found)
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Withdraws an offer.
pub(super) fn withdraw(
    write: &Write,
    conn: &mut Conn,
    found: &Found,
) -> Result<Representation, ApiError> {
    let moved = found.offer.withdraw(write.clock.now());
    found.keep(write, conn, moved)?;
    Ok(Representation::nothing())
}
