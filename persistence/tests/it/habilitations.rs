//! Dossiers of habilitation are kept whole, told in order, one open at a time, and found by those
//! who may know of them.

use domain::changes::EventType;
use domain::clients::{MagistrateFunction, Perimeter, Role};
use domain::habilitations::{
    Act, Event, Habilitation, HabilitationAuthority, HabilitationStatus, Standing,
};
use domain::kernel::{Code, Id};
use domain::partners::HostKind;
use persistence::habilitations::{
    HabilitationPage, HabilitationQuestion, HabilitationRefusal, HabilitationSort, Place, Writing,
    delete, due, find, of_partner, page,
};
use persistence::testing::engines;
use persistence::{Db, RepoError, Saved, partners};

use crate::clients::told;
use crate::dossiers::{Client, Dossier, day, in_every_state, kept, law, read, with_partners};
use crate::fixture::{a_partner, actor, at, id};

use HabilitationAuthority::{Dspip, DtPjj, GardeDesSceaux};

const TODAY: &str = "2029-01-01";

/// Every dossier of the fixture, kept.
fn all_kept(db: &Db) -> Vec<Habilitation> {
    with_partners(db);
    let all = in_every_state();
    for dossier in &all {
        assert_eq!(kept(db, dossier, TODAY), Ok(Saved::Created));
    }
    all.into_iter().map(|it| it.moved.habilitation).collect()
}

#[test]
fn a_dossier_is_kept_whole_in_every_state() {
    for test in engines() {
        let all = all_kept(test.db());
        let reached: Vec<HabilitationStatus> = all.iter().map(|it| it.course().status).collect();
        for status in HabilitationStatus::all() {
            assert!(reached.contains(status), "{}", status.code());
        }
        for dossier in &all {
            let found = test.db().read_blocking(|conn| find(conn, dossier.id));
            assert_eq!(found.unwrap().as_ref(), Some(dossier), "{}", test.engine());
        }
        let theirs = test
            .db()
            .read_blocking(|conn| of_partner(conn, a_partner(1).id));
        assert_eq!(theirs.unwrap(), all[..3]);
        let unknown = test.db().read_blocking(|conn| find(conn, id(0x80, 99)));
        assert_eq!(unknown.unwrap(), None);
    }
}

#[test]
fn each_move_is_one_version_and_is_told_in_order_to_whom() {
    for test in engines() {
        let db = test.db();
        with_partners(db);
        let partners = told(db, 0).len();
        let since = i64::try_from(partners).unwrap();
        let filed = Dossier::draft(1, 1, Dspip).filed("2026-01-10");
        let asked = filed.instructed().asking("2026-01-15");
        assert_eq!(kept(db, &asked, "2026-01-15"), Ok(Saved::Created));
        let granted = asked.clone().granted("2026-02-15");
        assert_eq!(kept(db, &granted, "2026-02-15"), Ok(Saved::Updated));
        assert_eq!(kept(db, &granted, "2026-02-16"), Ok(Saved::Unchanged));
        let part = |who: &str| Some(format!("notifications/{who}"));
        let expected = [
            (EventType::HabilitationOpinionRequested, None, 1),
            (EventType::HabilitationBecameDecidable, None, 2),
            (EventType::HabilitationGranted, None, 2),
            (EventType::HabilitationNotified, part("host"), 2),
            (EventType::HabilitationNotified, part("court_president"), 2),
        ];
        assert_eq!(told(db, since), expected);
        let record = read(db, &granted).record;
        assert_eq!((record.version, record.created_at), (2, at(0)));
        assert_eq!(record.updated_at, at(1));
    }
}

