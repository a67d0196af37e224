//! The documents of one resource, in memory.

use std::{
    collections::BTreeMap,
    panic::resume_unwind,
    sync::{Arc, PoisonError, RwLock, mpsc},
    thread,
};

use chrono::NaiveDate;
use data::Reference;
use persistence::{Conn, let_others_go};
use search::{
    Answer, Batch, Cells, Change, Clause, Completion, Document, FacetId, Filter, Gathering, Index,
    Matching, NumberId, Question, Revision, Selection, Sort, Sums,
};
use uuid::Uuid;

use super::{
    CatalogueError,
    moved::Moved,
    resource::{Gone, Rendering, Resource},
};
use crate::kernel::{cache::View, problem::ApiError, shared::Shared};

/// How many lots wait to be rendered, and how many to be put.
const AHEAD: usize = 2;

/// What changed, rendered.
pub(super) struct Rendered<R: Resource> {
    puts: Vec<Document<Arc<R::Body>>>,
    removed: Vec<Uuid>,
    gone: Vec<(Uuid, Gone)>,
}

impl<R: Resource> Rendered<R> {
    /// What changes in the index, and beside it.
    fn parts(self) -> (Vec<Change<Arc<R::Body>>>, Left) {
        let put = self.puts.iter().map(|document| document.id);
        let left = Left {
            of: put.chain(self.removed.iter().copied()).collect(),
            gone: self.gone,
        };
        let puts = self.puts.into_iter().map(Change::Put);
        let changes = puts.chain(self.removed.into_iter().map(Change::Remove));
        (changes.collect(), left)
    }

    /// Made ready for the index, up to the change of this number.
    pub(super) fn ready(self, revision: u64) -> Ready<R> {
        let (changes, left) = self.parts();
        let changes = changes.into_iter().inspect(|_| let_others_go());
        let batch = Batch::new(changes, revision);
        Ready { batch, left }
    }
}

/// What changed, ready for the index.
pub(super) struct Ready<R: Resource> {
    batch: Batch<Arc<R::Body>>,
    left: Left,
}

/// What is left of objects that are no more.
struct Left {
    /// Of which objects it is known anew.
    of: Vec<Uuid>,
    gone: Vec<(Uuid, Gone)>,
}

/// The index of a resource, and what it can be found by.
#[derive(Debug)]
pub(crate) struct Collection<R: Resource> {
    index: Index<Arc<R::Body>>,
    fields: R::Fields,
    gone: RwLock<BTreeMap<Uuid, Gone>>,
    base: String,
    shared: Shared,
}

impl<R: Resource> Collection<R> {
    /// An empty collection, whose addresses begin with `base`.
    pub(crate) fn new(base: &str) -> Self {
        let (schema, fields) = R::declare();
        Self {
            index: Index::new(schema),
            fields,
            gone: RwLock::default(),
            base: base.to_owned(),
            shared: Shared::default(),
        }
    }

