//! `GET /v1/clients/me`, what is never told of a secret, and the clients as administrators keep
//! them.

mod keys;
mod lists;
mod secrets;
mod writes;

use serde_json::{Value, json};

use crate::support::{Answer, Client, Parts, Server, on};

/// An administrator, and what it does.
struct Administrator<'s>(Client<'s>);

impl<'s> Administrator<'s> {
    fn new(server: &'s Server) -> Self {
        Self(Client::new(server, "administrator", "", "clients:admin"))
    }

    /// Makes a client, and answers what is told of it.
    #[track_caller]
    fn makes(&self, body: &Value) -> Value {
        let answer = self.0.write("POST", "/v1/clients", "", body);
        assert_eq!(answer.status, 201, "{}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// What is told of a client.
    #[track_caller]
    fn reads(&self, id: &Value) -> Value {
        self.0.get(&address(id, "")).json()
    }

    /// Writes to a client, whatever its version.
    #[track_caller]
    fn writes(&self, method: &str, id: &Value, what: &str, body: &Value) -> Answer {
        self.0.write(method, &address(id, what), "*", body)
    }
}

fn address(id: &Value, what: &str) -> String {
    format!("/v1/clients/{}{what}", id.as_str().unwrap())
}

/// A client to be made: a directorate's.
fn lille() -> Value {
    json!({
        "name": "Portail de la DISP de Lille",
        "organisation": {"direction": "lille"},
        "role": "direction",
        "perimeter": {"direction": "lille"},
        "scopes": ["establishments:write", "changes:read"],
    })
}

/// The token that a client of this secret is given, or the status of the refusal.
fn token(server: &Server, id: &Value, secret: &str) -> Result<String, u16> {
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let id = id.as_str().unwrap();
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let answer = server.send("POST", "/oauth/token", &kind, &form);
    if answer.status == 200 {
        Ok(answer.json()["access_token"].as_str().unwrap().to_owned())
    } else {
        Err(answer.status)
    }
}

/// The status of `GET /v1/clients/me` under a token.
fn me(server: &Server, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let answer = server.get_with("/v1/clients/me", &[("Authorization", &bearer)]);
    answer.status
}

/// What an administrator is told that happened to a client: the event and the version.
fn told(server: &Server, id: &Value) -> Vec<(String, i64)> {
    let administrator = Client::new(server, "administrator", "", "changes:read");
    let changes = administrator.get("/v1/changes?limit=100").json();
    let items = changes["items"].as_array().unwrap().clone();
    let own = items.iter().filter(|change| change["id"] == *id);
    own.map(|change| {
        let event = change["type"]["code"].as_str().unwrap().to_owned();
        (event, change["version"].as_i64().unwrap())
    })
    .collect()
}

#[test]
fn a_client_reads_who_it_is_and_what_it_may() {
    on(Parts::Real, |server| {
        let agency = Client::new(server, "agency", "", "establishments:manage,audit:read");
        let answer = agency.get("/v1/clients/me");
        let who = answer.json();
        assert_eq!(who["role"]["code"], "agency");
        assert_eq!(who["role"]["label"], "Agence");
        assert_eq!(who["perimeter"], json!({"all": true}));
        assert_eq!(who["organisation"], json!({"agency": true}));
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
            json!({"direction": "lille"})
        );
        assert_eq!(
            of("establishment", &format!("establishment={id}")),
            json!({"establishment": id})
        );
        assert_eq!(
            of("probation", "departements=33,40"),
            json!({"departements": ["33", "40"]})
        );
    });
}
