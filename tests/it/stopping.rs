//! The server is told to end: what runs is finished first.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    thread,
    time::Duration,
};

use persistence::Engine;

use crate::support::{Parts, Server, made, token_form};

/// Tells the process to end, as an operator does.
fn terminate(server: &Server) {
    let told = Command::new("kill")
        .arg(server.process().to_string())
        .status();
    assert!(told.unwrap().success());
}

fn connect(server: &Server) -> TcpStream {
    let address = server.base.strip_prefix("http://").unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    stream
}

#[test]
fn a_server_without_work_ends_when_it_is_told_to() {
    let mut server = Server::start(Engine::Sqlite, Parts::Real, &[]);
    assert_eq!(server.get("/health/live").status, 200);
    terminate(&server);
    assert_eq!(server.wait().code(), Some(0), "SIGTERM ends it well");
}

#[test]
fn a_request_whose_body_is_on_its_way_is_answered_first() {
    let mut server = Server::start(Engine::Sqlite, Parts::Real, &[]);
    let form = token_form(&made(&server, "agency", "", "establishments:write"));
    let mut stream = connect(&server);
    let (begin, rest) = form.split_at(20);
    write!(
        stream,
        "POST /oauth/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        form.len(),
        begin,
    )
    .unwrap();
    // The request has begun once its head was read.
    thread::sleep(Duration::from_millis(300));
    terminate(&server);
    thread::sleep(Duration::from_millis(700));
    assert!(server.runs(), "it waits for the rest of the request");
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("access_token"), "{answer}");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn an_export_that_has_begun_is_sent_to_its_end() {
    let mut server = Server::start(Engine::Sqlite, Parts::Demo, &[]);
    let whole = server.get("/v1/establishments/export").body;
    let mut stream = connect(&server);
    write!(
        stream,
        "GET /v1/establishments/export HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut received = vec![0; 1024];
    stream.read_exact(&mut received).unwrap();
    terminate(&server);
    thread::sleep(Duration::from_millis(500));
    stream.read_to_end(&mut received).unwrap();
    assert!(unchunked(&received) == whole, "the export was cut short");
    assert_eq!(server.wait().code(), Some(0));
}

/// The body of an answer that was sent in chunks, to its last one.
fn unchunked(answer: &[u8]) -> Vec<u8> {
    let end_of_line = |bytes: &[u8]| bytes.windows(2).position(|two| two == b"\r\n").unwrap();
    let head = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let mut rest = &answer[head + 4..];
    let mut body = Vec::new();
    loop {
        let line = end_of_line(rest);
        let size = std::str::from_utf8(&rest[..line]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&rest[line + 2..][..size]);
        rest = &rest[line + 2 + size + 2..];
    }
}
