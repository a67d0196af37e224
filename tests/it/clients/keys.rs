//! The public keys of a client: registered whole, and nothing private is ever accepted.

use serde_json::{Value, json};

use super::{Administrator, address, lille, told};
use crate::support::{Parts, Server, each_engine, on};

/// The key of RFC 8037, appendix A.2.
fn ed25519(kid: &str) -> Value {
    let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    json!({"kid": kid, "kty": "OKP", "crv": "Ed25519", "x": x})
}

#[test]
fn keys_are_registered_in_place_of_those_before() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let made = administrator.makes(&lille());
        let id = &made["id"];
        assert!(made.get("jwks").is_none());
        let path = address(id, "/jwks");
        let set = json!({"keys": [ed25519("b"), ed25519("a")]});
        let put = |if_match: &str| administrator.0.write("PUT", &path, if_match, &set);
        put("").problem(428, "precondition-required");
        put("\"v1.x\"").problem(412, "precondition-failed");
        let told_keys = put("*").json()["jwks"]["keys"].clone();
        assert_eq!(told_keys[0]["kid"], "a");
        assert_eq!(told_keys[0]["alg"], "EdDSA");
        assert_eq!(told_keys[1]["x"], ed25519("b")["x"]);
        let version = put("*").json()["version"].clone();
        assert_eq!(version, 3, "the same keys again are no change");
        let one = json!({"keys": [ed25519("c")]});
        let replaced = administrator.0.write("PUT", &path, "*", &one).json();
        assert_eq!(replaced["jwks"]["keys"].as_array().unwrap().len(), 1);
        let remove = |if_match: &str| {
            administrator
                .0
                .write("DELETE", &path, if_match, &Value::Null)
        };
        remove("").problem(428, "precondition-required");
        assert_eq!(remove("*").status, 204);
        remove("*").problem(404, "not-found");
        assert!(administrator.reads(id).get("jwks").is_none());
        let events: Vec<String> = told(&server, id).into_iter().map(|it| it.0).collect();
        assert_eq!(events[2..], ["client.jwks_updated"; 3]);
    });
}

#[test]
fn a_client_that_is_given_keys_is_given_no_secret() {
    on(Parts::Real, |server| {
        let administrator = Administrator::new(server);
        let mut body = lille();
        body["jwks"] = json!({"keys": [ed25519("a")]});
        let made = administrator.makes(&body);
        assert!(made.get("secret").is_none());
        assert_eq!(made["secrets"], json!([]));
        assert_eq!(made["jwks"]["keys"][0]["kid"], "a");
        let more = administrator.writes("POST", &made["id"], "/secrets", &json!({}));
        assert_eq!(more.status, 201, "a secret may come later");
    });
}

#[test]
fn a_private_key_is_refused_and_kept_nowhere() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &["--log", "trace"]);
        let administrator = Administrator::new(&server);
        let made = administrator.makes(&lille());
        // The private half of that key, which RFC 8037 publishes.
        let private = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
        let mut leaked = ed25519("a");
        leaked["d"] = json!(private);
        let body = json!({"keys": [ed25519("b"), leaked]});
        let refused = administrator.writes("PUT", &made["id"], "/jwks", &body);
        let problem = refused.problem(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "#/keys/1/d");
        assert_eq!(problem["errors"][0]["code"], "not_allowed_here");
        assert!(!refused.text().contains(private));
        assert!(administrator.reads(&made["id"]).get("jwks").is_none());
        assert!(!server.log().contains(private), "it is in the log");
        let none: [&str; 0] = [];
        assert_eq!(server.db.columns_that_hold(private), none);
    });
}
