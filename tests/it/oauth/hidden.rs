//! Secrets, tokens, assertions and keys go through every path that fails; then the log at its
//! most talkative, all that the database holds and every answer are searched for them.

use std::{cell::RefCell, fs, path::PathBuf};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use persistence::Engine;

use super::{
    FORM, SCOPES, ask, form,
    nodes::KEY,
    signer::{JWT_BEARER, Signer, ask_signed, claims, register},
};
use crate::support::{Answer, Away, Parts, Server, atigip, each_engine, made};

/// What must be found nowhere, and everything that was told.
#[derive(Default)]
struct Watch {
    secrets: RefCell<Vec<String>>,
    told: RefCell<Vec<String>>,
}

impl Watch {
    /// What nobody may tell.
    fn hides(&self, secret: &str) {
        assert!(secret.len() >= 20, "too short to be looked for");
        self.secrets.borrow_mut().push(secret.to_owned());
    }

    /// The bytes of a key, in each way in which they could be written.
    fn hides_bytes(&self, bytes: &[u8]) {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex = digits.concat();
        self.hides(&hex.to_uppercase());
        self.hides(&hex);
        self.hides(&URL_SAFE_NO_PAD.encode(bytes));
        self.hides(STANDARD.encode(bytes).trim_end_matches('='));
        let listed: Vec<String> = bytes.iter().map(u8::to_string).collect();
        self.hides(&listed.join(", "));
    }

    /// A JWT: its signature is what makes it good.
    fn hides_jwt(&self, text: &str) {
        self.hides(text);
        self.hides(text.rsplit('.').next().unwrap());
    }

    /// An answer, which tells no secret.
    fn answer(&self, answer: &Answer) -> u16 {
        let headers = format!("{:?}", answer.headers);
        let body = String::from_utf8_lossy(&answer.body);
        self.told.borrow_mut().push(format!("{headers} {body}"));
        answer.status
    }

