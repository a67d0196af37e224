//! Whether the process lives, and whether it can answer.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    kernel::{
        params::Params,
        problem::{ApiError, Kind},
    },
    platform::{Platform, Readiness},
};

/// How the node is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `degraded` when the database is away and what is in memory still answers.
    pub status: HealthStatus,
}

/// How the node is, in a word.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    /// All is well.
    Ok,
    /// The database is away; reads go on.
    Degraded,
}

/// Whether the process lives
///
/// Touches nothing: it says only that the process answers.
#[utoipa::path(
    tag = "service",
    operation_id = "getLiveness",
    responses((status = 200, description = "The process lives.", body = Health)),
)]
#[get("/health/live")]
pub(super) async fn get_liveness(req: HttpRequest) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    Ok(HttpResponse::Ok().json(Health {
        status: HealthStatus::Ok,
    }))
}

/// Whether the service can answer
///
/// 503 until the index is built; then 200, with `degraded` while the database is away.
#[utoipa::path(
    tag = "service",
    operation_id = "getReadiness",
    responses((status = 200, description = "The service answers.", body = Health)),
)]
#[get("/health/ready")]
pub(super) async fn get_readiness(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    Params::none(&req)?;
    let status = match platform.readiness() {
        Readiness::Starting => return Err(ApiError::new(Kind::NotReady).retry_after(1)),
        Readiness::Degraded => HealthStatus::Degraded,
        Readiness::Ready => HealthStatus::Ok,
    };
    Ok(HttpResponse::Ok().json(Health { status }))
}
