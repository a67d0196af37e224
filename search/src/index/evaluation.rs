//! A selection against the catalogue: which documents, how far, how well, by which parts.

use std::cell::OnceCell;
use std::sync::Arc;

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::clauses::{is_excepted, is_on, keep_within, seen, sets};
use super::documents::Documents;
use super::parts::PartTable;
use super::text_match::TextMatch;
use super::union::{Union, intersection};
use crate::geometry::Disc;
use crate::{
    BoundingBox, Clause, FacetId, FacetRequest, PartCondition, PartCriteria, PartId, SearchError,
    Selection,
};

/// So few candidates are looked at place by place rather than cells being united.
const FEW_PLACES: u64 = 512;

/// A selection being evaluated; what several of its uses share is computed once.
#[derive(Debug)]
pub(crate) struct Evaluation<'a> {
    pub(crate) catalogue: &'a Catalogue,
    selection: &'a Selection,
    text: Option<TextMatch<'a>>,
    seen: Option<Arc<RoaringBitmap>>,
    /// The facets to count of which something is asked.
    counted: Vec<FacetId>,
    /// What matches but for what is asked of those.
    common: OnceCell<RoaringBitmap>,
    disc: Option<Disc>,
    in_disc: OnceCell<RoaringBitmap>,
    in_box: OnceCell<RoaringBitmap>,
}

