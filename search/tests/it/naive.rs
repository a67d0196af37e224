//! The truth: a scan that reads documents one by one and shares no code with the index but the
//! formula of distances and the folding of words.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use search::{
    BoundingBox, Clause, Document, FacetRequest, Part, PartCondition, PartCriteria, PartId,
    Question, Selection, Sort, Sum, fold,
};
use uuid::Uuid;

use crate::naive_text::NaiveText;

pub(crate) type Documents = BTreeMap<Uuid, Document<u64>>;

/// A document that matches, with all that can be said of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NaiveHit {
    pub(crate) id: Uuid,
    pub(crate) body: u64,
    pub(crate) distance_km: Option<f64>,
    pub(crate) score: u32,
    pub(crate) matched: Vec<(PartId, Vec<Uuid>)>,
}

/// Everything that matches, in the order asked.
pub(crate) fn hits(documents: &Documents, question: &Question) -> Vec<NaiveHit> {
    let selection = &question.selection;
    let text = selection
        .text
        .as_ref()
        .map(|text| NaiveText::new(documents, text));
    let mut found: Vec<(&Document<u64>, NaiveHit)> = documents
        .values()
        .filter(|document| holds(document, selection, None, text.as_ref()))
        .map(|document| (document, hit(document, selection, text.as_ref())))
        .collect();
    found.sort_by(|left, right| order(left, right, question.sort));
    found.into_iter().map(|(_, hit)| hit).collect()
}

