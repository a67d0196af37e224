//! The procedure of a post, and the moderation of a job, from outside.

use serde_json::{Value, json};

use super::{
    Cast, added, client, decision, done, job, moved, public_body, reasoned, tig, today, training,
    url,
};
use crate::support::{Parts, Server, each_engine};

fn each(test: impl Fn(&Server, Cast<'_>)) {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        test(&server, Cast::new(&server));
    });
}

#[test]
fn a_post_is_registered_by_its_authority_once_both_opinions_are_in() {
    each(|_, cast| {
        let draft = cast.post(&tig());
        assert_eq!(draft["status"]["code"], "draft");
        assert_eq!(draft["allowed"], json!(["submit"]));
        let url = url(&draft);
        let early = moved(&cast.probation, &url, "register", &decision());
        let problem = early.problem(409, "transition-not-allowed");
        assert_eq!(problem["state"], "draft");
        assert_eq!(problem["allowed"], json!(["submit"]));

        assert_eq!(
            done(&cast.host, &url, "submit", &json!({}))["status"]["code"],
            "requested"
        );
        let asked = json!({"giver": "prosecutor", "requested_on": today()});
        let after = done(&cast.probation, &url, "request-opinion", &asked);
        assert_eq!(after["status"]["code"], "opinions_requested");
        let twice = moved(&cast.probation, &url, "request-opinion", &asked);
        twice.invalid(&[("#/giver", "duplicate")]);
        let early = moved(&cast.probation, &url, "register", &decision());
        let problem = early.problem(409, "not-decidable");
        assert!(problem["decidable_on"].is_null(), "the judge was not asked");

        let asked = json!({"giver": "enforcement_judge", "requested_on": today()});
        done(&cast.probation, &url, "request-opinion", &asked);
        let early = moved(&cast.probation, &url, "register", &decision());
        assert!(early.problem(409, "not-decidable")["decidable_on"].is_string());
        let mut given =
            json!({"giver": "enforcement_judge", "outcome": "favourable", "given_on": today()});
        moved(&cast.prosecutor, &url, "give-opinion", &given).problem(422, "wrong-authority");
        assert_eq!(moved(&cast.judge, &url, "give-opinion", &given).status, 200);
        given["giver"] = json!("prosecutor");
        assert_eq!(
            moved(&cast.prosecutor, &url, "give-opinion", &given).status,
            200
        );

        let registered = done(&cast.probation, &url, "register", &decision());
        assert_eq!(registered["status"]["code"], "registered");
        assert_eq!(registered["registered_for"][0]["code"], "adults");
        assert!(registered["published_at"].is_string());
        let opinions = registered["opinions"].as_array().unwrap();
        assert!(
            opinions
                .iter()
                .all(|it| it["outcome"]["code"] == "favourable")
        );
        let last = registered["history"].as_array().unwrap().last().unwrap();
        assert_eq!(last["type"], "offer.registered");
        assert_eq!(last["decided_on"], today());
        assert_eq!(last["signatory"]["last_name"], "Exemple");
        let confirmed = done(&cast.host, &url, "confirm", &json!({}));
        assert!(confirmed["last_confirmed_at"].is_string());
        assert!(
            confirmed.get("opinions").is_none(),
            "the host is not told of opinions"
        );
    });
}

#[test]
fn a_post_is_refused_or_struck_off_with_reasons_and_filed_again() {
    each(|_, cast| {
        let mut filed = tig();
        filed["submit"] = json!(true);
        let url = url(&cast.post(&filed));
        let mut bare = decision();
        bare["reasons"] = json!([]);
        bare["statement"] = json!("Trop court.");
        moved(&cast.probation, &url, "refuse", &bare).invalid(&[("#/statement", "length")]);
        let refused = done(&cast.probation, &url, "refuse", &reasoned("incomplete"));
        assert_eq!(refused["status"]["code"], "refused");
        let last = refused["history"].as_array().unwrap().last().unwrap();
        assert_eq!(last["grounds"]["reasons"][0]["code"], "incomplete");
        done(&cast.host, &url, "submit", &json!({}));

        let url = cast.registered(&tig());
        let early = moved(&cast.probation, &url, "strike-off", &reasoned("safety"));
        early.problem(409, "not-decidable");
        cast.opine(&url, "strike_off");
        let off = done(&cast.probation, &url, "strike-off", &reasoned("safety"));
        assert_eq!(off["status"]["code"], "struck_off");
        assert_eq!(off["registered_for"], json!([]));
        let again = done(&cast.host, &url, "submit", &json!({}));
        assert_eq!(again["status"]["code"], "requested");
    });
}

