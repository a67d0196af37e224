//! Words: exact, by stem, by prefix, within one edit.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{items, total};
use crate::{
    following::import,
    support::{Parts, Server, each_engine, on},
};

#[test]
fn accents_and_case_do_not_count() {
    on(Parts::Real, |server| {
        let found = items(server, "q=bedenac");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["name"], "Centre de détention de Bédenac");
        assert_eq!(items(server, "q=B%C3%89DENAC"), found);
    });
}

#[test]
fn every_word_must_match_in_some_field() {
    on(Parts::Real, |server| {
        assert_eq!(
            total(server, "q=maison%20arret%20bordeaux"),
            total(server, "q=bordeaux%20arret%20maison")
        );
        assert_eq!(total(server, "q=gradignan%20argentan"), 0);
        assert_eq!(
            items(server, "q=gradignan")[0]["slug"],
            "cp-bordeaux-gradignan"
        );
    });
}

#[test]
fn the_last_word_matches_as_a_prefix() {
    on(Parts::Real, |server| {
        assert_eq!(
            items(server, "q=gradig")[0]["slug"],
            "cp-bordeaux-gradignan"
        );
        assert_eq!(
            total(server, "q=gradig%20bordeaux"),
            0,
            "only the last word"
        );
    });
}

#[test]
fn a_word_that_matches_nothing_matches_within_one_edit() {
    on(Parts::Real, |server| {
        assert_eq!(
            items(server, "q=gradignen")[0]["slug"],
            "cp-bordeaux-gradignan"
        );
        assert_eq!(total(server, "q=xradignan"), 0, "the first letter is kept");
    });
}

#[test]
fn words_match_by_their_stem() {
    on(Parts::Demo, |server| {
        let plural = total(server, "q=menuiseries%20mobilier");
        assert!(plural > 0);
        assert_eq!(plural, total(server, "q=menuiserie%20mobilier"));
    });
}

#[test]
fn relevance_is_the_order_of_words_and_the_name_otherwise() {
    on(Parts::Real, |server| {
        let found = items(server, "q=paris");
        let first = found[0]["address"]["commune"]["name"].as_str().unwrap();
        assert!(first.contains("Paris"), "{first}");
        let by_name = items(server, "q=paris&sort=name");
        assert_eq!(by_name.len(), found.len());
        let names: Vec<String> = by_name
            .iter()
            .map(|i| search::fold(i["name"].as_str().unwrap()))
            .collect();
        assert!(names.windows(2).all(|pair| pair[0] <= pair[1]), "{names:?}");
    });
}

#[test]
fn one_to_ten_words() {
    on(Parts::Real, |server| {
        let refused = |q: &str| {
            server
                .get(&format!("/v1/establishments?q={q}"))
                .refused("invalid-parameter")
        };
        let length = [("q".to_owned(), "length".to_owned())];
        assert_eq!(refused(""), length);
        assert_eq!(refused("%20!%20"), length);
        assert_eq!(refused("a+b+c+d+e+f+g+h+i+j+k"), length);
        assert_eq!(refused(&"x".repeat(201)), length);
    });
}

/// A place in the order of relevance of a word that no other word of the collection begins with:
/// where it is exactly, the heaviest field first.
fn place(item: &Value, word: &str) -> u8 {
    let holds = |text: &Value| {
        let text = search::fold(text.as_str().unwrap());
        text.split(|c: char| !c.is_alphanumeric())
            .any(|one| one == word)
    };
    if holds(&item["name"]) {
        0
    } else if holds(&item["address"]["commune"]["name"]) {
        1
    } else {
        2
    }
}

#[test]
fn the_name_counts_more_than_the_commune_and_the_commune_more_than_the_territory() {
    on(Parts::Real, |server| {
        let mut all = BTreeSet::new();
        for word in ["provence", "bordeaux", "lyon", "rennes", "toulouse"] {
            let found = items(server, &format!("q={word}&sort=relevance"));
            let places: Vec<u8> = found.iter().map(|item| place(item, word)).collect();
            assert!(places.is_sorted(), "{word}: {places:?}");
            all.extend(places);
        }
        assert_eq!(all.len(), 3, "every field was met: {all:?}");
    });
}

#[test]
fn a_word_itself_comes_before_its_forms_and_its_beginnings_and_nearly_right_comes_last() {
    each_engine(|engine| {
        let server = Server::start(engine, Parts::Real, &[]);
        let sheet = |slug: &str, name: &str| {
            json!({
                "slug": slug, "name": name, "kind": "cp", "address": {"commune": "33192"},
                "position": {"lat": 44.77, "lon": -0.61, "precision": "site"},
            })
        };
        // Made in another order than the one expected, which no id can then explain.
        let sheets = [
            sheet("z-near", "Mirabelne"),
            sheet("z-beginning", "Mirabelleraie"),
            sheet("z-form", "Mirabelles"),
            sheet("z-word", "Mirabelle"),
        ];
        let done = import(&server.db, &sheets);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        server.until("they are found", |server| total(server, "q=mirabelne") == 1);
        let found = |q: &str| -> Vec<String> {
            let found = items(&server, &format!("q={q}&sort=relevance"));
            found
                .iter()
                .map(|item| item["slug"].as_str().unwrap().to_owned())
                .collect()
        };
        let expected = ["z-word", "z-form", "z-beginning"];
        assert_eq!(
            found("mirabelle"),
            expected,
            "what is nearly right is not there"
        );
        let mut near = found("mirabelme");
        near.sort();
        assert_eq!(
            near,
            ["z-near", "z-word"],
            "only when nothing else is right"
        );
    });
}
