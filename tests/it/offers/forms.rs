//! An offer in each of its forms.

use serde_json::Value;

use super::{exported, first, ids};
use crate::support::{Parts, on};

#[test]
fn a_list_an_export_and_a_card_say_the_same() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        let listed = server.walk("/v1/offers?limit=100");
        assert_eq!(ids(&listed), ids(&all));
        for kind in ["tig", "employment", "training"] {
            let item = first(server, &format!("kind={kind}"));
            assert!(all.contains(&item), "{kind}");
            let url = item["url"].as_str().unwrap();
            let card = server.get(url);
            assert!(card.header("etag").starts_with("\"v1."), "{kind}");
            assert!(card.header("cache-control").starts_with("public"), "{kind}");
            let again = server.get_with(url, &[("If-None-Match", card.header("etag"))]);
            assert_eq!(again.status, 304);
            let mut card = card.json();
            let source = card.as_object_mut().unwrap().remove("source").unwrap();
            assert_eq!(source["licence"], "Licence Ouverte 2.0");
            assert_eq!(card, item, "{kind}");
            assert_eq!(item["kind"]["code"], kind);
            assert_eq!(item["demo"], true);
        }
        for nothing in [
            "/v1/offers/0193a000-0000-7000-8000-00000000dead",
            "/v1/offers/nothing",
        ] {
            server.get(nothing).problem(404, "not-found");
        }
    });
}

#[test]
fn a_post_is_where_the_centre_of_its_commune_is_and_a_job_where_the_prison_is() {
    on(Parts::Demo, |server| {
        let all = exported(server);
        let of = |kind: &str| -> Vec<Value> {
            let own = all.iter().filter(|it| it["kind"]["code"] == kind);
            own.cloned().collect()
        };
        for post in of("tig") {
            let position = &post["position"];
            assert!(
                position.is_null() || position["precision"] == "commune",
                "{post}"
            );
        }
        for job in of("employment").iter().take(20) {
            let slug = job["establishment"]["slug"].as_str().unwrap();
            let prison = server.get(&format!("/v1/establishments/{slug}")).json();
            for axis in ["lat", "lon", "precision"] {
                assert_eq!(job["position"][axis], prison["position"][axis], "{slug}");
            }
        }
        let overseas = server.walk("/v1/offers?limit=100&direction=outre_mer");
        assert!(!overseas.is_empty());
    });
}

#[test]
fn what_few_may_know_of_a_post_is_told_to_nobody_else() {
    on(Parts::Demo, |server| {
        for path in [
            "/v1/offers?limit=100&kind=tig",
            "/v1/offers?limit=100&format=csv&kind=tig",
            "/v1/offers?limit=100&format=geojson&kind=tig",
            "/v1/offers/export",
            "/v1/offers/export?format=csv",
            "/v1/offers/export?format=geojson",
        ] {
            let answer = server.get(path);
            assert_eq!(answer.status, 200, "{path}");
            for restricted in ["demo.example", "Encadrant", "Exclusion fictive", "street"] {
                assert!(!answer.text().contains(restricted), "{path}: {restricted}");
            }
        }
        assert_eq!(server.get("/v1/offers?q=encadrant").json()["total"], 0);
        // A private host is named when it agreed, and is not found by its name otherwise.
        let posts = server.walk("/v1/offers?limit=100&host_kind=ess_statutory");
        let named = posts.iter().filter(|it| it["partner"].is_object()).count();
        assert!(
            (1..posts.len()).contains(&named),
            "{named} of {}",
            posts.len()
        );
        let found = server.walk("/v1/offers?limit=100&host_kind=ess_statutory&q=fondation");
        assert_eq!(found.len(), named);
    });
}

#[test]
fn a_page_of_csv_and_a_map_say_what_the_items_do() {
    on(Parts::Demo, |server| {
        let query = "limit=100&kind=tig&departement=59";
        let items = server.get(&format!("/v1/offers?{query}")).json();
        let map = server.get(&format!("/v1/offers?{query}&format=geojson"));
        assert_eq!(map.header("content-type"), "application/geo+json");
        let map: Value = serde_json::from_str(map.text()).unwrap();
        let table = server.get(&format!("/v1/offers?{query}&format=csv"));
        let rows: Vec<&str> = table.text().split("\r\n").collect();
        let total = items["total"].as_u64().unwrap();
        assert_eq!(map["total"], total);
        assert_eq!(table.header("total-count"), total.to_string());
        assert!(rows[0].starts_with("id,title,description,kind,"));
        for (i, item) in items["items"].as_array().unwrap().iter().enumerate() {
            let feature = &map["features"][i];
            assert_eq!(feature["id"], item["id"]);
            let flat = &feature["properties"];
            assert_eq!(flat["title"], item["title"]);
            assert_eq!(flat["field"], item["field"]["code"]);
            assert_eq!(flat["places_left"], item["places_left"]);
            assert_eq!(
                feature["geometry"]["coordinates"][0],
                item["position"]["lon"]
            );
            assert!(rows[i + 1].starts_with(item["id"].as_str().unwrap()));
        }
    });
}
