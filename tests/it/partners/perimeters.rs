//! Who writes which partner, and who reads what of it.

use serde_json::{Value, json};

use super::{AGENCY, add, association, company};
use crate::support::{Away, Client, Parts, Server, each_engine};

const WRITE: &str = "partners:write";
const READ: &str = "partners:read-restricted";

/// What is in the record of the association of the tests and not on its card.
const RESTRICTED: [&str; 3] = ["2 place du Jardin", "quetsche.example", "Référent"];

/// Two partners, in Bordeaux and in Lyon.
fn two(server: &Server) -> (Value, Value) {
    let agency = Client::new(server, "agency", "", AGENCY);
    let lyon = add(&agency, &company());
    (add(&agency, &association()), lyon)
}

fn id(partner: &Value) -> &str {
    partner["id"].as_str().unwrap()
}

fn url(partner: &Value) -> &str {
    partner["url"].as_str().unwrap()
}

#[test]
fn a_client_writes_within_its_perimeter_and_nowhere_else() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (bordeaux, lyon) = two(&server);
        let own = format!("partner={}", id(&bordeaux));
        for (role, perimeter) in [
            ("partner", own.as_str()),
            ("probation", "departements=33,40"),
            ("youth", "departements=33"),
            ("direction", "direction=bordeaux"),
        ] {
            let client = Client::new(&server, role, perimeter, WRITE);
            let rename = json!({"name": format!("Association fictive {role}")});
            let renamed = client.write("PATCH", url(&bordeaux), "*", &rename);
            assert_eq!(renamed.json()["name"], rename["name"], "{role}");
            for (method, body) in [
                ("PATCH", json!({})),
                ("PUT", company()),
                ("DELETE", Value::Null),
            ] {
                // Who may not write is told so before what it sent is looked at.
                client
                    .write(method, url(&lyon), "", &body)
                    .problem(403, "out-of-perimeter");
            }
            let moved = json!({"address": {"commune": "69123"}});
            let moved = client.write("PATCH", url(&bordeaux), "*", &moved);
            let posted = client.write("POST", "/v1/partners", "", &company());
            posted.problem(403, "out-of-perimeter");
            if role == "partner" {
                assert_eq!(
                    moved.status,
                    200,
                    "it moves, and is still itself: {}",
                    moved.text()
                );
                let back = json!({"address": {"commune": "33063"}});
                assert_eq!(
                    client.write("PATCH", url(&bordeaux), "*", &back).status,
                    200
                );
                let mut other = association();
                other["siret"] = json!("00000004200010");
                let posted = client.write("POST", "/v1/partners", "", &other);
                posted.problem(403, "out-of-perimeter");
            } else {
                moved.problem(403, "out-of-perimeter");
            }
        }
        let mut near = association();
        near["siret"] = json!("00000004200010");
        let probation = Client::new(&server, "probation", "departements=33", WRITE);
        let added = probation.write("POST", "/v1/partners", "", &near);
        assert_eq!(added.status, 201, "{}", added.text());
    });
}

#[test]
fn the_record_is_read_by_those_whose_scope_and_perimeter_cover_it() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (bordeaux, lyon) = two(&server);
        let (own, other) = (
            format!("partner={}", id(&bordeaux)),
            format!("partner={}", id(&lyon)),
        );
        let prison = server
            .get("/v1/establishments?departement=33&limit=1")
            .json();
        let prison = format!(
            "establishment={}",
            prison["items"][0]["id"].as_str().unwrap()
        );
        for (role, perimeter, scope, reads) in [
            ("agency", "", READ, true),
            ("ministry", "", READ, true),
            ("partner", own.as_str(), READ, true),
            ("partner", other.as_str(), READ, false),
            ("direction", "direction=bordeaux", READ, true),
            ("direction", "direction=lyon", READ, false),
            ("probation", "departements=33", READ, true),
            ("youth", "departements=69", READ, false),
            ("prefect", "departements=33", READ, true),
            ("establishment", prison.as_str(), READ, false),
            ("probation", "departements=33", WRITE, false),
            ("agency", "", "changes:read", false),
        ] {
            let client = Client::new(&server, role, perimeter, scope);
            let answer = client.get(url(&bordeaux));
            let partner = answer.json();
            let told = RESTRICTED.map(|text| answer.text().contains(text));
            assert_eq!(told, [reads; 3], "{role} {perimeter} {scope}");
            let cache = answer.header("cache-control");
            assert_eq!(cache == "private, no-cache", reads, "{role}: {cache}");
            assert_eq!(partner["siret"], bordeaux["siret"]);
            if reads {
                let mut record = partner;
                record.as_object_mut().unwrap().remove("source").unwrap();
                let mut written = bordeaux.clone();
                written.as_object_mut().unwrap().remove("source").unwrap();
                assert_eq!(record, written, "as it was answered when it was written");
            }
            // Lists hold cards for everybody.
            let list = client.get("/v1/partners");
            assert!(
                RESTRICTED.iter().all(|text| !list.text().contains(text)),
                "{role}"
            );
        }
    });
}

#[test]
fn a_record_and_a_card_have_tags_of_their_own_and_both_name_the_version() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (bordeaux, _) = two(&server);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let (card, record) = (server.get(url(&bordeaux)), agency.get(url(&bordeaux)));
        assert_ne!(card.header("etag"), record.header("etag"));
        assert!(record.header("vary").contains("Authorization"));
        let known = |tag: &str| {
            let headers = [("Authorization", agency.bearer()), ("If-None-Match", tag)];
            server.get_with(url(&bordeaux), &headers).status
        };
        assert_eq!(known(card.header("etag")), 200);
        assert_eq!(known(record.header("etag")), 304);
        for tag in [card.header("etag"), record.header("etag")] {
            let same = agency.write("PATCH", url(&bordeaux), tag, &json!({}));
            assert_eq!(same.status, 200, "{tag}");
        }
    });
}

#[test]
fn who_writes_without_reading_the_record_is_answered_with_the_card() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let writer = Client::new(&server, "agency", "", WRITE);
        let added = writer.write("POST", "/v1/partners", "", &association());
        assert_eq!(added.status, 201);
        let url = added.header("location");
        let renamed = writer.write("PATCH", url, "*", &json!({"name": "Autre"}));
        for answer in [&added, &renamed] {
            assert!(
                RESTRICTED.iter().all(|text| !answer.text().contains(text)),
                "{}",
                answer.text()
            );
        }
        let reader = Client::new(&server, "agency", "", READ);
        let record = reader.get(url);
        assert!(
            RESTRICTED.iter().all(|text| record.text().contains(text)),
            "a patch keeps it"
        );
    });
}

#[test]
fn without_the_database_the_card_is_read_and_the_record_is_not() {
    each_engine(|engine| {
        let (server, away) = Away::serve(engine, Parts::Real);
        let (bordeaux, _) = two(&server);
        let agency = Client::new(&server, "agency", "", AGENCY);
        assert_eq!(agency.get(url(&bordeaux)).status, 200);
        away.cut();
        server.until("the record is not read", |_| {
            agency.get(url(&bordeaux)).status == 503
        });
        let refused = agency.get(url(&bordeaux));
        refused.problem(503, "database-unavailable");
        assert!(!refused.header("retry-after").is_empty());
        let card = server.get(url(&bordeaux));
        assert_eq!(card.json()["name"], bordeaux["name"]);
        assert_eq!(server.get("/v1/partners?q=quetsche").json()["total"], 1);
        away.mend();
        server.until("the record is read again", |_| {
            agency.get(url(&bordeaux)).status == 200
        });
    });
}
