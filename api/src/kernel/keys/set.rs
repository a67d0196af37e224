//! Signing keys as a file holds them: a JSON Web Key Set with the private parts (RFC 7517 and
//! RFC 8037), each with its instants (`iat`, `nbf`, `exp`).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{KeyError, Life, MAX_KEYS, SigningKey};

/// The longest name of a key.
const MAX_KID: usize = 100;

/// Why a set of keys cannot be used; none of its content is told, but names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeySetError {
    /// It is not JSON.
    #[error("it is not JSON: see line {line}, column {column}")]
    Json {
        /// Where reading stopped.
        line: usize,
        /// Where in the line.
        column: usize,
    },
    /// It is not a set.
    #[error("it is not a JSON Web Key Set: an object whose `keys` is a list of objects")]
    Set,
    /// There are more keys than are published.
    #[error("it holds more than {MAX_KEYS} keys")]
    TooMany,
    /// A key has no name that a token could bear.
    #[error("key {0} of the list has no `kid` of 1 to {MAX_KID} visible characters")]
    Name(usize),
    /// A name names two keys.
    #[error("two keys are called {0}")]
    Twice(String),
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Reads a set; what is empty holds no key.
pub fn read_set(text: &str) -> Result<Vec<SigningKey>, KeySetError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let set: Value = serde_json::from_str(text).map_err(|error| KeySetError::Json {
        line: error.line(),
        column: error.column(),
    })?;
    let listed = set.get("keys").and_then(Value::as_array);
    let listed = listed.ok_or(KeySetError::Set)?;
    if listed.len() > MAX_KEYS {
        return Err(KeySetError::TooMany);
    }
    let mut keys: Vec<SigningKey> = Vec::with_capacity(listed.len());
    for (i, written) in listed.iter().enumerate() {
        let written = written.as_object().ok_or(KeySetError::Set)?;
        let kid = text_of(written, "kid").filter(|kid| is_name(kid));
        let key = read_key(kid.ok_or(KeySetError::Name(i + 1))?, written)?;
        if keys.iter().any(|known| known.kid == key.kid) {
            return Err(KeySetError::Twice(key.kid));
        }
        keys.push(key);
    }
    Ok(keys)
}

/// Writes a set, private parts and all.
#[must_use]
pub fn write_set(keys: &[SigningKey]) -> String {
    let keys: Vec<Value> = keys.iter().map(write_key).collect();
    format!("{:#}\n", json!({ "keys": keys }))
}

fn read_key(kid: &str, written: &Map<String, Value>) -> Result<SigningKey, KeyError> {
    let wrong = |what: &str| KeyError {
        kid: kid.to_owned(),
        what: what.to_owned(),
    };
    let is = |name: &str, value: &str| text_of(written, name) == Some(value);
    let unless_absent = |name: &str, value: &str| !written.contains_key(name) || is(name, value);
    if !is("kty", "OKP") || !is("crv", "Ed25519") {
        return Err(wrong(
            "only Ed25519 keys sign here (`kty` OKP, `crv` Ed25519)",
        ));
    }
    if !unless_absent("alg", "EdDSA") || !unless_absent("use", "sig") {
        return Err(wrong("its `alg` is EdDSA and its `use` is sig"));
    }
    let private = text_of(written, "d").and_then(|d| URL_SAFE_NO_PAD.decode(d).ok());
    let private =
        private.ok_or_else(|| wrong("its private part `d` is not there, in base64url"))?;
    let key = SigningKey::new(kid, &private, life(kid, written)?)?;
    if !is("x", &key.x) {
        return Err(wrong("its public part `x` is not that of its private part"));
    }
    Ok(key)
}

/// `iat`, when it was made, at the beginning of time unless said; `nbf`, when it signs, at once
/// unless said; `exp`, when it retires, never unless said.
fn life(kid: &str, written: &Map<String, Value>) -> Result<Life, KeyError> {
    let instant = |name: &str| -> Result<Option<DateTime<Utc>>, KeyError> {
        let Some(value) = written.get(name) else {
            return Ok(None);
        };
        let seconds = value
            .as_i64()
            .and_then(|at| DateTime::from_timestamp(at, 0));
        seconds.map(Some).ok_or_else(|| KeyError {
            kid: kid.to_owned(),
            what: format!("its `{name}` is not a number of seconds since 1970"),
        })
    };
    let created_at = instant("iat")?.unwrap_or_default();
    Ok(Life {
        created_at,
        signs_at: instant("nbf")?.unwrap_or(created_at),
        retires_at: instant("exp")?,
    })
}

