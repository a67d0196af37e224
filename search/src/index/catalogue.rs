//! Everything documents are found by, kept by ordinal; their bodies are elsewhere.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::facets::FacetColumn;
use super::ids::Ids;
use super::key_order::KeyOrder;
use super::labels::Labels;
use super::numbers::NumberColumn;
use super::ordinals::{Ordinals, set, slot};
use super::parts::PartTable;
use super::places::Places;
use super::prepare::Prepared;
use super::seen::Seen;
use super::value_sets::ValueSets;
use super::words::{Postings, Words};
use crate::{Clause, FacetId, NumberId, Part, PartId, Schema};

/// The columns of a collection.
#[derive(Debug)]
pub(crate) struct Catalogue {
    weights: Vec<u32>,
    ids: Ids,
    ordinals: Ordinals,
    /// The ordinals that are kept for documents to come, while they do.
    laid_out: Option<HashMap<Uuid, u32>>,
    sort_keys: Vec<Arc<str>>,
    by_key: KeyOrder,
    labels: Labels,
    rows: Vec<Row>,
    facets: Vec<FacetColumn>,
    /// What each document has of each facet.
    value_sets: Vec<ValueSets>,
    numbers: Vec<NumberColumn>,
    parts: Vec<PartTable>,
    places: Places,
    words: Words,
    seen: Seen,
}

/// What a document has in the columns, to be taken away with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// In the document's order.
    pub(crate) parts: Box<[(PartId, u32)]>,
    words: Postings,
}

impl Catalogue {
    /// Empty columns for a schema.
    pub(crate) fn new(schema: &Schema) -> Self {
        Self {
            weights: schema.weights(),
            ids: Ids::default(),
            ordinals: Ordinals::default(),
            laid_out: None,
            sort_keys: Vec::new(),
            by_key: KeyOrder::default(),
            labels: Labels::default(),
            rows: Vec::new(),
            facets: schema
                .facets
                .iter()
                .map(|_| FacetColumn::default())
                .collect(),
            value_sets: schema.facets.iter().map(|_| ValueSets::default()).collect(),
            numbers: schema
                .numbers
                .iter()
                .map(|_| NumberColumn::default())
                .collect(),
            parts: schema.parts.iter().map(PartTable::new).collect(),
            places: Places::default(),
            words: Words::default(),
            seen: Seen::default(),
        }
    }

    /// Keeps ordinals for documents to come, the first of an index, in this order. What they have
    /// beside parts is not in the sets before [`Self::end_layout`]: sets are made fastest in the
    /// order of ordinals.
    pub(crate) fn lay_out(&mut self, ids: impl ExactSizeIterator<Item = Uuid>) {
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        self.ids.reserve(ids.len());
        self.laid_out = Some(ids.zip(0..count).collect());
        self.ordinals.keep(count);
    }

    /// Puts those that came in the sets, and gives to others the ordinals of those that did not.
    pub(crate) fn end_layout(&mut self) {
        let Some(kept) = self.laid_out.take() else {
            return;
        };
        let alive = self.ordinals.alive();
        // Two threads, each about half of it: the words, and the rest.
        thread::scope(|scope| {
            let (words, rows) = (&mut self.words, &self.rows);
            scope.spawn(move || {
                for ordinal in alive {
                    enter_words(words, rows, ordinal);
                }
            });
            for ordinal in alive {
                enter_facets(&mut self.facets, &self.value_sets, ordinal);
                self.places.insert(ordinal);
            }
            for column in &mut self.numbers {
                column.fill();
            }
            self.labels.fill();
            self.by_key.fill(&self.ids);
        });
        self.seen = Seen::default();
        self.ordinals.spare(kept.into_values().collect());
    }

    /// Adds a document whose id is not known yet.
    pub(crate) fn insert(&mut self, document: &Prepared) -> u32 {
        let kept = self.laid_out.as_mut();
        let kept = kept.and_then(|kept| kept.remove(&document.id));
        let ordinal = if let Some(kept) = kept {
            self.ordinals.give(kept);
            kept
        } else {
            self.ordinals.take()
        };
        self.ids.insert(ordinal, document.id);
        self.note_facets(&document.facets, ordinal);
        let row = Row {
            parts: self.insert_parts(&document.parts, ordinal),
            words: self.words.postings(&document.texts),
        };
        let at_once = self.laid_out.is_none();
        for (id, value) in &document.numbers {
            match self.numbers.get_mut(usize::from(id.0)) {
                Some(column) if at_once => column.set(ordinal, *value),
                Some(column) => column.note(ordinal, *value),
                None => {}
            }
        }
        if let Some(point) = document.position {
            self.places.note(ordinal, point);
        }
        let identity = document.id.as_u128();
        let sort_key = if at_once {
            self.labels.insert(ordinal, &document.label, 0, identity);
            self.by_key.insert(&document.sort_key, ordinal, &self.ids)
        } else {
            self.labels.note(ordinal, &document.label, identity);
            self.by_key.note(&document.sort_key, ordinal)
        };
        set(&mut self.sort_keys, ordinal, sort_key, &Arc::default());
        set(&mut self.rows, ordinal, row, &Row::default());
        if at_once {
            enter_facets(&mut self.facets, &self.value_sets, ordinal);
            enter_words(&mut self.words, &self.rows, ordinal);
            self.places.insert(ordinal);
        }
        let (facets, numbers) = (&self.facets, &self.numbers);
        self.seen
            .insert(ordinal, |clause| meets(facets, numbers, ordinal, clause));
        ordinal
    }

