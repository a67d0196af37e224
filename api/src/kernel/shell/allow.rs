//! What answers when no route does: 404, 405 or the methods that are allowed.

use std::{collections::BTreeSet, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
};
use serde_json::Value;

use crate::kernel::problem::{ApiError, Kind};

/// The paths of the document with their methods: what is not there does not exist.
static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| routes_of(crate::openapi::document()));

struct Route {
    segments: Vec<String>,
    methods: Vec<String>,
}

/// Answers a request that no route took.
pub async fn unmatched(req: HttpRequest) -> Result<HttpResponse, ApiError> {
    let Some(allowed) = allowed(&ROUTES, req.path()) else {
        return Err(ApiError::not_found());
    };
    // The words come from the document, which holds method names only.
    let value = HeaderValue::from_str(&allowed).map_err(|error| ApiError::internal(&error))?;
    if *req.method() == Method::OPTIONS {
        let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
        response.headers_mut().insert(header::ALLOW, value);
        return Ok(response);
    }
    Err(ApiError::new(Kind::MethodNotAllowed).header(header::ALLOW, value))
}

/// The methods of a path, `HEAD` and `OPTIONS` included; `None` for a path that is not ours.
fn allowed(routes: &[Route], path: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').collect();
    let mut methods: BTreeSet<&str> = BTreeSet::new();
    for route in routes.iter().filter(|route| route.matches(&segments)) {
        methods.extend(route.methods.iter().map(String::as_str));
    }
    if methods.is_empty() {
        return None;
    }
    if methods.contains("GET") {
        methods.insert("HEAD");
    }
    methods.insert("OPTIONS");
    Some(methods.into_iter().collect::<Vec<_>>().join(", "))
}

impl Route {
    fn matches(&self, path: &[&str]) -> bool {
        let same = |(own, given): (&String, &&str)| {
            if own.starts_with('{') {
                !given.is_empty()
            } else {
                own == given
            }
        };
        self.segments.len() == path.len() && self.segments.iter().zip(path).all(same)
    }
}

fn routes_of(document: &Value) -> Vec<Route> {
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    paths
        .map(|(path, item)| Route {
            segments: path.split('/').map(str::to_owned).collect(),
            methods: item
                .as_object()
                .into_iter()
                .flatten()
                .map(|(method, _)| method.to_uppercase())
                .filter(|method| {
                    ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str())
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_has_the_methods_of_the_document() {
        let document = json!({"paths": {
            "/v1/things": {"get": {}, "post": {}},
            "/v1/things/{id}": {"get": {}, "parameters": []},
            "/v1/things/summary": {"delete": {}},
        }});
        let routes = routes_of(&document);
        let of = |path| allowed(&routes, path);
        assert_eq!(
            of("/v1/things").as_deref(),
            Some("GET, HEAD, OPTIONS, POST")
        );
        assert_eq!(of("/v1/things/7").as_deref(), Some("GET, HEAD, OPTIONS"));
        assert_eq!(
            of("/v1/things/summary").as_deref(),
            Some("DELETE, GET, HEAD, OPTIONS")
        );
        for unknown in [
            "/v1/thing",
            "/v1/things/",
            "/v1/things/7/8",
            "//v1/things",
            "",
        ] {
            assert_eq!(of(unknown), None, "{unknown}");
        }
    }
}
