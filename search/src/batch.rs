//! Changes that go into an index together, made ready outside its lock.

use std::vec::IntoIter;

use uuid::Uuid;

use crate::{
    Change,
    index::{Prepared, prepare},
};

/// Changes in order, their texts folded, and the number of the last of them.
///
/// A batch is for [`crate::Index::advance`], a few changes at a time.
#[derive(Debug)]
pub struct Batch<B> {
    pub(crate) steps: IntoIter<Step<B>>,
    pub(crate) number: u64,
}

/// A change with its texts folded.
#[derive(Debug)]
pub(crate) enum Step<B> {
    Put(Prepared, B),
    Remove(Uuid),
}

impl<B> Batch<B> {
    /// Folds the texts of changes.
    #[must_use]
    pub fn new(changes: impl IntoIterator<Item = Change<B>>, number: u64) -> Self {
        let steps: Vec<Step<B>> = changes.into_iter().map(Step::from).collect();
        let steps = steps.into_iter();
        Self { steps, number }
    }
}

impl<B> From<Change<B>> for Step<B> {
    fn from(change: Change<B>) -> Self {
        match change {
            Change::Put(document) => {
                let (prepared, body) = prepare(document);
                Self::Put(prepared, body)
            }
            Change::Remove(id) => Self::Remove(id),
        }
    }
}
