//! The filters of a list, its totals and its export.

use search::{BoundingBox, Clause, FacetId, Filter, Selection};

use super::{
    Catalogue,
    place::{Place, Territory},
    resource::{CommonFields, Resource, seconds},
};
use crate::kernel::{params::Params, problem::ApiError};

/// What is looked for.
#[derive(Debug)]
pub(crate) struct Filters {
    filter: Filter,
    text: Option<String>,
    place: Place,
    seen: Vec<Clause>,
}

impl Filters {
    /// Reads every filter; what is wrong is remembered by `params`.
    pub(crate) fn read<R: Resource>(params: &mut Params, catalogue: &Catalogue) -> Self {
        let text = params.words_of("q", 1..=200);
        let place = Place::read(params, catalogue.reference());
        Self::around::<R>(params, catalogue, text, place)
    }

    /// The same in a box, which must be there, and nowhere else.
    pub(crate) fn boxed<R: Resource>(params: &mut Params, catalogue: &Catalogue) -> Self {
        let text = params.words_of("q", 1..=200);
        let place = Place::boxed(params);
        Self::around::<R>(params, catalogue, text, place)
    }

    /// The same, wherever it is: what asks it looks at a place of its own.
    pub(crate) fn anywhere<R: Resource>(params: &mut Params, catalogue: &Catalogue) -> Self {
        let text = params.words_of("q", 1..=200);
        Self::around::<R>(params, catalogue, text, Place::default())
    }

    fn around<R: Resource>(
        params: &mut Params,
        catalogue: &Catalogue,
        text: Option<String>,
        place: Place,
    ) -> Self {
        let (reference, fields) = (catalogue.reference(), R::of(catalogue).fields());
        let territory = Territory::read(params, reference);
        let mut filter = R::filter(params, catalogue, fields);
        filter
            .clauses
            .extend(territory_clauses(territory, R::common(fields)));
        Self {
            filter,
            text,
            place,
            seen: Vec::new(),
        }
    }

    /// Adds `updated_since`, which only lists take.
    pub(crate) fn updated_since(&mut self, params: &mut Params, fields: &CommonFields) {
        if let Some(instant) = params.instant("updated_since") {
            let since = Some(seconds(instant));
            self.filter
                .clauses
                .push(Clause::Range(fields.updated_at, since, None));
        }
    }

    /// Sets what holds whatever is asked.
    pub(crate) fn hold(&mut self, clauses: Vec<Clause>) {
        self.seen = clauses;
    }

    /// The box that is looked at.
    pub(crate) const fn bbox(&self) -> Option<&BoundingBox> {
        self.place.bbox.as_ref()
    }

    /// Whether there is a point to be near to.
    pub(crate) const fn has_point(&self) -> bool {
        self.place.near.is_some()
    }

    /// Whether there are words to match.
    pub(crate) const fn has_words(&self) -> bool {
        self.text.is_some()
    }

    /// The selection, once the parameters were found right.
    pub(crate) fn selection(self) -> Result<Selection, ApiError> {
        let place = self.place.known()?;
        Ok(Selection {
            filter: self.filter,
            text: self.text,
            near: place.near,
            bbox: place.bbox,
            seen: self.seen,
        })
    }
}

fn territory_clauses(territory: Territory, fields: &CommonFields) -> Vec<Clause> {
    let lists = [
        (fields.region, territory.regions),
        (fields.departement, territory.departements),
        (fields.commune, territory.communes),
        (fields.direction, territory.directions),
    ];
    lists
        .into_iter()
        .filter_map(|(field, codes)| any_of(field, codes))
        .collect()
}

/// Any of these codes; nothing is asked when there is none.
pub(crate) fn any_of(field: FacetId, codes: Vec<String>) -> Option<Clause> {
    (!codes.is_empty()).then_some(Clause::AnyOf(field, codes))
}
