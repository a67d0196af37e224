//! The public keys of a client as a JSON Web Key Set (RFC 7517): read strictly, and told.

use domain::{
    clients::{
        ClientKey, ClientKeys, Coordinate, KeyError, KeyIdError, MAX_KEYS, PublicKey, RsaKey,
    },
    kernel::RefusalCode,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{
    body::{Fields, Refuse, Value},
    encoding::{from_base64, to_base64},
};

/// The members that make a key private, or a secret: RFC 7518, sections 6.2.2, 6.3.2 and 6.4.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// The public keys by which a client proves who it is without a secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JsonWebKeySet)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySet {
    /// The keys, each with a name of its own.
    #[schema(min_items = 1, max_items = 5)]
    pub keys: Vec<KeyOutput>,
}

/// A public key, which is used with one algorithm. Nothing private is ever in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JsonWebKey)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyOutput {
    /// The name by which an assertion says which key signed it.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = "^[!-~]+$",
        example = "2026-07"
    )]
    pub kid: String,
    /// The kind of the key.
    #[schema(pattern = "^(EC|OKP|RSA)$", max_length = 3, example = "OKP")]
    pub kty: &'static str,
    /// The algorithm; it may be left out where the kind of the key says it: `EC` is `ES256`,
    /// `OKP` is `EdDSA`.
    #[schema(
        required = false,
        pattern = "^(ES256|EdDSA|RS256|PS256)$",
        max_length = 5,
        example = "EdDSA"
    )]
    pub alg: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    #[schema(required = false, pattern = "^sig$", max_length = 3, example = "sig")]
    pub purpose: &'static str,
    /// Accepted, and not told again: `verify` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 1, example = json!(["verify"]))]
    pub key_ops: Option<Vec<&'static str>>,
    /// The curve, of a key that is not RSA: `P-256` for `EC`, `Ed25519` for `OKP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        pattern = "^(P-256|Ed25519)$",
        max_length = 7,
        example = "Ed25519"
    )]
    pub crv: Option<&'static str>,
    /// The first coordinate, or the whole key of `OKP`: 32 bytes in base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 43,
        max_length = 43,
        pattern = "^[A-Za-z0-9_-]+$",
        example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    )]
    pub x: Option<String>,
    /// The second coordinate, of `EC`: 32 bytes in base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 43,
        max_length = 43,
        pattern = "^[A-Za-z0-9_-]+$"
    )]
    pub y: Option<String>,
    /// The modulus, of `RSA`: 2048 bits at least, in base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 342,
        max_length = 1366,
        pattern = "^[A-Za-z0-9_-]+$"
    )]
    pub n: Option<String>,
    /// The exponent, of `RSA`, in base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 4,
        max_length = 6,
        pattern = "^[A-Za-z0-9_-]+$"
    )]
    pub e: Option<String>,
}

impl From<&ClientKeys> for KeySet {
    fn from(keys: &ClientKeys) -> Self {
        Self {
            keys: keys.as_slice().iter().map(KeyOutput::from).collect(),
        }
    }
}

impl From<&ClientKey> for KeyOutput {
    fn from(ClientKey { kid, key }: &ClientKey) -> Self {
        let bare = Self {
            kid: kid.to_string(),
            kty: "RSA",
            alg: key.algorithm(),
            purpose: "sig",
            key_ops: None,
            crv: None,
            x: None,
            y: None,
            n: None,
            e: None,
        };
        match key {
            PublicKey::Es256 { x, y } => Self {
                kty: "EC",
                crv: Some("P-256"),
                x: Some(to_base64(&x.0)),
                y: Some(to_base64(&y.0)),
                ..bare
            },
            PublicKey::EdDsa { x } => Self {
                kty: "OKP",
                crv: Some("Ed25519"),
                x: Some(to_base64(&x.0)),
                ..bare
            },
            PublicKey::Rs256(rsa) | PublicKey::Ps256(rsa) => Self {
                n: Some(to_base64(rsa.modulus())),
                e: Some(to_base64(rsa.exponent())),
                ..bare
            },
        }
    }
}

