//! The index: documents under one lock, read by many and written in place.

mod catalogue;
mod cells;
mod clauses;
mod counts;
mod documents;
mod evaluation;
mod facets;
mod ids;
mod key_order;
mod label_texts;
mod labels;
mod narrow;
mod numbers;
mod ordinals;
mod page;
mod parts;
mod places;
mod prepare;
mod quadtree;
mod ranks;
mod seen;
mod strata;
mod sums;
mod text_match;
mod total;
mod union;
mod value_sets;
mod words;

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use roaring::RoaringBitmap;
use uuid::Uuid;

use crate::{
    Answer, Cell, Cells, Change, Completion, Document, Gathering, Hit, Matching, Member, NumberId,
    Point, Question, Revision, Schema, SearchError, Selection, Sums,
    batch::{Batch, Step},
};
use catalogue::Catalogue;
use cells::Gathered;
use evaluation::Evaluation;
pub use labels::Closeness;
pub(crate) use labels::{Labels, Typed, label};
use ordinals::slot;
pub(crate) use prepare::{Prepared, prepare};

/// So many changes go in while readers wait.
const PIECE: usize = 8;

/// Documents in memory, found by facets, numbers, places, parts and words.
///
/// A change is visible as soon as the call that makes it returns, but while it is laid out.
/// Texts are folded before the lock is taken, so that readers wait for little.
#[derive(Debug)]
pub struct Index<B> {
    schema: Schema,
    state: RwLock<State<B>>,
}

#[derive(Debug)]
struct State<B> {
    revision: Revision,
    catalogue: Catalogue,
    bodies: Vec<Option<B>>,
}

