//! The sheet written by clients: what is changed, what is refused, and who wins.

use std::thread;

use serde_json::{Value, json};

use super::slugs;
use crate::support::{Client, Parts, Server, each_engine};

const WRITE: &str = "establishments:write";
const AGENCY: &str = "establishments:write,establishments:manage";
const AGEN: &str = "/v1/establishments/ma-agen";

fn version(sheet: &Value) -> i64 {
    sheet["version"].as_i64().unwrap()
}

#[test]
fn a_patch_changes_what_it_names_and_is_searched_at_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let read = server.get(AGEN);
        let before = read.json();
        assert!(before["capacity"].is_object(), "{before}");
        let patch = json!({
            "name": "Maison d'arrêt Quetsche",
            "capacity": null,
            "address": {"street": "1 rue de l'Essai"},
            "working_hours": [{"day": "monday", "opens": "08:00", "closes": "12:00"}],
        });
        let answer = agency.write("PATCH", AGEN, read.header("etag"), &patch);
        let after = answer.json();
        assert_eq!(after["name"], "Maison d'arrêt Quetsche");
        assert!(after.get("capacity").is_none(), "null removes: {after}");
        assert_eq!(after["address"]["street"], "1 rue de l'Essai");
        assert_eq!(after["working_hours"][0]["day"]["code"], "monday");
        assert_eq!(version(&after), version(&before) + 1);
        for kept in [
            "id",
            "slug",
            "kind",
            "position",
            "direction",
            "contacts",
            "created_at",
        ] {
            assert_eq!(after[kept], before[kept], "{kept}");
        }
        assert_eq!(after["address"]["commune"], before["address"]["commune"]);
        let again = server.get(AGEN);
        assert_eq!(again.json(), after);
        assert_eq!(again.header("etag"), answer.header("etag"));
        let revision: u64 = answer.header("catalogue-revision").parse().unwrap();
        let seen: u64 = read.header("catalogue-revision").parse().unwrap();
        assert!(revision > seen);
        let found = server.get("/v1/establishments?q=quetsche").json();
        assert_eq!(slugs(found["items"].as_array().unwrap()), ["ma-agen"]);
        // What is the same again is written nowhere.
        let same = agency.write("PATCH", AGEN, answer.header("etag"), &patch);
        assert_eq!(same.json(), after);
        assert_eq!(same.header("etag"), answer.header("etag"));
    });
}

#[test]
fn a_kind_that_is_replaced_has_its_own_date() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let before = server.get(AGEN).json();
        let patch = |kind: Value| {
            agency
                .write("PATCH", AGEN, "*", &json!({"kind": kind}))
                .json()
        };
        let dated = patch(json!({"as_of": "2026-02-03"}));
        assert_eq!(dated["kind"]["code"], before["kind"]["code"]);
        assert_eq!(dated["kind"]["as_of"], "2026-02-03");
        for kind in [json!("cd"), json!({"code": "cp"})] {
            let replaced = patch(kind);
            assert_ne!(replaced["kind"]["as_of"], "2026-02-03", "{replaced}");
        }
        let both = patch(json!({"code": "ma", "as_of": "2026-03-04"}));
        assert_eq!(
            (&both["kind"]["code"], &both["kind"]["as_of"]),
            (&json!("ma"), &json!("2026-03-04"))
        );
    });
}

#[test]
fn a_write_names_the_version_it_was_thought_of() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let write = |tag: &str, n: u32| {
            agency.write("PATCH", AGEN, tag, &json!({"workforce_available": n}))
        };
        write("", 1).problem(428, "precondition-required");
        let first = server.get(AGEN).header("etag").to_owned();
        let zipped = server.get_with(AGEN, &[("Accept-Encoding", "gzip")]);
        assert_ne!(zipped.header("etag"), first);
        assert_eq!(write(zipped.header("etag"), 1).status, 200, "any coding");
        let stale = write(&first, 2).problem(412, "precondition-failed");
        assert_eq!(stale["version"], server.get(AGEN).json()["version"]);
        let current = server.get(AGEN).header("etag").to_owned();
        assert_eq!(
            write(&format!("W/{current}"), 2).status,
            412,
            "compared strongly"
        );
        assert_eq!(
            write(&format!("{first}, {current}"), 2).status,
            200,
            "any of them"
        );
        assert_eq!(write("*", 3).status, 200);
        assert_eq!(server.get(AGEN).json()["workforce_available"], 3);
    });
}

