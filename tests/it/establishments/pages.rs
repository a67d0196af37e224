//! Pages and orders.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{all, items};
use crate::support::{Parts, on};

#[test]
fn pages_follow_one_another_in_every_order() {
    on(Parts::Demo, |server| {
        for query in [
            "",
            "sort=name",
            "sort=-production_area_m2",
            "sort=-available_area_m2",
            "q=centre&sort=relevance",
            "lat=48.85&lon=2.35&radius_km=500",
        ] {
            let mut address = format!("/v1/establishments?limit=7&{query}");
            let mut walked: Vec<Value> = Vec::new();
            loop {
                let answer = server.get(&address);
                let page = answer.json();
                assert!(page["items"].as_array().unwrap().len() <= 7);
                walked.extend(page["items"].as_array().unwrap().iter().cloned());
                let Some(next) = page["next"].as_str() else {
                    assert_eq!(answer.header("link"), "");
                    break;
                };
                assert!(
                    next.starts_with(&format!("{}/v1/establishments?", server.base)),
                    "{next}"
                );
                assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""));
                address = next.to_owned();
            }
            assert_eq!(walked, all(server, query), "{query}");
            let ids: BTreeSet<_> = walked.iter().map(|i| i["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), walked.len(), "{query}: no item twice");
        }
    });
}

#[test]
fn the_largest_comes_first_and_the_unknown_last() {
    on(Parts::Demo, |server| {
        for sort in ["production_area_m2", "available_area_m2"] {
            let found = all(server, &format!("sort=-{sort}"));
            let areas: Vec<Option<u64>> = found.iter().map(|i| i[sort].as_u64()).collect();
            assert!(areas.windows(2).all(|pair| pair[0] >= pair[1]), "{areas:?}");
            assert!(areas[0].is_some());
        }
    });
}

#[test]
fn a_limit_above_a_hundred_gives_a_hundred() {
    on(Parts::Real, |server| {
        for limit in ["101", "1000000"] {
            let page = server
                .get(&format!("/v1/establishments?limit={limit}"))
                .json();
            assert_eq!(page["items"].as_array().unwrap().len(), 100);
        }
        assert_eq!(
            server.get("/v1/establishments").json()["items"]
                .as_array()
                .unwrap()
                .len(),
            20
        );
        for (limit, code) in [
            ("0", "range"),
            ("1000001", "range"),
            ("ten", "type"),
            ("-1", "range"),
            ("1.5", "type"),
            ("%2B5", "type"),
        ] {
            let refused = server
                .get(&format!("/v1/establishments?limit={limit}"))
                .refused("invalid-parameter");
            assert_eq!(refused, [("limit".to_owned(), code.to_owned())], "{limit}");
        }
    });
}

#[test]
fn a_cursor_belongs_to_its_question() {
    on(Parts::Real, |server| {
        let page = server.get("/v1/establishments?limit=5&kind=ma").json();
        let next = page["next"].as_str().unwrap();
        let cursor = next.split("cursor=").nth(1).unwrap();
        server
            .get(&format!(
                "/v1/establishments?limit=5&kind=cp&cursor={cursor}"
            ))
            .problem(400, "cursor-mismatch");
        server
            .get(&format!(
                "/v1/establishments?limit=5&kind=ma&sort=-production_area_m2&cursor={cursor}"
            ))
            .problem(400, "cursor-mismatch");
        server
            .get(&format!(
                "/v1/establishments?limit=5&kind=ma&cursor=x{cursor}"
            ))
            .problem(400, "cursor-mismatch");
        server
            .get(&format!(
                "/v1/establishments/summary?kind=ma&cursor={cursor}"
            ))
            .problem(400, "unknown-parameter");
        let other_limit = server
            .get(&format!(
                "/v1/establishments?limit=9&kind=ma&cursor={cursor}"
            ))
            .json();
        assert_eq!(
            other_limit["items"].as_array().unwrap().len(),
            9,
            "the limit may change on the way"
        );
    });
}

#[test]
fn an_order_without_its_input_is_refused() {
    on(Parts::Real, |server| {
        for sort in ["distance", "relevance"] {
            let refused = server
                .get(&format!("/v1/establishments?sort={sort}"))
                .refused("invalid-parameter");
            assert_eq!(refused, [("sort".to_owned(), "inconsistent".to_owned())]);
        }
        let refused = server
            .get("/v1/establishments?sort=-name")
            .refused("invalid-parameter");
        assert_eq!(refused, [("sort".to_owned(), "code".to_owned())]);
    });
}

#[test]
fn with_a_point_the_default_order_is_the_distance_even_with_words() {
    on(Parts::Real, |server| {
        let point = "lat=48.85&lon=2.35&radius_km=500&q=centre";
        assert_eq!(
            items(server, point),
            items(server, &format!("{point}&sort=distance"))
        );
        let by_words = items(server, "q=centre");
        assert_eq!(by_words, items(server, "q=centre&sort=relevance"));
    });
}
