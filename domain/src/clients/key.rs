//! The public keys of a client, by which it proves who it is without a secret (RFC 7523).

use std::{collections::BTreeSet, fmt, str::FromStr};

use crate::kernel::{Refusal, RefusalCode};

/// The most keys of one client.
pub const MAX_KEYS: usize = 5;

/// The sizes accepted of the modulus of an RSA key, in bits; a longer one is not verified with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// What a client signs with, as a JSON Web Key names it: 1 to 100 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

/// Why a text names no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a key is 1 to 100 visible ASCII characters")]
pub struct KeyIdError;

impl KeyId {
    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, KeyIdError> {
        let visible = text.bytes().all(|b| b.is_ascii_graphic());
        if visible && (1..=100).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(KeyIdError)
        }
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number of 256 bits, of a point on a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coordinate(pub [u8; 32]);

/// An RSA key that is long enough.
///
/// Invariant: a modulus of 2048 to 4096 bits, an odd exponent from 65537 to 2³² − 1; both
/// big-endian, without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RsaKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

/// A public key, with the one algorithm that it is used with (RFC 8725, section 3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// ECDSA on the curve P-256, with SHA-256.
    Es256 {
        /// The first coordinate.
        x: Coordinate,
        /// The second coordinate.
        y: Coordinate,
    },
    /// `EdDSA` on the curve Ed25519.
    EdDsa {
        /// The public key.
        x: Coordinate,
    },
    /// RSA, PKCS #1 v1.5, with SHA-256.
    Rs256(RsaKey),
    /// RSA, PSS, with SHA-256.
    Ps256(RsaKey),
}

/// Why a key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The number has not the length it should have.
    #[error("it is 32 bytes")]
    Length,
    /// The modulus is too short or too long, or even.
    #[error("the modulus is an odd number of {} to {} bits", RSA_BITS.start(), RSA_BITS.end())]
    Modulus,
    /// The exponent is weak or too large.
    #[error("the exponent is an odd number from 65537 to 4294967295")]
    Exponent,
}

/// A key and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKey {
    /// Its name (`kid`), by which an assertion says which key signed it.
    pub kid: KeyId,
    /// The key.
    pub key: PublicKey,
}

/// The keys of a client.
///
/// Invariant: one to [`MAX_KEYS`], sorted by name, each name once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKeys(Vec<ClientKey>);

impl Coordinate {
    /// The number that is written with these bytes.
    pub fn new(bytes: &[u8]) -> Result<Self, KeyError> {
        let number = bytes.try_into().map(Self);
        number.map_err(|_other_length| KeyError::Length)
    }
}

impl RsaKey {
    /// The key of this modulus and this exponent, big-endian.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let (modulus, exponent) = (trimmed(modulus), trimmed(exponent));
        let odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
        if !odd(modulus) || !RSA_BITS.contains(&bits(modulus)) {
            return Err(KeyError::Modulus);
        }
        if !odd(exponent) || !(17..=32).contains(&bits(exponent)) {
            return Err(KeyError::Exponent);
        }
        Ok(Self {
            modulus: modulus.to_vec(),
            exponent: exponent.to_vec(),
        })
    }

    /// The modulus, big-endian.
    #[must_use]
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The exponent, big-endian.
    #[must_use]
    pub fn exponent(&self) -> &[u8] {
        &self.exponent
    }
}

impl PublicKey {
    /// The algorithms, as `alg` names them (RFC 7518, RFC 8037).
    pub const ALGORITHMS: [&str; 4] = ["ES256", "EdDSA", "RS256", "PS256"];

    /// The algorithm, as `alg` names it.
    #[must_use]
    pub const fn algorithm(&self) -> &'static str {
        match self {
            Self::Es256 { .. } => "ES256",
            Self::EdDsa { .. } => "EdDSA",
            Self::Rs256(_) => "RS256",
            Self::Ps256(_) => "PS256",
        }
    }
}

impl ClientKeys {
    /// Checks the whole; every broken rule is returned, with its place.
    pub fn new(mut keys: Vec<ClientKey>) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        if !(1..=MAX_KEYS).contains(&keys.len()) {
            let detail = format!("a client has 1 to {MAX_KEYS} keys");
            refusals.push(Refusal::new("/keys", RefusalCode::Length, detail));
        }
        let mut seen = BTreeSet::new();
        for (i, key) in keys.iter().enumerate() {
            if !seen.insert(&key.kid) {
                let detail = format!("another key has the name {}", key.kid);
                let pointer = format!("/keys/{i}/kid");
                refusals.push(Refusal::new(pointer, RefusalCode::Duplicate, detail));
            }
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        keys.sort_by(|a, b| a.kid.cmp(&b.kid));
        Ok(Self(keys))
    }

