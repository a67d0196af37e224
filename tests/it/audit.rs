//! The journal, read by the agency: who did or read what.

use std::sync::Arc;

use api::kernel::clock::SystemClock;
use chrono::TimeDelta;
use domain::{
    audit::{AuditAction, NewEntry, Resource},
    kernel::Clock,
};
use persistence::{Engine, testing::TestDb};
use serde_json::{Value, json};

use crate::support::{Away, Client, Parts, Server, each_engine, made, on, token_form};

const SCOPES: &str = "establishments:write,audit:read";
const AGEN: &str = "/v1/establishments/ma-agen";

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

/// What an entry says, in a line: action, resource, and who.
fn told(entry: &Value) -> String {
    let who = if entry["client"].is_string() {
        &entry["role"]["code"]
    } else {
        &entry["command"]
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    [&entry["action"]["code"], &entry["resource"], who]
        .map(text)
        .join(" ")
}

#[test]
fn every_write_every_token_and_every_reading_of_the_journal_is_in_it() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let own = made(&server, "agency", "", SCOPES);
        let client = Client::of(&server, &own);
        let before = server.get(AGEN).json();
        let headers = [
            ("Authorization", client.bearer()),
            ("Content-Type", "application/json"),
            ("If-Match", "*"),
            ("X-Request-Id", "trace-1"),
        ];
        let zone = r#"{"kind": "production", "status": "available", "area_m2": 10}"#;
        let zones = format!("{AGEN}/zones");
        let zone = server.send("POST", &zones, &headers, zone);
        assert_eq!(zone.status, 201, "{}", zone.text());
        let patch = json!({"name": "Maison d'arrêt Quetsche"});
        let answer = server.send("PATCH", AGEN, &headers, &patch.to_string());
        assert_eq!(answer.status, 200);
        // What is the same again, what is refused and what anybody may read leave no entry.
        server.send("PATCH", AGEN, &headers, &patch.to_string());
        server.send("PATCH", AGEN, &headers, r#"{"name": 3}"#);
        server.get(AGEN);
        let page = client.get("/v1/audit?limit=6").json();
        let lines: Vec<String> = items(&page).iter().map(told).collect();
        assert_eq!(
            lines,
            [
                "read audit agency",
                "update establishment agency",
                "update establishment agency",
                "sign_in token agency",
                "update client cli:clients",
                "create client cli:clients",
            ]
        );
        let [_, sheet, part, token, _, made] = items(&page).as_slice() else {
            panic!("{page}");
        };
        for entry in [sheet, part, token] {
            assert_eq!(entry["client"], own.0.as_str(), "{entry}");
        }
        for entry in [sheet, part] {
            assert_eq!(entry["resource_id"], before["id"]);
            assert_eq!(entry["request_id"], "trace-1");
        }
        let address = zone.header("location");
        let (_, id) = address.rsplit_once('/').unwrap();
        assert_eq!(part["part"], format!("zones/{id}"));
        assert!(sheet.get("part").is_none(), "{sheet}");
        assert_eq!(made["resource_id"], own.0.as_str());
        assert_eq!(
            sheet["sequence"].as_i64().unwrap(),
            part["sequence"].as_i64().unwrap() + 1
        );
        let text = page["items"].to_string();
        for value in ["Quetsche", "127.0.0.1", "area_m2"] {
            assert!(!text.contains(value), "identifiers, not values: {value}");
        }
    });
}

#[test]
fn a_request_that_is_given_its_answer_again_writes_nothing_in_the_journal() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        let zones = format!("{AGEN}/zones");
        let zone = r#"{"kind": "production", "status": "available", "area_m2": 10}"#;
        let of = |page: &Value| page["total"].as_i64().unwrap();
        let written = |client: &Client<'_>| {
            of(&client
                .get("/v1/audit?action=update&resource=establishment")
                .json())
        };
        let before = written(&client);
        for _ in 0..3 {
            assert_eq!(client.post(&zones, "k", zone).status, 201);
        }
        assert_eq!(written(&client), before + 1);
    });
}

