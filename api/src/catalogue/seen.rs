//! What of a collection a caller sees, whatever it asks.

use search::Clause;

use crate::kernel::cache::View;

/// How far a caller sees, and what holds of all that it finds.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// How far.
    pub(crate) view: View,
    /// What holds.
    pub(crate) clauses: Vec<Clause>,
}

impl Seen {
    /// Everything that is public: all of a collection that holds nothing else.
    pub(crate) const fn all() -> Self {
        Self {
            view: View::Public,
            clauses: Vec::new(),
        }
    }
}
