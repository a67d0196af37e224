//! A problem as the caller reads it.

use actix_web::{HttpResponse, http::header};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ApiError, pages::type_uri};
use crate::kernel::{context::RequestContext, text::Language};

/// A refusal or an error, as RFC 9457 describes it. Other members may appear, which the page
/// of the problem's type announces.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The address of the page that says when this happens and what to do.
    #[serde(rename = "type")]
    #[schema(
        format = "uri",
        max_length = 500,
        example = "https://api.example.org/problems/invalid-parameter"
    )]
    pub uri: String,
    /// The title of this type of problem, in the language of `Content-Language`.
    #[schema(
        max_length = 200,
        example = "A parameter has a value that cannot be used"
    )]
    pub title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    pub status: u16,
    /// What happened this time.
    #[schema(max_length = 4000)]
    pub detail: String,
    /// The identifier of this occurrence, to quote when reporting it.
    #[schema(
        format = "uri",
        max_length = 45,
        example = "urn:uuid:01930000-0000-7000-8000-000000000001"
    )]
    pub instance: String,
    /// Every refusal of the request, when there are several or when they concern parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000, required = false)]
    pub errors: Vec<FieldErrorOutput>,
}

/// One refusal among those of a request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorOutput {
    /// The query parameter or path segment concerned.
    #[schema(max_length = 200, example = "limit")]
    pub parameter: String,
    /// What is wrong (an open list: `type`, `range`, `code`, `format`, `length`, `multiple`…).
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "range")]
    pub code: &'static str,
    /// What is accepted.
    #[schema(max_length = 4000, example = "a whole number from 1 to 100")]
    pub detail: String,
}

/// The body of a problem, in one language.
#[must_use]
pub fn body(error: &ApiError, base: &str, uuid: Uuid, language: Language) -> Value {
    let occurrence = &error.0;
    let spec = occurrence.kind.spec();
    let errors: Vec<FieldErrorOutput> = occurrence
        .errors
        .iter()
        .map(|error| FieldErrorOutput {
            parameter: error.parameter.clone(),
            code: error.fault.code(),
            detail: error.detail.get(language).to_owned(),
        })
        .collect();
    let problem = Problem {
        uri: type_uri(base, spec.slug),
        title: spec.title.get(language),
        status: spec.status,
        detail: detail(error, &errors, language),
        instance: format!("urn:uuid:{uuid}"),
        errors,
    };
    let mut members = match serde_json::to_value(problem) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    for (name, value) in &occurrence.extras {
        members.insert((*name).to_owned(), value.clone());
    }
    Value::Object(members)
}

/// The detail given, or the first refusals, or when the problem happens.
fn detail(error: &ApiError, errors: &[FieldErrorOutput], language: Language) -> String {
    if let Some(detail) = &error.0.detail {
        return detail.get(language).to_owned();
    }
    if errors.is_empty() {
        return error.0.kind.spec().when.get(language).to_owned();
    }
    let sentences: Vec<String> = errors
        .iter()
        .take(3)
        .map(|error| format!("{}: {}", error.parameter, error.detail))
        .collect();
    sentences.join("; ")
}

/// The whole answer: never stored, in the language of the caller.
#[must_use]
pub fn respond(error: &ApiError, base: &str, context: &RequestContext) -> HttpResponse {
    let mut response = HttpResponse::build(error.status());
    for (name, value) in &error.0.headers {
        response.insert_header((name.clone(), value.clone()));
    }
    response
        .insert_header((header::CONTENT_TYPE, "application/problem+json"))
        .insert_header((header::CONTENT_LANGUAGE, context.language.tag()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept-Language"))
        .body(body(error, base, context.uuid, context.language).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{
        problem::{Fault, Kind},
        text::Text,
    };

    #[test]
    fn a_problem_speaks_the_language_of_the_caller() {
        let refused = ApiError::parameter("limit", Fault::Range, Text::new("1 to 100", "1 à 100"));
        let french = body(&refused, "https://x", Uuid::nil(), Language::Fr);
        assert_eq!(french["type"], "https://x/problems/invalid-parameter");
        assert_eq!(french["errors"][0]["detail"], "1 à 100");
        assert_eq!(french["errors"][0]["code"], "range");
        assert_eq!(french["detail"], "limit: 1 à 100");
        assert_eq!(
            french["instance"],
            "urn:uuid:00000000-0000-0000-0000-000000000000"
        );
        let english = body(&refused, "https://x", Uuid::nil(), Language::En);
        assert_eq!(
            english["title"],
            "A parameter has a value that cannot be used"
        );
    }

    #[test]
    fn announced_members_come_after_the_standard_ones() {
        let refused = ApiError::new(Kind::PayloadTooLarge).with("max_bytes", 10);
        let value = body(&refused, "", Uuid::nil(), Language::En);
        assert_eq!(value["max_bytes"], 10);
        assert!(value.get("errors").is_none());
    }
}
