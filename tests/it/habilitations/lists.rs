//! Lists of dossiers: filters, orders, pages, and the journal of who read them.

use chrono::{Days, NaiveDate};
use domain::{
    habilitations::HabilitationAuthority::{self, Dspip, DtPjj, GardeDesSceaux},
    kernel::{Period, Term},
};
use serde_json::Value;

use super::{Cast, LIST, seeds::Seed, today};
use crate::support::{Client, Parts, Server, each_engine, on};

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Dossiers of many kinds, each by a name, with the host of each.
struct Many<'s> {
    agency: Client<'s>,
    /// Granted long ago, filed lately, a draft, for minors, national.
    all: Vec<(String, String)>,
}

/// When the first of them was filed and granted.
fn long_ago() -> NaiveDate {
    today() - Days::new(400)
}

fn many(server: &Server) -> Many<'_> {
    let agency = Client::new(server, "agency", "", super::AGENCY);
    let db = &server.db;
    let lately = today() - Days::new(3);
    let seed = |n: usize, authority: HabilitationAuthority, on: NaiveDate| {
        let host = super::partner(&agency, &format!("n{n}"), "association", "9220");
        (Seed::draft(&host, authority, on), host)
    };
    let mut all = Vec::new();
    let (granted, host) = seed(0, Dspip, long_ago());
    let granted = granted.granted_at_once(long_ago()).kept(db, long_ago());
    all.push((granted, host));
    let (filed, host) = seed(1, Dspip, lately);
    all.push((filed.filed(lately).kept(db, lately), host));
    let (draft, host) = seed(2, Dspip, today());
    all.push((draft.kept(db, today()), host));
    let (minors, host) = seed(3, DtPjj, lately);
    let minors = minors.filed(lately).incomplete(lately).kept(db, lately);
    all.push((minors, host));
    let (national, host) = seed(4, GardeDesSceaux, today());
    let national = national.filed(today()).instructed(today());
    all.push((national.kept(db, today()), host));
    Many { agency, all }
}

#[test]
fn each_filter_leaves_out_what_it_does_not_name() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let Many { agency, all } = many(&server);
        let until = Period::lasting(long_ago(), Term::Months(60)).last();
        let (day, lately) = (today(), today() - Days::new(3));
        let after = until + Days::new(1);
        let host = &all[1].1;
        for (query, expected) in [
            (String::new(), &[0, 1, 2, 3, 4][..]),
            ("status=draft,granted".to_owned(), &[0, 2]),
            ("authority=dt_pjj".to_owned(), &[3]),
            ("host_kind=association".to_owned(), &[0, 1, 2, 3, 4]),
            ("host_kind=ess_company".to_owned(), &[]),
            ("departement=33".to_owned(), &[0, 1, 2, 3]),
            ("departement=40,69".to_owned(), &[]),
            (format!("partner={host}"), &[1]),
            ("national=true".to_owned(), &[4]),
            ("national=false".to_owned(), &[0, 1, 2, 3]),
            ("decidable=true".to_owned(), &[4]),
            ("decidable=false".to_owned(), &[0, 1, 2, 3]),
            (format!("in_force_on={day}"), &[0]),
            (format!("in_force_on={until}"), &[0]),
            (format!("in_force_on={after}"), &[]),
            (format!("valid_until_before={until}"), &[]),
            (format!("valid_until_before={after}"), &[0]),
            (format!("filed_from={lately}"), &[1, 3, 4]),
            (format!("filed_until={lately}"), &[0, 1, 3]),
            (
                format!("filed_from={lately}&filed_until={lately}&authority=dspip"),
                &[1],
            ),
            (format!("updated_since={day}T00:00:00Z"), &[2, 4]),
            ("updated_since=2999-01-01T00:00:00Z".to_owned(), &[]),
        ] {
            let list = agency.get(&format!("{LIST}?{query}")).json();
            let mut found = ids(&list);
            let mut wanted: Vec<_> = expected.iter().map(|n: &usize| all[*n].0.clone()).collect();
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{query}");
            assert_eq!(list["total"], wanted.len(), "{query}");
        }
    });
}

