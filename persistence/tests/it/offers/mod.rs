//! Offers are kept whole in every state, written row by row and told in the log.

mod due;
mod lines;
mod list;
pub(crate) mod samples;
mod syncs;

use domain::changes::EventType;
use domain::kernel::{Code, Id, Record};
use domain::offers::{Authority, Content, ContentFacts, Keeper, Offer, OfferKind, OfferStatus};
use persistence::establishments;
use persistence::offers::{
    OfferPlace, OfferRefusal, any_of, clear_demo, count, demo_present, find, find_by_reference,
    lots, many, places, save,
};
use persistence::partners as partner_rows;
use persistence::testing::{TestDb, engines};
use persistence::{Conn, Db, DbError, RepoError, Saved};

use self::samples::{by_host, draft, facts, in_state, moved, nowhere, on, place, states};
use crate::clients::told;
use crate::fixture::{a_partner, actor, at, bare, id};

/// Keeps the partners and the establishment that offers name.
pub(crate) fn with_partners(db: &Db) {
    db.write_blocking(|conn| {
        for n in 1..=2 {
            let saved = partner_rows::save(conn, &a_partner(n), at(0), &actor());
            assert!(saved.is_ok(), "{saved:?}");
        }
        let saved = establishments::save(conn, &bare(1), at(0), &actor());
        saved.map(drop)
    })
    .unwrap();
}

pub(crate) fn databases() -> Vec<TestDb> {
    let tests = engines();
    for test in &tests {
        with_partners(test.db());
    }
    tests
}

/// Every offer, read two at a time.
pub(crate) fn all(conn: &mut Conn) -> Result<Vec<Offer>, DbError> {
    let mut found = Vec::new();
    lots(conn, 2, |_, lot| {
        assert!((1..=2).contains(&lot.len()));
        found.extend(lot);
        Ok(())
    })?;
    let told = places(conn)?;
    let expected = found.iter().map(|offer| OfferPlace {
        offer: offer.id,
        centre: offer.content().place.centre().map(|it| it.point),
        establishment: offer.content().establishment(),
    });
    assert_eq!(told, expected.collect::<Vec<_>>());
    Ok(found)
}

/// Saves an offer, told as made.
#[track_caller]
pub(crate) fn saved(db: &Db, offer: &Offer) -> Saved {
    let created = [EventType::OfferCreated];
    db.write_blocking(|conn| save(conn, offer, &created, on(1), &actor()))
        .unwrap()
}

pub(crate) fn kept(db: &Db, id: Id<Offer>) -> Offer {
    db.read_blocking(|conn| find(conn, id)).unwrap().unwrap()
}

