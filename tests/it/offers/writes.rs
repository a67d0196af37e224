//! Posting, changing and withdrawing an offer at its own address.

use serde_json::{Value, json};

use super::{Cast, done, job, moved, tig, training, url};
use crate::support::{Parts, Server, each_engine};

fn each(test: impl Fn(&Server, Cast<'_>)) {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        test(&server, Cast::new(&server));
    });
}

#[test]
fn what_is_posted_is_read_as_it_was_written() {
    each(|_, cast| {
        for offer in [tig(), job(), training()] {
            let posted = cast.post(&offer);
            assert_eq!(posted["version"], 1);
            assert_eq!(posted["partner"]["id"], cast.partner.as_str());
            let read = cast.host.get(&url(&posted)).json();
            assert_eq!(read, posted);
            for (name, value) in offer.as_object().unwrap() {
                let told = &read[name];
                let same = match (value, told) {
                    (Value::String(code), Value::Object(_)) => {
                        let named = ["code", "id", "slug"];
                        named.iter().any(|key| told[*key] == code.as_str())
                    }
                    (Value::Number(given), told) => given.as_f64() == told.as_f64(),
                    (Value::Array(codes), Value::Array(told)) => codes
                        .iter()
                        .zip(told)
                        .all(|(code, told)| told == code || told["code"] == *code),
                    (Value::Object(given), told) => given.iter().all(|(key, value)| {
                        let told = &told[key];
                        told == value
                            || told["code"] == *value
                            || value.is_number() && value.as_f64() == told.as_f64()
                    }),
                    (value, told) => value == told,
                };
                assert!(same, "{name}: {value} {told}");
            }
        }
        let general = json!({
            "regime": "service_general",
            "pay": {"class": "service_general_2", "smic_percent": 25},
        });
        let mut offer = job();
        for (name, value) in general.as_object().unwrap() {
            offer[name] = value.clone();
        }
        let of_nobody = cast.agency.write("POST", "/v1/offers", "", &offer);
        assert_eq!(of_nobody.status, 201, "{}", of_nobody.text());
        let of_nobody = cast.agency.write("POST", "/v1/offers", "", &job());
        of_nobody.invalid(&[("#/partner", "required")]);
    });
}

#[test]
fn every_refusal_of_a_body_comes_back_at_once() {
    each(|_, cast| {
        let refused = |changes: Value, base: Value| {
            let mut offer = base;
            for (name, value) in changes.as_object().unwrap() {
                if value == "ABSENT" {
                    offer.as_object_mut().unwrap().remove(name);
                } else {
                    offer[name] = value.clone();
                }
            }
            cast.host.write("POST", "/v1/offers", "", &offer)
        };
        let many = json!({
            "title": "ABSENT", "commune": "33999", "diffusion": "nobody", "places": 0,
            "colour": 1, "version": 3, "pay": {}, "measures": "tig", "ends_on": "2026-02-30",
            "reference": "syncs",
        });
        refused(many, tig()).invalid(&[
            ("#/colour", "unknown"),
            ("#/commune", "not_found"),
            ("#/diffusion", "code"),
            ("#/ends_on", "format"),
            ("#/measures", "type"),
            ("#/pay", "not_allowed_here"),
            ("#/places", "range"),
            ("#/reference", "reserved"),
            ("#/title", "required"),
            ("#/version", "read_only"),
        ]);
        let far = json!({"position": {"lat": 48.85, "lon": 2.35}});
        refused(far, tig()).invalid(&[("#/position", "too_far")]);
        let number = json!({"description": "Contacter 1 85 05 78 006 084 36"});
        refused(number, tig()).invalid(&[("#/description", "forbidden_text")]);
        let endless = json!({"permanent": "ABSENT"});
        refused(endless, tig()).invalid(&[("#/ends_on", "required")]);
        let both = json!({"ends_on": "2099-01-01"});
        refused(both, tig()).invalid(&[("#/permanent", "inconsistent")]);
        let low =
            json!({"pay": {"class": "production", "smic_percent": 44.9}, "hours_per_week": 60});
        refused(low, job()).invalid(&[
            ("#/hours_per_week", "range"),
            ("#/pay/smic_percent", "below_minimum"),
        ]);
        let nowhere = json!({"establishment": "cp-nulle-part"});
        refused(nowhere, job()).invalid(&[("#/establishment", "not_found")]);
        let nowhere = json!({"region": "99", "rome": ["H2206", "H2206"]});
        refused(nowhere, training()).invalid(&[("#/region", "not_found")]);
        let kind = json!({"kind": "internship"});
        refused(kind, training()).invalid(&[("#/kind", "code")]);
    });
}

