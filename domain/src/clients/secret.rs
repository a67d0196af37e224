//! Secrets: shown once, kept as a hash that says nothing of them.

use std::{fmt, str::FromStr};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::kernel::Id;

/// The most secrets of one client that are live at once: the old one and the new one.
pub const MAX_LIVE_SECRETS: usize = 2;

/// What every secret begins with, so that one that leaked is known for what it is.
const PREFIX: &str = "atg_";

/// How far a last use is kept exact: a use within this time of the one kept is not written.
const LAST_USE_STEP: TimeDelta = TimeDelta::minutes(1);

/// Gives bits that nobody can guess.
pub trait SecretSource: Send + Sync {
    /// 256 new random bits.
    fn bits(&self) -> Result<[u8; 32], ChanceError>;
}

/// The machine gave no random bits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no random bits: {0}")]
pub struct ChanceError(pub String);

/// A secret in clear: `atg_` and 256 bits in hexadecimal.
///
/// Invariant: it is told by [`Secret::reveal`] alone; `Debug` hides it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Why a text is no secret, or cannot be kept as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It has not the form of a secret.
    #[error("a secret is atg_ and 64 hexadecimal digits")]
    Form,
    /// It is no hash in the form of argon2id.
    #[error("this is no hash made by argon2id")]
    Hash,
}

impl Secret {
    /// A new secret.
    pub fn draw(source: &dyn SecretSource) -> Result<Self, ChanceError> {
        let bits = source.bits()?;
        let mut text = PREFIX.to_owned();
        for digit in bits.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]) {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
        Ok(Self(text))
    }

    /// The secret itself, for the one time that it is told.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it: argon2id with 19 MiB, two passes, one lane and a salt of its own.
    pub fn hash(&self, source: &dyn SecretSource) -> Result<SecretHash, ChanceError> {
        let salt = source.bits()?;
        let (salt, _) = salt.split_at(16);
        let hash = Argon2::default()
            .hash_password_with_salt(self.0.as_bytes(), salt)
            .map_err(|error| ChanceError(error.to_string()))?;
        Ok(SecretHash(hash.to_string()))
    }
}

impl FromStr for Secret {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        let digits = text.strip_prefix(PREFIX).ok_or(SecretError::Form)?;
        let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if digits.len() == 64 && digits.bytes().all(hexadecimal) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SecretError::Form)
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// What is kept of a secret: a hash in the PHC form, `$argon2id$…`; `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash(String);

impl SecretHash {
    /// Whether it was made from this secret. It takes tens of milliseconds and 19 MiB, on
    /// purpose: not to be called where answers are awaited, nor many times at once.
    #[must_use]
    pub fn verify(&self, secret: &Secret) -> bool {
        PasswordHash::new(&self.0).is_ok_and(|hash| {
            let verified = Argon2::default().verify_password(secret.0.as_bytes(), &hash);
            verified.is_ok()
        })
    }

    /// The hash in the PHC form, to be kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SecretHash {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        let hash = PasswordHash::new(text).ok();
        let complete = hash.is_some_and(|hash| hash.salt.is_some() && hash.hash.is_some());
        if complete && text.starts_with("$argon2id$") {
            Ok(Self(text.to_owned()))
        } else {
            Err(SecretError::Hash)
        }
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(hidden)")
    }
}