fn refused(db: &Db, offer: &Offer) -> OfferRefusal {
    let events = [EventType::OfferCreated];
    match db.write_blocking(|conn| save(conn, offer, &events, on(2), &actor())) {
        Err(RepoError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// The same offer with another version and other dates.
fn with_record(offer: &Offer, record: Record) -> Offer {
    let restored = Offer::restore(
        offer.id,
        record,
        offer.keeper().clone(),
        offer.content().clone(),
        offer.life().clone(),
    );
    restored.unwrap()
}

#[test]
fn an_offer_of_each_kind_is_kept_whole_in_each_state() {
    for test in databases() {
        let db = test.db();
        let mut given = Vec::new();
        for kind in OfferKind::all() {
            for (full, status) in states(*kind).flat_map(|it| [(false, it), (true, it)]) {
                let n = u8::try_from(given.len()).unwrap();
                let offer = in_state(n, facts(*kind, full), status);
                assert_eq!(offer.life().status, status);
                assert_eq!(saved(db, &offer), Saved::Created);
                assert_eq!(kept(db, offer.id), offer);
                given.push(offer);
            }
        }
        assert_eq!(db.read_blocking(all).unwrap(), given);
        assert_eq!(db.read_blocking(count).unwrap(), 38);
        let (last, first) = (given[37].id, given[0].id);
        let asked = [last, id(0x90, 200), first, last];
        let found = db.read_blocking(|conn| many(conn, &asked)).unwrap();
        assert_eq!(found, [given[0].clone(), given[37].clone()]);
        let partner = a_partner(1).id;
        for (reference, found) in [("A-3", given.get(3)), ("A-99", None)] {
            let reference = reference.parse().unwrap();
            let by = db.read_blocking(|conn| find_by_reference(conn, partner, &reference));
            assert_eq!(by.unwrap().as_ref(), found);
        }
    }
}

#[test]
fn each_move_is_written_over_what_was_kept() {
    for test in databases() {
        let db = test.db();
        for (n, kind) in (0..).zip(OfferKind::all()) {
            let id = saved_through_its_states(db, n, *kind);
            // What is withdrawn and taken back is as it was, but for what happened.
            let offer = kept(db, id);
            let gone = offer.withdraw(on(28)).map(|moved| moved.offer);
            if let Ok(gone) = gone {
                saved(db, &gone);
                assert_eq!(kept(db, id).life(), gone.life());
            }
        }
    }
}

/// Saves an offer in one state after the other, and answers its id.
fn saved_through_its_states(db: &Db, n: u8, kind: OfferKind) -> Id<Offer> {
    let mut version = 0;
    for status in states(kind) {
        let offer = in_state(n, facts(kind, status != OfferStatus::Draft), status);
        let before = version;
        saved(db, &offer);
        let now = kept(db, offer.id);
        version = now.record.version;
        assert_eq!(version, before + 1);
        assert_eq!(now, with_record(&offer, now.record));
    }
    id(0x90, n)
}

#[test]
fn a_pending_revision_is_kept_beside_what_is_registered() {
    for test in databases() {
        let db = test.db();
        let post = in_state(1, facts(OfferKind::Tig, true), OfferStatus::Registered);
        saved(db, &post);
        let elsewhere = Content::new(ContentFacts {
            place: place("33", nowhere()),
            ..facts(OfferKind::Tig, true)
        });
        let written = post.patch(elsewhere.unwrap(), on(15)).unwrap();
        let domain::offers::Written::Changed(changed) = written else {
            panic!("{written:?}");
        };
        assert!(changed.offer.life().revision.is_some());
        saved(db, &changed.offer);
        let now = kept(db, post.id);
        assert_eq!(now, with_record(&changed.offer, now.record));
        // Taken back, nothing of it is left.
        saved(db, &post);
        assert_eq!(kept(db, post.id).life(), post.life());
    }
}

#[test]
fn what_does_not_differ_is_not_written_and_each_event_is_told_in_order() {
    for test in databases() {
        let db = test.db();
        let partners = told(db, 0).len();
        let offer = draft(1, facts(OfferKind::Employment, true));
        let both = [EventType::OfferCreated, EventType::OfferSubmitted];
        let submitted = moved(offer.submit(on(1)));
        let save_it = |at| db.write_blocking(|conn| save(conn, &submitted, &both, at, &actor()));
        assert_eq!(save_it(on(1)).unwrap(), Saved::Created);
        assert_eq!(save_it(on(2)).unwrap(), Saved::Unchanged);
        let published = submitted.publish(Authority::Agency, on(3)).unwrap();
        let events = [published.event];
        let updated =
            db.write_blocking(|conn| save(conn, &published.offer, &events, on(3), &actor()));
        assert_eq!(updated.unwrap(), Saved::Updated);
        let now = kept(db, offer.id).record;
        assert_eq!(now, offer.record.changed(on(3)));
        assert_eq!(
            told(db, i64::try_from(partners).unwrap()),
            [
                (EventType::OfferCreated, None, 1),
                (EventType::OfferSubmitted, None, 1),
                (EventType::OfferPublished, None, 2),
            ]
        );
    }
}

#[test]
fn a_reference_is_one_offer_of_a_partner_and_what_is_named_is_known() {
    for test in databases() {
        let db = test.db();
        let first = draft(1, facts(OfferKind::Tig, true));
        saved(db, &first);
        let kept_by = |n, partner: u8, reference: &str| {
            let keeper = Keeper::new(Some(id(0x70, partner)), reference.parse().ok(), false);
            let (content, at) = (first.content().clone(), on(1));
            Offer::draft(id(0x90, n), keeper.unwrap(), content, at).unwrap()
        };
        assert_eq!(
            refused(db, &kept_by(2, 1, "A-1")),
            OfferRefusal::ReferenceTaken
        );
        assert_eq!(saved(db, &kept_by(2, 2, "A-1")), Saved::Created);
        let stranger = OfferRefusal::PartnerUnknown(id(0x70, 9));
        assert_eq!(refused(db, &kept_by(3, 9, "A-9")), stranger);
        let partner = |n| db.read_blocking(move |conn| any_of(conn, id(0x70, n)));
        assert!(partner(1).unwrap() && !partner(3).unwrap());
        let deleted =
            db.write_blocking(|conn| partner_rows::delete(conn, a_partner(1).id, at(9), &actor()));
        assert!(
            matches!(deleted, Err(RepoError::Refused(_))),
            "it is in use: {deleted:?}"
        );
    }
    for test in engines() {
        let job = draft(1, facts(OfferKind::Employment, true));
        let partner = a_partner(1);
        let db = test.db();
        db.write_blocking(|conn| partner_rows::save(conn, &partner, at(0), &actor()))
            .unwrap();
        let missing = OfferRefusal::EstablishmentUnknown(bare(1).id);
        assert_eq!(refused(db, &job), missing);
    }
}

#[test]
fn offers_of_a_demonstration_leave_no_trace_but_in_the_log() {
    for test in databases() {
        let db = test.db();
        let real = in_state(1, facts(OfferKind::Tig, true), OfferStatus::Suspended);
        let keeper = Keeper::new(Some(a_partner(1).id), None, true).unwrap();
        let demo = in_state(2, facts(OfferKind::Tig, true), OfferStatus::StruckOff);
        let (content, life) = (demo.content().clone(), demo.life().clone());
        let demo = Offer::restore(demo.id, demo.record, keeper, content, life).unwrap();
        saved(db, &real);
        assert!(!db.read_blocking(demo_present).unwrap());
        saved(db, &demo);
        assert!(db.read_blocking(demo_present).unwrap());
        let before = i64::try_from(told(db, 0).len()).unwrap();
        let clear = || db.write_blocking(|conn| clear_demo(conn, on(30), &actor()));
        assert_eq!(clear().unwrap(), 1);
        assert_eq!(db.read_blocking(all).unwrap(), [real]);
        assert_eq!(told(db, before), [(EventType::OfferWithdrawn, None, 2)]);
        assert_eq!(clear().unwrap(), 0);
        assert_eq!(saved(db, &demo), Saved::Created);
    }
}

/// A host that suspended its post, for the tests of what hides an offer.
pub(crate) fn suspended(post: &Offer) -> Offer {
    moved(post.suspend(by_host(), None, on(20)))
}
