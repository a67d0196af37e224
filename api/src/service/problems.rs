//! The pages of problems, where the `type` of each leads.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Data, Path},
};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    kernel::{
        cache::Read,
        context::RequestContext,
        negotiate::Format,
        params::Params,
        problem::{ApiError, Kind, entry, html_index, html_page},
        text::Language,
    },
    platform::Platform,
};

/// Nothing but text.
const POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The problems that this service can answer.
#[derive(ToSchema)]
pub struct ProblemTypes {
    /// In the order of their status.
    #[schema(max_items = 200)]
    pub items: Vec<ProblemType>,
    /// How many there are.
    #[schema(minimum = 0, maximum = 200)]
    pub total: u16,
}

/// What is said of a problem, whatever the occurrence.
#[derive(ToSchema)]
pub struct ProblemType {
    /// The address of its page.
    #[schema(rename = "type", format = "uri", max_length = 500)]
    pub uri: String,
    /// The last segment of that address.
    #[schema(max_length = 60, pattern = "^[a-z-]+$")]
    pub slug: String,
    /// The status it is answered with.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// Its title.
    #[schema(max_length = 200)]
    pub title: String,
    /// When it happens.
    #[schema(max_length = 1000)]
    pub when: String,
    /// What the caller should do.
    #[schema(max_length = 1000)]
    pub remedy: String,
}

/// The problems
///
/// Every type of problem with its status, when it happens and what to do; in French with
/// `Accept-Language: fr`, as a page with `Accept: text/html`.
#[utoipa::path(
    tag = "service",
    operation_id = "listProblems",
    responses((
        status = 200,
        description = "The problems that this service can answer.",
        content((ProblemTypes = "application/json"), (String = "text/html; charset=utf-8")),
    )),
)]
#[get("/problems")]
pub(super) async fn list_problems(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let format = params.format(&[Format::Json, Format::Html]);
    params.finish()?;
    let language = RequestContext::of(&req).language;
    Ok(answer(&req, format, language, || {
        if format == Format::Html {
            return html_index(language);
        }
        let entries = Kind::ALL
            .iter()
            .map(|kind| entry(*kind, platform.public_url(), language));
        let items: Vec<_> = entries.collect();
        json!({ "total": items.len(), "items": items }).to_string()
    }))
}

/// One problem
///
/// Where the `type` of a problem leads: when it happens and what to do, as a page, or as JSON
/// with `Accept: application/json`.
#[utoipa::path(
    tag = "service",
    operation_id = "getProblem",
    params(("slug" = String, Path, description = "The name of the problem.", max_length = 60,
        pattern = "^[a-z-]+$", example = "invalid-parameter")),
    responses((
        status = 200,
        description = "The problem.",
        content((ProblemType = "application/json"), (String = "text/html; charset=utf-8")),
    )),
)]
#[get("/problems/{slug}")]
pub(super) async fn get_problem(
    req: HttpRequest,
    platform: Data<Platform>,
    slug: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let format = params.format(&[Format::Html, Format::Json]);
    params.finish()?;
    let kind = Kind::find(&slug).ok_or_else(ApiError::not_found)?;
    let language = RequestContext::of(&req).language;
    Ok(answer(&req, format, language, || match format {
        Format::Html => html_page(kind, language),
        _ => entry(kind, platform.public_url(), language).to_string(),
    }))
}

fn answer(
    req: &HttpRequest,
    format: Format,
    language: Language,
    body: impl FnOnce() -> String,
) -> HttpResponse {
    let read = Read::fixed(req, language.tag(), format);
    let mut response = read.not_modified(req).unwrap_or_else(|| {
        let mut response = read.ok();
        response
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
        response.body(body())
    });
    let vary = header::HeaderValue::from_static("Accept-Language");
    response.headers_mut().append(header::VARY, vary);
    response
}
