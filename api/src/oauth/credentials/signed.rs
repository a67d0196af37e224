//! An assertion that a client signs (RFC 7523): what it says, and all that makes it refused.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    clients::{Client, ClientKeys, PublicKey},
    kernel::Id,
};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, dangerous::insecure_decode_claims, decode, decode_header,
    errors::ErrorKind,
};
use serde::Deserialize;
use uuid::Uuid;

/// The longest assertion worth reading, in bytes.
const MAX_ASSERTION: usize = 8 * 1024;
/// The longest identifier of an assertion.
const MAX_JTI: usize = 200;
/// How far ahead an assertion may end.
const MAX_LIFE: TimeDelta = TimeDelta::minutes(5);
/// By how much the clock of a client may be ahead of ours.
const SKEW: TimeDelta = TimeDelta::minutes(1);
/// The types that an assertion may bear, when it bears one.
const TYPES: [&str; 2] = ["client-authentication+jwt", "jwt"];

/// An assertion whose signature and claims are good, and that may be spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assertion {
    /// What tells it from any other of the client.
    pub(super) jti: String,
    /// When it ends.
    pub(super) expires_at: DateTime<Utc>,
}

/// Why an assertion is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum AssertionError {
    /// It proves nothing: why is told in the log alone.
    #[error("{0}")]
    Unproven(&'static str),
    /// A key of the client signed it: its author is told what is wrong.
    #[error("{0}")]
    Wrong(&'static str),
}

use AssertionError::{Unproven, Wrong};

/// The claims as they are written; others are left aside.
#[derive(Deserialize)]
struct Written {
    iss: String,
    sub: String,
    aud: Audience,
    exp: Seconds,
    nbf: Option<Seconds>,
    iat: Option<Seconds>,
    jti: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Listed(Vec<String>),
}

/// A number of seconds since 1970, which may have a fraction (RFC 7519, section 2).
#[derive(Deserialize)]
#[serde(try_from = "f64")]
struct Seconds(DateTime<Utc>);

impl TryFrom<f64> for Seconds {
    type Error = &'static str;

    fn try_from(seconds: f64) -> Result<Self, Self::Error> {
        let whole = Duration::try_from_secs_f64(seconds).ok();
        let whole = whole.and_then(|it| i64::try_from(it.as_secs()).ok());
        let instant = whole.and_then(|it| DateTime::from_timestamp(it, 0));
        instant.map(Self).ok_or("no instant")
    }
}

/// The client that an assertion says it is from, which proves nothing yet.
pub(super) fn claimed(text: &str) -> Result<Id<Client>, AssertionError> {
    #[derive(Deserialize)]
    struct Claimed {
        sub: String,
    }
    if text.len() > MAX_ASSERTION {
        return Err(Unproven("it is too long"));
    }
    let claimed = insecure_decode_claims::<Claimed>(text);
    let claimed = claimed.map_err(|_unreadable| Unproven("it is no JWT with a subject"))?;
    let id =
        Uuid::try_parse(&claimed.sub).map_err(|_other| Unproven("its subject is no client"))?;
    Ok(Id::new(id))
}

/// Checks an assertion of this client against the keys it registered, and no other: whatever key
/// the assertion brings or points to is left aside.
pub(super) fn verify(
    text: &str,
    client: Id<Client>,
    keys: &ClientKeys,
    issuer: &str,
    now: DateTime<Utc>,
) -> Result<Assertion, AssertionError> {
    let header = decode_header(text).map_err(|_unreadable| {
        // An algorithm that no key may have is unreadable too: `none` is one.
        Unproven("its header is not that of a signed JWT")
    })?;
    if header.crit.is_some() {
        return Err(Unproven("it asks for an extension to be understood"));
    }
    if !header.typ.as_deref().is_none_or(is_known_type) {
        return Err(Unproven("it is of another type"));
    }
    let named = |kid: &str| header.kid.as_deref().is_none_or(|named| named == kid);
    let mut refusal = Unproven("no key of its client has its name and its algorithm");
    for key in keys.as_slice().iter().filter(|key| named(key.kid.as_str())) {
        let (algorithm, public) = verifier(&key.key);
        if algorithm != header.alg {
            continue;
        }
        match decode::<Written>(text, &public, &signature_alone(algorithm)) {
            Ok(read) => return check(read.claims, client, issuer, now),
            Err(error) => refusal = told(error.kind()),
        }
    }
    Err(refusal)
}

/// What is signed well is checked whole.
fn check(
    written: Written,
    client: Id<Client>,
    issuer: &str,
    now: DateTime<Utc>,
) -> Result<Assertion, AssertionError> {
    let Written {
        iss,
        sub,
        aud,
        exp: Seconds(exp),
        nbf,
        iat,
        jti,
    } = written;
    let (own, later) = (client.to_string(), now + SKEW);
    let begins_later = |at: Option<Seconds>| at.is_some_and(|Seconds(at)| at > later);
    if iss != own || sub != own {
        return Err(Wrong("`iss` and `sub` are the client_id"));
    }
    if !aud.is_only(issuer) {
        return Err(Wrong(
            "`aud` is the issuer of the metadata, and nothing else",
        ));
    }
    if exp <= now {
        return Err(Wrong("the assertion has ended (`exp`)"));
    }
    if exp > now + MAX_LIFE {
        return Err(Wrong("`exp` is at most five minutes ahead"));
    }
    if begins_later(nbf) || begins_later(iat) {
        return Err(Wrong("`nbf` and `iat` are not to come"));
    }
    if jti.is_empty() || jti.len() > MAX_JTI || jti.chars().any(char::is_control) {
        return Err(Wrong("`jti` is 1 to 200 characters"));
    }
    let expires_at = exp;
    Ok(Assertion { jti, expires_at })
}

impl Audience {
    fn is_only(&self, issuer: &str) -> bool {
        match self {
            Self::One(audience) => audience == issuer,
            Self::Listed(audiences) => matches!(audiences.as_slice(), [one] if one == issuer),
        }
    }
}

fn is_known_type(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    TYPES.contains(&kind.strip_prefix("application/").unwrap_or(&kind))
}

/// The one algorithm of a key, and what verifies by it: never what the assertion asks for.
fn verifier(key: &PublicKey) -> (Algorithm, DecodingKey) {
    match key {
        PublicKey::Es256 { x, y } => {
            let point = [&[0x04], x.0.as_slice(), y.0.as_slice()].concat();
            (Algorithm::ES256, DecodingKey::from_ec_der(&point))
        }
        PublicKey::EdDsa { x } => (Algorithm::EdDSA, DecodingKey::from_ed_der(&x.0)),
        PublicKey::Rs256(key) => (
            Algorithm::RS256,
            DecodingKey::from_rsa_raw_components(key.modulus(), key.exponent()),
        ),
        PublicKey::Ps256(key) => (
            Algorithm::PS256,
            DecodingKey::from_rsa_raw_components(key.modulus(), key.exponent()),
        ),
    }
}

/// The signature alone is left to the library; the claims are checked here, at the platform's
/// own time.
fn signature_alone(algorithm: Algorithm) -> Validation {
    let mut rules = Validation::new(algorithm);
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules
}

/// Claims are read after the signature was found good.
fn told(error: &ErrorKind) -> AssertionError {
    match error {
        ErrorKind::Json(_) => {
            Wrong("`iss`, `sub`, `aud`, `exp` and `jti` are there, once, and of their types")
        }
        _ => Unproven("its signature is not that of the key"),
    }
}

#[cfg(test)]
mod tests;
