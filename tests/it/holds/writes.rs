//! Places are kept, confirmed and given back; what cannot be kept is refused, and loses nothing.

use serde_json::{Value, json};

use super::{held, one_place, places_left, post, service};
use crate::{
    offers::{Cast, decision, done, job, moved, tig, today, url},
    support::{Client, Parts, Server, each_engine, on},
};

#[test]
fn places_are_kept_until_they_are_given_back() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (cast, holder) = (Cast::new(&server), service(&server));
        let post = post(&cast, 3);
        let mut two = one_place();
        two["places"] = json!(2);
        let hold = held(&holder, &post, &two);
        assert_eq!(hold["status"]["code"], "held");
        assert_eq!(hold["allowed"], json!(["confirm", "release"]));
        assert_eq!((&hold["places"], &hold["hours"]), (&json!(2), &json!(105)));
        assert_eq!(places_left(&server, &post), 1);
        let at = &url(&hold);

        let confirmed = done(&holder, at, "confirm", &json!({}));
        assert_eq!(confirmed["status"]["code"], "confirmed");
        assert_eq!(confirmed["expires_at"], Value::Null);
        assert_eq!(confirmed["version"], 2);
        assert_eq!(places_left(&server, &post), 1);
        let again = moved(&holder, at, "confirm", &json!({}));
        let problem = again.problem(409, "transition-not-allowed");
        assert_eq!(problem["state"], "confirmed");
        assert_eq!(problem["allowed"], json!(["release", "complete"]));

        let completed = done(&holder, at, "complete", &json!({}));
        assert_eq!(completed["status"]["code"], "completed");
        assert_eq!(completed["allowed"], json!([]));
        assert_eq!(places_left(&server, &post), 3);

        let other = held(&holder, &post, &one_place());
        let at = &url(&other);
        let stale = holder.write("POST", &format!("{at}/release"), "\"v9.x\"", &json!({}));
        stale.problem(412, "precondition-failed");
        done(&holder, at, "release", &json!({}));
        assert_eq!(places_left(&server, &post), 3);
        moved(&holder, at, "complete", &json!({})).problem(409, "transition-not-allowed");
    });
}

#[test]
fn every_move_from_every_state_is_made_or_refused_as_the_table_says() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (cast, holder) = (Cast::new(&server), service(&server));
        let post = post(&cast, 20);
        let roads: [(&str, &[&str], &[&str]); 4] = [
            ("held", &[], &["confirm", "release"]),
            ("confirmed", &["confirm"], &["release", "complete"]),
            ("released", &["release"], &[]),
            ("completed", &["confirm", "complete"], &[]),
        ];
        for (state, road, allowed) in roads {
            for verb in ["confirm", "release", "complete"] {
                let hold = held(&holder, &post, &one_place());
                let at = &url(&hold);
                for step in road {
                    done(&holder, at, step, &json!({}));
                }
                let answer = moved(&holder, at, verb, &json!({}));
                if allowed.contains(&verb) {
                    assert_eq!(answer.status, 200, "{state} {verb}: {}", answer.text());
                } else {
                    let problem = answer.problem(409, "transition-not-allowed");
                    assert_eq!(problem["state"], state, "{verb}");
                    assert_eq!(problem["allowed"], json!(allowed), "{verb}");
                }
            }
        }
    });
}

#[test]
fn a_body_that_cannot_be_is_refused_whole() {
    on(Parts::Real, |server| {
        let (cast, holder) = (Cast::new(server), service(server));
        let post = post(&cast, 2);
        let asked = |change: &[(&str, Value)]| {
            let mut wanted = one_place();
            for (field, value) in change {
                wanted[*field] = value.clone();
            }
            holder.write("POST", &format!("{post}/holds"), "", &wanted)
        };
        asked(&[
            ("places", json!(0)),
            ("hours", json!("105")),
            ("starts_on", json!("2026-02-30")),
            ("framework", json!("tig")),
            ("case_reference", json!("Jean Exemple")),
            ("name", json!("Exemple")),
        ])
        .invalid(&[
            ("#/case_reference", "format"),
            ("#/framework", "code"),
            ("#/hours", "type"),
            ("#/name", "unknown"),
            ("#/places", "range"),
            ("#/starts_on", "format"),
        ]);
        let person = json!("2840633063123");
        asked(&[("case_reference", person)]).invalid(&[("#/case_reference", "forbidden_text")]);
        // The main penalty is 20 to 400 hours (Code pénal, art. 131-8).
        asked(&[("hours", json!(401)), ("starts_on", json!("2020-01-06"))])
            .invalid(&[("#/hours", "out_of_bounds"), ("#/starts_on", "range")]);
        asked(&[
            ("framework", json!("tnr_composition_penale_delit")),
            ("hours", json!(60)),
        ])
        .invalid(&[("#/framework", "inconsistent")]);
        let problem = asked(&[("places", json!(3))]).problem(409, "no-place-left");
        assert_eq!(problem["places_left"], 2);
        assert_eq!(places_left(server, &post), 2);
        assert_eq!(holder.get("/v1/holds").json()["total"], 0);
    });
}

