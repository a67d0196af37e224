//! Prisons as workplaces: what each offers a company, and nothing of how it is guarded.
//!
//! Plans, inside circulation, alarms and rosters have no field, and special security
//! quarters are no attribute (Code des relations entre le public et l'administration,
//! art. L311-5 2° d).

mod activity;
mod contact;
mod dock;
mod establishment;
mod kind;
mod rules;
mod slug;
mod storage;
mod zone;

pub use activity::{ActivityInPlace, PossibleActivity};
pub use contact::{Contact, ContactFacts, ContactRole};
pub use dock::{Dock, DockFacts, DockKind, VehicleSize};
pub use establishment::{Address, Capacity, Establishment, EstablishmentFacts, Parts};
pub use kind::{DatedKind, EstablishmentKind, EstablishmentStatus, Management};
pub use slug::{Slug, SlugError};
pub use storage::StorageArea;
pub use zone::{Equipment, EquipmentItem, Zone, ZoneFacts, ZoneKind, ZoneStatus};