    /// The keys, in the order of their names.
    #[must_use]
    pub fn as_slice(&self) -> &[ClientKey] {
        &self.0
    }

    /// The key that has this name.
    #[must_use]
    pub fn find(&self, kid: &str) -> Option<&ClientKey> {
        self.0.iter().find(|key| key.kid.as_str() == kid)
    }
}

fn trimmed(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

/// How many bits a number without leading zeros has.
fn bits(number: &[u8]) -> usize {
    let first = number.first().map_or(8, |byte| byte.leading_zeros());
    let unused = usize::try_from(first).unwrap_or(8);
    (number.len() * 8).saturating_sub(unused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kid: &str) -> ClientKey {
        ClientKey {
            kid: kid.parse().unwrap(),
            key: PublicKey::EdDsa {
                x: Coordinate([7; 32]),
            },
        }
    }

    fn modulus(bits: usize) -> Vec<u8> {
        let mut number = vec![0xff; bits.div_ceil(8)];
        number[0] >>= number.len() * 8 - bits;
        number
    }

    #[test]
    fn an_rsa_key_is_long_enough() {
        let exponent = [1, 0, 1];
        for bits in [2048, 2049, 3072, 4096] {
            let key = RsaKey::new(&modulus(bits), &exponent).unwrap();
            assert_eq!(super::bits(key.modulus()), bits);
            assert_eq!(key.exponent(), exponent);
        }
        let padded = [&[0, 0], modulus(2048).as_slice()].concat();
        assert_eq!(
            RsaKey::new(&padded, &exponent).unwrap().modulus().len(),
            256
        );
        for bits in [0, 8, 1024, 2047, 4097, 8192] {
            let refused = RsaKey::new(&modulus(bits.max(1))[..bits.div_ceil(8)], &exponent);
            assert_eq!(refused, Err(KeyError::Modulus), "{bits}");
        }
        let mut even = modulus(2048);
        even[255] = 0xfe;
        assert_eq!(RsaKey::new(&even, &exponent), Err(KeyError::Modulus));
        for weak in [&[][..], &[3], &[0, 3], &[1, 0, 0], &[1, 0, 0, 0, 1]] {
            let refused = RsaKey::new(&modulus(2048), weak);
            assert_eq!(refused, Err(KeyError::Exponent), "{weak:?}");
        }
    }

    #[test]
    fn a_coordinate_has_32_bytes() {
        assert_eq!(Coordinate::new(&[7; 32]), Ok(Coordinate([7; 32])));
        assert_eq!(Coordinate::new(&[7; 31]), Err(KeyError::Length));
    }

    #[test]
    fn a_key_has_a_name_that_can_be_told() {
        for good in ["a", "2026-07", &"k".repeat(100)] {
            assert_eq!(good.parse::<KeyId>().unwrap().as_str(), good);
        }
        for bad in ["", "a b", "é", "a\n", &"k".repeat(101)] {
            assert_eq!(bad.parse::<KeyId>(), Err(KeyIdError), "{bad:?}");
        }
    }

    #[test]
    fn keys_are_few_and_each_has_a_name_of_its_own() {
        let keys = ClientKeys::new(vec![key("b"), key("a")]).unwrap();
        let names: Vec<&str> = keys.as_slice().iter().map(|it| it.kid.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(keys.find("b"), Some(&key("b")));
        assert_eq!(keys.find("c"), None);
        let refused = |keys: Vec<ClientKey>| {
            let refusals = ClientKeys::new(keys).unwrap_err();
            let places = refusals.into_iter().map(|it| (it.pointer, it.code));
            places.collect::<Vec<_>>()
        };
        let few = [("/keys".to_owned(), RefusalCode::Length)];
        assert_eq!(refused(Vec::new()), few);
        let many = (0..=MAX_KEYS).map(|n| key(&format!("k{n}")));
        assert_eq!(refused(many.collect()), few);
        assert_eq!(
            refused(vec![key("a"), key("b"), key("a")]),
            [("/keys/2/kid".to_owned(), RefusalCode::Duplicate)]
        );
    }
}
