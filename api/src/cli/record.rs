//! The contract with its examples, recorded from the service itself on the demonstration.

use std::sync::Arc;

use actix_web::{rt::System, web::Data};
use domain::{
    clients::{ChanceError, SecretSource},
    kernel::{FixedClock, IdSource},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    CliError,
    prepare::prepare,
    tools::{Tools, open, reference},
};
use crate::{
    catalogue::Catalogue, config::Config, oauth::keys, openapi::record, platform::Platform,
};

/// The same identifiers every time.
struct SameIds;

impl IdSource for SameIds {
    fn next(&self) -> Uuid {
        Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001)
    }
}

/// The same key every time; what it signs is worth nothing elsewhere.
struct SameBits;

impl SecretSource for SameBits {
    fn bits(&self) -> Result<[u8; 32], ChanceError> {
        Ok([7; 32])
    }
}

/// The contract. Time stands still and ids are the same, so that the same executable always
/// gives the same document.
pub fn recorded() -> Result<Value, CliError> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("contract.db").display());
    let db = open(&url, 1)?;
    let (reference, clock) = (reference()?, FixedClock(data::fixed_instant()));
    let tools = Tools {
        db: &db,
        reference,
        clock: &clock,
        ids: &SameIds,
    };
    prepare(tools, Some(data::demo::SEED))?;
    let platform = Platform::with(Config::default(), Arc::new(clock), Arc::new(SameIds))
        .map_err(|error| CliError::Start(error.to_string()))?
        .with_db(db.clone());
    let catalogue = Catalogue::build(
        &db,
        reference,
        platform.public_url(),
        platform.clock.today(),
    )
    .map_err(|error| CliError::Start(error.to_string()))?;
    platform.open(catalogue);
    System::new().block_on(async {
        keys::prepare(&platform, &db, &SameBits).await?;
        Ok(record(Data::new(platform)).await)
    })
}