#[test]
fn of_writes_that_saw_the_same_version_one_alone_succeeds() {
    each_engine(|engine| {
        let first = Server::start(engine, Parts::Real, &[]);
        let second = Server::serve(first.db.clone(), Parts::Real, &[]);
        for round in 0..5_u32 {
            let read = first.get(AGEN);
            let (tag, before) = (read.header("etag").to_owned(), version(&read.json()));
            let done: Vec<u16> = thread::scope(|scope| {
                let writers: Vec<_> = (0..4_u32)
                    .map(|writer| {
                        let (node, tag) = (if writer % 2 == 0 { &first } else { &second }, &tag);
                        let number = 1 + round * 4 + writer;
                        scope.spawn(move || {
                            let agency = Client::new(node, "agency", "", AGENCY);
                            let patch = json!({"workforce_available": number});
                            agency.write("PATCH", AGEN, tag, &patch).status
                        })
                    })
                    .collect();
                writers
                    .into_iter()
                    .map(|writer| writer.join().unwrap())
                    .collect()
            });
            assert_eq!(
                done.iter().filter(|status| **status == 200).count(),
                1,
                "{done:?}"
            );
            assert_eq!(
                done.iter().filter(|status| **status == 412).count(),
                3,
                "{done:?}"
            );
            first.until("the first node has seen the write", |node| {
                version(&node.get(AGEN).json()) > before
            });
            assert_eq!(version(&first.get(AGEN).json()), before + 1);
        }
    });
}

#[test]
fn a_client_writes_within_its_perimeter_and_nowhere_else() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let id = server.get(AGEN).json()["id"].as_str().unwrap().to_owned();
        let other = "/v1/establishments/ma-amiens";
        let patch = json!({"workforce_available": 5});
        let own = Client::new(
            &server,
            "establishment",
            &format!("establishment={id}"),
            WRITE,
        );
        assert_eq!(own.write("PATCH", AGEN, "*", &patch).status, 200);
        own.write("PATCH", other, "", &patch)
            .problem(403, "out-of-perimeter");
        let zone = json!({"kind": "production", "status": "available", "area_m2": 10});
        own.write("POST", &format!("{other}/zones"), "", &zone)
            .problem(403, "out-of-perimeter");
        let direction = Client::new(&server, "direction", "direction=bordeaux", WRITE);
        assert_eq!(direction.write("PATCH", AGEN, "*", &patch).status, 200);
        direction
            .write("PATCH", other, "*", &patch)
            .problem(403, "out-of-perimeter");
        // Nor does it give what is its own to another directorate.
        let amiens = server.get(other).json();
        let moved = json!({
            "address": {"commune": amiens["address"]["commune"]["code"]},
            "position": {"lat": amiens["position"]["lat"], "lon": amiens["position"]["lon"]},
            "direction": amiens["direction"]["code"],
        });
        direction
            .write("PATCH", AGEN, "*", &moved)
            .problem(403, "out-of-perimeter");
        for unknown in ["ma-nowhere", "019f1af9-b400-7f33-a738-44da42b27b00", "list"] {
            let address = format!("/v1/establishments/{unknown}");
            own.write("PATCH", &address, "", &patch)
                .problem(404, "not-found");
        }
        let follower = Client::new(&server, "direction", "direction=bordeaux", "changes:read");
        let lacking = follower.write("PATCH", AGEN, "*", &patch);
        assert_eq!(lacking.problem(403, "insufficient-scope")["scope"], WRITE);
    });
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let before = server.get(AGEN);
        let patch = json!({
            "slug": "ma-autre", "version": 3, "status": "closed", "zones": [], "created_at": null,
            "address": {"region": null, "street": 12},
            "colour": "red", "nothing": null, "name": null, "workforce_available": -1,
            "management": "nobody", "statistics_label": "",
        });
        let answer = agency.write("PATCH", AGEN, "*", &patch);
        answer.invalid(&[
            ("#/address/region", "read_only"),
            ("#/address/street", "type"),
            ("#/colour", "unknown"),
            ("#/created_at", "read_only"),
            ("#/management", "code"),
            ("#/name", "null"),
            ("#/nothing", "unknown"),
            ("#/slug", "read_only"),
            ("#/statistics_label", "length"),
            ("#/status", "read_only"),
            ("#/version", "read_only"),
            ("#/workforce_available", "range"),
            ("#/zones", "read_only"),
        ]);
        let far = json!({"position": {"lat": 43.3, "lon": 5.4}, "direction": "paris"});
        agency
            .write("PATCH", AGEN, "*", &far)
            .invalid(&[("#/direction", "inconsistent"), ("#/position", "too_far")]);
        let nowhere = json!({"address": {"commune": "99999"}});
        agency
            .write("PATCH", AGEN, "*", &nowhere)
            .invalid(&[("#/address/commune", "not_found")]);
        agency
            .write("PATCH", AGEN, "*", &json!([1]))
            .invalid(&[("#", "type")]);
        assert_eq!(server.get(AGEN).json(), before.json());
        // The client itself is a change, which may be followed after the sheet was first read.
        let told = server
            .get("/v1/changes?after=186&resource=establishment")
            .json();
        assert_eq!(told["items"], json!([]));
    });
}

