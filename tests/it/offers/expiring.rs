//! The offers that end soon, and what is told when they have.

use serde_json::{Value, json};

use super::{AUTHORITY, Cast, client, decision, done, job, tig, today};
use crate::support::{Parts, Server, each_engine};

/// A day so many days from today.
fn in_days(days: i64) -> String {
    let today: chrono::NaiveDate = today().parse().unwrap();
    (today + chrono::TimeDelta::days(days)).to_string()
}

fn ending(mut offer: Value, days: i64) -> Value {
    offer.as_object_mut().unwrap().remove("permanent");
    offer["ends_on"] = json!(in_days(days));
    offer
}

#[test]
fn the_first_to_end_comes_first_and_each_sees_those_of_its_perimeter() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let mut titles = Vec::new();
        for days in [20, 3, 40] {
            let mut offer = ending(tig(), days);
            offer["title"] = json!(format!("{days} jours"));
            titles.push(cast.registered(&offer));
        }
        cast.post(&ending(tig(), 5));
        let of = |client: &crate::support::Client<'_>, query: &str| {
            let page = client.get(&format!("/v1/offers/expiring{query}")).json();
            let items = page["items"].as_array().unwrap().clone();
            let title = |it: &Value| it["title"].as_str().unwrap().to_owned();
            let total = usize::try_from(page["total"].as_u64().unwrap()).unwrap();
            assert!(total >= items.len(), "{total}");
            items.iter().map(title).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(of(&cast.host, ""), "3 jours, 20 jours");
        assert_eq!(
            of(&cast.probation, "?within_days=365"),
            "3 jours, 20 jours, 40 jours"
        );
        assert_eq!(of(&cast.host, "?kind=employment"), "");
        assert_eq!(
            of(&cast.agency, "?departement=33,40&within_days=3"),
            "3 jours"
        );
        let far = client(&server, "probation", "departements=69", AUTHORITY);
        assert_eq!(of(&far, ""), "");
        assert_eq!(of(&far, "?departement=33"), "");
        let first = cast.host.get("/v1/offers/expiring?limit=1").json();
        let rest = cast.host.get(first["next"].as_str().unwrap()).json();
        assert_eq!(rest["items"][0]["title"], "20 jours");
        cast.host
            .get("/v1/offers/expiring?within_days=0")
            .refused("invalid-parameter");
    });
}

#[test]
fn what_has_ended_is_told_once() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let mut filed = ending(job(), -1);
        filed["submit"] = json!(true);
        let url = super::url(&cast.post(&filed));
        done(&cast.agency, &url, "publish", &json!({}));
        server.until("it is told that it has ended", |_| {
            let offer = cast.agency.get(&url).json();
            let history = offer["history"].as_array().unwrap();
            history.iter().any(|it| it["type"] == "offer.expired")
        });
        let asked = cast.opined(&tig());
        server.until("it is told that it may be decided", |_| {
            cast.agency.get(&asked).json()["version"].as_u64() >= Some(6)
        });
        done(&cast.probation, &asked, "register", &decision());
        let offer = cast.agency.get(&url).json();
        let history = offer["history"].as_array().unwrap();
        let ended = history.iter().filter(|it| it["type"] == "offer.expired");
        assert_eq!(ended.count(), 1);
    });
}
