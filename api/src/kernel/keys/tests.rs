//! The negative battery of tokens (RFC 8725, RFC 9068), and which key signs.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::kernel::Id;
use jsonwebtoken::{Header, encode};
use uuid::Uuid;

use super::*;

const ISSUER: &str = "https://api.example.org";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn start() -> DateTime<Utc> {
    at("2026-07-01T10:00:00Z")
}

fn key(kid: &str, byte: u8) -> SigningKey {
    let life = Life::beginning(at("2026-07-01T00:00:00Z"), TimeDelta::zero());
    SigningKey::new(kid, &[byte; 32], life).unwrap()
}

fn ring() -> KeyRing {
    KeyRing::new(vec![key("k1", 1)])
}

fn claims() -> Claims {
    Claims {
        client_id: Id::new(Uuid::from_u128(5)),
        scope: "establishments:write".to_owned(),
        jti: Uuid::from_u128(6),
        issued_at: start(),
    }
}

/// The claims as a forger writes them, with one changed.
fn written(change: impl FnOnce(&mut Value)) -> Value {
    let id = Uuid::from_u128(5).to_string();
    let iat = start().timestamp();
    let mut claims = json!({"iss": ISSUER, "aud": ISSUER, "sub": id, "client_id": id,
        "scope": "", "iat": iat, "exp": iat + 600, "jti": id});
    change(&mut claims);
    claims
}

fn header(change: impl FnOnce(&mut Header)) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("at+jwt".to_owned());
    header.kid = Some("k1".to_owned());
    change(&mut header);
    header
}

fn signed(header: &Header, claims: &Value, key: &EncodingKey) -> String {
    encode(header, claims, key).unwrap()
}

fn verify(token: &str) -> Result<Claims, TokenError> {
    ring().verify(token, ISSUER, start())
}

#[test]
fn a_token_says_what_was_signed_until_its_end() {
    let token = ring().sign(&claims(), ISSUER).unwrap();
    assert_eq!(verify(&token), Ok(claims()));
    let last = at("2026-07-01T10:09:59Z");
    assert!(ring().verify(&token, ISSUER, last).is_ok());
    let end = at("2026-07-01T10:10:00Z");
    assert_eq!(ring().verify(&token, ISSUER, end), Err(TokenError::Time));
    let header = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    assert_eq!(header.kid.as_deref(), Some("k1"));
    assert_eq!(header.alg, Algorithm::EdDSA);
}

#[test]
fn what_the_battery_changes_was_good() {
    let good = signed(&header(|_| ()), &written(|_| ()), &key("k1", 1).private);
    assert!(verify(&good).is_ok());
}

#[test]
fn each_wrong_claim_is_refused() {
    let iat = start().timestamp();
    let wrong: Vec<(&str, Value)> = vec![
        ("iss", json!("https://other.example.org")),
        ("iss", json!(format!("{ISSUER}/"))),
        ("iss", Value::Null),
        ("aud", json!("https://other.example.org")),
        ("aud", Value::Null),
        ("sub", json!(Uuid::from_u128(9).to_string())),
        ("exp", json!(iat - 1)),
        ("exp", json!(iat)),
        ("exp", json!(iat + 601)),
        ("exp", json!("soon")),
        ("exp", Value::Null),
        ("iat", json!(iat + 3_600)),
        ("jti", json!("not-an-id")),
        ("client_id", json!("not-an-id")),
    ];
    for (name, value) in wrong {
        let claims = written(|claims| claims[name] = value.clone());
        let token = signed(&header(|_| ()), &claims, &key("k1", 1).private);
        assert!(verify(&token).is_err(), "{name} = {value}");
        let without = written(|claims| {
            claims.as_object_mut().unwrap().remove(name);
        });
        let token = signed(&header(|_| ()), &without, &key("k1", 1).private);
        assert!(verify(&token).is_err(), "without {name}");
    }
}

