//! An answer is given again for a time, to the same request alone.

use persistence::DbError;
use persistence::idempotency::{Asked, KeptAnswer, Recalled, keep, purge, recall};
use persistence::testing::{TestDb, engines};

use crate::fixture::at;

fn asked(request: &str, body: &str) -> Asked {
    Asked {
        request: request.to_owned(),
        body_hash: body.to_owned(),
    }
}

fn answer(body: &str) -> KeptAnswer {
    KeptAnswer {
        status: 201,
        version: Some(3),
        location: Some("https://api.example.org/v1/things/1".to_owned()),
        body: body.to_owned(),
    }
}

/// Keeps an answer for thirty seconds from the `n`th instant.
fn kept(test: &TestDb, request: &str, body: &str, n: u32) {
    let answer = answer(body);
    test.db()
        .write_blocking(|conn| keep(conn, &asked(request, body), &answer, at(n + 30)))
        .unwrap();
}

fn recalled(test: &TestDb, request: &str, body: &str, n: u32) -> Recalled {
    let asked = asked(request, body);
    test.db()
        .read_blocking(|conn| recall(conn, &asked, at(n)))
        .unwrap()
}

#[test]
fn the_same_request_is_given_its_answer_and_another_is_told_apart() {
    for test in engines() {
        assert_eq!(recalled(&test, "r", "b", 0), Recalled::Nothing);
        kept(&test, "r", "b", 0);
        assert_eq!(recalled(&test, "r", "b", 1), Recalled::Answer(answer("b")));
        assert_eq!(recalled(&test, "r", "other", 1), Recalled::Other);
        assert_eq!(recalled(&test, "other", "b", 1), Recalled::Nothing);
    }
}

#[test]
fn an_answer_that_has_expired_is_forgotten_and_its_key_is_free() {
    for test in engines() {
        kept(&test, "r", "b", 0);
        kept(&test, "later", "b", 10);
        assert!(matches!(recalled(&test, "r", "b", 29), Recalled::Answer(_)));
        assert_eq!(recalled(&test, "r", "b", 30), Recalled::Nothing);
        assert_eq!(recalled(&test, "r", "other", 30), Recalled::Nothing);
        kept(&test, "r", "other", 30 - 5);
        assert_eq!(
            recalled(&test, "r", "other", 31),
            Recalled::Answer(answer("other"))
        );
        let gone = test.db().write_blocking(|conn| purge(conn, at(40)));
        assert_eq!(gone.unwrap(), 1);
        assert_eq!(recalled(&test, "later", "b", 20), Recalled::Nothing);
        assert!(matches!(
            recalled(&test, "r", "other", 41),
            Recalled::Answer(_)
        ));
    }
}

#[test]
fn an_answer_goes_with_its_effect_or_not_at_all() {
    for test in engines() {
        let refused: Result<(), DbError> = test.db().write_blocking(|conn| {
            keep(conn, &asked("r", "b"), &answer("b"), at(30))?;
            Err(DbError::Unavailable("for the test".to_owned()))
        });
        assert!(refused.is_err());
        assert_eq!(recalled(&test, "r", "b", 1), Recalled::Nothing);
    }
}
