//! Partners: public cards that everybody searches, records that some read and write.

mod cards;
mod perimeters;
mod search;
mod writes;

use serde_json::{Value, json};

use crate::support::{Client, Server};

/// The scopes of an agency that writes partners and reads their records.
const AGENCY: &str = "partners:write,partners:read-restricted";

/// The items of a list.
#[track_caller]
fn items(server: &Server, query: &str) -> Vec<Value> {
    let list = server
        .get(&format!("/v1/partners?limit=100&{query}"))
        .json();
    list["items"].as_array().unwrap().clone()
}

/// The names, sorted.
fn names(items: &[Value]) -> Vec<String> {
    let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
    let mut names: Vec<String> = items.iter().map(name).collect();
    names.sort();
    names
}

/// An association in Bordeaux, with all that can be told of one.
pub(crate) fn association() -> Value {
    json!({
        "name": "Association fictive Quetsche",
        "kind": "association",
        "roles": ["tig_host"],
        "host_kind": "association",
        "siret": "00000001800010",
        "rna": "W000000001",
        "legal_category": "9220",
        "address": {"commune": "33063", "street": "2 place du Jardin", "postcode": "33000"},
        "contacts": [{
            "function": "Référent de l'accueil",
            "service_name": "Accueil",
            "email": "accueil@quetsche.example",
            "phone": "05 36 49 00 01",
        }],
    })
}

/// A company in Lyon, with what it must tell.
fn company() -> Value {
    json!({
        "name": "Entreprise fictive Prunelle",
        "kind": "company",
        "siret": "00000003400017",
        "address": {"commune": "69123"},
    })
}

/// Adds a partner, and gives it as it is answered.
#[track_caller]
pub(crate) fn add(client: &Client<'_>, partner: &Value) -> Value {
    let added = client.write("POST", "/v1/partners", "", partner);
    assert_eq!(added.status, 201, "{}", added.text());
    serde_json::from_slice(&added.body).unwrap()
}
