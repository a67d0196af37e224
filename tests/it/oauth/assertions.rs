//! Clients that sign (RFC 7523): the battery K1 to K8, over HTTP, on each engine.

use std::{sync::Barrier, thread};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::{
    FORM, ask, me,
    nodes::{KEY, database, node},
    refused,
    signer::{Battery, JWT_BEARER, Signer, ask_signed, claims, client_with},
};
use crate::support::{Parts, each_engine, on, seconds_from_now};

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// O9, and what K1 to K8 change.
#[test]
fn a_client_proves_who_it_is_by_each_algorithm_and_takes_a_token_back() {
    on(Parts::Real, |server| {
        let signers = [
            Signer::ec("ec", 1),
            Signer::ed("ed", 2),
            Signer::rsa("rs", Algorithm::RS256),
            Signer::rsa("ps", Algorithm::PS256),
        ];
        let (id, _) = client_with(server, &signers.each_ref());
        for signer in &signers {
            let sign = || signer.sign(&signer.header(), &claims(&server.base, &id));
            let given = ask_signed(server, &sign(), &format!("&client_id={id}"));
            assert_eq!(given.header("cache-control"), "no-store");
            let given = given.json();
            assert_eq!(given["scope"], "establishments:write changes:read");
            let token = given["access_token"].as_str().unwrap();
            assert_eq!(me(server, token).json()["id"], id.as_str());
            let form = format!(
                "token={token}&client_assertion_type={JWT_BEARER}&client_assertion={}",
                sign()
            );
            let revoked = server.send("POST", "/oauth/revoke", &[FORM], &form);
            assert_eq!(revoked.status, 200, "{}", revoked.text());
            me(server, token).problem(401, "unauthorized");
        }
    });
}

/// K1.
#[test]
fn the_type_of_the_assertion_is_the_one_there_is() {
    on(Parts::Real, |server| {
        let signer = Signer::ed("a", 1);
        let (id, secret) = client_with(server, &[&signer]);
        let sign = || signer.sign(&signer.header(), &claims(&server.base, &id));
        let with = |kind: &str| {
            ask(
                server,
                &format!(
                    "grant_type=client_credentials&client_assertion={}{kind}",
                    sign()
                ),
            )
        };
        for other in [
            "urn:ietf:params:oauth:client-assertion-type:saml2-bearer",
            "urn:ietf:params:oauth:client-assertion-type:JWT-bearer",
            "jwt-bearer",
        ] {
            let answer = with(&format!("&client_assertion_type={other}"));
            refused(&answer, 401, "invalid_client");
        }
        refused(&with(""), 400, "invalid_request");
        refused(&with("&client_assertion_type="), 400, "invalid_request");
        let alone = format!("grant_type=client_credentials&client_assertion_type={JWT_BEARER}");
        refused(&ask(server, &alone), 400, "invalid_request");
        // One way a request.
        let secret_too = format!("&client_id={id}&client_secret={secret}");
        refused(
            &ask_signed(server, &sign(), &secret_too),
            400,
            "invalid_request",
        );
        let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
        let both = format!(
            "grant_type=client_credentials&client_assertion_type={JWT_BEARER}&client_assertion={}",
            sign()
        );
        let headers = [FORM, ("Authorization", basic.as_str())];
        let answer = server.send("POST", "/oauth/token", &headers, &both);
        refused(&answer, 400, "invalid_request");
        let twice = format!("&client_assertion={}", sign());
        refused(&ask_signed(server, &sign(), &twice), 400, "invalid_request");
        assert_eq!(ask_signed(server, &sign(), "").status, 200);
    });
}