impl<'a> Evaluation<'a> {
    /// Looks the text up, which alone can go wrong.
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        selection: &'a Selection,
        approximate: Option<u64>,
    ) -> Result<Self, SearchError> {
        let text = match &selection.text {
            Some(text) => Some(TextMatch::new(catalogue, text, approximate)?),
            None => None,
        };
        Ok(Self {
            catalogue,
            selection,
            text,
            seen: seen(catalogue, &selection.seen),
            counted: Vec::new(),
            common: OnceCell::new(),
            disc: selection.near.map(Disc::from),
            in_disc: OnceCell::new(),
            in_box: OnceCell::new(),
        })
    }

    /// Says which facets will be counted, each as if nothing were asked of it.
    pub(crate) fn count(&mut self, facets: &[FacetRequest]) {
        let counted = facets.iter().filter_map(|facet| match facet {
            FacetRequest::Document(facet) => Some(*facet),
            FacetRequest::Part(_) => None,
        });
        let counted = counted.filter(|facet| self.clauses().any(|clause| is_on(clause, *facet)));
        self.counted = counted.collect();
    }

    /// The documents that match; for the count of a facet, whatever is asked of that facet.
    pub(crate) fn documents(&self, except: Option<FacetRequest>) -> RoaringBitmap {
        let is_counted = |clause: &&Clause| self.counted.iter().any(|facet| is_on(clause, *facet));
        let mut documents = if self.counted.is_empty() {
            self.meeting(self.clauses().filter(|clause| !is_excepted(clause, except)))
        } else {
            let common = self.common.get_or_init(|| {
                let others = self.clauses().filter(|clause| !is_counted(clause));
                self.meeting(others)
            });
            let counted = self.clauses().filter(is_counted);
            let counted = counted.filter(|clause| !is_excepted(clause, except));
            let mut sets = sets(self.catalogue, counted);
            sets.push(Union::from(common));
            intersection(sets).unwrap_or_default()
        };
        for criteria in self.criteria() {
            self.narrow_to_parts(&mut documents, criteria, except);
        }
        documents
    }

    /// Those that are seen and meet clauses, the text and the places.
    fn meeting<'c>(&'c self, clauses: impl Iterator<Item = &'c Clause>) -> RoaringBitmap {
        let clauses: Vec<&Clause> = clauses.collect();
        let mut sets = sets(self.catalogue, clauses.iter().copied());
        sets.extend(self.seen.as_deref().map(Union::from));
        let found = self.narrow_to_places(intersection(sets));
        let mut documents = match (found, &self.text) {
            (Some(candidates), Some(text)) => text.among(&candidates),
            (None, Some(text)) => text.documents(),
            (Some(candidates), None) => candidates,
            (None, None) => self.catalogue.alive().clone(),
        };
        keep_within(self.catalogue, &mut documents, clauses.into_iter());
        documents
    }

    /// The parts of some documents, and perhaps of others, that meet criteria on one kind.
    pub(crate) fn parts_meeting(
        &self,
        criteria: &PartCriteria,
        except: Option<FacetRequest>,
        documents: &RoaringBitmap,
    ) -> RoaringBitmap {
        let (Some(table), Some(conditions)) = (
            self.catalogue.part(criteria.part),
            conditions_but(criteria, except),
        ) else {
            return RoaringBitmap::new();
        };
        let mut parts = table
            .meeting_facets(&conditions)
            .unwrap_or_else(|| self.parts_of(documents, criteria.part, table));
        for condition in conditions {
            if matches!(condition, PartCondition::Range(..)) {
                keep(&mut parts, |part| table.meets(part, condition));
            }
        }
        parts
    }

    /// For each kind of part with criteria, the parts of a document that meet one of them.
    pub(crate) fn matched_parts(&self, document: u32) -> Vec<(PartId, Vec<Uuid>)> {
        let mut kinds: Vec<PartId> = self.criteria().map(|criteria| criteria.part).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let matched = |kind| (kind, self.matched_of_kind(document, kind));
        kinds.into_iter().map(matched).collect()
    }

    /// How far a document is from the point, if one was given.
    pub(crate) fn distance_km(&self, document: u32) -> Option<f64> {
        let disc = self.disc.as_ref()?;
        self.catalogue.places().distance_km(document, disc)
    }

    /// How many documents there may be as near as what is asked for.
    pub(crate) fn within_reach(&self) -> u64 {
        let everything = || self.catalogue.alive().len();
        self.in_disc
            .get()
            .map_or_else(everything, RoaringBitmap::len)
    }

    /// Sites by their distance from the point, if one was given, as far as the radius.
    pub(crate) fn nearest(&self, after: Option<f64>) -> impl Iterator<Item = (f64, &Documents)> {
        let near = self.disc.as_ref().zip(self.selection.near);
        near.into_iter().flat_map(move |(disc, near)| {
            let places = self.catalogue.places().nearest(disc, after);
            places.take_while(move |(km, _)| *km <= near.radius_km + 1.0)
        })
    }

    /// What a document is worth; 0 without a text.
    pub(crate) fn score(&self, document: u32) -> u32 {
        self.text().map_or(0, |text| text.score(document))
    }

    /// The text, looked up.
    pub(crate) fn text(&self) -> Option<&TextMatch<'a>> {
        self.text.as_ref()
    }

    /// Whether a point was given.
    pub(crate) fn has_point(&self) -> bool {
        self.disc.is_some()
    }

    /// The criteria on parts.
    pub(crate) fn criteria(&self) -> impl Iterator<Item = &PartCriteria> {
        self.selection.filter.parts.iter()
    }

    /// The clauses on documents.
    pub(crate) fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.selection.filter.clauses.iter()
    }

    /// How many candidates are so few that each is looked at rather than sets being made.
    fn few(&self) -> u64 {
        (self.catalogue.alive().len() / 64).clamp(64, 16_384)
    }

    /// Point by point for a few documents, through the tree otherwise.
    fn narrow_to_places(&self, candidates: Option<RoaringBitmap>) -> Option<RoaringBitmap> {
        let places = self.catalogue.places();
        let mut candidates = candidates;
        if let Some(disc) = &self.disc {
            candidates = Some(narrow(
                candidates,
                FEW_PLACES,
                &self.in_disc,
                || places.all_in_disc(disc),
                |document| places.in_disc(document, disc),
            ));
        }
        if let Some(bbox) = self.selection.bbox.as_ref() {
            candidates = Some(self.narrow_to_box(candidates, bbox));
        }
        candidates
    }

    fn narrow_to_box(
        &self,
        candidates: Option<RoaringBitmap>,
        bbox: &BoundingBox,
    ) -> RoaringBitmap {
        let places = self.catalogue.places();
        narrow(
            candidates,
            FEW_PLACES,
            &self.in_box,
            || places.all_in_box(bbox),
            |document| places.in_box(document, bbox),
        )
    }

    /// All parts of the kind, or only those of the documents when these are few.
    fn parts_of(
        &self,
        documents: &RoaringBitmap,
        kind: PartId,
        table: &PartTable,
    ) -> RoaringBitmap {
        if documents.len() > table.alive().len() / 4 {
            return table.alive().clone();
        }
        let rows = documents
            .iter()
            .filter_map(|document| self.catalogue.row(document));
        let parts = rows.flat_map(|row| row.parts.iter());
        parts
            .filter(|(of, _)| *of == kind)
            .map(|(_, part)| *part)
            .collect()
    }

    /// Part by part for a few documents, through bitmaps of parts otherwise.
    fn narrow_to_parts(
        &self,
        documents: &mut RoaringBitmap,
        criteria: &PartCriteria,
        except: Option<FacetRequest>,
    ) {
        if documents.len() < self.few() {
            let conditions = conditions_but(criteria, except);
            keep(documents, |document| {
                let mut parts = self.parts_in_order(document, criteria.part);
                parts.any(|(table, part)| meets_all(table, part, conditions.as_deref()))
            });
        } else if let Some(table) = self.catalogue.part(criteria.part) {
            let parts = self.parts_meeting(criteria, except, documents);
            let owners = parts.iter().map(|part| table.document(part));
            *documents &= owners.collect::<RoaringBitmap>();
        } else {
            documents.clear();
        }
    }

    fn matched_of_kind(&self, document: u32, kind: PartId) -> Vec<Uuid> {
        let criteria = self.criteria().filter(|criteria| criteria.part == kind);
        let conditions: Vec<_> = criteria.map(|one| conditions_but(one, None)).collect();
        self.parts_in_order(document, kind)
            .filter(|(table, part)| {
                let mut conditions = conditions.iter();
                conditions.any(|conditions| meets_all(table, *part, conditions.as_deref()))
            })
            .map(|(table, part)| table.id(part))
            .collect()
    }

    fn parts_in_order(
        &self,
        document: u32,
        kind: PartId,
    ) -> impl Iterator<Item = (&'a PartTable, u32)> {
        let table = self.catalogue.part(kind);
        let row = self.catalogue.row(document);
        let parts = row.into_iter().flat_map(|row| row.parts.iter());
        parts
            .filter(move |(of, _)| *of == kind)
            .filter_map(move |(_, part)| Some((table?, *part)))
    }
}

