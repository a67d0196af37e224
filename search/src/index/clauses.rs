//! Clauses on documents, each as a set.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::catalogue::Catalogue;
use super::union::{Union, intersection};
use crate::{Clause, FacetId, FacetRequest};

/// What may be found at all, unless that is everything.
pub(super) fn seen(catalogue: &Catalogue, clauses: &[Clause]) -> Option<Arc<RoaringBitmap>> {
    let find = || {
        let found = intersection(sets(catalogue, clauses.iter()));
        let mut documents = found.unwrap_or_else(|| catalogue.alive().clone());
        keep_within(catalogue, &mut documents, clauses.iter());
        documents
    };
    (!clauses.is_empty()).then(|| catalogue.seen().documents(clauses, find))
}

/// What bitmaps of facets tell of clauses.
pub(super) fn sets<'a>(
    catalogue: &'a Catalogue,
    clauses: impl Iterator<Item = &'a Clause>,
) -> Vec<Union<'a>> {
    let mut sets = Vec::new();
    for clause in clauses {
        match clause {
            Clause::AnyOf(id, codes) => {
                let column = catalogue.facet(*id);
                let any = column.map(|column| column.any_of(codes));
                sets.push(any.unwrap_or_default());
            }
            Clause::AllOf(id, codes) => {
                let column = catalogue.facet(*id);
                sets.extend(column.map_or_else(nothing, |column| column.each_of(codes)));
            }
            Clause::Range(..) => {}
        }
    }
    sets
}

/// Keeps what meets the clauses on numbers.
pub(super) fn keep_within<'a>(
    catalogue: &Catalogue,
    documents: &mut RoaringBitmap,
    clauses: impl Iterator<Item = &'a Clause>,
) {
    for clause in clauses {
        if let Clause::Range(id, min, max) = clause {
            match catalogue.number(*id) {
                Some(column) => column.keep_within(documents, *min, *max),
                None => documents.clear(),
            }
        }
    }
}

/// Whether a clause asks something of a facet.
pub(super) fn is_on(clause: &Clause, facet: FacetId) -> bool {
    match clause {
        Clause::AnyOf(id, _) | Clause::AllOf(id, _) => *id == facet,
        Clause::Range(..) => false,
    }
}

/// Whether a clause asks something of the facet that is counted.
pub(super) fn is_excepted(clause: &Clause, except: Option<FacetRequest>) -> bool {
    matches!(except, Some(FacetRequest::Document(facet)) if is_on(clause, facet))
}

/// What an attribute of another schema matches.
pub(super) fn nothing<'a>() -> Vec<Union<'a>> {
    vec![Union::default()]
}
