//! A search, page by page, whatever the resource.

use std::fmt::Write;

use actix_web::{HttpRequest, HttpResponse};
use search::{Answer, Question, Sort};

use super::{Catalogue, cursor, facets, filters::Filters, forms, resource::Resource, seen::Seen};
use crate::{
    kernel::{
        cache::{self, Read},
        negotiate::Format,
        params::{self, Params},
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

/// Declares the answers of a list, as the document tells them: they are written around items
/// that were rendered when they changed.
macro_rules! catalogue_list {
    ($(#[$list_doc:meta])* $list:ident of $item:ident,
     $(#[$map_doc:meta])* $features:ident of $feature:ident) => {
        $(#[$list_doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub(crate) struct $list {
            /// One page.
            #[schema(max_items = 100)]
            pub items: Vec<$item>,
            /// How many match on all pages, exactly.
            #[schema(minimum = 0, maximum = 1_000_000_000)]
            pub total: i64,
            /// The absolute address of the next page; absent on the last one.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false, format = "uri", max_length = 9000)]
            pub next: Option<String>,
            /// The counts asked by `facets`.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false)]
            pub facets: Option<std::collections::BTreeMap<String, $crate::catalogue::facets::FacetCounts>>,
            /// Where the data comes from, and its licence.
            pub source: $crate::kernel::page::Source,
        }

        $(#[$map_doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub(crate) struct $features {
            /// Always `FeatureCollection`.
            #[serde(rename = "type")]
            #[schema(
                max_length = 17,
                pattern = "^FeatureCollection$",
                example = "FeatureCollection"
            )]
            pub kind: &'static str,
            /// One page of features.
            #[schema(max_items = 100)]
            pub features: Vec<$feature>,
            /// How many match on all pages, exactly.
            #[schema(minimum = 0, maximum = 1_000_000_000)]
            pub total: u64,
            /// The absolute address of the next page; absent on the last one.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false, format = "uri", max_length = 9000)]
            pub next: Option<String>,
            /// The counts asked by `facets`.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false)]
            pub facets: Option<std::collections::BTreeMap<String, $crate::catalogue::facets::FacetCounts>>,
            /// Where the data comes from, and its licence.
            pub source: $crate::kernel::page::Source,
        }
    };
}
pub(crate) use catalogue_list;

/// Answers a search: from what the caller has, or else from the index.
pub(crate) async fn answer<R: Resource>(
    req: &HttpRequest,
    platform: &Platform,
    seen: Seen,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let (view, today) = (seen.view, platform.clock.today());
    let asked = Asked::<R>::read(req, catalogue, seen)?;
    catalogue.reach(asked.min_revision).await?;
    let collection = R::of(catalogue);
    let read = |revision| Read::seen_list(req, (revision, today), asked.format, view);
    if let Some(known) = read(collection.revision()).not_modified(req) {
        return Ok(known);
    }
    let answer = collection.search(&asked.question)?;
    let next = answer.next.as_ref().map(|next| {
        asked
            .text
            .next(platform.public_url(), &cursor::to_bytes(next))
    });
    let mut response = read(answer.revision).ok();
    response.insert_header((cache::TOTAL_COUNT, answer.total));
    if let Some(next) = &next {
        response.append_header(cache::link_next(next));
    }
    Ok(match asked.format {
        Format::Csv => response.body(forms::csv::<R>(&answer.hits, catalogue)?),
        format => response.body(page::<R>(
            format,
            &answer,
            &asked,
            next.as_deref(),
            catalogue,
        )?),
    })
}

/// A question read from a query string.
struct Asked<R: Resource> {
    question: Question,
    facets: facets::Asked<R>,
    format: Format,
    min_revision: Option<u64>,
    text: params::Question,
}

impl<R: Resource> Asked<R> {
    fn read(req: &HttpRequest, catalogue: &Catalogue, seen: Seen) -> Result<Self, ApiError> {
        let fields = R::of(catalogue).fields();
        let mut params = Params::read(req)?;
        let mut filters = Filters::read::<R>(&mut params, catalogue);
        filters.updated_since(&mut params, R::common(fields));
        filters.hold(seen.clauses);
        let sort = sort::<R>(&mut params, &filters, fields);
        let facets = facets::Asked::<R>::read(&mut params, fields);
        let format = params.format(&[Format::Json, Format::GeoJson, Format::Csv]);
        if format == Format::Csv && !facets.is_empty() {
            let detail = Text::new(
                "CSV has no place for counts",
                "le CSV n'a pas de place pour des décomptes",
            );
            params.refuse("facets", Fault::Inconsistent, detail);
        }
        let min_revision = params.min_revision();
        let limit = params.limit();
        let cursor = params.cursor();
        let text = params.finish()?;
        let position = cursor.map(|cursor| text.open(&cursor)).transpose()?;
        let mismatch = || ApiError::new(Kind::CursorMismatch);
        let after = position
            .map(|bytes| cursor::from_bytes(&bytes).ok_or_else(mismatch))
            .transpose()?;
        let question = Question {
            selection: filters.selection()?,
            sort,
            after,
            limit,
            facets: facets.requests(),
        };
        Ok(Self {
            question,
            facets,
            format,
            min_revision,
            text,
        })
    }
}

/// `sort`, by default the distance from a point, else relevance to words, else what the resource
/// says.
fn sort<R: Resource>(params: &mut Params, filters: &Filters, fields: &R::Fields) -> Sort {
    let mut words = vec![
        ("relevance", Sort::Relevance),
        ("distance", Sort::Distance),
        (R::KEY_SORT, Sort::Key),
    ];
    words.extend(R::sorts(fields));
    let default = match (filters.has_point(), filters.has_words()) {
        (true, _) => Sort::Distance,
        (false, true) => Sort::Relevance,
        (false, false) => R::default_sort(fields),
    };
    let sort = params.choice("sort", &words).unwrap_or(default);
    let missing = match sort {
        Sort::Distance if !filters.has_point() => Some("lat, lon / near_commune"),
        Sort::Relevance if !filters.has_words() => Some("q"),
        _ => None,
    };
    if let Some(missing) = missing {
        let detail = Text::made(
            format!("this sort needs {missing}"),
            format!("ce tri demande {missing}"),
        );
        params.refuse("sort", Fault::Inconsistent, detail);
    }
    sort
}

/// Room for what a question adds to an item, and for what is around the items.
const ROOM: usize = 512;

/// Writes the page around items that were rendered when they changed, or around features.
fn page<R: Resource>(
    format: Format,
    answer: &Answer<std::sync::Arc<R::Body>>,
    asked: &Asked<R>,
    next: Option<&str>,
    catalogue: &Catalogue,
) -> Result<String, ApiError> {
    let (fields, base) = (R::of(catalogue).fields(), R::of(catalogue).base());
    let reference = catalogue.reference();
    let items = answer.hits.iter().map(|hit| R::item_len(&hit.body) + ROOM);
    let mut body = String::with_capacity(items.sum::<usize>() + ROOM);
    body.push_str(match format {
        Format::GeoJson => "{\"type\":\"FeatureCollection\",\"features\":[",
        _ => "{\"items\":[",
    });
    for (i, hit) in answer.hits.iter().enumerate() {
        if i > 0 {
            body.push(',');
        }
        match format {
            Format::GeoJson => {
                let feature = R::feature(hit, fields, reference, base)?;
                body.push_str(&forms::to_json(&feature)?);
            }
            _ => forms::item::<R>(&mut body, hit, fields)?,
        }
    }
    write!(body, "],\"total\":{}", answer.total).map_err(|error| ApiError::internal(&error))?;
    if let Some(next) = next {
        body.push_str(",\"next\":");
        body.push_str(&forms::to_json(&next)?);
    }
    if let Some(counts) = asked.facets.counts(answer, catalogue) {
        body.push_str(",\"facets\":");
        body.push_str(&forms::to_json(&counts)?);
    }
    body.push_str(",\"source\":");
    body.push_str(&forms::to_json(&R::source())?);
    body.push('}');
    Ok(body)
}
