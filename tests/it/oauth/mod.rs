//! Tokens from outside: how they are given and refused.

mod assertions;
mod hidden;
mod key_files;
mod keys;
mod nodes;
mod registered_keys;
mod signer;
mod tokens;

pub(crate) use nodes::{database, node};

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::support::{Answer, Parts, Server, each_engine, made, on};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const SCOPES: &str = "establishments:write,changes:read";

fn ask(server: &Server, form: &str) -> Answer {
    server.send("POST", "/oauth/token", &[FORM], form)
}

/// The form of a client that presents its secret there.
fn form(client: &(String, String), more: &str) -> String {
    let (id, secret) = client;
    format!("grant_type=client_credentials&client_id={id}&client_secret={secret}{more}")
}

#[track_caller]
fn token(server: &Server, client: &(String, String)) -> String {
    let given = ask(server, &form(client, "")).json();
    given["access_token"].as_str().unwrap().to_owned()
}

fn me(server: &Server, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    server.get_with("/v1/clients/me", &[("Authorization", &bearer)])
}

/// Holds an answer to the errors of RFC 6749.
#[track_caller]
fn refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body["error"], error, "{body}");
    assert!(
        body["error_description"]
            .as_str()
            .is_some_and(|why| !why.is_empty())
    );
    assert!(body.get("type").is_none(), "no problem here: {body}");
}

/// O2, O3, O5.
#[test]
fn a_client_proves_who_it_is_in_the_header_or_in_the_form() {
    on(Parts::Real, |server| {
        let client = made(server, "direction", "direction=lille", SCOPES);
        let in_form = ask(server, &form(&client, ""));
        let given = in_form.json();
        assert_eq!(given["token_type"], "Bearer");
        assert_eq!(given["expires_in"], 600);
        assert_eq!(given["scope"], "establishments:write changes:read");
        assert!(given.get("refresh_token").is_none());
        assert_eq!(in_form.header("cache-control"), "no-store");
        let (id, secret) = &client;
        // Each half is form-encoded before they are joined.
        let encoded = id.replace('-', "%2D");
        let hidden = secret.replace('_', "%5F").replace('a', "%61");
        let basic = format!("Basic {}", STANDARD.encode(format!("{encoded}:{hidden}")));
        let headers = [FORM, ("Authorization", basic.as_str())];
        let asked = "grant_type=client_credentials&scope=changes%3Aread&unknown=1&empty=";
        let given = server.send("POST", "/oauth/token", &headers, asked).json();
        assert_eq!(given["scope"], "changes:read");
        let who = me(server, given["access_token"].as_str().unwrap()).json();
        assert_eq!(who["id"], id.as_str());
        assert_eq!(who["scopes"][0]["code"], "changes:read");
        assert_eq!(who["scopes"].as_array().unwrap().len(), 1);
    });
}

/// O2, O4, O5.
#[test]
fn each_wrong_request_for_a_token_has_the_error_of_the_standard() {
    on(Parts::Real, |server| {
        let client = made(server, "direction", "direction=lille", SCOPES);
        let (id, secret) = &client;
        let unknown = (
            "0193a000-0000-7000-8000-000000000001".to_owned(),
            secret.clone(),
        );
        let wrong = (id.clone(), format!("atg_{}", "0".repeat(64)));
        let not_one = (id.clone(), "pass%3Aword%25".to_owned());
        for client in [&unknown, &wrong, &not_one] {
            let answer = ask(server, &form(client, ""));
            refused(&answer, 401, "invalid_client");
            assert_eq!(answer.header("www-authenticate"), "");
        }
        let basic = format!("Basic {}", STANDARD.encode(format!("{id}:wrong")));
        let headers = [FORM, ("Authorization", basic.as_str())];
        let answer = server.send(
            "POST",
            "/oauth/token",
            &headers,
            "grant_type=client_credentials",
        );
        refused(&answer, 401, "invalid_client");
        assert_eq!(answer.header("www-authenticate"), "Basic realm=\"atigip\"");
        let refusals = [
            (form(&client, "&scope=habilitations:read"), "invalid_scope"),
            (form(&client, "&scope=nothing"), "invalid_scope"),
            (form(&client, "&client_id=x"), "invalid_request"),
            (form(&client, "&scope=a&scope=b"), "invalid_request"),
            (form(&client, "&unknown=a&unknown=b"), "invalid_request"),
            (form(&client, "&broken=%zz"), "invalid_request"),
            (form(&client, "&client_assertion=x"), "invalid_request"),
            (
                format!("client_id={id}&client_secret={secret}"),
                "invalid_request",
            ),
            (
                form(&client, "").replace("client_credentials", ""),
                "invalid_request",
            ),
            (
                form(&client, "").replace("client_credentials", "password"),
                "unsupported_grant_type",
            ),
        ];
        for (form, error) in refusals {
            refused(&ask(server, &form), 400, error);
        }
    });
}

