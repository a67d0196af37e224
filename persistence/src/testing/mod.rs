//! A database per test, on each engine; for suites only (feature `testing`).
//!
//! SQLite always takes part; PostgreSQL does when `TEST_POSTGRES_URL` names a server whose user
//! may create databases. A test's database goes with its [`TestDb`], on a panic too.
//!
//! ```
//! use persistence::testing::engines;
//!
//! for test in engines() {
//!     assert_eq!(test.db().pending().unwrap(), Vec::<String>::new());
//! }
//! ```
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test without its database fails where it stands"
)]

mod look;
mod server;

use std::path::Path;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use self::server::Database;
use crate::kernel::{DatabaseUrl, Db, Engine, Options, hold};

/// A database of a test's own.
#[derive(Debug)]
pub struct TestDb {
    // Before the place, so that its connections are closed when the place goes.
    db: OnceLock<Db>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(TempDir),
    Server(Database),
}

impl TestDb {
    /// A migrated database on an engine that takes part.
    #[must_use]
    pub fn migrated(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite(),
            Engine::Postgres => {
                Self::postgres(&postgres_server().expect("TEST_POSTGRES_URL names a server"))
            }
        }
    }

    /// A migrated SQLite file in a folder of its own.
    #[must_use]
    pub fn sqlite() -> Self {
        let test = Self::empty_sqlite();
        test.db().migrate().expect("the migrations apply");
        test
    }

    /// A SQLite file without a schema.
    #[must_use]
    pub fn empty_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        Self::at(Place::File(folder))
    }

    /// A migrated SQLite file that this process does not use until it asks for [`Self::db`], so
    /// that another may replace it.
    #[must_use]
    pub fn left_alone() -> Self {
        let mut test = Self::sqlite();
        let path = test.db().url().path().map(Path::to_owned);
        drop(test.db.take());
        // The connections of a pool are closed a moment after it.
        let alone = || {
            path.as_deref()
                .is_none_or(|path| matches!(hold(path), Ok(Some(_))))
        };
        while !alone() {
            thread::sleep(Duration::from_millis(5));
        }
        test
    }

    /// A migrated database on the PostgreSQL server at `server`.
    #[must_use]
    pub fn postgres(server: &str) -> Self {
        Self::on_server(server::migrated(server))
    }

    /// A database without a schema on the PostgreSQL server at `server`.
    #[must_use]
    pub fn empty_postgres(server: &str) -> Self {
        Self::on_server(server::empty(server))
    }

    fn on_server(database: Database) -> Self {
        Self::at(Place::Server(database))
    }

    fn at(place: Place) -> Self {
        Self {
            db: OnceLock::new(),
            place,
        }
    }

    /// The database, opened when it is first asked for.
    #[must_use]
    pub fn db(&self) -> &Db {
        self.db.get_or_init(|| open(&self.url()))
    }

    /// Its engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.place {
            Place::File(_) => Engine::Sqlite,
            Place::Server(_) => Engine::Postgres,
        }
    }

    /// Its whole address, for a process of its own.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.place {
            Place::File(folder) => format!("sqlite://{}", folder.path().join("test.db").display()),
            Place::Server(database) => database.url(),
        }
    }
}

/// A migrated database on each engine that takes part.
#[must_use]
pub fn engines() -> Vec<TestDb> {
    let postgres = postgres_server().map(|server| TestDb::postgres(&server));
    std::iter::once(TestDb::sqlite()).chain(postgres).collect()
}

/// A database without a schema on each engine that takes part.
#[must_use]
pub fn empty_engines() -> Vec<TestDb> {
    let postgres = postgres_server().map(|server| TestDb::empty_postgres(&server));
    std::iter::once(TestDb::empty_sqlite())
        .chain(postgres)
        .collect()
}

/// The PostgreSQL server of the suite, when it has one.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the suite is told its server by the environment"
)]
pub fn postgres_server() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

fn open(url: &str) -> Db {
    let url: DatabaseUrl = url.parse().expect("the address is understood");
    let options = Options {
        max_connections: 4,
        ..Options::default()
    };
    Db::open(url, options).expect("the database opens")
}
