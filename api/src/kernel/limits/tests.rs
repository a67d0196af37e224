//! What the limiter counts.

use actix_web::test::TestRequest;

use super::*;

fn limiter(quota: u32) -> AddressLimiter {
    AddressLimiter::new(ADDRESS_POLICY, NonZeroU32::new(quota), Vec::new())
}

fn from(address: &str) -> HttpRequest {
    let peer = std::net::SocketAddr::new(address.parse().unwrap(), 1);
    TestRequest::default().peer_addr(peer).to_http_request()
}

#[test]
fn requests_are_counted_down_then_refused() {
    let limiter = limiter(3);
    let caller = from("192.0.2.1");
    let left: Vec<u32> = (0..3)
        .map(|_| limiter.visit(&caller, false).unwrap().remaining)
        .collect();
    assert_eq!(left, [2, 1, 0]);
    let refused = limiter.visit(&caller, false).unwrap();
    assert!(refused.exhausted);
    assert!(
        (1..=20).contains(&refused.reset_s),
        "a unit comes back every 20 s: {refused:?}"
    );
    assert!(
        !limiter.visit(&from("192.0.2.2"), false).unwrap().exhausted,
        "another address"
    );
}

#[test]
fn looking_takes_nothing() {
    let limiter = limiter(2);
    let caller = from("192.0.2.1");
    for _ in 0..5 {
        assert_eq!(limiter.visit(&caller, true).unwrap().remaining, 2);
    }
    assert_eq!(limiter.visit(&caller, false).unwrap().remaining, 1);
    assert_eq!(limiter.visit(&caller, true).unwrap().remaining, 1);
    assert_eq!(limiter.visit(&caller, false).unwrap().remaining, 0);
    assert!(limiter.visit(&caller, true).unwrap().exhausted);
}

#[test]
fn an_ipv6_subscriber_is_one_caller() {
    let limiter = limiter(2);
    assert_eq!(
        limiter
            .visit(&from("2001:db8::1"), false)
            .unwrap()
            .remaining,
        1
    );
    assert_eq!(
        limiter
            .visit(&from("2001:db8::ffff:2"), false)
            .unwrap()
            .remaining,
        0
    );
    assert_eq!(
        limiter
            .visit(&from("2001:db8:0:1::1"), false)
            .unwrap()
            .remaining,
        1
    );
}

#[test]
fn no_quota_limits_nothing() {
    let limiter = limiter(0);
    assert_eq!(limiter.quota(), None);
    assert_eq!(limiter.visit(&from("192.0.2.1"), false), None);
}

#[test]
fn clients_are_counted_apart_from_addresses() {
    let limiter = Limiter::new(CLIENT_POLICY, NonZeroU32::new(1));
    assert!(!limiter.visit("a", false).unwrap().exhausted);
    let refused = limiter.visit("a", false).unwrap();
    assert!(refused.exhausted);
    assert_eq!(refused.policy(), "client");
    assert!(!limiter.visit("b", false).unwrap().exhausted);
}

#[test]
fn standings_are_written_as_structured_fields() {
    let mut headers = HeaderMap::new();
    write(&[], &mut headers);
    assert!(headers.is_empty());
    let address = limiter(600).visit(&from("192.0.2.1"), false).unwrap();
    let client = Limiter::new(CLIENT_POLICY, NonZeroU32::new(6000));
    let client = client.visit("a", false).unwrap();
    write(&[address, client], &mut headers);
    assert_eq!(
        headers.get(RATE_LIMIT_POLICY).unwrap(),
        "\"address\";q=600;w=60, \"client\";q=6000;w=60"
    );
    assert_eq!(
        headers.get(RATE_LIMIT).unwrap(),
        "\"address\";r=599;t=1, \"client\";r=5999;t=1"
    );
}

#[test]
fn what_is_said_last_of_a_limit_holds() {
    let limiter = limiter(3);
    let seen = Seen::default();
    for peek in [true, false] {
        seen.stands(limiter.visit(&from("192.0.2.1"), peek).unwrap());
    }
    let standings = seen.standings();
    assert_eq!(standings.len(), 1);
    assert_eq!(standings[0].remaining, 2);
}

#[test]
fn addresses_whose_quota_is_whole_are_forgotten() {
    let limiter = limiter(6_000_000);
    let _ = limiter.visit(&from("192.0.2.1"), false);
    let known = || limiter.limiter.counts.as_ref().map(RateLimiter::len);
    assert_eq!(known(), Some(1));
    std::thread::sleep(std::time::Duration::from_millis(5));
    limiter.forget();
    assert_eq!(known(), Some(0));
}
