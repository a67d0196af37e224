//! API clients: the organisations that act on the platform, what each may do, and where.

mod client;
mod key;
mod organisation;
mod perimeter;
mod role;
mod scope;
mod secret;

pub use client::{Client, ClientFacts, ClientStatus};
pub use key::{
    ClientKey, ClientKeys, Coordinate, KeyError, KeyId, KeyIdError, MAX_KEYS, PublicKey, RsaKey,
};
pub use organisation::{Organisation, OrganisationError, OrganisationKind};
pub use perimeter::{Perimeter, PerimeterError, PerimeterKind};
pub use role::{MagistrateFunction, Role};
pub use scope::Scope;
pub use secret::{
    ChanceError, ClientSecret, MAX_LIVE_SECRETS, Secret, SecretError, SecretHash, SecretSource,
};
