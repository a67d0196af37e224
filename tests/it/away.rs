//! The database goes away and comes back: what goes on, what is refused, what catches up.

use std::thread;

use persistence::Engine;
use serde_json::{Value, json};

use crate::{
    following::import,
    support::{Answer, Away, Client, Parts, Server, each_engine, made, token_form},
};

const AGEN: &str = "/v1/establishments/ma-agen";

fn ready(server: &Server) -> Value {
    server.get("/health/ready").json()["status"].clone()
}

fn token(server: &Server, form: &str) -> Answer {
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    server.send("POST", "/oauth/token", &kind, form)
}

/// The refusal says how soon to come back.
#[track_caller]
fn away_for_now(answer: &Answer) {
    answer.problem(503, "database-unavailable");
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
}

#[test]
fn reads_go_on_and_writes_say_when_to_come_back_until_the_database_does() {
    each_engine(|engine| {
        let (server, away) = Away::serve(engine, Parts::Real);
        let agency = Client::new(&server, "agency", "", "establishments:write");
        let form = token_form(&made(&server, "agency", "", "establishments:write"));
        let read = server.get(AGEN);
        let patch = json!({"workforce_available": 7, "name": "Maison d'arrêt Quetsche"});
        assert_eq!(ready(&server), "ok");
        away.cut();
        server.until("it is noticed", |server| ready(server) == "degraded");
        reads_go_on(&server, &agency);
        let write = |patch: &Value| agency.write("PATCH", AGEN, read.header("etag"), patch);
        away_for_now(&write(&patch));
        let zone = json!({"kind": "production", "status": "available", "area_m2": 300});
        away_for_now(&agency.write("POST", &format!("{AGEN}/zones"), "", &zone));
        away_for_now(&token(&server, &form));
        away_for_now(&server.get("/v1/changes"));
        many_at_once(&|| write(&patch));
        assert_eq!(server.get(AGEN).body, read.body, "nothing was written");
        away.mend();
        server.until("it is noticed too", |server| ready(server) == "ok");
        let written = write(&patch);
        assert_eq!(written.json()["workforce_available"], 7, "the same write");
        let found = server.get("/v1/establishments?q=quetsche").json();
        assert_eq!(found["total"], 1, "and it is found at once");
        assert_eq!(token(&server, &form).status, 200);
    });
}

#[track_caller]
fn reads_go_on(server: &Server, agency: &Client<'_>) {
    assert_eq!(server.get("/v1/establishments").json()["total"], 186);
    assert_eq!(
        server.get("/v1/establishments/summary").json()["establishments"],
        186
    );
    assert_eq!(
        server
            .get("/v1/establishments/export")
            .text()
            .lines()
            .count(),
        186
    );
    assert_eq!(server.get(AGEN).status, 200);
    assert_eq!(
        server
            .get("/v1/contacts?purpose=production&departement=47")
            .status,
        200
    );
    assert_eq!(server.get("/v1/territories/regions").status, 200);
    assert_eq!(server.get("/health/live").status, 200);
    // A token that was given is still good.
    assert_eq!(agency.get("/v1/clients/me").status, 200);
}

/// Those who write together are all answered, none of them waits for all the others.
fn many_at_once(write: &(dyn Fn() -> Answer + Sync)) {
    thread::scope(|scope| {
        let writers: Vec<_> = (0..10).map(|_| scope.spawn(write)).collect();
        for writer in writers {
            away_for_now(&writer.join().unwrap());
        }
    });
}

#[test]
fn what_others_wrote_meanwhile_is_caught_up() {
    each_engine(|engine| {
        // A file that is away is away for everybody.
        if engine == Engine::Sqlite {
            return;
        }
        let (server, away) = Away::serve(engine, Parts::Real);
        let mut changed = server.get(AGEN).json();
        away.cut();
        server.until("it is noticed", |server| ready(server) == "degraded");
        changed["workforce_available"] = Value::from(7);
        let done = import(&server.db, &[changed]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        assert!(server.get(AGEN).json().get("workforce_available").is_none());
        away.mend();
        server.until("caught up", |server| {
            server.get(AGEN).json()["workforce_available"] == 7
        });
        server.until("ready again", |server| ready(server) == "ok");
    });
}

#[test]
fn a_file_put_in_the_place_of_the_database_is_not_written_to() {
    let (server, away) = Away::serve(Engine::Sqlite, Parts::Real);
    let agency = Client::new(&server, "agency", "", "establishments:write");
    let path = server.db.url();
    let path = path.strip_prefix("sqlite://").unwrap();
    away.cut();
    std::fs::write(path, "another").unwrap();
    server.until("it is noticed", |server| ready(server) == "degraded");
    away_for_now(&agency.write("PATCH", AGEN, "*", &json!({"workforce_available": 7})));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "another");
    assert!(server.log().contains("another file"), "{}", server.log());
    away.mend();
    server.until("it is back", |server| ready(server) == "ok");
}
