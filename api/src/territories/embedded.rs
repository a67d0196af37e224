//! Lists that are compiled in: pages in a fixed order, tags that change with the build.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::{
    kernel::{
        cache::{self, Read},
        negotiate::Format,
        page::Cursor,
        params::{Params, Question},
        problem::{ApiError, Kind},
    },
    platform::Platform,
};

/// What the tag of everything compiled in begins with.
const SUBJECT: &str = "reference";

/// Which page of a list is asked.
#[derive(Debug)]
pub(crate) struct Asked {
    limit: usize,
    cursor: Option<Cursor>,
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
        Ok(Self {
            limit,
            cursor,
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
        let Some(cursor) = &self.cursor else {
            return Ok(0);
        };
        let position = self.question.open(cursor)?;
        let last = found
            .iter()
            .position(|item| code(item).as_bytes() == position);
        let mismatch = || ApiError::new(Kind::CursorMismatch);
        last.map(|last| last.saturating_add(1)).ok_or_else(mismatch)
    }
}

/// The answer of a read of what is compiled in, with its tag and the link to what follows.
pub(crate) fn answer(req: &HttpRequest, body: &impl Serialize, next: Option<&str>) -> HttpResponse {
    let read = Read::fixed(req, SUBJECT, Format::Json);
    read.not_modified(req).unwrap_or_else(|| {
        let mut response = read.ok();
        if let Some(next) = next {
            response.append_header(cache::link_next(next));
        }
        response.json(body)
    })
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
            /// The answer made of a page.
            fn answer(
                req: &actix_web::HttpRequest,
                page: $crate::territories::Page<$item>,
                source: $crate::kernel::page::Source,
            ) -> actix_web::HttpResponse {
                let $crate::territories::Page { items, total, next } = page;
                let body = Self { items, total, next, source };
                $crate::territories::answer(req, &body, body.next.as_deref())
            }
        }
    };
}
pub(crate) use embedded_list;
