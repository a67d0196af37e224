//! The journal is appended to, read from the newest, and never changed.

use chrono::{DateTime, Utc};
use diesel::{RunQueryDsl, sql_query};
use domain::audit::{AuditAction, Entry, NewEntry, Resource};
use domain::changes::{Actor, EventType, NewChange};
use domain::clients::{Client, Role};
use domain::kernel::Id;
use persistence::audit::{AuditPage, AuditQuestion, Place, append, page, position, purge};
use persistence::testing::{TestDb, engines};
use persistence::{DbError, changes};
use uuid::Uuid;

use crate::fixture::{actor, altered, at, bare, id};

fn client(n: u8) -> Id<Client> {
    id(0xc1, n)
}

/// The `n`th entry of a test: clients and objects take turns.
fn entry(n: u8) -> NewEntry {
    let resource = if n.is_multiple_of(2) {
        Resource::CLIENT
    } else {
        Resource::TOKEN
    };
    NewEntry {
        action: if n == 3 {
            AuditAction::Export
        } else {
            AuditAction::Read
        },
        resource,
        resource_id: (n != 4).then(|| Uuid::from_u128(u128::from(n))),
        part: (n == 2).then(|| "secrets/7".to_owned()),
        at: at(u32::from(n)),
        actor: if n == 5 {
            actor()
        } else {
            Actor::client(client(n % 3), Role::Agency).during("trace-1")
        },
    }
}

fn journal(test: &TestDb, entries: impl IntoIterator<Item = NewEntry>) {
    test.db()
        .write_blocking(|conn| entries.into_iter().try_for_each(|it| append(conn, &it)))
        .unwrap();
}

fn read(test: &TestDb, question: &AuditQuestion, after: Option<Place>, limit: u32) -> AuditPage {
    test.db()
        .read_blocking(|conn| {
            let last = position(conn)?;
            page(conn, question, last, after, limit)
        })
        .unwrap()
}

fn numbers(page: &AuditPage) -> Vec<i64> {
    page.entries.iter().map(|entry| entry.sequence).collect()
}

#[test]
fn entries_are_numbered_and_read_back_whole_from_the_newest() {
    for test in engines() {
        journal(&test, (1..=5).map(entry));
        let all = read(&test, &AuditQuestion::default(), None, 10);
        let expected: Vec<Entry> = (1..=5)
            .rev()
            .map(|n| Entry {
                sequence: i64::from(n),
                what: entry(n),
            })
            .collect();
        assert_eq!(all.entries, expected);
        assert_eq!((all.total, all.more), (5, false));
    }
}

#[test]
fn each_filter_leaves_out_what_it_does_not_name() {
    for test in engines() {
        journal(&test, (1..=6).map(entry));
        let all = AuditQuestion::default;
        for (question, expected) in [
            (
                AuditQuestion {
                    from: Some(at(2)),
                    until: Some(at(5)),
                    ..all()
                },
                vec![4, 3, 2],
            ),
            (
                AuditQuestion {
                    clients: vec![client(1), client(0)],
                    ..all()
                },
                vec![6, 4, 3, 1],
            ),
            (
                AuditQuestion {
                    actions: vec![AuditAction::Export],
                    ..all()
                },
                vec![3],
            ),
            (
                AuditQuestion {
                    resource: Some(Resource::TOKEN),
                    ..all()
                },
                vec![5, 3, 1],
            ),
            (
                AuditQuestion {
                    resource_id: Some(Uuid::from_u128(6)),
                    ..all()
                },
                vec![6],
            ),
        ] {
            let page = read(&test, &question, None, 10);
            assert_eq!(numbers(&page), expected, "{question:?}");
            assert_eq!(usize::try_from(page.total), Ok(expected.len()));
        }
    }
}

#[test]
fn pages_are_those_of_the_journal_as_it_was_when_the_first_was_read() {
    for test in engines() {
        // The clocks of two nodes differ: what was appended later says that it was earlier.
        let skewed = NewEntry {
            at: at(2),
            ..entry(6)
        };
        journal(&test, (1..=5).map(entry).chain([skewed]));
        let all = AuditQuestion::default();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let found = test
                .db()
                .read_blocking(|conn| page(conn, &all, 6, after, 2))
                .unwrap();
            assert_eq!(found.total, 6);
            seen.extend(numbers(&found));
            if !found.more {
                break;
            }
            let last = found.entries.last().unwrap();
            after = Some(Place {
                at: last.what.at,
                sequence: last.sequence,
            });
            journal(&test, [entry(1)]);
        }
        assert_eq!(seen, [5, 4, 3, 6, 2, 1]);
    }
}

