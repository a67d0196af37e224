//! The rule of words, read literally: every word of the text against every word of a document.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};
use search::{Document, TextId, words};

use crate::collection::{NAME_WEIGHT, NOTE_WEIGHT, collection};
use crate::naive::Documents;

/// A text, and what each word of the documents is worth to each of its words.
pub(crate) struct NaiveText {
    /// By word of the text, then by word of a document; what is worth nothing is left out.
    factors: Vec<BTreeMap<String, u32>>,
    name: TextId,
}

impl NaiveText {
    pub(crate) fn new(documents: &Documents, text: &str) -> Self {
        let all = documents.values().flat_map(document_words);
        let all: BTreeSet<String> = all.map(|(_, word)| word).collect();
        let asked = words(text);
        let factors = asked.iter().enumerate().map(|(position, word)| {
            let last = position + 1 == asked.len();
            let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
            let typed = |other: &String| as_typed(word, other, last);
            let mistyped = letters >= 5 && !all.iter().any(|other| typed(other) > 0);
            let factor = |other: &String| match typed(other) {
                0 if mistyped && one_edit(word, other) => 2,
                typed => typed,
            };
            let worth = all.iter().map(|other| (other.clone(), factor(other)));
            worth.filter(|(_, factor)| *factor > 0).collect()
        });
        Self {
            factors: factors.collect(),
            name: collection().name,
        }
    }

    /// The score of a document, or `None` when a word does not match.
    pub(crate) fn score(&self, document: &Document<u64>) -> Option<u32> {
        let words = document_words(document);
        let best = |factors: &BTreeMap<String, u32>| {
            let points = words.iter().filter_map(|(field, other)| {
                let weight = if *field == self.name {
                    NAME_WEIGHT
                } else {
                    NOTE_WEIGHT
                };
                Some(weight * factors.get(other)?)
            });
            points.max()
        };
        self.factors.iter().map(best).sum()
    }
}

fn document_words(document: &Document<u64>) -> Vec<(TextId, String)> {
    let texts = document.text.iter();
    texts
        .flat_map(|(field, text)| words(text).into_iter().map(|word| (*field, word)))
        .collect()
}

fn as_typed(word: &str, other: &str, last: bool) -> u32 {
    let stemmer = Stemmer::create(Algorithm::French);
    if word == other {
        8
    } else if stemmer.stem(word) == stemmer.stem(other) {
        6
    } else if last && other.starts_with(word) {
        4
    } else {
        0
    }
}

/// The optimal string alignment distance is at most one, and the first letters are the same.
fn one_edit(left: &str, right: &str) -> bool {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut cost = vec![vec![0usize; right.len() + 1]; left.len() + 1];
    cost[0] = (0..=right.len()).collect();
    for (row, line) in cost.iter_mut().enumerate() {
        line[0] = row;
    }
    for row in 1..=left.len() {
        for column in 1..=right.len() {
            let replaced = usize::from(left[row - 1] != right[column - 1]);
            let mut least = (cost[row - 1][column] + 1)
                .min(cost[row][column - 1] + 1)
                .min(cost[row - 1][column - 1] + replaced);
            let swapped = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if swapped {
                least = least.min(cost[row - 2][column - 2] + 1);
            }
            cost[row][column] = least;
        }
    }
    left[0] == right[0] && cost[left.len()][right.len()] <= 1
}
