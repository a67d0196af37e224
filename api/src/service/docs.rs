//! The documentation to browse: Swagger UI, served from the executable, from no other host.

use std::sync::{Arc, LazyLock};

use actix_web::{HttpRequest, HttpResponse, get, http::header, web::Path};
use utoipa_swagger_ui::Config;

use crate::kernel::{cache::Read, negotiate::Format, params::Params, problem::ApiError};

/// Scripts and styles of our own only; the styles that the page sets on its elements need
/// `unsafe-inline`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// The files that the page asks for; there is no other.
const FILES: &[&str] = &[
    "favicon-32x32.png",
    "swagger-initializer.js",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "swagger-ui.css",
];

/// Addresses are relative, so that the page works behind a prefix.
const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ATIGIP: documentation of the API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="icon" href="docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/swagger-ui-standalone-preset.js"></script>
<script src="docs/swagger-initializer.js"></script>
</body>
</html>
"#;

/// No badge of an outside validator.
static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    let config = Config::new(["openapi.json"]).validator_url("none");
    Arc::new(config.try_it_out_enabled(true).display_operation_id(true))
});

/// The documentation
///
/// This contract, to browse and to try. It needs no outside host.
#[utoipa::path(
    tag = "service",
    operation_id = "getDocumentation",
    responses((
        status = 200,
        description = "A page.",
        body = String,
        content_type = "text/html; charset=utf-8",
    )),
)]
#[get("/docs")]
pub(super) async fn get_documentation(req: HttpRequest) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let format = params.format(&[Format::Html]);
    params.finish()?;
    let read = Read::fixed(&req, "docs", format);
    Ok(read.not_modified(&req).unwrap_or_else(|| {
        read.ok()
            .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
            .body(PAGE)
    }))
}

/// A file of the documentation
///
/// The styles and scripts of the page.
#[utoipa::path(
    tag = "service",
    operation_id = "getDocumentationFile",
    params(("file" = String, Path, description = "The name of the file.", max_length = 60,
        pattern = "^[a-z0-9.-]+$", example = "swagger-initializer.js")),
    responses((
        status = 200,
        description = "The file.",
        content((String = "text/javascript"), (String = "text/css"), (String = "image/png")),
    )),
)]
#[get("/docs/{file}")]
pub(super) async fn get_documentation_file(
    req: HttpRequest,
    file: Path<String>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    if !FILES.contains(&file.as_str()) {
        return Err(ApiError::not_found());
    }
    let read = Read::fixed(&req, "docs", Format::Html);
    if let Some(known) = read.not_modified(&req) {
        return Ok(known);
    }
    let found = utoipa_swagger_ui::serve(&file, Arc::clone(&CONFIG))
        .map_err(|error| ApiError::internal(&error))?
        .ok_or_else(ApiError::not_found)?;
    Ok(read
        .ok()
        .content_type(found.content_type)
        .body(found.bytes.into_owned()))
}
