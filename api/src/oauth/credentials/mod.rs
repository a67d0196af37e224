//! A client proves who it is, in one way a request: by its secret, in `Authorization: Basic` or in
//! the form, or by an assertion that it signs.

mod assertion;
mod secret;
mod signed;

use actix_web::{
    HttpRequest,
    http::header::{self, AUTHORIZATION},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::clients::Client;

use super::{error::OAuthError, form::Form};
use crate::{
    kernel::{context::text, encoding::decode_query},
    platform::Platform,
};

/// How a client may prove who it is, as metadata name the ways (RFC 8414).
pub(super) const METHODS: [&str; 3] = [
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
];
/// The one type of assertion (RFC 7523, section 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a client presents.
#[derive(Debug)]
enum Presented<'a> {
    Secret(Credentials),
    /// A signed assertion, beside the `client_id` that it need not repeat.
    Assertion {
        text: &'a str,
        client_id: Option<&'a str>,
    },
}

/// An identifier and a secret; neither is told.
struct Credentials {
    id: String,
    secret: String,
    /// Whether it came in `Authorization`.
    header: bool,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// The client, once it has proved who it is. Neither an unknown client nor one that is suspended
/// is told from one that proved nothing.
pub(super) async fn authenticate(
    req: &HttpRequest,
    platform: &Platform,
    form: &Form,
) -> Result<Client, OAuthError> {
    match read(req, form)? {
        Presented::Secret(given) => secret::authenticate(platform, given).await,
        Presented::Assertion { text, client_id } => {
            assertion::authenticate(platform, text, client_id).await
        }
    }
}

/// Reads what the client presents, in one place only.
fn read<'a>(req: &HttpRequest, form: &'a Form) -> Result<Presented<'a>, OAuthError> {
    let in_header = req.headers().contains_key(AUTHORIZATION);
    let secret = form.get("client_secret");
    let assertion = form.get("client_assertion");
    let kind = form.get("client_assertion_type");
    let ways = [
        in_header,
        secret.is_some(),
        assertion.is_some() || kind.is_some(),
    ];
    if ways.into_iter().filter(|way| *way).count() > 1 {
        return Err(OAuthError::request(
            "a client proves who it is in one way: the header, the secret or the assertion",
        ));
    }
    let client_id = form.get("client_id");
    match (assertion, kind) {
        (Some(text), Some(JWT_BEARER)) => return Ok(Presented::Assertion { text, client_id }),
        (Some(_), Some(_)) => return Err(OAuthError::client(false)),
        (Some(_), None) => {
            return Err(OAuthError::request("client_assertion_type is missing"));
        }
        (None, Some(_)) => return Err(OAuthError::request("client_assertion is missing")),
        (None, None) => {}
    }
    if in_header {
        return in_authorization(req, client_id).map(Presented::Secret);
    }
    let (id, secret) = client_id
        .zip(secret)
        .ok_or_else(|| OAuthError::client(false))?;
    Ok(Presented::Secret(Credentials {
        id: id.to_owned(),
        secret: secret.to_owned(),
        header: false,
    }))
}

fn in_authorization(req: &HttpRequest, named: Option<&str>) -> Result<Credentials, OAuthError> {
    let line = text(req.headers(), header::AUTHORIZATION.as_str()).unwrap_or_default();
    let (id, secret) = basic(line).ok_or_else(|| OAuthError::client(true))?;
    if named.is_some_and(|named| named != id) {
        return Err(OAuthError::request(
            "client_id is not that of Authorization",
        ));
    }
    Ok(Credentials {
        id,
        secret,
        header: true,
    })
}

/// `Basic`: both halves are form-encoded before they are joined (RFC 6749, section 2.3.1).
fn basic(line: &str) -> Option<(String, String)> {
    let (scheme, encoded) = line.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("basic");
    let joined = STANDARD.decode(encoded.trim()).ok().filter(|_| known)?;
    let joined = String::from_utf8(joined).ok()?;
    let (id, secret) = joined.split_once(':')?;
    Some((decode_query(id)?, decode_query(secret)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_is_decoded_twice() {
        let line = |text: &str| format!("Basic {}", STANDARD.encode(text));
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(basic(&line("id:atg_1")), pair("id", "atg_1"));
        assert_eq!(basic(&line("i%3Ad:a%25b:c")), pair("i:d", "a%b:c"));
        for bad in [
            "",
            "Basic",
            "Basic é",
            "Bearer aWQ6YQ==",
            &line("id"),
            &line("a:%ff"),
        ] {
            assert_eq!(basic(bad), None, "{bad}");
        }
    }
}
