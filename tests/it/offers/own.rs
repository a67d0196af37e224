//! A partner lists its own offers, with what hides each.

use serde_json::Value;

use super::{AUTHORITY, Cast, HOST, client, job, tig};
use crate::support::{Parts, Server, each_engine};

#[track_caller]
fn items(client: &crate::support::Client<'_>, address: &str) -> Vec<Value> {
    client.get(address).json()["items"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn a_partner_sees_all_its_offers_and_why_each_is_hidden() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let address = format!("/v1/partners/{}/offers", cast.partner);
        let shown = cast.registered(&tig());
        let published = cast.published();
        for (reference, offer) in [("A", tig()), ("B", job())] {
            let put = cast
                .host
                .write("PUT", &format!("{address}/{reference}"), "", &offer);
            assert_eq!(put.status, 201);
        }
        let gone = format!("{address}/B");
        assert_eq!(
            cast.host.write("DELETE", &gone, "", &Value::Null).status,
            204
        );
        let all = items(&cast.host, &address);
        assert_eq!(all.len(), 4);
        let of = |query: &str| {
            let found = items(&cast.host, &format!("{address}?{query}"));
            let name = |it: &Value| {
                it["reference"]
                    .as_str()
                    .unwrap_or_else(|| {
                        let url = super::url(it);
                        if url == shown {
                            "registered"
                        } else if url == published {
                            "published"
                        } else {
                            "?"
                        }
                    })
                    .to_owned()
            };
            found.iter().map(name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("visible=true"), "registered published");
        assert_eq!(of("visible=false"), "A B");
        assert_eq!(of("reason=withdrawn"), "B");
        assert_eq!(of("status=draft"), "A B");
        assert_eq!(of("kind=employment"), "published B");
        assert_eq!(of("reference=A,C"), "A");
        assert_eq!(of("updated_since=2099-01-01T00:00:00Z"), "");
        for item in &all {
            let visible = item["publication"]["visible"].as_bool().unwrap();
            let reasons = item["publication"]["reasons"].as_array().unwrap();
            assert_eq!(visible, reasons.is_empty(), "{item}");
        }
        let b = all.iter().find(|it| it["reference"] == "B").unwrap();
        let reasons = &b["publication"]["reasons"];
        assert_eq!(reasons[0]["code"], "draft");
        assert_eq!(reasons[1]["code"], "withdrawn");
        let first = cast.host.get(&format!("{address}?limit=3")).json();
        assert_eq!(first["total"], 4);
        let rest = cast.host.get(first["next"].as_str().unwrap()).json();
        assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn others_see_those_of_its_offers_that_are_within_their_reach() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let address = format!("/v1/partners/{}/offers", cast.partner);
        cast.registered(&tig());
        cast.published();
        for (reference, offer) in [("A", tig()), ("B", job())] {
            let put = cast
                .host
                .write("PUT", &format!("{address}/{reference}"), "", &offer);
            assert_eq!(put.status, 201);
        }
        let far = client(&server, "probation", "departements=69", AUTHORITY);
        assert_eq!(items(&far, &address).len(), 0);
        assert_eq!(items(&cast.probation, &address).len(), 4);
        let direction = client(&server, "direction", "direction=bordeaux", HOST);
        assert_eq!(
            items(&direction, &address).len(),
            2,
            "posts are not the directorate's"
        );
        let other = super::added(&cast.agency, &super::public_body("33063"));
        let other = client(&server, "partner", &format!("partner={other}"), HOST);
        other.get(&address).problem(403, "out-of-perimeter");
    });
}
