//! What both lists of holds have in common: their filters, and a page of what a caller may know.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, VARY},
};
use chrono::{DateTime, Utc};
use domain::{
    audit::{AuditAction, Resource},
    holds::{Hold, HoldStatus},
    kernel::Id,
    offers::Offer,
};
use persistence::{
    Conn, DbError,
    holds::{self, HoldPage, HoldQuestion, HoldReach},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    payload::HoldOutput,
    view::{Hosts, View},
};
use crate::{
    kernel::{
        cache::{TOTAL_COUNT, link_next},
        caller::{Caller, CallerClient, HoldsRead},
        coded::Bare,
        negotiate::Format,
        params::{Params, Question},
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

type HoldStatusCode = Bare<HoldStatus>;

/// The filters of both lists.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HoldFilters {
    /// States, as time makes them: a hold that was not confirmed in time has expired.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<HoldStatusCode>)]
    status: Option<String>,
    /// Whose work starts on that day or later.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2026-12-01")]
    starts_from: Option<String>,
    /// Whose work starts on that day or earlier.
    #[param(required = false, value_type = String, format = Date, min_length = 10,
        max_length = 10, example = "2026-12-31")]
    starts_until: Option<String>,
}

/// A page of holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldList {
    /// The holds, in the order in which they were made.
    #[schema(max_items = 100)]
    pub items: Vec<HoldOutput>,
    /// How many there are on all pages.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub total: i64,
    /// The absolute address of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 8192)]
    pub next: Option<String>,
}

/// What was asked, once it is known to be well asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) holds: HoldQuestion,
    limit: usize,
    after: Option<Id<Hold>>,
    question: Question,
}

/// A page, and whose the posts are.
pub(super) struct Found {
    page: HoldPage,
    hosts: Hosts,
}

impl Asked {
    /// Reads the filters, and `offer` where the list is of several.
    pub(super) fn read(req: &HttpRequest, of_several: bool) -> Result<Self, ApiError> {
        let mut params = Params::read(req)?;
        let holds = filters(&mut params, of_several);
        params.format(&[Format::Json]);
        let limit = params.limit();
        let cursor = params.cursor();
        let question = params.finish()?;
        let opened = cursor.map(|cursor| question.open(&cursor)).transpose()?;
        let after = opened.map(|bytes| {
            let id = Uuid::from_slice(&bytes).map(Id::new);
            id.map_err(|_other_bytes| ApiError::new(Kind::CursorMismatch))
        });
        Ok(Self {
            holds,
            limit,
            after: after.transpose()?,
            question,
        })
    }

    /// The same, of what a client may know of: its own holds, those on its posts for a host, all
    /// of them for the agency.
    pub(super) fn seen_by(mut self, client: &CallerClient) -> Self {
        self.holds.reach = HoldReach::of(client.id, client.role, &client.perimeter);
        self
    }

    /// The page, at an instant.
    pub(super) fn find(&self, conn: &mut Conn, at: DateTime<Utc>) -> Result<Found, DbError> {
        let limit = u32::try_from(self.limit).unwrap_or(u32::MAX);
        let page = holds::page(conn, &self.holds, at, self.after, limit)?;
        let mut offers: Vec<Id<Offer>> = page.holds.iter().map(|hold| hold.offer).collect();
        offers.sort_unstable();
        offers.dedup();
        let hosts = Hosts(holds::hosts(conn, &offers)?);
        Ok(Found { page, hosts })
    }

    /// The answer, once the reading is written down.
    pub(super) async fn answer(
        &self,
        found: &Found,
        caller: &Caller<HoldsRead>,
        platform: &Platform,
    ) -> Result<HttpResponse, ApiError> {
        let Found { page, hosts } = found;
        let shown = page.holds.iter().map(|hold| Some(hold.id.uuid()));
        platform
            .journal(caller.actor(), AuditAction::Read, Resource::HOLD, shown)
            .await?;
        let last = page.holds.last().filter(|_| page.more);
        let next = last.map(|last| {
            let position = last.id.uuid();
            self.question
                .next(platform.public_url(), position.as_bytes())
        });
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CACHE_CONTROL, "private, no-cache"))
            .insert_header((VARY, "Authorization"))
            .insert_header((TOTAL_COUNT, page.total));
        if let Some(next) = &next {
            response.insert_header(link_next(next));
        }
        let client = caller.client();
        let items = page.holds.iter();
        Ok(response.json(HoldList {
            items: items
                .filter_map(|hold| output(hold, hosts, client, platform))
                .collect(),
            total: page.total,
            next,
        }))
    }
}

impl Found {
    /// Whether no page has any.
    pub(super) const fn is_empty(&self) -> bool {
        self.page.total == 0
    }
}

/// A hold as a client sees it.
fn output(
    hold: &Hold,
    hosts: &Hosts,
    client: &CallerClient,
    platform: &Platform,
) -> Option<HoldOutput> {
    let standing = hosts.standing(client, hold)?;
    let holder = platform.directory.client(hold.request.holder);
    let view = View {
        client,
        standing,
        holder: holder.as_deref().map(|it| (it.name.as_str(), it.role)),
        now: platform.clock.now(),
        base: platform.public_url(),
    };
    Some(HoldOutput::new(hold, &view))
}

fn filters(params: &mut Params, of_several: bool) -> HoldQuestion {
    let id = Text::new(
        "identifiers (UUID), separated by commas",
        "des identifiants (UUID), séparés par des virgules",
    );
    let offer = |text: &str| Uuid::try_parse(text).ok().map(Id::new);
    let offers = if of_several {
        params.each("offer", Fault::Format, || id, offer)
    } else {
        Vec::new()
    };
    let question = HoldQuestion {
        offers,
        statuses: params.codes("status"),
        starts_from: params.date("starts_from"),
        starts_until: params.date("starts_until"),
        updated_since: params.instant("updated_since"),
        ..HoldQuestion::default()
    };
    if let (Some(from), Some(until)) = (question.starts_from, question.starts_until)
        && from > until
    {
        let order = Text::new(
            "`starts_from` comes before `starts_until`",
            "`starts_from` précède `starts_until`",
        );
        params.refuse("starts_from", Fault::Order, order);
    }
    question
}
