//! What happens to an offer, or around it, is seen on every node.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use domain::{
    changes::EventType,
    kernel::civil_date,
    offers::{HostMotive, Offer, OfferDates, Suspending, SuspensionReason},
    partners::Partner,
};
use persistence::{partners, testing::TestDb};
use serde_json::Value;

use super::{first, keep, kept, now};
use crate::{
    following::import,
    support::{Parts, SHARED, Server, each_engine},
};

/// Two nodes of one platform that has a demonstration.
fn two(engine: persistence::Engine) -> (Server, Server) {
    let db = Arc::new(TestDb::migrated(engine));
    let node = || Server::node(&db, Parts::Demo, &SHARED);
    (node(), node())
}

/// Waits until a node has seen it, a second at most.
#[track_caller]
fn soon(what: &str, node: &Server, holds: impl Fn(&Server) -> bool) {
    let start = Instant::now();
    while !holds(node) {
        let waited = start.elapsed();
        assert!(
            waited < Duration::from_secs(1),
            "{what}: not after {waited:?}"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn status(node: &Server, id: &str) -> u16 {
    node.get(&format!("/v1/offers/{id}")).status
}

#[test]
fn an_offer_that_is_suspended_and_taken_up_again_leaves_and_comes_back_on_every_node() {
    each_engine(|engine| {
        let (one, other) = two(engine);
        let id = first(&one, "kind=tig")["id"].as_str().unwrap().to_owned();
        assert_eq!((status(&one, &id), status(&other, &id)), (200, 200));
        let offer = kept(&one, &id);
        let motive = HostMotive::new(SuspensionReason::Works, None).unwrap();
        let at = now();
        let suspended = offer.suspend(Suspending::ByHost(motive), None, at).unwrap();
        keep(&one, &suspended.offer, suspended.event, at);
        for node in [&one, &other] {
            soon("suspended", node, |node| status(node, &id) == 404);
            let told = node.get(&format!("/v1/offers/{id}/publication")).json();
            assert_eq!(told["visible"], false);
            assert_eq!(told["reasons"][0]["code"], "suspended", "{told}");
            let last = told["history"].as_array().unwrap().last().unwrap();
            assert_eq!(last["type"], "offer.suspended");
            assert_eq!(last["origin"]["code"], "host");
        }
        let offer = kept(&one, &id);
        let resumed = offer.resume(domain::offers::Suspender::Host, at).unwrap();
        keep(&one, &resumed.offer, resumed.event, at);
        soon("resumed", &other, |node| status(node, &id) == 200);
    });
}

#[test]
fn a_withdrawn_offer_is_gone_with_its_history_and_can_come_back() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let id = first(&server, "kind=training")["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let at = now();
        let withdrawn = kept(&server, &id).withdraw(at).unwrap();
        keep(&server, &withdrawn.offer, withdrawn.event, at);
        server.until("withdrawn", |node| status(node, &id) == 410);
        let gone = server.get(&format!("/v1/offers/{id}"));
        let told = gone.problem(410, "gone");
        let history = told["history"].as_array().unwrap();
        let types: Vec<&str> = history
            .iter()
            .map(|it| it["type"].as_str().unwrap())
            .collect();
        assert_eq!(
            types,
            [
                "offer.created",
                "offer.submitted",
                "offer.published",
                "offer.withdrawn"
            ]
        );
        let publication = server.get(&format!("/v1/offers/{id}/publication")).json();
        let reasons = publication["reasons"].as_array().unwrap();
        assert!(
            reasons.iter().any(|it| it["code"] == "withdrawn"),
            "{publication}"
        );
        let revived = kept(&server, &id).revive(None, at).unwrap();
        keep(&server, &revived.offer, revived.event, at);
        server.until("revived", |node| status(node, &id) != 410);
    });
}

/// The same offer, with other days.
fn lasting(offer: &Offer, first: i64, last: i64) -> Offer {
    let today = civil_date(now());
    let day = |days| today + TimeDelta::days(days);
    let dates = OfferDates::new(Some(day(first)), Some(day(last)), false).unwrap();
    let content = offer.content().with_dates(dates);
    let (keeper, life) = (offer.keeper().clone(), offer.life().clone());
    Offer::restore(offer.id, offer.record, keeper, content, life).unwrap()
}

#[test]
fn an_offer_is_found_from_its_first_day_to_its_last_and_on_no_other() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let id = first(&server, "kind=employment")["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let query = |node: &Server| {
            let list = node.get("/v1/offers?kind=employment&limit=100").json();
            list["items"]
                .as_array()
                .unwrap()
                .iter()
                .any(|it| it["id"] == *id)
                || status(node, &id) == 200
        };
        let offer = kept(&server, &id);
        for (days, shown, reason) in [
            ((-3, -1), false, "expired"),
            ((-3, 0), true, ""),
            ((1, 9), false, "not_yet_valid"),
            ((0, 0), true, ""),
        ] {
            let moved = lasting(&offer, days.0, days.1);
            keep(&server, &moved, EventType::OfferUpdated, now());
            let version = kept(&server, &id).record.version;
            server.until("followed", |node| {
                let told = node.get(&format!("/v1/offers/{id}/publication"));
                told.header("etag").starts_with(&format!("\"v{version}."))
            });
            server.until("found or not", |node| query(node) == shown);
            let told = server.get(&format!("/v1/offers/{id}/publication")).json();
            assert_eq!(told["visible"], shown, "{days:?}: {told}");
            if !shown {
                assert_eq!(told["reasons"][0]["code"], reason);
            }
        }
    });
}

#[test]
fn what_stands_around_an_offer_is_followed_too() {
    each_engine(|engine| {
        let (one, other) = two(engine);
        let job = first(&one, "kind=employment&regime=concession");
        let (url, slug) = (job["url"].clone(), job["establishment"]["slug"].clone());
        let path = url.as_str().unwrap().rsplit_once("/v1/").unwrap().1;
        let path = format!("/v1/{path}");
        let tag = other.get(&path).header("etag").to_owned();
        rename(&one, job["partner"]["id"].as_str().unwrap());
        soon("renamed", &other, |node| {
            node.get(&path).json()["partner"]["name"] == "Entreprise fictive Quetsche"
        });
        let renamed = other.get(&path);
        assert_ne!(renamed.header("etag"), tag, "the card says something else");
        let found = other.get("/v1/offers?q=quetsche").json();
        assert!(found["total"].as_u64() > Some(0));
        let slug = slug.as_str().unwrap();
        let mut sheet = one.get(&format!("/v1/establishments/{slug}")).json();
        sheet["status"] = Value::from("closed");
        sheet["closed_on"] = Value::from("2026-07-02");
        assert!(import(&one.db, &[sheet]).status.success());
        soon("closed", &other, |node| node.get(&path).status == 404);
        let told = other.get(&format!("{path}/publication")).json();
        assert_eq!(told["reasons"][0]["code"], "establishment_closed");
    });
}

/// Renames a partner, by another process.
fn rename(server: &Server, id: &str) {
    let id = domain::kernel::Id::new(id.parse().unwrap());
    let actor = "cli:test".parse().unwrap();
    let saved = server.db.db().write_blocking(|conn| {
        let kept = partners::find(conn, id)?.unwrap();
        let record = kept.record;
        let mut facts = kept.into_facts();
        facts.name = "Entreprise fictive Quetsche".parse().unwrap();
        let renamed = Partner::new(id, record, facts).unwrap();
        partners::save(conn, &renamed, now(), &actor)
    });
    saved.unwrap();
}