    /// The command, which tells no secret.
    fn command(&self, server: &Server, arguments: &[&str]) -> String {
        let done = atigip(&server.db).args(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = text(&done.stdout) + &text(&done.stderr);
        self.told.borrow_mut().push(said.clone());
        said
    }

    #[track_caller]
    fn found_nowhere(&self, what: &str, text: &str) {
        assert!(!text.is_empty(), "{what}");
        for secret in self.secrets.borrow().iter() {
            let at = text.find(secret.as_str());
            assert_eq!(at, None, "{what} tells {secret}");
        }
    }

    #[track_caller]
    fn ends(&self, server: &Server) {
        self.found_nowhere("the log", &server.log());
        self.found_nowhere("an answer", &self.told.borrow().join("\n"));
        let values = server.db.values().into_iter();
        let kept: Vec<String> = values.map(|(_, value)| value).collect();
        assert!(
            kept.iter().any(|value| value.starts_with("$argon2id$")),
            "the hash is kept"
        );
        self.found_nowhere("the database", &kept.join("\n"));
        // What was deleted may still lie in the file.
        if let Some(path) = server.db.url().strip_prefix("sqlite://") {
            for file in [path.to_owned(), format!("{path}-wal")] {
                let bytes = fs::read(&file).unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes);
                self.found_nowhere(&file, &format!("{file} {text}"));
            }
        }
    }
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// A secret, right or wrong, wherever a client could put it.
fn secrets_go_astray(server: &Server, watch: &Watch, client: &(String, String)) {
    let (id, secret) = client;
    watch.hides(secret);
    watch.hides(secret.trim_start_matches("atg_"));
    let wrong = format!("atg_{}", "0123456789abcdef".repeat(4));
    for secret in [
        secret.as_str(),
        wrong.as_str(),
        "a secret of some other service",
    ] {
        watch.hides(secret);
        let line = basic(id, secret);
        watch.hides(line.trim_start_matches("Basic "));
        let bearer = format!("Bearer {secret}");
        let own = (id.clone(), secret.replace(' ', "+"));
        let forms = [
            "&scope=nothing",
            "&client_assertion=x",
            "&client_secret=twice",
        ];
        for more in forms {
            watch.answer(&ask(server, &form(&own, more)));
        }
        let in_path = format!("/v1/establishments/{}", own.1);
        let in_query = format!("/v1/establishments?client_secret={}", own.1);
        for path in [in_path.as_str(), "/v1/clients/me", "/v1/nothing"] {
            for line in [&line, &bearer] {
                watch.answer(&server.get_with(path, &[("Authorization", line)]));
            }
        }
        let refused = watch.answer(&server.get(&in_query));
        assert_eq!(refused, 400);
        for (kind, line) in [("text/plain", &line), (FORM.1, &bearer)] {
            let headers = [("Content-Type", kind), ("Authorization", line.as_str())];
            let answer = server.send("POST", "/oauth/token", &headers, &form(&own, ""));
            assert!(watch.answer(&answer) >= 400);
        }
        let query = format!("/oauth/token?{}", form(&own, ""));
        assert_eq!(
            watch.answer(&server.send("POST", &query, &[FORM], "a=b")),
            400
        );
    }
    let wrong = (id.clone(), wrong);
    let mut tries = (0..12).map(|_| watch.answer(&ask(server, &form(&wrong, ""))));
    assert!(
        tries.any(|status| status == 429),
        "too many failures, by now"
    );
    watch.answer(&ask(server, &format!("client_secret={secret}&broken=%zz")));
    watch.answer(&ask(server, &form(client, &"x".repeat(20_000))));
}

/// A token, good, taken back, altered, and wherever it should not be.
fn tokens_go_astray(server: &Server, watch: &Watch, client: &(String, String)) {
    let given = ask(server, &form(client, "")).json();
    let token = given["access_token"].as_str().unwrap();
    watch.hides_jwt(token);
    let altered = format!("{token}x");
    for line in [
        format!("Bearer {token}"),
        format!("Bearer {altered}"),
        format!("Basic {token}"),
    ] {
        for path in ["/v1/clients/me", "/v1/changes", "/v1/clients/me?limit=1"] {
            watch.answer(&server.get_with(path, &[("Authorization", &line)]));
        }
        let headers = [
            ("Authorization", line.as_str()),
            ("Content-Type", "application/json"),
        ];
        let body = format!("{{\"{token}\": ");
        watch.answer(&server.send("POST", "/v1/establishments", &headers, &body));
    }
    watch.answer(&server.get(&format!("/v1/clients/me?access_token={token}")));
    let other = made(server, "direction", "direction=paris", SCOPES);
    watch.hides(&other.1);
    for (client, status) in [(&other, 400), (client, 200), (client, 200)] {
        let revoke = form(client, &format!("&token={token}"));
        let answer = server.send("POST", "/oauth/revoke", &[FORM], &revoke);
        assert_eq!(watch.answer(&answer), status);
    }
    let line = format!("Bearer {token}");
    let ended = server.get_with("/v1/clients/me", &[("Authorization", &line)]);
    assert_eq!(watch.answer(&ended), 401);
}

/// An assertion, good, spent, forged, malformed, and where a token should be.
fn assertions_go_astray(server: &Server, watch: &Watch) {
    let (signer, attacker) = (Signer::ec("a", 3), Signer::ec("a", 4));
    let (id, secret) = made(server, "direction", "direction=lille", SCOPES);
    watch.hides(&secret);
    register(server, &id, &[&signer]);
    let good = signer.sign(&signer.header(), &claims(&server.base, &id));
    let token = ask_signed(server, &good, "").json();
    watch.hides_jwt(token["access_token"].as_str().unwrap());
    let mut late = claims(&server.base, &id);
    late["exp"] = serde_json::json!("a text where a number should be");
    let forged = attacker.sign(&attacker.header(), &claims(&server.base, &id));
    let mistyped = signer.sign(&signer.header(), &late);
    let fresh = signer.sign(&signer.header(), &claims(&server.base, &id));
    for text in [&good, &forged, &mistyped, &format!("{good}.x")] {
        watch.hides_jwt(text.trim_end_matches(".x"));
        watch.answer(&ask_signed(server, text, ""));
        let bearer = format!("Bearer {text}");
        watch.answer(&server.get_with("/v1/clients/me", &[("Authorization", &bearer)]));
    }
    watch.hides_jwt(&fresh);
    watch.answer(&ask_signed(
        server,
        &fresh,
        &format!("&client_secret={secret}"),
    ));
    let other_type = JWT_BEARER.replace("jwt", "saml2");
    let form = format!(
        "grant_type=client_credentials&client_assertion_type={other_type}&client_assertion={fresh}"
    );
    watch.answer(&ask(server, &form));
    watch.answer(&ask_signed(server, &fresh, "&scope=nothing"));
}

/// Where the signing keys are, and what of them must not be told.
fn store(folder: &tempfile::TempDir, in_a_file: bool, watch: &Watch) -> Vec<String> {
    if !in_a_file {
        watch.hides(KEY.trim_end_matches('='));
        watch.hides_bytes(&STANDARD.decode(KEY).unwrap());
        return vec!["--key-encryption-key".to_owned(), KEY.to_owned()];
    }
    let path: PathBuf = folder.path().join("keys.json");
    vec![
        "--signing-keys".to_owned(),
        path.to_str().unwrap().to_owned(),
    ]
}

fn seeds(watch: &Watch, path: &str) {
    let set: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for key in set["keys"].as_array().unwrap() {
        watch.hides_bytes(&URL_SAFE_NO_PAD.decode(key["d"].as_str().unwrap()).unwrap());
    }
}

fn everything_goes_astray(engine: Engine, in_a_file: bool) {
    let (watch, folder) = (Watch::default(), tempfile::tempdir().unwrap());
    let store = store(&folder, in_a_file, &watch);
    let [flag, value] = [0, 1].map(|i: usize| store[i].as_str());
    if in_a_file {
        let spare = persistence::testing::TestDb::sqlite();
        let first = atigip(&spare)
            .args(["keys", "rotate", flag, value])
            .output();
        assert!(first.unwrap().status.success());
        seeds(&watch, value);
    }
    let flags = [flag, value, "--log", "trace"];
    let (server, away) = Away::serve_with(engine, Parts::Real, &flags);
    let client = made(&server, "direction", "direction=lille", SCOPES);
    tokens_go_astray(&server, &watch, &client);
    assertions_go_astray(&server, &watch);
    for keys in [
        &["keys", "rotate", "--log", "trace", flag, value][..],
        &["keys", "list", flag, value],
        &["keys", "retire", "nobody", flag, value],
        &["check", "--config", flag, value],
        &["check", flag, value],
        &["clients", "list", "--log", "trace"],
        &[
            "clients",
            "rotate-secret",
            "0193a000-0000-7000-8000-000000000001",
        ],
    ] {
        assert!(!watch.command(&server, keys).is_empty(), "{keys:?}");
    }
    if in_a_file {
        seeds(&watch, value);
    }
    secrets_go_astray(&server, &watch, &client);
    // And while the database is away.
    let other = made(&server, "direction", "direction=paris", SCOPES);
    watch.hides(&other.1);
    away.cut();
    server.until("it is noticed", |server| {
        server.get("/health/ready").json()["status"] == "degraded"
    });
    assert_eq!(watch.answer(&ask(&server, &form(&other, ""))), 503);
    let signer = Signer::ec("a", 3);
    let unheard = signer.sign(&signer.header(), &claims(&server.base, &other.0));
    watch.hides_jwt(&unheard);
    assert_eq!(watch.answer(&ask_signed(&server, &unheard, "")), 503);
    away.mend();
    server.until("it is back", |server| {
        server.get("/health/ready").json()["status"] == "ok"
    });
    let log = server.log();
    assert!(log.contains("A token was refused.") && log.contains("An assertion was refused."));
    watch.ends(&server);
}

#[test]
fn nothing_secret_is_told_when_keys_are_in_the_database() {
    each_engine(|engine| everything_goes_astray(engine, false));
}

#[test]
fn nothing_secret_is_told_when_keys_are_in_a_file() {
    each_engine(|engine| everything_goes_astray(engine, true));
}
