//! The labels there are, each once whatever has it, by number and by word.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::documents::Documents;
use super::ordinals::{Ordinals, set, slot};

/// Labels by their own numbers, and by the words that they have.
#[derive(Debug, Default)]
pub(super) struct Texts {
    labels: Vec<Arc<str>>,
    ordinals: Ordinals,
    words: BTreeMap<Box<str>, Documents>,
}

impl Texts {
    /// Gives a number to a label that has none.
    pub(super) fn learn(&mut self, label: &Arc<str>) -> u32 {
        let text = self.ordinals.take();
        for word in label.split(' ') {
            if let Some(texts) = self.words.get_mut(word) {
                texts.insert(text);
            } else {
                self.words.insert(Box::from(word), Documents::One(text));
            }
        }
        set(&mut self.labels, text, Arc::clone(label), &Arc::default());
        text
    }

    /// The label of a number.
    pub(super) fn get(&self, text: u32) -> Option<&Arc<str>> {
        self.labels.get(slot(text))
    }

    /// The labels of each word that begins so, in the order of words.
    pub(super) fn beginning<'t>(&'t self, word: &'t str) -> impl Iterator<Item = &'t Documents> {
        beginning(&self.words, word).map(|(_, texts)| texts)
    }

    /// Takes the number of a label back.
    pub(super) fn forget(&mut self, text: u32) {
        let Some(label) = self.labels.get_mut(slot(text)).map(std::mem::take) else {
            return;
        };
        for word in label.split(' ') {
            if let Some(texts) = self.words.get_mut(word) {
                texts.remove(text);
                if texts.is_empty() {
                    self.words.remove(word);
                }
            }
        }
        self.ordinals.release(text);
    }
}

/// The entries of a map from a text on, in their order.
pub(super) fn beyond<'m, K, V>(
    map: &'m BTreeMap<K, V>,
    text: &str,
) -> impl Iterator<Item = (&'m K, &'m V)>
where
    K: Borrow<str> + Ord,
{
    map.range::<str, _>((Bound::Included(text), Bound::Unbounded))
}

/// The entries of a map that begin so, in their order.
pub(super) fn beginning<'m, K, V>(
    map: &'m BTreeMap<K, V>,
    text: &'m str,
) -> impl Iterator<Item = (&'m K, &'m V)>
where
    K: Borrow<str> + Ord,
{
    beyond(map, text).take_while(move |(own, _)| (*own).borrow().starts_with(text))
}
