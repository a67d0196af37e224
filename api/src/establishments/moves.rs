//! `POST /v1/establishments/{id}/close` and `…/reopen`.

use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Path},
};
use chrono::NaiveDate;
use domain::{
    establishments::{Establishment, EstablishmentStatus},
    kernel::{Code, Refusal, RefusalCode},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::get::EstablishmentRead;
use crate::{
    kernel::{
        body::{Node, read_nothing, read_object},
        caller::{Caller, EstablishmentsManage},
        json::JsonBody,
        params::Params,
        problem::{ApiError, Kind, Problem},
        write::Write,
    },
    platform::Platform,
};

/// The closing of an establishment.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closing {
    /// The day it closed, today at the latest.
    #[schema(format = Date, max_length = 10, example = "2026-06-30")]
    pub closed_on: String,
}

/// The reopening of an establishment: an object without fields.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reopening {}

/// Close an establishment
///
/// It stays readable at its address, with the day it closed, and leaves the searches.
#[utoipa::path(
    tag = "establishments",
    operation_id = "closeEstablishment",
    params(
        ("id" = String, Path, description = "The id of the establishment, or its slug",
            min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$",
            example = "cp-bordeaux-gradignan"),
        ("If-Match" = String, Header, description = "A tag of the version you close, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content = Closing, content_type = "application/json"),
    responses(
        (status = 200, description = "The sheet once closed", body = EstablishmentRead),
        (status = 409, description = "It is closed already", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/establishments/{id}/close")]
pub(super) async fn close_establishment(
    caller: Caller<EstablishmentsManage>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let close = move |write: &Write, kept: &Establishment| {
        write.if_match.require(kept.record.version)?;
        let closed_on = closing(&body, write.clock.today()).map_err(ApiError::validation)?;
        moved(kept, EstablishmentStatus::Open, Some(closed_on))
    };
    let written = write
        .change(&platform, id.into_inner(), close, Write::changed)
        .await?;
    Ok(written.respond(&req, &platform))
}

/// Reopen an establishment
///
/// It comes back into the searches, with the parts it had.
#[utoipa::path(
    tag = "establishments",
    operation_id = "reopenEstablishment",
    params(
        ("id" = String, Path, description = "The id of the establishment, or its slug",
            min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$",
            example = "cp-bordeaux-gradignan"),
        ("If-Match" = String, Header, description = "A tag of the version you reopen, or `*`",
            min_length = 1, max_length = 1000, example = "*"),
    ),
    request_body(content = Reopening, content_type = "application/json"),
    responses(
        (status = 200, description = "The sheet once reopened", body = EstablishmentRead),
        (status = 409, description = "It is open already", body = Problem,
            content_type = "application/problem+json"),
    ),
)]
#[post("/v1/establishments/{id}/reopen")]
pub(super) async fn reopen_establishment(
    caller: Caller<EstablishmentsManage>,
    req: HttpRequest,
    id: Path<String>,
    body: JsonBody,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let (body, once) = body.once(&req, &caller).await?;
    Params::none(&req)?;
    let write = Write::new(&caller, &req, &platform)?.once(once);
    let reopen = move |write: &Write, kept: &Establishment| {
        write.if_match.require(kept.record.version)?;
        read_nothing(&body).map_err(ApiError::validation)?;
        moved(kept, EstablishmentStatus::Closed, None)
    };
    let written = write
        .change(&platform, id.into_inner(), reopen, Write::changed)
        .await?;
    Ok(written.respond(&req, &platform))
}

/// The day a body gives, not after today.
fn closing(body: &Node, today: NaiveDate) -> Result<NaiveDate, Vec<Refusal>> {
    read_object(body, |fields| {
        fields.required("closed_on", |value| {
            let day = value.date()?;
            if day > today {
                return value.refuse(
                    RefusalCode::Range,
                    format!("the day is {today} at the latest"),
                );
            }
            Some(day)
        })
    })
}

/// The establishment in its other state; `transition-not-allowed` unless it is in the state the
/// move starts from.
fn moved(
    kept: &Establishment,
    from: EstablishmentStatus,
    closed_on: Option<NaiveDate>,
) -> Result<Establishment, ApiError> {
    if kept.status != from {
        let allowed = match kept.status {
            EstablishmentStatus::Open => "close",
            EstablishmentStatus::Closed => "reopen",
        };
        return Err(ApiError::new(Kind::TransitionNotAllowed)
            .with("state", kept.status.code())
            .with("allowed", vec![allowed]));
    }
    let (mut facts, parts) = kept.clone().into_inner();
    facts.status = match closed_on {
        Some(_) => EstablishmentStatus::Closed,
        None => EstablishmentStatus::Open,
    };
    facts.closed_on = closed_on;
    Establishment::new(kept.id, kept.record, facts, parts).map_err(ApiError::validation)
}
