//! Full synchronisation: what was not sent is withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use persistence::offers::syncs::{SyncCounts, find, see};
use serde_json::{Value, json};

use super::{
    Cast,
    batch::{line, post, send},
    now, tig,
};
use crate::support::{Client, Parts, Server, each_engine};

fn each(test: impl Fn(&Server, Cast<'_>)) {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        test(&server, Cast::new(&server));
    });
}

pub(super) fn syncs(cast: &Cast<'_>) -> String {
    format!("/v1/partners/{}/offers/syncs", cast.partner)
}

#[track_caller]
pub(super) fn opened(client: &Client<'_>, syncs: &str) -> String {
    let opened = client.write("POST", syncs, "", &json!({}));
    assert_eq!(opened.status, 201, "{}", opened.text());
    opened.header("location").to_owned()
}

pub(super) fn complete(client: &Client<'_>, sync: &str, body: &Value) -> crate::support::Answer {
    client.write("POST", &format!("{sync}/complete"), "", body)
}

/// The references of the offers that stand.
fn standing(client: &Client<'_>, cast: &Cast<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut next = format!("/v1/partners/{}/offers?limit=100", cast.partner);
    loop {
        let page = client.get(&next).json();
        for item in page["items"].as_array().unwrap() {
            if item.get("withdrawn_at").is_none() {
                found.insert(item["reference"].as_str().unwrap().to_owned());
            }
        }
        match page["next"].as_str() {
            Some(more) => more.clone_into(&mut next),
            None => return found,
        }
    }
}

fn lines<'a>(references: impl IntoIterator<Item = &'a String>) -> String {
    references.into_iter().map(|it| line(it, tig())).collect()
}

#[test]
fn what_was_not_sent_is_withdrawn_unless_it_is_too_much() {
    each(|server, cast| {
        let all: Vec<String> = (0..10).map(|i| format!("A-{i}")).collect();
        let batch = super::batch::address(&cast);
        send(server, &cast.host, &batch, &lines(&all));
        let sync = opened(&cast.host, &syncs(&cast));
        let other = cast.host.write("POST", &syncs(&cast), "", &json!({}));
        assert_eq!(
            other.problem(409, "sync-open")["sync"]["url"],
            sync.as_str()
        );
        assert_eq!(cast.host.get(&sync).json()["would_withdraw"], 10);

        let (told, _) = send(
            server,
            &cast.host,
            &format!("{sync}/batch"),
            &lines(&all[..6]),
        );
        assert_eq!(told.len(), 6);
        // A line that is refused is seen.
        let refused = line("A-6", json!({"kind": "tig"}));
        send(server, &cast.host, &format!("{sync}/batch"), &refused);
        let state = cast.host.get(&sync).json();
        assert_eq!(state["would_withdraw"], 3);
        assert_eq!(
            state["lines"],
            json!({"created": 0, "updated": 0, "unchanged": 6, "refused": 1})
        );
        let guard = complete(&cast.host, &sync, &json!({})).problem(409, "sync-guard");
        assert_eq!(guard["would_withdraw"], 3);
        assert_eq!(guard["percent"], 30);
        assert_eq!(
            standing(&cast.host, &cast).len(),
            10,
            "nothing was withdrawn"
        );
        for (body, pointer) in [
            (json!({"max_withdrawn_percent": 101}), "range"),
            (json!({"max_withdrawn_percent": "all"}), "type"),
        ] {
            complete(&cast.host, &sync, &body).invalid(&[("#/max_withdrawn_percent", pointer)]);
        }
        let done = complete(&cast.host, &sync, &json!({"max_withdrawn_percent": 30})).json();
        assert_eq!(done["status"]["code"], "completed");
        assert_eq!(done["withdrawn"], 3);
        assert_eq!(standing(&cast.host, &cast).len(), 7);
        let late = complete(&cast.host, &sync, &json!({})).problem(409, "sync-closed");
        assert_eq!(late["state"], "completed");
        post(server, &cast.host, &format!("{sync}/batch"), "{}\n").problem(409, "sync-closed");
    });
}

