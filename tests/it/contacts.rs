//! Who to write to.

use serde_json::Value;

use crate::support::{Parts, Server, on};

fn roles(server: &Server, query: &str) -> Vec<String> {
    let list = server.get(&format!("/v1/contacts?{query}")).json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(list["total"], items.len());
    items
        .iter()
        .map(|item| item["role"]["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_agency_answers_when_nobody_nearer_does() {
    on(Parts::Real, |server| {
        let list = server
            .get("/v1/contacts?purpose=production&establishment=cp-bordeaux-gradignan")
            .json();
        let agency = list["items"].as_array().unwrap().last().unwrap();
        assert_eq!(agency["role"]["code"], "agency");
        assert_eq!(agency["reason"]["code"], "last_resort");
        assert_eq!(agency["email"], "travail-prison@justice.gouv.fr");
        assert!(agency["source"].as_str().unwrap().starts_with("http"));
    });
}

#[test]
fn the_establishment_answers_first_for_production() {
    on(Parts::Demo, |server| {
        let found = roles(
            server,
            "purpose=production&establishment=cp-bordeaux-gradignan",
        );
        assert_eq!(
            found.first().map(String::as_str),
            Some("local_work_lead"),
            "{found:?}"
        );
        assert_eq!(found.last().map(String::as_str), Some("agency"));
        let list = server
            .get("/v1/contacts?purpose=production&departement=33")
            .json();
        let first = &list["items"][0];
        assert_eq!(first["reason"]["code"], "same_departement");
        assert_eq!(first["demo"], true);
        let slug = first["establishment"]["slug"].as_str().unwrap();
        let sheet = server.get(&format!("/v1/establishments/{slug}")).json();
        assert_eq!(sheet["address"]["departement"]["code"], "33");
        let functional = |c: &Value| c.get("email").is_some() || c.get("phone").is_some();
        assert!(list["items"].as_array().unwrap().iter().all(functional));
    });
}

#[test]
fn the_referent_of_the_departement_answers_first_for_community_service() {
    on(Parts::Real, |server| {
        let by_commune = server.get("/v1/contacts?purpose=tig&commune=33063").json();
        assert_eq!(
            by_commune["items"][0]["email"],
            "referent.tig.33@justice.fr"
        );
        assert_eq!(
            by_commune["items"][0]["reason"]["code"],
            "departement_referent"
        );
        let by_departement = server.get("/v1/contacts?purpose=tig&departement=33").json();
        assert_eq!(by_commune["items"], by_departement["items"]);
        assert!(
            roles(server, "purpose=tig&departement=2A").is_empty(),
            "an address that nobody published is not made up"
        );
    });
}

#[test]
fn exactly_one_place_and_a_purpose() {
    on(Parts::Real, |server| {
        let refused = |query: &str| {
            server
                .get(&format!("/v1/contacts?{query}"))
                .refused("invalid-parameter")
        };
        let one = |name: &str, code: &str| vec![(name.to_owned(), code.to_owned())];
        assert_eq!(refused("departement=33"), one("purpose", "required"));
        assert_eq!(
            refused("purpose=production"),
            one("establishment", "inconsistent")
        );
        assert_eq!(
            refused("purpose=production&commune=33063&departement=33"),
            one("establishment", "inconsistent")
        );
        assert_eq!(
            refused("purpose=visit&departement=33"),
            one("purpose", "code")
        );
        assert_eq!(
            refused("purpose=production&departement=00"),
            one("departement", "code")
        );
        assert_eq!(
            refused("purpose=production&establishment=cp-nowhere"),
            one("establishment", "not_found")
        );
    });
}

#[test]
fn the_services_of_the_directorate_are_named_once_wherever_they_are_told() {
    on(Parts::Demo, |server| {
        // There is no prison in the département 46, and its directorate is known.
        for about in ["departement=46", "departement=31", "commune=31555"] {
            let list = server
                .get(&format!("/v1/contacts?purpose=production&{about}"))
                .json();
            let items = list["items"].as_array().unwrap();
            let directorate: Vec<&Value> = items
                .iter()
                .filter(|item| item["reason"]["code"] == "directorate")
                .collect();
            assert!(!directorate.is_empty(), "{about}: {list}");
            let mut named: Vec<String> = directorate
                .iter()
                .map(|item| format!("{}{}", item["role"]["code"], item["email"]))
                .collect();
            named.sort();
            let told = named.len();
            named.dedup();
            assert_eq!(named.len(), told, "{about}: each once");
            assert!(
                directorate
                    .iter()
                    .all(|item| item.get("establishment").is_none())
            );
        }
    });
}
