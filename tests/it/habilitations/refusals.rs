//! What is refused, and how it is told: bodies, hosts, authorities, states.

use domain::habilitations::HabilitationAuthority::{DtPjj, GardeDesSceaux};
use serde_json::{Value, json};

use super::{
    AUTHORITY, Cast, LIST, decision, done, dossier, go, opened, partner, reasoned, seeds::Seed,
    today,
};
use crate::support::{Client, Parts, Server, each_engine};

#[test]
fn every_refusal_of_a_body_comes_at_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let body = json!({
            "id": "0193a000-0000-7000-8000-000000000001",
            "partner": "0193a000-0000-7000-8000-00000000dead",
            "authority": "mairie",
            "departement": "99",
            "host_kind": "club",
            "presentation": "n° 1 85 05 78 006 084",
            "documents": [
                {"kind": "passport", "colour": "red"},
                {"kind": "statutes", "issued_on": "hier", "filed_on": "2026-01-01"},
            ],
            "status": "granted",
            "colour": "red",
        });
        let refused = cast.agency.write("POST", LIST, "", &body);
        refused.invalid(&[
            ("#/authority", "code"),
            ("#/colour", "unknown"),
            ("#/departement", "not_found"),
            ("#/documents/0/colour", "unknown"),
            ("#/documents/0/kind", "code"),
            ("#/documents/1/filed_on", "read_only"),
            ("#/documents/1/issued_on", "format"),
            ("#/host_kind", "code"),
            ("#/id", "read_only"),
            ("#/partner", "not_found"),
            ("#/presentation", "forbidden_text"),
            ("#/status", "read_only"),
        ]);
        let missing = cast.agency.write("POST", LIST, "", &json!({}));
        missing.invalid(&[
            ("#/authority", "required"),
            ("#/host_kind", "required"),
            ("#/partner", "required"),
        ]);
        let mut body = dossier(&cast.partner);
        body.as_object_mut().unwrap().remove("departement");
        let nowhere = cast.host.write("POST", LIST, "", &body);
        nowhere.invalid(&[("#/departement", "required")]);
        let mut body = dossier(&cast.partner);
        body["documents"][1] = body["documents"][0].clone();
        body["documents"][0]["issued_on"] = json!("2999-01-01");
        let twice = cast.host.write("POST", LIST, "", &body);
        twice.invalid(&[
            ("#/documents/0/issued_on", "range"),
            ("#/documents/1/kind", "duplicate"),
        ]);
    });
}

#[test]
fn every_refusal_of_the_facts_of_a_move_comes_at_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.instructed();
        let body = json!({
            "decided_on": "demain",
            "signatory": {"first_name": "", "last_name": "Exemple", "title": "Mme"},
            "reasons": ["other", "nothing", "other"],
            "statement": "Non.",
            "colour": "red",
        });
        go(&cast.probation, &url, "refuse", &body).invalid(&[
            ("#/colour", "unknown"),
            ("#/decided_on", "format"),
            ("#/reasons/1", "code"),
            ("#/reasons/2", "duplicate"),
            ("#/signatory/capacity", "required"),
            ("#/signatory/first_name", "length"),
            ("#/signatory/title", "unknown"),
            ("#/statement", "length"),
        ]);
        let mut late = decision();
        late["decided_on"] = json!("2999-01-01");
        late["order_reference"] = json!("JUST2600001A");
        go(&cast.probation, &url, "grant", &late).invalid(&[
            ("#/decided_on", "range"),
            ("#/order_reference", "inconsistent"),
        ]);
        let mut early = decision();
        early["decided_on"] = json!("2020-01-01");
        let early = go(&cast.probation, &url, "grant", &early);
        early.invalid(&[("#/decided_on", "order")]);
        go(&cast.host, &url, "file", &json!({"now": true})).invalid(&[("#/now", "unknown")]);
        let none = go(&cast.probation, &url, "declare-incomplete", &json!({}));
        none.invalid(&[("#/missing_documents", "required")]);
        let state = go(&cast.host, &url, "file", &json!({}));
        let state = state.problem(409, "transition-not-allowed");
        assert_eq!(state["state"], "under_instruction");
        assert_eq!(state["allowed"], json!([]));
    });
}

