//! Whether a measure of justice can be carried out on a post; nothing of what is asked is kept.

use serde_json::{Value, json};

use super::{Cast, tig, url};
use crate::support::{Answer, Client, Parts, Server, each_engine, on};

fn checks(url: &str) -> String {
    format!("{url}/checks")
}

/// Asks, as anybody may.
fn check(server: &Server, path: &str, measure: &Value) -> Answer {
    let headers = [("Content-Type", "application/json")];
    server.send("POST", path, &headers, &measure.to_string())
}

fn rule<'a>(answer: &'a Value, code: &str) -> &'a Value {
    let mut rules = answer["rules"].as_array().unwrap().iter();
    let found = rules.find(|rule| rule["code"] == code);
    found.unwrap_or_else(|| panic!("{code}: {answer}"))
}

fn measure(framework: &str, hours: u32) -> Value {
    json!({
        "framework": framework,
        "hours": hours,
        "audience": "adults",
        "decided_on": "2026-09-01",
    })
}

#[test]
fn a_measure_is_held_against_the_law_and_the_post() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let at = checks(&cast.registered(&tig()));
        let fits = check(&server, &at, &measure("tig_main_penalty", 105));
        assert_eq!(fits.header("cache-control"), "no-store");
        let fits = fits.json();
        assert_eq!(fits["within_bounds"], true, "{fits}");
        assert_eq!(fits["medical_exam_required"], false);
        assert_eq!(fits["triggers"], json!([]));
        // Eighteen months (Code pénal, art. 131-22).
        assert_eq!(fits["complete_by"], "2028-03-01");
        assert_eq!(rule(&fits, "max_hours")["article"], "CP 131-8");
        assert_eq!(rule(&fits, "deadline")["article"], "CP 131-22");
        for (hours, met) in [(19, false), (20, true), (400, true), (401, false)] {
            let answer = check(&server, &at, &measure("tig_main_penalty", hours)).json();
            assert_eq!(answer["within_bounds"], met, "{hours}: {answer}");
        }
        // The law of the day of the decision: 280 hours until 24 March 2019.
        let mut before = measure("tig_main_penalty", 281);
        before["decided_on"] = json!("2019-03-24");
        let before = check(&server, &at, &before).json();
        assert_eq!(rule(&before, "max_hours")["met"], false);
        let unpaid = measure("tnr_composition_penale_delit", 60);
        let unpaid = check(&server, &at, &unpaid).json();
        assert_eq!(
            rule(&unpaid, "measure")["met"],
            false,
            "the post takes TIG alone"
        );

        let mut person = measure("tig_main_penalty", 105);
        person["disability"] = json!(true);
        person["pregnancy"] = json!(true);
        person["weekly_working_hours"] = json!(35);
        let person = check(&server, &at, &person).json();
        assert_eq!(person["medical_exam_required"], true);
        let triggers = person["triggers"].as_array().unwrap().iter();
        let codes: Vec<&str> = triggers.map(|it| it["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["disability", "pregnancy"]);
        assert_eq!(person["triggers"][0]["article"], "CPen R623-14 2°");
        // 35 hours of the job and 20 of the post exceed the legal week by more than 12.
        assert_eq!(rule(&person, "weekly_hours")["met"], false);
        assert_eq!(person["within_bounds"], false);
    });
}

#[test]
fn a_check_is_of_a_post_that_the_caller_sees() {
    on(Parts::Real, |server| {
        let cast = Cast::new(server);
        let asked = measure("tig_main_penalty", 105);
        let draft = checks(&url(&cast.post(&tig())));
        check(server, &draft, &asked).problem(404, "not-found");
        let mut hidden = tig();
        hidden["diffusion"] = json!("authorities");
        let hidden = checks(&cast.registered(&hidden));
        check(server, &hidden, &asked).problem(404, "not-found");
        let there = "departements=33";
        let authority = Client::new(server, "probation", there, "offers:read-restricted");
        assert_eq!(authority.write("POST", &hidden, "", &asked).status, 200);
        let narrow = Client::new(server, "probation", there, "changes:read");
        narrow
            .write("POST", &hidden, "", &asked)
            .problem(404, "not-found");
        let other = checks(&cast.published());
        let problem = check(server, &other, &asked).problem(404, "not-found");
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains("community service")
        );
        check(server, "/v1/offers/x/checks", &asked).problem(404, "not-found");
        // What is not JSON is refused before anything is looked for.
        let headers = [("Content-Type", "text/plain")];
        server
            .send("POST", &draft, &headers, "x")
            .problem(415, "unsupported-media-type");
        let headers = [("Content-Type", "application/json")];
        server
            .send("POST", &draft, &headers, "{")
            .problem(400, "malformed-json");
        let closed = cast.published();
        assert_eq!(
            cast.host.write("DELETE", &closed, "*", &Value::Null).status,
            204
        );
        check(server, &checks(&closed), &asked).problem(410, "gone");
    });
}

#[test]
fn what_is_asked_is_read_strictly_and_leaves_no_trace() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &["--log", "debug"]);
        let cast = Cast::new(&server);
        let at = checks(&cast.registered(&tig()));
        let nonsense = json!({
            "framework": "tig",
            "hours": 0,
            "audience": ["adults"],
            "pregnancy": "yes",
            "weekly_working_hours": 169,
            "decided_on": "hier",
            "name": "Exemple",
        });
        check(&server, &at, &nonsense).invalid(&[
            ("#/audience", "type"),
            ("#/decided_on", "format"),
            ("#/framework", "code"),
            ("#/hours", "range"),
            ("#/name", "unknown"),
            ("#/pregnancy", "type"),
            ("#/weekly_working_hours", "range"),
        ]);
        let mut ahead = measure("tig_main_penalty", 105);
        ahead["decided_on"] = json!("9999-12-31");
        check(&server, &at, &ahead).invalid(&[("#/decided_on", "range")]);
        check(&server, &at, &json!({})).invalid(&[
            ("#/audience", "required"),
            ("#/framework", "required"),
            ("#/hours", "required"),
        ]);
        let mut told = measure("tig_main_penalty", 397);
        told["weekly_working_hours"] = json!(33.8125);
        told["pregnancy"] = json!(true);
        assert_eq!(check(&server, &at, &told).status, 200);
        assert_eq!(server.db.columns_that_hold("33.8125"), Vec::<String>::new());
        let log = server.log();
        assert!(log.contains("/checks"), "the request is logged: {log}");
        for secret in ["33.8125", "pregnan", "tig_main_penalty"] {
            assert!(!log.contains(secret), "{secret}: {log}");
        }
    });
}
