//! Whether an offer is shown, and who may ask.

use domain::{
    changes::EventType,
    kernel::{Id, Record},
    offers::{Keeper, Life, Offer},
};
use uuid::Uuid;

use super::{first, keep, kept, now};
use crate::support::{Client, Parts, Server, each_engine, on};

#[test]
fn a_shown_offer_says_since_when_and_until_when() {
    on(Parts::Demo, |server| {
        for kind in ["tig", "employment", "training"] {
            let offer = first(server, &format!("kind={kind}&permanent=false"));
            let url = offer["url"].as_str().unwrap();
            let told = server.get(&format!("{url}/publication"));
            let again = [("If-None-Match", told.header("etag"))];
            let known = server.get_with(&format!("{url}/publication"), &again);
            assert_eq!(known.status, 304);
            let told = told.json();
            assert_eq!(told["visible"], true, "{told}");
            assert_eq!(told["url"], offer["url"]);
            assert_eq!(told["reasons"].as_array().unwrap().len(), 0);
            assert_eq!(told["commune"], offer["commune"]);
            assert!(told["until"].as_str() <= offer["ends_on"].as_str());
            assert!(told["since"].as_str() <= Some("2026-07-01"), "{told}");
            assert_eq!(told["history"].as_array().unwrap().len(), 3);
            assert_eq!(told["source"]["licence"], "Licence Ouverte 2.0");
        }
        server
            .get("/v1/offers/0193a000-0000-7000-8000-00000000dead/publication")
            .problem(404, "not-found");
    });
}

/// A draft of the partner of a shown offer.
fn draft(server: &Server, shown: &str) -> Offer {
    let like = kept(server, shown);
    let at = now();
    let keeper = Keeper::new(like.keeper().partner(), None, true).unwrap();
    let id = Id::new(Uuid::from_u128(0x0193_a000_0000_7000_8000_0000_0000_0d0d));
    let content = like.content().clone();
    Offer::restore(id, Record::created(at), keeper, content, Life::draft(at)).unwrap()
}

#[test]
fn a_draft_is_known_to_its_perimeter_alone_and_that_is_written_down() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let shown = first(&server, "kind=tig&departement=33");
        let draft = draft(&server, shown["id"].as_str().unwrap());
        keep(&server, &draft, EventType::OfferCreated, now());
        let path = format!("/v1/offers/{}/publication", draft.id);
        let scope = "offers:read-restricted";
        let own = Client::new(&server, "probation", "departements=33", scope);
        let other = Client::new(&server, "probation", "departements=59", scope);
        server.get(&path).problem(404, "not-found");
        other.get(&path).problem(404, "not-found");
        let told = own.get(&path);
        assert_eq!(told.header("cache-control"), "private, no-cache");
        assert_eq!(told.json()["reasons"][0]["code"], "draft");
        server
            .get(&format!("/v1/offers/{}", draft.id))
            .problem(404, "not-found");
        let agency = Client::new(&server, "agency", "", "audit:read");
        let journal = agency.get(&format!(
            "/v1/audit?resource=offer&resource_id={}&action=read",
            draft.id
        ));
        assert_eq!(
            journal.json()["items"].as_array().unwrap().len(),
            1,
            "{}",
            journal.text()
        );
    });
}