#[test]
fn a_host_has_one_open_dossier_before_an_authority_for_a_place() {
    for test in engines() {
        let db = test.db();
        with_partners(db);
        let first = Dossier::draft(1, 1, Dspip);
        assert_eq!(kept(db, &first, "2026-01-05"), Ok(Saved::Created));
        let again = Dossier::draft(2, 1, Dspip);
        let open = Err(HabilitationRefusal::Open(first.moved.habilitation.id));
        assert_eq!(kept(db, &again, "2026-01-05"), open);
        for (n, partner, authority) in [(3, 1, DtPjj), (4, 1, GardeDesSceaux), (5, 2, Dspip)] {
            let other = Dossier::draft(n, partner, authority);
            assert_eq!(kept(db, &other, "2026-01-05"), Ok(Saved::Created), "{n}");
        }
        let minister = Dossier::draft(6, 1, GardeDesSceaux);
        let open = Err(HabilitationRefusal::Open(id(0x80, 4)));
        assert_eq!(kept(db, &minister, "2026-01-05"), open);
        let refused = first.filed("2026-01-10").instructed().asking("2026-01-15");
        let refused = refused.refused("2026-02-20");
        assert_eq!(kept(db, &refused, "2026-02-20"), Ok(Saved::Updated));
        assert_eq!(kept(db, &again, "2026-02-20"), Ok(Saved::Created));
    }
}

#[test]
fn a_dossier_that_time_has_ended_makes_way_and_this_is_told_first() {
    for test in engines() {
        let db = test.db();
        with_partners(db);
        let filed = Dossier::draft(1, 1, Dspip).filed("2026-01-10");
        let granted = filed
            .instructed()
            .asking("2026-01-15")
            .granted("2026-02-15");
        kept(db, &granted, "2026-02-15").unwrap();
        let next = Dossier::draft(2, 1, Dspip);
        let open = Err(HabilitationRefusal::Open(granted.moved.habilitation.id));
        assert_eq!(kept(db, &next, "2031-02-14"), open);
        let before = i64::try_from(told(db, 0).len()).unwrap();
        assert_eq!(kept(db, &next, "2031-02-15"), Ok(Saved::Created));
        let expected = [
            (EventType::HabilitationExpired, None, 2),
            (EventType::HabilitationCreated, None, 1),
        ];
        assert_eq!(told(db, before), expected);
        let status = read(db, &granted).course().status;
        assert_eq!(status, HabilitationStatus::Expired);
    }
}

#[test]
fn a_draft_is_deleted_and_told() {
    for test in engines() {
        let db = test.db();
        with_partners(db);
        let draft = Dossier::draft(1, 1, Dspip);
        kept(db, &draft, "2026-01-05").unwrap();
        let (actor, law, host) = (actor(), law(), Client::host(1));
        let draft = draft.moved.habilitation;
        let act = Act {
            who: host.who(),
            today: day("2026-01-06"),
            law: &law,
        };
        let event: Event = draft.clone().delete(&act).unwrap();
        let writing = Writing {
            actor: &actor,
            at: at(2),
            today: act.today,
            law: &law,
        };
        db.write_blocking(|conn| delete(conn, &draft, event, &writing))
            .unwrap();
        let found = db.read_blocking(|conn| find(conn, draft.id)).unwrap();
        assert_eq!(found, None);
        let last = told(db, 0).pop().unwrap();
        assert_eq!(last, (EventType::HabilitationDeleted, None, 2));
    }
}

#[test]
fn a_partner_that_has_a_dossier_is_not_deleted() {
    for test in engines() {
        let db = test.db();
        with_partners(db);
        kept(db, &Dossier::draft(1, 1, Dspip), "2026-01-05").unwrap();
        let gone = |n| {
            let id = a_partner(n).id;
            db.write_blocking(|conn| partners::delete(conn, id, at(2), &actor()))
        };
        assert!(matches!(gone(1), Err(RepoError::Refused(_))));
        assert!(matches!(gone(2), Ok(true)));
    }
}

#[test]
fn what_time_has_to_tell_is_due_once() {
    for test in engines() {
        let db = test.db();
        with_partners(db);
        let asked = Dossier::draft(1, 1, Dspip).filed("2026-01-10").instructed();
        let asked = asked.asking("2026-01-15");
        kept(db, &asked, "2026-01-15").unwrap();
        let on = |today: &str| -> Vec<Id<Habilitation>> {
            let found = db.read_blocking(|conn| due(conn, day(today), 10)).unwrap();
            found.iter().map(|it| it.id).collect()
        };
        let own = asked.moved.habilitation.id;
        assert_eq!(on("2026-02-14"), []);
        assert_eq!(on("2026-02-15"), [own]);
        let decidable = asked.passed("2026-02-15");
        kept(db, &decidable, "2026-02-15").unwrap();
        assert_eq!(on("2030-01-01"), []);
        let granted = decidable.granted("2026-02-16");
        kept(db, &granted, "2026-02-16").unwrap();
        assert_eq!(on("2031-02-15"), []);
        assert_eq!(on("2031-02-16"), [own]);
        kept(db, &granted.passed("2031-03-01"), "2031-03-01").unwrap();
        assert_eq!(on("2040-01-01"), []);
    }
}