/// A secret of a client, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSecret {
    /// Its identifier, by which it is revoked.
    pub id: Id<ClientSecret>,
    /// What is kept of it.
    pub hash: SecretHash,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends; never, without one.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it last opened the door, to the minute; never, without one.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl ClientSecret {
    /// Whether it opens the door at this instant.
    #[must_use]
    pub fn is_live(&self, at: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|end| at < end)
    }

    /// Whether a use at this instant is worth writing down.
    #[must_use]
    pub fn is_news(&self, used_at: DateTime<Utc>) -> bool {
        self.last_used_at
            .is_none_or(|last| used_at.signed_duration_since(last) >= LAST_USE_STEP)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use uuid::Uuid;

    use super::*;

    /// Bits that are different at each call.
    struct Bits(AtomicU8);

    impl SecretSource for Bits {
        fn bits(&self) -> Result<[u8; 32], ChanceError> {
            Ok([self.0.fetch_add(1, Ordering::Relaxed); 32])
        }
    }

    /// A machine without chance.
    struct NoBits;

    impl SecretSource for NoBits {
        fn bits(&self) -> Result<[u8; 32], ChanceError> {
            Err(ChanceError("for the test".to_owned()))
        }
    }

    #[test]
    fn a_secret_is_recognised_and_has_its_256_bits() {
        let secret = Secret::draw(&Bits(AtomicU8::new(0xa5))).unwrap();
        assert_eq!(secret.reveal(), format!("atg_{}", "a5".repeat(32)));
        assert_eq!(secret.reveal().parse(), Ok(secret.clone()));
        for bad in [
            "",
            "atg_",
            &"a5".repeat(32),
            &secret.reveal().to_uppercase(),
            &format!("{}0", secret.reveal()),
            &format!("atg_{}", "g5".repeat(32)),
        ] {
            assert_eq!(bad.parse::<Secret>(), Err(SecretError::Form), "{bad}");
        }
        assert!(Secret::draw(&NoBits).is_err());
        assert!(secret.hash(&NoBits).is_err());
    }

    #[test]
    fn a_hash_knows_its_secret_and_no_other() {
        let source = Bits(AtomicU8::new(1));
        let (secret, other) = (
            Secret::draw(&source).unwrap(),
            Secret::draw(&source).unwrap(),
        );
        let hash = secret.hash(&source).unwrap();
        assert!(
            hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{}",
            hash.as_str()
        );
        assert!(hash.verify(&secret));
        assert!(!hash.verify(&other));
        let salted_otherwise = secret.hash(&source).unwrap();
        assert_ne!(salted_otherwise, hash);
        assert_eq!(hash.as_str().parse(), Ok(hash.clone()));
        for bad in ["", "$argon2id$v=19$m=19456,t=2,p=1", "$5$x", "atg_00"] {
            assert_eq!(bad.parse::<SecretHash>(), Err(SecretError::Hash), "{bad}");
        }
        let argon2i = hash.as_str().replace("$argon2id$", "$argon2i$");
        assert_eq!(argon2i.parse::<SecretHash>(), Err(SecretError::Hash));
    }

    #[test]
    fn neither_is_told_by_accident() {
        let source = Bits(AtomicU8::new(0xcd));
        let secret = Secret::draw(&source).unwrap();
        let hash = secret.hash(&source).unwrap();
        let kept = ClientSecret {
            id: Id::new(Uuid::from_u128(1)),
            hash: hash.clone(),
            created_at: "2026-07-01T10:00:00Z".parse().unwrap(),
            expires_at: None,
            last_used_at: None,
        };
        let told = format!("{secret:?} {hash:?} {kept:?}");
        assert!(
            !told.contains("cdcd") && !told.contains("argon2id"),
            "{told}"
        );
    }

    #[test]
    fn a_secret_ends_and_its_last_use_is_kept_to_the_minute() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let source = Bits(AtomicU8::new(1));
        let mut kept = ClientSecret {
            id: Id::new(Uuid::from_u128(1)),
            hash: Secret::draw(&source).unwrap().hash(&source).unwrap(),
            created_at: at("2026-07-01T10:00:00Z"),
            expires_at: Some(at("2026-07-31T10:00:00Z")),
            last_used_at: None,
        };
        assert!(kept.is_live(at("2026-07-31T09:59:59Z")));
        assert!(!kept.is_live(at("2026-07-31T10:00:00Z")));
        assert!(kept.is_news(at("2026-07-01T10:00:00Z")));
        kept.last_used_at = Some(at("2026-07-01T10:00:00Z"));
        assert!(!kept.is_news(at("2026-07-01T10:00:59Z")));
        assert!(kept.is_news(at("2026-07-01T10:01:00Z")));
        kept.expires_at = None;
        assert!(kept.is_live(at("2099-01-01T00:00:00Z")));
    }
}
