//! Many offers at once: lines in, results out.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{Cast, job, tig};
use crate::support::{Answer, Client, Parts, Server, each_engine};

fn each(test: impl Fn(&Server, Cast<'_>)) {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        test(&server, Cast::new(&server));
    });
}

/// Sends lines, and gives what is told of each, then the end.
#[track_caller]
pub(super) fn send(
    server: &Server,
    client: &Client<'_>,
    address: &str,
    lines: &str,
) -> (Vec<Value>, Value) {
    let answer = post(server, client, address, lines);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let mut told: Vec<Value> = answer
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let end = told.pop().unwrap();
    (told, end)
}

pub(super) fn post(server: &Server, client: &Client<'_>, address: &str, lines: &str) -> Answer {
    let headers = [
        ("Authorization", client.bearer()),
        ("Content-Type", "application/x-ndjson"),
    ];
    server.send("POST", address, &headers, lines)
}

pub(super) fn line(reference: &str, mut offer: Value) -> String {
    offer["reference"] = json!(reference);
    format!("{offer}\n")
}

pub(super) fn address(cast: &Cast<'_>) -> String {
    format!("/v1/partners/{}/offers/batch", cast.partner)
}

fn outcomes(told: &[Value]) -> Vec<&str> {
    told.iter()
        .map(|it| it["outcome"]["code"].as_str().unwrap())
        .collect()
}