    /// Removes a document and gives the ordinal it had.
    pub(crate) fn remove(&mut self, id: Uuid) -> Option<u32> {
        let ordinal = self.ids.ordinal(id)?;
        // Only what is in the sets can be taken from them.
        self.end_layout();
        let row = self.rows.get_mut(slot(ordinal)).map(std::mem::take)?;
        for (column, sets) in self.facets.iter_mut().zip(&mut self.value_sets) {
            for value in &*sets.remove(ordinal) {
                column.remove(*value, ordinal);
            }
        }
        for (kind, part) in row.parts {
            if let Some(table) = self.parts.get_mut(usize::from(kind.0)) {
                table.remove(part);
            }
        }
        self.words.remove(&row.words, ordinal);
        for column in &mut self.numbers {
            column.clear(ordinal);
        }
        if let Some(key) = self.sort_keys.get_mut(slot(ordinal)) {
            self.by_key.remove(&std::mem::take(key), ordinal, &self.ids);
        }
        self.ids.remove(ordinal);
        self.labels.remove(ordinal);
        self.places.remove(ordinal);
        self.seen.remove(ordinal);
        self.ordinals.release(ordinal);
        Some(ordinal)
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// All documents.
    pub(crate) fn alive(&self) -> &RoaringBitmap {
        self.ordinals.alive()
    }

    /// The ordinal of an id.
    pub(crate) fn ordinal(&self, id: Uuid) -> Option<u32> {
        self.ids.ordinal(id)
    }

    /// The id of an ordinal.
    pub(crate) fn id(&self, ordinal: u32) -> Uuid {
        self.ids.get(ordinal)
    }

    /// What an ordinal is sorted by, folded.
    pub(crate) fn sort_key(&self, ordinal: u32) -> &str {
        self.sort_keys.get(slot(ordinal)).map_or("", AsRef::as_ref)
    }

    /// What comes after a place in the order of sort keys.
    pub(crate) fn after_key<'a>(
        &'a self,
        place: Option<(&'a str, Uuid)>,
    ) -> impl Iterator<Item = u32> + 'a {
        self.by_key.after(place, &self.ids)
    }

    /// All labels.
    pub(crate) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// What an ordinal has in the columns.
    pub(crate) fn row(&self, ordinal: u32) -> Option<&Row> {
        self.rows.get(slot(ordinal))
    }

    /// A facet of the schema.
    pub(crate) fn facet(&self, id: FacetId) -> Option<&FacetColumn> {
        self.facets.get(usize::from(id.0))
    }

    /// What each document has of a facet.
    pub(crate) fn value_sets(&self, id: FacetId) -> Option<&ValueSets> {
        self.value_sets.get(usize::from(id.0))
    }

    /// A number of the schema.
    pub(crate) fn number(&self, id: NumberId) -> Option<&NumberColumn> {
        self.numbers.get(usize::from(id.0))
    }

    /// A kind of part of the schema.
    pub(crate) fn part(&self, id: PartId) -> Option<&PartTable> {
        self.parts.get(usize::from(id.0))
    }

    /// Where everything is.
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// The words of everything.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// What may be found by whom.
    pub(crate) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The relevance weight of each text field.
    pub(crate) fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// Notes the values that a document has.
    fn note_facets(&mut self, facets: &[(FacetId, String)], ordinal: u32) {
        let mut number = |(id, code): &(FacetId, String)| {
            let column = self.facets.get_mut(usize::from(id.0))?;
            Some((*id, column.number(code)))
        };
        let mut held: Vec<_> = facets.iter().filter_map(&mut number).collect();
        held.sort_unstable();
        held.dedup();
        for own in held.chunk_by(|one, other| one.0 == other.0) {
            let values: Vec<u32> = own.iter().map(|(_, value)| *value).collect();
            let facet = own.first().map(|(facet, _)| usize::from(facet.0));
            if let Some(sets) = facet.and_then(|facet| self.value_sets.get_mut(facet)) {
                sets.insert(ordinal, &values);
            }
        }
    }

    fn insert_parts(&mut self, parts: &[Part], ordinal: u32) -> Box<[(PartId, u32)]> {
        let insert = |part: &Part| {
            let table = self.parts.get_mut(usize::from(part.kind.0))?;
            Some((part.kind, table.insert(part, ordinal)))
        };
        parts.iter().filter_map(insert).collect()
    }
}

/// Puts a document in the sets of the values that it has.
fn enter_facets(facets: &mut [FacetColumn], value_sets: &[ValueSets], ordinal: u32) {
    for (column, sets) in facets.iter_mut().zip(value_sets) {
        for value in sets.values(sets.of(ordinal)) {
            column.add(*value, ordinal);
        }
    }
}

/// Puts a document in the sets of the words that it has.
fn enter_words(words: &mut Words, rows: &[Row], ordinal: u32) {
    if let Some(row) = rows.get(slot(ordinal)) {
        words.insert(&row.words, ordinal);
    }
}

/// Whether a document meets a clause, by what the columns have of it.
fn meets(facets: &[FacetColumn], numbers: &[NumberColumn], ordinal: u32, clause: &Clause) -> bool {
    let holds = |facet: &FacetId, code: &String| {
        let column = facets.get(usize::from(facet.0));
        column.is_some_and(|column| column.holds(code, ordinal))
    };
    match clause {
        Clause::AnyOf(facet, codes) => codes.iter().any(|code| holds(facet, code)),
        Clause::AllOf(facet, codes) => codes.iter().all(|code| holds(facet, code)),
        Clause::Range(number, min, max) => {
            let column = numbers.get(usize::from(number.0));
            column.is_some_and(|column| column.within(ordinal, *min, *max))
        }
    }
}