#[test]
fn a_token_that_is_taken_back_is_in_the_journal() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let reader = Client::new(&server, "agency", "", SCOPES);
        let own = made(&server, "direction", "direction=lille", "changes:read");
        let client = Client::of(&server, &own);
        let token = client.bearer().trim_start_matches("Bearer ");
        let (id, secret) = &own;
        let form = format!("client_id={id}&client_secret={secret}&token={token}");
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        for _ in 0..2 {
            assert_eq!(
                server.send("POST", "/oauth/revoke", &kind, &form).status,
                200
            );
        }
        let found = reader
            .get(&format!("/v1/audit?resource=token&client={id}"))
            .json();
        let [back, given] = items(&found).as_slice() else {
            panic!("{found}");
        };
        assert_eq!(told(back), "delete token direction");
        assert_eq!(told(given), "sign_in token direction");
        assert_eq!(back["resource_id"], given["resource_id"]);
    });
}

#[test]
fn the_agency_alone_reads_it() {
    on(Parts::Real, |server| {
        server.get("/v1/audit").problem(401, "unauthorized");
        for (role, perimeter, scope) in [
            ("agency", "", "establishments:write"),
            ("ministry", "", "changes:read"),
            ("administrator", "", "clients:admin"),
        ] {
            let client = Client::new(server, role, perimeter, scope);
            let refused = client.get("/v1/audit").problem(403, "insufficient-scope");
            assert_eq!(refused["scope"], "audit:read", "{role}");
        }
        let client = Client::new(server, "agency", "", "audit:read");
        let answer = client.get("/v1/audit");
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(answer.header("vary"), "Authorization");
        assert!(
            answer.header("etag").is_empty(),
            "never 304: each reading counts"
        );
    });
}

#[test]
fn pages_follow_one_another_while_others_write() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = Client::new(&server, "agency", "", SCOPES);
        let mut answer = client.get("/v1/audit?resource=establishment&limit=40");
        let total = answer.json()["total"].as_u64().unwrap();
        assert_eq!(total, 186, "the reference data of the first start");
        let mut seen = Vec::new();
        for n in 0.. {
            let page = answer.json();
            assert_eq!(page["total"], total);
            assert_eq!(answer.header("total-count"), total.to_string());
            let numbers = items(&page)
                .iter()
                .map(|it| it["sequence"].as_i64().unwrap());
            seen.extend(numbers);
            let Some(next) = page["next"].as_str() else {
                assert!(answer.header("link").is_empty());
                break;
            };
            assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""));
            let patch = json!({"workforce_available": n});
            assert_eq!(client.write("PATCH", AGEN, "*", &patch).status, 200);
            answer = client.get(next);
        }
        assert_eq!(seen.len(), 186);
        assert!(seen.is_sorted_by(|newer, older| newer > older));
        let other = "/v1/audit?resource=client&limit=40&cursor=";
        let next = client
            .get("/v1/audit?resource=establishment&limit=1")
            .json();
        let (_, cursor) = next["next"]
            .as_str()
            .unwrap()
            .split_once("cursor=")
            .unwrap();
        client
            .get(&format!("{other}{cursor}"))
            .problem(400, "cursor-mismatch");
    });
}

#[test]
fn each_filter_leaves_out_what_it_does_not_name() {
    on(Parts::Real, |server| {
        let own = made(server, "agency", "", "audit:read");
        let other = made(server, "agency", "", "audit:read");
        let client = Client::of(server, &own);
        Client::of(server, &other);
        let lines = |query: &str| -> Vec<String> {
            let page = client.get(&format!("/v1/audit?{query}&limit=100")).json();
            items(&page).iter().map(told).collect()
        };
        let (own, other) = (&own.0, &other.0);
        assert_eq!(
            lines(&format!("client={own},{other}&action=sign_in")),
            ["sign_in token agency"; 2]
        );
        assert_eq!(
            lines(&format!("client={other}")),
            ["sign_in token agency"; 1]
        );
        assert_eq!(
            lines(&format!("resource_id={own}&action=create,delete")),
            ["create client cli:clients"]
        );
        assert_eq!(
            lines(&format!("resource=establishment&client={own}")),
            [""; 0]
        );
        let page = client.get("/v1/audit?limit=1").json();
        let now = items(&page)[0]["at"].as_str().unwrap();
        assert_eq!(
            lines(&format!("from={now}&client={own}"))[..1],
            ["read audit agency"]
        );
        let until = lines(&format!("until={now}&client={own}&action=sign_in"));
        assert_eq!(until, ["sign_in token agency"]);
        assert_eq!(lines("until=2020-01-01T00:00:00Z"), [""; 0]);
        let last = "from=2999-01-01T00:00:00%2B02:00&until=2999-01-02T00:00:00Z";
        assert_eq!(lines(last), [""; 0]);
    });
}

