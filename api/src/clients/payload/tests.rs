//! What an administrator writes, and how it is refused.

use domain::{
    clients::{ClientFacts, ClientKeys, ClientStatus, PublicKey},
    kernel::{Refusal, RefusalCode},
};
use serde_json::{Value as Json, json};

use super::{KeySet, key_set, new_client, new_secret, patched};
use crate::kernel::body::{Node, patch::tree};

fn node(value: &Json) -> Node {
    tree(&value.to_string())
}

fn places(refusals: Vec<Refusal>) -> Vec<(String, RefusalCode)> {
    let places = refusals.into_iter().map(|it| (it.pointer, it.code));
    places.collect()
}

fn refused<T: std::fmt::Debug>(read: Result<T, Vec<Refusal>>) -> Vec<(String, RefusalCode)> {
    places(read.unwrap_err())
}

fn at(pointer: &str, code: RefusalCode) -> (String, RefusalCode) {
    (pointer.to_owned(), code)
}

/// 32 bytes in base64url.
const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

fn ed25519(kid: &str) -> Json {
    json!({"kid": kid, "kty": "OKP", "crv": "Ed25519", "x": X})
}

fn rsa(kid: &str, alg: &str, modulus: &str) -> Json {
    json!({"kid": kid, "kty": "RSA", "alg": alg, "n": modulus, "e": "AQAB"})
}

/// A modulus of 2048 bits, odd.
fn modulus() -> String {
    format!("{}w", "_".repeat(341))
}

fn set(keys: &[Json]) -> Result<ClientKeys, Vec<Refusal>> {
    key_set(&node(&json!({"keys": keys})))
}

/// The places where a key alone is refused.
fn key(key: Json) -> Vec<(String, RefusalCode)> {
    refused(set(&[key]))
}

fn with(mut key: Json, members: impl Into<Json>) -> Json {
    let Json::Object(more) = members.into() else {
        return key;
    };
    key.as_object_mut().unwrap().extend(more);
    key
}

#[test]
fn keys_of_each_kind_are_read_and_told_again() {
    let p256 = json!({"kid": "a", "kty": "EC", "crv": "P-256", "x": X, "y": X});
    let whole = with(
        ed25519("b"),
        json!({"alg": "EdDSA", "use": "sig", "key_ops": ["verify"]}),
    );
    let keys = set(&[
        p256,
        whole,
        rsa("c", "RS256", &modulus()),
        rsa("d", "PS256", &modulus()),
    ]);
    let keys = keys.unwrap();
    let algorithms: Vec<&str> = keys
        .as_slice()
        .iter()
        .map(|it| it.key.algorithm())
        .collect();
    assert_eq!(algorithms, PublicKey::ALGORITHMS);
    let told = serde_json::to_value(KeySet::from(&keys)).unwrap();
    assert_eq!(
        told["keys"][1],
        json!({"kid": "b", "kty": "OKP", "alg": "EdDSA", "use": "sig", "crv": "Ed25519", "x": X})
    );
    assert_eq!(told["keys"][2]["n"], modulus());
    assert_eq!(told["keys"][2]["e"], "AQAB");
    assert_eq!(key_set(&node(&told)).unwrap(), keys);
}

#[test]
fn a_private_key_is_refused_where_it_lies() {
    for name in ["d", "p", "q", "dp", "dq", "qi", "k"] {
        let leaked = with(rsa("a", "RS256", &modulus()), json!({ name: "AQAB" }));
        let place = format!("/keys/0/{name}");
        assert_eq!(key(leaked), [at(&place, RefusalCode::NotAllowedHere)]);
    }
    let leaked = with(ed25519("a"), json!({"d": X}));
    assert_eq!(key(leaked), [at("/keys/0/d", RefusalCode::NotAllowedHere)]);
    let more = with(
        rsa("a", "RS256", &modulus()),
        json!({"oth": [], "d": "AQAB"}),
    );
    assert_eq!(key(more).len(), 2);
}

