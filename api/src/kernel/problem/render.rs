//! A problem as the caller reads it.

use actix_web::{HttpResponse, http::header};
use domain::kernel::{Code, Refusal};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ApiError, FieldError, pages::type_uri};
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
    /// Every refusal of the request, when they concern parameters or members of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000, required = false)]
    pub errors: Vec<FieldErrorOutput>,
}

/// One refusal among those of a request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorOutput {
    /// The query parameter, path segment or header concerned, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "limit", nullable = false)]
    pub parameter: Option<String>,
    /// The member of the body concerned, when it is one: a JSON Pointer as a URI fragment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000, example = "#/gross_floor_area_m2", nullable = false)]
    pub pointer: Option<String>,
    /// What is wrong (an open list: `type`, `range`, `code`, `format`, `length`, `multiple`…).
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "range")]
    pub code: &'static str,
    /// What is accepted.
    #[schema(max_length = 4000, example = "a whole number from 1 to 100")]
    pub detail: String,
}

impl FieldErrorOutput {
    fn of_parameter(error: &FieldError, language: Language) -> Self {
        Self {
            parameter: Some(error.parameter.clone()),
            pointer: None,
            code: error.fault.code(),
            detail: error.detail.get(language).to_owned(),
        }
    }

    /// The domain tells its refusals in English; their kinds have a label in French.
    fn of_body(refusal: &Refusal, language: Language) -> Self {
        let detail = match language {
            Language::En => refusal.detail.clone(),
            Language::Fr => format!("{} : {}", refusal.code.label(), refusal.detail),
        };
        Self {
            parameter: None,
            pointer: Some(format!("#{}", refusal.pointer)),
            code: refusal.code.code(),
            detail,
        }
    }

    fn place(&self) -> &str {
        let place = self.parameter.as_ref().or(self.pointer.as_ref());
        place.map(String::as_str).unwrap_or_default()
    }
}

/// The body of a problem, in one language.
#[must_use]
pub fn body(error: &ApiError, base: &str, uuid: Uuid, language: Language) -> Value {
    let occurrence = &error.0;
    let spec = occurrence.kind.spec();
    let errors: Vec<FieldErrorOutput> = occurrence
        .errors
        .iter()
        .map(|error| FieldErrorOutput::of_parameter(error, language))
        .chain(
            occurrence
                .refusals
                .iter()
                .map(|refusal| FieldErrorOutput::of_body(refusal, language)),
        )
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
        .map(|error| format!("{}: {}", error.place(), error.detail))
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
    fn refusals_of_a_body_point_at_its_members() {
        use domain::kernel::RefusalCode;
        let refused = ApiError::validation(vec![
            Refusal::new("/zones/0/area_m2", RefusalCode::Range, "from 1 to 100"),
            Refusal::new("", RefusalCode::Type, "an object is expected"),
        ]);
        let value = body(&refused, "https://x", Uuid::nil(), Language::En);
        assert_eq!(value["status"], 422);
        assert_eq!(value["type"], "https://x/problems/validation");
        assert_eq!(value["errors"][0]["pointer"], "#/zones/0/area_m2");
        assert_eq!(value["errors"][0]["code"], "range");
        assert!(value["errors"][0].get("parameter").is_none());
        assert_eq!(value["errors"][1]["pointer"], "#");
        assert_eq!(
            value["detail"],
            "#/zones/0/area_m2: from 1 to 100; #: an object is expected"
        );
        let french = body(&refused, "https://x", Uuid::nil(), Language::Fr);
        assert_eq!(french["errors"][0]["detail"], "Hors bornes : from 1 to 100");
    }

    #[test]
    fn announced_members_come_after_the_standard_ones() {
        let refused = ApiError::new(Kind::PayloadTooLarge).with("max_bytes", 10);
        let value = body(&refused, "", Uuid::nil(), Language::En);
        assert_eq!(value["max_bytes"], 10);
        assert!(value.get("errors").is_none());
    }
}
