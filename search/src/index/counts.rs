//! Facets: how many documents have each value, as if nothing were asked of that very facet.

use roaring::RoaringBitmap;

use super::evaluation::{Evaluation, conditions_but};
use super::facets::FacetColumn;
use super::ordinals::slot;
use crate::{Clause, FacetId, FacetRequest, PartCondition, PartCriteria, PartFacetId};

/// Values and their counts.
type Counts = Vec<(String, u64)>;

/// Counts the facets asked, for the documents that match.
pub(crate) fn counts(
    evaluation: &Evaluation<'_>,
    documents: &RoaringBitmap,
    facets: &[FacetRequest],
) -> Vec<Counts> {
    let count = |request: &FacetRequest| {
        let without = asked_of(evaluation, *request).then(|| evaluation.documents(Some(*request)));
        let documents = without.as_ref().unwrap_or(documents);
        let mut counts = match request {
            FacetRequest::Document(facet) => of_documents(evaluation, documents, *facet),
            FacetRequest::Part(facet) => of_parts(evaluation, documents, *facet),
        };
        counts.sort_unstable_by(|(code, count), (other_code, other_count)| {
            other_count.cmp(count).then_with(|| code.cmp(other_code))
        });
        counts
    };
    facets.iter().map(count).collect()
}

/// Whether the selection asks something of this very facet.
fn asked_of(evaluation: &Evaluation<'_>, request: FacetRequest) -> bool {
    match request {
        FacetRequest::Document(facet) => evaluation.clauses().any(|clause| match clause {
            Clause::AnyOf(id, _) | Clause::AllOf(id, _) => *id == facet,
            Clause::Range(..) => false,
        }),
        FacetRequest::Part(facet) => {
            let mut conditions = evaluation.criteria().flat_map(|one| &one.conditions);
            conditions.any(|condition| match condition {
                PartCondition::AnyOf(id, _) | PartCondition::AllOf(id, _) => *id == facet,
                PartCondition::Range(..) => false,
            })
        }
    }
}

/// A document's row is read in the time that a few values are counted.
const VALUES_A_ROW: usize = 8;

/// Row by row when there are few documents for the number of values, value by value otherwise.
fn of_documents(evaluation: &Evaluation<'_>, documents: &RoaringBitmap, facet: FacetId) -> Counts {
    let Some(column) = evaluation.catalogue.facet(facet) else {
        return Counts::new();
    };
    if documents.len() == evaluation.catalogue.alive().len() {
        return by_value(column, RoaringBitmap::len);
    }
    let worth_reading = column.len().saturating_mul(VALUES_A_ROW);
    if usize::try_from(documents.len()).is_ok_and(|many| many >= worth_reading) {
        return by_value(column, |holders| holders.intersection_len(documents));
    }
    let rows = documents
        .iter()
        .filter_map(|document| evaluation.catalogue.row(document));
    let held = rows.flat_map(|row| row.facets.iter());
    let mut counts: Vec<u64> = Vec::new();
    for (_, value) in held.filter(|(id, _)| *id == facet) {
        let place = slot(*value);
        if counts.len() <= place {
            counts.resize(place + 1, 0);
        }
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let occurring = (0..).zip(counts).filter(|(_, count)| *count > 0);
    let named = |(value, count)| Some((column.code(value)?.to_string(), count));
    occurring.filter_map(named).collect()
}

/// By owner when every part counts, part by part otherwise.
fn of_parts(evaluation: &Evaluation<'_>, documents: &RoaringBitmap, facet: PartFacetId) -> Counts {
    let request = Some(FacetRequest::Part(facet));
    let on_kind = |one: &&PartCriteria| one.part == facet.part;
    let criteria: Vec<&PartCriteria> = evaluation.criteria().filter(on_kind).collect();
    let Some(table) = evaluation.catalogue.part(facet.part) else {
        return Counts::new();
    };
    let (Some(column), Some(owners)) = (table.facet(facet), table.owners(facet)) else {
        return Counts::new();
    };
    let everything = |one: &&PartCriteria| {
        conditions_but(one, request).is_some_and(|conditions| conditions.is_empty())
    };
    if criteria.is_empty() || criteria.iter().any(everything) {
        return by_value(owners, |holders| holders.intersection_len(documents));
    }
    let mut parts = RoaringBitmap::new();
    for one in criteria {
        parts |= evaluation.parts_meeting(one, request, documents);
    }
    by_value(column, |holders| {
        let matching = (&parts & holders)
            .into_iter()
            .map(|part| table.document(part));
        let mut owners: Vec<u32> = matching
            .filter(|owner| documents.contains(*owner))
            .collect();
        owners.sort_unstable();
        owners.dedup();
        u64::try_from(owners.len()).unwrap_or(u64::MAX)
    })
}

/// The values that something has, with how many have them.
fn by_value(column: &FacetColumn, count: impl Fn(&RoaringBitmap) -> u64) -> Counts {
    let counts = column
        .values()
        .map(|(code, holders)| (code, count(holders)));
    let occurring = counts.filter(|(_, count)| *count > 0);
    occurring
        .map(|(code, count)| (code.to_owned(), count))
        .collect()
}
