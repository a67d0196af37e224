//! What every resource shares: the doors, the errors, the SQL types, the migrations.

mod connection;
pub(crate) mod constraint;
mod db;
mod error;
pub mod idempotency;
pub mod meta;
mod migrations;
pub(crate) mod row;
pub(crate) mod types;
mod url;

pub use connection::Conn;
pub(crate) use connection::MultiBackend;
pub use db::{Db, Options, PoolState};
pub use error::{DbError, OpenError, RepoError};
pub use url::{DatabaseUrl, DatabaseUrlError, Engine};
