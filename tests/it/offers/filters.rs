//! Every filter answers what it says: held against a scan of the export.

use serde_json::Value;

use super::{codes, exported, ids};
use crate::support::{Parts, Server, on};

/// A filter answers exactly the offers that meet a condition told in the words of the card.
#[track_caller]
fn filters_by(server: &Server, all: &[Value], query: &str, meets: impl Fn(&Value) -> bool) {
    let expected: Vec<Value> = all.iter().filter(|card| meets(card)).cloned().collect();
    let some = !expected.is_empty() && expected.len() < all.len();
    assert!(
        some,
        "{query}: the test proves nothing, {} of {}",
        expected.len(),
        all.len()
    );
    let found = server.walk(&format!("/v1/offers?limit=100&{query}"));
    assert_eq!(ids(&found), ids(&expected), "{query}");
}

/// Whether a field has one of these codes.
fn any(card: &Value, field: &str, wanted: &[&str]) -> bool {
    codes(&card[field]).iter().any(|code| wanted.contains(code))
}

/// Whether a field has all of these codes.
fn all_of(card: &Value, field: &str, wanted: &[&str]) -> bool {
    wanted.iter().all(|code| codes(&card[field]).contains(code))
}

fn number(card: &Value, field: &str) -> Option<f64> {
    card[field].as_f64()
}

#[test]
fn lists_of_codes_mean_any_of_them() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        let by = |query: &str, field: &str, wanted: &[&str]| {
            filters_by(server, &all, query, |card| any(card, field, wanted));
        };
        by("kind=tig,training", "kind", &["tig", "training"]);
        by(
            "field=green_spaces,cleaning",
            "field",
            &["green_spaces", "cleaning"],
        );
        by(
            "activity=packaging,laundry,joinery",
            "activity",
            &["packaging", "laundry", "joinery"],
        );
        by("form=individual", "form", &["individual"]);
        by("measure=tnr", "measures", &["tnr"]);
        by("audience=minors_16_17", "audiences", &["minors_16_17"]);
        by("slot=evening,sunday", "slots", &["evening", "sunday"]);
        by(
            "host_kind=ess_statutory,association",
            "host_kind",
            &["ess_statutory", "association"],
        );
        by("regime=concession", "regime", &["concession"]);
        by("contract_kind=fixed_term", "contract_kind", &["fixed_term"]);
        by(
            "direction=outre_mer,lyon",
            "direction",
            &["outre_mer", "lyon"],
        );
        by("departement=33,974,59", "departement", &["33", "974", "59"]);
        by("region=11,75", "region", &["11", "75"]);
    });
}

#[test]
fn all_of_them_means_all() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        let by = |query: &str, field: &str, wanted: &[&str]| {
            filters_by(server, &all, query, |card| all_of(card, field, wanted));
        };
        by("measure_all=tig,tnr", "measures", &["tig", "tnr"]);
        by(
            "audience_all=adults,minors_16_17",
            "audiences",
            &["adults", "minors_16_17"],
        );
        by(
            "slot_all=weekday,saturday",
            "slots",
            &["weekday", "saturday"],
        );
    });
}

#[test]
fn what_an_offer_does_not_have_never_satisfies_a_filter_on_it() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        for field in [
            "step_free",
            "licence_needed",
            "vehicle_needed",
            "particular_risks",
            "care_establishment",
            "permanent",
        ] {
            for value in [true, false] {
                filters_by(server, &all, &format!("{field}={value}"), |card| {
                    card[field] == value
                });
            }
        }
        let at_most = |most: f64| {
            move |card: &Value| number(card, "transport_m").is_some_and(|metres| metres <= most)
        };
        filters_by(server, &all, "max_transport_m=500", at_most(500.0));
        filters_by(server, &all, "min_places=3", |card| {
            number(card, "places_left") >= Some(3.0)
        });
        filters_by(server, &all, "min_hours=10&max_hours=20.5", |card| {
            number(card, "hours_per_week").is_some_and(|hours| (10.0..=20.5).contains(&hours))
        });
        filters_by(server, &all, "max_hours=7", |card| {
            number(card, "hours_per_week").is_some_and(|hours| hours <= 7.0)
        });
    });
}

