//! Who to write to, for what, and in which order.

mod purpose;
mod reason;

pub use purpose::{ContactPurpose, order};
pub use reason::ContactReason;
