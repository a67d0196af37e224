//! Every read of the contract that needs a token leaves its entry, the day it appears.

use serde_json::Value;

use super::items;
use crate::{
    habilitations::examples,
    holds::{held, one_place, post, service},
    offers::{Cast, tig, url},
    partners,
    support::{Client, Parts, Server, each_engine, made, project_file},
};

/// Where an operation that needs a token reads something restricted; `None` when it does not.
fn restricted(operation: &str, server: &Server) -> Option<String> {
    match operation {
        // What reaches professionals or authorities is no restricted reading.
        "getOwnClient" | "listChanges" | "getOfferSync" | "listOffers" | "exportOffers"
        | "clusterOffers" | "getOfferTile" => None,
        "getPartner" => {
            let agency = Client::new(server, "agency", "", "partners:write");
            let added = partners::add(&agency, &partners::association());
            Some(format!("/v1/partners/{}", added["id"].as_str().unwrap()))
        }
        "listAudit" => Some("/v1/audit".to_owned()),
        "listClients" => Some("/v1/clients?limit=2".to_owned()),
        "getClient" => {
            let (id, _) = made(server, "ministry", "", "changes:read");
            Some(format!("/v1/clients/{id}"))
        }
        "listHabilitations" => {
            examples::filed(server);
            Some("/v1/habilitations?limit=2".to_owned())
        }
        "getHabilitation" => Some(examples::filed(server)),
        "getHabilitationAcknowledgement" => {
            Some(format!("{}/acknowledgement", examples::filed(server)))
        }
        "getOffer" => Some(url(&Cast::new(server).post(&tig()))),
        "getOfferPublication" => {
            let draft = url(&Cast::new(server).post(&tig()));
            Some(format!("{draft}/publication"))
        }
        "getOfferByReference" => Some(by_reference(server)),
        "listPartnerOffers" => {
            let one = by_reference(server);
            Some(one.rsplit_once('/').unwrap().0.to_owned())
        }
        "listHolds" => {
            let cast = Cast::new(server);
            held(&service(server), &post(&cast, 1), &one_place());
            Some("/v1/holds".to_owned())
        }
        "getHold" => {
            let cast = Cast::new(server);
            let hold = held(&service(server), &post(&cast, 1), &one_place());
            Some(url(&hold))
        }
        "listOfferHolds" => {
            let (cast, holder) = (Cast::new(server), service(server));
            let post = post(&cast, 1);
            held(&holder, &post, &one_place());
            Some(format!("{post}/holds"))
        }
        "listExpiringOffers" => Some("/v1/offers/expiring".to_owned()),
        other => panic!("{other}: say what it reads, and whether it is restricted"),
    }
}

/// An offer that has a reference.
fn by_reference(server: &Server) -> String {
    let cast = Cast::new(server);
    let address = format!("/v1/partners/{}/offers/TIG-1", cast.partner);
    let put = cast.host.write("PUT", &address, "", &tig());
    assert_eq!(put.status, 201, "{}", put.text());
    address
}

#[test]
fn every_read_that_needs_a_token_is_in_it() {
    let document: Value = serde_json::from_str(&project_file("openapi/openapi.json")).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let reads: Vec<&Value> = paths.filter_map(|item| item.get("get")).collect();
    each_engine(|engine| {
        let server = &Server::start(engine, Parts::Real, &[]);
        let reader = Client::new(server, "agency", "", "audit:read");
        for operation in &reads {
            // What everybody may read names no scope; what a token widens names it second.
            let security = operation["security"].as_array();
            let Some(scopes) = security.and_then(|all| all.iter().find_map(|it| it.get("oauth2")))
            else {
                continue;
            };
            let id = operation["operationId"].as_str().unwrap();
            let scope = scopes[0].as_str().unwrap_or("audit:read");
            let role = match scope {
                "clients:admin" => "administrator",
                _ => "agency",
            };
            let own = made(server, role, "", scope);
            let client = Client::of(server, &own);
            let read = restricted(id, server);
            let address = match id {
                "listChanges" => "/v1/changes",
                _ => read.as_deref().unwrap_or("/v1/clients/me"),
            };
            let answer = client.get(address);
            assert_eq!(answer.status, 200, "{id}: {}", answer.text());
            let found = reader.get(&format!("/v1/audit?action=read&client={}", own.0));
            let told = found.json();
            let shown = answer.json()["items"].as_array().map_or(1, Vec::len);
            let expected = match (read, id) {
                (None, _) => 0,
                (Some(_), "listAudit") => 1,
                (Some(_), _) => shown,
            };
            assert_eq!(items(&told).len(), expected, "{id}: {told}");
        }
    });
}
