//! The form of a request of OAuth: each parameter once, an empty one as if absent.

use actix_web::HttpRequest;

use super::error::OAuthError;
use crate::{
    kernel::{encoding::decode_query, idempotency, json::JsonBody, limits::Seen, problem::Kind},
    platform::Platform,
};

/// The parameters of a form.
#[derive(Debug)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the form, having counted the request against the limit of its address. What is in
    /// the query is refused: addresses are logged by proxies.
    pub(super) async fn read(
        req: &HttpRequest,
        platform: &Platform,
        body: JsonBody,
    ) -> Result<Self, OAuthError> {
        if let Some(standing) = platform.token_limiter.visit(req, false) {
            Seen::of(req).stands(standing);
            if standing.exhausted {
                return Err(standing.refusal().into());
            }
        }
        idempotency::refuse(req)?;
        if !req.query_string().is_empty() {
            return Err(OAuthError::request("parameters are sent in the body alone"));
        }
        let bytes = body.form().await.map_err(|error| match error.kind() {
            Kind::UnsupportedMediaType => {
                OAuthError::request("the body is application/x-www-form-urlencoded")
            }
            _ => error.into(),
        })?;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self, OAuthError> {
        let unreadable = || OAuthError::request("the form is not percent-encoded UTF-8");
        let text = std::str::from_utf8(bytes).map_err(|_invalid| unreadable())?;
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode_query(name).ok_or_else(unreadable)?;
            let value = decode_query(value).ok_or_else(unreadable)?;
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(OAuthError::request("a parameter is repeated"));
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    /// A parameter, unless it is absent or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_read_once_and_an_empty_one_is_absent() {
        let form = Form::parse(b"grant_type=client_credentials&scope=&x=a%3Ab+c&y").unwrap();
        assert_eq!(form.get("grant_type"), Some("client_credentials"));
        assert_eq!(form.get("scope"), None);
        assert_eq!(form.get("x"), Some("a:b c"));
        assert_eq!(form.get("y"), None);
        for bad in [&b"a=1&a=2"[..], b"a=&a=2", b"a=%ff", b"\xff=1"] {
            assert!(Form::parse(bad).is_err(), "{bad:?}");
        }
    }
}
