//! `/v1/partners/{id}/offers/syncs`: a partner sends all its offers, and what it did not send is
//! withdrawn.

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    http::header::{CACHE_CONTROL, VARY},
    post,
    web::{Data, Path},
};
use domain::{
    clients::Perimeter,
    kernel::{Code, Id},
    offers::{MaxWithdrawn, Offer, SyncStatus},
};
use persistence::{
    Conn,
    offers::syncs::{self, Sync},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    batch::Summary,
    partner::whole_partner,
    payload::max_withdrawn,
    sync_refusals::{address, not_done, over},
    time::expire_idle,
};
use crate::{
    catalogue::forms::to_json,
    kernel::{
        body::read_nothing,
        caller::{Caller, OffersReadRestricted, OffersWrite},
        coded::Coded,
        dates::instant,
        json::JsonBody,
        negotiate::Format,
        params::Params,
        problem::{ApiError, Kind, Problem},
        representation::Representation,
        write::Write,
    },
    platform::Platform,
};

type CodedSyncStatus = Coded<SyncStatus>;
/// Two segments of an address: the partner, and the synchronisation.
type Address = Path<(String, String)>;

/// How many offers are withdrawn in a transaction: few enough that nobody waits for long.
const AT_ONCE: usize = 100;

/// A synchronisation of a partner's offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferSync {
    /// The identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// Where it is; an open one in which nothing is sent for a day expires.
    pub status: CodedSyncStatus,
    /// What became of the lines so far.
    pub lines: Summary,
    /// While it is open: how many offers completion would withdraw now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 2_147_483_647, example = 3)]
    pub would_withdraw: Option<usize>,
    /// How many offers it withdrew.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 0)]
    pub withdrawn: u32,
    /// Counts the changes; 1 at creation.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
    /// When it was opened (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-11-26T02:00:00Z")]
    pub created_at: String,
    /// When something was last sent in it (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-11-26T02:00:00Z")]
    pub updated_at: String,
    /// Where it is read.
    #[schema(format = "uri", max_length = 300)]
    pub url: String,
}

/// The opening of a synchronisation: an object without fields.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferSyncOpening {}

/// The completion of a synchronisation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferSyncCompletion {
    /// The greatest share of the partner's offers that may be withdrawn, in percent.
    #[schema(value_type = Option<u8>, required = false, minimum = 0, maximum = 100, default = 20,
        example = 20)]
    pub max_withdrawn_percent: (),
}

