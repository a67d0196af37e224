//! What time does to a dossier: a decision may be taken, a period is over; told once, by one node.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use domain::{
    habilitations::{HabilitationAuthority::Dspip, OpinionGiver},
    kernel::{Period, Term},
};
use persistence::testing::TestDb;
use serde_json::{Value, json};

use super::{
    Cast, LIST, codes, decision, done, go,
    seeds::{Seed, a_month_before},
    today,
};
use crate::support::{Client, Parts, SHARED, Server, each_engine};

const BOTH: [OpinionGiver; 2] = [OpinionGiver::Prosecutor, OpinionGiver::EnforcementJudge];

/// The types of the changes of one dossier, in order, as they are told on the whole feed.
fn told(agency: &Client<'_>, id: &str) -> Vec<String> {
    let feed = agency
        .get("/v1/changes?resource=habilitation&limit=100")
        .json();
    let mut own = feed["items"].clone();
    own.as_array_mut().unwrap().retain(|it| it["id"] == id);
    codes(&own, "type")
}

fn decided(on: NaiveDate) -> Value {
    let mut body = decision();
    body["decided_on"] = json!(on.to_string());
    body
}

#[test]
fn a_decision_waits_for_both_opinions_or_for_a_calendar_month() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let (db, asked) = (&server.db, a_month_before(today()));
        let of = |partner: &str, on: NaiveDate| {
            let filed = Seed::draft(partner, Dspip, asked).filed(asked);
            filed.instructed(asked).asking(&BOTH, on).kept(db, on)
        };
        let late = of(&cast.partner, asked);
        let other = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        let next = asked + Days::new(1);
        let early = of(&other, next);
        let shown = cast.probation.get(&format!("{LIST}/{early}")).json();
        let ready = Term::Months(1).after(next).to_string();
        assert_eq!(shown["instruction"]["decidable"], false);
        assert_eq!(shown["instruction"]["decidable_on"], ready.as_str());
        let refused = go(
            &cast.probation,
            &format!("{LIST}/{early}"),
            "grant",
            &decision(),
        );
        let refused = refused.problem(409, "not-decidable");
        assert_eq!(refused["decidable_on"], ready.as_str());
        assert_eq!(refused["opinions_to_request"], json!([]));

        let url = format!("{LIST}/{late}");
        let shown = cast.probation.get(&url).json();
        assert_eq!(shown["instruction"]["decidable"], true);
        let opinions = &shown["instruction"]["opinions"];
        assert_eq!(codes(opinions, "outcome"), ["not_given", "not_given"]);
        let ids = |query: &str| {
            let list = cast.probation.get(&format!("{LIST}?{query}")).json();
            let items = list["items"].as_array().unwrap().iter();
            items.map(|it| it["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids("decidable=true"), [late.as_str()]);
        assert_eq!(ids("decidable=false"), [early.as_str()]);
        let ready = Term::Months(1).after(asked);
        let eve = decided(ready - Days::new(1));
        let refused = go(&cast.probation, &url, "grant", &eve);
        let refused = refused.problem(409, "not-decidable");
        assert_eq!(refused["decidable_on"], ready.to_string());
        let granted = done(&cast.probation, &url, "grant", &decided(ready));
        assert_eq!(granted["in_force"], true);
        assert_eq!(granted["valid_from"], ready.to_string());
    });
}

#[test]
fn a_habilitation_expires_on_its_anniversary_and_its_renewal_lapses() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let db = &server.db;
        // The last period whose last day is yesterday: the anniversary is today.
        let over = |first: NaiveDate| Period::lasting(first, Term::Months(60)).last() < today();
        let about = today() - Months::new(60) + Days::new(2);
        let mut days = (0..10).map(|days| about - Days::new(days));
        let first = days.find(|day| over(*day)).unwrap();
        let ended = Seed::draft(&cast.partner, Dspip, first).granted_at_once(first);
        let asked = today() - Days::new(30);
        let ended = ended.renewing(asked).kept(db, asked);
        let other = super::partner(&cast.agency, "Mirabelle", "association", "9220");
        let next = first + Days::new(1);
        let runs = Seed::draft(&other, Dspip, next)
            .granted_at_once(next)
            .kept(db, next);
        let shown = |id: &str| cast.probation.get(&format!("{LIST}/{id}")).json();
        assert_eq!(shown(&ended)["status"]["code"], "expired");
        assert_eq!(shown(&ended)["in_force"], false);
        assert_eq!(shown(&ended)["renewals"][0]["decidable"], false);
        assert_eq!(shown(&ended)["allowed"], json!([]));
        assert_eq!(shown(&runs)["in_force"], true);
        assert_eq!(shown(&runs)["valid_until"], today().to_string());
        let late = go(
            &cast.probation,
            &format!("{LIST}/{ended}"),
            "grant",
            &decision(),
        );
        late.problem(409, "transition-not-allowed");
        let total = |query: &str| {
            let list = cast.probation.get(&format!("{LIST}?{query}")).json();
            list["total"].as_u64().unwrap()
        };
        assert_eq!(total("status=expired"), 1);
        assert_eq!(total(&format!("in_force_on={}", today())), 1);
        // The host may ask again, and need not wait for time to be told.
        let again = super::opened(&cast.host, &super::dossier(&cast.partner));
        assert!(again.contains("/v1/habilitations/"));
        server.until("what time did is told", |_| {
            told(&cast.agency, &ended).contains(&"habilitation.expired".to_owned())
        });
        let renewal = &shown(&ended)["renewals"][0];
        assert_eq!(renewal["lapsed_on"], today().to_string());
    });
}

#[test]
fn what_time_has_to_tell_is_told_once_however_many_nodes_look() {
    each_engine(|engine| {
        let db = Arc::new(TestDb::migrated(engine));
        let [first, second, third] = [0; 3].map(|_| Server::node(&db, Parts::Real, &SHARED));
        let agency = Client::new(&first, "agency", "", super::AGENCY);
        let asked = a_month_before(today());
        let seeds: Vec<String> = (0..12)
            .map(|n| {
                let host = super::partner(&agency, &format!("n{n}"), "association", "9220");
                let filed = Seed::draft(&host, Dspip, asked).filed(asked);
                let waiting = filed.instructed(asked).asking(&BOTH, asked);
                waiting.kept(&db, asked)
            })
            .collect();
        let told = || -> Vec<Value> {
            let query = "type=habilitation.became_decidable&limit=100";
            let feed = agency.get(&format!("/v1/changes?{query}")).json();
            feed["items"].as_array().unwrap().clone()
        };
        first.until("all is told", |_| told().len() >= seeds.len());
        // Every node looks again at least once.
        std::thread::sleep(std::time::Duration::from_secs(6));
        let mut ids: Vec<String> = told()
            .iter()
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        let mut expected = seeds.clone();
        expected.sort();
        assert_eq!(ids, expected, "each once");
        let entry = agency
            .get(&format!(
                "/v1/audit?resource_id={}&action=update&limit=1",
                seeds[0]
            ))
            .json();
        assert_eq!(entry["items"][0]["command"], "task:habilitations");
        drop((second, third));
    });
}