#[test]
fn a_write_has_its_entry_and_what_writes_nothing_has_none() {
    for test in engines() {
        let who = Actor::client(client(1), Role::Agency).during("trace-1");
        let save = |establishment: &_, n| {
            test.db()
                .write_blocking(|conn| {
                    persistence::establishments::save(conn, establishment, at(n), &who)
                })
                .unwrap();
        };
        let new = bare(1);
        save(&new, 1);
        save(&new, 2);
        let renamed = altered(&new, |facts, _| facts.name = "Autre nom".parse().unwrap());
        save(&renamed, 3);
        let found = read(&test, &AuditQuestion::default(), None, 10);
        let what = |action, n| NewEntry {
            action,
            resource: EventType::EstablishmentUpdated.into(),
            resource_id: Some(new.id.uuid()),
            part: None,
            at: at(n),
            actor: who.clone(),
        };
        let entries: Vec<NewEntry> = found.entries.into_iter().map(|it| it.what).collect();
        assert_eq!(
            entries,
            [what(AuditAction::Update, 3), what(AuditAction::Create, 1)]
        );
        let failed: Result<(), DbError> = test.db().write_blocking(|conn| {
            let change = NewChange {
                event: EventType::ClientCreated,
                resource_id: new.id.uuid(),
                part: None,
                version: 1,
                at: at(4),
                actor: who.clone(),
            };
            changes::append(conn, &change)?;
            Err(DbError::Unavailable("for the test".to_owned()))
        });
        assert!(failed.is_err());
        assert_eq!(test.db().read_blocking(position).unwrap(), 2);
    }
}

fn execute(test: &TestDb, statement: &str) -> Result<usize, DbError> {
    test.db()
        .write_blocking(|conn| sql_query(statement).execute(conn).map_err(DbError::from))
}

/// What an engine says of a statement that it refuses.
fn refusal(test: &TestDb, statement: &str) -> String {
    match execute(test, statement) {
        Err(DbError::Query(error)) => error.to_string(),
        other => panic!("{statement}: {other:?}"),
    }
}

/// So long ago that it may leave.
fn long_ago(n: u32) -> DateTime<Utc> {
    format!("2020-01-01T00:00:{n:02}Z").parse().unwrap()
}

#[test]
fn what_is_old_leaves_little_by_little_and_the_numbers_go_on() {
    for test in engines() {
        let old = |n: u8| NewEntry {
            at: long_ago(u32::from(n)),
            ..entry(n)
        };
        journal(&test, (1..=4).map(old));
        let purged = |before, most| {
            let gone = test.db().write_blocking(|conn| purge(conn, before, most));
            gone.unwrap()
        };
        assert_eq!(purged(long_ago(1), 10), 0, "the instant itself is kept");
        assert_eq!(purged(long_ago(3), 1), 1);
        assert_eq!(purged(long_ago(3), 10), 1);
        let kept = read(&test, &AuditQuestion::default(), None, 10);
        assert_eq!(numbers(&kept), [4, 3]);
        assert_eq!(purged(long_ago(50), 10), 1, "the last entry stays");
        journal(&test, [entry(1)]);
        let kept = read(&test, &AuditQuestion::default(), None, 10);
        assert_eq!(numbers(&kept), [5, 4]);
    }
}

#[test]
fn the_engine_itself_refuses_to_change_an_entry_and_to_remove_one_that_is_recent() {
    for test in engines() {
        // Whatever day it is, this is no older than the shortest time.
        let recent = "2999-01-01T00:00:00Z".parse().unwrap();
        let entry = |n| NewEntry {
            at: recent,
            ..entry(n)
        };
        journal(&test, [entry(1), entry(2)]);
        let said = refusal(&test, "UPDATE audit SET actor = 'nobody'");
        assert!(said.contains("never changed"), "{said}");
        let said = refusal(&test, "DELETE FROM audit");
        assert!(said.contains("never removed"), "{said}");
        if test.engine() == persistence::Engine::Postgres {
            let said = refusal(&test, "TRUNCATE audit");
            assert!(said.contains("never emptied"), "{said}");
        }
        assert_eq!(read(&test, &AuditQuestion::default(), None, 10).total, 2);
    }
}
