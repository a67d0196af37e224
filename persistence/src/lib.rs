#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod audit;
pub mod changes;
pub mod clients;
pub mod establishments;
pub mod kernel;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use kernel::{
    Conn, DatabaseUrl, DatabaseUrlError, Db, DbError, Engine, OpenError, Options, PoolState,
    RepoError, idempotency, meta,
};
