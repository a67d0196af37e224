//! Measures of justice against posts.

use serde_json::{Value, json};

use super::{answered, ask, of, outcomes, required, scores};
use crate::{
    offers::{Cast, done, tig},
    support::{Client, Parts, Server, each_engine, on},
};

const AT: &str = "/v1/matches/offers";

fn measure() -> Value {
    json!({"framework": "tig_main_penalty", "hours": 105, "audience": "adults"})
}

/// The measure, with what is asked besides.
fn asking(criteria: &Value, place: &Value) -> Value {
    let mut asked = measure();
    asked["criteria"] = criteria.clone();
    asked["place"] = place.clone();
    asked["limit"] = json!(100);
    asked
}

/// The titles, in their order.
fn titles(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().unwrap().iter();
    items
        .map(|it| it["offer"]["title"].as_str().unwrap())
        .collect()
}

/// A post with a title of its own.
fn post(title: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut post = tig();
    post["title"] = json!(title);
    change(&mut post);
    post
}

/// Three posts: one that says little, one in Bordeaux, one in Gradignan.
fn three_posts(cast: &Cast<'_>) {
    cast.registered(&post("Silencieux", |_| {}));
    cast.registered(&post("Proche", |post| {
        post["slots"] = json!(["saturday", "sunday"]);
        post["step_free"] = json!(true);
        post["transport_m"] = json!(300);
    }));
    cast.registered(&post("Loin", |post| {
        post["commune"] = json!("33192");
        post["slots"] = json!(["saturday"]);
        post["step_free"] = json!(false);
        post["transport_m"] = json!(900);
        post["licence_needed"] = json!(true);
    }));
}

#[test]
fn a_measure_is_held_against_each_post_criterion_by_criterion() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        three_posts(&Cast::new(&server));
        let criteria = json!({
            "slot": {"value": "saturday", "weight": 3},
            "field": {"value": ["cleaning", "green_spaces"]},
            "step_free": {"value": true, "weight": 2},
            "max_transport_m": {"value": 500},
            "licence_needed": {"value": false},
            "vehicle_needed": {"value": false},
        });
        let place = json!({"commune": "33063", "max_km": 5});
        let answer = answered(&server, AT, &asking(&criteria, &place));
        assert_eq!(titles(&answer), ["Proche", "Loin", "Silencieux"]);
        assert_eq!(answer["total"], 3);
        assert_eq!(answer["measure"]["within_bounds"], true);
        assert_eq!(scores(&answer), [100.0, 50.0, 40.0]);
        let (far, silent) = (&answer["items"][1], &answer["items"][2]);
        let expected = [
            ("slot", "met"),
            ("field", "met"),
            ("step_free", "missed"),
            ("max_transport_m", "missed"),
            ("licence_needed", "missed"),
            ("vehicle_needed", "met"),
            ("place", "missed"),
        ];
        assert_eq!(outcomes(far), expected);
        assert_eq!(of(far, "max_transport_m")["missing"], 400.0);
        let km = far["distance_km"].as_f64().unwrap();
        let missing = of(far, "place")["missing"].as_f64().unwrap();
        let beyond = missing - (km - 5.0);
        assert!(km > 5.0 && beyond.abs() < 0.002, "{km} {missing}");
        let untold = [("step_free", "unknown"), ("max_transport_m", "unknown")];
        assert_eq!(outcomes(silent)[2..4], untold);
        assert_eq!(far["coverage"], 100.0);
        assert_eq!(silent["coverage"], 70.0);
        let url = far["offer"]["url"].as_str().unwrap();
        let read = server.get(crate::offers::path(url)).json();
        assert_eq!(read["title"], "Loin");
    });
}

#[test]
fn a_post_that_misses_what_is_required_is_left_out_and_one_that_does_not_say_is_named() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        three_posts(&Cast::new(&server));
        let must = json!({"step_free": required(true)});
        let must = answered(&server, AT, &asking(&must, &Value::Null));
        assert_eq!(titles(&must), ["Proche", "Silencieux"]);
        assert_eq!(must["total"], 2);
        assert_eq!(must["items"][1]["to_confirm"], json!(["step_free"]));
        let saturday = json!({"slot": required("saturday")});
        let near = json!({"commune": "33063", "max_km": 5, "required": true});
        let near = answered(&server, AT, &asking(&saturday, &near));
        assert_eq!(titles(&near), ["Proche"]);
        assert_eq!(near["total"], 1);
        // A measure alone is a question: nothing is missed.
        let alone = answered(&server, AT, &measure());
        assert_eq!(alone["total"], 3);
        assert_eq!(scores(&alone), [100.0; 3]);
    });
}

#[test]
fn the_measure_must_hold_by_the_rules_of_a_check() {
    each_engine(|engine| {
        let server = &Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(server);
        let title = "Le poste d'une mesure";
        let url = cast.registered(&post(title, |_| {}));
        let found = |asked: &Value| {
            let mut asked = asked.clone();
            asked["limit"] = json!(100);
            let answer = answered(server, AT, &asked);
            let check = ask(server, &format!("{url}/checks"), &{
                let mut measure = asked.clone();
                measure.as_object_mut().unwrap().remove("limit");
                measure
            });
            let check = check.json();
            let there = titles(&answer).contains(&title);
            assert_eq!(there, check["within_bounds"].as_bool().unwrap(), "{asked}");
            (there, answer)
        };
        for (hours, there) in [(19, false), (20, true), (400, true), (401, false)] {
            let mut asked = measure();
            asked["hours"] = json!(hours);
            let (shown, answer) = found(&asked);
            assert_eq!(shown, there, "{hours}");
            assert_eq!(answer["measure"]["within_bounds"], there);
            assert_eq!(answer["items"].as_array().unwrap().is_empty(), !there);
            let mut rules = answer["measure"]["rules"].as_array().unwrap().iter();
            let most = rules.find(|rule| rule["code"] == "max_hours").unwrap();
            assert_eq!(
                (&most["met"], &most["article"]),
                (&json!(hours <= 400), &json!("CP 131-8"))
            );
        }
        // The law allows it, and this post takes neither the measure nor minors.
        let unpaid =
            json!({"framework": "tnr_composition_penale_delit", "hours": 60, "audience": "adults"});
        let (there, answer) = found(&unpaid);
        assert_eq!(
            (there, &answer["measure"]["within_bounds"]),
            (false, &json!(true))
        );
        let mut minor = measure();
        minor["audience"] = json!("minors_16_17");
        assert!(!found(&minor).0);
    });
}