#[test]
fn a_post_is_not_left_fewer_places_than_are_held() {
    on(Parts::Real, |server| {
        let (cast, holder) = (Cast::new(server), service(server));
        let post = post(&cast, 3);
        let mut two = one_place();
        two["places"] = json!(2);
        held(&holder, &post, &two);
        let patch = |places: u32| {
            cast.host
                .write("PATCH", &post, "*", &json!({"places": places}))
        };
        let problem = patch(1).problem(409, "places-held");
        assert_eq!(problem["places_held"], 2);
        assert_eq!(patch(2).json()["revision"]["places"], 2);
        let third = url(&held(&holder, &post, &one_place()));
        cast.opine(&post, "registration");
        let refused = moved(&cast.probation, &post, "register", &decision());
        let problem = refused.problem(409, "places-held");
        assert_eq!(problem["places_held"], 3);
        assert_eq!(
            problem["errors"],
            Value::Null,
            "nothing that was sent is wrong"
        );
        done(&holder, &third, "release", &json!({}));
        let registered = done(&cast.probation, &post, "register", &decision());
        assert_eq!(registered["places"], 2);
        assert_eq!(places_left(server, &post), 0);
    });
}

#[test]
fn what_is_not_shown_or_not_within_reach_is_not_held() {
    on(Parts::Real, |server| {
        let (cast, holder) = (Cast::new(server), service(server));
        let ask = |client: &Client<'_>, post: &str| {
            client.write("POST", &format!("{post}/holds"), "", &one_place())
        };
        let draft = url(&cast.post(&tig()));
        let problem = ask(&holder, &draft).problem(409, "offer-not-available");
        let publication = problem["publication"].as_str().unwrap();
        assert_eq!(publication, format!("{}{draft}/publication", server.base));
        let mut filed = job();
        filed["submit"] = json!(true);
        let posted = url(&cast.post(&filed));
        done(&cast.agency, &posted, "publish", &json!({}));
        let agency = Client::new(server, "agency", "", super::HOLDER);
        ask(&agency, &posted).problem(409, "offer-not-available");

        let post = post(&cast, 2);
        let far = Client::new(server, "probation", "departements=69", super::HOLDER);
        ask(&far, &post).problem(403, "out-of-perimeter");
        ask(&far, &draft).problem(404, "not-found");
        let reader = Client::new(server, "probation", "departements=33", "holds:read");
        ask(&reader, &post).problem(403, "insufficient-scope");
        // Without `offers:read-restricted` one knows of an offer as everybody does.
        let blind = Client::new(
            server,
            "probation",
            "departements=33",
            "holds:write,holds:read",
        );
        ask(&blind, &draft).problem(404, "not-found");
        blind
            .get(&format!("{draft}/holds"))
            .problem(404, "not-found");
        assert_eq!(ask(&blind, &post).status, 201);
        assert_eq!(
            cast.host.write("DELETE", &draft, "*", &Value::Null).status,
            204
        );
        ask(&blind, &draft).problem(404, "not-found");
        ask(&holder, &draft).problem(410, "gone");
        let mut short = tig();
        short["permanent"] = json!(false);
        short["ends_on"] = json!("2099-01-04");
        let short = cast.registered(&short);
        // It is shown today, and no more on the day on which the work would start.
        ask(&holder, &short).problem(409, "offer-not-available");
        let mut sooner = one_place();
        sooner["starts_on"] = json!(today());
        held(&holder, &short, &sooner);
        assert_eq!(places_left(server, &post), 1);
    });
}

#[test]
fn nothing_of_a_case_is_kept_but_its_mark() {
    each_engine(|engine| {
        let key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        let flags = ["--case-key", key, "--log", "debug"];
        let server = Server::start(engine, Parts::Real, &flags);
        let (cast, holder) = (Cast::new(&server), service(&server));
        let post = post(&cast, 4);
        let marked = |reference: &str| {
            let mut wanted = one_place();
            wanted["case_reference"] = json!(reference);
            let hold = held(&holder, &post, &wanted);
            hold["case_hash"].as_str().unwrap().to_owned()
        };
        let reference = "CASE-9f2c71";
        let mark = marked(reference);
        assert_eq!(mark, marked(reference), "the holder knows a case again");
        assert_ne!(mark, marked("CASE-9f2c72"));
        assert_eq!(mark.len(), 64);
        let mut wanted = one_place();
        wanted["case_reference"] = json!(reference);
        let once = holder.post(&format!("{post}/holds"), "once", &wanted.to_string());
        assert_eq!(once.status, 201, "{}", once.text());
        assert!(!server.log().contains(reference), "{}", server.log());
        let kept = server.db.columns_that_hold(&mark);
        assert!(kept.contains(&"holds.case_hash".to_owned()), "{kept:?}");
        assert_eq!(server.db.columns_that_hold(reference), Vec::<String>::new());
    });
}