#[test]
fn a_question_that_is_not_well_asked_is_refused() {
    on(Parts::Real, |server| {
        let client = Client::new(server, "agency", "", "audit:read");
        for (query, name, code) in [
            ("from=yesterday", "from", "type"),
            ("until=2026-07-01", "until", "type"),
            (
                "from=2026-07-02T00:00:00Z&until=2026-07-01T00:00:00Z",
                "from",
                "order",
            ),
            ("client=me", "client", "format"),
            ("action=write", "action", "code"),
            ("resource=establishments", "resource", "code"),
            ("resource_id=ma-agen", "resource_id", "format"),
            ("limit=0", "limit", "range"),
            ("action=read&action=read", "action", "multiple"),
        ] {
            let answer = client.get(&format!("/v1/audit?{query}"));
            let refused = answer.refused("invalid-parameter");
            assert_eq!(refused, [(name.to_owned(), code.to_owned())], "{query}");
        }
        client
            .get("/v1/audit?actor=me")
            .problem(400, "unknown-parameter");
        client
            .get("/v1/audit?cursor=AAAA")
            .problem(400, "cursor-mismatch");
    });
}

#[test]
fn what_cannot_be_written_down_is_not_answered() {
    each_engine(|engine| {
        let (server, away) = Away::serve(engine, Parts::Real);
        let own = made(&server, "agency", "", SCOPES);
        let client = Client::of(&server, &own);
        let total = || client.get("/v1/audit").json()["total"].as_u64().unwrap();
        let before = total();
        away.cut();
        server.until("the journal is away", |_| {
            client.get("/v1/audit").status == 503
        });
        let refused = client.get("/v1/audit");
        refused.problem(503, "database-unavailable");
        assert_eq!(refused.header("retry-after"), "2");
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        let token = server.send("POST", "/oauth/token", &kind, &token_form(&own));
        token.problem(503, "database-unavailable");
        away.mend();
        server.until("it is back", |_| client.get("/v1/audit").status == 200);
        assert!(
            total() >= before + 2,
            "each reading that is answered is there"
        );
    });
}

/// A journal of two entries: of long ago, and of two years and nine months ago.
fn aged(engine: Engine) -> Arc<TestDb> {
    let db = TestDb::migrated(engine);
    let old = "2020-01-01T00:00:00Z".parse().unwrap();
    let recent = SystemClock.now() - TimeDelta::days(1000);
    for at in [old, recent] {
        let entry = NewEntry {
            action: AuditAction::Export,
            resource: Resource::TOKEN,
            resource_id: None,
            part: None,
            at,
            actor: "cli:test".parse().unwrap(),
        };
        db.db()
            .write_blocking(|conn| persistence::audit::append(conn, &entry))
            .unwrap();
    }
    Arc::new(db)
}

/// How many of the two are still there, once what is too old has left.
fn kept(engine: Engine, flags: &[&str], expected: u64) {
    let server = Server::serve(aged(engine), Parts::Real, flags);
    let client = Client::new(&server, "agency", "", "audit:read");
    let exports = |_: &Server| {
        let page = client.get("/v1/audit?action=export").json();
        page["total"].as_u64().unwrap()
    };
    server.until("what is old is gone", |server| exports(server) == expected);
    assert_eq!(exports(&server), expected);
}

#[test]
fn an_entry_leaves_after_three_years_or_what_the_settings_say() {
    each_engine(|engine| {
        kept(engine, &[], 1);
        kept(engine, &["--audit-days", "180"], 0);
        kept(engine, &["--audit-days", "36500"], 2);
    });
}
