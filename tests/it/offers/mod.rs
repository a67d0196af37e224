//! Offers: posted by their partners, decided by the authorities, found by everybody as far as each
//! sees.

mod batch;
mod by_reference;
mod changes;
mod checks;
mod expiring;
mod facets;
mod filters;
mod following;
mod forms;
mod hosts;
mod moves;
mod own;
mod perimeters;
mod publication;
mod syncs;
mod views;
mod writes;

use std::collections::BTreeSet;

use api::kernel::clock::SystemClock;
use chrono::{DateTime, Utc};
use domain::{
    changes::EventType,
    kernel::{Clock, Id},
    offers::Offer,
};
use persistence::offers;
use serde_json::{Value, json};

use crate::{
    holds::service,
    support::{Answer, Client, Server, made, made_as, seconds_from_now},
};

/// The instant, by the clock of the machine.
pub(crate) fn now() -> DateTime<Utc> {
    SystemClock.now()
}

/// What a client of a partner may do with its offers.
const HOST: &str = "offers:write,offers:read-restricted";
/// What an authority may.
const AUTHORITY: &str = "offers:instruct,offers:write,offers:read-restricted";

/// A partner that hosts by right in Bordeaux, and those who have to do with its offers.
pub(crate) struct Cast<'s> {
    pub(crate) agency: Client<'s>,
    pub(crate) partner: String,
    pub(crate) host: Client<'s>,
    pub(crate) probation: Client<'s>,
    /// A service that keeps places of posts.
    pub(crate) holder: Client<'s>,
    pub(crate) prosecutor: Client<'s>,
    pub(crate) judge: Client<'s>,
}

impl<'s> Cast<'s> {
    #[track_caller]
    pub(crate) fn new(server: &'s Server) -> Self {
        Self::at(server, "33063", "33")
    }

    /// The same in another commune, of a département.
    #[track_caller]
    pub(crate) fn at(server: &'s Server, commune: &str, departement: &str) -> Self {
        let there = format!("departements={departement}");
        let agency = Client::new(
            server,
            "agency",
            "",
            "partners:write,offers:write,offers:read-restricted,offers:moderate,offers:instruct",
        );
        let partner = added(&agency, &public_body(commune));
        let judge = ("magistrate", "enforcement_judge", there.as_str());
        Self {
            host: Client::new(server, "partner", &format!("partner={partner}"), HOST),
            probation: Client::new(server, "probation", &there, AUTHORITY),
            holder: service(server),
            prosecutor: Client::new(
                server,
                "magistrate",
                &there,
                "offers:opine,offers:read-restricted",
            ),
            judge: Client::of(server, &made_as(server, judge, "offers:opine")),
            agency,
            partner,
        }
    }

    /// A new post of the host, as it is answered.
    #[track_caller]
    pub(crate) fn post(&self, offer: &Value) -> Value {
        let posted = self.host.write("POST", "/v1/offers", "", offer);
        assert_eq!(posted.status, 201, "{}", posted.text());
        serde_json::from_slice(&posted.body).unwrap()
    }

    /// A post on which both opinions are given.
    #[track_caller]
    pub(crate) fn opined(&self, offer: &Value) -> String {
        let mut filed = offer.clone();
        filed["submit"] = json!(true);
        let url = url(&self.post(&filed));
        self.opine(&url, "registration");
        url
    }

