//! Databases on a PostgreSQL server, copied from a template that is migrated once a process.
//!
//! Their names carry a key drawn by the process, which holds an advisory lock on it as long as
//! it lives: a process that starts removes what others left behind when they were killed.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::open;

/// Names the family of locks that say which process is alive: "test" in ASCII.
const ALIVE: i32 = 0x7465_7374;

const PREFIX: &str = "atigip_test_";

/// The server, as this process uses it.
struct Server {
    url: String,
    key: i32,
    /// Creates databases, and holds the lock that says that this process is alive.
    conn: Mutex<PgConnection>,
    next: AtomicU32,
    template: OnceLock<String>,
}

static SERVER: OnceLock<Server> = OnceLock::new();

/// A database that is dropped with this value.
#[derive(Debug)]
pub(super) struct Database {
    name: String,
}

/// A copy of the migrated template.
pub(super) fn migrated(url: &str) -> Database {
    let server = server(url);
    let template = server.template.get_or_init(|| server.make_template());
    server.create(&format!("TEMPLATE {template}"))
}

/// A database with nothing in it.
pub(super) fn empty(url: &str) -> Database {
    server(url).create("TEMPLATE template0")
}

impl Database {
    pub(super) fn url(&self) -> String {
        SERVER
            .get()
            .map(|server| server.url_of(&self.name))
            .unwrap_or_default()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(server) = SERVER.get() else { return };
        // With a connection of its own: a server takes long to drop a database, and other tests
        // want theirs meanwhile.
        let dropped = PgConnection::establish(&server.url)
            .map_err(|error| error.to_string())
            .and_then(|mut conn| {
                drop_database(&mut conn, &self.name).map_err(|error| error.to_string())
            });
        if let Err(error) = dropped {
            log::warn!("the database {} of a test stays: {error}", self.name);
        }
    }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    datname: String,
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

fn server(url: &str) -> &'static Server {
    SERVER.get_or_init(|| Server::start(url).expect("the PostgreSQL server answers"))
}

impl Server {
    fn start(url: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let mut conn = PgConnection::establish(url)?;
        // Any number no other process drew will do.
        let drawn = RandomState::new().hash_one(std::process::id()) >> 33;
        let key = i32::try_from(drawn)?;
        conn.batch_execute(&format!("SELECT pg_advisory_lock({ALIVE}, {key})"))?;
        sweep(&mut conn)?;
        Ok(Self {
            url: url.to_owned(),
            key,
            conn: Mutex::new(conn),
            next: AtomicU32::new(0),
            template: OnceLock::new(),
        })
    }

    fn conn(&self) -> MutexGuard<'_, PgConnection> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn create(&self, from: &str) -> Database {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}_{number}", self.key);
        self.conn()
            .batch_execute(&format!("CREATE DATABASE {name} {from}"))
            .expect("the server creates a database");
        Database { name }
    }

    /// A template nobody can connect to, since a database in use cannot be copied.
    fn make_template(&self) -> String {
        let name = format!("{PREFIX}{}_template", self.key);
        let mut conn = self.conn();
        conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .expect("the server creates a database");
        open(&self.url_of(&name))
            .migrate()
            .expect("the migrations apply");
        conn.batch_execute(&format!(
            "ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false; \
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        ))
        .expect("the template is closed");
        name
    }

    /// The address of another database on the same server.
    fn url_of(&self, name: &str) -> String {
        let (place, parameters) = match self.url.split_once('?') {
            Some((place, parameters)) => (place, format!("?{parameters}")),
            None => (self.url.as_str(), String::new()),
        };
        let authority_at = place.find("://").map_or(0, |at| at + 3);
        let (scheme, rest) = place.split_at(authority_at);
        let authority = rest.split('/').next().unwrap_or_default();
        format!("{scheme}{authority}/{name}{parameters}")
    }
}

/// Drops the databases of processes that are gone: nobody holds the lock on their key.
fn sweep(conn: &mut PgConnection) -> Result<(), Box<dyn std::error::Error>> {
    let names: Vec<Name> = sql_query(format!(
        "SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'"
    ))
    .load(conn)?;
    for Name { datname } in names {
        let key = datname
            .strip_prefix(PREFIX)
            .and_then(|rest| rest.split('_').next());
        let Some(key) = key.and_then(|key| key.parse::<i32>().ok()) else {
            continue;
        };
        let lock: Taken = sql_query(format!(
            "SELECT pg_try_advisory_lock({ALIVE}, {key}) AS taken"
        ))
        .get_result(conn)?;
        if lock.taken {
            drop_database(conn, &datname)?;
            conn.batch_execute(&format!("SELECT pg_advisory_unlock({ALIVE}, {key})"))?;
        }
    }
    Ok(())
}

fn drop_database(conn: &mut PgConnection, name: &str) -> diesel::QueryResult<()> {
    conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
}