#[test]
fn a_key_that_could_not_be_trusted_is_refused() {
    use RefusalCode as Code;
    let place = |name: &str| format!("/keys/0/{name}");
    let without = |name: &str| {
        let mut whole = rsa("a", "RS256", &modulus());
        whole.as_object_mut().unwrap().remove(name);
        whole
    };
    for name in ["kid", "kty", "alg", "n", "e"] {
        assert_eq!(
            key(without(name))[0],
            at(&place(name), Code::Required),
            "{name}"
        );
    }
    for (changed, name, code) in [
        (json!({"kid": "a b"}), "kid", Code::Format),
        (json!({"crv": "P-384"}), "crv", Code::Code),
        (json!({"crv": "X25519"}), "crv", Code::Code),
        (json!({"alg": "HS256"}), "alg", Code::Code),
        (json!({"alg": "none"}), "alg", Code::Code),
        (json!({"alg": "ES256"}), "alg", Code::Code),
        (json!({"use": "enc"}), "use", Code::Code),
        (json!({"key_ops": ["sign"]}), "key_ops/0", Code::Code),
        (json!({"x": "AAAA"}), "x", Code::Length),
        (json!({"x": format!("{X}=")}), "x", Code::Format),
        (json!({"x": 1}), "x", Code::Type),
        (json!({"y": X}), "y", Code::Unknown),
        (json!({"x5u": "https://a.example"}), "x5u", Code::Unknown),
    ] {
        let told = changed.to_string();
        assert_eq!(
            key(with(ed25519("a"), changed)),
            [at(&place(name), code)],
            "{told}"
        );
    }
    for (changed, name) in [
        (json!({"n": "_".repeat(170) + "w"}), "n"),
        (json!({"n": modulus().replace('w', "g")}), "n"),
        (json!({"e": "Aw"}), "e"),
    ] {
        let weak = with(rsa("a", "PS256", &modulus()), changed);
        assert_eq!(key(weak), [at(&place(name), Code::Range)]);
    }
    let symmetric = json!({"kid": "a", "kty": "oct", "k": "AQAB"});
    let refusals = [
        at("/keys/0/k", Code::NotAllowedHere),
        at("/keys/0/kty", Code::Code),
    ];
    assert_eq!(key(symmetric), refusals);
}

#[test]
fn a_set_has_one_to_five_keys_each_with_a_name_of_its_own() {
    let many: Vec<Json> = (0..6).map(|n| ed25519(&n.to_string())).collect();
    assert!(set(&many[..5]).is_ok());
    assert_eq!(refused(set(&many)), [at("/keys", RefusalCode::Length)]);
    assert_eq!(refused(set(&[])), [at("/keys", RefusalCode::Length)]);
    let twice = set(&[ed25519("a"), ed25519("a")]);
    assert_eq!(refused(twice), [at("/keys/1/kid", RefusalCode::Duplicate)]);
    let bare = key_set(&node(&ed25519("a")));
    assert!(refused(bare).contains(&at("/keys", RefusalCode::Required)));
}

fn client() -> Json {
    json!({
        "name": "Portail de la DISP de Lille",
        "organisation": {"direction": "lille"},
        "role": "direction",
        "perimeter": {"direction": {"code": "lille", "label": "…"}},
        "scopes": ["establishments:write", {"code": "changes:read", "label": "…"}],
    })
}

fn facts(body: &Json) -> ClientFacts {
    let input = new_client(&node(body)).unwrap();
    input.facts.facts(ClientStatus::Active, false)
}

#[test]
fn a_client_is_read_with_codes_bare_or_as_they_are_told() {
    let facts = facts(&client());
    assert_eq!(facts.organisation.to_string(), "direction=lille");
    assert_eq!(facts.perimeter.to_string(), "direction=lille");
    assert_eq!(facts.scopes.len(), 2);
    let keys = with(client(), json!({"jwks": {"keys": [ed25519("a")]}}));
    assert!(new_client(&node(&keys)).unwrap().keys.is_some());
}

