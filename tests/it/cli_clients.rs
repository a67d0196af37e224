//! Clients made by the command line and by a demonstration, and what their secrets open.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::{Child, Stdio},
    sync::Arc,
};

use persistence::testing::TestDb;

use crate::support::{Answer, Parts, Server, atigip, each_engine, made};

const FORM: [(&str, &str); 1] = [("Content-Type", "application/x-www-form-urlencoded")];

/// What the token endpoint answers to a client and its secret.
#[track_caller]
fn token(server: &Server, id: &str, secret: &str) -> Answer {
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    server.send("POST", "/oauth/token", &FORM, &form)
}

/// A demonstration that serves a database, and what it told of its clients.
struct Demonstration {
    child: Child,
    clients: Vec<(String, String, String)>,
}

impl Demonstration {
    fn start(db: &TestDb, log: &File) -> Self {
        let mut command = atigip(db);
        command.args(["serve", "--demo", "--bind", "127.0.0.1:0"]);
        command.args(["--metrics-bind", "off", "--log", "trace"]);
        command.stdout(Stdio::piped());
        let mut child = command.stderr(log.try_clone().unwrap()).spawn().unwrap();
        let told = BufReader::new(child.stdout.take().unwrap()).lines();
        let clients = told
            .map(Result::unwrap)
            .take_while(|line| !line.starts_with("Get a token"))
            .filter(|line| line.contains("  atg_"))
            .map(|line| {
                let mut words = line.split_whitespace().map(str::to_owned);
                let mut word = || words.next().unwrap();
                (word(), word(), word())
            })
            .collect();
        Self { child, clients }
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_demonstration_tells_a_client_of_each_role_and_no_other_node_takes_its_secret() {
    each_engine(|engine| {
        let real = Server::start(engine, Parts::Real, &["--rate-token-per-minute", "off"]);
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let demonstration = Demonstration::start(&real.db, &File::create(&log).unwrap());
        assert_eq!(demonstration.clients.len(), 10);
        for (role, id, secret) in &demonstration.clients {
            let answer = token(&real, id, secret);
            assert_eq!(answer.status, 401, "{role}: {}", answer.text());
            assert!(answer.text().contains("invalid_client"), "{role}");
        }
        let clients = demonstration.clients.clone();
        drop(demonstration);
        let logged = std::fs::read_to_string(&log).unwrap();
        assert!(!logged.is_empty());
        let also = Arc::clone(&real.db);
        drop(real);
        let server = Server::serve(also, Parts::Demo, &["--rate-token-per-minute", "off"]);
        for (role, id, secret) in &clients {
            // The start of this node gave each a new secret; the one before stays good.
            let answer = token(&server, id, secret);
            assert_eq!(answer.status, 200, "{role}: {}", answer.text());
            assert!(!logged.contains(secret.as_str()), "{role}");
        }
    });
}

#[test]
fn a_client_that_is_suspended_gets_no_token_until_it_is_resumed() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (id, secret) = made(&server, "direction", "direction=lille", "changes:read");
        assert_eq!(token(&server, &id, &secret).status, 200);
        for (command, status) in [("suspend", 401), ("resume", 200)] {
            let done = atigip(&server.db).args(["clients", command, &id]).output();
            assert!(done.unwrap().status.success());
            assert_eq!(token(&server, &id, &secret).status, status, "{command}");
        }
    });
}

#[test]
fn a_rotated_secret_is_refused_and_the_new_one_is_not() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let (id, first) = made(&server, "administrator", "", "clients:admin");
        let rotate = ["clients", "rotate-secret", &id, "--revoke-others"];
        let done = atigip(&server.db).args(rotate).output().unwrap();
        let told = String::from_utf8(done.stdout).unwrap();
        let second = told
            .lines()
            .find_map(|line| line.strip_prefix("client_secret"));
        assert_eq!(token(&server, &id, second.unwrap().trim()).status, 200);
        assert_eq!(token(&server, &id, &first).status, 401);
        let list = atigip(&server.db).args(["clients", "list"]).output();
        let list = String::from_utf8(list.unwrap().stdout).unwrap();
        assert!(list.contains(&id), "{list}");
        assert!(list.contains("last used 20"), "{list}");
        assert!(!list.contains("atg_"), "{list}");
    });
}
