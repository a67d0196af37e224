//! Holds: places that services keep for cases, never more than there are.

mod events;
mod time;
mod together;
mod views;
mod writes;

use serde_json::{Value, json};

use crate::{
    offers::{Cast, tig},
    support::{Client, Server},
};

/// What a service that keeps places may do.
pub(crate) const HOLDER: &str = "holds:read,holds:write,offers:read-restricted";

/// A service of probation of Bordeaux that keeps places.
pub(crate) fn service(server: &Server) -> Client<'_> {
    Client::new(server, "probation", "departements=33", HOLDER)
}

/// A registered post of so many places.
#[track_caller]
pub(crate) fn post(cast: &Cast<'_>, places: u32) -> String {
    let mut offer = tig();
    offer["places"] = json!(places);
    cast.registered(&offer)
}

/// One place for a case.
pub(crate) fn one_place() -> Value {
    json!({
        "places": 1,
        "hours": 105,
        "starts_on": "2099-01-05",
        "framework": "tig_main_penalty",
        "case_reference": "2026/0042",
    })
}

/// A hold that is taken.
#[track_caller]
pub(crate) fn held(holder: &Client<'_>, post: &str, wanted: &Value) -> Value {
    let answer = holder.write("POST", &format!("{post}/holds"), "", wanted);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let hold: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(hold["url"], answer.header("location"));
    hold
}

/// The places of a post that are left, as everybody reads them.
#[track_caller]
pub(crate) fn places_left(server: &Server, post: &str) -> i64 {
    server.get(post).json()["places_left"].as_i64().unwrap()
}
