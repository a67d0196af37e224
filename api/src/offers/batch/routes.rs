//! `POST /v1/partners/{id}/offers/batch`, and the same within a synchronisation.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    post, rt,
    web::{Bytes, Data, Path, block},
};
use domain::{kernel::Id, partners::Partner};
use futures_util::stream;
use persistence::{
    Conn, give_way,
    offers::{
        self,
        syncs::{self, Sync, SyncCounts},
    },
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};
use utoipa::IntoParams;

use super::{
    chunk::{self, Outcome},
    told::{BatchEnd, BatchLines, LineResult},
};
use crate::{
    kernel::{
        cache::CATALOGUE_REVISION,
        caller::{Caller, OffersWrite},
        context::RequestContext,
        idempotency,
        lines::{Lines, LinesBody},
        params::Params,
        problem::{self, ApiError, Kind, Problem},
        write::Write,
    },
    offers::{partner::partner, sync},
    platform::Platform,
};

/// How many lines are written in a transaction: few enough that nobody waits for long.
const AT_ONCE: usize = 100;
/// After how many new offers the database is told that its tables are longer, and then again
/// after ten times as many: what is longer only is answered alike.
const STOCK_AT: u32 = 1_000;
/// How long a batch may take in all.
const WHOLE: Duration = Duration::from_mins(10);

/// Whether anything is kept.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct DryRun {
    /// Says what each line would come to, and keeps nothing; each is held against what is kept,
    /// and not against the lines before it, beyond those that are read with it.
    #[param(required = false, value_type = bool)]
    dry_run: Option<String>,
}

/// Write many offers
///
/// One offer a line, with its `reference` (`application/x-ndjson`), each written as `PUT` by its
/// reference would: up to 50,000 lines and 50 MiB, 128 KiB a line. The answer tells of each line
/// in order, while the next ones are read: whether it made an offer, changed one, changed nothing,
/// or was refused and why; the last line counts them. Good lines are kept whatever becomes of the
/// others. They are kept some at a time: what was kept when the connection breaks stays, and the
/// same lines sent again change nothing. Thirty seconds without a byte, or ten minutes in all, end
/// the batch: the last line says so in `problem`.
#[utoipa::path(
    tag = "offers",
    operation_id = "writeOffers",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        DryRun,
    ),
    request_body(content = BatchLines, content_type = "application/x-ndjson",
        description = "A JSON object a line: the body of `PUT` by its reference, and `reference`."),
    responses(
        (status = 200, description = "A JSON object for each line: `line`, `reference`, `outcome` (of `/v1/code-lists/line-outcomes`), `id`, `errors`; then one with `summary`, and with `problem` when the body was not read to its end.",
            body = String, content_type = "application/x-ndjson"),
    ),
)]
#[post("/v1/partners/{id}/offers/batch")]
pub(crate) async fn write_offers(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    id: Path<String>,
    body: LinesBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    idempotency::refuse(&req)?;
    let perimeter = caller.client().perimeter.clone();
    let found = platform
        .read(move |conn| Ok(partner(conn, &perimeter, &id)?.id))
        .await?;
    let lines = body.open()?;
    let dry = dry_run(&req)?;
    let write = Write::new(&caller, &req, &platform)?;
    Ok(answer(
        &req,
        platform,
        lines,
        Batch::new(write, found, None, dry),
    ))
}