fn asked(db: &Db, client: &Client, question: &HabilitationQuestion, today: &str) -> Vec<u8> {
    let sort = HabilitationSort::LastFiled;
    let found = db.read_blocking(|conn| {
        let who = client.who();
        page(conn, &who, question, (day(today), sort), None, 100)
    });
    let HabilitationPage {
        habilitations,
        total,
        more,
    } = found.unwrap();
    assert_eq!(
        (usize::try_from(total).unwrap(), more),
        (habilitations.len(), false)
    );
    let mut numbers: Vec<u8> = habilitations
        .iter()
        .map(|it| it.id.uuid().as_bytes()[15])
        .collect();
    numbers.sort_unstable();
    numbers
}

/// The numbers of the dossiers for which this holds.
fn those(all: &[Habilitation], holds: impl Fn(&Habilitation) -> bool) -> Vec<u8> {
    let held = all.iter().filter(|it| holds(it));
    held.map(|it| it.id.uuid().as_bytes()[15]).collect()
}

#[test]
fn a_list_shows_each_client_what_its_standing_lets_it_know() {
    let magistrate = |function| Client::of(Role::Magistrate, Some(function), &["33", "40"]);
    let clients = [
        Client::host(1),
        Client::host(2),
        Client::of(Role::Probation, None, &["33", "40"]),
        Client::of(Role::Probation, None, &["75"]),
        Client::of(Role::Youth, None, &["33"]),
        magistrate(MagistrateFunction::Prosecutor),
        magistrate(MagistrateFunction::EnforcementJudge),
        magistrate(MagistrateFunction::JuvenileJudge),
        Client::of(
            Role::Magistrate,
            Some(MagistrateFunction::Prosecutor),
            &["75"],
        ),
        Client::of(Role::Prefect, None, &["33"]),
        Client::new(Role::Agency, None, Perimeter::All),
        Client::new(Role::Ministry, None, Perimeter::All),
        Client::new(Role::Administrator, None, Perimeter::All),
    ];
    for test in engines() {
        let all = all_kept(test.db());
        for client in &clients {
            let expected = those(&all, |it| Standing::of(&client.who(), it).is_some());
            let found = asked(test.db(), client, &HabilitationQuestion::default(), TODAY);
            assert_eq!(found, expected, "{:?}", client.who());
        }
    }
}

/// What the agency is answered on `today` to a question altered so.
fn found(db: &Db, today: &str, alter: impl FnOnce(&mut HabilitationQuestion)) -> Vec<u8> {
    let agency = Client::new(Role::Agency, None, Perimeter::All);
    let mut question = HabilitationQuestion::default();
    alter(&mut question);
    asked(db, &agency, &question, today)
}

#[test]
fn a_list_sees_a_day_as_the_domain_does_whether_time_was_told_or_not() {
    for test in engines() {
        let db = test.db();
        let all = all_kept(db);
        // Before, during and after the periods of the fixture.
        for today in ["2026-03-01", "2029-01-01", "2031-02-15", "2036-01-01"] {
            let on = day(today);
            for status in HabilitationStatus::all() {
                let expected = those(&all, |it| it.status_on(on) == *status);
                let found = found(db, today, |it| it.statuses = vec![*status]);
                assert_eq!(found, expected, "{} on {today}", status.code());
            }
            let two = [HabilitationStatus::Expired, HabilitationStatus::Filed];
            let either = found(db, today, |it| it.statuses = two.to_vec());
            assert_eq!(either, those(&all, |it| two.contains(&it.status_on(on))));
            for decidable in [true, false] {
                let expected = those(&all, |it| {
                    let may = it.decidability(&law(), on).and_then(|may| may.on);
                    let over = it.status_on(on) == HabilitationStatus::Expired;
                    (!over && may.is_some_and(|from| from <= on)) == decidable
                });
                let found = found(db, today, |it| it.decidable = Some(decidable));
                assert_eq!(found, expected, "{decidable} on {today}");
            }
            let in_force = found(db, today, |it| it.in_force_on = Some(on));
            assert_eq!(in_force, those(&all, |it| it.in_force_on(on)), "{today}");
            let ended = found(db, today, |it| it.valid_until_before = Some(on));
            let before = |it: &Habilitation| it.valid_until().is_some_and(|last| last < on);
            assert_eq!(ended, those(&all, before), "{today}");
        }
    }
}

