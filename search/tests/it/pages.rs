//! Pages: a walk from cursor to cursor while others write, and the questions that have no page.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use search::{Clause, Cursor, Document, Filter, Question, SearchError, Selection, Sort, SortValue};
use uuid::Uuid;

use crate::collection::{bodies, collection, document, everything};
use crate::generators::{Step, document as any_document, question, steps};
use crate::naive;

/// Ids below are written between pages; those from here on stay as they are.
const STEADY: u128 = 100;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_that_does_not_change_is_neither_lost_nor_doubled(
        steady in vec(any_document(STEADY..STEADY + 60), 1..50),
        before in steps(STEADY, 1..20),
        between in vec(steps(STEADY, 0..12), 60),
        question in question(),
    ) {
        let index = collection().index();
        let mut documents = BTreeMap::new();
        let moving = before.into_iter().filter_map(|step| match step {
            Step::Put(document) => Some(document),
            Step::Remove(_) => None,
        });
        for document in steady.into_iter().chain(moving) {
            documents.insert(document.id, document.clone());
            index.put(document);
        }
        let is_steady = |id: &Uuid| id.as_u128() >= STEADY;
        let truth = naive::hits(&documents, &question);
        let truth: Vec<Uuid> = truth.into_iter().map(|hit| hit.id).filter(is_steady).collect();

        let mut walked = Vec::new();
        let mut page = question;
        let mut between = between.into_iter();
        loop {
            let answer = index.search(&page).expect("the question is well formed");
            walked.extend(answer.hits.into_iter().map(|hit| hit.id).filter(is_steady));
            let Some(cursor) = answer.next else { break };
            page.after = Some(cursor);
            for step in between.next().unwrap_or_default() {
                match step {
                    Step::Put(document) => index.put(document),
                    Step::Remove(id) => {
                        index.remove(id);
                    }
                }
            }
        }
        prop_assert_eq!(walked, truth);
    }
}

#[test]
fn a_word_written_between_pages_does_not_drop_what_was_matched_within_one_edit() {
    let all = collection();
    let index = all.index();
    index.put(all.named(1, "menuiserie"));
    index.put(all.named(2, "menuiserie"));
    let mut page = Question {
        sort: Sort::Relevance,
        limit: 1,
        ..everything(Selection {
            text: Some("menuizerie".to_owned()),
            ..Selection::default()
        })
    };
    let first = index.search(&page).unwrap();
    assert_eq!(bodies(&first), [1]);

    index.put(all.named(3, "menuizerie"));
    page.after = first.next;
    assert_eq!(bodies(&index.search(&page).unwrap()), [2]);
}

#[test]
fn missing_numbers_come_last_in_both_directions() {
    let all = collection();
    let index = all.index();
    for (id, area) in [(1, None), (2, Some(5.0)), (3, Some(-5.0)), (4, None)] {
        index.put(Document {
            numbers: area.map(|area| (all.area, area)).into_iter().collect(),
            ..document(id)
        });
    }
    let by = |sort| Question {
        sort,
        ..everything(Selection::default())
    };

    let rising = index.search(&by(Sort::NumberAsc(all.area))).unwrap();
    assert_eq!(bodies(&rising), [3, 2, 1, 4]);
    let falling = index.search(&by(Sort::NumberDesc(all.area))).unwrap();
    assert_eq!(bodies(&falling), [2, 3, 1, 4]);
}

#[test]
fn the_sort_key_is_folded_and_the_id_decides_between_equals() {
    let all = collection();
    let index = all.index();
    for (id, name) in [(4, "Évreux"), (3, "evreux"), (2, "Zonza"), (1, "étampes")] {
        index.put(all.named(id, name));
    }
    let answer = index.search(&everything(Selection::default())).unwrap();
    assert_eq!(bodies(&answer), [1, 3, 4, 2]);
}

#[test]
fn the_last_page_has_no_next_and_a_limit_of_zero_has_no_hits() {
    let index = collection().index();
    for id in 1..=4 {
        index.put(document(id));
    }
    let page = |limit| Question {
        limit,
        ..everything(Selection::default())
    };

    assert!(index.search(&page(3)).unwrap().next.is_some());
    assert!(index.search(&page(4)).unwrap().next.is_none());
    let none = index.search(&page(0)).unwrap();
    assert_eq!((none.total, none.hits.len(), none.next), (4, 0, None));
}

#[test]
fn a_sort_without_its_input_is_refused() {
    let index = collection().index();
    for sort in [Sort::Relevance, Sort::Distance] {
        let question = Question {
            sort,
            ..everything(Selection::default())
        };
        let refused = index.search(&question);
        assert_eq!(refused, Err(SearchError::MissingInput(sort)));
    }
}

#[test]
fn a_text_without_a_word_is_refused() {
    let index = collection().index();
    let selection = Selection {
        text: Some(" — !".to_owned()),
        ..Selection::default()
    };
    assert_eq!(index.matching(&selection), Err(SearchError::EmptyText));
}

#[test]
fn a_cursor_of_another_sort_is_refused() {
    let question = Question {
        after: Some(Cursor {
            value: SortValue::Score(3),
            id: Uuid::nil(),
            approximate: 0,
        }),
        ..everything(Selection::default())
    };
    let refused = collection().index().search(&question);
    assert_eq!(refused, Err(SearchError::WrongCursor));
}

#[test]
fn bounds_are_included_and_a_missing_number_satisfies_none() {
    let all = collection();
    let index = all.index();
    index.put(document(1));
    index.put(Document {
        numbers: vec![(all.area, 400.0)],
        ..document(2)
    });
    let found = |min, max| {
        let filter = Filter {
            clauses: vec![Clause::Range(all.area, min, max)],
            parts: Vec::new(),
        };
        let selection = Selection {
            filter,
            ..Selection::default()
        };
        bodies(&index.search(&everything(selection)).unwrap())
    };
    assert_eq!(found(Some(400.0), Some(400.0)), [2]);
    assert_eq!(found(None, None), [2]);
    assert_eq!(found(Some(400.5), None), [0; 0]);
    assert_eq!(found(None, Some(399.5)), [0; 0]);
}
