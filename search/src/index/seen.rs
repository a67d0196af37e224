//! What may be found at all, by whom: a few sets that most questions share.

use std::sync::{Arc, PoisonError, RwLock};

use roaring::RoaringBitmap;

use crate::Clause;

/// So many sets are kept: those of three sorts of callers, today and the day before.
const KEPT: usize = 6;

/// The documents that meet clauses, for the clauses asked last.
#[derive(Debug, Default)]
pub(crate) struct Seen(RwLock<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    clauses: Vec<Clause>,
    documents: Arc<RoaringBitmap>,
}

impl Seen {
    /// The documents that meet these clauses, looked for with `find` when they are asked first.
    pub(crate) fn documents(
        &self,
        clauses: &[Clause],
        find: impl FnOnce() -> RoaringBitmap,
    ) -> Arc<RoaringBitmap> {
        let known = |kept: &[Kept]| {
            let same = kept.iter().find(|kept| kept.clauses == clauses);
            same.map(|kept| Arc::clone(&kept.documents))
        };
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(documents) = known(&kept) {
            return documents;
        }
        drop(kept);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(documents) = known(&kept) {
            return documents;
        }
        let documents = Arc::new(find());
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(Kept {
            clauses: clauses.to_vec(),
            documents: Arc::clone(&documents),
        });
        documents
    }

    /// Notes a document that came, which meets some clauses.
    pub(crate) fn insert(&mut self, ordinal: u32, meets: impl Fn(&Clause) -> bool) {
        for kept in self.kept() {
            if kept.clauses.iter().all(&meets) {
                Arc::make_mut(&mut kept.documents).insert(ordinal);
            }
        }
    }

    /// Notes that a document went.
    pub(crate) fn remove(&mut self, ordinal: u32) {
        for kept in self.kept() {
            Arc::make_mut(&mut kept.documents).remove(ordinal);
        }
    }

    fn kept(&mut self) -> &mut Vec<Kept> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}