fn write_key(key: &SigningKey) -> Value {
    let mut written = key.public_jwk();
    if let Some(written) = written.as_object_mut() {
        let Life {
            created_at,
            signs_at,
            retires_at,
        } = key.life;
        written.insert("d".to_owned(), json!(URL_SAFE_NO_PAD.encode(key.seed())));
        written.insert("iat".to_owned(), json!(created_at.timestamp()));
        written.insert("nbf".to_owned(), json!(signs_at.timestamp()));
        if let Some(end) = retires_at {
            written.insert("exp".to_owned(), json!(end.timestamp()));
        }
    }
    written
}

fn text_of<'a>(written: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    written.get(name).and_then(Value::as_str)
}

fn is_name(kid: &str) -> bool {
    (1..=MAX_KID).contains(&kid.len()) && kid.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    const D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn good() -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "kid": "a", "d": D, "x": X})
    }

    fn set(keys: &[Value]) -> String {
        json!({ "keys": keys }).to_string()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut key = good();
        key["iat"] = json!(1_782_900_000);
        key["nbf"] = json!(1_782_900_060);
        key["exp"] = json!(1_782_990_000);
        let keys = read_set(&set(&[key])).unwrap();
        let text = write_set(&keys);
        let again = read_set(&text).unwrap();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].kid(), "a");
        assert_eq!(again[0].life(), keys[0].life());
        assert_eq!(again[0].seed(), keys[0].seed());
        assert_eq!(URL_SAFE_NO_PAD.encode(keys[0].seed()), D);
        assert!(text.contains("\"exp\": 1782990000"), "{text}");
    }

    #[test]
    fn a_key_without_instants_signs_at_once_and_for_ever() {
        let keys = read_set(&set(&[good()])).unwrap();
        let life = keys[0].life();
        assert_eq!(life.signs_at.timestamp(), 0);
        assert_eq!(life.retires_at, None);
        assert_eq!(read_set(" \n").unwrap().len(), 0);
    }

    #[test]
    fn each_fault_is_told_and_no_private_part_is() {
        let with = |name: &str, value: Value| {
            let mut key = good();
            key[name] = value;
            set(&[key])
        };
        let other = URL_SAFE_NO_PAD.encode([7; 32]);
        let cases = [
            (
                format!("{{\"keys\": [{{\"d\": \"{D}\" \"x\""),
                "line 1, column",
            ),
            ("[]".to_owned(), "a JSON Web Key Set"),
            ("{\"keys\": {}}".to_owned(), "a JSON Web Key Set"),
            ("{\"keys\": [7]}".to_owned(), "a JSON Web Key Set"),
            (set(&vec![good(); 101]), "more than 100"),
            (with("kid", json!("")), "key 1 of the list"),
            (with("kid", json!("a b")), "key 1 of the list"),
            (with("kid", json!(7)), "key 1 of the list"),
            (set(&[good(), good()]), "two keys are called a"),
            (with("kty", json!("EC")), "only Ed25519"),
            (with("crv", json!("X25519")), "only Ed25519"),
            (with("alg", json!("HS256")), "`alg` is EdDSA"),
            (with("use", json!("enc")), "`use` is sig"),
            (with("d", json!(null)), "`d`"),
            (with("d", json!("é")), "`d`"),
            (with("d", json!("AAAA")), "32 bytes"),
            (with("d", json!(other)), "`x` is not that"),
            (with("x", json!(null)), "`x` is not that"),
            (with("iat", json!(D)), "`iat` is not"),
            (with("nbf", json!(1.5)), "`nbf` is not"),
            (with("exp", json!("2026")), "`exp` is not"),
        ];
        for (text, said) in cases {
            let error = read_set(&text).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
            assert!(!error.contains(D) && !error.contains(&other), "{error}");
        }
    }
}
