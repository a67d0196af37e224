//! Facets: how many documents have each value, as if nothing were asked of that very facet.

use roaring::RoaringBitmap;

use super::clauses::is_on;
use super::evaluation::{Evaluation, conditions_but};
use super::facets::FacetColumn;
use super::ordinals::slot;
use crate::{FacetId, FacetRequest, PartCondition, PartCriteria, PartFacetId};

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
        FacetRequest::Document(facet) => evaluation.clauses().any(|clause| is_on(clause, facet)),
        FacetRequest::Part(facet) => {
            let mut conditions = evaluation.criteria().flat_map(|one| &one.conditions);
            conditions.any(|condition| match condition {
                PartCondition::AnyOf(id, _) | PartCondition::AllOf(id, _) => *id == facet,
                PartCondition::Range(..) => false,
            })
        }
    }
}

/// Document by document where that is less work than value by value.
fn of_documents(evaluation: &Evaluation<'_>, documents: &RoaringBitmap, facet: FacetId) -> Counts {
    let catalogue = evaluation.catalogue;
    let (Some(column), Some(sets)) = (catalogue.facet(facet), catalogue.value_sets(facet)) else {
        return Counts::new();
    };
    let (many, all) = (documents.len(), catalogue.alive().len());
    if many == all {
        return by_value(column, RoaringBitmap::len);
    }
    if work_by_value(column.len(), many, all) < many.saturating_mul(A_DOCUMENT) {
        return by_value(column, |holders| holders.intersection_len(documents));
    }
    let mut occurrences: Vec<u32> = vec![0; sets.len()];
    for document in documents {
        if let Some(count) = occurrences.get_mut(slot(sets.of(document))) {
            *count += 1;
        }
    }
    let mut counts: Vec<u64> = vec![0; column.numbers()];
    for (set, count) in (0..).zip(occurrences).filter(|(_, count)| *count > 0) {
        for value in sets.values(set) {
            if let Some(sum) = counts.get_mut(slot(*value)) {
                *sum += u64::from(count);
            }
        }
    }
    let occurring = (0..).zip(counts).filter(|(_, count)| *count > 0);
    let named = |(value, count)| Some((column.code(value)?.to_string(), count));
    occurring.filter_map(named).collect()
}

/// The work of looking up what one document has, where one is that of looking a document up in a
/// set.
const A_DOCUMENT: u64 = 3;
/// Documents of one block of a bitmap, of which it keeps bits when there are many.
const BLOCK: u64 = 65_536;
/// So many documents of a block are many.
const MANY: u64 = 4_096;
/// The work of comparing two blocks of bits.
const A_BLOCK: u64 = 200;

/// The work of counting each of so many values among some documents of all.
fn work_by_value(values: usize, documents: u64, all: u64) -> u64 {
    let values = u64::try_from(values).unwrap_or(u64::MAX);
    let blocks = all / BLOCK + 1;
    let each = if documents < blocks * MANY {
        documents
    } else {
        blocks * A_BLOCK
    };
    values.saturating_mul(each)
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
