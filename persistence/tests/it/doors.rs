//! Reading never writes, writing is all or nothing, and trouble has its own name.

use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use persistence::establishments::{count, save};
use persistence::testing::{TestDb, engines};
use persistence::{Conn, Db, DbError, Engine, OpenError, Options, RepoError, changes, meta};

use crate::fixture::{actor, at, bare, full};

fn save_one(conn: &mut Conn) -> Result<(), DbError> {
    save(conn, &full(1), at(0), &actor())
        .map(drop)
        .map_err(|error| match error {
            RepoError::Db(error) => error,
            RepoError::Refused(refusal) => panic!("{refusal}"),
        })
}

fn assert_nothing_is_kept(test: &TestDb) {
    let kept = test
        .db()
        .read_blocking(|conn| Ok::<_, DbError>((count(conn)?, changes::position(conn)?)));
    assert_eq!(kept.unwrap(), (0, 0), "on {}", test.engine());
    // The way is free for the next write.
    test.db()
        .write_blocking(|conn| save(conn, &bare(2), at(1), &actor()))
        .unwrap();
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    for test in engines() {
        let failed: Result<(), DbError> = test.db().write_blocking(|conn| {
            save_one(conn)?;
            assert_eq!(count(conn)?, 1);
            Err(DbError::Unavailable("for the test".to_owned()))
        });
        assert!(matches!(failed, Err(DbError::Unavailable(_))));
        assert_nothing_is_kept(&test);
    }
}

#[test]
fn a_write_that_panics_leaves_nothing() {
    for test in engines() {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            test.db().write_blocking(|conn| -> Result<(), DbError> {
                save_one(conn)?;
                panic!("for the test")
            })
        }));
        assert!(panicked.is_err());
        assert_nothing_is_kept(&test);
    }
}

#[tokio::test]
async fn a_panic_reaches_whoever_waits_for_it() {
    for test in engines() {
        let db = test.db().clone();
        let waiting = tokio::spawn(async move {
            db.write(|conn| -> Result<(), DbError> {
                save_one(conn)?;
                panic!("for the test")
            })
            .await
        });
        assert!(waiting.await.unwrap_err().is_panic());
        assert_nothing_is_kept(&test);
    }
}

#[tokio::test]
async fn both_doors_open_on_another_thread() {
    for test in engines() {
        test.db().ping().await.unwrap();
        let here = thread::current().id();
        let there = test
            .db()
            .write(|conn| save_one(conn).map(|()| thread::current().id()))
            .await;
        assert_ne!(there.unwrap(), here);
        assert_eq!(test.db().read(count).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_write_nobody_waits_for_any_more_still_ends() {
    for test in engines() {
        let (started, start) = mpsc::channel();
        let db = test.db().clone();
        let write = tokio::spawn(async move {
            db.write(move |conn| {
                started.send(()).unwrap();
                thread::sleep(Duration::from_millis(50));
                save_one(conn)
            })
            .await
        });
        tokio::task::spawn_blocking(move || start.recv().unwrap())
            .await
            .unwrap();
        write.abort();
        assert!(write.await.unwrap_err().is_cancelled());
        // The next write waits for it, and then finds what it wrote.
        assert_eq!(test.db().write(count).await.unwrap(), 1);
    }
}

#[test]
fn reading_cannot_write() {
    for test in engines() {
        let refused = test.db().read_blocking(save_one);
        assert!(matches!(refused, Err(DbError::Query(_))), "{refused:?}");
        assert_nothing_is_kept(&test);
    }
}

#[test]
fn a_reading_sees_one_state_of_the_database() {
    for test in engines() {
        let (before, after) = test
            .db()
            .read_blocking(|conn| {
                let before = count(conn)?;
                test.db().write_blocking(save_one)?;
                Ok::<_, DbError>((before, count(conn)?))
            })
            .unwrap();
        assert_eq!((before, after), (0, 0));
        assert_eq!(test.db().read_blocking(count).unwrap(), 1);
    }
}

#[test]
fn waiting_writers_leave_the_pool_to_the_readers() {
    for test in engines() {
        let db = test.db();
        let (started, start) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                db.write_blocking(|_| {
                    started.send(()).unwrap();
                    ended.recv().unwrap();
                    Ok::<_, DbError>(())
                })
            });
            start.recv().unwrap();
            // Twice as many as the pool has connections.
            for n in 0..2 * db.pool_state().max {
                scope.spawn(move || {
                    db.write_blocking(|conn| meta::set(conn, &n.to_string(), "x"))
                        .unwrap();
                });
            }
            thread::sleep(Duration::from_millis(50));
            let read = db.read_blocking(count);
            end.send(()).unwrap();
            assert_eq!(read.unwrap(), 0);
        });
    }
}

