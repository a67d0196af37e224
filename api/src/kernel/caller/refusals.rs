//! What is answered to who may not: problems, and the challenges of RFC 6750.

use actix_web::http::header::{HeaderValue, WWW_AUTHENTICATE};
use domain::{clients::Scope, kernel::Code};

use crate::kernel::problem::{ApiError, Kind};

/// Nothing was presented: the challenge has no error code (RFC 6750, section 3.1).
pub(super) fn without_token() -> ApiError {
    challenge(ApiError::new(Kind::Unauthorized), "Bearer realm=\"atigip\"")
}

/// What was presented is not good; why is not said.
pub(super) fn bad_token() -> ApiError {
    challenge(
        ApiError::new(Kind::Unauthorized),
        "Bearer realm=\"atigip\", error=\"invalid_token\"",
    )
}

/// The token is good, but does not open this operation.
pub(super) fn lacks(scope: Scope) -> ApiError {
    let code = scope.code();
    let error = ApiError::new(Kind::InsufficientScope).with("scope", code);
    let line = format!("Bearer realm=\"atigip\", error=\"insufficient_scope\", scope=\"{code}\"");
    challenge(error, &line)
}

fn challenge(error: ApiError, line: &str) -> ApiError {
    match HeaderValue::from_str(line) {
        Ok(value) => error.header(WWW_AUTHENTICATE, value),
        Err(_) => error,
    }
}