/// K2, K3.
#[test]
fn an_assertion_is_of_the_client_and_for_this_issuer_alone() {
    on(Parts::Real, |server| {
        let signer = Signer::ed("a", 1);
        let battery = Battery::new(server, &signer);
        let base = &server.base;
        let (other, _) = client_with(server, &[&signer]);
        battery.takes_with(|_, claims| claims["aud"] = json!([base]));
        let told = battery.refuses_with(|_, claims| claims["iss"] = json!(other));
        assert!(told.text().contains("`iss` and `sub`"), "{}", told.text());
        battery.refuses_with(|_, claims| claims["iss"] = json!("x"));
        battery.refuses_with(|_, claims| claims["sub"] = json!("x"));
        // The other client has the same key: `sub` alone names it, and `iss` belies it.
        battery.refuses_with(|_, claims| claims["sub"] = json!(other));
        let unknown = "0193a000-0000-7000-8000-000000000001";
        battery.refuses_with(|_, claims| {
            (claims["iss"], claims["sub"]) = (json!(unknown), json!(unknown));
        });
        let named = signer.sign(&signer.header(), &battery.claims());
        let answer = ask_signed(server, &named, &format!("&client_id={other}"));
        refused(&answer, 401, "invalid_client");
        for aud in [
            json!("https://autre.example"),
            json!([base, "https://autre.example"]),
            json!(["https://autre.example", base]),
            json!([base, base]),
            json!([]),
            json!(format!("{base}/")),
            json!(format!("{base}/oauth/token")),
            json!(base.to_uppercase()),
            Value::Null,
        ] {
            let told = battery.refuses_with(|_, claims| claims["aud"] = aud.clone());
            assert!(told.text().contains("`aud`"), "{aud}: {}", told.text());
        }
    });
}

/// K4.
#[test]
fn an_assertion_lives_for_minutes_and_not_before_its_time() {
    on(Parts::Real, |server| {
        let signer = Signer::ed("a", 1);
        let battery = Battery::new(server, &signer);
        let at = seconds_from_now;
        battery.takes_with(|_, claims| claims["exp"] = json!(at(295)));
        for name in ["iat", "nbf"] {
            battery.takes_with(|_, claims| claims[name] = json!(at(50)));
            battery.takes_with(|_, claims| {
                claims.as_object_mut().unwrap().remove(name);
            });
            battery.refuses_with(|_, claims| claims[name] = json!(at(90)));
            battery.refuses_with(|_, claims| claims[name] = json!("now"));
        }
        let wrong = [
            json!(at(-120)),
            json!(at(-1)),
            json!(at(310)),
            json!(at(86_400)),
        ];
        for exp in wrong
            .into_iter()
            .chain([json!("soon"), Value::Null, json!(-1)])
        {
            let told = battery.refuses_with(|_, claims| claims["exp"] = exp.clone());
            assert!(told.text().contains("`exp`"), "{exp}: {}", told.text());
        }
        battery.refuses_with(|_, claims| {
            claims.as_object_mut().unwrap().remove("exp");
        });
    });
}

/// K5.
#[test]
fn an_assertion_is_good_once() {
    on(Parts::Real, |server| {
        let signer = Signer::ed("a", 1);
        let battery = Battery::new(server, &signer);
        let claims_of = battery.claims();
        let good = signer.sign(&signer.header(), &claims_of);
        assert_eq!(ask_signed(server, &good, "").status, 200);
        let again = battery.refuses(&good);
        assert!(again.text().contains("`jti`"), "{}", again.text());
        // The same name on another assertion, and on one of another client.
        battery.refuses_with(|_, claims| claims["jti"] = claims_of["jti"].clone());
        let (other, _) = client_with(server, &[&signer]);
        let mut others = claims(&server.base, &other);
        others["jti"] = claims_of["jti"].clone();
        let others = signer.sign(&signer.header(), &others);
        assert_eq!(ask_signed(server, &others, "").status, 200);
        // It is spent by whatever was asked with it.
        let spent = signer.sign(&signer.header(), &battery.claims());
        refused(
            &ask_signed(server, &spent, "&scope=nothing"),
            400,
            "invalid_scope",
        );
        battery.refuses(&spent);
        battery.refuses_with(|_, claims| {
            claims.as_object_mut().unwrap().remove("jti");
        });
        battery.refuses_with(|_, claims| claims["jti"] = json!(""));
        battery.refuses_with(|_, claims| claims["jti"] = json!("x".repeat(300)));
    });
}