#[test]
fn what_the_authority_suspended_the_host_does_not_lift() {
    each(|_, cast| {
        let url = cast.registered(&tig());
        let motive =
            json!({"reasons": ["incident"], "statement": "Un incident est à vérifier d'abord."});
        let suspended = done(&cast.probation, &url, "suspend", &motive);
        assert_eq!(suspended["suspensions"][0]["origin"]["code"], "authority");
        moved(&cast.host, &url, "resume", &json!({})).problem(409, "transition-not-allowed");
        let works = json!({"reasons": ["works"]});
        let both = done(&cast.host, &url, "suspend", &works);
        assert_eq!(both["suspensions"].as_array().unwrap().len(), 2);
        moved(&cast.host, &url, "suspend", &works).problem(409, "transition-not-allowed");
        let one = done(&cast.host, &url, "resume", &json!({}));
        assert_eq!(one["status"]["code"], "suspended");
        let none = done(&cast.probation, &url, "resume", &json!({}));
        assert_eq!(none["status"]["code"], "registered");
        let two = json!({"reasons": ["works", "other"]});
        moved(&cast.host, &url, "suspend", &two).invalid(&[("#/reasons", "length")]);
        let other = json!({"reasons": ["other"]});
        moved(&cast.host, &url, "suspend", &other).invalid(&[("#/statement", "required")]);
    });
}

#[test]
fn the_law_gives_each_audience_to_one_authority() {
    each(|server, cast| {
        let mut minors = tig();
        minors["audiences"] = json!(["minors_16_17"]);
        minors["formative_character"] = json!("Apprentissage des gestes du jardin.");
        minors["submit"] = json!(true);
        let url = url(&cast.post(&minors));
        let asked = json!({"giver": "prosecutor", "requested_on": today()});
        moved(&cast.probation, &url, "request-opinion", &asked).problem(422, "wrong-authority");
        let youth = client(server, "youth", "departements=33", super::AUTHORITY);
        done(&youth, &url, "request-opinion", &asked);
        moved(&cast.agency, &url, "refuse", &reasoned("incomplete"))
            .problem(422, "wrong-authority");
    });
}

#[test]
fn a_post_of_a_private_host_waits_for_its_habilitation() {
    each(|server, cast| {
        let mut association = public_body("33063");
        association["kind"] = json!("association");
        association["host_kind"] = json!("association");
        association["rna"] = json!("W000000001");
        let partner = added(&cast.agency, &association);
        let host = client(
            server,
            "partner",
            &format!("partner={partner}"),
            super::HOST,
        );
        let cast = Cast { host, ..cast };
        let url = cast.opined(&tig());
        let refused = moved(&cast.probation, &url, "register", &decision());
        let problem = refused.problem(409, "habilitation-required");
        assert_eq!(problem["reason"], "habilitation_missing");
    });
}

