//! Dossiers written: drafts changed and deleted, versions, two who write at once.

use std::thread;

use domain::habilitations::HabilitationAuthority::Dspip;
use serde_json::{Value, json};

use super::{
    Cast, LIST, decision, done, dossier, favourable, go, opened, request, seeds::Seed, today,
};
use crate::support::{Parts, Server, each_engine};

#[test]
fn a_draft_is_changed_by_what_is_named_and_a_filed_dossier_is_not() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.draft();
        let patch =
            json!({"presentation": null, "authority": "garde_des_sceaux", "departement": null});
        let patched = cast.host.write("PATCH", &url, "*", &patch).json();
        assert_eq!(patched["authority"]["code"], "garde_des_sceaux");
        let gone = [patched.get("presentation"), patched.get("departement")];
        assert_eq!(gone, [None, None]);
        assert_eq!(patched["version"], 2);
        let back = json!({"authority": "dspip", "departement": {"code": "33", "name": "Gironde"}});
        let back = cast.agency.write("PATCH", &url, "*", &back).json();
        assert_eq!(back["departement"]["code"], "33");
        assert_eq!(back["documents"].as_array().unwrap().len(), 5);
        let other = json!({"partner": "0193a000-0000-7000-8000-00000000dead"});
        let other = cast.host.write("PATCH", &url, "*", &other);
        other.invalid(&[("#/partner", "read_only")]);
        done(&cast.host, &url, "file", &json!({}));
        let late = cast
            .host
            .write("PATCH", &url, "*", &json!({"presentation": "Autre"}));
        let late = late.problem(409, "transition-not-allowed");
        assert_eq!(
            (&late["state"], &late["allowed"]),
            (&json!("filed"), &json!([]))
        );
        done(
            &cast.probation,
            &url,
            "declare-incomplete",
            &json!({"statement": "Complétez."}),
        );
        let fixed = json!({"departement": "40", "host_kind": "ess_statutory"});
        let fixed = cast.host.write("PATCH", &url, "*", &fixed);
        fixed.invalid(&[("#/departement", "read_only"), ("#/host_kind", "read_only")]);
        let whole = json!({"presentation": "Complétée"});
        assert_eq!(cast.host.write("PATCH", &url, "*", &whole).status, 200);
    });
}

#[test]
fn a_draft_alone_is_deleted_and_nothing_is_left_of_it() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.draft();
        let deleted = cast.host.write("DELETE", &url, "*", &Value::Null);
        assert_eq!((deleted.status, deleted.text()), (204, ""));
        cast.host.get(&url).problem(404, "not-found");
        let again = cast.host.write("DELETE", &url, "*", &Value::Null);
        again.problem(404, "not-found");
        let filed = cast.draft();
        done(&cast.host, &filed, "file", &json!({}));
        let kept = cast.host.write("DELETE", &filed, "*", &Value::Null);
        kept.problem(409, "transition-not-allowed");
    });
}

#[test]
fn a_write_names_the_version_it_was_thought_of_and_says_who_may_first() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.draft();
        for (method, address, body) in [
            ("PATCH", url.clone(), json!({})),
            ("DELETE", url.clone(), Value::Null),
            ("POST", format!("{url}/file"), json!({})),
            (
                "POST",
                format!("{url}/record-observations"),
                json!({"colour": 1}),
            ),
        ] {
            let without = cast.host.write(method, &address, "", &body);
            without.problem(428, "precondition-required");
            let stale = cast.host.write(method, &address, "\"v9.x\"", &body);
            stale.problem(412, "precondition-failed");
        }
        let tag = cast.host.get(&url).header("etag").to_owned();
        let filed = cast
            .host
            .write("POST", &format!("{url}/file"), &tag, &json!({}));
        assert_eq!(filed.status, 200, "{}", filed.text());
        assert_eq!(filed.json()["version"], 2);
        // The agency knows of the dossier, which its authority instructs.
        let start = format!("{url}/start-instruction");
        cast.agency
            .write("POST", &start, "", &json!({}))
            .problem(428, "precondition-required");
        cast.agency
            .write("POST", &start, "*", &json!({}))
            .problem(422, "wrong-authority");
        let started = cast
            .probation
            .write("POST", &start, filed.header("etag"), &json!({}));
        assert_eq!(started.status, 200, "{}", started.text());
    });
}

