//! What every resource shares: the doors, the errors, the SQL types, the migrations.

mod background;
mod backup;
mod connection;
pub(crate) mod constraint;
mod db;
mod error;
mod file;
pub mod idempotency;
pub(crate) mod insert;
pub mod meta;
mod migrations;
#[cfg(test)]
pub(crate) mod plan;
mod restore;
pub(crate) mod row;
mod saved;
pub(crate) mod savepoint;
pub(crate) mod types;
mod url;

pub use background::{give_way, let_others_go};
pub use backup::BackupError;
pub use connection::Conn;
pub(crate) use connection::MultiBackend;
pub use db::{Db, Options, PoolState};
pub use error::{DbError, OpenError, RepoError};
#[cfg(feature = "testing")]
pub(crate) use file::hold;
pub use restore::{NewMarks, RestoreError, Restored, restore};
pub use saved::Saved;
pub use url::{DatabaseUrl, DatabaseUrlError, Engine};
