//! The same request many times at once, on several nodes, and on nodes that are killed.

use std::{
    collections::BTreeMap,
    io::Write,
    net::TcpStream,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use persistence::{DbError, Engine, changes, testing::TestDb};

use super::{SCOPES, ZONE, ZONES, is_replayed, replays, zones};
use crate::support::{Answer, Client, Parts, SHARED, Server, each_engine, made};

fn database(engine: Engine) -> Arc<TestDb> {
    Arc::new(TestDb::migrated(engine))
}

fn node(db: &Arc<TestDb>) -> Server {
    Server::node(db, Parts::Real, &SHARED)
}

fn position(db: &TestDb) -> i64 {
    db.db().read_blocking(changes::position).unwrap()
}

/// Runs `test` while nobody can write; what waits to write goes on afterwards.
fn while_nobody_writes<T: Send>(db: &TestDb, test: impl FnOnce() -> T + Send) -> T {
    let (held, holding) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let waited = db.db().write_blocking(|_| {
                held.send(()).unwrap();
                // A test that fails lets go too.
                let _gone = released.recv();
                Ok::<_, DbError>(())
            });
            waited.unwrap();
        });
        holding.recv().unwrap();
        let done = test();
        drop(release);
        done
    })
}

/// Sends the request and never reads its answer.
fn send_and_leave(server: &Server, bearer: &str, key: &str) -> TcpStream {
    let host = server.base.strip_prefix("http://").unwrap();
    let mut wire = TcpStream::connect(host).unwrap();
    let length = ZONE.len();
    write!(
        wire,
        "POST {ZONES} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {bearer}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\
         Idempotency-Key: {key}\r\n\r\n{ZONE}"
    )
    .unwrap();
    wire
}

/// How many answers there were of each kind: their status, and whether they were given before.
fn counted(answers: &[Answer]) -> BTreeMap<(u16, bool), usize> {
    let mut counts = BTreeMap::new();
    for answer in answers {
        if answer.status == 409 {
            answer.problem(409, "idempotency-in-progress");
            assert_eq!(answer.header("retry-after"), "1");
        }
        *counts
            .entry((answer.status, is_replayed(answer)))
            .or_default() += 1;
    }
    counts
}

#[test]
fn twenty_requests_at_once_have_one_effect() {
    each_engine(|engine| {
        let db = database(engine);
        let (first, second) = (node(&db), node(&db));
        let own = made(&first, "agency", "", SCOPES);
        for nodes in [[&first, &first], [&first, &second]] {
            let before = (zones(&first), position(&db));
            let key = format!("twenty-{}", before.0);
            let clients = nodes.map(|node| Client::of(node, &own));
            let answers: Vec<Answer> = thread::scope(|scope| {
                let sent: Vec<_> = (0..20)
                    .map(|n| {
                        let (client, key) = (&clients[n % 2], &key);
                        scope.spawn(move || client.post(ZONES, key, ZONE))
                    })
                    .collect();
                sent.into_iter().map(|sent| sent.join().unwrap()).collect()
            });
            let counts = counted(&answers);
            eprintln!("{counts:?}");
            assert_eq!(counts.get(&(201, false)), Some(&1), "{counts:?}");
            let known = [(201, false), (201, true), (409, false)];
            assert!(counts.keys().all(|kind| known.contains(kind)), "{counts:?}");
            let made = answers.iter().find(|a| a.status == 201 && !is_replayed(a));
            for client in &clients {
                replays(&client.post(ZONES, &key, ZONE), made.unwrap());
            }
            assert_eq!((zones(&first), position(&db)), (before.0 + 1, before.1 + 1));
        }
    });
}

#[test]
fn while_the_first_runs_another_is_refused_on_its_node_and_waits_on_another() {
    each_engine(|engine| {
        let db = database(engine);
        let (first, second) = (node(&db), node(&db));
        let own = made(&first, "agency", "", SCOPES);
        let (here, there) = (Client::of(&first, &own), Client::of(&second, &own));
        let answers: Vec<Answer> = thread::scope(|scope| {
            let sent = while_nobody_writes(&db, || {
                let mut sent: Vec<_> = (0..3)
                    .map(|_| scope.spawn(|| here.post(ZONES, "k", ZONE)))
                    .collect();
                // One of them waits to write, whichever came first; the others are told so.
                first.until("two are refused", |_| {
                    sent.iter().filter(|sent| sent.is_finished()).count() == 2
                });
                sent.push(scope.spawn(|| there.post(ZONES, "k", ZONE)));
                thread::sleep(Duration::from_millis(300));
                assert_eq!(sent.iter().filter(|sent| sent.is_finished()).count(), 2);
                sent
            });
            sent.into_iter().map(|sent| sent.join().unwrap()).collect()
        });
        // Whichever node wrote first, one made the zone and the other tells of it.
        let expected = [((201, false), 1), ((201, true), 1), ((409, false), 2)];
        assert_eq!(counted(&answers), BTreeMap::from(expected));
        assert_eq!(zones(&first), 1);
        assert!(is_replayed(&here.post(ZONES, "k", ZONE)));
    });
}

#[test]
fn an_answer_that_a_crash_has_lost_is_given_by_the_next_process() {
    each_engine(|engine| {
        let db = database(engine);
        let server = node(&db);
        let own = made(&server, "agency", "", SCOPES);
        let bearer = Client::of(&server, &own).bearer().to_owned();
        let before = position(&db);
        let wire = send_and_leave(&server, &bearer, "k");
        let start = Instant::now();
        while position(&db) == before {
            assert!(start.elapsed() < Duration::from_secs(20), "no effect");
        }
        // Dropped, it is killed by SIGKILL: its answer was never read.
        drop(server);
        drop(wire);
        let server = node(&db);
        let client = Client::of(&server, &own);
        let again = client.post(ZONES, "k", ZONE);
        assert_eq!(again.status, 201, "{}", again.text());
        assert!(is_replayed(&again));
        assert_eq!((zones(&server), position(&db)), (1, before + 1));
        let read = server.get(again.header("location").trim_start_matches(SHARED[3]));
        assert_eq!(read.text(), again.text());
    });
}

#[test]
fn a_request_that_a_crash_cut_short_has_its_effect_when_it_is_sent_again() {
    each_engine(|engine| {
        let db = database(engine);
        let server = node(&db);
        let own = made(&server, "agency", "", SCOPES);
        let bearer = Client::of(&server, &own).bearer().to_owned();
        let before = position(&db);
        while_nobody_writes(&db, || {
            let wires = [(); 2].map(|()| send_and_leave(&server, &bearer, "k"));
            for wire in &wires {
                wire.set_nonblocking(true).unwrap();
            }
            // One of them waits to write, whichever came first, once the other is refused for it.
            server.until("one is refused", |_| {
                let refused = |wire: &TcpStream| wire.peek(&mut [0]).is_ok_and(|read| read > 0);
                wires.iter().filter(|wire| refused(wire)).count() == 1
            });
            // Killed by SIGKILL while it waits to write.
            drop(server);
            drop(wires);
        });
        let server = node(&db);
        let client = Client::of(&server, &own);
        assert_eq!((zones(&server), position(&db)), (0, before));
        let again = client.post(ZONES, "k", ZONE);
        assert_eq!(again.status, 201, "{}", again.text());
        assert!(!is_replayed(&again));
        assert_eq!((zones(&server), position(&db)), (1, before + 1));
    });
}