#[test]
fn an_exhausted_pool_is_unavailability() {
    for test in engines() {
        let options = Options {
            max_connections: 1,
            acquire_timeout: Duration::from_millis(200),
            ..Options::default()
        };
        let db = Db::open(test.url().parse().unwrap(), options).unwrap();
        let inner = db
            .read_blocking(|_| Ok::<_, DbError>(db.read_blocking(count)))
            .unwrap();
        assert!(matches!(inner, Err(DbError::Unavailable(_))), "{inner:?}");
        let state = db.pool_state();
        assert_eq!((state.max, state.open, state.idle), (1, 1, 1));
    }
}

#[test]
fn a_lost_connection_is_unavailability_and_the_next_one_works() {
    for test in engines()
        .iter()
        .filter(|test| test.engine() == Engine::Postgres)
    {
        let lost: Result<(), DbError> = test.db().write_blocking(|conn| {
            save_one(conn)?;
            conn.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())")?;
            Ok(())
        });
        assert!(matches!(lost, Err(DbError::Unavailable(_))), "{lost:?}");
        assert_nothing_is_kept(test);
    }
}

#[test]
fn a_statement_that_takes_too_long_is_unavailability() {
    for test in engines()
        .iter()
        .filter(|test| test.engine() == Engine::Postgres)
    {
        let options = Options {
            statement_timeout: Duration::from_millis(100),
            ..Options::default()
        };
        let db = Db::open(test.url().parse().unwrap(), options).unwrap();
        let late: Result<(), DbError> =
            db.read_blocking(|conn| Ok(conn.batch_execute("SELECT pg_sleep(5)")?));
        assert!(matches!(late, Err(DbError::Unavailable(_))), "{late:?}");
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[test]
fn every_connection_is_set_up() {
    for test in engines() {
        let expected = match test.engine() {
            Engine::Sqlite => vec![
                (
                    "SELECT journal_mode AS line FROM pragma_journal_mode",
                    "wal",
                ),
                (
                    "SELECT CAST(synchronous AS text) AS line FROM pragma_synchronous",
                    "2",
                ),
                (
                    "SELECT CAST(foreign_keys AS text) AS line FROM pragma_foreign_keys",
                    "1",
                ),
                (
                    "SELECT CAST(timeout AS text) AS line FROM pragma_busy_timeout",
                    "10000",
                ),
            ],
            Engine::Postgres => vec![
                ("SELECT current_setting('statement_timeout') AS line", "30s"),
                (
                    "SELECT current_setting('idle_in_transaction_session_timeout') AS line",
                    "1min",
                ),
                (
                    "SELECT current_setting('application_name') AS line",
                    "atigip",
                ),
                ("SELECT current_setting('TimeZone') AS line", "UTC"),
                (
                    "SELECT current_setting('transaction_isolation') AS line",
                    "repeatable read",
                ),
            ],
        };
        for (query, value) in expected {
            let line = test.db().read_blocking(|conn| {
                sql_query(query)
                    .get_result::<Line>(conn)
                    .map_err(DbError::from)
            });
            assert_eq!(line.unwrap().line, value, "{query}");
        }
    }
}

#[test]
fn what_cannot_be_opened_is_refused_with_its_reason() {
    let open = |url: &str| Db::open(url.parse().unwrap(), Options::default()).map(drop);
    let gone = open("postgres://clerk:s3cret@127.0.0.1:1/atigip").unwrap_err();
    assert!(matches!(gone, OpenError::Unavailable { .. }), "{gone:?}");
    let told = gone.to_string();
    assert!(
        told.contains("postgres://clerk@127.0.0.1:1/atigip"),
        "{told}"
    );
    assert!(!told.contains("s3cret"), "{told}");

    if !cfg!(feature = "tls") {
        let refused = open("postgres://h/db?sslmode=require").unwrap_err();
        assert!(matches!(&refused, OpenError::TlsNotBuilt(mode) if mode == "require"));
        assert!(refused.to_string().contains("sslmode=require"), "{refused}");
    }

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = open(&format!("sqlite://{}/inside/atigip.db", file.display())).unwrap_err();
    assert!(matches!(refused, OpenError::Folder { .. }), "{refused:?}");
    let made = folder.path().join("var/deeper/atigip.db");
    open(&format!("sqlite://{}", made.display())).unwrap();
    assert!(made.exists());
}

/// The same test in a child process, told by this variable which database to write to.
const CHILD: &str = "PERSISTENCE_TEST_CHILD";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the child is told its part by the environment"
)]
fn a_writer_that_is_killed_leaves_nothing() {
    if let Ok(url) = std::env::var(CHILD) {
        let db = Db::open(url.parse().unwrap(), Options::default()).unwrap();
        let write: Result<(), DbError> = db.write_blocking(|conn| {
            save_one(conn)?;
            println!("\nwritten");
            thread::sleep(Duration::from_mins(1));
            Ok(())
        });
        panic!("the writer was not killed: {write:?}");
    }
    for test in engines() {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "doors::a_writer_that_is_killed_leaves_nothing",
                "--nocapture",
            ])
            .env(CHILD, test.url())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let written = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .any(|line| line.unwrap() == "written");
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(written);
        assert_nothing_is_kept(&test);
    }
}