impl<B: Clone + Send + Sync> Index<B> {
    /// An empty index at revision 0.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        let state = RwLock::new(State {
            revision: Revision::default(),
            catalogue: Catalogue::new(&schema),
            bodies: Vec::new(),
        });
        Self { schema, state }
    }

    /// What its documents look like.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Inserts a document, or replaces the one of the same id; the revision stays.
    pub fn put(&self, document: Document<B>) {
        let (prepared, body) = prepare(document);
        self.write().put(&prepared, body);
    }

    /// Removes a document; tells whether there was one. The revision stays.
    pub fn remove(&self, id: Uuid) -> bool {
        self.write().remove(id)
    }

    /// Makes a batch of changes, in order, and takes its number: readers see all of it or none,
    /// and wait while it goes in. [`Index::advance`] is for who has many and readers.
    pub fn apply(&self, changes: Vec<Change<B>>, number: u64) {
        let mut steps: Vec<Step<B>> = changes.into_iter().map(Step::from).collect();
        if self.is_empty() {
            steps = by_place(steps);
        }
        let mut state = self.write();
        for step in steps {
            state.take(step);
        }
        state.revision = Revision::from(number);
    }

    /// Makes the next changes of a batch, few enough that readers wait for some tenths of a
    /// millisecond; tells whether it was all. What is seen in between is of a revision of its
    /// own; with the last of them the index takes the number of the batch.
    ///
    /// A batch that is left before its end is to be made again from its beginning.
    pub fn advance(&self, batch: &mut Batch<B>) -> bool {
        let mut state = self.write();
        for step in batch.steps.by_ref().take(PIECE) {
            state.take(step);
        }
        let all = batch.steps.len() == 0;
        state.revision = if all {
            Revision::from(batch.number)
        } else {
            state.revision.next_piece()
        };
        all
    }

    /// Lays an empty index out for documents to come, so that neighbours stand together in every
    /// set there is, in whatever order they are put. What they have is found from
    /// [`Index::end_layout`] on, or once one of them is replaced or removed, which ends it too:
    /// what comes later goes in one by one. Nothing asked before is answered right.
    pub fn lay_out(&self, mut places: Vec<(Uuid, Option<Point>)>) {
        places.sort_by_cached_key(|(id, point)| (point.map(Point::place_on_curve), *id));
        let mut state = self.write();
        if state.catalogue.len() == 0 {
            state.catalogue.lay_out(places.iter().map(|(id, _)| *id));
        }
    }

    /// All that was to come has: the sets are made of it, while readers wait, and the room of what
    /// did not come is for others.
    pub fn end_layout(&self) {
        self.write().catalogue.end_layout();
    }

    /// Of which batches its documents are.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.read().revision
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read().catalogue.len()
    }

    /// Whether there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The body of a document.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<B> {
        let state = self.read();
        let ordinal = state.catalogue.ordinal(id)?;
        state.body(ordinal)
    }

    /// Answers a question: a page of hits, the exact total, and the facets asked.
    pub fn search(&self, question: &Question) -> Result<Answer<B>, SearchError> {
        let state = self.read();
        let approximate = question.after.as_ref().map(|cursor| cursor.approximate);
        let mut evaluation = state.evaluate(&question.selection, approximate)?;
        evaluation.count(&question.facets);
        let documents = evaluation.documents(None);
        let page = page::page(&evaluation, &documents, question)?;
        Ok(Answer {
            revision: state.revision,
            total: documents.len(),
            hits: state.hits(&evaluation, &page.ordinals),
            facets: counts::counts(&evaluation, &documents, &question.facets),
            next: page.next,
        })
    }

    /// Everything that matches, by id, at one revision.
    pub fn matching(&self, selection: &Selection) -> Result<Matching<B>, SearchError> {
        let state = self.read();
        let evaluation = state.evaluate(selection, None)?;
        let mut ordinals: Vec<u32> = evaluation.documents(None).iter().collect();
        ordinals.sort_unstable_by_key(|ordinal| state.catalogue.id(*ordinal));
        Ok(Matching {
            revision: state.revision,
            hits: state.hits(&evaluation, &ordinals),
        })
    }

    /// What a look at each document that matches takes of it, in no order: for who looks at many
    /// and keeps few. The look is given the id, the body, and how far from the point it is, when
    /// one was given.
    pub fn look<T>(
        &self,
        selection: &Selection,
        mut take: impl FnMut(Uuid, &B, Option<f64>) -> Option<T>,
    ) -> Result<Vec<T>, SearchError> {
        let state = self.read();
        let evaluation = state.evaluate(selection, None)?;
        let documents = evaluation.documents(None);
        let taken = documents.iter().filter_map(|ordinal| {
            let body = state.bodies.get(slot(ordinal))?.as_ref()?;
            let id = state.catalogue.id(ordinal);
            take(id, body, evaluation.distance_km(ordinal))
        });
        Ok(taken.collect())
    }

    /// The documents accepted whose label answers what somebody types, the closest first, then by
    /// label and id.
    pub fn complete(
        &self,
        typed: &str,
        limit: usize,
        mut accept: impl FnMut(&B) -> bool,
    ) -> Vec<Completion<B>> {
        let typed = Typed::new(typed);
        let state = self.read();
        let found = state
            .catalogue
            .labels()
            .find(&typed, limit, &mut |ordinal| {
                let body = state.bodies.get(slot(ordinal)).and_then(Option::as_ref);
                body.is_some_and(&mut accept)
            });
        let completion = |(closeness, ordinal)| {
            Some(Completion {
                closeness,
                id: state.catalogue.id(ordinal),
                body: state.body(ordinal)?,
            })
        };
        found.into_iter().filter_map(completion).collect()
    }

    /// Sums of numbers over everything that matches.
    pub fn sums(&self, selection: &Selection, numbers: &[NumberId]) -> Result<Sums, SearchError> {
        let state = self.read();
        let documents = state.evaluate(selection, None)?.documents(None);
        let sum = |number| sums::sum(&state.catalogue, &documents, number);
        Ok(Sums {
            revision: state.revision,
            documents: documents.len(),
            numbers: numbers.iter().copied().map(sum).collect(),
        })
    }

    /// Everything that matches and has a position, gathered by the squares of a level.
    pub fn cells(
        &self,
        selection: &Selection,
        gathering: &Gathering,
    ) -> Result<Cells<B>, SearchError> {
        let state = self.read();
        let documents = state.evaluate(selection, None)?.documents(None);
        Ok(Cells {
            revision: state.revision,
            total: documents.len(),
            cells: state.cells(&documents, gathering),
        })
    }

    /// A writer that panicked left its lock poisoned; what it guards is still worth reading.
    fn read(&self) -> RwLockReadGuard<'_, State<B>> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State<B>> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: Clone> State<B> {
    fn take(&mut self, step: Step<B>) {
        match step {
            Step::Put(prepared, body) => self.put(&prepared, body),
            Step::Remove(id) => {
                self.remove(id);
            }
        }
    }

    fn put(&mut self, prepared: &Prepared, body: B) {
        self.remove(prepared.id);
        let ordinal = slot(self.catalogue.insert(prepared));
        if self.bodies.len() <= ordinal {
            self.bodies.resize(ordinal + 1, None);
        }
        if let Some(place) = self.bodies.get_mut(ordinal) {
            *place = Some(body);
        }
    }

    fn remove(&mut self, id: Uuid) -> bool {
        let Some(ordinal) = self.catalogue.remove(id) else {
            return false;
        };
        if let Some(place) = self.bodies.get_mut(slot(ordinal)) {
            *place = None;
        }
        true
    }

    fn body(&self, ordinal: u32) -> Option<B> {
        self.bodies.get(slot(ordinal)).cloned().flatten()
    }

    fn evaluate<'a>(
        &'a self,
        selection: &'a Selection,
        approximate: Option<u64>,
    ) -> Result<Evaluation<'a>, SearchError> {
        Evaluation::new(&self.catalogue, selection, approximate)
    }

    fn hits(&self, evaluation: &Evaluation<'_>, ordinals: &[u32]) -> Vec<Hit<B>> {
        let hit = |ordinal: &u32| {
            Some(Hit {
                id: self.catalogue.id(*ordinal),
                body: self.body(*ordinal)?,
                distance_km: evaluation.distance_km(*ordinal),
                score: evaluation.score(*ordinal),
                matched: evaluation.matched_parts(*ordinal),
            })
        };
        ordinals.iter().filter_map(hit).collect()
    }

    fn cells(&self, documents: &RoaringBitmap, gathering: &Gathering) -> Vec<Cell<B>> {
        let told = |cell: Gathered| Cell {
            square: cell.square,
            count: cell.count,
            centre: cell.centre,
            bounds: cell.bounds,
            members: if cell.ordinals.len() <= gathering.singly {
                self.members(&cell.ordinals)
            } else {
                Vec::new()
            },
        };
        let cells = cells::gather(self.catalogue.places(), documents, gathering);
        cells.into_iter().map(told).collect()
    }

    fn members(&self, ordinals: &[u32]) -> Vec<Member<B>> {
        let member = |ordinal: &u32| {
            Some(Member {
                id: self.catalogue.id(*ordinal),
                point: self.catalogue.places().spot(*ordinal)?.point,
                body: self.body(*ordinal)?,
            })
        };
        let mut members: Vec<Member<B>> = ordinals.iter().filter_map(member).collect();
        members.sort_unstable_by_key(|member| member.id);
        members
    }
}

/// The first documents of an index, neighbours together: what is asked of a place then lies
/// together too, in every set there is. The order of steps about the same document stays.
fn by_place<B>(steps: Vec<Step<B>>) -> Vec<Step<B>> {
    let mut seen = HashSet::with_capacity(steps.len());
    let apart = steps
        .iter()
        .all(|step| matches!(step, Step::Put(prepared, _) if seen.insert(prepared.id)));
    if !apart {
        return steps;
    }
    let place = |step: &Step<B>| match step {
        Step::Put(prepared, _) => prepared.position.map(Point::place_on_curve),
        Step::Remove(_) => None,
    };
    let mut steps = steps;
    steps.sort_by_cached_key(place);
    steps
}
