//! The establishments in memory.

use std::sync::Arc;

use data::Reference;
use domain::{
    establishments::{Establishment, EstablishmentStatus},
    kernel::Code,
    territories::{DepartementCode, Direction},
};
use search::{
    Answer, Change, Clause, FacetId, Filter, Index, Matching, Question, Selection, Sort, Sums,
};
use uuid::Uuid;

use super::{
    document::{EstablishmentBody, document},
    fields::Fields,
};
use crate::kernel::problem::ApiError;

/// The index of establishments, and what they can be found by.
#[derive(Debug)]
pub struct Establishments {
    index: Index<Arc<EstablishmentBody>>,
    fields: Fields,
    base: String,
}

impl Establishments {
    /// An empty collection, whose addresses begin with `base`.
    pub(crate) fn new(base: &str) -> Self {
        let (schema, fields) = Fields::declare();
        let index = Index::new(schema);
        Self {
            index,
            fields,
            base: base.to_owned(),
        }
    }

    /// The public address of the API.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Puts or replaces establishments; all are visible at once, at `revision`.
    pub(crate) fn apply(
        &self,
        changed: Vec<Establishment>,
        reference: &Reference,
        revision: u64,
    ) -> Result<(), serde_json::Error> {
        let rendered: Result<Vec<_>, _> = changed
            .into_iter()
            .map(|establishment| document(establishment, reference, &self.fields, &self.base))
            .collect();
        let batch = rendered?.into_iter().map(Change::Put).collect();
        self.index.apply(batch, revision);
        Ok(())
    }

    /// The last change applied.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.index.revision()
    }

    /// How many establishments are held, closed ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether none is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a part of any establishment is fictitious.
    #[must_use]
    pub fn has_demo(&self) -> bool {
        let demo = Clause::AnyOf(self.fields.demo, vec![true.to_string()]);
        let question = Question {
            selection: selection(vec![demo]),
            sort: Sort::Key,
            after: None,
            limit: 0,
            facets: Vec::new(),
        };
        self.index
            .search(&question)
            .is_ok_and(|answer| answer.total > 0)
    }

    pub(crate) const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The establishment that an address names, by id or by slug.
    pub(crate) fn find(&self, id_or_slug: &str) -> Option<Arc<EstablishmentBody>> {
        if let Ok(id) = Uuid::try_parse(id_or_slug) {
            return self.index.get(id);
        }
        let slug = vec![id_or_slug.to_owned()];
        let question = Question {
            selection: selection(vec![Clause::AnyOf(self.fields.slug, slug)]),
            sort: Sort::Key,
            after: None,
            limit: 1,
            facets: Vec::new(),
        };
        let answer = self.index.search(&question).ok()?;
        answer.hits.into_iter().next().map(|hit| hit.body)
    }

    /// The open establishments of a département, by name.
    pub(crate) fn of_departement(&self, code: &DepartementCode) -> Vec<Arc<EstablishmentBody>> {
        self.open_with(self.fields.departement, code.as_str())
    }

    /// The open establishments of a directorate, by name.
    pub(crate) fn of_direction(&self, direction: Direction) -> Vec<Arc<EstablishmentBody>> {
        self.open_with(self.fields.direction, direction.code())
    }

    fn open_with(&self, field: FacetId, code: &str) -> Vec<Arc<EstablishmentBody>> {
        let open = EstablishmentStatus::Open.code().to_owned();
        let clauses = vec![
            Clause::AnyOf(field, vec![code.to_owned()]),
            Clause::AnyOf(self.fields.status, vec![open]),
        ];
        let found = self.index.matching(&selection(clauses));
        let hits = found.map(|matching| matching.hits).unwrap_or_default();
        let mut bodies: Vec<Arc<EstablishmentBody>> =
            hits.into_iter().map(|hit| hit.body).collect();
        bodies.sort_by_cached_key(|body| search::fold(body.establishment.name.as_str()));
        bodies
    }

    pub(crate) fn search(
        &self,
        question: &Question,
    ) -> Result<Answer<Arc<EstablishmentBody>>, ApiError> {
        self.index
            .search(question)
            .map_err(|error| ApiError::internal(&error))
    }

    pub(crate) fn matching(
        &self,
        selection: &Selection,
    ) -> Result<Matching<Arc<EstablishmentBody>>, ApiError> {
        self.index
            .matching(selection)
            .map_err(|error| ApiError::internal(&error))
    }

    pub(crate) fn sums(
        &self,
        selection: &Selection,
        numbers: &[search::NumberId],
    ) -> Result<Sums, ApiError> {
        self.index
            .sums(selection, numbers)
            .map_err(|error| ApiError::internal(&error))
    }
}

/// What meets these clauses on the document alone.
fn selection(clauses: Vec<Clause>) -> Selection {
    let filter = Filter {
        clauses,
        parts: Vec::new(),
    };
    Selection {
        filter,
        ..Selection::default()
    }
}
