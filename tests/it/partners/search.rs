//! Finding partners: the same questions as for establishments, and their own.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{items, names};
use crate::support::{Parts, Server, on};

/// A filter answers exactly the cards that meet a condition told in the words of the card.
#[track_caller]
fn filters_by(server: &Server, query: &str, meets: impl Fn(&Value) -> bool) {
    let all = items(server, "");
    let expected: Vec<Value> = all.iter().filter(|card| meets(card)).cloned().collect();
    let some = !expected.is_empty() && expected.len() < all.len();
    assert!(some, "{query}: the test proves nothing");
    assert_eq!(names(&items(server, query)), names(&expected), "{query}");
}

/// Whether a card has one of these roles.
fn does(card: &Value, roles: &[&str]) -> bool {
    let own = card["roles"].as_array().unwrap();
    own.iter()
        .any(|role| roles.contains(&role["code"].as_str().unwrap()))
}

#[test]
fn each_filter_answers_what_it_says() {
    on(Parts::Demo, |server| {
        filters_by(server, "kind=association,foundation", |card| {
            ["association", "foundation"].contains(&card["kind"]["code"].as_str().unwrap())
        });
        filters_by(server, "role=training_body,riep_customer", |card| {
            does(card, &["training_body", "riep_customer"])
        });
        filters_by(server, "legal_category=9220,7210", |card| {
            card["legal_category"]["code"] == "9220" || card["legal_category"]["code"] == "7210"
        });
        filters_by(server, "legal_level=7", |card| {
            card["legal_level"]["code"] == "7"
        });
        filters_by(server, "departement=33,974", |card| {
            ["33", "974"].contains(&card["address"]["departement"]["code"].as_str().unwrap())
        });
        filters_by(server, "region=75", |card| {
            card["address"]["region"]["code"] == "75"
        });
        filters_by(server, "direction=outre_mer", |card| {
            card["direction"]["code"] == "outre_mer"
        });
        filters_by(server, "commune=33063", |card| {
            card["address"]["commune"]["code"] == "33063"
        });
        filters_by(server, "q=fictive+jardin", |card| {
            card["name"].as_str().unwrap().contains("Jardin")
        });
        filters_by(server, "q=gironde&role=work_principal", |card| {
            card["address"]["departement"]["code"] == "33" && does(card, &["work_principal"])
        });
    });
}

#[test]
fn a_partner_is_found_by_its_numbers_exactly() {
    on(Parts::Demo, |server| {
        let jardin = ["Association fictive du Jardin d'Exemple"];
        for query in [
            "siret=00000001800010",
            "siret=000+000+018+00010",
            "siren=000000018",
            "rna=W000000001",
        ] {
            assert_eq!(names(&items(server, query)), jardin, "{query}");
        }
        assert_eq!(items(server, "siren=000000133"), Vec::<Value>::new());
        for (query, parameter, code) in [
            ("siret=00000001800011", "siret", "format"),
            ("siren=00000001", "siren", "format"),
            ("rna=W1", "rna", "format"),
            ("legal_category=9999", "legal_category", "code"),
            ("kind=prison", "kind", "code"),
            ("sort=-name", "sort", "code"),
            ("sort=distance", "sort", "inconsistent"),
        ] {
            let refused = server
                .get(&format!("/v1/partners?{query}"))
                .refused("invalid-parameter");
            assert_eq!(
                refused,
                [(parameter.to_owned(), code.to_owned())],
                "{query}"
            );
        }
        server
            .get("/v1/partners?management=public")
            .refused("unknown-parameter");
    });
}

#[test]
fn near_a_place_the_nearest_comes_first_and_what_has_no_place_is_left_out() {
    on(Parts::Demo, |server| {
        let near = items(server, "near_commune=33063&radius_km=500");
        let distances: Vec<f64> = near
            .iter()
            .map(|card| card["distance_km"].as_f64().unwrap())
            .collect();
        assert!(
            distances.len() > 4 && distances.is_sorted(),
            "{distances:?}"
        );
        assert!(distances[0] < 0.001, "in the centre of its own commune");
        let boxed = items(server, "bbox=165,-23,170,-19");
        assert_eq!(boxed, Vec::<Value>::new());
        let caledonian = &items(server, "departement=988")[0];
        assert!(caledonian.get("position").is_none(), "{caledonian}");
    });
}

#[test]
fn facets_count_exactly_and_ignore_their_own_filter() {
    on(Parts::Demo, |server| {
        let all = items(server, "");
        let list = server
            .get("/v1/partners?limit=1&facets=kind,role,direction,region,departement,legal_level&kind=association")
            .json();
        let counted = |name: &str, values: &mut dyn Iterator<Item = String>| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            values.for_each(|value| *counts.entry(value).or_default() += 1);
            let told = list["facets"][name].as_array().unwrap();
            let told = told.iter().map(|value| {
                let code = value["code"].as_str().unwrap().to_owned();
                (code, value["count"].as_u64().unwrap())
            });
            assert_eq!(told.collect::<BTreeMap<_, _>>(), counts, "{name}");
        };
        let text = |card: &Value, pointer: &str| Some(card.pointer(pointer)?.as_str()?.to_owned());
        counted(
            "kind",
            &mut all.iter().filter_map(|card| text(card, "/kind/code")),
        );
        let associations = items(server, "kind=association");
        for (name, pointer) in [
            ("direction", "/direction/code"),
            ("region", "/address/region/code"),
            ("departement", "/address/departement/code"),
            ("legal_level", "/legal_level/code"),
        ] {
            counted(
                name,
                &mut associations.iter().filter_map(|card| text(card, pointer)),
            );
        }
        let roles = associations
            .iter()
            .flat_map(|card| card["roles"].as_array().unwrap());
        counted("role", &mut roles.filter_map(|role| text(role, "/code")));
        let level = &list["facets"]["legal_level"][0];
        assert_eq!(level["label"], "Groupement de droit privé");
    });
}

#[test]
fn pages_follow_one_another_and_end() {
    on(Parts::Demo, |server| {
        let all = server.walk("/v1/partners?limit=5");
        assert_eq!(names(&all), names(&items(server, "")));
        let by_name: Vec<String> = all
            .iter()
            .map(|card| card["name"].as_str().unwrap().to_owned())
            .collect();
        let mut sorted = by_name.clone();
        sorted.sort_by_key(|name| search_key(name));
        assert_eq!(by_name, sorted, "by name unless asked otherwise");
    });
}

/// A name as it is sorted: case and accents do not count.
fn search_key(name: &str) -> String {
    let folded = name.to_lowercase();
    let accents = [("é", "e"), ("è", "e"), ("à", "a"), ("î", "i"), ("ô", "o")];
    accents
        .iter()
        .fold(folded, |text, (from, to)| text.replace(from, to))
}
