//! The service document: where to begin.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web::Data};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::{
        cache::Read,
        negotiate::Format,
        page::{LICENCE_URL, Source},
        params::Params,
        problem::ApiError,
    },
    openapi,
    platform::Platform,
};

/// What this service is, and where to begin.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceDocument {
    /// The name of the service.
    #[schema(max_length = 200)]
    pub title: &'static str,
    /// The version of the contract.
    #[schema(max_length = 20, example = "0.1.0")]
    pub version: &'static str,
    /// Whether parts of the data are fictitious, for demonstration; each such part says so.
    pub demo: bool,
    /// Where the data comes from.
    pub source: Source,
    /// Where the documentation, the contract and the state of the service are.
    #[schema(max_items = 20)]
    pub links: Vec<ServiceLink>,
    /// The lists to read, each with what it holds.
    #[schema(max_items = 200)]
    pub resources: Vec<ServiceLink>,
}

/// An address, and what is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceLink {
    /// What it is to this service.
    #[schema(max_length = 40, example = "service-desc")]
    pub rel: &'static str,
    /// The address.
    #[schema(format = "uri", max_length = 500)]
    pub href: String,
    /// What is there.
    #[schema(max_length = 300)]
    pub title: String,
}

const LINKS: &[(&str, &str, &str)] = &[
    ("service-doc", "/docs", "The documentation, to browse"),
    (
        "service-desc",
        "/openapi.json",
        "The contract (OpenAPI 3.1)",
    ),
    ("status", "/health/ready", "Whether the service can answer"),
    (
        "describedby",
        "/problems",
        "Every problem, when it happens and what to do",
    ),
    ("related", "/v1/limits", "The limits"),
];

/// The service
///
/// What this service is, whether it holds fictitious parts, and the addresses to begin with.
#[utoipa::path(
    tag = "service",
    operation_id = "getService",
    responses((status = 200, description = "The service document.", body = ServiceDocument)),
)]
#[get("/")]
pub(super) async fn get_service(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let format = params.format(&[Format::Json]);
    params.finish()?;
    let subject = if platform.is_demo() { "demo" } else { "real" };
    let read = Read::fixed(&req, subject, format);
    Ok(read.not_modified(&req).unwrap_or_else(|| {
        let document = document(&platform);
        read.ok()
            .insert_header((header::LINK, link_header(&document.links)))
            .json(document)
    }))
}

fn document(platform: &Platform) -> ServiceDocument {
    let base = platform.public_url();
    let link = |(rel, path, title): &(&'static str, &str, &str)| ServiceLink {
        rel,
        href: format!("{base}{path}"),
        title: (*title).to_owned(),
    };
    let resource = |(path, title): (&str, &str)| ServiceLink {
        rel: "collection",
        href: format!("{base}{path}"),
        title: title.to_owned(),
    };
    ServiceDocument {
        title: openapi::TITLE,
        version: env!("CARGO_PKG_VERSION"),
        demo: platform.is_demo(),
        source: Source::open_licence(
            "Ministère de la Justice et sources ouvertes de l'État",
            None,
        ),
        links: LINKS.iter().map(link).collect(),
        resources: openapi::collections().map(resource).collect(),
    }
}

fn link_header(links: &[ServiceLink]) -> String {
    let licence = format!("<{LICENCE_URL}>; rel=\"license\"");
    let own = links
        .iter()
        .map(|link| format!("<{}>; rel=\"{}\"", link.href, link.rel));
    own.chain([licence]).collect::<Vec<_>>().join(", ")
}
