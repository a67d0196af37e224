//! `POST /v1/holds/{id}/<verb>`: the moves of a hold, by its holder.

use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Path},
};
use domain::holds::{Hold, HoldStanding, HoldVerb};
use persistence::{Conn, clients, holds};

use super::{
    payload::{HoldMove, HoldOutput},
    refusals::refused,
    view::{Hosts, View},
};
use crate::{
    catalogue::forms::to_json,
    kernel::{
        body::read_nothing,
        caller::{Caller, HoldsWrite},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Kind, Problem},
        representation::Representation,
        routes::Routes,
        write::Write,
    },
    platform::Platform,
};

/// Writes the operation of a verb.
macro_rules! verb {
    ($name:ident, $id:tt, $path:tt, $verb:ident, $summary:tt, $description:tt) => {
        #[utoipa::path(
            tag = "holds",
            operation_id = $id,
            summary = $summary,
            description = $description,
            params(
                ("id" = String, Path, description = "The id of the hold", format = "uuid",
                    min_length = 36, max_length = 36),
                ("If-Match" = Option<String>, Header, description = "A tag of the version you saw, or `*`",
                    min_length = 1, max_length = 1000),
            ),
            request_body(content = HoldMove, content_type = "application/json"),
            responses(
                (status = 200, description = "The hold once moved", body = HoldOutput),
                (status = 409, description = "Its state does not allow it: `state` and `allowed` say what does",
                    body = Problem, content_type = "application/problem+json"),
            ),
        )]
        #[post($path)]
        pub(super) async fn $name(
            caller: Caller<HoldsWrite>,
            req: HttpRequest,
            id: Path<String>,
            body: JsonBody,
            platform: Data<Platform>,
        ) -> Result<HttpResponse, ApiError> {
            make(&caller, &req, (id.into_inner(), body), &platform, HoldVerb::$verb).await
        }
    };
}

verb!(
    confirm_hold,
    "confirmHold",
    "/v1/holds/{id}/confirm",
    Confirm,
    "Confirm a hold",
    "The places will be taken: the hold expires no more."
);

verb!(
    release_hold,
    "releaseHold",
    "/v1/holds/{id}/release",
    Release,
    "Release a hold",
    "The places will not be taken: they are free again at once. The agency may do it too, for a holder that no longer can."
);

verb!(
    complete_hold,
    "completeHold",
    "/v1/holds/{id}/complete",
    Complete,
    "Complete a hold",
    "The work is done: the places are free again."
);

/// Makes a move of a hold.
async fn make(
    caller: &Caller<HoldsWrite>,
    req: &HttpRequest,
    (id, body): (String, JsonBody),
    platform: &Platform,
    verb: HoldVerb,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(req, caller).await?;
    Params::none(req)?;
    let write = Write::new(caller, req, platform)?.once(once);
    let find = move |write: &Write, conn: &mut Conn| reached(write, conn, &id, verb);
    let answered = write
        .once_in(platform, find, move |write, conn, (hold, standing)| {
            write.if_match.allow(hold.record.version)?;
            read_nothing(&body).map_err(ApiError::validation)?;
            let (at, actor) = (write.clock.now(), &write.actor);
            let moved = holds::make_move(conn, hold.id, verb, at, actor).map_err(refused)?;
            let body = shown(write, conn, &moved, standing)?;
            Ok(Representation::changed(moved.record.version, body))
        })
        .await?;
    Ok(answered.respond(req, platform))
}

/// The hold of an address, and what the caller is to it: `out-of-perimeter` to who may read it and
/// not make the move, and to who may not as if it were not there.
fn reached(
    write: &Write,
    conn: &mut Conn,
    address: &str,
    verb: HoldVerb,
) -> Result<(Hold, HoldStanding), ApiError> {
    let id = address
        .parse()
        .map_err(|_malformed| ApiError::not_found())?;
    let hold = holds::find(conn, id)?.ok_or_else(ApiError::not_found)?;
    let hosts = Hosts(holds::hosts(conn, &[hold.offer])?);
    match hosts.standing(write.client(), &hold) {
        Some(standing) if standing.may(verb) => Ok((hold, standing)),
        Some(_) => Err(ApiError::new(Kind::OutOfPerimeter)),
        None => Err(ApiError::not_found()),
    }
}

/// A hold, as the client that writes it is answered.
pub(super) fn shown(
    write: &Write,
    conn: &mut Conn,
    hold: &Hold,
    standing: HoldStanding,
) -> Result<String, ApiError> {
    let client = write.client();
    let other = match standing {
        HoldStanding::Holder => None,
        HoldStanding::Agency | HoldStanding::Host => clients::find(conn, hold.request.holder)?,
    };
    let holder = match &other {
        Some(holder) => (holder.name.as_str(), holder.role),
        None => (client.name.as_str(), client.role),
    };
    let view = View {
        client,
        standing,
        holder: Some(holder),
        now: write.clock.now(),
        base: &write.base,
    };
    to_json(&HoldOutput::new(hold, &view))
}

/// The routes.
pub(super) fn configure(config: &mut Routes<'_, '_>) {
    config
        .service(confirm_hold)
        .service(release_hold)
        .service(complete_hold);
}
