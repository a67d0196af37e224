//! What answers when no route does: 404, 405 or the methods that are allowed.

use std::{collections::BTreeSet, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    dev::ServiceRequest,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue, InvalidHeaderValue},
    },
};
use serde_json::Value;

use crate::kernel::problem::{ApiError, Kind};

/// The paths of the document with their methods: what is not there does not exist.
static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| routes_of(crate::openapi::document()));

/// Those that the router takes for another: `/things/summary` is also of the form `/things/{id}`,
/// whose methods are not its own.
static SHADOWED: LazyLock<Vec<Route>> = LazyLock::new(|| shadowed(&ROUTES));

/// The fewest slashes of one of those: most of what is asked has fewer.
static SHORTEST: LazyLock<usize> = LazyLock::new(|| {
    let slashes = SHADOWED.iter().map(|route| route.segments.len() - 1);
    slashes.min().unwrap_or(usize::MAX)
});

#[derive(Clone)]
struct Route {
    segments: Vec<String>,
    methods: Vec<String>,
}

/// Makes the routes ready, which takes as long as the whole contract takes to be made.
pub fn prepare() {
    LazyLock::force(&SHORTEST);
}

/// Answers a request that no route took.
pub async fn unmatched(req: HttpRequest) -> Result<HttpResponse, ApiError> {
    let Some(route) = most_precise(&ROUTES, req.path()) else {
        return Err(ApiError::not_found());
    };
    if *req.method() == Method::OPTIONS {
        let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
        let allowed = route
            .allowed()
            .map_err(|error| ApiError::internal(&error))?;
        response.headers_mut().insert(header::ALLOW, allowed);
        return Ok(response);
    }
    Err(route.refusal())
}

/// Refuses a method that a path has not, though the path that the router would take it for has.
pub(super) fn refuse(req: &ServiceRequest) -> Option<ApiError> {
    let path = req.path();
    let slashes = path.bytes().filter(|byte| *byte == b'/').count();
    if slashes < *SHORTEST {
        return None;
    }
    let route = most_precise(&SHADOWED, path)?;
    let method = req.method();
    let known =
        *method == Method::OPTIONS || route.methods.iter().any(|own| own == method.as_str());
    (!known).then(|| route.refusal())
}

/// The path of the document that this one is: of several, the one with the fewest parameters.
fn most_precise<'r>(routes: &'r [Route], path: &str) -> Option<&'r Route> {
    let matching = routes.iter().filter(|route| route.matches(path.split('/')));
    matching.min_by_key(|route| route.parameters())
}

fn shadowed(routes: &[Route]) -> Vec<Route> {
    let behind = |route: &&Route| {
        routes.iter().any(|other| {
            other.parameters() > route.parameters()
                && other.matches(route.segments.iter().map(String::as_str))
        })
    };
    routes.iter().filter(behind).cloned().collect()
}

/// What follows the parameter of a segment that is one: nothing, or as `.mvt`.
fn parameter(segment: &str) -> Option<&str> {
    let (_, after) = segment.strip_prefix('{')?.split_once('}')?;
    Some(after)
}

impl Route {
    fn matches<'p>(&self, path: impl Iterator<Item = &'p str>) -> bool {
        let mut own = self.segments.iter();
        for given in path {
            let same = own.next().is_some_and(|own| match parameter(own) {
                Some(after) => given.strip_suffix(after).is_some_and(|it| !it.is_empty()),
                None => own == given,
            });
            if !same {
                return false;
            }
        }
        own.next().is_none()
    }

    fn parameters(&self) -> usize {
        let parameters = self.segments.iter().filter(|own| own.starts_with('{'));
        parameters.count()
    }

    /// Its methods, `HEAD` and `OPTIONS` included; the words come from the document, which holds
    /// method names only.
    fn allowed(&self) -> Result<HeaderValue, InvalidHeaderValue> {
        let mut methods: BTreeSet<&str> = self.methods.iter().map(String::as_str).collect();
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        methods.insert("OPTIONS");
        let methods: Vec<&str> = methods.into_iter().collect();
        HeaderValue::from_str(&methods.join(", "))
    }

    fn refusal(&self) -> ApiError {
        match self.allowed() {
            Ok(allowed) => ApiError::new(Kind::MethodNotAllowed).header(header::ALLOW, allowed),
            Err(error) => ApiError::internal(&error),
        }
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

    fn routes() -> Vec<Route> {
        routes_of(&json!({"paths": {
            "/v1/things": {"get": {}, "post": {}},
            "/v1/things/{id}": {"get": {}, "patch": {}, "parameters": []},
            "/v1/things/summary": {"delete": {}},
        }}))
    }

    #[test]
    fn a_path_has_its_own_methods_of_the_document() {
        let routes = routes();
        let of = |path| {
            let route = most_precise(&routes, path)?;
            Some(route.allowed().unwrap().to_str().unwrap().to_owned())
        };
        let expected = |methods: &str| Some(methods.to_owned());
        assert_eq!(of("/v1/things"), expected("GET, HEAD, OPTIONS, POST"));
        assert_eq!(of("/v1/things/7"), expected("GET, HEAD, OPTIONS, PATCH"));
        assert_eq!(of("/v1/things/summary"), expected("DELETE, OPTIONS"));
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

    #[test]
    fn a_path_that_another_would_take_is_known() {
        let shadowed = shadowed(&routes());
        let paths: Vec<String> = shadowed
            .iter()
            .map(|route| route.segments.join("/"))
            .collect();
        assert_eq!(paths, ["/v1/things/summary"]);
    }
}
