//! Every answer of the index is that of the scan, whatever was put, replaced and removed before.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use search::{Change, Hit, Index, Point, Question};
use uuid::Uuid;

use crate::collection::collection;
use crate::generators::{Step, document, question, steps};
use crate::naive::{self, Documents, NaiveHit};

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_small_collection_that_changes(
        rounds in vec((steps(40, 1..40), vec(question(), 6)), 1..4)
    ) {
        let index = collection().index();
        let mut documents = Documents::new();
        // Some of these come, and some do not.
        let expected = (0..20).map(|id| (Uuid::from_u128(id * 3), None));
        index.lay_out(expected.collect());
        // What is kept between questions must follow what changes in between.
        let mut asked: Vec<Question> = Vec::new();
        for (steps, questions) in rounds {
            live(&index, &mut documents, steps);
            index.end_layout();
            asked.extend(questions);
            for question in &asked {
                agree(&index, &documents, question)?;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 64, ..ProptestConfig::default() })]

    /// Large enough for sets to be made where a few documents are looked at one by one.
    #[test]
    fn a_larger_collection_that_changes(
        first in vec(document(0..4000), 1_800),
        steps in steps(4000, 1..100),
        questions in vec(question(), 24),
    ) {
        let index = collection().index();
        let mut documents = Documents::new();
        let expected = first.iter().map(|document| (document.id, document.position));
        let expected: BTreeMap<Uuid, Option<Point>> = expected.collect();
        index.lay_out(expected.into_iter().collect());
        live(&index, &mut documents, first.into_iter().map(Step::Put).collect());
        index.end_layout();
        live(&index, &mut documents, steps);
        for question in questions {
            agree(&index, &documents, &question)?;
        }
    }
}

/// Takes the same steps in the index and in the map, half of them one by one.
pub(crate) fn live(index: &Index<u64>, documents: &mut Documents, steps: Vec<Step>) {
    let mut batch = Vec::new();
    let half = steps.len() / 2;
    for (position, step) in steps.into_iter().enumerate() {
        let known = match &step {
            Step::Put(document) => documents.insert(document.id, document.clone()).is_some(),
            Step::Remove(id) => documents.remove(id).is_some(),
        };
        match step {
            Step::Put(document) if position < half => index.put(document),
            Step::Remove(id) if position < half => assert_eq!(index.remove(id), known),
            Step::Put(document) => batch.push(Change::Put(document)),
            Step::Remove(id) => batch.push(Change::Remove(id)),
        }
    }
    let revision = index.revision().number + 1;
    index.apply(batch, revision);
    assert_eq!(index.revision(), revision.into());
    assert_eq!(index.len(), documents.len());
}

/// Walks every page, then compares the whole.
fn agree(
    index: &Index<u64>,
    documents: &Documents,
    question: &Question,
) -> Result<(), TestCaseError> {
    let truth = naive::hits(documents, question);
    let mut walked = Vec::new();
    let mut page = question.clone();
    loop {
        let answer = index.search(&page).expect("the question is well formed");
        prop_assert_eq!(usize::try_from(answer.total), Ok(truth.len()));
        prop_assert!(answer.hits.len() <= question.limit);
        if page.after.is_none() {
            for (request, counts) in question.facets.iter().zip(&answer.facets) {
                let expected = naive::facet(documents, &question.selection, *request);
                prop_assert_eq!(counts, &expected, "{:?}", request);
            }
        }
        walked.extend(answer.hits.into_iter().map(as_naive));
        prop_assert!(walked.len() <= truth.len());
        match answer.next {
            Some(cursor) => page.after = Some(cursor),
            None => break,
        }
        page.facets.clear();
    }
    prop_assert_eq!(&walked, &truth);
    whole(index, documents, question, truth)
}

/// Everything at once, and its sums.
fn whole(
    index: &Index<u64>,
    documents: &Documents,
    question: &Question,
    mut truth: Vec<NaiveHit>,
) -> Result<(), TestCaseError> {
    let matching = index
        .matching(&question.selection)
        .expect("it was answered before");
    truth.sort_by_key(|hit| hit.id);
    let found: Vec<NaiveHit> = matching.hits.into_iter().map(as_naive).collect();
    prop_assert_eq!(&found, &truth);

    let mut looked = index
        .look(&question.selection, |id, body, distance_km| {
            Some((id, *body, distance_km))
        })
        .expect("it was answered before");
    looked.sort_by_key(|(id, _, _)| *id);
    let told: Vec<_> = truth
        .iter()
        .map(|hit| (hit.id, hit.body, hit.distance_km))
        .collect();
    prop_assert_eq!(looked, told);

    let numbers = [collection().area, collection().power];
    let sums = index
        .sums(&question.selection, &numbers)
        .expect("it was answered before");
    for (number, sum) in numbers.into_iter().zip(sums.numbers) {
        prop_assert_eq!(sum, naive::sum(documents, question, number));
    }
    Ok(())
}

pub(crate) fn as_naive(hit: Hit<u64>) -> NaiveHit {
    NaiveHit {
        id: hit.id,
        body: hit.body,
        distance_km: hit.distance_km,
        score: hit.score,
        matched: hit.matched,
    }
}