/// The conditions of criteria, but for those on the facet being counted; `None` when one is on
/// another kind of part, which nothing can meet.
pub(crate) fn conditions_but(
    criteria: &PartCriteria,
    except: Option<FacetRequest>,
) -> Option<Vec<&PartCondition>> {
    let mut kept = Vec::with_capacity(criteria.conditions.len());
    for condition in &criteria.conditions {
        let (part, facet) = match condition {
            PartCondition::AnyOf(id, _) | PartCondition::AllOf(id, _) => (id.part, Some(*id)),
            PartCondition::Range(id, ..) => (id.part, None),
        };
        if part != criteria.part {
            return None;
        }
        if facet.is_none() || facet.map(FacetRequest::Part) != except {
            kept.push(condition);
        }
    }
    Some(kept)
}

fn meets_all(table: &PartTable, part: u32, conditions: Option<&[&PartCondition]>) -> bool {
    conditions.is_some_and(|conditions| {
        let mut conditions = conditions.iter();
        conditions.all(|condition| table.meets(part, condition))
    })
}

/// Intersects candidates with a set that is made only if there are as many of them as `limit`.
fn narrow(
    candidates: Option<RoaringBitmap>,
    limit: u64,
    set: &OnceCell<RoaringBitmap>,
    make: impl FnOnce() -> RoaringBitmap,
    holds: impl Fn(u32) -> bool,
) -> RoaringBitmap {
    match candidates {
        Some(mut few) if few.len() < limit && set.get().is_none() => {
            keep(&mut few, holds);
            few
        }
        Some(many) => many & set.get_or_init(make),
        None => set.get_or_init(make).clone(),
    }
}

fn keep(set: &mut RoaringBitmap, holds: impl Fn(u32) -> bool) {
    *set = set.iter().filter(|ordinal| holds(*ordinal)).collect();
}
