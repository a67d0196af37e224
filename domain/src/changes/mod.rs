//! The change log: what happened to which object, in one sequence without gaps.

mod change;
mod event_type;

pub use change::{Actor, ActorError, Change, NewChange};
pub use event_type::EventType;
