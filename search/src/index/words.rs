//! The dictionary: each folded word of the collection, and the documents that have it by field.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::ordinals::{Ordinals, slot};
use crate::TextId;
use crate::text::{stem, within_one_edit, words_of};

/// The words that a document has, by field: what it keeps of its text, in a byte or two each.
///
/// Of each field its number, how many words it has, and their numbers in order, each less the one
/// before; all of them seven bits to a byte, the last without its highest bit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings(Box<[u8]>);

impl Postings {
    fn new(mut words: Vec<(TextId, u32)>) -> Self {
        words.sort_unstable();
        words.dedup();
        let mut bytes = Vec::new();
        for field in words.chunk_by(|(one, _), (other, _)| one == other) {
            let number = field.first().map_or(0, |(field, _)| u32::from(field.0));
            write(&mut bytes, number);
            write(&mut bytes, u32::try_from(field.len()).unwrap_or(u32::MAX));
            let mut last = 0;
            for (_, word) in field {
                write(&mut bytes, word - last);
                last = *word;
            }
        }
        Self(bytes.into_boxed_slice())
    }

    fn iter(&self) -> impl Iterator<Item = (TextId, u32)> + '_ {
        let (mut bytes, mut field, mut left, mut last) = (&*self.0, TextId(0), 0_u32, 0_u32);
        std::iter::from_fn(move || {
            if left == 0 {
                field = TextId(u16::try_from(read(&mut bytes)?).ok()?);
                (left, last) = (read(&mut bytes)?, 0);
            }
            left = left.checked_sub(1)?;
            last += read(&mut bytes)?;
            Some((field, last))
        })
    }
}

/// Appends a number.
fn write(bytes: &mut Vec<u8>, mut number: u32) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

/// Takes a number away from the front.
fn read(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for place in 0.. {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(7 * place)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
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
    /// The words of folded texts, each with the field that it is in, that a document is to have.
    pub(crate) fn postings(&mut self, texts: &[(TextId, String)]) -> Postings {
        let mut words = Vec::new();
        for (field, text) in texts {
            words.extend(words_of(text).map(|word| (*field, self.number(word))));
        }
        Postings::new(words)
    }

    /// Notes that a document has its words.
    pub(crate) fn insert(&mut self, postings: &Postings, document: u32) {
        for (field, word) in postings.iter() {
            self.add(word, field, document);
        }
    }

    /// Notes that a document no longer has its words.
    pub(crate) fn remove(&mut self, postings: &Postings, document: u32) {
        for (field, word) in postings.iter() {
            self.take_away(word, field, document);
        }
    }

    fn number(&mut self, text: &str) -> u32 {
        let known = self.numbers.get(text).copied();
        known.unwrap_or_else(|| self.learn(text))
    }

    /// Notes that a document has a word in a field.
    fn add(&mut self, word: u32, field: TextId, document: u32) {
        if let Some(entry) = self.entries.get_mut(slot(word)) {
            let place = entry.fields.iter_mut().find(|(known, _)| *known == field);
            if let Some((_, documents)) = place {
                documents.insert(document);
            } else {
                let documents = RoaringBitmap::from_iter([document]);
                entry.fields.push((field, documents));
            }
        }
    }

    /// Notes that a document no longer has a word in a field.
    fn take_away(&mut self, word: u32, field: TextId, document: u32) {
        let Some(entry) = self.entries.get_mut(slot(word)) else {
            return;
        };
        for (known, documents) in &mut entry.fields {
            if *known == field {
                documents.remove(document);
            }
        }
        entry.fields.retain(|(_, documents)| !documents.is_empty());
        if entry.fields.is_empty() {
            self.forget(word);
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
        let atelier = [(FIELD, "atelier".to_owned())];
        let postings = words.postings(&atelier);
        words.insert(&postings, 1);
        words.insert(&postings, 2);
        words.remove(&postings, 1);
        assert!(words.exact("atelier").is_some());

        words.remove(&postings, 2);
        assert!(words.exact("atelier").is_none());
        assert!(words.alphabet.is_empty() && words.stems.is_empty());
    }

    #[test]
    fn words_are_found_by_stem_beginning_and_one_edit() {
        let mut words = Words::default();
        for text in ["atelier", "ateliers", "atout", "bois", "boisson"] {
            let word = words.number(text);
            words.add(word, FIELD, 1);
        }
        assert_eq!(texts(words.same_stem("atelier")), ["atelier", "ateliers"]);
        assert_eq!(texts(words.beginning("bois")), ["bois", "boisson"]);
        assert_eq!(texts(words.nearly("atelyer")), ["atelier"]);
    }

    #[test]
    fn a_document_keeps_its_words_by_field() {
        let words = [
            (TextId(3), 0),
            (TextId(3), u32::MAX),
            (TextId(0), 300),
            (TextId(0), 5),
            (TextId(u16::MAX), 128),
            (TextId(3), 0),
        ];
        let kept: Vec<(TextId, u32)> = Postings::new(words.to_vec()).iter().collect();
        let expected = [
            (TextId(0), 5),
            (TextId(0), 300),
            (TextId(3), 0),
            (TextId(3), u32::MAX),
            (TextId(u16::MAX), 128),
        ];
        assert_eq!(kept, expected);
        assert_eq!(Postings::new(Vec::new()).iter().count(), 0);
    }
}