#[test]
fn an_abandoned_synchronisation_withdraws_nothing() {
    each(|server, cast| {
        let batch = super::batch::address(&cast);
        send(server, &cast.host, &batch, &line("A", tig()));
        let sync = opened(&cast.host, &syncs(&cast));
        let abandoned = cast.host.write("DELETE", &sync, "", &Value::Null);
        assert_eq!(abandoned.status, 204);
        cast.host
            .write("DELETE", &sync, "", &Value::Null)
            .problem(409, "sync-closed");
        assert_eq!(cast.host.get(&sync).json()["status"]["code"], "abandoned");
        assert_eq!(standing(&cast.host, &cast).len(), 1);
        let again = opened(&cast.host, &syncs(&cast));
        assert_ne!(again, sync);
        // It is about all the offers of the partner, and so is who asks for it.
        cast.probation
            .write("POST", &syncs(&cast), "", &json!({}))
            .problem(403, "out-of-perimeter");
        let unknown = format!("{}/0193a000-0000-7000-8000-00000000dead", syncs(&cast));
        cast.host.get(&unknown).problem(404, "not-found");
        let dry = format!("{again}/batch?dry_run=true");
        send(server, &cast.host, &dry, &line("A", tig()));
        assert_eq!(
            cast.host.get(&again).json()["would_withdraw"],
            1,
            "nothing was seen"
        );
    });
}

/// Makes a synchronisation one in which something was last sent so many hours ago.
fn aged(server: &Server, cast: &Cast<'_>, sync: &str, hours: i64) {
    let id = sync.rsplit_once('/').unwrap().1.parse().unwrap();
    let partner = cast.partner.parse().unwrap();
    let at = now() - TimeDelta::hours(hours);
    let seen = server.db.db().write_blocking(|conn| {
        let sync = find(conn, partner, id)?.unwrap();
        see(conn, &sync, &[], SyncCounts::default(), at)
    });
    seen.unwrap();
}

#[test]
fn one_in_which_nothing_is_sent_for_a_day_makes_way_and_is_told_as_expired() {
    each(|server, cast| {
        let status = |sync: &str| {
            let state = cast.host.get(sync).json();
            state["status"]["code"].as_str().unwrap().to_owned()
        };
        let first = opened(&cast.host, &syncs(&cast));
        aged(server, &cast, &first, 23);
        let other = cast.host.write("POST", &syncs(&cast), "", &json!({}));
        other.problem(409, "sync-open");
        aged(server, &cast, &first, 25);
        let second = opened(&cast.host, &syncs(&cast));
        assert_eq!(status(&first), "expired");
        assert_eq!(status(&second), "open");
        // And by itself, when nobody opens another.
        aged(server, &cast, &second, 25);
        server.until("it is over", |_| status(&second) == "expired");
    });
}

/// A series of numbers that is the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn after_any_series_of_synchronisations_what_stands_is_what_a_simple_model_says() {
    each(|server, cast| {
        let mut dice = Dice(0x5eed);
        let batch = super::batch::address(&cast);
        // The model: each reference and whether it stands.
        let mut model: BTreeMap<String, bool> = BTreeMap::new();
        for round in 0..12 {
            let pick = |dice: &mut Dice| -> BTreeSet<String> {
                let number = dice.roll(12);
                (0..number)
                    .map(|_| format!("R-{}", dice.roll(15)))
                    .collect()
            };
            if dice.roll(3) == 0 {
                let sent = pick(&mut dice);
                send(server, &cast.host, &batch, &lines(&sent));
                model.extend(sent.into_iter().map(|it| (it, true)));
            }
            let sync = opened(&cast.host, &syncs(&cast));
            let mut seen = BTreeSet::new();
            for _ in 0..=dice.roll(2) {
                let sent = pick(&mut dice);
                send(server, &cast.host, &format!("{sync}/batch"), &lines(&sent));
                model.extend(sent.iter().map(|it| (it.clone(), true)));
                seen.extend(sent);
            }
            let most = dice.roll(101);
            let stand = model.values().filter(|stands| **stands).count();
            let unseen: Vec<String> = model
                .iter()
                .filter(|(it, stands)| **stands && !seen.contains(*it))
                .map(|(it, _)| it.clone())
                .collect();
            if dice.roll(4) == 0 {
                assert_eq!(
                    cast.host.write("DELETE", &sync, "", &Value::Null).status,
                    204
                );
            } else {
                let body = json!({"max_withdrawn_percent": most});
                let answer = complete(&cast.host, &sync, &body);
                let share = u64::try_from(unseen.len() * 100).unwrap();
                if share > u64::try_from(stand).unwrap() * most {
                    answer.problem(409, "sync-guard");
                    assert_eq!(
                        cast.host.write("DELETE", &sync, "", &Value::Null).status,
                        204
                    );
                } else {
                    assert_eq!(answer.json()["withdrawn"], unseen.len(), "{round}");
                    model.extend(unseen.into_iter().map(|it| (it, false)));
                }
            }
            let expected: BTreeSet<String> = model
                .iter()
                .filter(|(_, stands)| **stands)
                .map(|(it, _)| it.clone())
                .collect();
            assert_eq!(standing(&cast.host, &cast), expected, "{round}");
        }
    });
}
