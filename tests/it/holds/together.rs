//! Many callers at once never keep more places than there are.

use std::{
    sync::{Arc, Barrier},
    thread,
};

use persistence::testing::TestDb;
use serde_json::{Value, json};

use super::{HOLDER, one_place, places_left, post, service};
use crate::{
    offers::{Cast, url},
    support::{Answer, Client, Parts, SHARED, Server, each_engine},
};

const CALLERS: usize = 50;
const PLACES: u16 = 20;

#[test]
fn fifty_callers_never_keep_more_places_than_there_are() {
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let nodes = [0; 2].map(|_| Server::node(&db, Parts::Real, &SHARED));
        let cast = Cast::new(&nodes[0]);
        let post = post(&cast, PLACES.into());
        let holds = format!("{post}/holds");
        let holder = Client::new(&nodes[0], "probation", "departements=33", HOLDER);
        let callers = nodes
            .each_ref()
            .map(|node| Client::bearing(node, holder.bearer()));
        let answers = all_at_once(&callers, &holds);
        let (kept, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|it| it.status == 201);
        assert_eq!(kept.len(), usize::from(PLACES));
        for answer in refused {
            let problem = answer.problem(409, "no-place-left");
            assert_eq!(problem["places_left"], 0);
        }
        nodes[0].until("no place is left", |node| places_left(node, &post) == 0);
        let list = holder.get("/v1/holds?status=held&limit=1").json();
        assert_eq!(list["total"], PLACES);

        // Given back by many at once, all of them are free again, and no more than there were.
        let urls = kept.iter().map(|answer| {
            let hold: Value = serde_json::from_slice(&answer.body).unwrap();
            url(&hold)
        });
        thread::scope(|scope| {
            for (n, url) in urls.enumerate() {
                // Asked twice, once on each node: one of them alone gives the place back.
                for caller in &callers {
                    let path = format!("{url}/release");
                    scope.spawn(move || {
                        let answer = caller.write("POST", &path, "", &json!({}));
                        assert!(
                            [200, 409].contains(&answer.status),
                            "{n}: {}",
                            answer.text()
                        );
                    });
                }
            }
        });
        nodes[0].until("the places are free", |node| {
            places_left(node, &post) == i64::from(PLACES)
        });
        let again = service(&nodes[0]);
        let mut all = one_place();
        all["places"] = json!(PLACES);
        let taken = again.write("POST", &holds, "", &all);
        assert_eq!(taken.status, 201, "{}", taken.text());
    });
}

/// Each caller asks for a place of its own, all of them at the same instant.
fn all_at_once(callers: &[Client<'_>; 2], holds: &str) -> Vec<Answer> {
    let start = Barrier::new(CALLERS);
    thread::scope(|scope| {
        let asking: Vec<_> = (0..CALLERS)
            .map(|n| {
                let (caller, start) = (&callers[n % 2], &start);
                let mut wanted = one_place();
                wanted["case_reference"] = json!(format!("case-{n}"));
                scope.spawn(move || {
                    start.wait();
                    caller.write("POST", holds, "", &wanted)
                })
            })
            .collect();
        let answered = asking.into_iter().map(|one| one.join().unwrap());
        answered.collect()
    })
}