#[test]
fn a_public_body_needs_no_habilitation() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let town = partner(&cast.agency, "Mairie", "local_authority", "7210");
        let refused = cast.agency.write("POST", LIST, "", &dossier(&town));
        refused.problem(422, "habilitation-not-needed");
        let mut public = dossier(&cast.partner);
        public["host_kind"] = json!("public_body");
        let refused = cast.host.write("POST", LIST, "", &public);
        refused.problem(422, "habilitation-not-needed");
        assert_eq!(cast.agency.get(LIST).json()["total"], 0);
    });
}

#[test]
fn an_authority_decides_for_the_hosts_and_the_places_that_the_law_gives_it() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let refused = |authority: &str, departement: Option<&str>, kind: &str| {
            let mut body = dossier(&cast.partner);
            body["authority"] = json!(authority);
            body["departement"] = json!(departement);
            body["host_kind"] = json!(kind);
            let answer = cast.host.write("POST", LIST, "", &body);
            answer.problem(422, "wrong-authority")["detail"].clone()
        };
        // An experiment in twenty départements, of which the Landes are none.
        let detail = refused("dspip", Some("40"), "societe_a_mission");
        assert!(detail.as_str().unwrap().contains("40"), "{detail}");
        refused("dt_pjj", Some("33"), "ess_company");
        refused("garde_des_sceaux", None, "societe_a_mission");
        refused("dspip", Some("988"), "ess_statutory");
        let mut local = dossier(&cast.partner);
        local["authority"] = json!("garde_des_sceaux");
        let local = cast.host.write("POST", LIST, "", &local);
        local.invalid(&[("#/departement", "inconsistent")]);
    });
}

#[test]
fn minors_are_for_their_directorate_and_the_whole_territory_for_the_agency() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let (day, db) = (today(), &server.db);
        let youth = Client::new(&server, "youth", "departements=33", AUTHORITY);
        let minors = Seed::draft(&cast.partner, DtPjj, day)
            .filed(day)
            .kept(db, day);
        let minors = format!("{LIST}/{minors}");
        go(&cast.probation, &minors, "start-instruction", &json!({})).problem(404, "not-found");
        go(&cast.agency, &minors, "start-instruction", &json!({})).problem(422, "wrong-authority");
        done(&youth, &minors, "start-instruction", &json!({}));
        for (giver, name) in [
            (&cast.prosecutor, "prosecutor"),
            (&cast.judge, "enforcement_judge"),
        ] {
            done(&youth, &minors, "request-opinion", &super::request(name));
            done(giver, &minors, "give-opinion", &super::favourable(name));
        }
        let granted = done(&youth, &minors, "grant", &decision());
        let told = &granted["instruction"]["decision"]["notifications"];
        let expected = ["juvenile_judge", "prosecutor", "prefect", "host"];
        assert_eq!(super::codes(told, "recipient"), expected);

        let mut body = dossier(&cast.partner);
        body["authority"] = json!("garde_des_sceaux");
        body["departement"] = Value::Null;
        let identity = json!({"kind": "managers_identity"});
        body["documents"].as_array_mut().unwrap().push(identity);
        let national = opened(&cast.host, &body);
        done(&cast.host, &national, "file", &json!({}));
        done(&cast.agency, &national, "start-instruction", &json!({}));
        let without = go(&cast.agency, &national, "grant", &decision());
        without.invalid(&[("#/order_reference", "required")]);
        let mut order = decision();
        order["order_reference"] = json!("JUST2600001A");
        let granted = done(&cast.agency, &national, "grant", &order);
        assert_eq!(
            granted["instruction"]["decision"]["order_reference"],
            "JUST2600001A"
        );
        assert!(granted.get("departement").is_none());
        let list = cast.agency.get(&format!("{LIST}?national=true")).json();
        assert_eq!(list["total"], 1);
        let seed = Seed::draft(
            &partner(&cast.agency, "Prune", "association", "9220"),
            GardeDesSceaux,
            day,
        );
        let refused = seed.filed(day).instructed(day).kept(db, day);
        let refused = format!("{LIST}/{refused}");
        let refused = done(
            &cast.agency,
            &refused,
            "refuse",
            &reasoned("outside_territory"),
        );
        assert_eq!(refused["status"]["code"], "refused");
    });
}
