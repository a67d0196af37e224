//! The mechanism itself, on a database: what is kept, and who is refused what first.

use actix_web::http::StatusCode;
use domain::changes::Actor;
use persistence::testing::{TestDb, engines};

use super::*;
use crate::{config::Config, platform::Platform};

const SECRET: &str = "atg_0000";

fn asked(body: &str) -> Once {
    Once(Some(Asked {
        request: "request".to_owned(),
        body_hash: body.to_owned(),
    }))
}

fn platform(test: &TestDb) -> Platform {
    let platform = Platform::new(Config::default()).unwrap();
    platform.with_db(test.db().clone())
}

fn actor() -> Actor {
    "cli:test".parse().unwrap()
}

async fn write(
    platform: &Platform,
    once: Once,
    answer: Result<Representation, ApiError>,
) -> Result<Answered, ApiError> {
    let write = |_: &mut Conn, (): (), _: &Actor| answer;
    platform.write_once(actor(), once, |_| Ok(()), write).await
}

fn made() -> Representation {
    let secret = format!("{{\"secret\":\"{SECRET}\"}}");
    Representation::created(1, "https://x/1".to_owned(), secret)
}

#[actix_web::test]
async fn a_secret_is_answered_once_and_kept_nowhere() {
    for test in engines() {
        let platform = platform(&test);
        let shown = made().shown_again_as("{\"secret_shown\":true}".to_owned());
        let first = write(&platform, asked("b"), Ok(shown)).await.unwrap();
        let req = actix_web::test::TestRequest::default().to_http_request();
        let first = first.respond(&req, &platform);
        assert!(!first.headers().contains_key("idempotency-replayed"));
        let body = actix_web::body::to_bytes(first.into_body()).await.unwrap();
        assert!(String::from_utf8_lossy(&body).contains(SECRET));
        let again = write(&platform, asked("b"), Ok(made())).await.unwrap();
        let again = again.respond(&req, &platform);
        assert_eq!(again.status(), StatusCode::CREATED);
        assert_eq!(again.headers().get("idempotency-replayed").unwrap(), "true");
        assert_eq!(again.headers().get("location").unwrap(), "https://x/1");
        let body = actix_web::body::to_bytes(again.into_body()).await.unwrap();
        assert_eq!(&body[..], b"{\"secret_shown\":true}");
    }
}

#[actix_web::test]
async fn what_is_refused_is_not_kept() {
    let test = TestDb::sqlite();
    let platform = platform(&test);
    for kind in [Kind::Validation, Kind::InUse, Kind::DatabaseUnavailable] {
        let refused = write(&platform, asked("b"), Err(ApiError::new(kind))).await;
        assert_eq!(refused.unwrap_err().kind(), kind);
    }
    let written = write(&platform, asked("other"), Ok(made())).await;
    assert!(written.is_ok(), "the key is still free: {written:?}");
}

#[actix_web::test]
async fn a_key_that_is_used_is_refused_after_what_is_told_first() {
    let test = TestDb::sqlite();
    let platform = platform(&test);
    let first = write(&platform, asked("b"), Ok(made())).await;
    assert!(first.is_ok());
    for (tried, told) in [
        (Ok(made()), Kind::IdempotencyKeyReused),
        (
            Err(ApiError::new(Kind::Validation)),
            Kind::IdempotencyKeyReused,
        ),
        (Err(ApiError::new(Kind::InUse)), Kind::IdempotencyKeyReused),
        (Err(ApiError::not_found()), Kind::NotFound),
        (
            Err(ApiError::new(Kind::PreconditionRequired)),
            Kind::PreconditionRequired,
        ),
        (
            Err(ApiError::new(Kind::PreconditionFailed)),
            Kind::PreconditionFailed,
        ),
    ] {
        let refused = write(&platform, asked("other"), tried).await;
        assert_eq!(refused.unwrap_err().kind(), told);
    }
}

#[actix_web::test]
async fn whoever_may_not_write_any_more_is_not_given_the_answer() {
    let test = TestDb::sqlite();
    let platform = platform(&test);
    assert!(write(&platform, asked("b"), Ok(made())).await.is_ok());
    let may = |_: &mut Conn| -> Result<(), ApiError> { Err(ApiError::new(Kind::OutOfPerimeter)) };
    let write = |_: &mut Conn, (): (), _: &Actor| Ok(made());
    let refused = platform.write_once(actor(), asked("b"), may, write).await;
    assert_eq!(refused.unwrap_err().kind(), Kind::OutOfPerimeter);
}

#[test]
fn a_key_runs_once_at_a_time_and_is_free_when_its_turn_ends() {
    let running = Running::default();
    let first = running.begin(asked("b")).unwrap();
    let refused = running.begin(asked("other")).unwrap_err();
    assert_eq!(refused.kind(), Kind::IdempotencyInProgress);
    let without_key = [running.begin(Once::never()), running.begin(Once::never())];
    assert!(without_key.iter().all(Result::is_ok));
    drop(first);
    assert!(running.begin(asked("b")).is_ok());
}
