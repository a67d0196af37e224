//! The errors of RFC 6749, section 5.2, which are not problems.

use std::fmt;

use actix_web::{
    Error, HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{problem::ApiError, shell::OfItsStandard};

/// A refusal of the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ErrorCode {
    /// The form is not well formed, or repeats or lacks a parameter.
    InvalidRequest,
    /// The client is unknown, is suspended, or did not prove who it is.
    InvalidClient,
    /// The client may not do this.
    UnauthorizedClient,
    /// Only `client_credentials` is granted.
    UnsupportedGrantType,
    /// A scope is unknown, or the client has not this scope.
    InvalidScope,
}

/// What the token endpoint answers instead of a problem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OAuthError)]
pub(super) struct ErrorOutput {
    /// What is refused.
    #[schema(example = "invalid_client")]
    pub error: ErrorCode,
    /// Why, for a developer.
    #[schema(
        max_length = 300,
        example = "the client is unknown or suspended, or does not prove who it is"
    )]
    pub error_description: &'static str,
}

/// Why a request of OAuth is not served.
#[derive(Debug)]
pub(super) enum OAuthError {
    /// A refusal of the standard.
    Refused(Refused),
    /// What any operation may answer: too many requests, the database away.
    Problem(ApiError),
}

/// A refusal of the standard.
#[derive(Debug)]
pub(super) struct Refused {
    code: ErrorCode,
    why: &'static str,
    /// Whether the client used `Authorization`, and is challenged there.
    challenge: bool,
}

impl OAuthError {
    /// A refusal without a challenge.
    pub(super) fn new(code: ErrorCode, why: &'static str) -> Self {
        Self::Refused(Refused {
            code,
            why,
            challenge: false,
        })
    }

    /// The form is not as it should be.
    pub(super) fn request(why: &'static str) -> Self {
        Self::new(ErrorCode::InvalidRequest, why)
    }

    /// The client did not prove who it is.
    pub(super) fn client(challenge: bool) -> Self {
        Self::Refused(Refused {
            code: ErrorCode::InvalidClient,
            why: "the client is unknown or suspended, or does not prove who it is",
            challenge,
        })
    }
}

impl From<ApiError> for OAuthError {
    fn from(error: ApiError) -> Self {
        Self::Problem(error)
    }
}

/// A problem goes on as itself, so that the shell knows it.
impl From<OAuthError> for Error {
    fn from(error: OAuthError) -> Self {
        match error {
            OAuthError::Refused(refused) => refused.into(),
            OAuthError::Problem(problem) => problem.into(),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why)
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        match self.code {
            ErrorCode::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if self.challenge {
            response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"atigip\""));
        }
        let mut response = response
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(ErrorOutput {
                error: self.code,
                error_description: self.why,
            });
        response.extensions_mut().insert(OfItsStandard);
        response
    }
}
