//! French text: words without case or accents, their stems, and what lies within one edit.

mod edit;
mod fold;
mod stem;

pub(crate) use edit::within_one_edit;
pub(crate) use fold::words_of;
pub use fold::{fold, words};
pub(crate) use stem::stem;
