//! The rule of words, case by case.

use search::{Index, Question, Selection, Sort};

use crate::collection::{bodies, collection, everything};

fn by_relevance(index: &Index<u64>, text: &str) -> Vec<u64> {
    let selection = Selection {
        text: Some(text.to_owned()),
        ..Selection::default()
    };
    let question = Question {
        sort: Sort::Relevance,
        ..everything(selection)
    };
    bodies(&index.search(&question).unwrap())
}

fn index_of(names: &[&str]) -> Index<u64> {
    let all = collection();
    let index = all.index();
    for (id, name) in (1..).zip(names) {
        index.put(all.named(id, name));
    }
    index
}

const NONE: [u64; 0] = [];

#[test]
fn case_and_accents_do_not_count() {
    let index = index_of(&["Centre pénitentiaire d'Évreux", "Œuvre"]);
    assert_eq!(by_relevance(&index, "EVREUX"), [1]);
    assert_eq!(by_relevance(&index, "pénitentiaire"), [1]);
    assert_eq!(by_relevance(&index, "oeuvre"), [2]);
}

#[test]
fn every_word_must_match_in_whatever_field() {
    let all = collection();
    let index = all.index();
    let mut both = all.named(1, "Bordeaux");
    both.text.push((all.note, "menuiserie".to_owned()));
    index.put(both);
    index.put(all.named(2, "Bordeaux"));

    assert_eq!(by_relevance(&index, "menuiserie bordeaux"), [1]);
    assert_eq!(by_relevance(&index, "bordeaux inconnu"), NONE);
}

#[test]
fn a_stem_matches_its_forms() {
    let index = index_of(&["ateliers", "métallique", "atelier"]);
    assert_eq!(by_relevance(&index, "atelier"), [3, 1]);
    assert_eq!(by_relevance(&index, "metalliques"), [2]);
}

#[test]
fn the_last_word_alone_may_be_a_beginning() {
    let index = index_of(&["menuiserie bois"]);
    assert_eq!(by_relevance(&index, "bois menui"), [1]);
    assert_eq!(by_relevance(&index, "menui bois"), NONE);
}

#[test]
fn one_edit_is_forgiven_only_when_nothing_else_matches() {
    let index = index_of(&["menuiserie"]);
    assert_eq!(by_relevance(&index, "menuizerie"), [1]);

    let index = index_of(&["menuiserie", "menuizerie"]);
    assert_eq!(by_relevance(&index, "menuizerie"), [2]);
}

#[test]
fn one_edit_needs_five_letters_and_the_first_one_right() {
    let index = index_of(&["bois", "ateliers", "33063"]);
    assert_eq!(by_relevance(&index, "bais"), NONE);
    assert_eq!(by_relevance(&index, "otelier"), NONE);
    assert_eq!(by_relevance(&index, "33064"), NONE);
    assert_eq!(by_relevance(&index, "atileers"), NONE);
    assert_eq!(by_relevance(&index, "ateilers"), [2]);
    assert_eq!(by_relevance(&index_of(&["métal"]), "metel"), [1]);
}

#[test]
fn a_better_way_to_match_comes_first_then_the_id() {
    let index = index_of(&["atelierisme", "ateliers", "atelier", "atelier"]);
    assert_eq!(by_relevance(&index, "atelier"), [3, 4, 2, 1]);
}

#[test]
fn a_heavier_field_comes_first_and_scores_are_those_of_the_rule() {
    let all = collection();
    let index = all.index();
    index.put(all.noted(1, "atelier bois"));
    index.put(all.named(2, "ateliers bois"));
    let selection = Selection {
        text: Some("atelier bois".to_owned()),
        ..Selection::default()
    };
    let question = Question {
        sort: Sort::Relevance,
        ..everything(selection)
    };
    let answer = index.search(&question).unwrap();

    let scores: Vec<_> = answer
        .hits
        .iter()
        .map(|hit| (hit.body, hit.score))
        .collect();
    assert_eq!(scores, [(2, 3 * 6 + 3 * 8), (1, 8 + 8)]);
}

#[test]
fn a_score_owes_nothing_to_other_documents() {
    let few = index_of(&["atelier bois", "bois"]);
    let many = index_of(&["atelier bois", "bois", "bois", "bois", "atelier", "tri"]);
    for text in ["bois", "atelier bois"] {
        let question = everything(Selection {
            text: Some(text.to_owned()),
            ..Selection::default()
        });
        let score = |index: &Index<u64>| {
            let answer = index.search(&question).unwrap();
            answer
                .hits
                .iter()
                .find(|hit| hit.body == 1)
                .map(|hit| hit.score)
        };
        assert!(score(&few).is_some());
        assert_eq!(score(&few), score(&many));
    }
}
