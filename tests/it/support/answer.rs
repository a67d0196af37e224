//! An answer of the platform, read whole.

use serde_json::Value;
use ureq::http::HeaderMap;

/// Status, headers and body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    asked: String,
}

impl Answer {
    pub(crate) fn new(asked: &str, status: u16, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self {
            status,
            headers,
            body,
            asked: asked.to_owned(),
        }
    }

    /// A header's text; empty when absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The JSON of an answer of 200.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}: {}", self.asked, self.text());
        assert_eq!(
            self.header("content-type"),
            "application/json",
            "{}",
            self.asked
        );
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The problem of a refusal, whose shape is checked here for every test.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, slug: &str) -> Value {
        let asked = &self.asked;
        assert_eq!(self.status, status, "{asked}: {}", self.text());
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{asked}"
        );
        assert_eq!(self.header("cache-control"), "no-store", "{asked}");
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        let kind = problem["type"].as_str().unwrap();
        assert!(
            kind.ends_with(&format!("/problems/{slug}")),
            "{asked}: {problem}"
        );
        assert_eq!(problem["status"], status, "{asked}");
        assert!(!problem["title"].as_str().unwrap().is_empty(), "{asked}");
        let instance = problem["instance"].as_str().unwrap();
        assert!(instance.starts_with("urn:uuid:"), "{asked}: {problem}");
        problem
    }

    /// The names of the parameters that a refusal is about, in its order.
    #[track_caller]
    pub(crate) fn refused(&self, slug: &str) -> Vec<(String, String)> {
        let problem = self.problem(400, slug);
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
        errors
            .iter()
            .map(|e| (text(e, "parameter"), text(e, "code")))
            .collect()
    }

    /// Checks the refusals of a body: pointer and code of each, sorted.
    #[track_caller]
    pub(crate) fn invalid(&self, expected: &[(&str, &str)]) {
        let problem = self.problem(422, "validation");
        let errors = problem["errors"].as_array().unwrap();
        let text = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
        let mut found: Vec<_> = errors
            .iter()
            .map(|error| (text(error, "pointer"), text(error, "code")))
            .collect();
        found.sort();
        let expected: Vec<_> = expected
            .iter()
            .map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned()))
            .collect();
        assert_eq!(found, expected, "{}: {}", self.asked, self.text());
    }
}