    /// The public address of the API.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Reads everything there is, at `revision`: a thread reads a lot while another renders the one
    /// before and a third puts the one before that in the index, so that both processors of a
    /// small machine are busy and no more than a few lots are held beside the index.
    pub(super) fn fill(
        &self,
        conn: &mut Conn,
        with: (&'static Reference, NaiveDate),
        revision: u64,
    ) -> Result<(), CatalogueError> {
        self.index.lay_out(R::places(conn)?);
        // Who takes lots ends before they do by an error or a panic, which are told below.
        let (to_render, lots) = mpsc::sync_channel::<Vec<R::Object>>(AHEAD);
        let (to_put, documents) = mpsc::sync_channel(AHEAD);
        thread::scope(|scope| {
            let putting = scope.spawn(|| {
                let put = |lot| self.put(lot, revision);
                documents.into_iter().for_each(put);
            });
            let rendering = scope.spawn(move || {
                for lot in lots {
                    drop(to_put.send(self.render(Moved::new(lot), with)?));
                }
                Ok::<(), CatalogueError>(())
            });
            let read = R::read_all(conn, &mut |lot| drop(to_render.send(lot)));
            drop(to_render);
            let rendered = rendering
                .join()
                .unwrap_or_else(|panic| resume_unwind(panic));
            putting.join().unwrap_or_else(|panic| resume_unwind(panic));
            read?;
            rendered
        })?;
        self.index.end_layout();
        let gone = R::gone(conn, None)?;
        self.put(self.render(Moved::gone(gone), with)?, revision);
        Ok(())
    }

    /// Makes documents of objects.
    pub(super) fn render(
        &self,
        moved: Moved<R>,
        (reference, today): (&'static Reference, NaiveDate),
    ) -> Result<Rendered<R>, serde_json::Error> {
        let Moved {
            changed,
            mut removed,
            gone,
        } = moved;
        let rendering = Rendering {
            reference,
            base: &self.base,
            today,
            shared: &self.shared,
        };
        let mut puts = Vec::with_capacity(changed.len());
        for object in changed {
            let_others_go();
            let id = R::id(&object);
            match R::document(object, &self.fields, &rendering)? {
                Some(document) => puts.push(document),
                None => removed.push(id),
            }
        }
        Ok(Rendered {
            puts,
            removed,
            gone,
        })
    }

    /// Puts what was rendered in the index at once, and takes the number of its last change.
    fn put(&self, rendered: Rendered<R>, revision: u64) {
        let (changes, left) = rendered.parts();
        self.keep(left);
        self.index.apply(changes, revision);
    }

    /// Puts what is ready in the index, piece by piece: who asks meanwhile, of this thread or
    /// another, is answered in between.
    pub(super) async fn advance(&self, mut ready: Ready<R>) {
        self.keep(ready.left);
        while !self.index.advance(&mut ready.batch) {
            tokio::task::yield_now().await;
        }
    }

    /// Keeps what is left of objects: who finds one no more finds that.
    fn keep(&self, left: Left) {
        let mut kept = self.gone.write().unwrap_or_else(PoisonError::into_inner);
        for id in &left.of {
            kept.remove(id);
        }
        kept.extend(left.gone);
    }

    /// The last change applied, and how much of what comes next.
    pub(crate) fn revision(&self) -> Revision {
        self.index.revision()
    }

    /// How many documents are held.
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether anything fictitious is held.
    pub(crate) fn has_demo(&self) -> bool {
        let demo = R::common(&self.fields).demo;
        self.first(demo, "true").is_some()
    }

    pub(crate) const fn fields(&self) -> &R::Fields {
        &self.fields
    }

    /// The document of this id.
    pub(crate) fn get(&self, id: Uuid) -> Option<Arc<R::Body>> {
        self.index.get(id)
    }

    /// The same, or why there is none: `gone` when it was public, `not-found` otherwise.
    pub(crate) fn get_or_gone(&self, id: Uuid) -> Result<Arc<R::Body>, ApiError> {
        self.get(id).ok_or_else(|| self.missing(id, View::Public))
    }

    /// Why those find nothing under this id who see as far as `view`: `gone` when they could.
    pub(crate) fn missing(&self, id: Uuid, view: View) -> ApiError {
        let kept = self.gone.read().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(&id).filter(|gone| gone.view <= view);
        known.map_or_else(ApiError::not_found, Gone::told)
    }

    /// The first document, by name, that has this code.
    pub(crate) fn first(&self, field: FacetId, code: &str) -> Option<Arc<R::Body>> {
        let question = Question {
            selection: selection(vec![Clause::AnyOf(field, vec![code.to_owned()])]),
            sort: Sort::Key,
            after: None,
            limit: 1,
            facets: Vec::new(),
        };
        let answer = self.index.search(&question).ok()?;
        answer.hits.into_iter().next().map(|hit| hit.body)
    }

    pub(crate) fn search(&self, question: &Question) -> Result<Answer<Arc<R::Body>>, ApiError> {
        self.index
            .search(question)
            .map_err(|error| ApiError::internal(&error))
    }

    pub(crate) fn matching(
        &self,
        selection: &Selection,
    ) -> Result<Matching<Arc<R::Body>>, ApiError> {
        self.index
            .matching(selection)
            .map_err(|error| ApiError::internal(&error))
    }

    /// What a look at each document that matches takes of it, in no order.
    pub(crate) fn look<T>(
        &self,
        selection: &Selection,
        mut take: impl FnMut(Uuid, &R::Body, Option<f64>) -> Option<T>,
    ) -> Result<Vec<T>, ApiError> {
        let look = |id, body: &Arc<R::Body>, distance_km| take(id, body, distance_km);
        self.index
            .look(selection, look)
            .map_err(|error| ApiError::internal(&error))
    }

    /// The documents accepted whose label answers what somebody types.
    pub(crate) fn complete(
        &self,
        typed: &str,
        limit: usize,
        accept: impl Fn(&R::Body) -> bool,
    ) -> Vec<Completion<Arc<R::Body>>> {
        self.index.complete(typed, limit, |body| accept(body))
    }

    pub(crate) fn cells(
        &self,
        selection: &Selection,
        gathering: &Gathering,
    ) -> Result<Cells<Arc<R::Body>>, ApiError> {
        self.index
            .cells(selection, gathering)
            .map_err(|error| ApiError::internal(&error))
    }

    pub(crate) fn sums(
        &self,
        selection: &Selection,
        numbers: &[NumberId],
    ) -> Result<Sums, ApiError> {
        self.index
            .sums(selection, numbers)
            .map_err(|error| ApiError::internal(&error))
    }
}

/// What meets these clauses on the document alone.
pub(crate) fn selection(clauses: Vec<Clause>) -> Selection {
    let filter = Filter {
        clauses,
        parts: Vec::new(),
    };
    Selection {
        filter,
        ..Selection::default()
    }
}
