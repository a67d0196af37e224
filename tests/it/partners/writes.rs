//! Partners written by clients: what is changed, what is refused, what is found at once.

use std::{sync::Arc, thread};

use serde_json::{Value, json};

use super::{AGENCY, add, association, company, items, names};
use crate::support::{Client, Parts, Server, each_engine};

const LIST: &str = "/v1/partners";

fn end(server: &Server) -> i64 {
    let changes = server.get("/v1/changes?type=partner.deleted").json();
    changes["position"].as_i64().unwrap()
}

#[test]
fn a_partner_is_added_and_found_at_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let before = end(&server);
        let added = agency.write("POST", LIST, "", &association());
        assert_eq!(added.status, 201, "{}", added.text());
        assert_eq!(added.header("cache-control"), "private, no-cache");
        let record: Value = serde_json::from_slice(&added.body).unwrap();
        let url = record["url"].as_str().unwrap();
        assert_eq!(added.header("location"), url);
        assert_eq!(record["siren"], "000000018");
        assert_eq!(record["legal_level"]["code"], "9");
        assert_eq!(record["direction"]["code"], "bordeaux");
        assert_eq!(record["address"]["street"], "2 place du Jardin");
        assert_eq!(record["contacts"][0]["phone"], "+33536490001");
        assert_eq!(
            (&record["version"], &record["demo"]),
            (&json!(1), &json!(false))
        );

        let found = server.get("/v1/partners?q=quetsche&facets=kind");
        let revision = added.header("catalogue-revision");
        assert_eq!(found.header("catalogue-revision"), revision);
        let elsewhere = server.get("/v1/establishments?limit=1");
        assert_eq!(
            elsewhere.header("catalogue-revision"),
            revision,
            "one number for all"
        );
        let found = found.json();
        assert_eq!(found["total"], 1);
        assert_eq!(found["facets"]["kind"][0]["code"], "association");
        let card = server.get(url);
        assert_eq!(card.header("etag"), added.header("etag"));
        let changes = server.get(&format!("/v1/changes?after={before}&resource=partner"));
        let change = changes.json()["items"][0].clone();
        assert_eq!(change["type"]["code"], "partner.created");
        assert_eq!(
            (&change["id"], &change["url"]),
            (&record["id"], &record["url"])
        );
    });
}

#[test]
fn a_partner_is_replaced_whole_and_patched_by_what_is_named() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let partner = add(&agency, &association());
        let url = partner["url"].as_str().unwrap();
        let patch = json!({"rna": null, "address": {"street": null}, "roles": ["riep_customer", "tig_host"]});
        let patched = agency.write("PATCH", url, "*", &patch);
        let record = patched.json();
        assert_eq!(record["version"], 2);
        let gone = [record.get("rna"), record["address"].get("street")];
        assert_eq!(gone, [None, None]);
        assert_eq!(
            record["roles"][0]["code"], "tig_host",
            "in the order of the list"
        );
        for kept in [
            "name",
            "kind",
            "siret",
            "host_kind",
            "legal_category",
            "contacts",
            "created_at",
        ] {
            assert_eq!(record[kept], partner[kept], "{kept}");
        }
        let same = agency.write("PATCH", url, patched.header("etag"), &patch);
        assert_eq!(
            (same.json(), same.header("etag")),
            (record, patched.header("etag"))
        );

        let written = end(&server);
        let replaced = agency
            .write("PUT", url, patched.header("etag"), &company())
            .json();
        assert_eq!(replaced["id"], partner["id"]);
        assert_eq!(
            (&replaced["version"], &replaced["contacts"]),
            (&json!(3), &json!([]))
        );
        assert!(replaced.get("host_kind").is_none(), "{replaced}");
        assert_eq!(end(&server), written + 1);
        assert_eq!(
            names(&items(&server, "kind=company")),
            ["Entreprise fictive Prunelle"]
        );
        assert_eq!(items(&server, "kind=association"), Vec::<Value>::new());
    });
}

#[test]
fn a_write_names_the_version_it_was_thought_of_and_one_alone_succeeds() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let url = add(&agency, &association())["url"]
            .as_str()
            .unwrap()
            .to_owned();
        let tag = server.get(&url).header("etag").to_owned();
        let rename = |tag: &str, n: usize| {
            let patch = json!({"name": format!("Association fictive {n}")});
            agency.write("PATCH", &url, tag, &patch)
        };
        for (method, body) in [
            ("PATCH", json!({})),
            ("PUT", company()),
            ("DELETE", Value::Null),
        ] {
            agency
                .write(method, &url, "", &body)
                .problem(428, "precondition-required");
            agency
                .write(method, &url, "\"v9.x\"", &body)
                .problem(412, "precondition-failed");
        }
        let written = end(&server);
        let statuses: Vec<u16> = thread::scope(|scope| {
            let writers = (0..8).map(|n| {
                scope.spawn({
                    let (rename, tag) = (&rename, &tag);
                    move || rename(tag, n).status
                })
            });
            let writers: Vec<_> = writers.collect();
            writers.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let won = statuses.iter().filter(|status| **status == 200).count();
        let lost = statuses.iter().filter(|status| **status == 412).count();
        assert_eq!((won, lost), (1, 7), "{statuses:?}");
        assert_eq!(end(&server), written + 1);
    });
}

