//! The database: a pool, and the two doors through which everything passes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::{Connection, QueryResult};
use tokio::task;

use super::background::give_way;
use super::connection::{Conn, Manager};
use super::error::{DbError, OpenError};
use super::file::DatabaseFile;
use super::url::{DatabaseUrl, Engine};

/// How many connections, and how long anything may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The most connections open at once.
    pub max_connections: u32,
    /// Whether a SQLite file that is missing is made, with its folder.
    pub create: bool,
    /// How long a request waits for a connection before [`DbError::Unavailable`].
    pub acquire_timeout: Duration,
    /// How long one statement may run (PostgreSQL).
    pub statement_timeout: Duration,
    /// How long a transaction may stay idle before the server closes it (PostgreSQL).
    pub idle_in_transaction_timeout: Duration,
    /// How long a write waits for another process's write (SQLite).
    pub busy_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_connections: 8,
            create: true,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            idle_in_transaction_timeout: Duration::from_mins(1),
            busy_timeout: Duration::from_secs(10),
        }
    }
}

/// How the pool stands, for the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// The most connections open at once.
    pub max: u32,
    /// Connections open now.
    pub open: u32,
    /// Connections open and waiting for work.
    pub idle: u32,
}

/// A database, cheap to clone: every clone shares one pool.
///
/// Nothing outside this crate gets a connection but inside a transaction, for the time of one
/// closure: [`Db::read`] cannot write, [`Db::write`] commits everything or nothing.
#[derive(Clone)]
pub struct Db {
    url: DatabaseUrl,
    pool: Pool<Manager>,
    /// The writers of this process wait here for their turn, and not with a connection in
    /// hand, so that they never keep the pool from the readers.
    turn: Arc<Mutex<()>>,
    /// The file of a SQLite database.
    file: Option<Arc<DatabaseFile>>,
    /// Whether the last who asked for a connection got none.
    away: Arc<AtomicBool>,
}

/// How long a request waits for a connection when the one before it got none: those who wait
/// for a database that is away would otherwise wait one after another.
const PATIENCE_WHILE_AWAY: Duration = Duration::from_millis(250);

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// Which door a transaction came through.
#[derive(Clone, Copy)]
pub(super) enum Door {
    Read,
    Write,
}

impl Db {
    /// Opens a database and makes sure that it answers. A SQLite file and its folder are
    /// created when missing; the schema is not (see [`Db::migrate`]).
    pub fn open(url: DatabaseUrl, options: Options) -> Result<Self, OpenError> {
        let manager = Manager::new(url.clone(), options)?;
        let file = manager.file();
        // One connection by hand first: the pool would try again until its timeout and then
        // say only that it timed out.
        manager.connect().map_err(|error| OpenError::Unavailable {
            url: url.to_string(),
            reason: error.to_string(),
        })?;
        let pool = Pool::builder()
            .max_size(options.max_connections.max(1))
            .min_idle(Some(1))
            .connection_timeout(options.acquire_timeout)
            .build_unchecked(manager);
        Ok(Self {
            url,
            pool,
            turn: Arc::default(),
            file,
            away: Arc::default(),
        })
    }