/// K5, on two nodes.
#[test]
fn an_assertion_is_good_once_whichever_node_it_is_shown_to() {
    each_engine(|engine| {
        let url = "http://platform.test";
        let flags = ["--key-encryption-key", KEY, "--public-url", url];
        let db = database(engine);
        let nodes = [node(&db, &flags), node(&db, &flags)];
        let signer = Signer::ec("a", 1);
        let (id, _) = client_with(&nodes[0], &[&signer]);
        for _ in 0..3 {
            let assertion = signer.sign(&signer.header(), &claims(url, &id));
            let start = Barrier::new(6);
            let statuses: Vec<u16> = thread::scope(|scope| {
                let asked: Vec<_> = (0..6usize)
                    .map(|i| {
                        let (node, assertion, start) = (&nodes[i % 2], &assertion, &start);
                        scope.spawn(move || {
                            start.wait();
                            ask_signed(node, assertion, "").status
                        })
                    })
                    .collect();
                asked.into_iter().map(|it| it.join().unwrap()).collect()
            });
            let given = statuses.iter().filter(|status| **status == 200).count();
            assert_eq!(given, 1, "{statuses:?}");
            assert!(
                statuses.iter().all(|status| [200, 401].contains(status)),
                "{statuses:?}"
            );
        }
    });
}

/// K6.
#[test]
fn the_algorithm_is_that_of_the_registered_key() {
    on(Parts::Real, |server| {
        let signers = [
            Signer::ec("a", 1),
            Signer::ed("a", 2),
            Signer::rsa("a", Algorithm::RS256),
            Signer::rsa("a", Algorithm::PS256),
        ];
        for signer in &signers {
            let battery = Battery::new(server, signer);
            for alg in ["none", "None", "ES384", "RS512"] {
                let header = part(&json!({"alg": alg, "kid": "a"}));
                battery.refuses(&format!("{header}.{}.", part(&battery.claims())));
            }
            // The public key taken for a shared secret (RFC 8725, section 2.1).
            let jwk = serde_json::to_value(signer.jwk()).unwrap();
            let number = jwk["n"].as_str().or(jwk["x"].as_str()).unwrap();
            let known = [
                URL_SAFE_NO_PAD.decode(number).unwrap(),
                number.as_bytes().to_vec(),
                jwk.to_string().into_bytes(),
            ];
            for secret in known {
                let mut header = Header::new(Algorithm::HS256);
                header.kid = Some("a".to_owned());
                let key = EncodingKey::from_secret(&secret);
                battery.refuses(&encode(&header, &battery.claims(), &key).unwrap());
            }
            battery.takes_with(|_, _| ());
        }
        // One RSA key, one algorithm: the other is no use of it.
        for (kept, other) in [(2, 3), (3, 2)] {
            let battery = Battery::new(server, &signers[kept]);
            let other: &Signer = &signers[other];
            battery.refuses(&other.sign(&other.header(), &battery.claims()));
        }
    });
}

/// K7, K8.
#[test]
fn a_key_that_comes_with_the_assertion_is_left_aside_and_so_is_its_type_when_it_is_known() {
    on(Parts::Real, |server| {
        let (signer, attacker) = (Signer::ec("a", 1), Signer::ec("a", 9));
        let battery = Battery::new(server, &signer);
        let far = Some(format!("{}/.well-known/jwks.json", server.base));
        battery.refuses(&attacker.sign(&attacker.header(), &battery.claims()));
        for kid in ["a", "b"] {
            let mut header = attacker.header();
            header.kid = Some(kid.to_owned());
            header.jwk = Some(attacker.jwk());
            (header.jku, header.x5u) = (far.clone(), far.clone());
            battery.refuses(&attacker.sign(&header, &battery.claims()));
        }
        battery.refuses_with(|header, _| header.kid = Some("b".to_owned()));
        battery.refuses_with(|header, _| header.crit = Some(vec!["exp".to_owned()]));
        battery.takes_with(|header, _| {
            header.jwk = Some(attacker.jwk());
            (header.jku, header.x5u) = (far.clone(), far.clone());
        });
        battery.takes_with(|header, _| header.kid = None);
        for kind in [Some("client-authentication+jwt"), Some("JWT"), None] {
            battery.takes_with(|header, _| header.typ = kind.map(str::to_owned));
        }
        for kind in ["at+jwt", "logout+jwt"] {
            battery.refuses_with(|header, _| header.typ = Some(kind.to_owned()));
        }
        for text in ["", "x", "a.b.c", &"a".repeat(9_000)] {
            battery.refuses(&format!("{text}."));
        }
    });
}