#[test]
fn good_lines_are_kept_whatever_becomes_of_the_others() {
    each(|server, cast| {
        let mut filed = tig();
        filed["submit"] = json!(true);
        let mut bad = tig();
        bad["commune"] = json!("33999");
        bad["colour"] = json!(1);
        let lines = [
            line("A", filed.clone()),
            "\n".to_owned(),
            line("B", bad.clone()),
            "{\"reference\": \"C\",\n".to_owned(),
            line("D", job()),
            line("A", filed.clone()),
            line("checks", tig()),
            line("E", tig()).trim_end().to_owned(),
        ]
        .concat();
        let (told, end) = send(server, &cast.host, &address(&cast), &lines);
        let expected = [
            "created",
            "refused",
            "refused",
            "created",
            "unchanged",
            "refused",
            "created",
        ];
        assert_eq!(outcomes(&told), expected, "{told:?}");
        let numbers: Vec<u64> = told.iter().map(|it| it["line"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            end,
            json!({"summary": {"created": 3, "updated": 0, "unchanged": 1, "refused": 3}})
        );
        assert_eq!(told[1]["reference"], "B");
        let pointers: Vec<&str> = told[1]["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["pointer"].as_str().unwrap())
            .collect();
        assert_eq!(pointers, ["#/commune", "#/colour"]);
        assert_eq!(told[2]["errors"][0]["code"], "format");
        assert_eq!(told[5]["errors"][0]["code"], "reserved");
        assert_eq!(told[0]["id"], told[4]["id"]);
        let read = cast
            .host
            .get(&format!("/v1/partners/{}/offers/A", cast.partner))
            .json();
        assert_eq!(read["id"], told[0]["id"]);
        assert_eq!(read["status"]["code"], "requested");

        let mut changed = tig();
        changed["title"] = json!("Entretien du parc");
        let again = [line("E", changed), line("D", job())].concat();
        let (told, _) = send(server, &cast.host, &address(&cast), &again);
        assert_eq!(outcomes(&told), ["updated", "unchanged"]);
    });
}

#[test]
fn a_dry_run_says_the_same_and_keeps_nothing() {
    each(|server, cast| {
        let mut bad = job();
        bad["pay"]["smic_percent"] = json!(20);
        let lines = [line("A", tig()), line("B", bad), line("A", tig())].concat();
        let dry = format!("{}?dry_run=true", address(&cast));
        let (told, _) = send(server, &cast.host, &dry, &lines);
        assert_eq!(outcomes(&told), ["created", "refused", "unchanged"]);
        assert!(told[0].get("id").is_none(), "it is not kept");
        let list = format!("/v1/partners/{}/offers", cast.partner);
        assert_eq!(cast.host.get(&list).json()["total"], 0);
        let (real, _) = send(server, &cast.host, &address(&cast), &lines);
        assert_eq!(outcomes(&real), outcomes(&told));
        assert_eq!(cast.host.get(&list).json()["total"], 1);
    });
}

#[test]
fn what_is_not_a_batch_is_refused_before_it_is_read() {
    each(|server, cast| {
        let (address, bearer) = (address(&cast), cast.host.bearer());
        let auth = ("Authorization", bearer);
        let lines = ("Content-Type", "application/x-ndjson");
        let key = ("Idempotency-Key", "k");
        let body = line("A", tig());
        let send = |path: &str, headers: &[(&str, &str)]| server.send("POST", path, headers, &body);
        send(&address, &[auth, ("Content-Type", "application/json")])
            .problem(415, "unsupported-media-type");
        send(&address, &[auth, lines, key]).problem(400, "idempotency-not-supported");
        send(&format!("{address}?dry=1"), &[auth, lines]).problem(400, "unknown-parameter");
        let other = super::added(&cast.agency, &super::public_body("33063"));
        let other = format!("/v1/partners/{other}/offers/batch");
        send(&other, &[auth, lines]).problem(403, "out-of-perimeter");
        let long = "x".repeat(200_000);
        let (told, end) = self::send(server, &cast.host, &address, &format!("{long}\n{body}"));
        assert_eq!(told[0]["errors"][0]["code"], "length");
        assert_eq!(outcomes(&told), ["refused", "created"]);
        assert!(end.get("problem").is_none());
        let (_, end) = self::send(server, &cast.host, &address, &"{}\n".repeat(50_001));
        assert_eq!(end["problem"]["status"], 413);
        assert_eq!(end["summary"]["refused"], 50_000);
    });
}

#[test]
fn lines_out_of_the_perimeter_are_refused_one_by_one() {
    each(|server, cast| {
        let mut far = tig();
        far["commune"] = json!("69123");
        far["position"] = Value::Null;
        let lines = [line("A", tig()), line("B", far.clone()), line("A", far)].concat();
        let (told, _) = send(server, &cast.probation, &address(&cast), &lines);
        assert_eq!(outcomes(&told), ["created", "refused", "refused"]);
        assert_eq!(told[1]["errors"][0]["code"], "not_allowed_here");
    });
}

#[test]
fn what_was_kept_when_the_connection_breaks_stays() {
    each(|server, cast| {
        let host = server.base.trim_start_matches("http://");
        let lines: String = (0..450).map(|i| line(&format!("A-{i}"), tig())).collect();
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 40000000\r\n\r\n",
            address(&cast),
            cast.host.bearer(),
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(lines.as_bytes()).unwrap();
        // The first results come while the rest of the body is awaited.
        let mut first = [0; 64];
        stream.read_exact(&mut first).unwrap();
        assert!(first.starts_with(b"HTTP/1.1 200 OK"));
        let list = format!("/v1/partners/{}/offers?limit=1", cast.partner);
        server.until("what came is kept", |_| {
            cast.host.get(&list).json()["total"] == 400
        });
        drop(stream);
        std::thread::sleep(Duration::from_millis(300));
        let kept = cast.host.get(&list).json()["total"].as_u64().unwrap();
        assert_eq!(kept % 100, 0, "whole transactions: {kept}");
        let (told, end) = send(server, &cast.host, &address(&cast), &lines);
        assert_eq!(told.len(), 450);
        assert_eq!(end["summary"]["unchanged"], kept);
        assert_eq!(end["summary"]["created"], 450 - kept);
    });
}

#[test]
fn other_writers_do_not_wait_for_a_batch() {
    each(|server, cast| {
        let lines: String = (0..3_000).map(|i| line(&format!("A-{i}"), tig())).collect();
        let alone = format!("/v1/partners/{}/offers/alone", cast.partner);
        let longest = std::thread::scope(|scope| {
            let batch = scope.spawn(|| send(server, &cast.host, &address(&cast), &lines));
            let mut longest = Duration::ZERO;
            let mut i = 0;
            while !batch.is_finished() {
                let mut offer = tig();
                offer["title"] = json!(format!("Écrite {i} fois"));
                i += 1;
                let asked = now();
                let written = cast.probation.write("PUT", &alone, "", &offer);
                longest = longest.max(asked.elapsed());
                assert!(written.status < 300, "{}", written.text());
            }
            let (_, end) = batch.join().unwrap();
            assert_eq!(end["summary"]["created"], 3_000);
            assert!(i > 2, "{i} others wrote meanwhile");
            longest
        });
        assert!(longest < Duration::from_secs(1), "{longest:?}");
    });
}

fn now() -> Instant {
    Instant::now()
}
