//! How much of what changes an index holds.

/// How much of what changes an index holds: two answers of one index at the same revision are of
/// the same documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision {
    /// The number of the last batch that is held whole.
    pub number: u64,
    /// How many pieces of the next are held already; 0 but while a large one goes in.
    pub pieces: u32,
}

impl Revision {
    /// What is held with one more piece of the next batch.
    pub(crate) const fn next_piece(self) -> Self {
        Self {
            number: self.number,
            pieces: self.pieces.saturating_add(1),
        }
    }
}

impl From<u64> for Revision {
    /// A batch held whole, and nothing of the next.
    fn from(number: u64) -> Self {
        Self { number, pieces: 0 }
    }
}
