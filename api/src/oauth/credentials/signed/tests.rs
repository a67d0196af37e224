//! The negative battery of assertions (RFC 7523, RFC 8725), at a time that stands still.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::clients::{ClientKey, Coordinate};
use jsonwebtoken::{EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://api.example.org";
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

fn now() -> DateTime<Utc> {
    "2026-07-01T10:00:00Z".parse().unwrap()
}

fn client() -> Id<Client> {
    Id::new(Uuid::from_u128(5))
}

fn private(byte: u8) -> EncodingKey {
    EncodingKey::from_ed_der(&[PKCS8.as_slice(), &[byte; 32]].concat())
}

fn public(byte: u8) -> PublicKey {
    let jwk = Jwk::from_encoding_key(&private(byte), Algorithm::EdDSA).unwrap();
    let x = serde_json::to_value(jwk).unwrap()["x"].clone();
    let x = URL_SAFE_NO_PAD.decode(x.as_str().unwrap()).unwrap();
    let x = Coordinate::new(&x).unwrap();
    PublicKey::EdDsa { x }
}

fn keys(named: &[(&str, u8)]) -> ClientKeys {
    let key = |(kid, byte): &(&str, u8)| ClientKey {
        kid: kid.parse().unwrap(),
        key: public(*byte),
    };
    ClientKeys::new(named.iter().map(key).collect()).unwrap()
}

fn header(change: impl FnOnce(&mut Header)) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some("a".to_owned());
    change(&mut header);
    header
}

fn claims(change: impl FnOnce(&mut Value)) -> Value {
    let (id, at) = (client().to_string(), now().timestamp());
    let mut claims = json!({"iss": id, "sub": id, "aud": ISSUER, "exp": at + 60, "iat": at,
        "nbf": at, "jti": "one"});
    change(&mut claims);
    claims
}

fn signed(header: &Header, claims: &Value, byte: u8) -> String {
    encode(header, claims, &private(byte)).unwrap()
}

fn checked(text: &str) -> Result<Assertion, AssertionError> {
    assert_eq!(claimed(text), Ok(client()));
    verify(text, client(), &keys(&[("a", 1), ("b", 2)]), ISSUER, now())
}

#[test]
fn a_good_assertion_says_when_it_ends_and_what_it_is_called() {
    let expires_at = now() + TimeDelta::seconds(60);
    let jti = "one".to_owned();
    let good = Ok(Assertion { jti, expires_at });
    assert_eq!(checked(&signed(&header(|_| ()), &claims(|_| ()), 1)), good);
    for kind in [
        None,
        Some("JWT"),
        Some("client-authentication+jwt"),
        Some("application/Client-Authentication+JWT"),
    ] {
        let header = header(|header| header.typ = kind.map(str::to_owned));
        assert_eq!(
            checked(&signed(&header, &claims(|_| ()), 1)),
            good,
            "{kind:?}"
        );
    }
    let nameless = header(|header| header.kid = None);
    for byte in [1, 2] {
        assert_eq!(checked(&signed(&nameless, &claims(|_| ()), byte)), good);
    }
    let listed = claims(|claims| claims["aud"] = json!([ISSUER]));
    assert_eq!(checked(&signed(&header(|_| ()), &listed, 1)), good);
    let fraction = claims(|claims| {
        claims["exp"] = json!(f64::from(u32::try_from(now().timestamp()).unwrap()) + 60.5);
    });
    assert_eq!(checked(&signed(&header(|_| ()), &fraction, 1)), good);
}

#[test]
fn each_wrong_claim_is_told_to_who_signed_it() {
    let at = now().timestamp();
    let other = Uuid::from_u128(6).to_string();
    let wrong: Vec<(&str, Value)> = vec![
        ("iss", json!(other)),
        ("iss", json!([client().to_string()])),
        ("aud", json!("https://other.example.org")),
        ("aud", json!(format!("{ISSUER}/"))),
        ("aud", json!(format!("{ISSUER}/oauth/token"))),
        ("aud", json!([ISSUER, "https://other.example.org"])),
        ("aud", json!([ISSUER, ISSUER])),
        ("aud", json!([])),
        ("aud", Value::Null),
        ("exp", json!(at)),
        ("exp", json!(at - 1)),
        ("exp", json!(at + 301)),
        ("exp", json!(at + 86_400)),
        ("exp", json!(-1)),
        ("exp", json!(1e300)),
        ("exp", json!("soon")),
        ("exp", Value::Null),
        ("nbf", json!(at + 61)),
        ("nbf", json!("now")),
        ("iat", json!(at + 61)),
        ("iat", json!(true)),
        ("jti", json!("")),
        ("jti", json!("x".repeat(201))),
        ("jti", json!("a\nb")),
        ("jti", json!(7)),
        ("jti", Value::Null),
    ];
    for (name, value) in wrong {
        let claims = claims(|claims| claims[name] = value.clone());
        let refused = checked(&signed(&header(|_| ()), &claims, 1));
        assert!(
            matches!(refused, Err(Wrong(_))),
            "{name} = {value}: {refused:?}"
        );
        // Who signs with another key is told nothing.
        let refused = checked(&signed(&header(|_| ()), &claims, 9));
        assert!(matches!(refused, Err(Unproven(_))), "{name}: {refused:?}");
    }
    for name in ["iss", "aud", "exp", "jti"] {
        let claims = claims(|claims| {
            claims.as_object_mut().unwrap().remove(name);
        });
        let refused = checked(&signed(&header(|_| ()), &claims, 1));
        assert!(
            matches!(refused, Err(Wrong(_))),
            "without {name}: {refused:?}"
        );
    }
}