#[test]
fn a_list_narrows_to_what_is_asked_for() {
    for test in engines() {
        let db = test.db();
        let all = all_kept(db);
        let (from, until) = (day("2026-01-08"), day("2026-01-09"));
        let later = found(db, TODAY, |it| it.filed_from = Some(until));
        let expected = those(&all, |it| it.course().filed_on >= Some(until));
        assert_eq!(later, expected);
        let between = found(db, TODAY, |it| {
            it.filed_from = Some(from);
            it.filed_until = Some(until);
        });
        assert_eq!(between, [2]);
        for authority in HabilitationAuthority::all() {
            let expected = those(&all, |it| it.jurisdiction.authority() == *authority);
            let found = found(db, TODAY, |it| it.authorities = vec![*authority]);
            assert_eq!(found, expected, "{}", authority.code());
        }
        for national in [true, false] {
            let own = |it: &Habilitation| it.jurisdiction.departement().is_none() == national;
            let found = found(db, TODAY, |it| it.national = Some(national));
            assert_eq!(found, those(&all, own));
        }
        let gironde = found(db, TODAY, |it| {
            it.departements = vec!["33".parse().unwrap()];
        });
        let local = |it: &Habilitation| it.jurisdiction.departement().is_some();
        assert_eq!(gironde, those(&all, local));
        let own = a_partner(2).id;
        let theirs = found(db, TODAY, |it| it.partners = vec![own]);
        assert_eq!(theirs, those(&all, |it| it.partner == own));
        let companies = found(db, TODAY, |it| it.host_kinds = vec![HostKind::EssCompany]);
        assert_eq!(companies, Vec::<u8>::new());
        let since = found(db, TODAY, |it| it.updated_since = Some(at(1)));
        assert_eq!(since, Vec::<u8>::new(), "what is new keeps its dates");
    }
}

#[test]
fn pages_follow_one_another_in_their_order_to_the_end() {
    let agency = Client::new(Role::Agency, None, Perimeter::All);
    for test in engines() {
        let db = test.db();
        let all = all_kept(db);
        for sort in [HabilitationSort::LastFiled, HabilitationSort::FirstEnding] {
            let mut seen: Vec<Place> = Vec::new();
            loop {
                let found = db.read_blocking(|conn| {
                    let (who, question) = (agency.who(), HabilitationQuestion::default());
                    page(
                        conn,
                        &who,
                        &question,
                        (day(TODAY), sort),
                        seen.last().copied(),
                        3,
                    )
                });
                let found = found.unwrap();
                assert_eq!(usize::try_from(found.total).unwrap(), all.len());
                seen.extend(found.habilitations.iter().map(|it| Place::of(it, sort)));
                if !found.more {
                    break;
                }
            }
            let mut expected: Vec<Place> = all.iter().map(|it| Place::of(it, sort)).collect();
            expected.sort_by(|one, other| match sort {
                HabilitationSort::LastFiled => (other.day, other.id).cmp(&(one.day, one.id)),
                HabilitationSort::FirstEnding => match (one.day, other.day) {
                    (Some(_), Some(_)) => (one.day, one.id).cmp(&(other.day, other.id)),
                    (None, None) => other.id.cmp(&one.id),
                    _ => one.day.is_none().cmp(&other.day.is_none()),
                },
            });
            assert_eq!(seen, expected, "{sort:?} on {}", test.engine());
        }
    }
}