#[test]
fn dossiers_are_paged_in_the_order_that_is_asked_for() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let Many { agency, all } = many(&server);
        for sort in ["", "&sort=-filed_on", "&sort=valid_until"] {
            let whole = ids(&agency.get(&format!("{LIST}?limit=100{sort}")).json());
            let (first, last) = match sort {
                "&sort=valid_until" => (&all[0].0, None),
                _ => (&all[4].0, Some(&all[2].0)),
            };
            assert_eq!(&whole[0], first, "{sort}");
            assert!(last.is_none_or(|last| whole.last() == Some(last)), "{sort}");
            let mut found = Vec::new();
            let mut answer = agency.get(&format!("{LIST}?limit=2{sort}"));
            loop {
                let page = answer.json();
                assert_eq!(page["total"], 5);
                assert_eq!(answer.header("total-count"), "5");
                assert_eq!(answer.header("cache-control"), "private, no-cache");
                found.extend(ids(&page));
                let Some(next) = page["next"].as_str() else {
                    break;
                };
                assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""));
                answer = agency.get(next);
            }
            assert_eq!(found, whole, "{sort}");
        }
        let page = agency.get(&format!("{LIST}?limit=1")).json();
        let other = page["next"]
            .as_str()
            .unwrap()
            .replace("limit=1", "limit=1&status=draft");
        agency.get(&other).problem(400, "cursor-mismatch");
    });
}

#[test]
fn a_question_about_dossiers_that_is_not_well_asked_is_refused() {
    on(Parts::Real, |server| {
        let agency = Client::new(server, "agency", "", "habilitations:read");
        for (query, name, code) in [
            ("status=open", "status", "code"),
            ("authority=mairie", "authority", "code"),
            ("host_kind=club", "host_kind", "code"),
            ("departement=99", "departement", "code"),
            ("partner=me", "partner", "format"),
            ("national=oui", "national", "type"),
            ("decidable=1", "decidable", "type"),
            ("in_force_on=2026-1-1", "in_force_on", "type"),
            ("valid_until_before=demain", "valid_until_before", "type"),
            (
                "filed_from=2026-02-01&filed_until=2026-01-01",
                "filed_from",
                "order",
            ),
            ("updated_since=2026-01-01", "updated_since", "type"),
            ("sort=filed_on", "sort", "code"),
            ("limit=0", "limit", "range"),
            ("status=draft&status=filed", "status", "multiple"),
        ] {
            let refused = agency.get(&format!("{LIST}?{query}"));
            let refused = refused.refused("invalid-parameter");
            assert_eq!(refused, [(name.to_owned(), code.to_owned())], "{query}");
        }
        let unknown = agency.get(&format!("{LIST}?q=x"));
        unknown.problem(400, "unknown-parameter");
        let altered = agency.get(&format!("{LIST}?cursor=AbC"));
        altered.problem(400, "cursor-mismatch");
        agency
            .get(&format!("{LIST}/not-an-id"))
            .problem(404, "not-found");
    });
}

#[test]
fn every_reading_is_in_the_journal_and_what_is_hidden_leaves_none() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let cast = Cast::new(&server);
        let url = cast.instructed();
        let id = url.rsplit('/').next().unwrap();
        let journal = || -> Vec<String> {
            let query = format!("resource=habilitation&resource_id={id}&action=read&limit=100");
            let page = cast.agency.get(&format!("/v1/audit?{query}")).json();
            let entries = page["items"].as_array().unwrap().iter();
            entries
                .map(|it| it["role"]["code"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(journal(), [""; 0], "a write is in it by its change");
        cast.host.get(&url).json();
        cast.probation.get(LIST).json();
        cast.host.get(&format!("{url}/acknowledgement")).json();
        cast.host.get("/v1/changes?resource=habilitation").json();
        cast.judge.get(&url).problem(404, "not-found");
        assert_eq!(cast.judge.get(LIST).json()["total"], 0);
        assert_eq!(journal(), ["partner", "partner", "probation", "partner"]);
        let not_kept = cast.host.get(&url);
        assert_eq!(not_kept.header("cache-control"), "private, no-cache");
        let known = [
            ("Authorization", cast.host.bearer()),
            ("If-None-Match", not_kept.header("etag")),
        ];
        assert_eq!(
            server.get_with(&url, &known).status,
            200,
            "each reading counts"
        );
    });
}
