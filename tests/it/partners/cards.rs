//! The public card of a partner, in each of its forms.

use serde_json::Value;

use super::items;
use crate::support::{Parts, on};

#[test]
fn a_card_says_what_is_public_and_nothing_else() {
    on(Parts::Demo, |server| {
        let item = items(server, "siren=000000018")[0].clone();
        let mut card = server.get(item["url"].as_str().unwrap()).json();
        let source = card.as_object_mut().unwrap().remove("source").unwrap();
        assert_eq!(source["licence"], "Licence Ouverte 2.0");
        assert_eq!(card, item);
        assert_eq!(card["address"]["commune"]["name"], "Bordeaux");
        assert_eq!(card["position"]["precision"], "commune");
        assert_eq!(card["demo"], true);
        // The street and the mailbox of a fictitious partner, wherever they would be told.
        for path in [
            "/v1/partners?limit=100",
            "/v1/partners?format=csv",
            "/v1/partners?format=geojson",
            "/v1/partners/export?format=ndjson",
            item["url"].as_str().unwrap(),
        ] {
            let answer = server.get(path);
            assert_eq!(answer.status, 200, "{path}");
            for restricted in ["rue de l'Exemple", "demo.example", "contacts", "street"] {
                assert!(!answer.text().contains(restricted), "{path}: {restricted}");
            }
        }
        assert_eq!(items(server, "q=referent"), Vec::<Value>::new());
    });
}

#[test]
fn a_card_is_known_again_by_its_tag() {
    on(Parts::Demo, |server| {
        let url = items(server, "siren=000000018")[0]["url"].clone();
        let url = url.as_str().unwrap();
        let card = server.get(url);
        assert!(
            card.header("etag").starts_with("\"v1."),
            "{:?}",
            card.headers
        );
        assert!(card.header("cache-control").starts_with("public"));
        let again = server.get_with(url, &[("If-None-Match", card.header("etag"))]);
        assert_eq!(again.status, 304);
        for nothing in [
            "/v1/partners/0193a000-0000-7000-8000-00000000dead",
            "/v1/partners/nobody",
        ] {
            server.get(nothing).problem(404, "not-found");
        }
    });
}

#[test]
fn a_map_shows_the_centre_of_the_commune_or_no_point() {
    on(Parts::Demo, |server| {
        let features = |query: &str| {
            let answer = server.get(&format!("/v1/partners?format=geojson&limit=100&{query}"));
            let collection: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(collection["type"], "FeatureCollection");
            let features = collection["features"].as_array().unwrap().clone();
            assert_eq!(collection["total"], features.len());
            features
        };
        let bordeaux = &features("near_commune=33063&radius_km=1")[0];
        let item = &items(server, "commune=33063")[0];
        let point = &bordeaux["geometry"]["coordinates"];
        assert_eq!(point[0], item["position"]["lon"]);
        assert_eq!(point[1], item["position"]["lat"]);
        assert_eq!(bordeaux["properties"]["distance_km"], 0.0);
        assert_eq!(bordeaux["properties"]["roles"][0], "tig_host");
        let caledonian = &features("departement=988")[0];
        assert!(caledonian["geometry"].is_null(), "{caledonian}");
    });
}

#[test]
fn a_spreadsheet_has_a_row_a_partner() {
    on(Parts::Demo, |server| {
        let csv = server.get("/v1/partners/export?format=csv");
        let disposition = csv.header("content-disposition");
        assert_eq!(disposition, "attachment; filename=\"partners.csv\"");
        let mut reader = csv::Reader::from_reader(csv.body.as_slice());
        let headers = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), items(server, "").len());
        let cell = |row: &csv::StringRecord, name: &str| {
            let place = headers.iter().position(|header| header == name).unwrap();
            row[place].to_owned()
        };
        let jardin = rows
            .iter()
            .find(|row| cell(row, "siren") == "000000018")
            .unwrap();
        assert_eq!(cell(jardin, "roles"), "tig_host");
        assert_eq!(cell(jardin, "legal_category_label"), "Association déclarée");
        assert_eq!(cell(jardin, "commune_name"), "Bordeaux");
    });
}
