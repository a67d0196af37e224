//! Several at work at once: who reads loses nothing, who writes leaves no gap, nodes agree.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use persistence::testing::TestDb;
use serde_json::{Value, json};

use crate::{
    following::import,
    support::{Client, Parts, SHARED, Server, each_engine},
};

const AGENCY: &str = "establishments:write,establishments:manage";

/// The slugs, in the order of the ids.
fn slugs(server: &Server) -> Vec<String> {
    let sheets = server.get("/v1/establishments/export");
    let slug = |line| {
        serde_json::from_str::<Value>(line).unwrap()["slug"]
            .as_str()
            .map(str::to_owned)
    };
    sheets
        .text()
        .lines()
        .map(|line| slug(line).unwrap())
        .collect()
}

#[track_caller]
fn revision(answer: &crate::support::Answer) -> u64 {
    answer.header("catalogue-revision").parse().unwrap()
}

#[test]
fn what_is_not_itself_changed_is_on_one_page_while_others_write() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Demo, &[]);
        let agency = Client::new(&server, "agency", "", AGENCY);
        let all = slugs(&server);
        let of = |n| {
            all.iter()
                .skip(n)
                .step_by(9)
                .cloned()
                .collect::<Vec<String>>()
        };
        let (patched, imported) = (of(0), of(1));
        let touched: BTreeSet<&String> = patched.iter().chain(&imported).collect();
        let untouched: BTreeSet<&String> =
            all.iter().filter(|slug| !touched.contains(slug)).collect();
        let end = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| patch_in_turn(&agency, &patched, &end));
            scope.spawn(|| import_in_turn(&server, &imported, &end));
            let _at_the_end = AtTheEnd(&end);
            for query in ["sort=name", "sort=-production_area_m2", "q=centre", NEAR] {
                server.until("somebody wrote during a walk", |server| {
                    walk(server, query, &untouched)
                });
            }
        });
    });
}

/// Tells the writers to end, after a failure too: they are waited for.
struct AtTheEnd<'a>(&'a AtomicBool);

impl Drop for AtTheEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Half of France, by distance.
const NEAR: &str = "lat=48.85&lon=2.35&radius_km=500";