#[test]
fn every_refusal_of_a_client_comes_at_once() {
    use RefusalCode as Code;
    let wrong = json!({
        "id": "x",
        "organisation": {"court": "Bordeaux"},
        "role": "king",
        "perimeter": {"all": false},
        "scopes": ["everything"],
        "secrets": [],
        "colour": "red",
    });
    assert_eq!(
        refused(new_client(&node(&wrong))),
        [
            at("/id", Code::ReadOnly),
            at("/secrets", Code::ReadOnly),
            at("/name", Code::Required),
            at("/organisation/court", Code::Format),
            at("/role", Code::Code),
            at("/perimeter/all", Code::Range),
            at("/scopes/0", Code::Code),
            at("/colour", Code::Unknown),
        ]
    );
    for (members, refusal) in [
        (
            json!({"organisation": {}}),
            at("/organisation", Code::Required),
        ),
        (
            json!({"organisation": {"agency": true, "ministry": "X"}}),
            at("/organisation", Code::Inconsistent),
        ),
        (json!({"perimeter": {}}), at("/perimeter", Code::Required)),
        (
            json!({"perimeter": {"none": true}}),
            at("/perimeter", Code::Required),
        ),
        (
            json!({"perimeter": {"departements": ["33", "3"]}}),
            at("/perimeter/departements/1", Code::Format),
        ),
        (
            json!({"jwks": {"keys": [ed25519("a")]}, "secret_expires_at": "2027-01-01T00:00:00Z"}),
            at("/secret_expires_at", Code::Inconsistent),
        ),
        (
            json!({"jwks": {"keys": [with(ed25519("a"), json!({"d": X}))]}}),
            at("/jwks/keys/0/d", Code::NotAllowedHere),
        ),
    ] {
        let told = members.to_string();
        assert_eq!(
            refused(new_client(&node(&with(client(), members))))[0],
            refusal,
            "{told}"
        );
    }
}

#[test]
fn a_patch_changes_what_it_names_and_removes_a_key_with_null() {
    use RefusalCode as Code;
    let kept = facts(&client());
    let become_of = |patch: Json| patched(&kept, node(&patch));
    let same = become_of(json!({})).unwrap();
    assert_eq!(same.facts(ClientStatus::Active, false), kept);
    let renamed = become_of(json!({"name": "Autre"})).unwrap();
    let renamed = renamed.facts(ClientStatus::Active, false);
    assert_eq!(renamed.name.as_str(), "Autre");
    assert_eq!(renamed.scopes, kept.scopes);
    let agency = become_of(json!({
        "role": "agency",
        "organisation": {"direction": null, "agency": true},
        "perimeter": {"direction": null, "all": true},
    }));
    let agency = agency.unwrap().facts(ClientStatus::Suspended, true);
    assert_eq!(agency.organisation.to_string(), "agency=true");
    assert_eq!(agency.perimeter.to_string(), "all=true");
    assert!(agency.demo && agency.status == ClientStatus::Suspended);
    for (patch, refusal) in [
        (json!({"name": null}), at("/name", Code::Null)),
        (
            json!({"perimeter": {"all": true}}),
            at("/perimeter", Code::Inconsistent),
        ),
        (
            json!({"status": "suspended"}),
            at("/status", Code::ReadOnly),
        ),
        (json!({"jwks": null}), at("/jwks", Code::ReadOnly)),
        (json!({"colour": null}), at("/colour", Code::Unknown)),
        (json!([]), at("", Code::Type)),
    ] {
        let told = patch.to_string();
        assert_eq!(refused(become_of(patch)), [refusal], "{told}");
    }
}

#[test]
fn a_secret_may_say_when_it_ends() {
    assert_eq!(new_secret(&node(&json!({}))), Ok(None));
    let end = new_secret(&node(&json!({"expires_at": "2027-07-01T00:00:00Z"})));
    assert!(end.unwrap().is_some());
    let tomorrow = new_secret(&node(&json!({"expires_at": "tomorrow"})));
    assert_eq!(refused(tomorrow), [at("/expires_at", RefusalCode::Format)]);
}
