//! API clients: the organisations that act on the platform, what each may do, and where.

mod client;
mod perimeter;
mod role;
mod scope;
mod secret;

pub use client::{Client, ClientFacts, ClientStatus};
pub use perimeter::{Perimeter, PerimeterError, PerimeterKind};
pub use role::{MagistrateFunction, Role};
pub use scope::Scope;
pub use secret::{
    ChanceError, ClientSecret, MAX_LIVE_SECRETS, Secret, SecretError, SecretHash, SecretSource,
};
