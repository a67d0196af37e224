//! The journal: who did or read what, when, in which role; identifiers, never values.

mod action;
mod entry;
mod resource;

pub use action::AuditAction;
pub use entry::{Entry, NewEntry};
pub use resource::Resource;
