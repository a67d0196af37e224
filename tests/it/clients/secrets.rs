//! Secrets: shown once, two live at most, revoked one by one, and told again by nobody.

use serde_json::{Value, json};

use super::{Administrator, address, lille, token, told};
use crate::support::{Parts, Server, each_engine, on};

fn parsed(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

#[test]
fn secrets_are_rotated_with_an_overlap() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Administrator::new(&server);
        let made = administrator.makes(&lille());
        let (id, first) = (&made["id"], made["secret"]["value"].as_str().unwrap());
        let more = |body: Value| administrator.writes("POST", id, "/secrets", &body);
        let answer = more(json!({"expires_at": "2099-07-01T00:00:00Z"}));
        assert_eq!(answer.status, 201, "{}", answer.text());
        let second = parsed(&answer.body);
        assert_eq!(second["expires_at"], "2099-07-01T00:00:00Z");
        let place = address(id, &format!("/secrets/{}", second["id"].as_str().unwrap()));
        assert!(answer.header("location").ends_with(&place));
        let value = second["value"].as_str().unwrap();
        assert!(token(&server, id, first).is_ok() && token(&server, id, value).is_ok());
        more(json!({})).problem(409, "secret-limit");
        let old = format!("/secrets/{}", made["secret"]["id"].as_str().unwrap());
        let revoke = || administrator.writes("DELETE", id, &old, &Value::Null);
        assert_eq!(revoke().status, 204);
        revoke().problem(404, "not-found");
        assert_eq!(token(&server, id, first), Err(401));
        assert!(token(&server, id, value).is_ok());
        let sheet = administrator.reads(id);
        assert_eq!(sheet["secrets"].as_array().unwrap().len(), 1);
        assert_eq!(sheet["version"], 4);
        assert_eq!(more(json!({})).status, 201);
        let events: Vec<String> = told(&server, id).into_iter().map(|it| it.0).collect();
        assert_eq!(
            events[2..],
            [
                "client.secret_created",
                "client.secret_revoked",
                "client.secret_created"
            ]
        );
    });
}

#[test]
fn a_secret_that_cannot_be_is_refused() {
    on(Parts::Real, |server| {
        let administrator = Administrator::new(server);
        let made = administrator.makes(&lille());
        let id = &made["id"];
        for (body, pointer) in [
            (
                json!({"expires_at": "2020-07-01T00:00:00Z"}),
                "#/expires_at",
            ),
            (json!({"expires_at": "tomorrow"}), "#/expires_at"),
            (json!({"value": "atg_mine"}), "#/value"),
        ] {
            let refused = administrator.writes("POST", id, "/secrets", &body);
            let problem = refused.problem(422, "validation");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
            assert!(!problem.to_string().contains("atg_mine"));
        }
        let mut late = lille();
        late["secret_expires_at"] = json!("2020-07-01T00:00:00Z");
        let refused = administrator.0.write("POST", "/v1/clients", "", &late);
        let problem = refused.problem(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "#/secret_expires_at");
        let path = address(id, "/secrets");
        let stale = administrator.0.write("POST", &path, "\"v1.x\"", &json!({}));
        stale.problem(412, "precondition-failed");
        let other = administrator.makes(&lille());
        let of_another = format!("/secrets/{}", other["secret"]["id"].as_str().unwrap());
        let revoked = administrator.writes("DELETE", id, &of_another, &Value::Null);
        revoked.problem(404, "not-found");
    });
}

#[test]
fn a_secret_is_not_told_again_and_lies_nowhere_in_clear() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &["--log", "trace"]);
        let administrator = Administrator::new(&server);
        let first = administrator
            .0
            .post("/v1/clients", "k-1", &lille().to_string());
        assert_eq!(first.status, 201, "{}", first.text());
        let made = parsed(&first.body);
        let again = administrator
            .0
            .post("/v1/clients", "k-1", &lille().to_string());
        assert_eq!(again.status, 201, "{}", again.text());
        assert_eq!(again.header("idempotency-replayed"), "true");
        let told = parsed(&again.body);
        assert_eq!(told["id"], made["id"], "one client for a key");
        assert_eq!(told["secret"]["shown"], false);
        assert!(told["secret"].get("value").is_none());
        let path = address(&made["id"], "/secrets");
        let second = parsed(&administrator.0.post(&path, "k-2", "{}").body);
        let again = administrator.0.post(&path, "k-2", "{}");
        let told = parsed(&again.body);
        assert_eq!(
            (&told["id"], &told["shown"]),
            (&second["id"], &json!(false))
        );
        assert!(!again.text().contains("atg_"));
        let id = made["id"].as_str().unwrap();
        let kept = server.db.columns_that_hold(id);
        assert!(kept.contains(&"clients.id".to_owned()), "{kept:?}");
        let secrets = [&made["secret"]["value"], &second["value"]];
        let log = server.log();
        for secret in secrets {
            let secret = secret.as_str().unwrap();
            assert!(!log.contains(secret), "it is in the log");
            let none: [&str; 0] = [];
            assert_eq!(server.db.columns_that_hold(secret), none);
        }
    });
}
