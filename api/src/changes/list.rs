//! `GET /v1/changes`: what changed since a position.

use std::collections::BTreeSet;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{self, HeaderName, HeaderValue},
    web::Data,
};
use domain::{
    audit::{AuditAction, Resource},
    changes::{Change, EventType},
    clients::Scope,
    kernel::Code,
};
use persistence::{Conn, changes};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    payload::{ChangeList, ChangeOutput, ChangedResource, collection},
    sight::Sight,
};
use crate::{
    kernel::{
        cache::{CATALOGUE_REVISION, Read, link_next},
        caller::{CallerClient, MaybeCaller},
        coded::Bare,
        embedded::reference,
        encoding::decode_query,
        negotiate::Format,
        params::Params,
        problem::{ApiError, Kind, Problem},
        text::Text,
    },
    platform::Platform,
};

type EventTypeCode = Bare<EventType>;

/// The question.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
struct ChangesQuestion {
    /// The position already seen: changes that come after it are given.
    #[param(
        required = false,
        minimum = 0,
        maximum = 9_007_199_254_740_991_i64,
        default = 0,
        example = 0
    )]
    after: Option<i64>,
    /// Changes at most; above 100, 100 are given.
    #[param(
        required = false,
        minimum = 1,
        maximum = 1_000_000,
        default = 20,
        example = 20
    )]
    limit: Option<i32>,
    /// Only changes to these resources, in the singular, separated by commas.
    #[param(
        required = false,
        explode = false,
        style = Form,
        inline,
        min_items = 1,
        max_items = 100,
        value_type = Vec<ChangedResource>,
        example = json!(["establishment"])
    )]
    resource: Option<Vec<String>>,
    /// Only events of these types, separated by commas.
    #[param(
        required = false,
        explode = false,
        style = Form,
        inline,
        min_items = 1,
        max_items = 100,
        value_type = Vec<EventTypeCode>
    )]
    r#type: Option<Vec<String>>,
}

/// What was asked, once it is known to be well asked.
#[derive(Debug, Clone)]
struct Asked {
    sight: Sight,
    after: i64,
    limit: usize,
    events: Vec<EventType>,
}

/// What the log answered.
struct Found {
    changes: Vec<Change>,
    oldest: Option<i64>,
    end: i64,
    /// Whether the position asked for is a number of this log.
    given: bool,
}

