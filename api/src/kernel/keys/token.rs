//! An access token: what it says, how it is signed, and all that makes it refused.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{clients::Client, kernel::Id};
use jsonwebtoken::{
    Algorithm, Header, Validation, decode, decode_header, encode,
    errors::{Error, ErrorKind},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{KeyRing, TOKEN_LIFE_S};

/// The type of an access token (RFC 9068, section 2.1).
const TYPE: &str = "at+jwt";
/// The longest token worth reading, in bytes.
const MAX_TOKEN: usize = 4096;

/// Why a token is refused; told in the log, never to the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is not a token, or not signed by this key with this algorithm; nothing of it is told.
    #[error("it is not a token of this service: {0}")]
    Form(&'static str),
    /// It is of another type.
    #[error("it is not an access token")]
    Type,
    /// No key has its `kid`.
    #[error("its key is unknown or retired")]
    Key,
    /// It ended, or has not begun.
    #[error("it is not of this time")]
    Time,
    /// No key can sign.
    #[error("there is no key to sign with")]
    NoKey,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The client.
    pub client_id: Id<Client>,
    /// The scopes, separated by spaces.
    pub scope: String,
    /// The identifier of the token, by which it is revoked.
    pub jti: Uuid,
    /// When it was given.
    pub issued_at: DateTime<Utc>,
}

/// The claims as they are written.
#[derive(Serialize, Deserialize)]
struct Written {
    iss: String,
    aud: String,
    sub: String,
    client_id: String,
    scope: String,
    iat: i64,
    exp: i64,
    jti: String,
}

impl Claims {
    /// When the token ends.
    #[must_use]
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.issued_at + TimeDelta::seconds(i64::from(TOKEN_LIFE_S))
    }
}

impl KeyRing {
    /// The token that says this, from the issuer at this address and for it.
    pub fn sign(&self, claims: &Claims, issuer: &str) -> Result<String, TokenError> {
        let key = self.signing(claims.issued_at).ok_or(TokenError::NoKey)?;
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(key.kid.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let client = claims.client_id.to_string();
        let written = Written {
            iss: issuer.to_owned(),
            aud: issuer.to_owned(),
            sub: client.clone(),
            client_id: client,
            scope: claims.scope.clone(),
            iat: claims.issued_at.timestamp(),
            exp: claims.expires_at().timestamp(),
            jti: claims.jti.to_string(),
        };
        encode(&header, &written, &key.private).map_err(|error| TokenError::Form(said(&error)))
    }

    /// What a token says, if it is signed by one of these keys, for this issuer, and in use.
    pub fn verify(
        &self,
        token: &str,
        issuer: &str,
        now: DateTime<Utc>,
    ) -> Result<Claims, TokenError> {
        if token.len() > MAX_TOKEN {
            return Err(TokenError::Form("it is too long"));
        }
        let form = |error: Error| TokenError::Form(said(&error));
        let header = decode_header(token).map_err(form)?;
        if !header.typ.as_deref().is_some_and(is_access_token) || header.crit.is_some() {
            return Err(TokenError::Type);
        }
        let kid = header.kid.ok_or(TokenError::Key)?;
        let key = self.verifying(&kid, now).ok_or(TokenError::Key)?;
        let written: Written = decode(token, &key.public, &rules(issuer))
            .map_err(form)?
            .claims;
        let issued_at = DateTime::from_timestamp(written.iat, 0).ok_or(TokenError::Time)?;
        let (iat, exp, now) = (written.iat, written.exp, now.timestamp());
        // Nodes' clocks agree to within a few seconds; a token never lives longer than its life.
        let life = i64::from(TOKEN_LIFE_S);
        if now >= exp || iat > now.saturating_add(60) || exp > iat.saturating_add(life) {
            return Err(TokenError::Time);
        }
        if written.sub != written.client_id {
            return Err(TokenError::Form("it speaks for another"));
        }
        let id = |text: &str| {
            Uuid::try_parse(text).map_err(|_other| TokenError::Form("an identifier is none"))
        };
        Ok(Claims {
            client_id: Id::new(id(&written.client_id)?),
            jti: id(&written.jti)?,
            scope: written.scope,
            issued_at,
        })
    }
}

/// `at+jwt`, with or without the prefix that RFC 9068 allows to leave out.
fn is_access_token(kind: &str) -> bool {
    kind.eq_ignore_ascii_case(TYPE) || kind.eq_ignore_ascii_case("application/at+jwt")
}

/// What is wrong, without a word of the token.
fn said(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::InvalidSignature => "it is not signed by its key",
        ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience => "it is for another service",
        ErrorKind::MissingRequiredClaim(_) | ErrorKind::Json(_) => {
            "its claims are not those of a token"
        }
        ErrorKind::InvalidAlgorithm => "its algorithm is another",
        _ => "it is no token",
    }
}

/// One algorithm, one issuer, one audience; the time is compared with the platform's own.
fn rules(issuer: &str) -> Validation {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[issuer]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.validate_exp = false;
    rules
}
