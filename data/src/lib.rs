#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod activities;
mod contacts;
pub mod demo;
mod error;
mod establishments;
mod names;
mod reference;
mod table;
mod territories;
#[cfg(test)]
mod tests;

pub use activities::Activities;
pub use contacts::{ContactScope, PublicContact};
pub use error::DataError;
pub use establishments::fixed_instant;
pub use reference::Reference;
pub use territories::Territories;
