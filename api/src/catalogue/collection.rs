//! The documents of one resource, in memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use data::Reference;
use search::{
    Answer, Change, Clause, FacetId, Filter, Index, Matching, NumberId, Question, Selection, Sort,
    Sums,
};
use uuid::Uuid;

use super::{
    moved::Moved,
    resource::{Gone, Resource},
};
use crate::kernel::problem::ApiError;

/// The index of a resource, and what it can be found by.
#[derive(Debug)]
pub(crate) struct Collection<R: Resource> {
    index: Index<Arc<R::Body>>,
    fields: R::Fields,
    gone: RwLock<BTreeMap<Uuid, Gone>>,
    base: String,
}

impl<R: Resource> Collection<R> {
    /// An empty collection, whose addresses begin with `base`.
    pub(crate) fn new(base: &str) -> Self {
        let (schema, fields) = R::declare();
        Self {
            index: Index::new(schema),
            fields,
            gone: RwLock::default(),
            base: base.to_owned(),
        }
    }

    /// The public address of the API.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Applies what changed; all of it is visible at once, at `revision`.
    pub(super) fn apply(
        &self,
        moved: Moved<R>,
        reference: &Reference,
        revision: u64,
    ) -> Result<(), serde_json::Error> {
        let Moved {
            changed,
            removed,
            gone,
        } = moved;
        let puts = changed.into_iter().map(|object| {
            let id = R::id(&object);
            let document = R::document(object, reference, &self.fields, &self.base)?;
            Ok((id, document))
        });
        let puts: Vec<_> = puts.collect::<Result<_, serde_json::Error>>()?;
        {
            // Who finds the object no more finds what is left of it.
            let mut kept = self.gone.write().unwrap_or_else(PoisonError::into_inner);
            for (id, _) in &puts {
                kept.remove(id);
            }
            for id in &removed {
                kept.remove(id);
            }
            kept.extend(gone);
        }
        let puts = puts.into_iter().map(|(_, document)| Change::Put(document));
        let batch = puts.chain(removed.into_iter().map(Change::Remove));
        self.index.apply(batch.collect(), revision);
        Ok(())
    }

    /// The last change applied.
    pub(crate) fn revision(&self) -> u64 {
        self.index.revision()
    }

    /// How many documents are held.
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether anything fictitious is held.
    pub(crate) fn has_demo(&self) -> bool {
        let demo = R::common(&self.fields).demo;
        self.first(demo, "true").is_some()
    }

    pub(crate) const fn fields(&self) -> &R::Fields {
        &self.fields
    }

    /// The document of this id.
    pub(crate) fn get(&self, id: Uuid) -> Option<Arc<R::Body>> {
        self.index.get(id)
    }

    /// The same, or why there is none: `gone` when it was public, `not-found` otherwise.
    pub(crate) fn get_or_gone(&self, id: Uuid) -> Result<Arc<R::Body>, ApiError> {
        self.get(id).ok_or_else(|| {
            let kept = self.gone.read().unwrap_or_else(PoisonError::into_inner);
            kept.get(&id).map_or_else(ApiError::not_found, Gone::told)
        })
    }

    /// The first document, by name, that has this code.
    pub(crate) fn first(&self, field: FacetId, code: &str) -> Option<Arc<R::Body>> {
        let question = Question {
            selection: selection(vec![Clause::AnyOf(field, vec![code.to_owned()])]),
            sort: Sort::Key,
            after: None,
            limit: 1,
            facets: Vec::new(),
        };
        let answer = self.index.search(&question).ok()?;
        answer.hits.into_iter().next().map(|hit| hit.body)
    }

    pub(crate) fn search(&self, question: &Question) -> Result<Answer<Arc<R::Body>>, ApiError> {
        self.index
            .search(question)
            .map_err(|error| ApiError::internal(&error))
    }

    pub(crate) fn matching(
        &self,
        selection: &Selection,
    ) -> Result<Matching<Arc<R::Body>>, ApiError> {
        self.index
            .matching(selection)
            .map_err(|error| ApiError::internal(&error))
    }

    pub(crate) fn sums(
        &self,
        selection: &Selection,
        numbers: &[NumberId],
    ) -> Result<Sums, ApiError> {
        self.index
            .sums(selection, numbers)
            .map_err(|error| ApiError::internal(&error))
    }
}

/// What meets these clauses on the document alone.
pub(crate) fn selection(clauses: Vec<Clause>) -> Selection {
    let filter = Filter {
        clauses,
        parts: Vec::new(),
    };
    Selection {
        filter,
        ..Selection::default()
    }
}