    /// The engine behind it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.url.engine()
    }

    /// Its address; `Display` hides the password.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// How the pool stands.
    #[must_use]
    pub fn pool_state(&self) -> PoolState {
        let state = self.pool.state();
        PoolState {
            max: self.pool.max_size(),
            open: state.connections,
            idle: state.idle_connections,
        }
    }

    /// Reads on a blocking thread, in one transaction that sees one state of the database and
    /// cannot write. Dropping the future does not stop the reading.
    ///
    /// # Panics
    ///
    /// When the closure does, with the same payload; the transaction is rolled back.
    pub async fn read<T, E, F>(&self, reading: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        on_blocking_thread(move || db.read_blocking(reading)).await
    }

    /// Writes on a blocking thread, in one transaction that no other write overlaps: it commits
    /// when the closure answers `Ok`, and leaves nothing when it answers `Err` or panics.
    /// Dropping the future does not stop the writing.
    ///
    /// # Panics
    ///
    /// When the closure does, with the same payload; the transaction is rolled back.
    pub async fn write<T, E, F>(&self, writing: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        on_blocking_thread(move || db.write_blocking(writing)).await
    }

    /// [`Db::read`] on this thread, for the command line.
    pub fn read_blocking<T, E, F>(&self, reading: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E>,
        E: From<DbError>,
    {
        let mut conn = self.connection()?;
        transaction(&mut conn, Door::Read, reading)
    }

    /// [`Db::write`] on this thread, for the command line.
    pub fn write_blocking<T, E, F>(&self, writing: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E>,
        E: From<DbError>,
    {
        // A panic in an earlier write rolled back with its connection, so its poison says
        // nothing about the database.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut conn = self.connection()?;
        transaction(&mut conn, Door::Write, writing)
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read(|conn| conn.batch_execute("SELECT 1").map_err(DbError::from))
            .await
    }

    /// A connection to a database that is where it was opened.
    pub(super) fn connection(&self) -> Result<PooledConnection<Manager>, DbError> {
        if let Some(file) = &self.file {
            file.check().map_err(DbError::Unavailable)?;
        }
        let got = if self.away.load(Ordering::Relaxed) {
            self.pool
                .get_timeout(PATIENCE_WHILE_AWAY.min(self.pool.connection_timeout()))
        } else {
            self.pool.get()
        };
        self.away.store(got.is_err(), Ordering::Relaxed);
        got.map_err(|error| DbError::Unavailable(error.to_string()))
    }
}

async fn on_blocking_thread<T, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let work = || {
        give_way();
        work()
    };
    match task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => std::panic::resume_unwind(payload),
            Err(_) => Err(DbError::Unavailable("the process is stopping".to_owned()).into()),
        },
    }
}

pub(super) fn transaction<T, E>(
    conn: &mut Conn,
    door: Door,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<DbError>,
{
    type Manager = <Conn as Connection>::TransactionManager;
    begin(conn, door).map_err(DbError::from)?;
    let outcome = take_turn(conn, door).map_err(|error| DbError::from(error).into());
    match outcome.and_then(|()| work(conn)) {
        Ok(value) => {
            Manager::commit_transaction(conn).map_err(DbError::from)?;
            Ok(value)
        }
        Err(refusal) => {
            // The refusal is what the caller needs to know; a connection that cannot even roll
            // back is closed by the pool, which has the same effect.
            if let Err(error) = Manager::rollback_transaction(conn) {
                log::warn!("a rollback failed, its connection is dropped: {error}");
            }
            Err(refusal)
        }
    }
}

/// A read sees one state of the database and may not write; on SQLite a write takes the lock
/// at once, since a deferred one may fail at its first write whatever the busy timeout.
fn begin(conn: &mut Conn, door: Door) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(conn) => {
            let (guard, begin) = match door {
                Door::Read => ("PRAGMA query_only = ON", "BEGIN"),
                Door::Write => ("PRAGMA query_only = OFF", "BEGIN IMMEDIATE"),
            };
            conn.batch_execute(guard)?;
            AnsiTransactionManager::begin_transaction_sql(conn, begin)
        }
        Conn::Postgres(conn) => {
            let begin = match door {
                Door::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                Door::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
            };
            AnsiTransactionManager::begin_transaction_sql(conn, begin)
        }
    }
}

/// The first statement of a write on PostgreSQL: it waits for the write before it, so that
/// what follows sees everything that was committed, and numbers are consecutive.
fn take_turn(conn: &mut Conn, door: Door) -> QueryResult<()> {
    /// Any constant does; this one begins with "atigip" in ASCII.
    const WRITE_LOCK: i64 = 0x0061_7469_6769_7000;
    match (conn, door) {
        (Conn::Postgres(conn), Door::Write) => {
            conn.batch_execute(&format!("SELECT pg_advisory_xact_lock({WRITE_LOCK})"))
        }
        _ => Ok(()),
    }
}
