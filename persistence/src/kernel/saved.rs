//! What saving an object did.

/// What a function that saves did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The object was not known.
    Created,
    /// Something differed and was written.
    Updated,
    /// Nothing differed: no row was touched, no change appended.
    Unchanged,
}
