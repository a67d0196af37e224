//! `GET /v1/holds/{id}`: one hold.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, ContentType, ETAG, VARY},
    web::{Data, Path},
};
use domain::{
    audit::{AuditAction, Resource},
    holds::{Hold, HoldStanding},
};
use persistence::holds;

use super::{
    payload::HoldOutput,
    view::{Hosts, View},
};
use crate::{
    catalogue::forms::to_json,
    kernel::{
        cache::{self, Read, View as CacheView},
        caller::{Caller, HoldsRead},
        negotiate::Format,
        params::Params,
        problem::ApiError,
    },
    platform::Platform,
};

/// Read a hold
///
/// Your own, one on a post that you host, or any of them for the agency; the others are not found.
/// The host does not see the hash of the case. The reading is written down in the journal.
#[utoipa::path(
    tag = "holds",
    operation_id = "getHold",
    params(("id" = String, Path, description = "The id of the hold", format = "uuid",
        min_length = 36, max_length = 36)),
    responses((status = 200, description = "The hold", body = HoldOutput)),
)]
#[get("/v1/holds/{id}")]
pub(super) async fn get_hold(
    caller: Caller<HoldsRead>,
    req: HttpRequest,
    id: Path<String>,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let (hold, standing) = found(&caller, &id, &platform).await?;
    let shown = [Some(hold.id.uuid())];
    platform
        .journal(caller.actor(), AuditAction::Read, Resource::HOLD, shown)
        .await?;
    let holder = platform.directory.client(hold.request.holder);
    let view = View {
        client: caller.client(),
        standing,
        holder: holder.as_deref().map(|it| (it.name.as_str(), it.role)),
        now: platform.clock.now(),
        base: platform.public_url(),
    };
    // Time alone changes what it says, and a token what its bearer may do.
    let body = to_json(&HoldOutput::new(&hold, &view))?;
    let version = u64::try_from(hold.record.version).unwrap_or(0);
    let read = Read::composed(
        &req,
        (version, cache::mark(&body)),
        0,
        CacheView::Restricted,
    );
    Ok(HttpResponse::Ok()
        .insert_header((ETAG, read.etag()))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .content_type(ContentType::json())
        .body(body))
}

/// The hold of an address, and what the caller is to it: not found where it may not know of it.
async fn found(
    caller: &Caller<HoldsRead>,
    address: &str,
    platform: &Platform,
) -> Result<(Hold, HoldStanding), ApiError> {
    let id = address
        .parse()
        .map_err(|_malformed| ApiError::not_found())?;
    let found = platform
        .read(move |conn| {
            let hold = holds::find(conn, id)?.ok_or_else(ApiError::not_found)?;
            let hosts = Hosts(holds::hosts(conn, &[hold.offer])?);
            Ok((hold, hosts))
        })
        .await?;
    let (hold, hosts) = found;
    let standing = hosts.standing(caller.client(), &hold);
    Ok((hold, standing.ok_or_else(ApiError::not_found)?))
}