#[test]
fn every_refusal_of_a_body_comes_at_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let written = end(&server);
        agency
            .write(
                "POST",
                LIST,
                "",
                &json!({
                    "id": "0193a000-0000-7000-8000-000000000001",
                    "name": "n° 1 85 05 78 006 084",
                    "kind": "prison",
                    "roles": ["tig_host", "tig_host"],
                    "siret": "00000001800011",
                    "siren": "000000018",
                    "rna": "W1",
                    "legal_category": "92",
                    "address": {"commune": "33063", "departement": "33"},
                    "contacts": [{"function": "Accueil"}, {"phone": "05 36 49 00 00", "name": "x"}],
                    "colour": "red",
                }),
            )
            .invalid(&[
                ("#/address/departement", "read_only"),
                ("#/colour", "unknown"),
                ("#/contacts/0", "required"),
                ("#/contacts/1/function", "required"),
                ("#/contacts/1/name", "unknown"),
                ("#/id", "read_only"),
                ("#/kind", "code"),
                ("#/legal_category", "format"),
                ("#/name", "forbidden_text"),
                ("#/rna", "format"),
                ("#/roles/1", "duplicate"),
                ("#/siren", "read_only"),
                ("#/siret", "check_digit"),
            ]);
        assert_eq!(end(&server), written, "what is refused leaves no trace");
    });
}

#[test]
fn facts_that_disagree_are_told_together() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let written = end(&server);
        agency
            .write(
                "POST",
                LIST,
                "",
                &json!({
                    "name": "Entreprise fictive",
                    "kind": "company",
                    "roles": ["tig_host"],
                    "host_kind": "association",
                    "rna": "W123456789",
                    "legal_category": "9999",
                    "address": {"commune": "33999"},
                }),
            )
            .invalid(&[
                ("#/address/commune", "not_found"),
                ("#/host_kind", "inconsistent"),
                ("#/legal_category", "code"),
                ("#/legal_category", "inconsistent"),
                ("#/siret", "required"),
            ]);
        agency.write("POST", LIST, "", &json!({})).invalid(&[
            ("#/address", "required"),
            ("#/kind", "required"),
            ("#/name", "required"),
        ]);
        let url = add(&agency, &association())["url"]
            .as_str()
            .unwrap()
            .to_owned();
        agency
            .write(
                "PATCH",
                &url,
                "*",
                &json!({"name": null, "legal_category": "7210"}),
            )
            .invalid(&[("#/name", "null")]);
        agency
            .write("PATCH", &url, "*", &json!({"roles": []}))
            .invalid(&[("#/host_kind", "inconsistent")]);
        assert_eq!(end(&server), written + 1, "what is refused leaves no trace");
    });
}

#[test]
fn a_siret_is_registered_once_and_the_one_who_has_it_is_named() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let first = add(&agency, &association());
        let second = add(&agency, &company());
        let written = end(&server);
        let mut same = company();
        same["siret"] = json!("000 000 018 00010");
        let url = second["url"].as_str().unwrap();
        let siret = json!({"siret": "00000001800010"});
        for refused in [
            agency.write("POST", LIST, "", &same),
            agency.write("PUT", url, "*", &same),
            agency.write("PATCH", url, "*", &siret),
        ] {
            let problem = refused.problem(409, "siret-taken");
            let by = json!({"id": first["id"], "url": first["url"]});
            assert_eq!(problem["partner"], by);
        }
        assert_eq!(end(&server), written, "what is refused leaves no trace");
    });
}

#[test]
fn a_partner_that_is_deleted_is_gone_for_ever_and_everywhere() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let partner = add(&agency, &association());
        let url = partner["url"].as_str().unwrap();
        let path = format!("{LIST}/{}", partner["id"].as_str().unwrap());
        let deleted = agency.write("DELETE", url, server.get(url).header("etag"), &Value::Null);
        assert_eq!((deleted.status, deleted.text()), (204, ""));
        assert!(!deleted.header("catalogue-revision").is_empty());
        let last = end(&server);
        let feed = server
            .get(&format!("/v1/changes?after={}", last - 1))
            .json();
        assert_eq!(feed["items"][0]["type"]["code"], "partner.deleted");
        assert_eq!(items(&server, "q=quetsche"), Vec::<Value>::new());
        let gone = |server: &Server| {
            let problem = server.get(&path).problem(410, "gone");
            let told = &problem["history"][0];
            assert_eq!(
                (&told["type"], &told["version"]),
                (&json!("partner.deleted"), &json!(2))
            );
            assert!(told["at"].is_string(), "{problem}");
            assert!(
                !problem.to_string().contains("uetsche"),
                "nothing else is left: {problem}"
            );
        };
        gone(&server);
        for (method, body) in [
            ("DELETE", Value::Null),
            ("PUT", company()),
            ("PATCH", json!({})),
        ] {
            agency.write(method, url, "*", &body).problem(410, "gone");
        }
        // Its number is free again, and another node knows as much.
        add(&agency, &association());
        let other = Server::serve(Arc::clone(&server.db), Parts::Real, &[]);
        gone(&other);
        assert_eq!(names(&items(&other, "")), ["Association fictive Quetsche"]);
    });
}

#[test]
fn a_partner_that_a_client_acts_for_is_not_deleted() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let partner = add(&agency, &association());
        let perimeter = format!("partner={}", partner["id"].as_str().unwrap());
        let own = Client::new(&server, "partner", &perimeter, "partners:write");
        let url = partner["url"].as_str().unwrap();
        for client in [&agency, &own] {
            client
                .write("DELETE", url, "*", &Value::Null)
                .problem(409, "in-use");
        }
        assert_eq!(server.get(url).status, 200);
    });
}
