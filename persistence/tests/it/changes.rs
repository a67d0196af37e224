//! The change log has no gaps, whoever writes and whoever reads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ScopedJoinHandle};

use domain::changes::{Change, EventType, NewChange};
use persistence::changes::Follower;
use persistence::testing::{TestDb, engines};
use persistence::{Db, DbError, Options, changes};
use uuid::Uuid;

use crate::fixture::{actor, at};

fn entry(n: u32) -> NewChange {
    NewChange {
        event: EventType::EstablishmentUpdated,
        resource_id: Uuid::from_u128(u128::from(n)),
        part: n.is_multiple_of(2).then(|| format!("zones/{n}")),
        version: i64::from(n),
        at: at(n % 60),
        actor: actor(),
    }
}

fn append(db: &Db, n: u32) -> i64 {
    db.write_blocking(|conn| changes::append(conn, &entry(n)))
        .unwrap()
}

fn after(db: &Db, sequence: i64, limit: u32) -> Vec<Change> {
    db.read_blocking(|conn| changes::after(conn, sequence, limit))
        .unwrap()
}

#[test]
fn entries_are_numbered_from_one_and_read_back_in_order() {
    for test in engines() {
        let db = test.db();
        assert_eq!(db.read_blocking(changes::position).unwrap(), 0);
        assert_eq!([append(db, 1), append(db, 2), append(db, 3)], [1, 2, 3]);
        let read = after(db, 1, 10);
        let expected = [2, 3].map(|n| Change {
            sequence: i64::from(n),
            what: entry(n),
        });
        assert_eq!(read, expected);
        assert_eq!(after(db, 0, 2).len(), 2);
        assert_eq!(after(db, 3, 10), []);
        assert_eq!(db.read_blocking(changes::position).unwrap(), 3);
    }
}

#[test]
fn a_failed_write_gives_its_number_back() {
    for test in engines() {
        append(test.db(), 1);
        let failed: Result<(), DbError> = test.db().write_blocking(|conn| {
            assert_eq!(changes::append(conn, &entry(2))?, 2);
            Err(DbError::Unavailable("for the test".to_owned()))
        });
        assert!(failed.is_err());
        assert_eq!(append(test.db(), 3), 2);
    }
}

#[test]
fn entries_of_some_types_are_read_alone() {
    for test in engines() {
        append(test.db(), 1);
        let closed = NewChange {
            event: EventType::EstablishmentClosed,
            ..entry(2)
        };
        test.db()
            .write_blocking(|conn| changes::append(conn, &closed))
            .unwrap();
        append(test.db(), 3);
        let of = |sequence, events: &'static [EventType], limit| {
            let everybody = Follower::everybody();
            let read = test.db().read_blocking(move |conn| {
                changes::of_types(conn, sequence, events, &everybody, limit)
            });
            let numbers = read.unwrap().into_iter().map(|change| change.sequence);
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(of(0, &[EventType::EstablishmentClosed], 10), [2]);
        assert_eq!(of(0, &[EventType::EstablishmentUpdated], 10), [1, 3]);
        assert_eq!(of(0, &[EventType::EstablishmentUpdated], 1), [1]);
        assert_eq!(of(1, &[EventType::EstablishmentUpdated], 1), [3]);
        assert_eq!(of(0, &[], 10), [0_i64; 0]);
    }
}

#[test]
fn what_is_old_goes_and_the_numbers_go_on() {
    for test in engines() {
        let oldest = || test.db().read_blocking(changes::oldest).unwrap();
        let purge = |before| {
            let purged = test
                .db()
                .write_blocking(move |conn| changes::purge(conn, before));
            purged.unwrap()
        };
        assert_eq!(oldest(), None);
        assert_eq!(purge(at(30)), 0, "nothing is there to go");
        for n in 1..=3 {
            append(test.db(), n);
        }
        assert_eq!(oldest(), Some(1));
        assert_eq!(purge(at(1)), 0, "the instant itself is kept");
        assert_eq!(purge(at(2)), 1);
        assert_eq!(oldest(), Some(2));
        assert_eq!(purge(at(50)), 1, "the last entry stays");
        assert_eq!(oldest(), Some(3));
        assert_eq!(append(test.db(), 4), 4);
    }
}

#[test]
fn eight_writers_leave_no_gap_and_no_reader_sees_one() {
    const WRITERS: u32 = 8;
    const EACH: u32 = 12;
    for test in engines() {
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let reader = scope.spawn(|| watch(test.db(), &done));
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let test = &test;
                    scope.spawn(move || write_as_another_process(test, writer, EACH))
                })
                .collect();
            let ends: Vec<_> = writers.into_iter().map(ScopedJoinHandle::join).collect();
            // Whatever became of the writers, the reader must be told, or it reads for ever.
            done.store(true, Ordering::Release);
            assert!(ends.iter().all(Result::is_ok), "a writer failed");
            assert_eq!(reader.join().unwrap(), i64::from(WRITERS * EACH));
        });
    }
}

/// A pool of its own, so that nothing but the database itself keeps the writers apart.
fn write_as_another_process(test: &TestDb, writer: u32, number: u32) {
    let options = Options {
        max_connections: 1,
        ..Options::default()
    };
    let db = Db::open(test.url().parse().unwrap(), options).unwrap();
    for n in 0..number {
        append(&db, writer * number + n + 1);
    }
}

/// Follows the log until the writers are done; answers the last number seen.
fn watch(db: &Db, done: &AtomicBool) -> i64 {
    let mut seen = 0;
    loop {
        let last_round = done.load(Ordering::Acquire);
        for change in after(db, seen, 1_000) {
            assert_eq!(
                change.sequence,
                seen + 1,
                "an entry was seen before the one before it"
            );
            seen = change.sequence;
        }
        if last_round {
            return seen;
        }
    }
}
