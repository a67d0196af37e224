#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod audit;
pub mod changes;
pub mod clients;
pub mod establishments;
pub mod habilitations;
pub mod holds;
pub mod kernel;
pub mod offers;
pub mod partners;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use kernel::{
    BackupError, Conn, DatabaseUrl, DatabaseUrlError, Db, DbError, Engine, NewMarks, OpenError,
    Options, PoolState, RepoError, RestoreError, Restored, Saved, give_way, idempotency,
    let_others_go, meta, restore,
};
