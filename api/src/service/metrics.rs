//! The measures, on an address of their own that the public does not reach.

use actix_web::{HttpResponse, web::Data};

use crate::{kernel::problem::ApiError, platform::Platform};

/// Every measure, in the text format of Prometheus.
pub(crate) async fn measures(platform: Data<Platform>) -> Result<HttpResponse, ApiError> {
    let text = platform
        .metrics
        .text()
        .map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}
