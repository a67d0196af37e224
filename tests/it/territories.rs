//! Regions, départements, communes, directorates.

use serde_json::{Value, json};

use crate::support::{Parts, on};

fn codes(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["code"].as_str().unwrap())
        .collect()
}

#[test]
fn every_territory_is_listed_by_its_code() {
    on(Parts::Real, |server| {
        for (name, count) in [("regions", 26), ("departements", 109), ("directions", 10)] {
            let list = server.walk(&format!("/v1/territories/{name}?limit=100"));
            assert_eq!(list.len(), count, "{name}");
            if name != "directions" {
                assert!(codes(&list).is_sorted(), "{name}");
            }
            for code in codes(&list) {
                let one = server.get(&format!("/v1/territories/{name}/{code}")).json();
                assert_eq!(one["code"], code, "{name}");
            }
        }
        server
            .get("/v1/territories/regions/00")
            .problem(404, "not-found");
        server
            .get("/v1/territories/departements/20")
            .problem(404, "not-found");
        server
            .get("/v1/territories/directions/brest")
            .problem(404, "not-found");
        server
            .get("/v1/territories/communes/00000")
            .problem(404, "not-found");
    });
}

#[test]
fn the_territory_of_a_directorate_follows_the_regions() {
    on(Parts::Real, |server| {
        let marseille = server.walk("/v1/territories/departements?direction=marseille&limit=100");
        let mut found = codes(&marseille);
        found.sort_unstable();
        assert_eq!(found, ["04", "05", "06", "13", "2A", "2B", "83", "84"]);
        let corsica = server.walk("/v1/territories/departements?region=94");
        assert_eq!(codes(&corsica), ["2A", "2B"]);
        let overseas = server.get("/v1/territories/directions/outre_mer").json();
        assert!(overseas.to_string().contains("988"), "{overseas}");
    });
}

#[test]
fn communes_are_found_as_one_types() {
    on(Parts::Real, |server| {
        let first = |q: &str| {
            let list = server
                .get(&format!("/v1/territories/communes?q={q}&limit=5"))
                .json();
            list["items"][0]["code"].as_str().map(str::to_owned)
        };
        assert_eq!(first("bord").as_deref(), Some("33063"));
        assert_eq!(first("saint-etienne").as_deref(), Some("42218"));
        assert_eq!(first("SAINT%20%C3%89tien").as_deref(), Some("42218"));
        assert_eq!(first("zzzz"), None);
        let by_postcode = server.walk("/v1/territories/communes?postcode=33170");
        assert_eq!(codes(&by_postcode), ["33192"]);
        let gironde = server.walk("/v1/territories/communes?departement=33&limit=100");
        assert!(gironde.len() > 500);
        assert!(gironde.iter().all(|c| c["departement"]["code"] == "33"));
    });
}

#[test]
fn a_commune_says_where_it_is() {
    on(Parts::Real, |server| {
        let bordeaux = server.get("/v1/territories/communes/33063").json();
        assert_eq!(bordeaux["name"], "Bordeaux");
        assert_eq!(
            bordeaux["departement"],
            json!({"code": "33", "name": "Gironde"})
        );
        assert_eq!(bordeaux["region"]["code"], "75");
        assert_eq!(bordeaux["direction"]["code"], "bordeaux");
        assert_eq!(bordeaux["centre"]["precision"], "commune");
        assert!(bordeaux["population"].as_u64() > Some(200_000));
        let arrondissement = server.get("/v1/territories/communes/75113").json();
        assert_eq!(
            arrondissement["parent"]
                .as_str()
                .or(arrondissement["parent"]["code"].as_str()),
            Some("75056")
        );
        let paris = server.get("/v1/territories/communes/75056").json();
        assert_eq!(arrondissement["centre"], paris["centre"]);
        let noumea = server.get("/v1/territories/communes/98818").json();
        assert!(noumea.get("centre").is_none());
    });
}

#[test]
fn a_filter_that_cannot_be_used_is_refused() {
    on(Parts::Real, |server| {
        let refused = |path: &str| {
            server
                .get(&format!("/v1/territories/{path}"))
                .refused("invalid-parameter")
        };
        assert_eq!(refused("communes?postcode=3317")[0].0, "postcode");
        assert_eq!(refused("communes?departement=33,00")[0].0, "departement");
        assert_eq!(refused("departements?direction=brest")[0].0, "direction");
        assert_eq!(refused("communes?q=")[0].0, "q");
        assert_eq!(refused("communes?q=-")[0].0, "q", "no word");
    });
}
