//! One connection type over both engines, and how the pool opens one.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::{Connection, ConnectionResult, PgConnection, SqliteConnection};

use super::background::let_others_go;
use super::db::Options;
use super::error::OpenError;
use super::file::DatabaseFile;
use super::url::{DatabaseUrl, Engine};

/// A connection to either engine; one set of queries runs on both.
///
/// PostgreSQL comes first because the derived `establish` tries the variants in this order,
/// and SQLite takes any text for a file name.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// A connection to PostgreSQL.
    Postgres(PgConnection),
    /// A connection to a SQLite file.
    Sqlite(SqliteConnection),
}

impl Conn {
    /// The engine behind this connection.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
            Self::Sqlite(_) => Engine::Sqlite,
        }
    }
}

/// Opens connections by the scheme of the address and sets each one up.
#[derive(Debug)]
pub(super) struct Manager {
    url: DatabaseUrl,
    options: Options,
    file: Option<Arc<DatabaseFile>>,
}

impl Manager {
    /// Refuses what can never work before the pool tries it again and again.
    pub(super) fn new(url: DatabaseUrl, options: Options) -> Result<Self, OpenError> {
        if let Some(mode) = url.required_tls()
            && !cfg!(feature = "tls")
        {
            return Err(OpenError::TlsNotBuilt(mode.to_owned()));
        }
        let file = url
            .path()
            .map(|path| DatabaseFile::open(path, options.create).map(Arc::new));
        Ok(Self {
            url,
            options,
            file: file.transpose()?,
        })
    }

    /// For a SQLite file that this process holds alone already, and that is there.
    pub(super) fn held(url: DatabaseUrl, options: Options) -> Result<Self, OpenError> {
        let file = url
            .path()
            .map(|path| DatabaseFile::held(path).map(Arc::new));
        Ok(Self {
            url,
            options,
            file: file.transpose()?,
        })
    }

    /// The file of a SQLite database.
    pub(super) fn file(&self) -> Option<Arc<DatabaseFile>> {
        self.file.clone()
    }

    fn open(&self) -> ConnectionResult<Conn> {
        match &self.file {
            Some(file) => self.open_sqlite(file).map(Conn::Sqlite),
            None => self.open_postgres().map(Conn::Postgres),
        }
    }

    fn open_sqlite(&self, file: &DatabaseFile) -> ConnectionResult<SqliteConnection> {
        let mut conn = SqliteConnection::establish(&file.address())?;
        let busy_timeout = self.options.busy_timeout.as_millis();
        conn.batch_execute(&format!("PRAGMA busy_timeout = {busy_timeout}"))
            .and_then(|()| enter_wal(&mut conn))
            .and_then(|()| {
                conn.batch_execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
            })
            .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
        // SQLite works in the thread that asks it.
        conn.set_instrumentation(|event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::FinishQuery { .. }) {
                let_others_go();
            }
        });
        Ok(conn)
    }

    fn open_postgres(&self) -> ConnectionResult<PgConnection> {
        let seconds = self.options.acquire_timeout.as_secs().max(2);
        let mut conn = PgConnection::establish(&self.url.with_connect_timeout(seconds))?;
        let Options {
            statement_timeout,
            idle_in_transaction_timeout,
            ..
        } = &self.options;
        conn.batch_execute(&format!(
            "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {}; \
             SET application_name = 'atigip'; SET timezone = 'UTC'",
            statement_timeout.as_millis(),
            idle_in_transaction_timeout.as_millis(),
        ))
        .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
        Ok(conn)
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open().map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    /// A connection given back by a panic, or with a transaction still open, is closed, and
    /// the engine rolls back what it had begun.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        thread::panicking() || conn.is_broken()
    }
}

/// Sets the journal mode, which the busy timeout does not cover: two processes that create the
/// same file at the same moment must both succeed.
fn enter_wal(conn: &mut SqliteConnection) -> diesel::QueryResult<()> {
    const ATTEMPTS: u32 = 100;
    const PAUSE: Duration = Duration::from_millis(20);
    for _ in 1..ATTEMPTS {
        if conn.batch_execute("PRAGMA journal_mode = WAL").is_ok() {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    conn.batch_execute("PRAGMA journal_mode = WAL")
}