/// Open a synchronisation
///
/// Then send all the offers of the partner in batches, and complete it: those that have a
/// reference and were not sent are withdrawn. One is open at a time.
#[utoipa::path(
    tag = "offers",
    operation_id = "openOfferSync",
    params(("id" = String, Path, description = "The id of the partner", format = "uuid",
        min_length = 36, max_length = 36)),
    request_body(content = OfferSyncOpening, content_type = "application/json"),
    responses(
        (status = 201, description = "The synchronisation", body = OfferSync,
            headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "Another one is open: `sync` names it", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/partners/{id}/offers/syncs")]
pub(super) async fn open_offer_sync(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let answered = write
        .once_in(
            &platform,
            move |write, conn| whole_partner(conn, write.perimeter(), &id),
            move |write, conn, partner| {
                read_nothing(&body).map_err(ApiError::validation)?;
                let (id, now) = (Id::new(write.ids.next()), write.clock.now());
                // One in which nothing is sent makes way, whether that was told yet or not.
                expire_idle(conn, Some(partner), now)?;
                let opened = syncs::open(conn, id, partner, now);
                let sync = opened.map_err(|error| not_done(error, partner, &write.base))?;
                let shown = OfferSync::new(conn, &sync, &write.base)?;
                let (body, version) = (to_json(&shown)?, sync.record.version);
                Ok(Representation::created(version, shown.url, body))
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Read a synchronisation
///
/// Where it is, what became of the lines so far, and how many offers completion would withdraw.
#[utoipa::path(
    tag = "offers",
    operation_id = "getOfferSync",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("sync_id" = String, Path, description = "The id of the synchronisation", format = "uuid",
            min_length = 36, max_length = 36),
    ),
    responses((status = 200, description = "The synchronisation", body = OfferSync)),
)]
#[get("/v1/partners/{id}/offers/syncs/{sync_id}")]
pub(super) async fn get_offer_sync(
    caller: Caller<OffersReadRestricted>,
    req: HttpRequest,
    at: Address,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    params.format(&[Format::Json]);
    params.finish()?;
    let (perimeter, base) = (
        caller.client().perimeter.clone(),
        platform.public_url().to_owned(),
    );
    let shown = platform
        .read(move |conn| {
            let sync = find(conn, &perimeter, &at)?;
            OfferSync::new(conn, &sync, &base)
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .json(shown))
}

/// Complete a synchronisation
///
/// The offers of the partner that have a reference and were not sent in it are withdrawn, unless
/// they are more than `max_withdrawn_percent` of those that stand: then nothing is, and it stays
/// open. A completion that is cut short is asked for again.
#[utoipa::path(
    tag = "offers",
    operation_id = "completeOfferSync",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("sync_id" = String, Path, description = "The id of the synchronisation", format = "uuid",
            min_length = 36, max_length = 36),
    ),
    request_body(content = OfferSyncCompletion, content_type = "application/json"),
    responses(
        (status = 200, description = "The synchronisation, completed", body = OfferSync),
        (status = 409, description = "Too many offers would be withdrawn: `would_withdraw` and `percent` say how many; or it is over",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[post("/v1/partners/{id}/offers/syncs/{sync_id}/complete")]
pub(super) async fn complete_offer_sync(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    at: Address,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let perimeter = caller.client().perimeter.clone();
    let asked = at.clone();
    let sync = platform
        .read(move |conn| find(conn, &perimeter, &asked))
        .await?;
    let most = max_withdrawn(&body).map_err(ApiError::validation);
    if let (SyncStatus::Open, Ok(most)) = (sync.status, &most) {
        withdraw_unseen(&write, sync, *most, &platform).await?;
    }
    let answered = write
        .once_in(
            &platform,
            move |write, conn| find(conn, write.perimeter(), &at),
            move |write, conn, sync| {
                most?;
                let at = write.clock.now();
                let ended = syncs::end(conn, &sync, SyncStatus::Completed, at);
                let sync = ended.map_err(|error| over(error, &sync, &write.base))?;
                let shown = OfferSync::new(conn, &sync, &write.base)?;
                Ok(Representation::changed(
                    sync.record.version,
                    to_json(&shown)?,
                ))
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// Abandon a synchronisation
///
/// Nothing is withdrawn; what its batches wrote stays.
#[utoipa::path(
    tag = "offers",
    operation_id = "abandonOfferSync",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("sync_id" = String, Path, description = "The id of the synchronisation", format = "uuid",
            min_length = 36, max_length = 36),
    ),
    responses(
        (status = 204, description = "It is abandoned"),
        (status = 409, description = "It is over", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[delete("/v1/partners/{id}/offers/syncs/{sync_id}")]
pub(super) async fn abandon_offer_sync(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    at: Address,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    let answered = write
        .once_in(
            &platform,
            move |write, conn| find(conn, write.perimeter(), &at),
            |write, conn, sync| {
                let at = write.clock.now();
                let ended = syncs::end(conn, &sync, SyncStatus::Abandoned, at);
                ended.map_err(|error| over(error, &sync, &write.base))?;
                Ok(Representation::nothing())
            },
        )
        .await?;
    Ok(answered.respond(&req, &platform))
}

/// The synchronisation that an address names.
pub(super) fn find(
    conn: &mut Conn,
    perimeter: &Perimeter,
    (id, sync): &(String, String),
) -> Result<Sync, ApiError> {
    let partner = whole_partner(conn, perimeter, id)?;
    let sync = sync.parse().map_err(|_malformed| ApiError::not_found())?;
    syncs::find(conn, partner, sync)?.ok_or_else(ApiError::not_found)
}

/// Refuses a synchronisation that is over.
pub(super) fn open(sync: &Sync) -> Result<(), ApiError> {
    if sync.status == SyncStatus::Open {
        return Ok(());
    }
    Err(ApiError::new(Kind::SyncClosed).with("state", sync.status.code()))
}

/// Withdraws what was not seen, some at a time.
async fn withdraw_unseen(
    write: &Write,
    sync: Sync,
    most: MaxWithdrawn,
    platform: &Platform,
) -> Result<(), ApiError> {
    let base = write.base.clone();
    let unseen: Vec<Id<Offer>> = platform
        .read(move |conn| {
            let unseen = syncs::unseen(conn, &sync, most);
            unseen.map_err(|error| over(error, &sync, &base))
        })
        .await?;
    for some in unseen.chunks(AT_ONCE) {
        let (some, base, at) = (some.to_vec(), write.base.clone(), write.clock.now());
        platform
            .write(write.actor.clone(), move |conn, actor| {
                let done = syncs::withdraw(conn, &sync, &some, at, actor);
                done.map_err(|error| over(error, &sync, &base))
            })
            .await?;
    }
    Ok(())
}

impl OfferSync {
    fn new(conn: &mut Conn, sync: &Sync, base: &str) -> Result<Self, ApiError> {
        let everything = MaxWithdrawn::new(100).map_err(|error| ApiError::internal(&error))?;
        let would_withdraw = match sync.status {
            SyncStatus::Open => Some(syncs::unseen(conn, sync, everything)?.len()),
            _ => None,
        };
        let Sync {
            id,
            record,
            partner,
            status,
            counts,
            withdrawn,
        } = sync;
        Ok(Self {
            id: id.to_string(),
            status: (*status).into(),
            lines: (*counts).into(),
            would_withdraw,
            withdrawn: *withdrawn,
            version: record.version,
            created_at: instant(record.created_at),
            updated_at: instant(record.updated_at),
            url: address(base, *partner, *id),
        })
    }
}
