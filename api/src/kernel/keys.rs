//! The keys that access tokens are signed with, and the tokens themselves (RFC 9068).

mod rotation;
mod seal;
mod set;
mod token;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, jwk::Jwk};
use serde_json::{Value, json};

pub use rotation::{LEAD_S, RotationRefusal, retire, rotate};
pub use seal::{Sealer, SealerError};
pub use set::{KeySetError, read_set, write_set};
pub use token::{Claims, TokenError};

/// How long a token is good for, in seconds.
pub const TOKEN_LIFE_S: u32 = 600;
/// The most keys that are published at once.
pub const MAX_KEYS: usize = 100;
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
    life: Life,
    private: EncodingKey,
    public: DecodingKey,
    x: String,
}

/// The instants of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// When it was made, and published.
    pub created_at: DateTime<Utc>,
    /// When it signs at the earliest: every node has heard of it by then.
    pub signs_at: DateTime<Utc>,
    /// When it stops being published, and its tokens are refused; never, without one.
    pub retires_at: Option<DateTime<Utc>>,
}

impl Life {
    /// That of a key made now, which is published for so long before it signs.
    #[must_use]
    pub fn beginning(now: DateTime<Utc>, lead: TimeDelta) -> Self {
        Self {
            created_at: now,
            signs_at: now + lead,
            retires_at: None,
        }
    }

    /// Whether the key is published, and its tokens are taken.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.retires_at.is_none_or(|end| now < end)
    }

    /// Whether a token that it signs now ends before it does.
    #[must_use]
    pub fn outlives_a_token(&self, now: DateTime<Utc>) -> bool {
        self.is_live(now + token_life())
    }
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
    pub fn new(kid: &str, seed: &[u8], life: Life) -> Result<Self, KeyError> {
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
            life,
            private,
            public,
            x: x.to_owned(),
        })
    }

    /// Its name in tokens.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Its instants.
    #[must_use]
    pub const fn life(&self) -> Life {
        self.life
    }

    /// Its private part, for who keeps it and nobody else.
    #[must_use]
    pub fn seed(&self) -> &[u8] {
        let bytes = self.private.as_bytes();
        bytes.get(PKCS8.len()..).unwrap_or_default()
    }

    /// The public part, as `/.well-known/jwks.json` gives it (RFC 7517).
    #[must_use]
    pub fn public_jwk(&self) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": self.x, "kid": self.kid, "alg": "EdDSA", "use": "sig"})
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
        keys.sort_by(|a, b| (a.life.created_at, &a.kid).cmp(&(b.life.created_at, &b.kid)));
        Self { keys }
    }

    /// The names of the keys, in their order, with their instants: what changes when the ring
    /// does.
    pub fn identity(&self) -> impl Iterator<Item = (&str, Life)> {
        self.keys.iter().map(|key| (key.kid.as_str(), key.life))
    }

    /// Whether both hold the same keys.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let whole = |key: &SigningKey| (key.kid.clone(), key.life, key.x.clone());
        self.keys.iter().map(whole).eq(other.keys.iter().map(whole))
    }

    /// The public parts of the keys with which a token in use may be signed.
    pub fn public(&self, now: DateTime<Utc>) -> impl Iterator<Item = Value> {
        self.keys
            .iter()
            .filter(move |key| key.life.is_live(now))
            .take(MAX_KEYS)
            .map(SigningKey::public_jwk)
    }

    /// The key that signs: the newest that every node has had time to hear of, or else the one
    /// that will be so first.
    #[must_use]
    pub fn signing(&self, now: DateTime<Utc>) -> Option<&SigningKey> {
        let lasting = || {
            self.keys
                .iter()
                .filter(|key| key.life.outlives_a_token(now))
        };
        let order = |key: &&SigningKey| (key.life.signs_at, key.life.created_at);
        let known = lasting()
            .filter(|key| key.life.signs_at <= now)
            .max_by_key(order);
        known.or_else(|| lasting().min_by_key(order))
    }

    /// The key of this identifier, while it may verify.
    fn verifying(&self, kid: &str, now: DateTime<Utc>) -> Option<&SigningKey> {
        self.keys
            .iter()
            .find(|key| key.kid == kid && key.life.is_live(now))
    }
}

fn token_life() -> TimeDelta {
    TimeDelta::seconds(i64::from(TOKEN_LIFE_S))
}

#[cfg(test)]
mod tests;
