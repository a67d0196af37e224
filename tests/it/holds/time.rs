//! A hold that is not confirmed in time gives its places back; told once, by one node.

use std::{sync::Arc, thread, time::Duration};

use api::kernel::clock::SystemIds;
use chrono::TimeDelta;
use data::Reference;
use domain::{
    holds::{CaseHash, CaseKey, HoldRequest, HoldTerms},
    kernel::{Count, Id, IdSource, SentenceHours},
    offers::{Diffusion, HostStanding, Surroundings},
};
use persistence::{holds, testing::TestDb};
use serde_json::{Value, json};

use super::{HOLDER, held, one_place, places_left, post};
use crate::{
    offers::{Cast, now, url},
    support::{Client, Parts, SHARED, Server, each_engine, made},
};

/// Keeps a place by another process, for so short a time.
fn kept_for(server: &Server, holder: &str, post: &str, lasting: TimeDelta) -> String {
    let offer = post.rsplit('/').next().unwrap().parse().unwrap();
    let holder = holder.parse().unwrap();
    let request = HoldRequest {
        holder,
        places: Count::new(1).unwrap(),
        hours: SentenceHours::new(105).unwrap(),
        starts_on: "2099-01-05".parse().unwrap(),
        framework: None,
        case: CaseHash::of(&"1".parse().unwrap(), holder, &CaseKey::new([7; 32])),
    };
    let around = Surroundings {
        host: HostStanding::ByRight,
        establishment_open: true,
    };
    let terms = HoldTerms {
        around: &around,
        view: Diffusion::Authorities,
        law: Reference::get().unwrap().offer_law(),
        lasting,
    };
    let (id, at, actor) = (
        Id::new(SystemIds.next()),
        now(),
        "cli:test".parse().unwrap(),
    );
    let taken = server
        .db
        .db()
        .write_blocking(|conn| holds::take(conn, (id, offer), request, &terms, at, &actor));
    taken.unwrap().id.to_string()
}

#[test]
fn a_hold_that_is_not_confirmed_in_time_gives_its_places_back() {
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let nodes = [0; 2].map(|_| Server::node(&db, Parts::Real, &SHARED));
        let cast = Cast::new(&nodes[0]);
        let post = post(&cast, 2);
        let own = made(&nodes[0], "probation", "departements=33", HOLDER);
        let holder = Client::of(&nodes[0], &own);
        let short = kept_for(&nodes[0], &own.0, &post, TimeDelta::milliseconds(1));
        thread::sleep(Duration::from_millis(10));
        // It has expired at once for whoever reads it, and takes no place from who comes next.
        let url = format!("/v1/holds/{short}");
        let read = holder.get(&url).json();
        assert_eq!(read["status"]["code"], "expired");
        assert_eq!(read["allowed"], json!([]));
        let late = holder.write("POST", &format!("{url}/confirm"), "", &json!({}));
        let problem = late.problem(409, "transition-not-allowed");
        assert_eq!(problem["state"], "expired");
        let mut both = one_place();
        both["places"] = json!(2);
        held(&holder, &post, &both);
        assert_eq!(places_left(&nodes[0], &post), 0);
    });
}

#[test]
fn time_tells_that_holds_expired_once_however_many_nodes_look() {
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let nodes = [0; 2].map(|_| Server::node(&db, Parts::Real, &SHARED));
        let cast = Cast::new(&nodes[0]);
        let post = post(&cast, 3);
        let own = made(&nodes[0], "probation", "departements=33", HOLDER);
        let holder = Client::of(&nodes[0], &own);
        // Long enough that no write gives these places back before time does.
        let lasting = TimeDelta::seconds(3);
        let short: Vec<String> = (0..2)
            .map(|_| kept_for(&nodes[0], &own.0, &post, lasting))
            .collect();
        let stays = held(&holder, &post, &one_place());
        nodes[0].until("the places are free", |node| places_left(node, &post) == 2);
        // Every node looks again at least once.
        thread::sleep(Duration::from_secs(6));
        assert_eq!(places_left(&nodes[1], &post), 2);
        let agency = Client::new(&nodes[0], "agency", "", "audit:read");
        let mut told: Vec<Value> = Vec::new();
        for id in &short {
            let journal = agency.get(&format!("/v1/audit?resource=hold&resource_id={id}"));
            let entries = journal.json()["items"].as_array().unwrap().clone();
            told.extend(
                entries
                    .into_iter()
                    .filter(|it| it["command"] == "task:holds"),
            );
            let read = holder.get(&format!("/v1/holds/{id}")).json();
            assert_eq!(read["version"], 2, "{read}");
        }
        assert_eq!(told.len(), short.len(), "{told:?}");
        assert_eq!(holder.get(&url(&stays)).json()["version"], 1);
    });
}
