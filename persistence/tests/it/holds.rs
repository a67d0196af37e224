//! Holds take places of a post, give them back, and never take more than there are.

use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::RunQueryDsl;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use domain::changes::EventType;
use domain::clients::{Client, ClientFacts, Role};
use domain::holds::{
    CaseHash, CaseKey, Hold, HoldRefused, HoldRequest, HoldStatus, HoldTerms, HoldVerb,
};
use domain::kernel::{Code, Count, Id, SentenceHours, Validity};
use domain::offers::{
    Audience, Dated, Diffusion, HostStanding, HoursBounds, MinimumWages, NoPlaceLeft, Offer,
    OfferKind, OfferLaw, OfferStatus, PayFloors, PenalFramework, Surroundings, TigHours,
};
use persistence::holds::{
    HoldQuestion, HoldReach, HoldRefusal, expire, find, make_move, page, take,
};
use persistence::testing::TestDb;
use persistence::{Db, DbError, Engine, Options, RepoError};

use crate::clients::{client, kept as kept_client, told};
use crate::fixture::{a_partner, actor, id};
use crate::offers::samples::{day, facts, in_state, on, terms};
use crate::offers::{databases, kept, saved};

/// A law that knows of one framework, for adults.
fn law() -> OfferLaw {
    let bounds = Dated {
        validity: Validity::default(),
        article: "CP 131-8".to_owned(),
        source: "essai".to_owned(),
        value: HoursBounds {
            framework: PenalFramework::TigMainPenalty,
            audience: Audience::Adults,
            min_hours: Some(20),
            max_hours: 400,
            max_months: Some(18),
            deadline_article: None,
        },
    };
    OfferLaw {
        tig_hours: TigHours::new(vec![bounds]).unwrap(),
        pay_floors: PayFloors::new(Vec::new()).unwrap(),
        minimum_wages: MinimumWages::new(Vec::new()).unwrap(),
        terms: terms(),
    }
}

pub(crate) fn holder(n: u8, demo: bool) -> Client {
    let one = client(n, Role::Probation);
    let facts = ClientFacts {
        demo,
        ..one.clone().into_facts()
    };
    Client::new(one.id, one.record, facts).unwrap()
}

pub(crate) fn request(holder: Id<Client>, places: u32, starts_on: &str) -> HoldRequest {
    let reference = "2026/0042".parse().unwrap();
    HoldRequest {
        holder,
        places: Count::new(places).unwrap(),
        hours: SentenceHours::new(105).unwrap(),
        starts_on: day(starts_on),
        framework: Some(PenalFramework::TigMainPenalty),
        case: CaseHash::of(&reference, holder, &CaseKey::new([7; 32])),
    }
}

pub(crate) fn hold_id(n: u8) -> Id<Hold> {
    id(0xd2, n)
}

