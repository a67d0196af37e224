//! The dictionary: each folded word of the collection, and the documents that have it by field.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::ordinals::{Ordinals, slot};
use crate::TextId;
use crate::text::{stem, within_one_edit};

/// A word of the dictionary in a field: what a document keeps of its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Posting {
    word: u32,
    field: TextId,
}

/// All words, in alphabetical order and by stem; one that no document has is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The same as the alphabet, several times faster for a word that is known whole.
    numbers: HashMap<Arc<str>, u32>,
    alphabet: BTreeMap<Arc<str>, u32>,
    stems: HashMap<Box<str>, Vec<u32>>,
    entries: Vec<Word>,
    ordinals: Ordinals,
}

/// A word and where it occurs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    text: Arc<str>,
    fields: Vec<(TextId, RoaringBitmap)>,
}

impl Word {
    /// The documents that have the word, by field.
    pub(crate) fn fields(&self) -> &[(TextId, RoaringBitmap)] {
        &self.fields
    }
}

impl Words {
    /// Notes that a document has a word in a field.
    pub(crate) fn insert(&mut self, text: &str, field: TextId, document: u32) -> Posting {
        let word = match self.numbers.get(text) {
            Some(word) => *word,
            None => self.learn(text),
        };
        if let Some(entry) = self.entries.get_mut(slot(word)) {
            let place = entry.fields.iter_mut().find(|(known, _)| *known == field);
            if let Some((_, documents)) = place {
                documents.insert(document);
            } else {
                let documents = RoaringBitmap::from_iter([document]);
                entry.fields.push((field, documents));
            }
        }
        Posting { word, field }
    }

    /// Notes that a document no longer has a word in a field.
    pub(crate) fn remove(&mut self, posting: Posting, document: u32) {
        let Some(entry) = self.entries.get_mut(slot(posting.word)) else {
            return;
        };
        for (field, documents) in &mut entry.fields {
            if *field == posting.field {
                documents.remove(document);
            }
        }
        entry.fields.retain(|(_, documents)| !documents.is_empty());
        if entry.fields.is_empty() {
            self.forget(posting.word);
        }
    }

    /// The word itself.
    pub(crate) fn exact(&self, text: &str) -> Option<&Word> {
        self.word(*self.numbers.get(text)?)
    }

    /// The words of the same stem.
    pub(crate) fn same_stem(&self, text: &str) -> impl Iterator<Item = &Word> + use<'_> {
        let words = self.stems.get(stem(text).as_str());
        let words = words.map(Vec::as_slice).unwrap_or_default();
        words.iter().filter_map(|word| self.word(*word))
    }

    /// The words that begin so.
    pub(crate) fn beginning<'a, 't>(
        &'a self,
        text: &'t str,
    ) -> impl Iterator<Item = &'a Word> + use<'a, 't> {
        self.alphabet
            .range::<str, _>((Bound::Included(text), Bound::Unbounded))
            .take_while(move |(word, _)| word.starts_with(text))
            .filter_map(|(_, word)| self.word(*word))
    }

    /// The words within one edit, the first letter kept.
    pub(crate) fn nearly<'a, 't>(
        &'a self,
        text: &'t str,
    ) -> impl Iterator<Item = &'a Word> + use<'a, 't> {
        let first = text.chars().next();
        let start = first.map(String::from).unwrap_or_default();
        self.alphabet
            .range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded))
            .take_while(move |(word, _)| word.chars().next() == first)
            .filter(move |(word, _)| {
                word.len().abs_diff(text.len()) <= LONGEST_LETTER && within_one_edit(word, text)
            })
            .filter_map(|(_, word)| self.word(*word))
    }

    fn word(&self, word: u32) -> Option<&Word> {
        self.entries.get(slot(word))
    }

    fn learn(&mut self, text: &str) -> u32 {
        let word = self.ordinals.take();
        let text: Arc<str> = Arc::from(text);
        let entry = Word {
            text: Arc::clone(&text),
            fields: Vec::new(),
        };
        super::ordinals::set(&mut self.entries, word, entry, &Word::default());
        let stem = stem(&text).into_boxed_str();
        self.stems.entry(stem).or_default().push(word);
        self.numbers.insert(Arc::clone(&text), word);
        self.alphabet.insert(text, word);
        word
    }

    fn forget(&mut self, word: u32) {
        let Some(entry) = self.entries.get_mut(slot(word)) else {
            return;
        };
        let text = std::mem::take(entry).text;
        self.numbers.remove(&text);
        self.alphabet.remove(&text);
        let stem = stem(&text);
        if let Some(words) = self.stems.get_mut(stem.as_str()) {
            words.retain(|known| *known != word);
            if words.is_empty() {
                self.stems.remove(stem.as_str());
            }
        }
        self.ordinals.release(word);
    }
}

/// The most bytes one edit can add to a word or take from it.
const LONGEST_LETTER: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: TextId = TextId(0);

    fn texts<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<&'a str> {
        words.map(|word| &*word.text).collect()
    }

    #[test]
    fn a_word_that_no_document_has_is_forgotten() {
        let mut words = Words::default();
        let posting = words.insert("atelier", FIELD, 1);
        words.insert("atelier", FIELD, 2);
        words.remove(posting, 1);
        assert!(words.exact("atelier").is_some());

        words.remove(posting, 2);
        assert!(words.exact("atelier").is_none());
        assert!(words.alphabet.is_empty() && words.stems.is_empty());
    }

    #[test]
    fn words_are_found_by_stem_beginning_and_one_edit() {
        let mut words = Words::default();
        for text in ["atelier", "ateliers", "atout", "bois", "boisson"] {
            words.insert(text, FIELD, 1);
        }
        assert_eq!(texts(words.same_stem("atelier")), ["atelier", "ateliers"]);
        assert_eq!(texts(words.beginning("bois")), ["bois", "boisson"]);
        assert_eq!(texts(words.nearly("atelyer")), ["atelier"]);
    }
}
