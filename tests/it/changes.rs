//! The change log, followed from outside.

use std::sync::Arc;

use domain::changes::{EventType, NewChange};
use persistence::{
    Engine,
    testing::{TestDb, postgres_server},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    following::import,
    support::{Parts, Server, each_engine, on},
};

/// The position of the end of the log.
fn end(server: &Server) -> i64 {
    let none = server.get("/v1/changes?type=establishment.reopened").json();
    assert_eq!(none["items"], json!([]));
    assert!(none.get("next").is_none(), "{none}");
    none["position"].as_i64().unwrap()
}

fn sequences(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["sequence"].as_i64().unwrap())
        .collect()
}

#[test]
fn a_write_by_another_process_is_followed() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let seen = end(&server);
        let mut sheet = server.get("/v1/establishments/ma-agen").json();
        sheet["workforce_available"] = json!(42);
        assert!(import(&server.db, &[sheet.clone()]).status.success());
        let answer = server.get(&format!("/v1/changes?after={seen}"));
        let page = answer.json();
        assert_eq!(page["position"], seen + 1);
        let [change] = page["items"].as_array().unwrap().as_slice() else {
            panic!("{page}");
        };
        assert_eq!(change["sequence"], seen + 1);
        assert_eq!(change["type"]["code"], "establishment.updated");
        assert_eq!(change["resource"], "establishment");
        assert_eq!(change["id"], sheet["id"]);
        assert_eq!(
            change["version"].as_i64(),
            sheet["version"].as_i64().map(|version| version + 1)
        );
        assert_eq!(answer.header("catalogue-revision"), (seen + 1).to_string());
        let url = change["url"].as_str().unwrap();
        assert!(url.starts_with(&server.base), "{url}");
        let read = server.get(&format!("{url}?min_revision={}", seen + 1));
        assert_eq!(read.json()["version"], change["version"]);
    });
}

#[test]
fn pages_follow_one_another_to_the_end() {
    on(Parts::Real, |server| {
        let end = end(server);
        let mut after = 0;
        let mut page = server.get("/v1/changes?limit=100").json();
        loop {
            for sequence in sequences(&page) {
                assert_eq!(sequence, after + 1, "no number is left out");
                after = sequence;
            }
            assert_eq!(page["position"], after);
            let Some(next) = page["next"].as_str() else {
                break;
            };
            let answer = server.get(next);
            page = answer.json();
            let link = page["next"]
                .as_str()
                .map(|next| format!("<{next}>; rel=\"next\""));
            assert_eq!(answer.header("link"), link.unwrap_or_default());
        }
        assert_eq!(after, end);
        // Whoever knows a number that was never given here knows another log.
        let beyond = server.get(&format!("/v1/changes?after={}", end + 10));
        assert_eq!(beyond.problem(410, "cursor-expired")["oldest"], 1);
    });
}

#[test]
fn filters_leave_out_and_the_position_moves_on() {
    on(Parts::Real, |server| {
        let end = end(server);
        let created = server
            .get("/v1/changes?type=establishment.created,establishment.closed&limit=2&after=1")
            .json();
        assert_eq!(sequences(&created), [2, 3]);
        assert_eq!(created["position"], 3);
        let next = created["next"].as_str().unwrap();
        assert!(next.contains("type=establishment.created"), "{next}");
        assert_eq!(sequences(&server.get(next).json()), [4, 5]);
        let of = server
            .get("/v1/changes?resource=establishment&limit=3")
            .json();
        assert_eq!(sequences(&of), [1, 2, 3]);
        // What others may not see is not told, and does not hold them up.
        let hidden = server.get("/v1/changes?resource=client").json();
        assert_eq!(
            (&hidden["items"], &hidden["position"]),
            (&json!([]), &json!(end))
        );
    });
}

