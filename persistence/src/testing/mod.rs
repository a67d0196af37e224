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

use tempfile::TempDir;

use self::server::Database;
use crate::kernel::{DatabaseUrl, Db, Engine, Options};

/// A database of a test's own.
#[derive(Debug)]
pub struct TestDb {
    // Before the place, so that its connections are closed when the place goes.
    db: Db,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(TempDir),
    Server(Database),
}

impl TestDb {
    /// A migrated SQLite file in a folder of its own.
    #[must_use]
    pub fn sqlite() -> Self {
        let test = Self::empty_sqlite();
        test.db.migrate().expect("the migrations apply");
        test
    }

    /// A SQLite file without a schema.
    #[must_use]
    pub fn empty_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self {
            db: open(&url),
            place: Place::File(folder),
        }
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
        Self {
            db: open(&database.url()),
            place: Place::Server(database),
        }
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Its engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.db.engine()
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
