//! The keys of clients that sign: registered, replaced, removed; and how often they may fail.

use chrono::DateTime;
use jsonwebtoken::Algorithm;
use persistence::{
    DbError,
    clients::{
        assertions, revoked_tokens,
        usage::{self, Usage},
    },
};
use serde_json::{Value, json};

use super::{
    SCOPES, ask, form,
    nodes::clients,
    refused,
    signer::{Signer, ask_signed, claims, client_with, register},
};
use crate::support::{Client, Parts, Server, each_engine, made, seconds_from_now};

#[test]
fn keys_that_an_administrator_registers_open_the_door_until_they_are_removed() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let administrator = Client::new(&server, "administrator", "", "clients:admin");
        let (id, _) = made(&server, "direction", "direction=lille", SCOPES);
        let signers = [
            Signer::ec("ec", 1),
            Signer::ed("ed", 2),
            Signer::rsa("rs", Algorithm::RS256),
            Signer::rsa("ps", Algorithm::PS256),
        ];
        let keys: Vec<Value> = signers.iter().map(Signer::registered).collect();
        let path = format!("/v1/clients/{id}/jwks");
        let with = |signer: &Signer| {
            let assertion = signer.sign(&signer.header(), &claims(&server.base, &id));
            ask_signed(&server, &assertion, "")
        };
        refused(&with(&signers[0]), 401, "invalid_client");
        let put = administrator.write("PUT", &path, "*", &json!({"keys": keys}));
        assert_eq!(put.status, 200, "{}", put.text());
        for signer in &signers {
            assert_eq!(with(signer).status, 200);
        }
        let removed = administrator.write("DELETE", &path, "*", &Value::Null);
        assert_eq!(removed.status, 204);
        refused(&with(&signers[0]), 401, "invalid_client");
    });
}

#[test]
fn keys_that_were_replaced_and_clients_that_were_suspended_prove_nothing() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (old, new) = (Signer::ed("old", 1), Signer::ed("new", 2));
        let (id, _) = client_with(&server, &[&old, &new]);
        let with = |signer: &Signer| {
            let sign = signer.sign(&signer.header(), &claims(&server.base, &id));
            ask_signed(&server, &sign, "")
        };
        assert_eq!((with(&old).status, with(&new).status), (200, 200));
        register(&server, &id, &[&new]);
        refused(&with(&old), 401, "invalid_client");
        assert_eq!(with(&new).status, 200);
        clients(&server, &["suspend", &id]);
        let told = with(&new);
        refused(&told, 401, "invalid_client");
        assert!(
            told.text().contains("unknown or suspended"),
            "{}",
            told.text()
        );
        clients(&server, &["resume", &id]);
        assert_eq!(with(&new).status, 200);
        // A client with a secret alone has nothing to sign with.
        let (bare, _) = made(&server, "direction", "direction=lille", SCOPES);
        let sign = new.sign(&new.header(), &claims(&server.base, &bare));
        refused(&ask_signed(&server, &sign, ""), 401, "invalid_client");
    });
}

/// O11, for those who sign.
#[test]
fn failures_are_counted_for_who_signs_as_for_who_has_a_secret() {
    each_engine(|engine| {
        let flags = ["--rate-token-per-minute", "30"];
        let server = Server::start(engine, Parts::Real, &flags);
        let (signer, attacker) = (Signer::ed("a", 1), Signer::ed("a", 9));
        let client = client_with(&server, &[&signer]);
        let by = |signer: &Signer| {
            let assertion = signer.sign(&signer.header(), &claims(&server.base, &client.0));
            ask_signed(&server, &assertion, "")
        };
        let wrong = (client.0.clone(), format!("atg_{}", "0".repeat(64)));
        for _ in 0..5 {
            refused(&by(&attacker), 401, "invalid_client");
            refused(&ask(&server, &form(&wrong, "")), 401, "invalid_client");
        }
        for limited in [by(&signer), ask(&server, &form(&client, ""))] {
            let problem = limited.problem(429, "rate-limited");
            assert_eq!(problem["violated-policies"], json!(["failures"]));
            assert!(limited.header("retry-after").parse::<u32>().unwrap() <= 60);
        }
        let (other, _) = client_with(&server, &[&signer]);
        let sign = signer.sign(&signer.header(), &claims(&server.base, &other));
        assert_eq!(ask_signed(&server, &sign, "").status, 200, "another client");
        let limited = (0..30).map(|_| by(&signer)).find_map(|answer| {
            let problem = answer.problem(429, "rate-limited");
            (problem["violated-policies"] == json!(["token"])).then_some(answer)
        });
        assert!(limited.is_some(), "the address is limited too");
    });
}

#[test]
fn what_has_ended_is_forgotten_when_a_node_starts() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (id, _) = made(&server, "direction", "direction=lille", SCOPES);
        let at = |seconds| DateTime::from_timestamp(seconds_from_now(seconds), 0).unwrap();
        let client = id.parse().unwrap();
        let old = (at(-90 * 86_400).date_naive(), at(0).date_naive());
        let asked = [(
            client,
            Usage {
                requests: 7,
                refusals: 0,
            },
        )];
        let kept = server.db.db().write_blocking(|conn| {
            assertions::spend(conn, client, "assertion-that-ended", at(-1))?;
            assertions::spend(conn, client, "assertion-of-today", at(3_600))?;
            revoked_tokens::insert(conn, "token-that-ended", at(-1))?;
            revoked_tokens::insert(conn, "token-of-today", at(600))?;
            usage::add(conn, old.0, &asked)?;
            usage::add(conn, old.1, &asked)
        });
        let kept: Result<(), DbError> = kept;
        kept.unwrap();
        let db = server.db.clone();
        drop(server);
        let again = Server::serve(db, Parts::Real, &[]);
        let holds = |text: &str| !again.db.columns_that_hold(text).is_empty();
        again.until("what has ended is gone", |_| {
            let day = old.0.to_string();
            !holds("assertion-that-ended") && !holds("token-that-ended") && !holds(&day)
        });
        assert!(holds("assertion-of-today") && holds("token-of-today"));
        assert!(holds(&old.1.to_string()));
    });
}
