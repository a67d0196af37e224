//! What surrounds every handler: request id, limits, deadline, problems, headers, log, measures.

mod allow;
mod headers;
mod visit;

use std::{panic::AssertUnwindSafe, time::Duration};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
    middleware::Next,
    rt::time::timeout,
    web::{Bytes, Data},
};
use futures_util::FutureExt;

pub use allow::{prepare, unmatched};
use visit::{Asked, Visit};

use super::problem::{ApiError, Kind, respond};
use crate::platform::Platform;

/// The longest address, path and query together.
pub const MAX_URI: usize = 8 * 1024;
/// The largest body of an ordinary request.
pub const MAX_BODY: u64 = 1024 * 1024;

/// The headers of a framework's refusal that its problem keeps.
const KEPT: &[HeaderName] = &[header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE];

/// Marks an answer of 400 or more whose form is that of a standard other than RFC 9457: the token
/// endpoint's (RFC 6749).
#[derive(Debug, Clone, Copy)]
pub struct OfItsStandard;

/// Answers one request: nothing leaves without passing here.
pub async fn shell(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(platform) = req.app_data::<Data<Platform>>().cloned() else {
        return Err(ApiError::internal(&"the application has no platform").into());
    };
    let visit = Visit::begin(&mut req, &platform);
    let early = visit
        .limited
        .then(|| count(req.request(), &platform, &visit, visit.conditional))
        .flatten();
    let refusal = early
        .or_else(|| visit::refuse(&req))
        .or_else(|| allow::refuse(&req));
    let outcome = match refusal {
        Some(error) => Ok(refused(req, &error, &platform, &visit)),
        None => run(req, next, platform.config.request_timeout()).await,
    };
    match outcome {
        Ok(answer) => Ok(complete(answer, &platform, &visit)),
        Err(error) => Err(bare(&error, &platform, &visit)),
    }
}

/// Counts the request against the limit of its address, or with `peek` looks at what is left;
/// the refusal, when it is one too many.
fn count(req: &HttpRequest, platform: &Platform, visit: &Visit, peek: bool) -> Option<ApiError> {
    let standing = platform.limiter.visit(req, peek)?;
    visit.seen.stands(standing);
    standing.exhausted.then(|| standing.refusal())
}

/// Runs the handler within its time; a panic and a late answer become problems, without the
/// request, which is lost with them.
async fn run(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    allowed: Duration,
) -> Result<ServiceResponse<BoxBody>, ApiError> {
    let handled = AssertUnwindSafe(next.call(req)).catch_unwind();
    match timeout(allowed, handled).await {
        Ok(Ok(Ok(answer))) => Ok(answer.map_into_boxed_body()),
        Ok(Ok(Err(error))) => Err(ApiError::internal(&error)),
        Ok(Err(_panic)) => Err(ApiError::internal(&"a handler panicked")),
        Err(_elapsed) => Err(ApiError::new(Kind::Overloaded).retry_after(5)),
    }
}

fn refused(
    req: ServiceRequest,
    error: &ApiError,
    platform: &Platform,
    visit: &Visit,
) -> ServiceResponse<BoxBody> {
    req.into_response(respond(error, platform.public_url(), &visit.context))
}

/// Turns any refusal into its problem, then writes what every answer carries.
fn complete(
    answer: ServiceResponse<BoxBody>,
    platform: &Platform,
    visit: &Visit,
) -> ServiceResponse<BoxBody> {
    let mut answer = match problem(&answer, platform, visit) {
        Some(response) => answer.into_response(response),
        None => answer,
    };
    settle(answer.request(), answer.status(), platform, visit);
    headers::write(answer.response_mut(), platform, visit);
    let route = answer.request().match_pattern();
    visit.end(platform, route.as_deref(), answer.status());
    if visit.asked == Asked::Head {
        answer.map_body(|_, body| Headless(body.size()).boxed())
    } else {
        answer
    }
}

/// An answer for which the request is no longer at hand.
fn bare(error: &ApiError, platform: &Platform, visit: &Visit) -> Error {
    let mut response = respond(error, platform.public_url(), &visit.context);
    headers::write(&mut response, platform, visit);
    visit.end(platform, None, response.status());
    InternalError::from_response("answered", response).into()
}

/// The problem that an answer of 400 or more stands for, unless it already is one.
fn problem(
    answer: &ServiceResponse<BoxBody>,
    platform: &Platform,
    visit: &Visit,
) -> Option<HttpResponse> {
    let status = answer.status().as_u16();
    let written = answer.headers().get(header::CONTENT_TYPE);
    let standard = answer.response().extensions().contains::<OfItsStandard>();
    let problem = written.is_some_and(|kind| kind == "application/problem+json");
    if status < 400 || problem || standard {
        return None;
    }
    let render = |error: &ApiError| respond(error, platform.public_url(), &visit.context);
    let known = answer
        .response()
        .error()
        .and_then(|error| error.as_error::<ApiError>());
    let mut response =
        known.map_or_else(|| render(&ApiError::new(Kind::of_status(status))), render);
    for name in KEPT {
        if let (None, Some(value)) = (response.headers().get(name), answer.headers().get(name)) {
            let value = value.clone();
            response.headers_mut().insert(name.clone(), value);
        }
    }
    Some(response)
}

/// A conditional request was only looked at: its units are taken now, unless it was answered 304
/// or was one too many.
fn settle(req: &HttpRequest, status: StatusCode, platform: &Platform, visit: &Visit) {
    let too_many = visit.seen.standings().iter().any(|seen| seen.exhausted);
    if !visit.conditional || status == StatusCode::NOT_MODIFIED || too_many {
        return;
    }
    if visit.limited {
        count(req, platform, visit, false);
    }
    let client = visit.seen.client();
    let standing = client.and_then(|client| platform.client_limiter.visit(client, false));
    if let Some(standing) = standing {
        visit.seen.stands(standing);
    }
}

/// The body of an answer to HEAD: its size, without its bytes.
struct Headless(BodySize);

impl MessageBody for Headless {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, Self::Error>>> {
        std::task::Poll::Ready(None)
    }
}