#[test]
fn times_are_those_of_a_clock_that_is_a_minute_off() {
    let at = now().timestamp();
    for name in ["nbf", "iat"] {
        for seconds in [60, -86_400] {
            let claims = claims(|claims| claims[name] = json!(at + seconds));
            assert!(
                checked(&signed(&header(|_| ()), &claims, 1)).is_ok(),
                "{name}"
            );
        }
    }
    let last = claims(|claims| claims["exp"] = json!(at + 300));
    assert!(checked(&signed(&header(|_| ()), &last, 1)).is_ok());
}

#[test]
fn what_it_says_of_another_client_is_not_taken() {
    let other = Id::new(Uuid::from_u128(6));
    let text = signed(&header(|_| ()), &claims(|_| ()), 1);
    let refused = verify(&text, other, &keys(&[("a", 1)]), ISSUER, now());
    assert!(matches!(refused, Err(Wrong(_))), "{refused:?}");
    for bad in ["", ".", "a.b.c", "e30.e30.e30", &"a".repeat(9_000)] {
        assert!(matches!(claimed(bad), Err(Unproven(_))), "{bad}");
    }
    let nobody = claims(|claims| claims["sub"] = json!("me"));
    assert!(claimed(&signed(&header(|_| ()), &nobody, 1)).is_err());
}

#[test]
fn each_wrong_header_is_refused() {
    let refused = |header: &Header, byte: u8| {
        let outcome = checked(&signed(header, &claims(|_| ()), byte));
        assert!(
            matches!(outcome, Err(Unproven(_))),
            "{header:?}: {outcome:?}"
        );
    };
    for kind in ["at+jwt", "logout+jwt", "", "client-authentication"] {
        refused(&header(|header| header.typ = Some(kind.to_owned())), 1);
    }
    for kid in ["c", "", "A"] {
        refused(&header(|header| header.kid = Some(kid.to_owned())), 1);
    }
    // The key that is named, and no other of the client.
    refused(&header(|header| header.kid = Some("b".to_owned())), 1);
    refused(&header(|header| header.kid = None), 3);
    refused(
        &header(|header| header.crit = Some(vec!["exp".to_owned()])),
        1,
    );
    // A key that comes with the assertion, or that it points to.
    let own = Jwk::from_encoding_key(&private(9), Algorithm::EdDSA).unwrap();
    refused(&header(|header| header.jwk = Some(own)), 9);
    let far = || Some("https://attacker.example/keys".to_owned());
    refused(&header(|header| header.jku = far()), 9);
    refused(&header(|header| header.x5u = far()), 9);
    // Beside the right signature they are left aside.
    let header = header(|header| (header.jku, header.x5u) = (far(), far()));
    assert!(checked(&signed(&header, &claims(|_| ()), 1)).is_ok());
}

#[test]
fn the_algorithm_is_that_of_the_key() {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for alg in [
        "none", "None", "NONE", "HS256", "ES256", "RS256", "PS256", "ES384", "Ed448",
    ] {
        for kid in [json!("a"), Value::Null] {
            let header = part(&json!({"alg": alg, "kid": kid}));
            for signature in ["", "AAAA", &"A".repeat(86)] {
                let text = format!("{header}.{}.{signature}", part(&claims(|_| ())));
                let refused = checked(&text);
                assert!(matches!(refused, Err(Unproven(_))), "{alg}: {refused:?}");
            }
        }
    }
    // The public key taken for a shared secret (RFC 8725, section 2.1).
    let PublicKey::EdDsa { x } = public(1) else {
        panic!("it is an Ed25519 key")
    };
    for secret in [x.0.to_vec(), URL_SAFE_NO_PAD.encode(x.0).into_bytes()] {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some("a".to_owned());
        let text = encode(&header, &claims(|_| ()), &EncodingKey::from_secret(&secret));
        assert!(matches!(checked(&text.unwrap()), Err(Unproven(_))));
    }
}

#[test]
fn one_byte_changed_is_refused() {
    let text = signed(&header(|_| ()), &claims(|_| ()), 1);
    let parts: Vec<&str> = text.split('.').collect();
    let other = if parts[2].starts_with('A') { 'B' } else { 'A' };
    let forged: String = std::iter::once(other)
        .chain(parts[2].chars().skip(1))
        .collect();
    let forged = format!("{}.{}.{forged}", parts[0], parts[1]);
    assert!(matches!(checked(&forged), Err(Unproven(_))));
    let claims = claims(|claims| claims["jti"] = json!("two"));
    let body = URL_SAFE_NO_PAD.encode(claims.to_string());
    let forged = format!("{}.{body}.{}", parts[0], parts[2]);
    assert!(matches!(checked(&forged), Err(Unproven(_))));
    let twice = r#"{"iss":"x","iss":"y"}"#;
    assert!(claimed(&format!("e30.{}.e30", URL_SAFE_NO_PAD.encode(twice))).is_err());
}