impl Refuse for KeyIdError {
    fn refusal_code(&self) -> RefusalCode {
        RefusalCode::Format
    }
}

impl Refuse for KeyError {
    fn refusal_code(&self) -> RefusalCode {
        match self {
            Self::Length => RefusalCode::Length,
            Self::Modulus | Self::Exponent => RefusalCode::Range,
        }
    }
}

/// Reads a set of keys; one that holds anything private is refused, and says where.
pub(super) fn read_keys(set: &Value<'_>) -> Option<ClientKeys> {
    set.object(|fields| {
        let keys = fields.required("keys", |keys| keys.list(MAX_KEYS, |key| read_key(&key)));
        fields.check(ClientKeys::new(keys?))
    })
}

fn read_key(key: &Value<'_>) -> Option<ClientKey> {
    key.object(|fields| {
        for name in PRIVATE {
            fields.optional(name, |value| {
                let detail = "a private key never leaves its owner: send its public half alone";
                value.refuse::<()>(RefusalCode::NotAllowedHere, detail)
            });
        }
        let kid = fields.required("kid", |value| value.parsed());
        fields.optional("use", |value| word(&value, &["sig"]));
        fields.optional("key_ops", |value| {
            value.list(1, |it| word(&it, &["verify"]))
        });
        let kty = fields.required("kty", |value| word(&value, &["EC", "OKP", "RSA"]));
        let key = match kty? {
            "EC" => {
                let named = of_curve(fields, "P-256", "ES256");
                let (x, y) = (coordinate(fields, "x"), coordinate(fields, "y"));
                named.and(Some(PublicKey::Es256 { x: x?, y: y? }))
            }
            "OKP" => {
                let named = of_curve(fields, "Ed25519", "EdDSA");
                let x = coordinate(fields, "x");
                named.and(Some(PublicKey::EdDsa { x: x? }))
            }
            _ => rsa(fields),
        };
        Some(ClientKey {
            kid: kid?,
            key: key?,
        })
    })
}

/// The curve, which is this one, and the algorithm, which is this one where it is said.
fn of_curve(fields: &mut Fields<'_>, curve: &'static str, algorithm: &'static str) -> Option<()> {
    let crv = fields.required("crv", |value| word(&value, &[curve]));
    let named = match fields.optional("alg", |value| Some(word(&value, &[algorithm]))) {
        None => Some(algorithm),
        Some(named) => named,
    };
    crv.and(named).map(drop)
}

/// A modulus and an exponent, and which of two algorithms they are for.
fn rsa(fields: &mut Fields<'_>) -> Option<PublicKey> {
    let alg = fields.required("alg", |value| word(&value, &["RS256", "PS256"]));
    let modulus = fields.required("n", |value| bytes(&value));
    let exponent = fields.required("e", |value| bytes(&value));
    let key = match RsaKey::new(&modulus?, &exponent?) {
        Ok(key) => key,
        Err(error) => {
            let name = if error == KeyError::Exponent {
                "e"
            } else {
                "n"
            };
            fields.refuse(name, error.refusal_code(), error.to_string());
            return None;
        }
    };
    Some(match alg? {
        "PS256" => PublicKey::Ps256(key),
        _ => PublicKey::Rs256(key),
    })
}

fn coordinate(fields: &mut Fields<'_>, name: &'static str) -> Option<Coordinate> {
    fields.required(name, |value| value.accept(Coordinate::new(&bytes(&value)?)))
}

fn bytes(value: &Value<'_>) -> Option<Vec<u8>> {
    from_base64(value.text()?).or_else(|| {
        let detail = "bytes are written in base64url without padding (RFC 7515, section 2)";
        value.refuse(RefusalCode::Format, detail)
    })
}

/// One of these words.
fn word(value: &Value<'_>, words: &[&'static str]) -> Option<&'static str> {
    let text = value.text()?;
    let found = words.iter().copied().find(|word| *word == text);
    found.or_else(|| value.refuse(RefusalCode::Code, format!("it is {}", words.join(" or "))))
}
