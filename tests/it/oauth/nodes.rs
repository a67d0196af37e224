//! What every node of a platform knows of a client: suspended, revoked, signed by which key.

use std::{process::Output, sync::Arc};

use persistence::{Engine, testing::TestDb};

use super::{FORM, SCOPES, ask, form, me, refused, token};
pub(super) use crate::support::KEY;
use crate::support::{Parts, SHARED, Server, atigip, each_engine, made};

pub(super) fn clients(server: &Server, arguments: &[&str]) -> Output {
    let done = atigip(&server.db)
        .arg("clients")
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    done
}

pub(crate) fn database(engine: Engine) -> Arc<TestDb> {
    Arc::new(TestDb::migrated(engine))
}

/// A node of a platform whose address is not the node's own.
pub(crate) fn node(db: &Arc<TestDb>, flags: &[&str]) -> Server {
    Server::node(db, Parts::Real, flags)
}

/// O10.
#[test]
fn a_token_is_taken_back_on_every_node() {
    each_engine(|engine| {
        let db = database(engine);
        let [first, second] = [(); 2].map(|()| node(&db, &SHARED));
        let client = made(&first, "direction", "direction=lille", SCOPES);
        let keys = |server: &Server| server.get("/.well-known/jwks.json").json();
        assert_eq!(keys(&first), keys(&second), "two nodes share their keys");
        let (kept, revoked) = (token(&first, &client), token(&second, &client));
        for server in [&first, &second] {
            assert_eq!(me(server, &kept).status, 200);
            assert_eq!(me(server, &revoked).status, 200);
        }
        let other = made(&first, "direction", "direction=paris", SCOPES);
        let take_back = |client, token: &str| {
            let form = form(client, &format!("&token={token}"));
            first.send("POST", "/oauth/revoke", &[FORM], &form)
        };
        refused(&take_back(&other, &revoked), 400, "unauthorized_client");
        refused(&take_back(&client, ""), 400, "invalid_request");
        assert_eq!(me(&first, &revoked).status, 200);
        for token in [revoked.as_str(), revoked.as_str(), "unknown"] {
            assert_eq!(take_back(&client, token).status, 200);
        }
        me(&first, &revoked).problem(401, "unauthorized");
        second.until("it is refused there too", |server| {
            me(server, &revoked).status == 401
        });
        assert_eq!(me(&second, &kept).status, 200);
    });
}

#[test]
fn tokens_outlive_the_process_when_keys_are_kept_and_not_otherwise() {
    each_engine(|engine| {
        let url = ["--public-url", "http://platform.test"];
        let sealed = ["--key-encryption-key", KEY, url[0], url[1]];
        let db = database(engine);
        let first = node(&db, &sealed);
        let client = made(&first, "direction", "direction=lille", SCOPES);
        let token = token(&first, &client);
        let again = node(&db, &sealed);
        assert_eq!(me(&again, &token).status, 200);
        let alone = node(&db, &url);
        me(&alone, &token).problem(401, "unauthorized");
        let elsewhere = [
            "--key-encryption-key",
            KEY,
            "--public-url",
            "http://other.test",
        ];
        let other = node(&db, &elsewhere);
        me(&other, &token).problem(401, "unauthorized");
        let wrong = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=";
        let mut refused = atigip(&db);
        refused.args(["serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"]);
        let done = refused
            .args(["--key-encryption-key", wrong])
            .output()
            .unwrap();
        assert!(
            !done.status.success(),
            "keys that cannot be opened are no reason to sign by others"
        );
        assert!(!String::from_utf8_lossy(&done.stderr).contains(wrong));
    });
}

#[test]
fn a_suspended_client_is_refused_with_the_tokens_it_has() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = made(&server, "direction", "direction=lille", SCOPES);
        let token = token(&server, &client);
        assert_eq!(me(&server, &token).status, 200);
        clients(&server, &["suspend", &client.0]);
        refused(&ask(&server, &form(&client, "")), 401, "invalid_client");
        server.until("its tokens are refused", |server| {
            me(server, &token).status == 401
        });
        clients(&server, &["resume", &client.0]);
        server.until("it acts again", |server| me(server, &token).status == 200);
    });
}

#[test]
fn a_secret_that_was_revoked_gives_no_token() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let client = made(&server, "direction", "direction=lille", SCOPES);
        let told = clients(&server, &["rotate-secret", &client.0]).stdout;
        let told = String::from_utf8(told).unwrap();
        let line = told
            .lines()
            .find_map(|line| line.strip_prefix("client_secret"));
        let second = (client.0.clone(), line.unwrap().trim().to_owned());
        assert_eq!(
            ask(&server, &form(&client, "")).status,
            200,
            "the old one still serves"
        );
        assert_eq!(ask(&server, &form(&second, "")).status, 200);
        clients(&server, &["rotate-secret", "--revoke-others", &client.0]);
        for old in [&client, &second] {
            refused(&ask(&server, &form(old, "")), 401, "invalid_client");
        }
    });
}