#[test]
fn a_patch_changes_what_it_names_and_keeps_the_rest() {
    each(|_, cast| {
        let posted = cast.post(&tig());
        let url = url(&posted);
        cast.host
            .write("PATCH", &url, "", &json!({}))
            .problem(428, "precondition-required");
        let same = cast.host.write("PATCH", &url, "*", &json!({})).json();
        assert_eq!(same, posted, "nothing was changed");
        let patch =
            json!({"title": "Autre", "street": null, "supervisor": {"phone": "05 36 49 00 00"}});
        let changed = cast.host.write("PATCH", &url, "*", &patch).json();
        assert_eq!(changed["title"], "Autre");
        assert!(changed.get("street").is_none());
        assert_eq!(changed["supervisor"]["email"], "equipe@hote.example");
        assert_eq!(changed["supervisor"]["phone"], "+33536490000");
        assert_eq!(changed["exclusions"], posted["exclusions"]);
        assert_eq!(changed["version"], 2);
        let refused = json!({"kind": "training"});
        let answer = cast.host.write("PATCH", &url, "*", &refused);
        assert_eq!(answer.status, 422);
        let refused = json!({"title": null, "version": 8, "partner": cast.partner});
        cast.host.write("PATCH", &url, "*", &refused).invalid(&[
            ("#/partner", "read_only"),
            ("#/title", "null"),
            ("#/version", "read_only"),
        ]);
        let filed = cast
            .host
            .write("PATCH", &url, "*", &json!({"submit": true}))
            .json();
        assert_eq!(filed["status"]["code"], "requested");
    });
}

#[test]
fn what_the_list_registers_is_decided_again_and_shown_as_it_was_until_then() {
    each(|_, cast| {
        let url = cast.registered(&tig());
        let patch = json!({"title": "Entretien du parc", "places": 4, "field": "cleaning"});
        let changed = cast.host.write("PATCH", &url, "*", &patch).json();
        assert_eq!(changed["status"]["code"], "registered");
        assert_eq!(changed["title"], "Entretien du parc");
        assert_eq!(changed["places"], 2);
        assert_eq!(changed["revision"]["places"], 4);
        assert_eq!(changed["revision"]["field"]["code"], "cleaning");
        cast.opine(&url, "registration");
        let registered = done(&cast.probation, &url, "register", &super::decision());
        assert_eq!(registered["places"], 4);
        assert!(registered.get("revision").is_none());
    });
}

#[test]
fn what_its_author_withdraws_is_gone_with_its_history_until_it_is_revived() {
    each(|_, cast| {
        let url = cast.published();
        cast.host
            .write("DELETE", &url, "", &Value::Null)
            .problem(428, "precondition-required");
        let withdrawn = cast.host.write("DELETE", &url, "*", &Value::Null);
        assert_eq!(withdrawn.status, 204);
        let gone = cast.host.get(&url).problem(410, "gone");
        let history = gone["history"].as_array().unwrap();
        let types: Vec<&str> = history
            .iter()
            .map(|it| it["type"].as_str().unwrap())
            .collect();
        let expected = [
            "offer.created",
            "offer.submitted",
            "offer.published",
            "offer.withdrawn",
        ];
        assert_eq!(types, expected);
        assert!(history.iter().all(|it| it.get("grounds").is_none()));
        cast.host
            .write("DELETE", &url, "*", &Value::Null)
            .problem(410, "gone");
        cast.host
            .write("PATCH", &url, "*", &json!({}))
            .problem(410, "gone");
        moved(&cast.host, &url, "close", &json!({})).problem(410, "gone");
        let over = json!({"ends_on": "2020-01-01"});
        moved(&cast.host, &url, "revive", &over).invalid(&[("#/ends_on", "order")]);
        let revived = done(&cast.host, &url, "revive", &json!({}));
        assert_eq!(revived["status"]["code"], "published");
        moved(&cast.host, &url, "revive", &json!({})).problem(409, "transition-not-allowed");

        let post = cast.registered(&tig());
        assert_eq!(
            cast.host.write("DELETE", &post, "*", &Value::Null).status,
            204
        );
        let kept = cast.probation.get(&post).json();
        assert_eq!(kept["status"]["code"], "suspended", "it stays on the list");
        done(&cast.host, &post, "resume", &json!({}));
    });
}

#[test]
fn a_reference_is_of_one_offer() {
    each(|_, cast| {
        let mut offer = tig();
        offer["reference"] = json!("TIG-1");
        let first = cast.post(&offer);
        assert_eq!(first["reference"], "TIG-1");
        let taken = cast.host.write("POST", "/v1/offers", "", &offer);
        let problem = taken.problem(409, "reference-taken");
        assert_eq!(problem["offer"]["id"], first["id"]);
        let sent = offer.to_string();
        offer["reference"] = json!("TIG-2");
        let other = offer.to_string();
        let again = cast.host.post("/v1/offers", "key", &other);
        assert_eq!(again.status, 201, "{}", again.text());
        assert_eq!(cast.host.post("/v1/offers", "key", &other).body, again.body);
        cast.host
            .post("/v1/offers", "key", &sent)
            .problem(422, "idempotency-key-reused");
    });
}