#[test]
fn a_post_that_everybody_does_not_see_today_or_that_is_full_is_never_answered() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        cast.registered(&post("Visible", |_| {}));
        cast.post(&post("Brouillon", |_| {}));
        for diffusion in ["professionals", "authorities"] {
            cast.registered(&post(diffusion, |post| {
                post["diffusion"] = json!(diffusion);
            }));
        }
        cast.registered(&post("Plus tard", |post| {
            post["starts_on"] = json!("2099-01-01");
        }));
        let suspended = cast.registered(&post("Suspendu", |_| {}));
        done(
            &cast.host,
            &suspended,
            "suspend",
            &json!({"reasons": ["works"]}),
        );
        let withdrawn = cast.registered(&post("Retiré", |_| {}));
        let gone = cast.host.write("DELETE", &withdrawn, "*", &Value::Null);
        assert_eq!(gone.status, 204);
        let full = cast.registered(&post("Complet", |post| post["places"] = json!(1)));
        let held = crate::holds::held(&cast.holder, &full, &crate::holds::one_place());
        assert!(held["id"].is_string());
        cast.published();

        let answer = answered(&server, AT, &measure());
        assert_eq!(titles(&answer), ["Visible"]);
        assert_eq!(answer["total"], 1);
        // Whoever asks: the answer is the public one.
        let authority = Client::new(
            &server,
            "probation",
            "departements=33",
            "offers:read-restricted",
        );
        let seen = authority.write("POST", AT, "", &measure()).json();
        assert_eq!(seen, answer);
    });
}

#[test]
fn a_post_whose_commune_has_no_known_centre_is_at_an_unknown_distance() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        Cast::new(&server).registered(&post("Bordeaux", |_| {}));
        let noumea = Cast::at(&server, "98818", "988");
        noumea.registered(&post("Nouméa", |post| {
            post["commune"] = json!("98818");
            post.as_object_mut().unwrap().remove("position");
        }));
        for must in [false, true] {
            let place = json!({"lat": 48.85, "lon": 2.35, "max_km": 100, "required": must});
            let answer = answered(&server, AT, &asking(&json!({}), &place));
            let far = ["Bordeaux", "Nouméa"];
            assert_eq!(titles(&answer), if must { &far[1..] } else { &far[..] });
            let unknown = answer["items"].as_array().unwrap().last().unwrap();
            assert_eq!(outcomes(unknown), [("place", "unknown")]);
            assert!(unknown.get("distance_km").is_none());
            let told = if must { json!(["place"]) } else { json!([]) };
            assert_eq!(unknown["to_confirm"], told);
        }
    });
}

#[test]
fn what_is_required_is_what_the_search_finds() {
    on(Parts::Demo, |server| {
        let criteria = json!({
            "slot": required("weekday"),
            "field": {"value": ["green_spaces", "cleaning", "recycling"], "required": true},
            "licence_needed": required(false),
        });
        for (place, near) in [
            (Value::Null, ""),
            (
                json!({"commune": "33063", "max_km": 300, "required": true}),
                "&near_commune=33063&radius_km=300",
            ),
        ] {
            let answer = answered(server, AT, &asking(&criteria, &place));
            let found = server.walk(&format!(
                "/v1/offers?limit=100&kind=tig&measure=tig&audience=adults&min_places=1&slot=weekday\
                 &field=green_spaces,cleaning,recycling&licence_needed=false{near}"
            ));
            assert!(!found.is_empty(), "{near}");
            assert_eq!(answer["total"], found.len(), "{near}");
            let shown = scores(&answer);
            assert_eq!(shown, vec![100.0; shown.len()]);
        }
    });
}

#[test]
fn what_is_asked_leaves_no_trace() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &["--log", "debug"]);
        let cast = Cast::new(&server);
        cast.registered(&tig());
        let mut asked = measure();
        asked["hours"] = json!(397);
        asked["place"] = json!({"lat": 44.831_27, "lon": -0.571_33, "max_km": 20});
        assert_eq!(answered(&server, AT, &asked)["total"], 1);
        let mut wrong = asked.clone();
        wrong["framework"] = json!("tig_main_penalti");
        ask(&server, AT, &wrong).invalid(&[("#/framework", "code")]);
        for secret in ["44.83127", "tig_main_penalt"] {
            let held = server.db.columns_that_hold(secret);
            assert_eq!(held, Vec::<String>::new(), "{secret}");
        }
        let log = server.log();
        assert!(log.contains(AT), "the request is logged: {log}");
        for secret in ["44.83127", "0.57133", "tig_main_penalt"] {
            assert!(!log.contains(secret), "{secret}: {log}");
        }
    });
}