#[test]
fn each_wrong_header_is_refused() {
    let private = key("k1", 1).private;
    for kind in [
        Some("JWT"),
        Some("client-authentication+jwt"),
        Some(""),
        None,
    ] {
        let header = header(|header| header.typ = kind.map(str::to_owned));
        let token = signed(&header, &written(|_| ()), &private);
        assert_eq!(verify(&token), Err(TokenError::Type), "{kind:?}");
    }
    for kid in [Some("k2"), Some(""), None] {
        let header = header(|header| header.kid = kid.map(str::to_owned));
        let token = signed(&header, &written(|_| ()), &private);
        assert_eq!(verify(&token), Err(TokenError::Key), "{kid:?}");
    }
    let stranger = signed(&header(|_| ()), &written(|_| ()), &key("k1", 2).private);
    assert!(verify(&stranger).is_err(), "the key of somebody else");
}

#[test]
fn no_other_algorithm_is_accepted() {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for alg in ["none", "None", "HS256", "ES256"] {
        let header = part(&json!({"typ": "at+jwt", "kid": "k1", "alg": alg}));
        let body = part(&written(|_| ()));
        for signature in ["", "AAAA"] {
            let token = format!("{header}.{body}.{signature}");
            assert!(verify(&token).is_err(), "{alg}");
        }
    }
    // The public key taken for a shared secret (RFC 8725, section 2.1).
    let public = URL_SAFE_NO_PAD.decode(&key("k1", 1).x).unwrap();
    let mut confused = Header::new(Algorithm::HS256);
    confused.typ = Some("at+jwt".to_owned());
    confused.kid = Some("k1".to_owned());
    let token = signed(
        &confused,
        &written(|_| ()),
        &EncodingKey::from_secret(&public),
    );
    assert!(verify(&token).is_err());
}

#[test]
fn a_token_is_refused_when_one_byte_is_changed() {
    let token = ring().sign(&claims(), ISSUER).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    for (i, part) in parts.iter().enumerate() {
        let other = if part.starts_with('A') { 'B' } else { 'A' };
        let altered: String = std::iter::once(other).chain(part.chars().skip(1)).collect();
        let mut forged = parts.clone();
        forged[i] = &altered;
        assert!(verify(&forged.join(".")).is_err(), "part {i}");
    }
    for bad in [
        "",
        ".",
        "..",
        "a.b.c",
        &parts[..2].join("."),
        &format!("{token}.x"),
    ] {
        assert!(verify(bad).is_err(), "{bad}");
    }
    assert!(verify(&"a".repeat(5_000)).is_err());
}

#[test]
fn a_new_key_is_published_a_minute_before_it_signs_and_an_old_one_ends() {
    let life = Life {
        retires_at: Some(at("2026-07-01T11:00:00Z")),
        ..Life::beginning(start(), TimeDelta::zero())
    };
    let old = SigningKey::new("old", &[1; 32], life);
    let life = Life::beginning(at("2026-07-01T10:30:00Z"), TimeDelta::minutes(1));
    let new = SigningKey::new("new", &[2; 32], life);
    let ring = KeyRing::new(vec![new.unwrap(), old.unwrap()]);
    let kid = |now: &str| ring.signing(at(now)).map(|key| key.kid.clone());
    assert_eq!(kid("2026-07-01T10:30:30Z").as_deref(), Some("old"));
    assert_eq!(kid("2026-07-01T10:31:00Z").as_deref(), Some("new"));
    let published = |now: &str| ring.public(at(now)).count();
    assert_eq!(published("2026-07-01T10:59:59Z"), 2);
    assert_eq!(published("2026-07-01T11:00:00Z"), 1);
    let token = KeyRing::new(vec![key("old", 1)])
        .sign(&claims(), ISSUER)
        .unwrap();
    assert!(ring.verify(&token, ISSUER, start()).is_ok());
}

#[test]
fn a_public_key_has_no_private_part_and_is_that_of_rfc_8037() {
    let seed = URL_SAFE_NO_PAD
        .decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
        .unwrap();
    let life = Life::beginning(start(), TimeDelta::zero());
    let key = SigningKey::new("k", &seed, life).unwrap();
    let jwk = key.public_jwk();
    assert_eq!(jwk["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assert!(jwk.get("d").is_none());
    assert!(
        !format!("{key:?}").contains("157, 97"),
        "the private part is told"
    );
    assert!(SigningKey::new("k", &[1; 31], life).is_err());
}
