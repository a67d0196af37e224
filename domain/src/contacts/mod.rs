//! Who to write to, for what, and in which order.

mod purpose;

pub use purpose::{ContactPurpose, order};
