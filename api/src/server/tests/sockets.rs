//! The server on real sockets.

use super::*;

/// What a real socket gives to these bytes.
fn exchange(address: SocketAddr, request: &str) -> String {
    use std::io::{Read, Write};
    let mut socket = std::net::TcpStream::connect(address).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

#[actix_web::test]
async fn a_server_answers_on_a_free_port_until_it_is_stopped() {
    let mut config = Config {
        bind: "127.0.0.1:0".parse().unwrap(),
        metrics_bind: Switch::On("127.0.0.1:0".parse().unwrap()),
        workers: Some(1),
        ..Config::default()
    };
    let listeners = listen(&mut config).unwrap();
    let node = Data::new(Platform::new(config).unwrap());
    let running = start(listeners, &node).unwrap();
    let (address, measures) = (running.address, running.metrics_address.unwrap());
    let handle = running.handle();
    let stopped = rt::spawn(running.wait());

    let ask = |request: &'static str| web::block(move || exchange(address, request));
    let by_get = ask("GET /v1/limits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let (head, body) = by_get.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let length = format!("content-length: {}", body.len());
    assert!(head.contains(&length), "{head}");
    let by_head = ask("HEAD /v1/limits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    assert!(by_head.contains(&length), "{by_head}");
    assert!(by_head.ends_with("\r\n\r\n"), "no body");

    let scrape = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let text = web::block(move || exchange(measures, scrape))
        .await
        .unwrap();
    let counted =
        "atigip_http_requests_total{method=\"HEAD\",route=\"/v1/limits\",status=\"200\"} 1";
    assert!(text.contains(counted), "{text}");
    assert_eq!(node.public_url(), format!("http://{address}"));

    handle.stop(true).await;
    stopped.await.unwrap().unwrap();
    assert!(
        std::net::TcpStream::connect(address).is_err(),
        "it no longer listens"
    );
}

#[actix_web::test]
async fn an_address_in_use_is_refused_by_name() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = Config {
        bind: held.local_addr().unwrap(),
        ..Config::default()
    };
    let refused = listen(&mut config).unwrap_err().to_string();
    assert!(
        refused.contains("ATIGIP_BIND") && refused.contains("127.0.0.1"),
        "{refused}"
    );
}
