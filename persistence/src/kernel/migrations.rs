//! Migrations, embedded, one set per engine, applied under the write lock.

use diesel::connection::SimpleConnection;
use diesel::deserialize::QueryableByName;
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::Conn;
use super::db::Db;
use super::error::DbError;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

impl Db {
    /// Applies the migrations that are missing and names them, all or none. Two processes may
    /// do so at once: the second waits, and finds nothing to do.
    pub fn migrate(&self) -> Result<Vec<String>, DbError> {
        self.write_blocking(|conn| {
            let missing = compare(conn)?.missing;
            apply_missing(conn)?;
            Ok(missing)
        })
    }

    /// The names of the migrations that this executable knows and the database has not.
    pub fn pending(&self) -> Result<Vec<String>, DbError> {
        self.read_blocking(|conn| Ok(compare(conn)?.missing))
    }

    /// Takes every migration back, the last first. Everything in the database is lost.
    #[cfg(feature = "testing")]
    pub fn revert_all(&self) -> Result<(), DbError> {
        self.write_blocking(|conn| {
            match conn {
                Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(drop),
                Conn::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(drop),
            }
            .map_err(|error| DbError::Migration(error.to_string()))
        })
    }
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn apply<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<(), DbError>
where
    C: Connection<Backend = DB> + MigrationHarness<DB> + SimpleConnection,
    DB: diesel::backend::Backend,
{
    conn.run_pending_migrations(source)
        .map(drop)
        .map_err(|error| DbError::Migration(error.to_string()))
}

/// Applies the migrations that are missing, within a transaction of the write door.
pub(super) fn apply_missing(conn: &mut Conn) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(conn) => apply(conn, SQLITE),
        Conn::Postgres(conn) => apply(conn, POSTGRES),
    }
}

/// The migrations of this executable beside those of a database.
pub(super) struct Schema {
    /// Whether the database has any.
    pub(super) begun: bool,
    /// The names of those that it lacks, in order.
    pub(super) missing: Vec<String>,
    /// The versions of those that this executable does not know: a later one applied them.
    pub(super) unknown: Vec<String>,
}

/// Reads the table of applied migrations without creating it, as the harness would: a read
/// transaction may not.
pub(super) fn compare(conn: &mut Conn) -> Result<Schema, DbError> {
    let exists = match conn.engine() {
        super::url::Engine::Sqlite => {
            "SELECT count(*) AS number FROM sqlite_master WHERE name = '__diesel_schema_migrations'"
        }
        super::url::Engine::Postgres => {
            "SELECT count(*) AS number FROM pg_tables \
             WHERE tablename = '__diesel_schema_migrations' AND schemaname = current_schema()"
        }
    };
    let tables: Number = sql_query(exists).get_result(conn)?;
    let applied: Vec<Version> = if tables.number == 0 {
        Vec::new()
    } else {
        sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version").load(conn)?
    };
    let known = match conn {
        Conn::Sqlite(_) => names::<diesel::sqlite::Sqlite>(&SQLITE),
        Conn::Postgres(_) => names::<diesel::pg::Pg>(&POSTGRES),
    }?;
    let begun = !applied.is_empty();
    let lacks = |version: &str| applied.iter().all(|row| row.version != version);
    let missing = known.iter().filter(|(version, _)| lacks(version));
    let missing = missing.map(|(_, name)| name.clone()).collect();
    let unknown = applied.iter().map(|row| &row.version);
    let unknown = unknown.filter(|version| known.iter().all(|(own, _)| own != *version));
    Ok(Schema {
        begun,
        missing,
        unknown: unknown.cloned().collect(),
    })
}

/// Versions and names of the embedded migrations, in order.
fn names<DB: diesel::backend::Backend>(
    source: &EmbeddedMigrations,
) -> Result<Vec<(String, String)>, DbError> {
    let migrations: Vec<Box<dyn Migration<DB>>> = source
        .migrations()
        .map_err(|error| DbError::Migration(error.to_string()))?;
    let mut names: Vec<_> = migrations
        .iter()
        .map(|migration| {
            (
                migration.name().version().to_string(),
                migration.name().to_string(),
            )
        })
        .collect();
    names.sort();
    Ok(names)
}
