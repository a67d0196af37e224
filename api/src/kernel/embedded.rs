//! Lists that are compiled in: pages in a fixed order, tags that change with the build.

use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use data::Reference;
use serde::Serialize;

use super::{
    cache::{self, Read},
    negotiate::Format,
    params::{Params, Question},
    problem::{ApiError, Kind},
};
use crate::platform::Platform;

/// What the tag of everything compiled in begins with.
const SUBJECT: &str = "reference";

/// Which page of a list is asked.
#[derive(Debug)]
pub(crate) struct Asked {
    limit: usize,
    /// The code of the item that comes just before the page.
    after: Option<Vec<u8>>,
    question: Question,
}

/// A page of a list.
#[derive(Debug)]
pub(crate) struct Page<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// How many there are on all pages.
    pub(crate) total: usize,
    /// The absolute address of the next page.
    pub(crate) next: Option<String>,
}

impl Asked {
    /// Reads what every such list takes, and refuses every parameter that was not asked for.
    pub(crate) fn read(mut params: Params) -> Result<Self, ApiError> {
        params.format(&[Format::Json]);
        let limit = params.limit();
        let cursor = params.cursor();
        let question = params.finish()?;
        let after = cursor.map(|cursor| question.open(&cursor)).transpose()?;
        Ok(Self {
            limit,
            after,
            question,
        })
    }

    /// Refuses every parameter, for one object that is compiled in.
    pub(crate) fn nothing(req: &HttpRequest) -> Result<(), ApiError> {
        let mut params = Params::read(req)?;
        params.format(&[Format::Json]);
        params.finish().map(drop)
    }

    /// The page of `found` that begins after the item whose code the cursor holds.
    pub(crate) fn page<T, O>(
        &self,
        found: &[T],
        code: impl Fn(&T) -> &str,
        output: impl Fn(&T) -> O,
        platform: &Platform,
    ) -> Result<Page<O>, ApiError> {
        let rest = found.get(self.start(found, &code)?..).unwrap_or_default();
        let page = rest.get(..self.limit).unwrap_or(rest);
        let more = rest.len() > page.len();
        let next = page.last().filter(|_| more).map(|last| {
            let position = code(last).as_bytes();
            self.question.next(platform.public_url(), position)
        });
        Ok(Page {
            items: page.iter().map(output).collect(),
            total: found.len(),
            next,
        })
    }

    fn start<T>(&self, found: &[T], code: impl Fn(&T) -> &str) -> Result<usize, ApiError> {
        let Some(after) = &self.after else {
            return Ok(0);
        };
        let last = found.iter().position(|item| code(item).as_bytes() == after);
        let mismatch = || ApiError::new(Kind::CursorMismatch);
        last.map(|last| last.saturating_add(1)).ok_or_else(mismatch)
    }
}

/// The reference tables, compiled in: they are there before the index is.
pub(crate) fn reference() -> Result<&'static Reference, ApiError> {
    Reference::get().map_err(|error| ApiError::internal(error))
}

/// The answer that gives one object; a caller who has it already costs nothing to render for.
pub(crate) fn answer<B: Serialize>(req: &HttpRequest, body: impl FnOnce() -> B) -> HttpResponse {
    known_or(req, SUBJECT, body)
}

/// The same, of what depends on the day.
pub(crate) fn answer_of_day<B: Serialize>(
    req: &HttpRequest,
    day: NaiveDate,
    body: impl FnOnce() -> B,
) -> HttpResponse {
    known_or(req, &format!("{SUBJECT}.{day}"), body)
}

fn known_or<B: Serialize>(
    req: &HttpRequest,
    subject: &str,
    body: impl FnOnce() -> B,
) -> HttpResponse {
    let read = Read::fixed(req, subject, Format::Json);
    let known = read.not_modified(req);
    known.unwrap_or_else(|| read.ok().json(body()))
}

/// The answer that gives a page, with its total and the link to what follows; for a caller who
/// has it already, which takes no unit of a limit, nothing is looked for.
pub(crate) fn answer_page<T, B: Serialize>(
    req: &HttpRequest,
    page: impl FnOnce() -> Result<Page<T>, ApiError>,
    body: impl FnOnce(Page<T>) -> B,
) -> Result<HttpResponse, ApiError> {
    let read = Read::fixed(req, SUBJECT, Format::Json);
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    let page = page()?;
    let mut response = read.ok();
    response.insert_header((cache::TOTAL_COUNT, page.total));
    if let Some(next) = &page.next {
        response.append_header(cache::link_next(next));
    }
    Ok(response.json(body(page)))
}

/// Declares the answer of a list of `$item`, as it is written and as the document tells it.
macro_rules! embedded_list {
    ($(#[$meta:meta])* $name:ident of $item:ident) => {
        $(#[$meta])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub(crate) struct $name {
            /// One page, in a fixed order.
            #[schema(max_items = 100)]
            pub items: Vec<$item>,
            /// How many there are on all pages, exactly.
            #[schema(value_type = i32, minimum = 0, maximum = 1_000_000)]
            pub total: usize,
            /// The absolute address of the next page; absent on the last one.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false, format = "uri", max_length = 9000)]
            pub next: Option<String>,
            /// Where the data comes from, and its licence.
            pub source: $crate::kernel::page::Source,
        }

        impl $name {
            /// The answer made of the page that is found, if it has to be.
            fn answer(
                req: &actix_web::HttpRequest,
                source: $crate::kernel::page::Source,
                page: impl FnOnce() -> Result<
                    $crate::kernel::embedded::Page<$item>,
                    $crate::kernel::problem::ApiError,
                >,
            ) -> Result<actix_web::HttpResponse, $crate::kernel::problem::ApiError> {
                $crate::kernel::embedded::answer_page(req, page, |page| {
                    let $crate::kernel::embedded::Page { items, total, next } = page;
                    Self { items, total, next, source }
                })
            }
        }
    };
}
pub(crate) use embedded_list;
