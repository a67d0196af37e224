//! A text against the collection: the documents each word finds, and what each find is worth.

use std::borrow::Cow;
use std::collections::BTreeMap;

use roaring::{MultiOps, RoaringBitmap};

use super::catalogue::Catalogue;
use super::words::Word;
use crate::{SearchError, words};

/// How much a field's weight counts for each way to match.
const EXACT: u32 = 8;
const STEM: u32 = 6;
const BEGINNING: u32 = 4;
const ONE_EDIT: u32 = 2;

/// The fewest letters of a word that may be mistyped.
const MISTYPED_LETTERS: usize = 5;

/// So many sets of documents are kept apart: each is asked faster than they are united.
const KEPT_APART: usize = 8;

/// For each word of a text, documents by points.
#[derive(Debug)]
pub(crate) struct TextMatch<'a> {
    words: Vec<Levels<'a>>,
    /// Which words were matched within one edit, the first in the lowest bit.
    pub(crate) approximate: u64,
}

/// The documents a word finds: a document is worth the highest points it is found under.
type Levels<'a> = BTreeMap<u32, Vec<Cow<'a, RoaringBitmap>>>;

impl<'a> TextMatch<'a> {
    /// Looks every word up.
    ///
    /// Words that find nothing are taken to be mistyped, unless an earlier page has already said
    /// which ones are.
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        text: &str,
        approximate: Option<u64>,
    ) -> Result<Self, SearchError> {
        let texts = words(text);
        let last = texts.len().checked_sub(1).ok_or(SearchError::EmptyText)?;
        let mut found = Self {
            words: Vec::with_capacity(texts.len()),
            approximate: 0,
        };
        let mut bit = Some(1u64);
        for (position, word) in texts.iter().enumerate() {
            let lookup = Lookup { catalogue, word };
            let mut finds = lookup.as_typed(position == last);
            let decided = approximate.zip(bit).map(|(bits, bit)| bits & bit != 0);
            let mistyped = decided.unwrap_or(finds.is_empty());
            if let Some(bit) = bit.filter(|_| mistyped && may_be_mistyped(word)) {
                lookup.within_one_edit(&mut finds);
                found.approximate |= bit;
            }
            bit = bit.and_then(|bit| bit.checked_mul(2));
            found.words.push(levels(finds));
        }
        Ok(found)
    }

    /// The documents that every word finds.
    pub(crate) fn documents(&self) -> RoaringBitmap {
        let mut words = self.words.iter();
        let first = words.next().into_iter().flat_map(BTreeMap::values);
        let found = first.flatten().map(AsRef::as_ref).union();
        words.fold(found, |found, levels| among(&found, levels))
    }

    /// Those of some documents that every word finds.
    pub(crate) fn among(&self, documents: &RoaringBitmap) -> RoaringBitmap {
        let mut words = self.words.iter();
        let first = words.next().map(|levels| among(documents, levels));
        let found = first.unwrap_or_default();
        words.fold(found, |found, levels| among(&found, levels))
    }

    /// What a document that every word finds is worth.
    pub(crate) fn score(&self, document: u32) -> u32 {
        let best = |levels: &Levels<'_>| {
            let mut descending = levels.iter().rev();
            descending
                .find(|(_, sets)| sets.iter().any(|set| set.contains(document)))
                .map_or(0, |(points, _)| *points)
        };
        self.words.iter().map(best).fold(0, u32::saturating_add)
    }

    /// Documents by what they are worth.
    pub(crate) fn by_score(&self, documents: &RoaringBitmap) -> BTreeMap<u32, RoaringBitmap> {
        let mut scores = BTreeMap::from([(0u32, documents.clone())]);
        for levels in &self.words {
            let mut raised: BTreeMap<u32, RoaringBitmap> = BTreeMap::new();
            for (score, mut rest) in scores {
                for (points, sets) in levels.iter().rev() {
                    let hit = held(&rest, sets);
                    if !hit.is_empty() {
                        rest -= &hit;
                        *raised.entry(score.saturating_add(*points)).or_default() |= hit;
                    }
                }
            }
            scores = raised;
        }
        scores
    }
}

/// Those of some documents that a word finds.
fn among(documents: &RoaringBitmap, levels: &Levels<'_>) -> RoaringBitmap {
    let hits = levels.values().map(|sets| held(documents, sets));
    hits.reduce(|all, hit| all | hit).unwrap_or_default()
}

/// Those of some documents that any of the sets holds.
fn held(documents: &RoaringBitmap, sets: &[Cow<'_, RoaringBitmap>]) -> RoaringBitmap {
    let hits = sets.iter().map(|set| documents & set.as_ref());
    hits.reduce(|all, hit| all | hit).unwrap_or_default()
}

/// What a word finds, not yet put together.
type Finds<'a> = BTreeMap<u32, Vec<&'a RoaringBitmap>>;

/// One word to look up.
struct Lookup<'a, 't> {
    catalogue: &'a Catalogue,
    word: &'t str,
}

impl<'a> Lookup<'a, '_> {
    /// What the word finds exactly, by its stem, or, the last one, as a beginning.
    fn as_typed(&self, last: bool) -> Finds<'a> {
        let mut finds = Finds::new();
        let words = self.catalogue.words();
        self.add(&mut finds, words.exact(self.word).into_iter(), EXACT);
        self.add(&mut finds, words.same_stem(self.word), STEM);
        if last {
            self.add(&mut finds, words.beginning(self.word), BEGINNING);
        }
        finds
    }

    fn within_one_edit(&self, finds: &mut Finds<'a>) {
        let words = self.catalogue.words();
        self.add(finds, words.nearly(self.word), ONE_EDIT);
    }

    fn add(&self, finds: &mut Finds<'a>, words: impl Iterator<Item = &'a Word>, kind: u32) {
        for (field, documents) in words.flat_map(Word::fields) {
            let weights = self.catalogue.weights();
            if let Some(weight) = weights.get(usize::from(field.0)) {
                let points = weight.saturating_mul(kind);
                finds.entry(points).or_default().push(documents);
            }
        }
    }
}

fn levels(finds: Finds<'_>) -> Levels<'_> {
    let finds = finds.into_iter();
    finds
        .map(|(points, sets)| (points, together(sets)))
        .collect()
}

/// A few sets as they are, and more than a few as one.
fn together(sets: Vec<&RoaringBitmap>) -> Vec<Cow<'_, RoaringBitmap>> {
    if sets.len() > KEPT_APART {
        vec![Cow::Owned(sets.union())]
    } else {
        sets.into_iter().map(Cow::Borrowed).collect()
    }
}

/// Whether a word is long enough to be forgiven a mistake; digits are not letters, so that a
/// postcode never stands for another.
fn may_be_mistyped(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_alphabetic()).count() >= MISTYPED_LETTERS
}