/// Follow the changes
///
/// Every change that you may see, in the order in which they were made: whoever has seen one has
/// seen all before it. Give the `position` of an answer as `after` of the next question; it moves
/// on even when every change was hidden from you or filtered out. Changes of establishments, of
/// partners, and of offers that are or were shown to everybody need no token: when an offer is
/// hidden, or shown to fewer, those who could see it are told, since they may have a copy to drop.
/// A token with `changes:read` and one of these scopes follows more. `offers:read-restricted`:
/// the offers of your view, and every offer of your perimeter, drafts included. `holds:read`: the
/// holds that you made, and those on your posts. `habilitations:read`: the dossiers that you may
/// know of, and what is told of them is written down in the journal. A position older than what is
/// kept, or that this log has never given since the database was restored from a backup, is
/// answered by 410: start again from the exports, whose `Catalogue-Revision` is the position to go
/// on from, and from your own lists for what no export holds.
#[utoipa::path(
    tag = "changes",
    operation_id = "listChanges",
    params(ChangesQuestion),
    responses(
        (status = 200, description = "The changes", body = ChangeList),
        (status = 410, description = "These changes are no longer kept: `oldest` is the oldest that is, and `exports` where to start again",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
#[get("/v1/changes")]
pub(super) async fn list_changes(
    caller: MaybeCaller,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let asked = Asked::read(&mut params, caller.with(Scope::ChangesRead));
    params.format(&[Format::Json]);
    params.finish()?;
    let question = asked.clone();
    let found = platform.read(move |conn| find(conn, &question)).await?;
    found.check(&asked, platform.public_url())?;
    write_down(&req, &asked, &found, &platform).await?;
    Ok(answer(&req, &asked, &found, &platform))
}

impl Asked {
    fn read(params: &mut Params, client: Option<&CallerClient>) -> Self {
        let sight = Sight::of(client);
        let after = params.integer("after", 0..=9_007_199_254_740_991);
        let limit = params.limit();
        let resources = params.words("resource", &ChangedResource::all(), 100);
        let types: Vec<EventType> = params.codes("type");
        let wanted = |event: &EventType| {
            sight.shows(*event)
                && (resources.is_empty() || resources.contains(&event.resource()))
                && (types.is_empty() || types.contains(event))
        };
        let events = EventType::all().iter().copied().filter(wanted).collect();
        Self {
            sight,
            after: after.unwrap_or(0),
            limit,
            events,
        }
    }

    /// Where whoever asks for these events starts again: an export for each resource that has one.
    fn exports(&self, base: &str) -> Vec<String> {
        let public = self.events.iter().filter(|event| event.is_public());
        let mut names: Vec<&str> = public.map(|event| event.resource()).collect();
        names.dedup();
        let exports = names.into_iter().map(collection);
        exports
            .map(|name| format!("{base}/v1/{name}/export"))
            .collect()
    }
}

impl Found {
    /// Refuses a position from which changes are missing: it is older than what is kept, or is
    /// of a log that this one is not.
    fn check(&self, asked: &Asked, base: &str) -> Result<(), ApiError> {
        let after = asked.after;
        let forgotten = self
            .oldest
            .filter(|oldest| after.saturating_add(1) < *oldest);
        let detail = match (forgotten, self.given) {
            (Some(oldest), _) => Text::made(
                format!("The oldest change that is kept is number {oldest}."),
                format!("Le plus ancien changement conservé est le numéro {oldest}."),
            ),
            (None, false) => Text::made(
                format!("No change of this log has the number {after}."),
                format!("Aucun changement de ce journal n'a le numéro {after}."),
            ),
            (None, true) => return Ok(()),
        };
        Err(ApiError::new(Kind::CursorExpired)
            .detail(detail)
            .with("oldest", self.oldest.unwrap_or(0))
            .with("exports", asked.exports(base)))
    }

    /// The last change examined: the last of a full page, else the end of the log.
    fn position(&self, limit: usize) -> i64 {
        let last = self.changes.last().filter(|_| self.is_full(limit));
        last.map_or(self.end, |change| change.sequence)
    }

    /// The dossiers of which something is told, each once.
    fn dossiers(&self) -> BTreeSet<Option<Uuid>> {
        let changes = self.changes.iter().map(|change| &change.what);
        let of_dossiers = changes.filter(|what| what.event.resource() == "habilitation");
        of_dossiers.map(|what| Some(what.resource_id)).collect()
    }

    fn is_full(&self, limit: usize) -> bool {
        self.changes.len() >= limit
    }
}

/// Writes down of which dossiers something is told. Of offers and holds, that something happened
/// and when is no restricted reading.
async fn write_down(
    req: &HttpRequest,
    asked: &Asked,
    found: &Found,
    platform: &Platform,
) -> Result<(), ApiError> {
    let dossiers = found.dossiers();
    match &asked.sight {
        Sight::Own(client) if !dossiers.is_empty() => {
            let (read, told) = (AuditAction::Read, Resource::HABILITATION);
            platform
                .journal(client.actor(req), read, told, dossiers)
                .await
        }
        _ => Ok(()),
    }
}

/// Changes and the bounds of the log, as one reading sees them.
fn find(conn: &mut Conn, asked: &Asked) -> Result<Found, ApiError> {
    let (after, limit) = (asked.after, asked.limit);
    let follower = asked.sight.follower(reference()?);
    let oldest = changes::oldest(conn)?;
    let start = oldest.map_or(0, |oldest| oldest.saturating_sub(1));
    Ok(Found {
        given: after == start || changes::has_given(conn, after)?,
        oldest,
        end: changes::position(conn)?,
        changes: changes::of_types(
            conn,
            after,
            &asked.events,
            &follower,
            u32::try_from(limit).unwrap_or(u32::MAX),
        )?,
    })
}

/// A follower wants what is true now, and what its token lets it see: the answer is not kept.
fn answer(req: &HttpRequest, asked: &Asked, found: &Found, platform: &Platform) -> HttpResponse {
    let position = found.position(asked.limit);
    let (read, fresh) = reading(req, found.end, &asked.sight);
    if let Some(mut known) = read.not_modified(req) {
        for (name, value) in fresh {
            known.headers_mut().insert(name, value);
        }
        return known;
    }
    let base = platform.public_url();
    let more = found.is_full(asked.limit) && position < found.end;
    let next = more.then(|| next_address(req, base, position));
    let mut response = read.ok();
    for header in fresh {
        response.insert_header(header);
    }
    if let Some(next) = &next {
        response.insert_header(link_next(next));
    }
    let items = found.changes.iter();
    response.json(ChangeList {
        items: items
            .map(|change| ChangeOutput::new(change, base))
            .collect(),
        position,
        next,
        source: crate::establishments::source(),
    })
}

/// The tag of what such a caller sees, and the headers that keep a follower up to date: a copy
/// is never used without asking.
fn reading(req: &HttpRequest, end: i64, sight: &Sight) -> (Read, [(HeaderName, HeaderValue); 2]) {
    let subject = format!("r{end}.{}", sight.subject());
    let read = Read::fixed(req, &subject, Format::Json);
    let fresh = [
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static(sight.cache_control()),
        ),
        (CATALOGUE_REVISION, HeaderValue::from(end)),
    ];
    (read, fresh)
}

/// The same question, after `position`.
fn next_address(req: &HttpRequest, base: &str, position: i64) -> String {
    let others = req.query_string().split('&');
    let is_after = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        decode_query(name).is_some_and(|name| name == "after")
    };
    let kept = others.filter(|pair| !pair.is_empty() && !is_after(pair));
    let mut query: Vec<&str> = kept.collect();
    let after = format!("after={position}");
    query.push(&after);
    format!("{base}{}?{}", req.path(), query.join("&"))
}