#[test]
fn of_two_decisions_at_once_one_alone_is_taken() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.instructed();
        for (giver, name) in [
            (&cast.prosecutor, "prosecutor"),
            (&cast.judge, "enforcement_judge"),
        ] {
            done(&cast.probation, &url, "request-opinion", &request(name));
            done(giver, &url, "give-opinion", &favourable(name));
        }
        let tag = cast.probation.get(&url).header("etag").to_owned();
        let grant = |tag: &str| {
            let address = format!("{url}/grant");
            cast.probation
                .write("POST", &address, tag, &decision())
                .status
        };
        for tag in [tag.as_str(), "*"] {
            let statuses: Vec<u16> = thread::scope(|scope| {
                let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| grant(tag))).collect();
                writers.into_iter().map(|it| it.join().unwrap()).collect()
            });
            let won = statuses.iter().filter(|status| **status == 200).count();
            let expected = usize::from(tag != "*");
            assert_eq!(won, expected, "{statuses:?}");
            let lost = if tag == "*" { 409 } else { 412 };
            assert_eq!(statuses.iter().filter(|it| **it == lost).count(), 8 - won);
        }
        let feed = cast
            .agency
            .get("/v1/changes?type=habilitation.granted")
            .json();
        assert_eq!(feed["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_host_has_one_open_dossier_before_an_authority_for_a_place() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.draft();
        let second = cast.host.write("POST", LIST, "", &dossier(&cast.partner));
        let second = second.problem(409, "habilitation-open");
        assert_eq!(second["habilitation"]["url"], url.as_str());
        let mut elsewhere = dossier(&cast.partner);
        elsewhere["departement"] = json!("40");
        let elsewhere = opened(&cast.host, &elsewhere);
        let here = json!({"departement": "33"});
        let moved = cast.host.write("PATCH", &elsewhere, "*", &here);
        moved.problem(409, "habilitation-open");
    });
}

#[test]
fn a_partner_that_has_a_dossier_is_not_deleted() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let host = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        let url = format!("/v1/partners/{host}");
        let draft = Seed::draft(&host, Dspip, today()).kept(&server.db, today());
        let refused = cast.agency.write("DELETE", &url, "*", &Value::Null);
        refused.problem(409, "in-use");
        let draft = format!("{LIST}/{draft}");
        assert_eq!(
            cast.agency
                .write("DELETE", &draft, "*", &Value::Null)
                .status,
            204
        );
        assert_eq!(
            cast.agency.write("DELETE", &url, "*", &Value::Null).status,
            204
        );
    });
}

#[test]
fn a_dossier_is_opened_by_its_host_or_by_the_agency_for_it() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let other = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        let refused = cast.host.write("POST", LIST, "", &dossier(&other));
        refused.problem(403, "out-of-perimeter");
        // Who may is told before what is wrong.
        let refused = cast
            .host
            .write("POST", LIST, "", &json!({"partner": other}));
        refused.problem(403, "out-of-perimeter");
        let url = opened(&cast.agency, &dossier(&other));
        cast.host.get(&url).problem(404, "not-found");
        go(&cast.host, &url, "file", &json!({})).problem(404, "not-found");
        let filed = done(&cast.agency, &url, "file", &json!({}));
        assert_eq!(filed["status"]["code"], "filed");
        let posted = cast
            .host
            .post(LIST, "k", &dossier(&cast.partner).to_string());
        let again = cast
            .host
            .post(LIST, "k", &dossier(&cast.partner).to_string());
        assert_eq!(posted.status, 201);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.text(), posted.text());
    });
}
