//! A request with a key has one effect, however often it is sent and whatever breaks meanwhile.

mod crashes;
mod sweep;

use domain::{
    clients::{Organisation, Perimeter},
    territories::Direction,
};
use persistence::{RepoError, clients, clients::ClientRefusal};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Parts, Server, each_engine, made};

const SCOPES: &str = "establishments:write,establishments:manage";
const ZONES: &str = "/v1/establishments/ma-agen/zones";
const ZONE: &str = r#"{"kind": "production", "status": "available", "area_m2": 4321}"#;

/// How many zones have the area of the test's own.
fn zones(server: &Server) -> usize {
    let sheet = server.get("/v1/establishments/ma-agen").json();
    let zones = sheet["zones"].as_array().cloned().unwrap_or_default();
    zones.iter().filter(|zone| zone["area_m2"] == 4321).count()
}

fn is_replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == "true"
}

/// The same answer, which says that it was given before.
#[track_caller]
fn replays(again: &Answer, first: &Answer) {
    assert_eq!(again.status, first.status, "{}", again.text());
    assert!(!is_replayed(first) && is_replayed(again));
    assert_eq!(again.text(), first.text());
    for name in ["location", "etag", "content-type", "cache-control"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
}

#[test]
fn the_same_request_has_one_effect_and_the_same_answer() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        let first = client.post(ZONES, "\"t-1\"", ZONE);
        assert_eq!(first.status, 201, "{}", first.text());
        replays(&client.post(ZONES, "\"t-1\"", ZONE), &first);
        replays(&client.post(ZONES, "t-1", ZONE), &first);
        assert_eq!(zones(&server), 1);
        // What happens to the object meanwhile changes nothing: the answer is that of the request.
        let part = first.header("location").to_owned();
        assert_eq!(client.write("DELETE", &part, "*", &Value::Null).status, 204);
        replays(&client.post(ZONES, "t-1", ZONE), &first);
        assert_eq!(zones(&server), 0);
    });
}

#[test]
fn a_retry_under_the_tag_that_it_was_thought_of_is_not_stale() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        let tag = server.get("/v1/establishments/ma-agen");
        let close = |key: &str| {
            let headers = [
                ("Authorization", client.bearer()),
                ("Content-Type", "application/json"),
                ("If-Match", tag.header("etag")),
                ("Idempotency-Key", key),
            ];
            let body = r#"{"closed_on": "2026-06-30"}"#;
            server.send("POST", "/v1/establishments/ma-agen/close", &headers, body)
        };
        let first = close("k");
        assert_eq!(first.status, 200, "{}", first.text());
        replays(&close("k"), &first);
        close("other").problem(412, "precondition-failed");
    });
}

#[test]
fn a_key_belongs_to_its_caller_and_to_its_address() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        let other = Client::new(
            &server,
            "direction",
            "direction=bordeaux",
            "establishments:write",
        );
        let elsewhere = "/v1/establishments/ma-amiens/zones";
        let answers = [
            client.post(ZONES, "k", ZONE),
            other.post(ZONES, "k", ZONE),
            client.post(elsewhere, "k", ZONE),
        ];
        for answer in &answers {
            assert_eq!(answer.status, 201, "{}", answer.text());
            assert!(!is_replayed(answer));
        }
        assert_eq!(zones(&server), 2);
    });
}

#[test]
fn a_key_that_was_used_for_another_body_is_refused() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        let first = client.post(ZONES, "k", ZONE);
        let respaced = format!("{ZONE} ");
        for body in [respaced.as_str(), "{}"] {
            client
                .post(ZONES, "k", body)
                .problem(422, "idempotency-key-reused");
        }
        replays(&client.post(ZONES, "k", ZONE), &first);
        assert_eq!(zones(&server), 1);
        // What is told before it: the version that a move must name.
        let close = "/v1/establishments/ma-agen/close";
        let closed = client.post(close, "k", r#"{"closed_on": "2026-06-30"}"#);
        assert_eq!(closed.status, 200);
        let headers = [
            ("Authorization", client.bearer()),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", "k"),
        ];
        let body = r#"{"closed_on": "2026-06-29"}"#;
        let answer = server.send("POST", close, &headers, body);
        answer.problem(428, "precondition-required");
    });
}

#[test]
fn what_was_refused_is_looked_at_again() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        client
            .post(ZONES, "k", r#"{"kind": "production"}"#)
            .problem(422, "validation");
        let nowhere = "/v1/establishments/ma-nowhere/zones";
        client.post(nowhere, "k", ZONE).problem(404, "not-found");
        let reopen = "/v1/establishments/ma-agen/reopen";
        client
            .post(reopen, "k", "{}")
            .problem(409, "transition-not-allowed");
        let close = json!({"closed_on": "2026-06-30"});
        let closed = client.write("POST", "/v1/establishments/ma-agen/close", "*", &close);
        assert_eq!(closed.status, 200);
        let reopened = client.post(reopen, "k", "{}");
        assert_eq!(reopened.status, 200, "{}", reopened.text());
        assert!(!is_replayed(&reopened));
        assert_eq!(client.post(ZONES, "k", ZONE).status, 201);
    });
}

#[test]
fn rights_are_looked_at_again() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let own = made(
            &server,
            "direction",
            "direction=bordeaux",
            "establishments:write",
        );
        let client = Client::of(&server, &own);
        let first = client.post(ZONES, "k", ZONE);
        assert_eq!(first.status, 201, "{}", first.text());
        let moved: Result<_, RepoError<ClientRefusal>> = server.db.db().write_blocking(|conn| {
            let kept = clients::find(conn, own.0.parse().unwrap())?.unwrap();
            let mut facts = (*kept).clone();
            facts.organisation = Organisation::Direction(Direction::Lille);
            facts.perimeter = Perimeter::Direction(Direction::Lille);
            facts.organisation = Organisation::Direction(Direction::Lille);
            let moved = domain::clients::Client::new(kept.id, kept.record, facts).unwrap();
            let actor = "cli:test".parse().unwrap();
            clients::update(conn, &moved, kept.record.updated_at, &actor)
        });
        moved.unwrap();
        server.until("the perimeter is followed", |_| {
            let me = client.get("/v1/clients/me").json();
            me["perimeter"]["direction"] == "lille"
        });
        client
            .post(ZONES, "k", ZONE)
            .problem(403, "out-of-perimeter");
        assert_eq!(zones(&server), 1);
    });
}