#[test]
fn days_are_compared_as_the_contract_says() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        let text = |card: &Value, field: &str| card[field].as_str().map(str::to_owned);
        filters_by(server, &all, "available_from=2030-01-01", |card| {
            text(card, "ends_on").is_none_or(|day| day.as_str() >= "2030-01-01")
        });
        filters_by(server, &all, "available_until=2026-03-01", |card| {
            text(card, "starts_on").is_none_or(|day| day.as_str() <= "2026-03-01")
        });
    });
}

#[test]
fn partners_establishments_and_occupations_are_found_by_what_names_them() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        let named = all.iter().find(|card| card["partner"].is_object()).unwrap();
        let partner = named["partner"]["id"].as_str().unwrap();
        filters_by(server, &all, &format!("partner={partner}"), |card| {
            card["partner"]["id"] == partner
        });
        let inside = all
            .iter()
            .find(|it| it["establishment"].is_object())
            .unwrap();
        let prison = &inside["establishment"];
        let (id, slug) = (
            prison["id"].as_str().unwrap(),
            prison["slug"].as_str().unwrap(),
        );
        for name in [id, slug] {
            filters_by(server, &all, &format!("establishment={name}"), |card| {
                card["establishment"]["id"] == id
            });
        }
        filters_by(server, &all, "rome=H2206,K2204", |card| {
            let own = &card["rome"];
            let has = |code: &str| {
                own == code
                    || own
                        .as_array()
                        .is_some_and(|all| all.iter().any(|it| it == code))
            };
            has("H2206") || has("K2204")
        });
        for (query, parameter, code) in [
            ("partner=nobody", "partner", "format"),
            ("establishment=nowhere", "establishment", "code"),
            ("rome=2206", "rome", "format"),
            ("min_hours=8&max_hours=7", "max_hours", "order"),
            ("min_places=0", "min_places", "range"),
            ("max_hours=49", "max_hours", "range"),
            ("available_from=tomorrow", "available_from", "type"),
            ("sort=name", "sort", "code"),
            ("sort=distance", "sort", "inconsistent"),
        ] {
            let refused = server
                .get(&format!("/v1/offers?{query}"))
                .refused("invalid-parameter");
            assert_eq!(
                refused,
                [(parameter.to_owned(), code.to_owned())],
                "{query}"
            );
        }
        for unknown in ["status=draft", "diffusion=public"] {
            server
                .get(&format!("/v1/offers?{unknown}"))
                .refused("unknown-parameter");
        }
    });
}

#[test]
fn words_are_looked_for_in_titles_labels_hosts_communes_and_descriptions() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        filters_by(server, &all, "q=formation+fictive", |card| {
            card["kind"]["code"] == "training"
        });
        filters_by(server, &all, "q=mairie+exemple", |card| {
            let name = card["partner"]["name"].as_str();
            name.is_some_and(|name| name.contains("Mairie"))
        });
        let found = server.get("/v1/offers?q=jardin&kind=tig&limit=100").json();
        let titles: Vec<&str> = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["title"].as_str().unwrap())
            .collect();
        assert!(titles[0].contains("jardin"), "{titles:?}");
    });
}

#[test]
fn orders_are_kept_and_what_has_no_value_comes_last() {
    on(Parts::Demo, |server| {
        let told = |query: &str, field: &str| -> Vec<Value> {
            let all = server.walk(&format!("/v1/offers?limit=100&{query}"));
            all.into_iter().map(|mut it| it[field].take()).collect()
        };
        let published = told("", "published_at");
        assert!(published.is_sorted_by(|a, b| a.as_str() >= b.as_str()));
        assert_eq!(told("sort=-published_at", "published_at"), published);
        let places = told("sort=-places_left", "places_left");
        assert!(places.is_sorted_by(|a, b| a.as_u64() >= b.as_u64()));
        let starts = told("sort=starts_on", "starts_on");
        let known: Vec<&str> = starts.iter().map_while(Value::as_str).collect();
        assert!(!known.is_empty() && known.is_sorted());
        assert!(starts[known.len()..].iter().all(Value::is_null));
        let near = told("near_commune=75056&radius_km=100", "distance_km");
        assert!(near.len() > 10 && near.is_sorted_by(|a, b| a.as_f64() <= b.as_f64()));
    });
}
