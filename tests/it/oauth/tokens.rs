//! Access tokens (RFC 9068): the battery T1 to T8, with tokens that the platform's own key signed.

use std::{collections::BTreeSet, fs, os::unix::fs::PermissionsExt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use persistence::Engine;
use serde_json::{Value, json};

use super::{
    SCOPES, ask, form, me,
    nodes::database,
    signer::{Signer, claims as assertion_claims},
};
use crate::support::{Parts, Server, each_engine, made, seconds_from_now};

/// A platform whose key the test knows.
struct Known {
    server: Server,
    key: Signer,
    client: String,
    token: String,
    _folder: tempfile::TempDir,
}

impl Known {
    fn start(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let key = Signer::ed("known", 42);
        let mut jwk = serde_json::to_value(key.jwk()).unwrap();
        jwk["kid"] = json!("known");
        jwk["d"] = json!(URL_SAFE_NO_PAD.encode([42; 32]));
        fs::write(&path, json!({"keys": [jwk]}).to_string()).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let flags = ["--signing-keys", path.to_str().unwrap()];
        let server = Server::serve(Arc::clone(&database(engine)), Parts::Real, &flags);
        let client = made(&server, "direction", "direction=lille", SCOPES);
        let given = ask(&server, &form(&client, "&scope=changes:read")).json();
        Self {
            server,
            key,
            client: client.0,
            token: given["access_token"].as_str().unwrap().to_owned(),
            _folder: folder,
        }
    }

    fn header(&self) -> Header {
        let mut header = self.key.header();
        header.typ = Some("at+jwt".to_owned());
        header
    }

    fn claims(&self) -> Value {
        let at = seconds_from_now(0);
        json!({"iss": self.server.base, "aud": self.server.base, "sub": self.client,
            "client_id": self.client, "scope": "changes:read", "iat": at, "exp": at + 600,
            "jti": "0193a000-0000-7000-8000-000000000009"})
    }

    /// Forged with the platform's own key, a token changed so is refused.
    #[track_caller]
    fn refuses_with(&self, what: &str, change: impl FnOnce(&mut Header, &mut Value)) {
        let (mut header, mut claims) = (self.header(), self.claims());
        change(&mut header, &mut claims);
        self.refuses(what, &self.key.sign(&header, &claims));
    }

    #[track_caller]
    fn refuses(&self, what: &str, token: &str) {
        let answer = me(&self.server, token);
        assert_eq!(answer.status, 401, "{what}: {}", answer.text());
        answer.problem(401, "unauthorized");
        let challenge = answer.header("www-authenticate");
        assert!(
            challenge.contains("error=\"invalid_token\""),
            "{what}: {challenge}"
        );
    }
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// T1, T2, T3 and O8, on the token that is given.
#[test]
fn a_token_says_what_the_profile_asks_and_is_signed() {
    each_engine(|engine| {
        let known = Known::start(engine);
        let parts: Vec<&str> = known.token.split('.').collect();
        let header = decoded(parts[0]);
        assert_eq!(
            header,
            json!({"typ": "at+jwt", "alg": "EdDSA", "kid": "known"})
        );
        let claims = decoded(parts[1]);
        let names: BTreeSet<&str> = claims
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let expected = [
            "aud",
            "client_id",
            "exp",
            "iat",
            "iss",
            "jti",
            "scope",
            "sub",
        ];
        assert_eq!(names, BTreeSet::from(expected));
        let base = known.server.base.as_str();
        assert_eq!(
            (&claims["iss"], &claims["aud"]),
            (&json!(base), &json!(base))
        );
        assert_eq!(claims["sub"], known.client);
        assert_eq!(claims["client_id"], known.client);
        assert_eq!(claims["scope"], "changes:read");
        let (iat, exp) = (
            claims["iat"].as_i64().unwrap(),
            claims["exp"].as_i64().unwrap(),
        );
        assert_eq!(exp - iat, 600, "ten minutes");
        assert!((seconds_from_now(-60)..=seconds_from_now(0)).contains(&iat));
        assert_eq!(parts[2].len(), 86, "64 bytes of a signature");
        let forged = known.key.sign(&known.header(), &known.claims());
        assert_eq!(
            me(&known.server, &forged).status,
            200,
            "what the battery changes is good"
        );
    });
}

/// T1.
#[test]
fn nothing_but_an_access_token_is_taken_for_one() {
    each_engine(|engine| {
        let known = Known::start(engine);
        for kind in [
            "JWT",
            "id+jwt",
            "client-authentication+jwt",
            "logout+jwt",
            "",
        ] {
            known.refuses_with(kind, |header, _| header.typ = Some(kind.to_owned()));
        }
        known.refuses_with("no type", |header, _| header.typ = None);
        // An assertion is for the token endpoint, an ID token for who asked for it (T7).
        let assertion = assertion_claims(&known.server.base, &known.client);
        let signed = known.key.sign(&known.key.header(), &assertion);
        known.refuses("an assertion", &signed);
        known.refuses_with("an ID token", |header, claims| {
            header.typ = Some("JWT".to_owned());
            claims["nonce"] = json!("n");
        });
        let nobody = known.server.get("/.well-known/openid-configuration");
        nobody.problem(404, "not-found");
    });
}

/// T3, T8.
#[test]
fn no_other_algorithm_and_no_other_key_signs_a_token() {
    each_engine(|engine| {
        let known = Known::start(engine);
        let body = known.token.split('.').nth(1).unwrap();
        for alg in ["none", "None", "ES256", "RS256"] {
            let header = json!({"typ": "at+jwt", "alg": alg, "kid": "known"});
            let header = URL_SAFE_NO_PAD.encode(header.to_string());
            known.refuses(alg, &format!("{header}.{body}."));
            known.refuses(alg, &format!("{header}.{body}.AAAA"));
        }
        let jwk = serde_json::to_value(known.key.jwk()).unwrap();
        let x = jwk["x"].as_str().unwrap();
        for secret in [URL_SAFE_NO_PAD.decode(x).unwrap(), x.as_bytes().to_vec()] {
            let mut header = known.header();
            header.alg = Algorithm::HS256;
            let key = EncodingKey::from_secret(&secret);
            let token = encode(&header, &known.claims(), &key).unwrap();
            known.refuses("the public key as a secret", &token);
        }
        let stranger = Signer::ed("known", 43);
        known.refuses(
            "another key",
            &stranger.sign(&known.header(), &known.claims()),
        );
        let mut header = known.header();
        header.jwk = Some(stranger.jwk());
        header.jku = Some(format!("{}/.well-known/jwks.json", known.server.base));
        known.refuses("a key of its own", &stranger.sign(&header, &known.claims()));
        for kid in [Some("unknown"), Some(""), None] {
            known.refuses_with("kid", |header, _| header.kid = kid.map(str::to_owned));
        }
        known.refuses_with("crit", |header, _| {
            header.crit = Some(vec!["exp".to_owned()]);
        });
        let (header, rest) = known.token.split_once('.').unwrap();
        known.refuses("altered", &format!("{header}.A{rest}"));
        let cut: String = known.token.chars().take(known.token.len() - 5).collect();
        known.refuses("cut", &cut);
        assert_eq!(me(&known.server, &known.token).status, 200);
    });
}

/// T4.
#[test]
fn each_wrong_claim_of_a_token_is_refused() {
    each_engine(|engine| {
        let known = Known::start(engine);
        let base = &known.server.base;
        let at = seconds_from_now;
        let wrong = [
            ("iss", json!("https://autre.example")),
            ("iss", json!(format!("{base}/"))),
            ("aud", json!("https://autre.example")),
            ("aud", json!([])),
            ("exp", json!(at(0))),
            ("exp", json!(at(-3_600))),
            ("exp", json!(at(700))),
            ("exp", json!("soon")),
            ("iat", json!(at(120))),
            ("sub", json!("0193a000-0000-7000-8000-000000000001")),
            ("client_id", json!("0193a000-0000-7000-8000-000000000001")),
            ("client_id", json!("x")),
            ("jti", json!("x")),
            ("scope", json!(7)),
        ];
        for (name, value) in wrong {
            known.refuses_with(name, |_, claims| claims[name] = value.clone());
        }
        for name in [
            "iss",
            "aud",
            "exp",
            "iat",
            "sub",
            "client_id",
            "jti",
            "scope",
        ] {
            known.refuses_with(name, |_, claims| {
                claims.as_object_mut().unwrap().remove(name);
            });
        }
        // A scope that the client has not is not given by saying so.
        let mut claims = known.claims();
        claims["scope"] = json!("changes:read clients:admin establishments:manage");
        let more = known.key.sign(&known.header(), &claims);
        let who = me(&known.server, &more).json();
        let codes: Vec<&Value> = who["scopes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["code"])
            .collect();
        assert_eq!(codes, ["changes:read"]);
    });
}

/// T5, T6, T8.
#[test]
fn keys_and_metadata_tell_what_is_accepted_and_nothing_private() {
    each_engine(|engine| {
        let known = Known::start(engine);
        let server = &known.server;
        let answer = server.get("/.well-known/jwks.json");
        assert!(
            answer
                .header("cache-control")
                .starts_with("public, max-age=60")
        );
        assert!(!answer.header("etag").is_empty());
        let key = json!({"kty": "OKP", "crv": "Ed25519", "x": serde_json::to_value(known.key.jwk())
            .unwrap()["x"], "kid": "known", "alg": "EdDSA", "use": "sig"});
        assert_eq!(answer.json(), json!({"keys": [key]}));
        let told = server.get("/.well-known/oauth-authorization-server").json();
        assert_eq!(told["issuer"], server.base.as_str());
        assert_eq!(
            told["jwks_uri"],
            format!("{}/.well-known/jwks.json", server.base)
        );
        let methods = json!([
            "client_secret_basic",
            "client_secret_post",
            "private_key_jwt"
        ]);
        let algorithms = json!(["ES256", "EdDSA", "RS256", "PS256"]);
        for endpoint in ["token", "revocation"] {
            assert_eq!(
                told[format!("{endpoint}_endpoint_auth_methods_supported")],
                methods
            );
            let name = format!("{endpoint}_endpoint_auth_signing_alg_values_supported");
            assert_eq!(told[name], algorithms, "no `none`, no shared secret");
        }
        assert_eq!(told["response_types_supported"], json!([]));
    });
}