/// Write many offers of a synchronisation
///
/// As outside one; the offers of its lines, refused ones included, are seen: completion does not
/// withdraw them.
#[utoipa::path(
    tag = "offers",
    operation_id = "writeSyncOffers",
    params(
        ("id" = String, Path, description = "The id of the partner", format = "uuid",
            min_length = 36, max_length = 36),
        ("sync_id" = String, Path, description = "The id of the synchronisation", format = "uuid",
            min_length = 36, max_length = 36),
        DryRun,
    ),
    request_body(content = BatchLines, content_type = "application/x-ndjson",
        description = "A JSON object a line: the body of `PUT` by its reference, and `reference`."),
    responses(
        (status = 200, description = "A JSON object for each line: `line`, `reference`, `outcome` (of `/v1/code-lists/line-outcomes`), `id`, `errors`; then one with `summary`, and with `problem` when the body was not read to its end.",
            body = String, content_type = "application/x-ndjson"),
        (status = 409, description = "The synchronisation is over", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/partners/{id}/offers/syncs/{sync_id}/batch")]
pub(crate) async fn write_sync_offers(
    caller: Caller<OffersWrite>,
    req: HttpRequest,
    at: Path<(String, String)>,
    body: LinesBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    idempotency::refuse(&req)?;
    let perimeter = caller.client().perimeter.clone();
    let found = platform
        .read(move |conn| sync::find(conn, &perimeter, &at))
        .await?;
    let lines = body.open()?;
    let dry = dry_run(&req)?;
    sync::open(&found)?;
    let write = Write::new(&caller, &req, &platform)?;
    let batch = Batch::new(write, found.partner, Some(found), dry);
    Ok(answer(&req, platform, lines, batch))
}

fn dry_run(req: &HttpRequest) -> Result<bool, ApiError> {
    let mut params = Params::read(req)?;
    let dry = params.boolean("dry_run").unwrap_or(false);
    params.finish()?;
    Ok(dry)
}

/// A batch about to be written.
#[derive(Clone)]
struct Batch {
    write: Arc<Write>,
    partner: Id<Partner>,
    sync: Option<Sync>,
    dry: bool,
}

/// Answers while the lines are written: they are read and written by a task of their own, which
/// does not wait for the caller to read what became of them, since many send all before they read.
fn answer(req: &HttpRequest, platform: Data<Platform>, lines: Lines, batch: Batch) -> HttpResponse {
    let (sender, receiver) = unbounded_channel();
    let catalogue = platform.catalogue();
    let revision = catalogue.map_or(0, |catalogue| catalogue.revision());
    let context = RequestContext::of(req);
    rt::spawn(async move { batch.run(lines, &platform, &sender, &context).await });
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((CATALOGUE_REVISION, revision))
        .insert_header((CONTENT_TYPE, "application/x-ndjson"))
        .streaming(told(receiver))
}

/// What is told, as it comes.
fn told(
    receiver: UnboundedReceiver<String>,
) -> impl futures_util::Stream<Item = Result<Bytes, ApiError>> {
    stream::unfold(receiver, |mut receiver| async {
        let text = receiver.recv().await?;
        Some((Ok(Bytes::from(text)), receiver))
    })
}

impl Batch {
    fn new(write: Write, partner: Id<Partner>, sync: Option<Sync>, dry: bool) -> Self {
        Self {
            write: Arc::new(write),
            partner,
            sync,
            dry,
        }
    }

    async fn run(
        self,
        lines: Lines,
        platform: &Data<Platform>,
        sender: &UnboundedSender<String>,
        context: &RequestContext,
    ) {
        let mut counts = SyncCounts::default();
        let all = self.write_all(lines, platform, sender, &mut counts);
        let ended = timeout(WHOLE, all).await;
        let late = |_elapsed| ApiError::new(Kind::RequestTimeout);
        let stopped = ended.map_err(late).and_then(|ended| ended).err();
        if !self.dry {
            // What is written is written: the follower will apply it if this cannot.
            if let Err(error) = platform.catch_up().await {
                log::warn!(target: "atigip", cause:% = error; "A batch is not in the catalogue yet.");
            }
        }
        let base = platform.public_url();
        let end = BatchEnd {
            summary: counts.into(),
            problem: stopped
                .map(|error| problem::body(&error, base, context.uuid, context.language)),
        };
        if let Ok(text) = serde_json::to_string(&end) {
            // Who is gone is not told.
            let _gone = sender.send(format!("{text}\n"));
        }
    }

    async fn write_all(
        &self,
        mut lines: Lines,
        platform: &Data<Platform>,
        sender: &UnboundedSender<String>,
        counts: &mut SyncCounts,
    ) -> Result<(), ApiError> {
        let mut stock_at = STOCK_AT;
        loop {
            let some = lines.next(AT_ONCE).await?;
            if some.is_empty() {
                return Ok(());
            }
            let Outcome {
                results,
                counts: more,
                ..
            } = self.write_some(some, platform).await?;
            counts.created = counts.created.saturating_add(more.created);
            counts.updated = counts.updated.saturating_add(more.updated);
            counts.unchanged = counts.unchanged.saturating_add(more.unchanged);
            counts.refused = counts.refused.saturating_add(more.refused);
            let mut text = String::new();
            results
                .iter()
                .try_for_each(|result: &LineResult| result.write(&mut text))?;
            if sender.send(text).is_err() {
                return Err(ApiError::new(Kind::MalformedRequest));
            }
            if !self.dry && counts.created >= stock_at {
                stock_at = stock_at.saturating_mul(10);
                let taken = platform.db()?.read(offers::take_stock).await;
                if let Err(error) = taken {
                    log::warn!(target: "atigip", cause:% = error; "The tables of offers are longer than the database knows.");
                }
            }
        }
    }

    async fn write_some(
        &self,
        lines: Vec<crate::kernel::lines::Line>,
        platform: &Data<Platform>,
    ) -> Result<Outcome, ApiError> {
        let (write, shared) = (self.write.clone(), platform.clone());
        // Lines are read before the turn to write is taken.
        let read = block(move || {
            give_way();
            chunk::read(lines, &write, &shared)
        })
        .await;
        let read = read.map_err(|error| ApiError::internal(&error))?;
        let batch = self.clone();
        let writing = move |conn: &mut Conn| {
            let write = &batch.write;
            let outcome = chunk::write(conn, write, batch.partner, read, batch.dry)?;
            if let Some(sync) = batch.sync.as_ref().filter(|_| !batch.dry) {
                let at = write.clock.now();
                syncs::see(conn, sync, &outcome.seen, outcome.counts, at)?;
            }
            Ok(outcome)
        };
        if self.dry {
            return platform.read(writing).await;
        }
        platform.db()?.write(writing).await
    }
}
