//! What a dossier does and refuses to do.

mod acknowledgement;
mod decidability;
mod filing;
mod machine;
mod restoring;
mod standing;
pub(super) mod support;
mod time;
mod withdrawal;
