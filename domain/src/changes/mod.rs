//! The change log: what happened to which object, in one sequence without gaps.

mod actor;
mod change;
mod event_type;

pub use actor::{Actor, ActorError};
pub use change::{Change, NewChange};
pub use event_type::EventType;
