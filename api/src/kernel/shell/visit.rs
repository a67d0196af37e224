//! One request as the shell sees it, from its arrival to its line in the log.

use std::time::Instant;

use actix_web::{
    HttpMessage,
    dev::ServiceRequest,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
};

use super::{MAX_BODY, MAX_URI};
use crate::{
    kernel::{
        clock::occurrence,
        context::{RequestContext, text},
        encoding::decode_path,
        limits::Seen,
        lines,
        negotiate::Coding,
        problem::{ApiError, Kind},
    },
    platform::Platform,
};

/// A question that is answered otherwise than it is routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// `HEAD`, which is routed as `GET` and answered without a body.
    Head,
    /// `OPTIONS` from a browser that wants to know whether a request is allowed.
    Preflight,
    /// Anything else.
    Plain,
}

/// What is remembered of a request while it is answered.
pub(super) struct Visit {
    pub(super) context: RequestContext,
    /// What kind of question it is.
    pub(super) asked: Asked,
    /// It may be answered 304.
    pub(super) conditional: bool,
    /// It counts against the limit of its address.
    pub(super) limited: bool,
    /// What was found of its caller.
    pub(super) seen: Seen,
    method: &'static str,
    started: Instant,
}

impl Visit {
    /// Reads the request, and makes it what the router expects: `GET` for `HEAD`, and at most
    /// one content coding, so that the tag and the compression agree on it.
    pub(super) fn begin(req: &mut ServiceRequest, platform: &Platform) -> Self {
        let context = RequestContext::read(req.headers(), occurrence(platform.ids.as_ref()));
        let method = method_label(req.method());
        let browser = req
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        let asked = match method {
            "HEAD" => Asked::Head,
            "OPTIONS" if browser => Asked::Preflight,
            _ => Asked::Plain,
        };
        let visit = Self {
            asked,
            conditional: req.headers().contains_key(header::IF_NONE_MATCH),
            limited: method != "OPTIONS" && !req.path().starts_with("/health/"),
            seen: Seen::default(),
            method,
            started: Instant::now(),
            context,
        };
        if asked == Asked::Head {
            req.head_mut().method = Method::GET;
        }
        choose_coding(req, visit.context.coding);
        req.extensions_mut().insert(visit.context.clone());
        req.extensions_mut().insert(visit.seen.clone());
        visit
    }

    /// Counts the answer and writes its line; the query is never logged.
    pub(super) fn end(&self, platform: &Platform, route: Option<&str>, status: StatusCode) {
        let route = route.unwrap_or("unmatched");
        let client = self.seen.client();
        if let Some(client) = client {
            let refused = status.as_u16() >= 400;
            platform
                .tally
                .count(client, platform.clock.today(), refused);
        }
        let duration = self.started.elapsed();
        platform
            .metrics
            .observe(route, self.method, status.as_u16(), duration);
        log::info!(
            target: "http",
            id:% = self.context.id,
            method = self.method,
            route = route,
            status = status.as_u16(),
            client:% = client.map_or_else(|| "-".to_owned(), |client| client.to_string()),
            duration_ms = duration.as_secs_f64() * 1000.0;
            "answered"
        );
    }
}

/// What is refused before the router sees it.
pub(super) fn refuse(req: &ServiceRequest) -> Option<ApiError> {
    let uri = req
        .uri()
        .path_and_query()
        .map_or(0, |address| address.as_str().len());
    if uri > MAX_URI {
        return Some(ApiError::new(Kind::UriTooLong));
    }
    if req.uri().path().contains('%') && decode_path(req.uri().path()).is_none() {
        return Some(ApiError::new(Kind::MalformedRequest));
    }
    let announced = text(req.headers(), header::CONTENT_LENGTH.as_str());
    let length: Option<u64> = announced.and_then(|length| length.parse().ok());
    // A body of lines is read as it arrives by those who take one, and by nobody else.
    let kind = text(req.headers(), header::CONTENT_TYPE.as_str());
    let most = if kind.is_some_and(lines::is_ndjson) {
        lines::MAX_BYTES
    } else {
        MAX_BODY
    };
    let too_large = length.is_some_and(|length| length > most);
    too_large.then(|| ApiError::new(Kind::PayloadTooLarge).with("max_bytes", most))
}

fn choose_coding(req: &mut ServiceRequest, coding: Coding) {
    if coding == Coding::Identity {
        req.headers_mut().remove(header::ACCEPT_ENCODING);
    } else {
        let value = HeaderValue::from_static(coding.token());
        req.headers_mut().insert(header::ACCEPT_ENCODING, value);
    }
}

/// The methods of the standard by name; any other word is one label, not as many as are sent.
fn method_label(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
