//! A synchronisation withdraws what it did not see, and nothing when it is abandoned.

use domain::changes::EventType;
use domain::kernel::Id;
use domain::offers::{
    LineOutcome, MaxWithdrawn, Offer, OfferKind, OfferStatus, PartnerReference, SyncGuard,
    SyncStatus,
};
use persistence::offers::syncs::{
    Sync, SyncCounts, SyncRefusal, end, find, idle, open, see, unseen, withdraw,
};
use persistence::{Conn, Db, RepoError};

use super::samples::{draft, facts, in_state, moved, on};
use super::{databases, kept, saved};
use crate::clients::told;
use crate::fixture::{a_partner, actor, id};

fn sync_id(n: u8) -> Id<Sync> {
    id(0xd1, n)
}

fn ask<T>(
    db: &Db,
    what: impl FnOnce(&mut Conn) -> Result<T, RepoError<SyncRefusal>>,
) -> Result<T, SyncRefusal> {
    match db.write_blocking(what) {
        Ok(value) => Ok(value),
        Err(RepoError::Refused(refusal)) => Err(refusal),
        Err(RepoError::Db(error)) => panic!("{error}"),
    }
}

fn opened(db: &Db, n: u8) -> Result<Sync, SyncRefusal> {
    ask(db, |conn| open(conn, sync_id(n), a_partner(1).id, on(20)))
}

fn references(names: &[&str]) -> Vec<PartnerReference> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

/// Ten offers of the partner, one of them withdrawn already, and one without a reference.
fn with_offers(db: &Db) -> Vec<Offer> {
    let kinds = [OfferKind::Tig, OfferKind::Employment, OfferKind::Training];
    let offers: Vec<Offer> = (1..=10)
        .map(|n: u8| match n {
            1 => in_state(n, facts(OfferKind::Tig, true), OfferStatus::Registered),
            10 => moved(draft(n, facts(OfferKind::Tig, true)).withdraw(on(2))),
            _ => draft(n, facts(*kinds.get(usize::from(n % 3)).unwrap(), true)),
        })
        .collect();
    for offer in &offers {
        saved(db, offer);
    }
    offers
}

#[test]
fn one_synchronisation_of_a_partner_is_open_at_a_time() {
    for test in databases() {
        let db = test.db();
        let first = opened(db, 1).unwrap();
        assert_eq!(opened(db, 2), Err(SyncRefusal::Open(first.id)));
        let other = ask(db, |conn| open(conn, sync_id(3), a_partner(2).id, on(20)));
        assert!(other.is_ok(), "another partner has its own");
        let of = |partner: u8| {
            db.read_blocking(move |conn| find(conn, id(0x70, partner), sync_id(1)))
                .unwrap()
        };
        assert_eq!((of(1), of(2)), (Some(first), None));
        let ended = ask(db, |conn| end(conn, &first, SyncStatus::Abandoned, on(21))).unwrap();
        assert_eq!(
            (ended.status, ended.record.version),
            (SyncStatus::Abandoned, 2)
        );
        assert_eq!(of(1), Some(ended));
        assert!(opened(db, 4).is_ok());
        // What is over takes nothing more.
        let none = SyncCounts::default();
        let closed = Err(SyncRefusal::Closed);
        assert_eq!(ask(db, |conn| see(conn, &first, &[], none, on(22))), closed);
        assert_eq!(
            ask(db, |conn| end(conn, &first, SyncStatus::Completed, on(22))),
            closed
        );
        let most = MaxWithdrawn::default();
        let over = ask(db, |conn| unseen(conn, &first, most));
        assert_eq!(over, Err(SyncRefusal::Closed));
    }
}

#[test]
fn what_was_not_seen_is_withdrawn_within_the_share_that_is_meant() {
    for test in databases() {
        let db = test.db();
        let offers = with_offers(db);
        let sync = opened(db, 1).unwrap();
        let mut counts = SyncCounts::default();
        for outcome in [
            LineOutcome::Created,
            LineOutcome::Unchanged,
            LineOutcome::Unchanged,
        ] {
            counts.add(outcome);
        }
        let twice = references(&["A-2", "A-3", "A-2", "A-new"]);
        ask(db, |conn| see(conn, &sync, &twice, counts, on(21))).unwrap();
        let more = references(&["A-3", "A-4", "A-5", "A-6", "A-7", "A-8"]);
        let seen = ask(db, |conn| see(conn, &sync, &more, counts, on(22))).unwrap();
        assert_eq!((seen.counts.created, seen.counts.unchanged), (2, 4));
        let guard = ask(db, |conn| unseen(conn, &sync, MaxWithdrawn::default()));
        let expected = SyncGuard {
            would_withdraw: 2,
            percent: 23,
        };
        assert_eq!(guard, Err(SyncRefusal::Guard(expected)));
        let meant = MaxWithdrawn::new(25).unwrap();
        let ids = ask(db, |conn| unseen(conn, &sync, meant)).unwrap();
        assert_eq!(ids, [offers[0].id, offers[8].id]);
        let before = i64::try_from(told(db, 0).len()).unwrap();
        let number = ask(db, |conn| withdraw(conn, &sync, &ids, on(23), &actor()));
        assert_eq!(number, Ok(2));
        assert!(kept(db, offers[8].id).is_gone());
        // A registered post is suspended by its host, and stays on the list.
        let post = kept(db, offers[0].id);
        assert_eq!(post.life().status, OfferStatus::Suspended);
        assert_eq!(
            told(db, before),
            [
                (EventType::OfferSuspended, None, 2),
                (EventType::OfferWithdrawn, None, 2)
            ]
        );
        let again = ask(db, |conn| withdraw(conn, &sync, &ids, on(23), &actor()));
        assert_eq!(again, Ok(0));
        let over = ask(db, |conn| end(conn, &sync, SyncStatus::Completed, on(24))).unwrap();
        assert_eq!((over.status, over.withdrawn), (SyncStatus::Completed, 2));
    }
}

#[test]
fn an_abandoned_synchronisation_changes_no_offer_and_an_idle_one_is_found() {
    for test in databases() {
        let db = test.db();
        let offers = with_offers(db);
        let sync = opened(db, 1).unwrap();
        let some = references(&["A-2"]);
        let counts = SyncCounts::default();
        let seen = ask(db, |conn| see(conn, &sync, &some, counts, on(21))).unwrap();
        let idle_before = |at| db.read_blocking(move |conn| idle(conn, at)).unwrap();
        assert_eq!(idle_before(on(21)), []);
        assert_eq!(idle_before(on(22)), [seen]);
        ask(db, |conn| end(conn, &sync, SyncStatus::Expired, on(22))).unwrap();
        assert_eq!(idle_before(on(30)), []);
        let now = db.read_blocking(super::all).unwrap();
        assert_eq!(now, offers);
        // The next one has seen nothing.
        let next = opened(db, 2).unwrap();
        let all = MaxWithdrawn::new(100).unwrap();
        let ids = ask(db, |conn| unseen(conn, &next, all)).unwrap();
        assert_eq!(ids.len(), 9);
    }
}