/// O1, O7.
#[test]
fn credentials_are_taken_from_the_body_of_a_post_alone() {
    on(Parts::Real, |server| {
        let client = made(server, "direction", "direction=lille", SCOPES);
        let query = format!("/oauth/token?{}", form(&client, ""));
        server.get(&query).problem(405, "method-not-allowed");
        refused(
            &server.send("POST", &query, &[FORM], "a=b"),
            400,
            "invalid_request",
        );
        let json = [("Content-Type", "application/json")];
        let answer = server.send("POST", "/oauth/token", &json, "{}");
        refused(&answer, 400, "invalid_request");
        let basic = format!(
            "Basic {}",
            STANDARD.encode(format!("{}:{}", client.0, client.1))
        );
        let headers = [FORM, ("Authorization", basic.as_str())];
        let answer = server.send("POST", "/oauth/token", &headers, &form(&client, ""));
        refused(&answer, 400, "invalid_request");
        let long = form(&client, &format!("&x={}", "a".repeat(20_000)));
        ask(server, &long).problem(413, "payload-too-large");
        let token = token(server, &client);
        let in_query = server.get(&format!("/v1/clients/me?access_token={token}"));
        in_query.problem(401, "unauthorized");
    });
}

/// O6; `access.rs` has what lacks a scope.
#[test]
fn what_is_not_a_good_token_is_challenged() {
    on(Parts::Real, |server| {
        let bare = server.get("/v1/clients/me");
        bare.problem(401, "unauthorized");
        assert_eq!(bare.header("www-authenticate"), "Bearer realm=\"atigip\"");
        let client = made(server, "direction", "direction=lille", SCOPES);
        let token = token(server, &client);
        // The first character of the claims: of the last ones some bits are not read.
        let (header, rest) = token.split_once('.').unwrap();
        let tampered = format!("{header}.A{rest}");
        let basic = STANDARD.encode(format!("{}:{}", client.0, client.1));
        for line in [
            "Bearer".to_owned(),
            "Bearer x".to_owned(),
            format!("Bearer {tampered}"),
            format!("Basic {basic}"),
            token.clone(),
        ] {
            let answer = server.get_with("/v1/clients/me", &[("Authorization", &line)]);
            answer.problem(401, "unauthorized");
            let challenge = answer.header("www-authenticate");
            assert!(
                challenge.contains("error=\"invalid_token\""),
                "{line}: {challenge}"
            );
        }
        assert_eq!(me(server, &token).status, 200);
    });
}

#[test]
fn the_metadata_tells_what_is_served() {
    on(Parts::Real, |server| {
        let told = server.get("/.well-known/oauth-authorization-server").json();
        let base = &server.base;
        assert_eq!(told["issuer"], base.as_str());
        assert_eq!(told["token_endpoint"], format!("{base}/oauth/token"));
        assert_eq!(told["revocation_endpoint"], format!("{base}/oauth/revoke"));
        assert_eq!(
            told["grant_types_supported"],
            serde_json::json!(["client_credentials"])
        );
        let keys = server.get(told["jwks_uri"].as_str().unwrap()).json();
        let keys = keys["keys"].as_array().unwrap();
        assert!(!keys.is_empty());
        for key in keys {
            let names: BTreeSet<&str> = key
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            assert_eq!(
                names,
                BTreeSet::from(["alg", "crv", "kid", "kty", "use", "x"])
            );
        }
        let codes = server.get("/v1/code-lists/scopes").json();
        let codes: Vec<&Value> = codes["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| &item["code"])
            .collect();
        let scopes: Vec<&Value> = told["scopes_supported"]
            .as_array()
            .unwrap()
            .iter()
            .collect();
        assert_eq!(scopes, codes);
    });
}

/// O11.
#[test]
fn failures_are_limited_by_client_and_requests_by_address() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &["--rate-token-per-minute", "20"]);
        let client = made(&server, "direction", "direction=lille", SCOPES);
        let wrong = (client.0.clone(), format!("atg_{}", "0".repeat(64)));
        for _ in 0..10 {
            refused(&ask(&server, &form(&wrong, "")), 401, "invalid_client");
        }
        let limited = ask(&server, &form(&client, ""));
        let problem = limited.problem(429, "rate-limited");
        assert_eq!(
            problem["violated-policies"],
            serde_json::json!(["failures"])
        );
        assert!(limited.header("retry-after").parse::<u32>().unwrap() <= 60);
        let limited = (0..15)
            .map(|_| ask(&server, ""))
            .find(|answer| answer.status == 429);
        let problem = limited.unwrap().problem(429, "rate-limited");
        assert_eq!(problem["violated-policies"], serde_json::json!(["token"]));
        assert_eq!(server.get("/v1/establishments?limit=1").status, 200);
        let limits = server.get("/v1/limits").json();
        let names: Vec<&Value> = limits["policies"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| &p["name"])
            .collect();
        assert_eq!(names, ["token", "failures"]);
    });
}