    /// Asks for both opinions and gives them.
    #[track_caller]
    pub(crate) fn opine(&self, url: &str, about: &str) {
        for (giver, client) in [
            ("prosecutor", &self.prosecutor),
            ("enforcement_judge", &self.judge),
        ] {
            let asked = json!({"giver": giver, "requested_on": today(), "about": about});
            done(&self.probation, url, "request-opinion", &asked);
            let given = json!({"giver": giver, "outcome": "favourable", "given_on": today()});
            let answer = client.write("POST", &format!("{url}/give-opinion"), "", &given);
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
    }

    /// A post that is registered.
    #[track_caller]
    pub(crate) fn registered(&self, offer: &Value) -> String {
        let url = self.opined(offer);
        done(&self.probation, &url, "register", &decision());
        url
    }

    /// A job that is published.
    #[track_caller]
    pub(crate) fn published(&self) -> String {
        let mut job = job();
        job["submit"] = json!(true);
        let url = url(&self.post(&job));
        done(&self.agency, &url, "publish", &json!({}));
        url
    }
}

/// Makes a move that is made.
#[track_caller]
pub(crate) fn done(client: &Client<'_>, url: &str, verb: &str, body: &Value) -> Value {
    let answer = moved(client, url, verb, body);
    assert_eq!(answer.status, 200, "{verb}: {}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// Asks for a move, whatever the version.
#[track_caller]
pub(crate) fn moved(client: &Client<'_>, url: &str, verb: &str, body: &Value) -> Answer {
    client.write("POST", &format!("{url}/{verb}"), "*", body)
}

/// Where an offer, or what hangs on one, is read: the address without its host.
pub(crate) fn url(offer: &Value) -> String {
    path(offer["url"].as_str().unwrap()).to_owned()
}

/// An address without its host, which of a node is not the one where it is reached.
pub(crate) fn path(url: &str) -> &str {
    let (host, _) = url.split_once("/v1/").unwrap();
    url.strip_prefix(host).unwrap()
}

/// The id of a new partner.
#[track_caller]
pub(crate) fn added(agency: &Client<'_>, partner: &Value) -> String {
    let added = agency.write("POST", "/v1/partners", "", partner);
    assert_eq!(added.status, 201, "{}", added.text());
    let added: Value = serde_json::from_slice(&added.body).unwrap();
    added["id"].as_str().unwrap().to_owned()
}

/// A body of public law, which hosts without a habilitation.
pub(crate) fn public_body(commune: &str) -> Value {
    json!({
        "name": "Service fictif des espaces verts",
        "kind": "state_service",
        "roles": ["tig_host"],
        "host_kind": "public_body",
        "address": {"commune": commune},
    })
}

/// A post for adults in Bordeaux.
pub(crate) fn tig() -> Value {
    json!({
        "kind": "tig",
        "title": "Entretien des espaces verts",
        "description": "Tonte, taille et désherbage des parcs.",
        "commune": "33063",
        "street": "1 rue de l'Essai",
        "position": {"lat": 44.86, "lon": -0.58},
        "diffusion": "public",
        "permanent": true,
        "places": 2,
        "hours_per_week": 20,
        "measures": ["tig"],
        "form": "individual",
        "field": "green_spaces",
        "audiences": ["adults"],
        "slots": ["weekday"],
        "licence_needed": false,
        "vehicle_needed": false,
        "particular_risks": false,
        "care_establishment": false,
        "host_named": true,
        "supervisor": {"function": "Chef d'équipe", "email": "equipe@hote.example"},
        "exclusions": "Atteintes aux personnes vulnérables",
    })
}

/// A job in production, in the prison of Gradignan.
pub(crate) fn job() -> Value {
    json!({
        "kind": "employment",
        "title": "Conditionnement de cosmétiques",
        "description": "Mise en étui, étiquetage et palettisation.",
        "commune": "33192",
        "diffusion": "public",
        "ends_on": "2099-12-31",
        "places": 5,
        "hours_per_week": 25,
        "establishment": "cp-bordeaux-gradignan",
        "regime": "concession",
        "activity": "packaging",
        "rome": "H3301",
        "pay": {"class": "production", "smic_percent": 50},
        "contract_kind": "open_ended",
    })
}

/// A training in the region of Bordeaux.
pub(crate) fn training() -> Value {
    json!({
        "kind": "training",
        "title": "CAP Menuisier fabricant",
        "description": "Une année en atelier.",
        "commune": "33063",
        "diffusion": "public",
        "ends_on": "2099-12-31",
        "places": 12,
        "region": "75",
        "certification": {"title": "CAP Menuisier fabricant", "code": "RNCP37274"},
        "rome": ["H2206"],
        "session": {"starts_on": "2099-01-05", "ends_on": "2099-06-30"},
    })
}

/// A decision of today.
pub(crate) fn decision() -> Value {
    json!({
        "decided_on": today(),
        "signatory": {
            "first_name": "Camille",
            "last_name": "Exemple",
            "capacity": "Directrice du SPIP",
        },
    })
}

/// The same with a reason.
pub(crate) fn reasoned(reason: &str) -> Value {
    let mut decision = decision();
    decision["reasons"] = json!([reason]);
    decision["statement"] = json!("L'encadrement prévu ne suffit pas.");
    decision
}

/// The day in Paris.
pub(crate) fn today() -> String {
    let now = chrono::DateTime::from_timestamp(seconds_from_now(0), 0).unwrap();
    domain::kernel::civil_date(now).to_string()
}

/// A client of a role with these scopes, by the address of its token.
pub(crate) fn client<'s>(
    server: &'s Server,
    role: &str,
    perimeter: &str,
    scopes: &str,
) -> Client<'s> {
    Client::of(server, &made(server, role, perimeter, scopes))
}

/// Every offer that everybody finds, as the export tells it.
#[track_caller]
fn exported(server: &Server) -> Vec<Value> {
    let export = server.get("/v1/offers/export");
    let lines = export.text().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The ids of offers.
fn ids(offers: &[Value]) -> BTreeSet<String> {
    let id = |offer: &Value| offer["id"].as_str().unwrap().to_owned();
    offers.iter().map(id).collect()
}

/// The codes of a list of coded values, or the one code.
fn codes(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values
            .iter()
            .filter_map(|value| value["code"].as_str())
            .collect(),
        value => value["code"].as_str().into_iter().collect(),
    }
}

/// The first offer of a kind that everybody finds.
#[track_caller]
fn first(server: &Server, query: &str) -> Value {
    let list = server
        .get(&format!("/v1/offers?limit=1&sort=title&{query}"))
        .json();
    list["items"][0].clone()
}

/// The offer of this id, as it is kept.
fn kept(server: &Server, id: &str) -> Offer {
    let id = Id::new(id.parse().unwrap());
    let found = server
        .db
        .db()
        .read_blocking(|conn| offers::find(conn, id))
        .unwrap();
    found.unwrap()
}

/// Keeps an offer by another process, as having lived through an event.
fn keep(server: &Server, offer: &Offer, event: EventType, at: DateTime<Utc>) {
    let actor = "cli:test".parse().unwrap();
    let saved = server
        .db
        .db()
        .write_blocking(|conn| offers::save(conn, offer, &[event], at, &actor));
    saved.unwrap();
}
