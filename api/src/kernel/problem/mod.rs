//! What every refusal looks like: RFC 9457 problems, from one registry.

mod from;
mod kinds;
mod pages;
mod registry;
mod render;

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
};
use domain::kernel::Refusal;
use serde_json::Value;

pub use pages::{docs_markdown, entry, html_index, html_page, type_uri};
pub use registry::{Kind, Spec};
pub use render::{FieldErrorOutput, Problem, body, respond};

use super::text::{Language, Text};

/// The `code` of an entry of `errors[]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is absent and needed.
    Required,
    /// Its name is not in the contract.
    Unknown,
    /// It is not a number, a boolean, an instant…
    Type,
    /// It has not the form asked.
    Format,
    /// It is too short or too long, or has too many values.
    Length,
    /// It is out of bounds.
    Range,
    /// It is given more than once.
    Multiple,
    /// It is not a code of the list.
    Code,
    /// Two bounds or dates are in the wrong order.
    Order,
    /// It does not go with another parameter.
    Inconsistent,
    /// What it refers to does not exist.
    NotFound,
}

impl Fault {
    /// The code as it is written.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Unknown => "unknown",
            Self::Type => "type",
            Self::Format => "format",
            Self::Length => "length",
            Self::Range => "range",
            Self::Multiple => "multiple",
            Self::Code => "code",
            Self::Order => "order",
            Self::Inconsistent => "inconsistent",
            Self::NotFound => "not_found",
        }
    }
}

/// One refusal among those of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The query parameter or path segment.
    pub parameter: String,
    /// What is wrong with it.
    pub fault: Fault,
    /// What is accepted.
    pub detail: Text,
}

/// A refusal, or an error of ours: a registered problem and what is said of this occurrence.
#[derive(Debug)]
pub struct ApiError(Box<Occurrence>);

#[derive(Debug)]
struct Occurrence {
    kind: Kind,
    detail: Option<Text>,
    errors: Vec<FieldError>,
    refusals: Vec<Refusal>,
    extras: Vec<(&'static str, Value)>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiError {
    /// A problem without more detail than its `when`.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self(Box::new(Occurrence {
            kind,
            detail: None,
            errors: Vec::new(),
            refusals: Vec::new(),
            extras: Vec::new(),
            headers: Vec::new(),
        }))
    }

    /// Nothing has this address, or nothing that the caller may see.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound)
    }

    /// An error of ours: logged here, once, and answered without a word of it.
    #[must_use]
    pub fn internal(cause: &dyn fmt::Display) -> Self {
        log::error!(target: "atigip", cause:% = cause; "A request failed on an error of ours.");
        Self::new(Kind::Internal)
    }

    /// One parameter is refused.
    #[must_use]
    pub fn parameter(name: &str, fault: Fault, detail: Text) -> Self {
        let parameter = name.to_owned();
        Self::parameters(vec![FieldError {
            parameter,
            fault,
            detail,
        }])
    }

    /// Parameters are refused; unknown names give the problem its type.
    #[must_use]
    pub fn parameters(errors: Vec<FieldError>) -> Self {
        let unknown = errors.iter().any(|error| error.fault == Fault::Unknown);
        let kind = if unknown {
            Kind::UnknownParameter
        } else {
            Kind::InvalidParameter
        };
        let mut error = Self::new(kind);
        error.0.errors = errors;
        error
    }

    /// Members of the body are refused: `422`, each refusal with its JSON Pointer.
    #[must_use]
    pub fn validation(refusals: Vec<Refusal>) -> Self {
        Self::refused(Kind::Validation, refusals)
    }

    /// Members of the body are refused, for a reason that has a problem of its own.
    #[must_use]
    pub fn refused(kind: Kind, refusals: Vec<Refusal>) -> Self {
        let mut error = Self::new(kind);
        error.0.refusals = refusals;
        error
    }

    /// Says what this occurrence is about.
    #[must_use]
    pub fn detail(mut self, detail: Text) -> Self {
        self.0.detail = Some(detail);
        self
    }

    /// Adds a member that the registry announces (`history`, `revision`, `max_bytes`…).
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.extras.push((name, value.into()));
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Says when to come back.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        let name = actix_web::http::header::RETRY_AFTER;
        self.header(name, HeaderValue::from(seconds))
    }

    /// The registered problem.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The refusals gathered.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// The refusals of the body.
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        &self.0.refusals
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.kind.spec().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spec = self.0.kind.spec();
        write!(f, "{}: {}", spec.slug, spec.title.get(Language::En))
    }
}

impl std::error::Error for ApiError {}

/// The body is written by the shell, which knows the request's id and language.
impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}
