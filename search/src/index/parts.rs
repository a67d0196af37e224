//! One kind of part: its parts by ordinal, each of one document.

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::clauses::nothing;
use super::facets::FacetColumn;
use super::numbers::NumberColumn;
use super::ordinals::{Ordinals, set, slot};
use super::union::intersection;
use crate::schema::PartKind;
use crate::{Part, PartCondition, PartFacetId, PartNumberId};

/// The parts of a kind, of all documents.
#[derive(Debug, Default)]
pub(crate) struct PartTable {
    ordinals: Ordinals,
    documents: Vec<u32>,
    ids: Vec<Uuid>,
    /// The values each part has, to be taken away with it.
    held: Vec<Box<[(u16, u32)]>>,
    facets: Vec<FacetColumn>,
    /// For each facet, the documents that have a part with a value.
    owners: Vec<FacetColumn>,
    numbers: Vec<NumberColumn>,
}

impl PartTable {
    /// An empty table for a kind of part.
    pub(crate) fn new(kind: &PartKind) -> Self {
        let columns = || kind.facets.iter().map(|_| FacetColumn::default()).collect();
        Self {
            facets: columns(),
            owners: columns(),
            numbers: kind
                .numbers
                .iter()
                .map(|_| NumberColumn::default())
                .collect(),
            ..Self::default()
        }
    }

    /// Adds a part of a document.
    pub(crate) fn insert(&mut self, part: &Part, document: u32) -> u32 {
        let ordinal = self.ordinals.take();
        set(&mut self.documents, ordinal, document, &0);
        set(&mut self.ids, ordinal, part.id, &Uuid::nil());
        let own_facets = part.facets.iter().filter(|(id, _)| id.part == part.kind);
        let mut held = Vec::with_capacity(part.facets.len());
        for (id, code) in own_facets {
            let position = usize::from(id.facet);
            if let Some(column) = self.facets.get_mut(position) {
                held.push((id.facet, column.insert(code, ordinal)));
            }
            if let Some(column) = self.owners.get_mut(position) {
                column.insert(code, document);
            }
        }
        set(
            &mut self.held,
            ordinal,
            held.into_boxed_slice(),
            &Box::default(),
        );
        let own_numbers = part.numbers.iter().filter(|(id, _)| id.part == part.kind);
        for (id, value) in own_numbers {
            if let Some(column) = self.numbers.get_mut(usize::from(id.number)) {
                column.set(ordinal, *value);
            }
        }
        ordinal
    }

    /// Removes a part; all parts of a document go together.
    pub(crate) fn remove(&mut self, ordinal: u32) {
        let document = self.document(ordinal);
        let held = self.held.get_mut(slot(ordinal)).map(std::mem::take);
        for (facet, value) in held.unwrap_or_default() {
            let position = usize::from(facet);
            if let Some(column) = self.facets.get_mut(position) {
                let code = column.code(value).cloned();
                column.remove(value, ordinal);
                if let (Some(code), Some(owners)) = (code, self.owners.get_mut(position)) {
                    owners.remove_code(&code, document);
                }
            }
        }
        for column in &mut self.numbers {
            column.clear(ordinal);
        }
        self.ordinals.release(ordinal);
    }

    /// All parts.
    pub(crate) fn alive(&self) -> &RoaringBitmap {
        self.ordinals.alive()
    }

    /// The document of a part.
    pub(crate) fn document(&self, ordinal: u32) -> u32 {
        self.documents
            .get(slot(ordinal))
            .copied()
            .unwrap_or_default()
    }

    /// The id of a part.
    pub(crate) fn id(&self, ordinal: u32) -> Uuid {
        self.ids.get(slot(ordinal)).copied().unwrap_or_default()
    }

    /// A facet by part.
    pub(crate) fn facet(&self, id: PartFacetId) -> Option<&FacetColumn> {
        self.facets.get(usize::from(id.facet))
    }

    /// The same facet by document.
    pub(crate) fn owners(&self, id: PartFacetId) -> Option<&FacetColumn> {
        self.owners.get(usize::from(id.facet))
    }

    /// The parts that bitmaps alone can tell to meet the conditions, or `None` when no condition
    /// is on a facet.
    pub(crate) fn meeting_facets(&self, conditions: &[&PartCondition]) -> Option<RoaringBitmap> {
        let mut sets = Vec::new();
        for condition in conditions {
            match condition {
                PartCondition::AnyOf(id, codes) => {
                    sets.push(
                        self.facet(*id)
                            .map(|column| column.any_of(codes))
                            .unwrap_or_default(),
                    );
                }
                PartCondition::AllOf(id, codes) => {
                    sets.extend(
                        self.facet(*id)
                            .map_or_else(nothing, |column| column.each_of(codes)),
                    );
                }
                PartCondition::Range(..) => {}
            }
        }
        intersection(sets)
    }

    /// Whether a part meets a condition.
    pub(crate) fn meets(&self, ordinal: u32, condition: &PartCondition) -> bool {
        match condition {
            PartCondition::AnyOf(id, codes) => self
                .facet(*id)
                .is_some_and(|column| codes.iter().any(|code| column.holds(code, ordinal))),
            PartCondition::AllOf(id, codes) => self
                .facet(*id)
                .is_some_and(|column| codes.iter().all(|code| column.holds(code, ordinal))),
            PartCondition::Range(id, min, max) => self.in_range(ordinal, *id, *min, *max),
        }
    }

    fn in_range(&self, ordinal: u32, id: PartNumberId, min: Option<f64>, max: Option<f64>) -> bool {
        self.numbers
            .get(usize::from(id.number))
            .is_some_and(|column| column.within(ordinal, min, max))
    }
}
