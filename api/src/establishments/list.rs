//! `GET /v1/establishments`: search, page by page.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use data::Reference;
use search::{Answer, FacetRequest, Hit, Question, Sort};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    collection::Establishments,
    document::EstablishmentBody,
    facets,
    parameters::{EstablishmentFilters, EstablishmentOrder},
    payload::EstablishmentItem,
    query::Filters,
    render, source,
};
use crate::{
    catalogue::{Catalogue, cursor},
    kernel::{
        cache::{self, Read},
        negotiate::Format,
        page::Source,
        params::{
            self, Params,
            documents::{Form, MinRevision, Paging, Since, Words},
        },
        problem::{ApiError, Fault, Kind},
        text::Text,
    },
    platform::Platform,
};

/// The answer of a list of establishments.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EstablishmentList {
    /// One page of establishments.
    #[schema(max_items = 100)]
    pub items: Vec<EstablishmentItem>,
    /// How many establishments match, exactly.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total: i64,
    /// The absolute address of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 9000)]
    pub next: Option<String>,
    /// The counts asked by `facets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facets: Option<BTreeMap<String, FacetCounts>>,
    /// Where the data comes from, and its licence.
    pub source: Source,
}

/// The values of a facet and how many establishments have each, largest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_items = 120)]
pub(crate) struct FacetCounts(pub Vec<FacetCount>);

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetCount {
    /// The code.
    #[schema(max_length = 40, example = "ma")]
    pub code: String,
    /// Its official French label.
    #[schema(max_length = 300, example = "Maison d'arrêt")]
    pub label: String,
    /// How many establishments have it.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 73)]
    pub count: i64,
}

/// Search the establishments
///
/// The establishments where a company could produce: by place, kind, activity in place or
/// possible, areas, and what one and the same zone or dock must offer. Filters add up; commas
/// mean any of. Only open establishments are listed; a closed one keeps its sheet.
#[utoipa::path(
    tag = "establishments",
    operation_id = "listEstablishments",
    params(Words, EstablishmentFilters, EstablishmentOrder, Since, Form, MinRevision, Paging),
    responses(
        (status = 200, description = "A page of establishments, with the exact total", content(
            (EstablishmentList = "application/json"),
            (render::EstablishmentFeatures = "application/geo+json"),
            (String = "text/csv"),
        )),
    ),
)]
#[get("/v1/establishments")]
pub(super) async fn list_establishments(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let asked = Asked::read(&req, catalogue)?;
    catalogue.reach(asked.min_revision).await?;
    let read = |revision| Read::list(&req, revision, platform.clock.today(), asked.format);
    if let Some(known) = read(catalogue.revision()).not_modified(&req) {
        return Ok(known);
    }
    let answer = catalogue.establishments().search(&asked.question)?;
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
        Format::GeoJson => {
            let counts = counts(&answer, &asked.facets, catalogue.reference());
            response.body(render::features(
                &answer,
                next.as_deref(),
                counts,
                catalogue,
            )?)
        }
        Format::Csv => response.body(render::csv(&answer.hits, catalogue)?),
        _ => response.body(json(&answer, &asked.facets, next.as_deref(), catalogue)?),
    })
}

/// A question read from a query string.
struct Asked {
    question: Question,
    facets: Vec<(&'static str, FacetRequest)>,
    format: Format,
    min_revision: Option<u64>,
    text: params::Question,
}

impl Asked {
    fn read(req: &HttpRequest, catalogue: &Catalogue) -> Result<Self, ApiError> {
        let establishments = catalogue.establishments();
        let fields = establishments.fields();
        let mut params = Params::read(req)?;
        let mut filters = Filters::read(&mut params, catalogue.reference(), fields);
        filters.updated_since(&mut params, fields);
        let sort = sort(&mut params, &filters, establishments);
        let facets = facets::read(&mut params, fields);
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
            facets: facets.iter().map(|(_, request)| *request).collect(),
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

/// `sort`, by default the distance from a point, else relevance to words, else the name.
fn sort(params: &mut Params, filters: &Filters, establishments: &Establishments) -> Sort {
    let fields = establishments.fields();
    let words = [
        ("relevance", Sort::Relevance),
        ("distance", Sort::Distance),
        ("name", Sort::Key),
        (
            "-production_area_m2",
            Sort::NumberDesc(fields.production_area),
        ),
        (
            "-available_area_m2",
            Sort::NumberDesc(fields.available_area),
        ),
    ];
    let default = match (filters.has_point(), filters.has_words()) {
        (true, _) => Sort::Distance,
        (false, true) => Sort::Relevance,
        (false, false) => Sort::Key,
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

/// Writes the page around items that were rendered when they changed.
fn json(
    answer: &Answer<Arc<EstablishmentBody>>,
    facets: &[(&'static str, FacetRequest)],
    next: Option<&str>,
    catalogue: &Catalogue,
) -> Result<String, ApiError> {
    let mut body = String::with_capacity(1_024 * (answer.hits.len() + 1));
    body.push_str("{\"items\":[");
    for (i, hit) in answer.hits.iter().enumerate() {
        if i > 0 {
            body.push(',');
        }
        item(&mut body, hit, catalogue.establishments())?;
    }
    body.push_str("],\"total\":");
    body.push_str(&answer.total.to_string());
    if let Some(next) = next {
        body.push_str(",\"next\":");
        body.push_str(&to_json(&next)?);
    }
    if let Some(counts) = counts(answer, facets, catalogue.reference()) {
        body.push_str(",\"facets\":");
        body.push_str(&to_json(&counts)?);
    }
    body.push_str(",\"source\":");
    body.push_str(&to_json(&source())?);
    body.push('}');
    Ok(body)
}

/// The item with its distance and the parts that matched, spliced before its closing brace.
fn item(
    body: &mut String,
    hit: &Hit<Arc<EstablishmentBody>>,
    establishments: &Establishments,
) -> Result<(), ApiError> {
    let rendered = hit
        .body
        .item_json
        .strip_suffix('}')
        .unwrap_or(&hit.body.item_json);
    body.push_str(rendered);
    if let Some(distance) = hit.distance_km {
        write!(body, ",\"distance_km\":{}", render::kilometres(distance))
            .map_err(|error| ApiError::internal(&error))?;
    }
    if let Some(matched) = render::matched(hit, establishments) {
        body.push_str(",\"matched\":");
        body.push_str(&to_json(&matched)?);
    }
    body.push('}');
    Ok(())
}

/// The counts asked, by facet; absent when none was.
fn counts(
    answer: &Answer<Arc<EstablishmentBody>>,
    asked: &[(&'static str, FacetRequest)],
    reference: &Reference,
) -> Option<BTreeMap<String, FacetCounts>> {
    let count = |facet: &str, (code, count): &(String, u64)| FacetCount {
        code: code.clone(),
        label: facets::label(facet, code, reference).unwrap_or_else(|| code.clone()),
        count: i64::try_from(*count).unwrap_or(i64::MAX),
    };
    let counts = asked.iter().zip(&answer.facets).map(|((name, _), values)| {
        let values = values.iter().take(facets::MAX_COUNTS);
        let counts = values.map(|value| count(name, value)).collect();
        ((*name).to_owned(), FacetCounts(counts))
    });
    (!asked.is_empty()).then(|| counts.collect())
}

fn to_json(value: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|error| ApiError::internal(&error))
}
