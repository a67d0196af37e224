//! `GET /v1/audit`: who did or read what.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, VARY},
    web::Data,
};
use chrono::{DateTime, Utc};
use domain::{
    audit::{AuditAction, Resource},
    kernel::Id,
};
use persistence::audit::{self, AuditPage, AuditQuestion, Place};
use utoipa::IntoParams;
use uuid::Uuid;

use super::payload::{AuditEntryOutput, AuditList};
use crate::{
    kernel::{
        cache::{TOTAL_COUNT, link_next},
        caller::{AuditRead, Caller},
        coded::Bare,
        negotiate::Format,
        page::Cursor,
        params::{Params, Question, documents::Paging},
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

type ActionCode = Bare<AuditAction>;

/// The question.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
struct AuditParameters {
    /// Only entries of this instant or later (RFC 3339).
    #[param(required = false, format = DateTime, max_length = 40, example = "2026-07-01T00:00:00Z")]
    from: Option<String>,
    /// Only entries before this instant (RFC 3339).
    #[param(required = false, format = DateTime, max_length = 40, example = "2026-08-01T00:00:00Z")]
    until: Option<String>,
    /// Only what these clients did, by their ids, separated by commas.
    #[param(
        required = false,
        explode = false,
        style = Form,
        inline,
        min_items = 1,
        max_items = 100,
        value_type = Vec<crate::kernel::patterns::IdText>
    )]
    client: Option<Vec<String>>,
    /// Only these actions, separated by commas.
    #[param(
        required = false,
        explode = false,
        style = Form,
        inline,
        min_items = 1,
        max_items = 100,
        value_type = Vec<ActionCode>
    )]
    action: Option<Vec<String>>,
    /// Only what was done to this resource, in the singular.
    #[param(required = false, max_length = 40, example = "establishment")]
    resource: Option<String>,
    /// Only what was done to the object of this id.
    #[param(required = false, format = "uuid", max_length = 36)]
    resource_id: Option<String>,
}

/// What was asked, once it is known to be well asked.
struct Asked {
    filters: AuditQuestion,
    limit: usize,
    start: Option<Start>,
    question: Question,
}

/// Where a page begins.
#[derive(Clone, Copy)]
struct Start {
    /// The last number of the journal when the first page was read.
    last: i64,
    after: Place,
}

/// Read the journal
///
/// Every write, every token that was given and every reading of restricted data, the newest
/// first: who, when, in which role, by which request. Identifiers, never values. Reading the
/// journal is itself in it. All pages are of the journal as it was when the first was read.
#[utoipa::path(
    tag = "audit",
    operation_id = "listAudit",
    params(AuditParameters, Paging),
    responses((status = 200, description = "The entries", body = AuditList)),
)]
#[get("/v1/audit")]
pub(super) async fn list_audit(
    caller: Caller<AuditRead>,
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let asked = Asked::read(&req)?;
    platform
        .journal(caller.actor(), AuditAction::Read, Resource::AUDIT, [None])
        .await?;
    let (filters, limit, start) = (asked.filters.clone(), asked.limit, asked.start);
    let (page, last) = platform
        .read(move |conn| {
            let last = start.map_or_else(|| audit::position(conn), |start| Ok(start.last))?;
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let after = start.map(|start| start.after);
            Ok((audit::page(conn, &filters, last, after, limit)?, last))
        })
        .await?;
    Ok(answer(&asked.question, &page, last, &platform))
}

impl Asked {
    fn read(req: &HttpRequest) -> Result<Self, ApiError> {
        let mut params = Params::read(req)?;
        let filters = filters(&mut params);
        let limit = params.limit();
        let cursor = params.cursor();
        params.format(&[Format::Json]);
        let question = params.finish()?;
        let start = cursor.map(|cursor| Start::open(&cursor, &question));
        Ok(Self {
            filters,
            limit,
            start: start.transpose()?,
            question,
        })
    }
}

fn filters(params: &mut Params) -> AuditQuestion {
    let (from, until) = (params.instant("from"), params.instant("until"));
    if let (Some(from), Some(until)) = (from, until)
        && from > until
    {
        let order = Text::new("`from` comes before `until`", "`from` précède `until`");
        params.refuse("from", Fault::Order, order);
    }
    let id = Text::new(
        "identifiers (UUID), separated by commas",
        "des identifiants (UUID), séparés par des virgules",
    );
    let client = |text: &str| Uuid::try_parse(text).ok().map(Id::new);
    let resources: Vec<(String, Resource)> = Resource::all()
        .into_iter()
        .map(|resource| (resource.to_string(), resource))
        .collect();
    let names: Vec<&str> = resources.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(", ");
    let accepted = Text::made(format!("one of: {names}"), format!("un parmi : {names}"));
    AuditQuestion {
        from,
        until,
        clients: params.each("client", Fault::Format, || id, client),
        actions: params.codes("action"),
        resource: params.parsed(
            "resource",
            Fault::Code,
            || accepted,
            |text| {
                let found = resources.iter().find(|(name, _)| name == text);
                found.map(|(_, resource)| resource.clone())
            },
        ),
        resource_id: params.uuid("resource_id"),
    }
}

impl Start {
    /// What a cursor holds; `cursor-mismatch` unless it is of this question.
    fn open(cursor: &Cursor, question: &Question) -> Result<Self, ApiError> {
        let bytes = question.open(cursor)?;
        Self::read(&bytes).ok_or_else(|| ApiError::new(Kind::CursorMismatch))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (last, rest) = bytes.split_first_chunk()?;
        let (at, rest) = rest.split_first_chunk()?;
        let at = DateTime::<Utc>::from_timestamp_micros(i64::from_be_bytes(*at))?;
        let sequence = i64::from_be_bytes(rest.try_into().ok()?);
        Some(Self {
            last: i64::from_be_bytes(*last),
            after: Place { at, sequence },
        })
    }

    fn to_bytes(self) -> Vec<u8> {
        let Place { at, sequence } = self.after;
        [self.last, at.timestamp_micros(), sequence]
            .map(i64::to_be_bytes)
            .concat()
    }
}

/// Nothing of it is kept by a cache: what was read is read again, and written down again.
fn answer(question: &Question, page: &AuditPage, last: i64, platform: &Platform) -> HttpResponse {
    let oldest = page.entries.last().filter(|_| page.more);
    let next = oldest.map(|entry| {
        let after = Place {
            at: entry.what.at,
            sequence: entry.sequence,
        };
        let start = Start { last, after };
        question.next(platform.public_url(), &start.to_bytes())
    });
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .insert_header((VARY, "Authorization"))
        .insert_header((TOTAL_COUNT, page.total));
    if let Some(next) = &next {
        response.insert_header(link_next(next));
    }
    response.json(AuditList {
        items: page.entries.iter().map(AuditEntryOutput::from).collect(),
        total: page.total,
        next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_page_is_read_back_as_it_was_written() {
        let start = Start {
            last: 42,
            after: Place {
                at: "2026-07-01T10:00:00.123456Z".parse().unwrap(),
                sequence: 7,
            },
        };
        let bytes = start.to_bytes();
        let back = Start::read(&bytes).unwrap();
        assert_eq!((back.last, back.after), (42, start.after));
        for cut in 0..bytes.len() {
            assert!(Start::read(&bytes[..cut]).is_none(), "cut at {cut}");
        }
    }
}