/// Takes places of a post for an hour.
pub(crate) fn taken(
    db: &Db,
    n: u8,
    post: Id<Offer>,
    request: HoldRequest,
    at: DateTime<Utc>,
) -> Result<Hold, HoldRefusal> {
    let around = Surroundings {
        host: HostStanding::ByRight,
        establishment_open: true,
    };
    let answer = db.write_blocking(|conn| {
        let terms = HoldTerms {
            around: &around,
            view: Diffusion::Authorities,
            law: &law(),
            lasting: TimeDelta::hours(1),
        };
        take(conn, (hold_id(n), post), request, &terms, at, &actor())
    });
    match answer {
        Ok(hold) => Ok(hold),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

fn made(db: &Db, id: Id<Hold>, verb: HoldVerb, at: DateTime<Utc>) -> Result<Hold, HoldRefusal> {
    match db.write_blocking(|conn| make_move(conn, id, verb, at, &actor())) {
        Ok(hold) => Ok(hold),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

/// A registered post of four places, and two clients, the second of a demonstration.
pub(crate) fn with_post(db: &Db) -> (Offer, Id<Client>) {
    let post = in_state(1, facts(OfferKind::Tig, true), OfferStatus::Registered);
    saved(db, &post);
    kept_client(db, &holder(1, false));
    kept_client(db, &holder(2, true));
    (post, holder(1, false).id)
}

fn full(places_left: u32) -> HoldRefusal {
    HoldRefusal::Rule(HoldRefused::NoPlaceLeft(NoPlaceLeft { places_left }))
}

#[test]
fn a_hold_and_the_places_of_its_post_are_kept_together() {
    for test in databases() {
        let db = test.db();
        let (post, by) = with_post(db);
        let before = i64::try_from(told(db, 0).len()).unwrap();
        let asked = request(by, 3, "2026-07-20");
        let hold = taken(db, 1, post.id, asked, on(20)).unwrap();
        assert_eq!(hold.request, asked);
        let found = |id| db.read_blocking(move |conn| find(conn, id)).unwrap();
        assert_eq!(found(hold.id), Some(hold));
        let now = kept(db, post.id);
        assert_eq!((now.places_left(), now.record.version), (1, 2));
        assert_eq!(
            told(db, before),
            [
                (EventType::HoldCreated, None, 1),
                (EventType::OfferUpdated, None, 2)
            ]
        );
        assert_eq!(taken(db, 2, post.id, asked, on(20)), Err(full(1)));
        assert_eq!(found(hold_id(2)), None);

        let confirmed = made(db, hold.id, HoldVerb::Confirm, on(20)).unwrap();
        assert_eq!(found(hold.id), Some(confirmed));
        assert_eq!(
            (confirmed.status, confirmed.record.version),
            (HoldStatus::Confirmed, 2)
        );
        assert_eq!(
            kept(db, post.id).record.version,
            2,
            "no place is given back"
        );
        made(db, hold.id, HoldVerb::Complete, on(21)).unwrap();
        assert_eq!(kept(db, post.id).places_left(), 4);
        let again = made(db, hold.id, HoldVerb::Release, on(21));
        assert!(matches!(
            again,
            Err(HoldRefusal::Rule(HoldRefused::NotAllowed { .. }))
        ));
        let events = [
            (EventType::HoldConfirmed, None, 2),
            (EventType::HoldCompleted, None, 3),
            (EventType::OfferUpdated, None, 3),
        ];
        assert_eq!(told(db, before + 2), events);
        let unknown = made(db, hold_id(9), HoldVerb::Release, on(21));
        assert_eq!(unknown, Err(HoldRefusal::Unknown(hold_id(9))));
        let nothing = taken(db, 3, id(0x90, 9), asked, on(20));
        assert_eq!(nothing, Err(HoldRefusal::OfferUnknown(id(0x90, 9))));
    }
}

#[test]
fn a_hold_that_is_not_confirmed_in_time_gives_its_places_to_the_next() {
    for test in databases() {
        let db = test.db();
        let (post, by) = with_post(db);
        let asked = request(by, 3, "2026-07-25");
        taken(db, 1, post.id, asked, on(20)).unwrap();
        // An hour later, nobody having told it.
        let later = on(20) + TimeDelta::hours(1);
        let before = i64::try_from(told(db, 0).len()).unwrap();
        taken(db, 2, post.id, asked, later).unwrap();
        assert_eq!(kept(db, post.id).places_left(), 1);
        let events: Vec<EventType> = told(db, before).into_iter().map(|it| it.0).collect();
        let expected = [
            EventType::HoldExpired,
            EventType::OfferUpdated,
            EventType::HoldCreated,
            EventType::OfferUpdated,
        ];
        assert_eq!(events, expected);
        let expired = |at| db.write_blocking(move |conn| expire(conn, 10, at, &actor()));
        assert_eq!(expired(later).unwrap(), 0);
        assert_eq!(expired(on(21)).unwrap(), 1);
        assert_eq!(kept(db, post.id).places_left(), 4);
        assert_eq!(expired(on(22)).unwrap(), 0);
    }
}

#[test]
fn fifty_callers_at_once_never_take_more_than_there_is() {
    for test in databases() {
        let (post, by) = with_post(test.db());
        // Half of them come by another process, which shares no turn with the first.
        let options = Options {
            max_connections: 4,
            acquire_timeout: std::time::Duration::from_mins(1),
            busy_timeout: std::time::Duration::from_mins(1),
            ..Options::default()
        };
        let doors = [(); 2].map(|()| Db::open(test.url().parse().unwrap(), options).unwrap());
        let answers: Vec<_> = thread::scope(|scope| {
            let callers: Vec<_> = (0..50)
                .map(|n: u8| {
                    let (db, post) = (&doors[usize::from(n % 2)], post.id);
                    let asked = request(by, 1, "2026-07-20");
                    scope.spawn(move || taken(db, n, post, asked, on(20)))
                })
                .collect();
            callers.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let (good, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(good.len(), 4);
        assert!(refused.into_iter().all(|it| it == Err(full(0))));
        assert_eq!(kept(test.db(), post.id).places_left(), 0);
        let held = question(|it| it.statuses = vec![HoldStatus::Held]);
        let read = test
            .db()
            .read_blocking(|conn| page(conn, &held, on(20), None, 9));
        assert_eq!(read.unwrap().total, 4);
    }
}

fn question(alter: impl FnOnce(&mut HoldQuestion)) -> HoldQuestion {
    let mut question = HoldQuestion::default();
    alter(&mut question);
    question
}

/// The holds asked for on the 21st of July.
pub(crate) fn found(db: &Db, question: &HoldQuestion) -> Vec<Id<Hold>> {
    let read = db.read_blocking(|conn| page(conn, question, on(21), None, 100));
    let read = read.unwrap();
    assert_eq!(usize::try_from(read.total).unwrap(), read.holds.len());
    read.holds.iter().map(|hold| hold.id).collect()
}

#[test]
fn holds_are_found_by_holder_offer_state_and_days_page_by_page() {
    for test in databases() {
        let db = test.db();
        let (post, by) = with_post(db);
        let other = in_state(2, facts(OfferKind::Tig, true), OfferStatus::Registered);
        saved(db, &other);
        // Lapsed, released, confirmed, held.
        let start = |n: u8| format!("2026-07-2{n}");
        taken(db, 1, post.id, request(by, 1, &start(1)), on(20)).unwrap();
        taken(db, 2, post.id, request(by, 1, &start(2)), on(20)).unwrap();
        let second = holder(2, true).id;
        taken(db, 3, other.id, request(second, 1, &start(3)), on(20)).unwrap();
        made(db, hold_id(2), HoldVerb::Release, on(20)).unwrap();
        made(db, hold_id(3), HoldVerb::Confirm, on(20)).unwrap();
        taken(db, 4, other.id, request(by, 1, &start(4)), on(21)).unwrap();
        let ids = |numbers: &[u8]| numbers.iter().map(|n| hold_id(*n)).collect::<Vec<_>>();
        let states = [
            (HoldStatus::Held, ids(&[4])),
            (HoldStatus::Confirmed, ids(&[3])),
            (HoldStatus::Released, ids(&[2])),
            (HoldStatus::Completed, ids(&[])),
            (HoldStatus::Expired, ids(&[1])),
        ];
        for (status, expected) in states {
            let asked = question(|it| it.statuses = vec![status]);
            assert_eq!(found(db, &asked), expected, "{status:?}");
        }
        let all = question(|it| it.statuses = HoldStatus::all().to_vec());
        assert_eq!(found(db, &all), ids(&[1, 2, 3, 4]));
        let answers = [
            (
                question(|it| it.reach = HoldReach::Own(by)),
                ids(&[1, 2, 4]),
            ),
            (question(|it| it.offers = vec![other.id]), ids(&[3, 4])),
            (
                question(|it| it.reach = HoldReach::Hosted(second, a_partner(1).id)),
                ids(&[1, 2, 3, 4]),
            ),
            (
                question(|it| it.reach = HoldReach::Hosted(second, a_partner(2).id)),
                ids(&[3]),
            ),
            (
                question(|it| it.starts_from = Some(day(&start(3)))),
                ids(&[3, 4]),
            ),
            (
                question(|it| it.starts_until = Some(day(&start(2)))),
                ids(&[1, 2]),
            ),
            (question(|it| it.updated_since = Some(on(21))), ids(&[4])),
        ];
        for (asked, expected) in answers {
            assert_eq!(found(db, &asked), expected, "{asked:?}");
        }
        let after = Some(hold_id(1));
        let read = db.read_blocking(|conn| page(conn, &all, on(21), after, 2));
        let read = read.unwrap();
        let numbers: Vec<_> = read.holds.iter().map(|hold| hold.id).collect();
        assert_eq!((numbers, read.total, read.more), (ids(&[2, 3]), 4, true));
    }
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// How SQLite would answer, or PostgreSQL when it is not let read a table through.
fn plan(test: &TestDb, query: &str) -> String {
    let lines = test.db().read_blocking(|conn| match test.engine() {
        Engine::Sqlite => sql_query(format!("EXPLAIN QUERY PLAN {query}"))
            .load::<Plan>(conn)
            .map_err(DbError::from),
        Engine::Postgres => {
            sql_query("SET LOCAL enable_seqscan = off").execute(conn)?;
            sql_query(format!("EXPLAIN {query}"))
                .load::<PgPlan>(conn)
                .map(|lines| {
                    let line = |it: PgPlan| Plan { detail: it.line };
                    lines.into_iter().map(line).collect()
                })
                .map_err(DbError::from)
        }
    });
    let lines: Vec<String> = lines.unwrap().into_iter().map(|it| it.detail).collect();
    lines.join("\n")
}

#[derive(QueryableByName)]
struct PgPlan {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

#[test]
fn what_is_asked_often_is_answered_by_an_index() {
    let one = "'00000000-0000-7000-8000-000000000001'";
    let queries = [
        (format!("SELECT * FROM offers WHERE partner_id = {one} AND id > {one} ORDER BY id LIMIT 51"), "offers_partner_id_idx"),
        (format!("SELECT id FROM offers WHERE partner_id = {one} AND reference IN ('a', 'b')"), "offers_"),
        ("SELECT * FROM offers WHERE ends_on >= '2026-07-01' AND ends_on <= '2026-07-31' ORDER BY ends_on, id LIMIT 51".to_owned(), "offers_ends_on_idx"),
        (format!("SELECT * FROM holds WHERE offer_id = {one} AND status = 'held'"), "holds_offer_id_idx"),
        ("SELECT * FROM holds WHERE status = 'held' AND expires_at <= '2026-07-01T10:00:00.000000Z' ORDER BY expires_at LIMIT 100".to_owned(), "holds_status_idx"),
        (format!("SELECT * FROM holds WHERE holder_id = {one} AND id > {one} ORDER BY id LIMIT 51"), "holds_holder_id_idx"),
        (format!("SELECT * FROM offer_history WHERE offer_id IN ({one}, {one}) ORDER BY offer_id, rank"), "offer_history"),
    ];
    for test in databases() {
        for (query, index) in &queries {
            let plan = plan(&test, query);
            assert!(plan.contains(index), "{query}: {plan}");
            assert!(
                !plan.contains("SCAN offers") && !plan.contains("Seq Scan"),
                "{plan}"
            );
        }
    }
}
