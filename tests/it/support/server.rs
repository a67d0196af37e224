//! A platform served by its own process, on a database of its own.

use std::{
    fs::File,
    io::{BufRead, BufReader, Lines, Read},
    net::TcpListener,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

use persistence::{
    Engine,
    testing::{TestDb, postgres_server},
};
use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

use super::Answer;

/// A key that nodes share, for tests alone.
pub(crate) const KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

/// What the nodes of one platform share.
pub(crate) const SHARED: [&str; 4] = [
    "--key-encryption-key",
    KEY,
    "--public-url",
    "http://platform.test",
];

/// Whether the establishments have fictitious parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Parts {
    /// None: real facts alone.
    Real,
    /// Those of the demonstration.
    Demo,
}

/// A served platform; it stops when the value is dropped.
pub(crate) struct Server {
    child: Child,
    agent: Agent,
    /// Where it answers, without a final slash.
    pub(crate) base: String,
    /// Its database.
    pub(crate) db: Arc<TestDb>,
    _output: Lines<BufReader<ChildStdout>>,
    folder: TempDir,
}

impl Server {
    /// Serves a new database on an engine; the limits are off unless set.
    pub(crate) fn start(engine: Engine, parts: Parts, flags: &[&str]) -> Self {
        Self::serve(Arc::new(TestDb::migrated(engine)), parts, flags)
    }

    /// One node of a platform whose address is not the node's own; with the flags of [`SHARED`],
    /// what one node signs is good on another.
    pub(crate) fn node(db: &Arc<TestDb>, parts: Parts, flags: &[&str]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let bind = free.local_addr().unwrap().to_string();
        drop(free);
        let mut server = Self::serve(db.clone(), parts, &[flags, &["--bind", &bind]].concat());
        server.base = format!("http://{bind}");
        server
    }

    /// Serves a database that exists.
    pub(crate) fn serve(db: Arc<TestDb>, parts: Parts, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut command = atigip(&db);
        command.arg("serve");
        for (flag, value) in [("--bind", "127.0.0.1:0"), ("--metrics-bind", "off")] {
            if !flags.contains(&flag) {
                command.args([flag, value]);
            }
        }
        command.args(["--workers", "2"]);
        if !flags.contains(&"--poll-ms") {
            command.args(["--poll-ms", "50"]);
        }
        for limit in ["address", "client", "token"] {
            let flag = format!("--rate-{limit}-per-minute");
            if !flags.contains(&flag.as_str()) {
                command.args([&flag, "off"]);
            }
        }
        if parts == Parts::Demo {
            command.arg("--demo");
        }
        command
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let address =
            output.find_map(|line| Some(line.ok()?.strip_prefix("Serving")?.trim().to_owned()));
        let Some(base) = address else {
            let said = std::fs::read_to_string(&log).unwrap();
            panic!("the server does not start: {:?}: {said}", child.wait());
        };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        Self {
            child,
            agent,
            base,
            db,
            _output: output,
            folder,
        }
    }

    /// Asks by `GET`.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks by `GET`, with headers.
    #[track_caller]
    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers)
    }

    /// Asks by any method, without a body.
    #[track_caller]
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, "")
    }

    /// Asks by any method, with a body unless it is empty.
    #[track_caller]
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.base)
        };
        let mut request = ureq::http::Request::builder().method(method).uri(&url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = if body.is_empty() {
            self.agent.run(request.body(()).unwrap())
        } else {
            self.agent.run(request.body(body).unwrap())
        };
        let mut response = sent.unwrap();
        let mut body = Vec::new();
        response
            .body_mut()
            .as_reader()
            .read_to_end(&mut body)
            .unwrap();
        let asked = format!("{method} {path}");
        Answer::new(
            &asked,
            response.status().as_u16(),
            response.headers().clone(),
            body,
        )
    }

    /// Every item of a list, page after page, whose number is the total.
    #[track_caller]
    pub(crate) fn walk(&self, first: &str) -> Vec<Value> {
        let mut found = Vec::new();
        let mut page = self.get(first).json();
        loop {
            found.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page["next"].as_str() else {
                assert_eq!(
                    page["total"],
                    found.len(),
                    "{first}: the total counts every item"
                );
                return found;
            };
            page = self.get(next).json();
        }
    }

    /// Waits until a condition holds, twenty seconds at most: a pool gives up after five.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "still not so: {what}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// The number of the process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process has not ended.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until the process ends by itself.
    pub(crate) fn wait(&mut self) -> std::process::ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already cannot be killed, which is as well.
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}

/// The command line on a database, with nothing of this process's own environment.
pub(crate) fn atigip(db: &TestDb) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atigip"));
    command
        .env_clear()
        .env("DATABASE_URL", db.url())
        .current_dir(super::project());
    command
}

/// The engines that take part in this run: PostgreSQL when a server is named.
fn engines() -> Vec<Engine> {
    let postgres = postgres_server().map(|_| Engine::Postgres);
    [Some(Engine::Sqlite), postgres]
        .into_iter()
        .flatten()
        .collect()
}

/// Runs a test on each engine, in turn, against a platform shared with other tests that only
/// read.
pub(crate) fn on(parts: Parts, test: impl Fn(&Server)) {
    for engine in engines() {
        eprintln!("on {engine:?}");
        test(&shared(engine, parts));
    }
}

/// Runs a test on each engine, in turn.
pub(crate) fn each_engine(test: impl Fn(Engine)) {
    for engine in engines() {
        eprintln!("on {engine:?}");
        test(engine);
    }
}

type Shared = Mutex<Vec<(Engine, Parts, Weak<Server>)>>;

/// A platform that lives as long as a test uses it.
fn shared(engine: Engine, parts: Parts) -> Arc<Server> {
    static SHARED: Shared = Mutex::new(Vec::new());
    let mut servers = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |(e, p, _): &&(Engine, Parts, Weak<Server>)| (*e, *p) == (engine, parts);
    if let Some(server) = servers
        .iter()
        .find(same)
        .and_then(|(_, _, weak)| weak.upgrade())
    {
        return server;
    }
    let server = Arc::new(Server::start(engine, parts, &[]));
    servers.retain(|(e, p, _)| (*e, *p) != (engine, parts));
    servers.push((engine, parts, Arc::downgrade(&server)));
    server
}
