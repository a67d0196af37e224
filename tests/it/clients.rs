//! `GET /v1/clients/me`, and what is never told of a secret.

use crate::support::{Client, Parts, on};

#[test]
fn a_client_reads_who_it_is_and_what_it_may() {
    on(Parts::Real, |server| {
        let agency = Client::new(server, "agency", "", "establishments:manage,audit:read");
        let answer = agency.get("/v1/clients/me");
        let who = answer.json();
        assert_eq!(who["role"]["code"], "agency");
        assert_eq!(who["role"]["label"], "Agence");
        assert_eq!(who["perimeter"], serde_json::json!({"all": true}));
        let scopes: Vec<&str> = who["scopes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|scope| scope["code"].as_str().unwrap())
            .collect();
        assert_eq!(scopes, ["establishments:manage", "audit:read"]);
        assert_eq!(who["name"], "Un client");
        assert!(who["token_expires_at"].as_str().unwrap().ends_with('Z'));
        assert!(who.get("function").is_none());
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert!(answer.header("vary").contains("Authorization"));
        assert!(!answer.text().contains("atg_") && !answer.text().contains("argon2"));
        let refused = agency.get("/v1/clients/me?limit=1");
        assert_eq!(refused.refused("unknown-parameter")[0].0, "limit");
    });
}

#[test]
fn each_perimeter_is_told_by_its_one_key() {
    on(Parts::Real, |server| {
        let sheet = server.get("/v1/establishments/ma-agen").json();
        let id = sheet["id"].as_str().unwrap();
        let scope = "changes:read";
        let of = |role: &str, perimeter: &str| {
            let client = Client::new(server, role, perimeter, scope);
            client.get("/v1/clients/me").json()["perimeter"].clone()
        };
        assert_eq!(
            of("direction", "direction=lille"),
            serde_json::json!({"direction": "lille"})
        );
        assert_eq!(
            of("establishment", &format!("establishment={id}")),
            serde_json::json!({"establishment": id})
        );
        assert_eq!(
            of("probation", "departements=33,40"),
            serde_json::json!({"departements": ["33", "40"]})
        );
    });
}