/// A new sheet, as little as it may say.
fn new_sheet() -> Value {
    json!({
        "slug": "cd-essai", "name": "Centre de détention d'Essai", "kind": "cd",
        "address": {"commune": "33063"},
        "position": {"lat": 44.84, "lon": -0.58, "precision": "commune"},
    })
}

fn found(server: &Server) -> Value {
    server.get("/v1/establishments?q=essai").json()["total"].clone()
}

#[test]
fn an_establishment_is_added() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let made = agency.write("POST", "/v1/establishments", "", &new_sheet());
        assert_eq!(made.status, 201, "{}", made.text());
        let read = server.get(made.header("location"));
        assert_eq!(read.text(), made.text());
        assert_eq!(read.header("etag"), made.header("etag"));
        assert_eq!(read.json()["direction"]["code"], "bordeaux");
        assert_eq!(read.json()["version"], 1);
        assert_eq!(found(&server), 1);
        let again = agency.write("POST", "/v1/establishments", "", &new_sheet());
        again.invalid(&[("#/slug", "duplicate")]);
        let sent = json!({"id": read.json()["id"], "docks": [], "address": {}});
        agency
            .write("POST", "/v1/establishments", "", &sent)
            .invalid(&[
                ("#/address/commune", "required"),
                ("#/docks", "read_only"),
                ("#/id", "read_only"),
                ("#/kind", "required"),
                ("#/name", "required"),
                ("#/position", "required"),
                ("#/slug", "required"),
            ]);
    });
}

#[test]
fn an_establishment_is_closed_and_reopened() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let made = agency.write("POST", "/v1/establishments", "", &new_sheet());
        let address = made.header("location");
        let (close, reopen) = (format!("{address}/close"), format!("{address}/reopen"));
        let on = json!({"closed_on": "2026-06-30"});
        agency
            .write("POST", &close, "", &on)
            .problem(428, "precondition-required");
        let future = json!({"closed_on": "2999-01-01"});
        agency
            .write("POST", &close, "*", &future)
            .invalid(&[("#/closed_on", "range")]);
        let closed = agency
            .write("POST", &close, made.header("etag"), &on)
            .json();
        assert_eq!(closed["status"]["code"], "closed");
        assert_eq!(closed["closed_on"], "2026-06-30");
        assert_eq!(found(&server), 0);
        let twice = agency.write("POST", &close, "*", &on);
        let problem = twice.problem(409, "transition-not-allowed");
        assert_eq!(problem["state"], "closed");
        assert_eq!(problem["allowed"], json!(["reopen"]));
        let opened = agency.write("POST", &reopen, "*", &json!({})).json();
        assert_eq!(opened["status"]["code"], "open");
        assert!(opened.get("closed_on").is_none(), "{opened}");
        assert_eq!(found(&server), 1);
        let twice = agency.write("POST", &reopen, "*", &json!({}));
        twice.problem(409, "transition-not-allowed");
        let expected =
            ["created", "closed", "reopened"].map(|what| format!("establishment.{what}"));
        assert_eq!(events(&server, &opened["id"]), expected);
    });
}

/// What happened to an establishment, in order.
fn events(server: &Server, id: &Value) -> Vec<String> {
    let log = server.get("/v1/changes?limit=100&after=180").json();
    let changes = log["items"].as_array().unwrap().iter();
    let own = changes.filter(|change| change["id"] == *id);
    own.map(|change| change["type"]["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_body_that_cannot_be_read_is_refused_before_the_object_is_looked_for() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let bearer = agency.bearer();
        let send = |path: &str, kind: &str, body: &str| {
            let headers = [("Authorization", bearer), ("Content-Type", kind)];
            server.send("PATCH", path, &headers, body)
        };
        let nowhere = "/v1/establishments/ma-nowhere";
        send(nowhere, "text/plain", "{}").problem(415, "unsupported-media-type");
        send(nowhere, "application/json", "{").problem(400, "malformed-json");
        send(nowhere, "application/json", "{\"name\":1,\"name\":2}").problem(400, "malformed-json");
        send(&format!("{AGEN}?force=true"), "application/json", "{}")
            .problem(400, "unknown-parameter");
        send(AGEN, "application/json", "{}").problem(428, "precondition-required");
        send(nowhere, "application/json", "{}").problem(404, "not-found");
    });
}
