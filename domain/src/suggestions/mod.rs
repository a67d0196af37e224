//! What is suggested to somebody who types.

mod kind;

pub use kind::SuggestionKind;