/// The counts of a facet.
pub(crate) fn facet(
    documents: &Documents,
    selection: &Selection,
    request: FacetRequest,
) -> Vec<(String, u64)> {
    let text = selection
        .text
        .as_ref()
        .map(|text| NaiveText::new(documents, text));
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for document in documents.values() {
        if holds(document, selection, Some(request), text.as_ref()) {
            for value in values(document, selection, request) {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The sum of a number whose values are small integers, so that any order of addition is exact.
pub(crate) fn sum(documents: &Documents, question: &Question, number: search::NumberId) -> Sum {
    let found = hits(documents, question);
    let known: Vec<f64> = found
        .iter()
        .filter_map(|hit| value_of(&documents[&hit.id].numbers, number))
        .collect();
    Sum {
        total: known.iter().sum::<f64>() + 0.0,
        known: u64::try_from(known.len()).expect("a count fits"),
    }
}

fn holds(
    document: &Document<u64>,
    selection: &Selection,
    except: Option<FacetRequest>,
    text: Option<&NaiveText>,
) -> bool {
    let clauses = selection.filter.clauses.iter();
    clauses
        .clone()
        .all(|clause| clause_holds(document, clause, except))
        && selection
            .seen
            .iter()
            .all(|clause| clause_holds(document, clause, None))
        && selection.filter.parts.iter().all(|criteria| {
            document
                .parts
                .iter()
                .any(|part| part_meets(part, criteria, except))
        })
        && selection.near.is_none_or(|near| {
            document
                .position
                .is_some_and(|position| near.center.distance_km(position) <= near.radius_km)
        })
        && selection
            .bbox
            .as_ref()
            .is_none_or(|bbox| in_box(document, bbox))
        && text.is_none_or(|text| text.score(document).is_some())
}

fn clause_holds(document: &Document<u64>, clause: &Clause, except: Option<FacetRequest>) -> bool {
    let has = |id, code: &String| document.facets.contains(&(id, code.clone()));
    match clause {
        Clause::AnyOf(id, _) | Clause::AllOf(id, _)
            if except == Some(FacetRequest::Document(*id)) =>
        {
            true
        }
        Clause::AnyOf(id, codes) => codes.iter().any(|code| has(*id, code)),
        Clause::AllOf(id, codes) => codes.iter().all(|code| has(*id, code)),
        Clause::Range(id, min, max) => between(value_of(&document.numbers, *id), *min, *max),
    }
}

fn part_meets(part: &Part, criteria: &PartCriteria, except: Option<FacetRequest>) -> bool {
    let mut conditions = criteria.conditions.iter();
    part.kind == criteria.part
        && conditions.all(|condition| {
            let (kind, facet) = match condition {
                PartCondition::AnyOf(id, _) | PartCondition::AllOf(id, _) => {
                    (id.part(), Some(FacetRequest::Part(*id)))
                }
                PartCondition::Range(id, ..) => (id.part(), None),
            };
            let excepted = facet.is_some() && facet == except;
            kind == part.kind && (excepted || condition_holds(part, condition))
        })
}

fn condition_holds(part: &Part, condition: &PartCondition) -> bool {
    let has = |id, code: &String| part.facets.contains(&(id, code.clone()));
    match condition {
        PartCondition::AnyOf(id, codes) => codes.iter().any(|code| has(*id, code)),
        PartCondition::AllOf(id, codes) => codes.iter().all(|code| has(*id, code)),
        PartCondition::Range(id, min, max) => between(value_of(&part.numbers, *id), *min, *max),
    }
}

/// The last value given stands, and only if it is finite.
fn value_of<Id: Copy + PartialEq>(numbers: &[(Id, f64)], id: Id) -> Option<f64> {
    let given = numbers.iter().rev().find(|(of, _)| *of == id);
    given
        .map(|(_, value)| *value)
        .filter(|value| value.is_finite())
}

fn between(value: Option<f64>, min: Option<f64>, max: Option<f64>) -> bool {
    value.is_some_and(|value| {
        value >= min.unwrap_or(f64::NEG_INFINITY) && value <= max.unwrap_or(f64::INFINITY)
    })
}

/// A box unrolled eastwards, and a point under each of its names.
fn in_box(document: &Document<u64>, bbox: &BoundingBox) -> bool {
    let east = bbox.max_lon
        + if bbox.min_lon > bbox.max_lon {
            360.0
        } else {
            0.0
        };
    document.position.is_some_and(|point| {
        let names = [point.lon - 360.0, point.lon, point.lon + 360.0];
        (bbox.min_lat..=bbox.max_lat).contains(&point.lat)
            && (point.lat.abs() >= 90.0
                || names.iter().any(|lon| (bbox.min_lon..=east).contains(lon)))
    })
}

fn hit(document: &Document<u64>, selection: &Selection, text: Option<&NaiveText>) -> NaiveHit {
    let kinds: BTreeSet<PartId> = selection.filter.parts.iter().map(|one| one.part).collect();
    let of_kind = |kind: PartId| {
        let criteria = selection
            .filter
            .parts
            .iter()
            .filter(move |one| one.part == kind);
        let parts = document.parts.iter();
        parts.filter(move |part| criteria.clone().any(|one| part_meets(part, one, None)))
    };
    NaiveHit {
        id: document.id,
        body: document.body,
        distance_km: selection.near.and_then(|near| {
            document
                .position
                .map(|position| near.center.distance_km(position))
        }),
        score: text.and_then(|text| text.score(document)).unwrap_or(0),
        matched: kinds
            .into_iter()
            .map(|kind| (kind, of_kind(kind).map(|part| part.id).collect()))
            .collect(),
    }
}

fn values(
    document: &Document<u64>,
    selection: &Selection,
    request: FacetRequest,
) -> BTreeSet<String> {
    match request {
        FacetRequest::Document(facet) => {
            let held = document.facets.iter().filter(|(id, _)| *id == facet);
            held.map(|(_, code)| code.clone()).collect()
        }
        FacetRequest::Part(facet) => {
            let on_kind = |one: &&PartCriteria| one.part == facet.part();
            let criteria: Vec<_> = selection.filter.parts.iter().filter(on_kind).collect();
            let matching = document.parts.iter().filter(|part| {
                let mut criteria_met = criteria.iter();
                criteria.is_empty() || criteria_met.any(|one| part_meets(part, one, Some(request)))
            });
            let held = matching.flat_map(|part| &part.facets);
            let held = held.filter(|(id, _)| *id == facet);
            held.map(|(_, code)| code.clone()).collect()
        }
    }
}

fn order(
    (left, left_hit): &(&Document<u64>, NaiveHit),
    (right, right_hit): &(&Document<u64>, NaiveHit),
    sort: Sort,
) -> Ordering {
    let by_sort = match sort {
        Sort::Relevance => right_hit.score.cmp(&left_hit.score),
        Sort::Distance => {
            let (left, right) = (left_hit.distance_km, right_hit.distance_km);
            left.partial_cmp(&right).expect("distances are numbers")
        }
        Sort::Key => fold(&left.sort_key).cmp(&fold(&right.sort_key)),
        Sort::NumberAsc(id) => numbers(left, right, id, |value| value),
        Sort::NumberDesc(id) => numbers(left, right, id, |value| -value),
    };
    by_sort.then(left.id.cmp(&right.id))
}

fn numbers(
    left: &Document<u64>,
    right: &Document<u64>,
    id: search::NumberId,
    turn: fn(f64) -> f64,
) -> Ordering {
    match (value_of(&left.numbers, id), value_of(&right.numbers, id)) {
        (Some(left), Some(right)) => turn(left)
            .partial_cmp(&turn(right))
            .expect("known numbers are finite"),
        (known, other) => other.is_some().cmp(&known.is_some()),
    }
}