#[test]
fn what_was_seen_is_not_sent_again() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let first = server.get("/v1/changes?limit=1");
        assert_eq!(first.header("cache-control"), "public, no-cache");
        let known = [("If-None-Match", first.header("etag"))];
        let again = server.get_with("/v1/changes?limit=1", &known);
        assert_eq!(again.status, 304);
        for name in ["etag", "cache-control", "catalogue-revision"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
        let mut sheet = server.get("/v1/establishments/ma-agen").json();
        sheet["workforce_available"] = json!(7);
        assert!(import(&server.db, &[sheet]).status.success());
        assert_eq!(server.get_with("/v1/changes?limit=1", &known).status, 200);
    });
}

#[test]
fn a_question_that_is_not_well_asked_is_refused() {
    on(Parts::Real, |server| {
        for (query, name, code) in [
            ("after=-1", "after", "range"),
            ("after=x", "after", "type"),
            ("limit=0", "limit", "range"),
            ("type=establishment.burnt", "type", "code"),
            ("resource=establishments", "resource", "code"),
        ] {
            let refused = server
                .get(&format!("/v1/changes?{query}"))
                .refused("invalid-parameter");
            assert_eq!(refused, [(name.to_owned(), code.to_owned())], "{query}");
        }
    });
}

/// A log whose first three entries are four months old.
fn aged(engine: Engine) -> TestDb {
    let db = match engine {
        Engine::Sqlite => TestDb::sqlite(),
        Engine::Postgres => TestDb::postgres(&postgres_server().unwrap()),
    };
    for version in 1..=3 {
        let old = NewChange {
            event: EventType::EstablishmentUpdated,
            resource_id: Uuid::from_u128(1),
            part: None,
            version,
            at: "2026-01-01T00:00:00Z".parse().unwrap(),
            actor: "cli:test".parse().unwrap(),
        };
        db.db()
            .write_blocking(|conn| persistence::changes::append(conn, &old))
            .unwrap();
    }
    db
}

#[test]
fn a_position_that_is_no_longer_kept_says_where_to_start_again() {
    each_engine(|engine| {
        let server = Server::serve(Arc::new(aged(engine)), Parts::Real, &[]);
        server.until("what is old is gone", |server| {
            server.get("/v1/changes?after=0").status == 410
        });
        let gone = server.get("/v1/changes?after=2");
        let problem = gone.problem(410, "cursor-expired");
        assert_eq!(problem["oldest"], 4);
        let exports = |problem: &Value| {
            let all = problem["exports"].as_array().unwrap().iter();
            let path = |it: &Value| it.as_str().unwrap().replace(&server.base, "");
            all.map(path).collect::<Vec<_>>()
        };
        let resources = ["establishments", "partners", "offers"];
        assert_eq!(
            exports(&problem),
            resources.map(|it| format!("/v1/{it}/export"))
        );
        for (resource, expected) in [("offer", vec!["/v1/offers/export"]), ("hold", vec![])] {
            let one = server.get(&format!("/v1/changes?after=2&resource={resource}"));
            let one = one.problem(410, "cursor-expired");
            assert_eq!(exports(&one), expected, "{resource}");
        }
        let export = server.get(problem["exports"][0].as_str().unwrap());
        assert_eq!(export.status, 200);
        let from = export.header("catalogue-revision");
        let page = server.get(&format!("/v1/changes?after={from}")).json();
        assert_eq!(
            page["items"],
            json!([]),
            "the export holds everything before it"
        );
        assert_eq!(
            sequences(&server.get("/v1/changes?after=3&limit=1").json()),
            [4]
        );
    });
}

#[test]
fn what_is_old_stays_as_long_as_the_settings_say() {
    each_engine(|engine| {
        let days = ["--changes-days", "36500"];
        let server = Server::serve(Arc::new(aged(engine)), Parts::Real, &days);
        server.get("/v1/establishments/ma-agen").json();
        let first = server.get("/v1/changes?limit=4").json();
        assert_eq!(sequences(&first), [1, 2, 3, 4]);
    });
}
