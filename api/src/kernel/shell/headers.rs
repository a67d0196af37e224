//! The headers that every answer carries.

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
};

use super::visit::{Asked, Visit};
use crate::{kernel::limits, platform::Platform};

/// What a page of another origin may read.
const EXPOSED: &str = "RateLimit, RateLimit-Policy, Retry-After, Link, ETag, Deprecation, Sunset, \
     X-Request-Id, Idempotency-Replayed, Catalogue-Revision, Total-Count, Location, \
     Content-Language, Allow";
/// What a page of another origin may send.
const ACCEPTED: &str = "Accept, Accept-Language, Authorization, Content-Type, If-Match, \
     If-None-Match, Idempotency-Key, X-Request-Id, Traceparent";
/// How long a browser remembers it, in seconds.
const PREFLIGHT_AGE: &str = "86400";
/// Nothing may be loaded from an answer of the API, nor frame it.
const NO_CONTENT: &str = "default-src 'none'; frame-ancestors 'none'";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Writes them on an answer, whatever its status.
pub(super) fn write(response: &mut HttpResponse, platform: &Platform, visit: &Visit) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&visit.context.id) {
        headers.insert(REQUEST_ID, id);
    }
    limits::write(&visit.seen.standings(), headers);
    security(headers, platform.public_url());
    cross_origin(headers, visit.asked == Asked::Preflight);
    merge_vary(headers);
}

fn security(headers: &mut HeaderMap, public_url: &str) {
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, header::CONTENT_SECURITY_POLICY, NO_CONTENT);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    if public_url.starts_with("https://") {
        set(
            headers,
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000",
        );
    }
}

/// Public data may be read by a page of any origin, its refusals too.
fn cross_origin(headers: &mut HeaderMap, preflight: bool) {
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    if preflight {
        let methods = headers.get(header::ALLOW).cloned();
        if let Some(methods) = methods {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        }
        set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED);
        set(headers, header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_AGE);
    }
}

/// One `Vary` line, each name once, however many parts of the service added theirs.
fn merge_vary(headers: &mut HeaderMap) {
    if headers.get_all(header::VARY).nth(1).is_none() {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    for line in headers
        .get_all(header::VARY)
        .filter_map(|line| line.to_str().ok())
    {
        for name in line
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                names.push(name.to_owned());
            }
        }
    }
    if let (false, Ok(line)) = (names.is_empty(), HeaderValue::from_str(&names.join(", "))) {
        headers.insert(header::VARY, line);
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vary_is_one_line_without_repetition() {
        let mut headers = HeaderMap::new();
        for line in [
            "Accept, Accept-Encoding",
            "accept-encoding",
            "Accept-Language",
        ] {
            headers.append(header::VARY, HeaderValue::from_static(line));
        }
        merge_vary(&mut headers);
        let lines: Vec<_> = headers.get_all(header::VARY).collect();
        assert_eq!(lines, ["Accept, Accept-Encoding, Accept-Language"]);
    }
}