/// Walks through pages of five; tells whether the catalogue changed meanwhile.
#[track_caller]
fn walk(server: &Server, query: &str, untouched: &BTreeSet<&String>) -> bool {
    let expected: BTreeSet<String> = match query {
        NEAR | "q=centre" => server
            .walk(&format!("/v1/establishments?limit=100&{query}"))
            .iter()
            .map(slug)
            .filter(|slug| untouched.contains(slug))
            .collect(),
        _ => untouched.iter().map(ToString::to_string).collect(),
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut answer = server.get(&format!("/v1/establishments?limit=5&{query}"));
    let first = revision(&answer);
    loop {
        let page = answer.json();
        for item in page["items"].as_array().unwrap() {
            *seen.entry(slug(item)).or_default() += 1;
        }
        let Some(next) = page["next"].as_str() else {
            break;
        };
        answer = server.get(next);
    }
    for slug in &expected {
        assert_eq!(seen.get(slug), Some(&1), "{query}: {slug} is on one page");
    }
    revision(&answer) > first
}

fn slug(item: &Value) -> String {
    item["slug"].as_str().unwrap().to_owned()
}

/// Moves establishments from one end of every order to the other, again and again, over HTTP.
fn patch_in_turn(agency: &Client<'_>, slugs: &[String], end: &AtomicBool) {
    let mut turn = 0;
    while !end.load(Ordering::Relaxed) {
        turn += 1;
        for slug in slugs {
            let address = format!("/v1/establishments/{slug}");
            let name = if turn % 2 == 0 {
                "Aa centre"
            } else {
                "Zz centre"
            };
            let patch = json!({"name": format!("{name} {turn}")});
            assert_eq!(agency.write("PATCH", &address, "*", &patch).status, 200);
            let zone = json!({"kind": "production", "status": "available", "area_m2": turn * 900});
            let made = agency.write("POST", &format!("{address}/zones"), "", &zone);
            assert_eq!(made.status, 201, "{}", made.text());
            if end.load(Ordering::Relaxed) {
                return;
            }
        }
    }
}

/// The same by another process.
fn import_in_turn(server: &Server, slugs: &[String], end: &AtomicBool) {
    let mut turn = 0;
    while !end.load(Ordering::Relaxed) {
        turn += 1;
        let sheets: Vec<Value> = slugs
            .iter()
            .map(|slug| {
                let mut sheet = server.get(&format!("/v1/establishments/{slug}")).json();
                sheet["name"] = json!(format!("Mm centre {turn}"));
                sheet
            })
            .collect();
        let done = import(&server.db, &sheets);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

#[test]
fn eight_write_over_two_nodes_and_nobody_who_follows_sees_a_gap() {
    const WRITES: i64 = 10;
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let nodes = [(); 2].map(|()| Server::node(&db, Parts::Real, &SHARED));
        let agency = Client::new(&nodes[0], "agency", "", AGENCY);
        let bearer = agency.bearer();
        let slugs = slugs(&nodes[0]);
        let begin = position(&nodes[0], 0);
        let end = begin + 8 * WRITES;
        thread::scope(|scope| {
            for (writer, slug) in slugs.iter().take(8).enumerate() {
                let node = &nodes[writer % 2];
                scope.spawn(move || {
                    let agency = Client::bearing(node, bearer);
                    let address = format!("/v1/establishments/{slug}");
                    for turn in 1..=WRITES {
                        let patch = json!({"workforce_available": turn});
                        let written = agency.write("PATCH", &address, "*", &patch);
                        assert_eq!(written.status, 200, "{}", written.text());
                    }
                });
            }
            for node in &nodes {
                scope.spawn(move || follow(node, begin, end));
            }
        });
        for node in &nodes {
            assert_eq!(position(node, begin), end);
        }
    });
}

/// The end of the change log.
#[track_caller]
fn position(server: &Server, after: i64) -> i64 {
    let none = format!("/v1/changes?type=establishment.reopened&after={after}");
    server.get(&none).json()["position"].as_i64().unwrap()
}

/// Follows from a position to another, and finds every number on the way, in order.
#[track_caller]
fn follow(server: &Server, from: i64, to: i64) {
    let mut seen = from;
    let start = Instant::now();
    while seen < to {
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "the log ends at {seen}"
        );
        let page = server
            .get(&format!("/v1/changes?after={seen}&limit=7"))
            .json();
        for change in page["items"].as_array().unwrap() {
            assert_eq!(
                change["sequence"],
                seen + 1,
                "every number after the one before it"
            );
            seen += 1;
        }
        assert_eq!(page["position"], seen);
    }
}

#[test]
fn a_node_answers_what_another_wrote_within_a_second_and_at_once_when_it_must() {
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        // As it is set unless somebody sets it otherwise.
        let poll = [&SHARED[..], &["--poll-ms", "250"]].concat();
        let [first, second] = [(); 2].map(|()| Server::node(&db, Parts::Real, &poll));
        let agency = Client::new(&first, "agency", "", AGENCY);
        let address = "/v1/establishments/ma-agen";
        let mut waits = Vec::new();
        for workforce in 1..=5 {
            let patch = json!({"workforce_available": workforce});
            let written = agency.write("PATCH", address, "*", &patch);
            let at = Instant::now();
            assert_eq!(written.json()["workforce_available"], workforce);
            let known =
                |answer: &crate::support::Answer| answer.json()["workforce_available"] == workforce;
            second.until("the other node knows", |node| known(&node.get(address)));
            waits.push(at.elapsed());
            assert_eq!(second.get(address).header("etag"), written.header("etag"));
            let patch = json!({"workforce_available": workforce + 100});
            let revision = revision(&agency.write("PATCH", address, "*", &patch));
            let must = second.get(&format!("{address}?min_revision={revision}"));
            assert_eq!(must.json()["workforce_available"], workforce + 100);
            assert!(self::revision(&must) >= revision);
        }
        waits.sort();
        assert!(waits[2] < Duration::from_secs(1), "half of them: {waits:?}");
    });
}