#[test]
fn jobs_and_trainings_are_moderated() {
    each(|server, cast| {
        let direction = client(
            server,
            "direction",
            "direction=bordeaux",
            "offers:moderate,offers:read-restricted",
        );
        for offer in [job(), training()] {
            let url = url(&cast.post(&offer));
            moved(&direction, &url, "publish", &json!({})).problem(409, "transition-not-allowed");
            done(&cast.host, &url, "submit", &json!({}));
            let grounds = json!({"reasons": ["misleading"], "statement": "Le titre ne dit pas ce qui est offert."});
            let refused = done(&direction, &url, "refuse", &grounds);
            assert_eq!(refused["status"]["code"], "refused");
            done(&cast.host, &url, "submit", &json!({}));
            moved(&direction, &url, "refuse", &reasoned("misleading"))
                .invalid(&[("#/decided_on", "unknown"), ("#/signatory", "unknown")]);
            let published = done(&direction, &url, "publish", &json!({}));
            assert_eq!(published["status"]["code"], "published");
            let works = json!({"reasons": ["works"]});
            done(&cast.host, &url, "suspend", &works);
            done(&cast.host, &url, "resume", &json!({}));
            let closed = done(&cast.host, &url, "close", &json!({}));
            assert_eq!(closed["status"]["code"], "closed");
            moved(&cast.host, &url, "confirm", &json!({})).problem(409, "transition-not-allowed");
            moved(&cast.probation, &url, "register", &decision())
                .problem(409, "transition-not-allowed");
        }
    });
}

#[test]
fn every_verb_that_a_state_does_not_allow_is_refused_with_those_that_it_does() {
    each(|_, cast| {
        let urls = [
            url(&cast.post(&tig())),
            cast.opined(&tig()),
            cast.registered(&tig()),
            url(&cast.post(&job())),
            cast.published(),
        ];
        for url in urls {
            let offer = cast.agency.get(&url).json();
            let allowed: Vec<&str> = offer["allowed"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it.as_str().unwrap())
                .collect();
            for (verb, client, body) in verbs(&cast, &offer) {
                if allowed.contains(&verb) {
                    continue;
                }
                let problem =
                    moved(client, &url, verb, &body).problem(409, "transition-not-allowed");
                assert_eq!(problem["state"], offer["status"]["code"], "{verb}");
                assert_eq!(problem["allowed"], offer["allowed"], "{verb}");
            }
        }
    });
}

/// Each verb, with somebody who may ask it of an offer of that kind and facts that do.
fn verbs<'c, 's>(
    cast: &'c Cast<'s>,
    offer: &Value,
) -> Vec<(&'static str, &'c crate::support::Client<'s>, Value)> {
    let post = offer["kind"]["code"] == "tig";
    let none = json!({});
    let asked = json!({"giver": "prefect", "requested_on": today()});
    let given = json!({"giver": "prosecutor", "outcome": "reserved", "given_on": today()});
    let refusal = if post {
        (&cast.probation, reasoned("incomplete"))
    } else {
        let statement = "Le titre ne dit pas ce qui est offert.";
        (
            &cast.agency,
            json!({"reasons": ["misleading"], "statement": statement}),
        )
    };
    vec![
        ("submit", &cast.host, none.clone()),
        ("request-opinion", &cast.probation, asked),
        ("give-opinion", &cast.prosecutor, given),
        ("register", &cast.probation, decision()),
        ("refuse", refusal.0, refusal.1),
        ("publish", &cast.agency, none.clone()),
        ("suspend", &cast.host, json!({"reasons": ["works"]})),
        ("resume", &cast.host, none.clone()),
        ("strike-off", &cast.probation, reasoned("safety")),
        ("close", &cast.host, none.clone()),
        ("confirm", &cast.host, none.clone()),
        ("revive", &cast.host, none),
    ]
}

#[test]
fn a_decision_names_the_version_it_was_thought_of() {
    each(|_, cast| {
        let url = cast.opined(&tig());
        let register = |if_match: &str| {
            let address = format!("{url}/register");
            cast.probation
                .write("POST", &address, if_match, &decision())
        };
        register("").problem(428, "precondition-required");
        let before = cast.probation.get(&url);
        let patch = json!({"title": "Entretien du parc"});
        assert_eq!(cast.host.write("PATCH", &url, "*", &patch).status, 200);
        register(before.header("etag")).problem(412, "precondition-failed");
        let seen = cast.probation.get(&url);
        assert_eq!(register(seen.header("etag")).status, 200);
    });
}
