//! The keys that access tokens are signed with, and the tokens themselves (RFC 9068).

mod seal;
mod token;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, jwk::Jwk};
use serde_json::{Value, json};

pub use seal::{Sealer, SealerError};
pub use token::{Claims, TokenError};

/// How long a token is good for, in seconds.
pub const TOKEN_LIFE_S: u32 = 600;
/// How long a new key is published before it signs, so that every node has heard of it.
const QUARANTINE: TimeDelta = TimeDelta::minutes(1);
/// What stands before the 32 bytes of an Ed25519 key in PKCS#8 (RFC 8410).
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// The bytes of a private key.
const SEED: usize = 32;

/// A key that signs and verifies; its private part is never told.
#[derive(Debug, Clone)]
pub struct SigningKey {
    kid: String,
    created_at: DateTime<Utc>,
    retires_at: Option<DateTime<Utc>>,
    private: EncodingKey,
    public: DecodingKey,
    x: String,
}

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the signing key {kid} cannot be used: {what}")]
pub struct KeyError {
    /// The key.
    pub kid: String,
    /// What is wrong.
    pub what: String,
}

impl SigningKey {
    /// The Ed25519 key of this private part (32 bytes).
    pub fn new(
        kid: &str,
        seed: &[u8],
        created_at: DateTime<Utc>,
        retires_at: Option<DateTime<Utc>>,
    ) -> Result<Self, KeyError> {
        let wrong = |what: String| KeyError {
            kid: kid.to_owned(),
            what,
        };
        if seed.len() != SEED {
            return Err(wrong(format!("a private key has {SEED} bytes")));
        }
        let private = EncodingKey::from_ed_der(&[&PKCS8, seed].concat());
        let jwk = Jwk::from_encoding_key(&private, Algorithm::EdDSA)
            .map_err(|error| wrong(error.to_string()))?;
        let public = DecodingKey::from_jwk(&jwk).map_err(|error| wrong(error.to_string()))?;
        let written = serde_json::to_value(&jwk).map_err(|error| wrong(error.to_string()))?;
        let x = written.get("x").and_then(Value::as_str).unwrap_or_default();
        Ok(Self {
            kid: kid.to_owned(),
            created_at,
            retires_at,
            private,
            public,
            x: x.to_owned(),
        })
    }

    /// The public part, as `/.well-known/jwks.json` gives it (RFC 7517).
    #[must_use]
    pub fn public_jwk(&self) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": self.x, "kid": self.kid, "alg": "EdDSA", "use": "sig"})
    }

    fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.retires_at.is_none_or(|end| now < end)
    }
}

/// The keys of the platform, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct KeyRing {
    keys: Vec<SigningKey>,
}

impl KeyRing {
    /// The ring of these keys.
    #[must_use]
    pub fn new(mut keys: Vec<SigningKey>) -> Self {
        keys.sort_by(|a, b| (a.created_at, &a.kid).cmp(&(b.created_at, &b.kid)));
        Self { keys }
    }

    /// The identifiers of the keys, in their order, with when they retire: what changes when
    /// the ring does.
    pub fn identity(&self) -> impl Iterator<Item = (&str, Option<DateTime<Utc>>)> {
        self.keys
            .iter()
            .map(|key| (key.kid.as_str(), key.retires_at))
    }

    /// The public parts of the keys with which a token in use may be signed.
    pub fn public(&self, now: DateTime<Utc>) -> impl Iterator<Item = Value> {
        self.keys
            .iter()
            .filter(move |key| key.is_live(now))
            .map(SigningKey::public_jwk)
    }

    /// The key that signs: the newest that every node has had time to hear of, or else the
    /// oldest.
    fn signing(&self, now: DateTime<Utc>) -> Option<&SigningKey> {
        let retiring = now + TimeDelta::seconds(i64::from(TOKEN_LIFE_S));
        let lasting = || self.keys.iter().filter(|key| key.is_live(retiring));
        let known = lasting().rfind(|key| key.created_at + QUARANTINE <= now);
        known.or_else(|| lasting().next())
    }

    /// The key of this identifier, while it may verify.
    fn verifying(&self, kid: &str, now: DateTime<Utc>) -> Option<&SigningKey> {
        self.keys
            .iter()
            .find(|key| key.kid == kid && key.is_live(now))
    }
}

#[cfg(test)]
mod tests;
