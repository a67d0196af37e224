//! A page: the first of what matches, in an order, after a cursor, without sorting the rest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::evaluation::Evaluation;
use super::text_match::TextMatch;
use super::total::{LAST, Total, rank};
use crate::{Cursor, NumberId, Question, SearchError, Sort, SortValue};

/// The documents of a page, in order, and where the next one starts.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) ordinals: Vec<u32>,
    pub(crate) next: Option<Cursor>,
}

/// Chooses the page of a question among the documents that match.
pub(crate) fn page(
    evaluation: &Evaluation<'_>,
    documents: &RoaringBitmap,
    question: &Question,
) -> Result<Page, SearchError> {
    let missing = match question.sort {
        Sort::Relevance => evaluation.text().is_none(),
        Sort::Distance => !evaluation.has_point(),
        Sort::Key | Sort::NumberAsc(_) | Sort::NumberDesc(_) => false,
    };
    if missing {
        return Err(SearchError::MissingInput(question.sort));
    }
    let order = Order {
        evaluation,
        documents,
        after: question.after.as_ref(),
        wanted: question.limit.saturating_add(1),
    };
    let mut ordinals = order.first(question.sort)?;
    let more = ordinals.len() > question.limit;
    ordinals.truncate(question.limit);
    let last = ordinals.last().filter(|_| more);
    let next = last.map(|last| cursor(evaluation, question.sort, *last));
    Ok(Page { ordinals, next })
}

/// Where a document stands in an order.
fn cursor(evaluation: &Evaluation<'_>, sort: Sort, ordinal: u32) -> Cursor {
    let catalogue = evaluation.catalogue;
    let number = |id| catalogue.number(id).and_then(|column| column.get(ordinal));
    let value = match sort {
        Sort::Relevance => SortValue::Score(evaluation.score(ordinal)),
        Sort::Distance => SortValue::Distance(evaluation.distance_km(ordinal).unwrap_or(f64::NAN)),
        Sort::Key => SortValue::Key(catalogue.sort_key(ordinal).to_owned()),
        Sort::NumberAsc(id) | Sort::NumberDesc(id) => SortValue::Number(number(id)),
    };
    Cursor {
        value,
        id: catalogue.id(ordinal),
        approximate: evaluation.text().map_or(0, |text| text.approximate),
    }
}

/// What a page is chosen from.
struct Order<'a> {
    evaluation: &'a Evaluation<'a>,
    documents: &'a RoaringBitmap,
    after: Option<&'a Cursor>,
    wanted: usize,
}

impl<'a> Order<'a> {
    fn first(&self, sort: Sort) -> Result<Vec<u32>, SearchError> {
        match (sort, self.evaluation.text()) {
            (Sort::Relevance, Some(text)) => self.by_relevance(text),
            (Sort::Relevance, None) => Err(SearchError::MissingInput(sort)),
            (Sort::Distance, _) => self.by_distance(),
            (Sort::Key, _) => self.by_key(),
            (Sort::NumberAsc(id), _) => self.by_number(id, false),
            (Sort::NumberDesc(id), _) => self.by_number(id, true),
        }
    }

    /// Score by score from the best, as far as the page needs.
    fn by_relevance(&self, text: &TextMatch<'_>) -> Result<Vec<u32>, SearchError> {
        let after = match self.after {
            Some(Cursor {
                value: SortValue::Score(score),
                id,
                ..
            }) => Some((Reverse(*score), *id)),
            Some(_) => return Err(SearchError::WrongCursor),
            None => None,
        };
        let mut first = Vec::new();
        for (score, documents) in text.by_score(self.documents).into_iter().rev() {
            let mut best = First::new(self.catalogue(), self.wanted - first.len());
            for ordinal in &documents {
                best.offer(Reverse(score), ordinal, after.as_ref());
            }
            first.extend(best.in_order());
            if first.len() == self.wanted {
                break;
            }
        }
        Ok(first)
    }

    fn by_distance(&self) -> Result<Vec<u32>, SearchError> {
        let after = match self.after {
            Some(Cursor {
                value: SortValue::Distance(km),
                id,
                ..
            }) => Some((Total(*km), *id)),
            Some(_) => return Err(SearchError::WrongCursor),
            None => None,
        };
        if self.outward_is_shorter() {
            return Ok(self.outward(after));
        }
        let distance = |ordinal| {
            let distance = self.evaluation.distance_km(ordinal);
            Total(distance.unwrap_or(f64::NAN))
        };
        Ok(self.select(distance, after.as_ref()))
    }

    /// Whether going outward from the point meets a page of what matches sooner than what matches
    /// is looked through: what is met on the way is asked for less than what is measured.
    fn outward_is_shorter(&self) -> bool {
        let wanted = u64::try_from(self.wanted).unwrap_or(u64::MAX);
        let matching = self.documents.len();
        let around = self.evaluation.within_reach();
        wanted.saturating_mul(around) < matching.saturating_mul(matching).saturating_mul(4)
    }

    /// Site by site from the nearest, as far as the page needs.
    fn outward(&self, after: Option<(Total, Uuid)>) -> Vec<u32> {
        let mut first: First<'_, Total> = First::new(self.catalogue(), self.wanted);
        for (km, there) in self.evaluation.nearest(after.map(|(after, _)| after.0)) {
            // Two that are as far as makes no difference may come in either order.
            if first.last().is_some_and(|last| km > last.0 + MILLIMETRE) {
                break;
            }
            for ordinal in there.among(self.documents) {
                first.offer(Total(km), ordinal, after.as_ref());
            }
        }
        first.in_order()
    }

    fn by_key(&self) -> Result<Vec<u32>, SearchError> {
        let after: Option<(&str, Uuid)> = match self.after {
            Some(Cursor {
                value: SortValue::Key(key),
                id,
                ..
            }) => Some((key, *id)),
            Some(_) => return Err(SearchError::WrongCursor),
            None => None,
        };
        if self.walk_is_shorter() {
            let following = self.catalogue().after_key(after);
            let matching = following.filter(|ordinal| self.documents.contains(*ordinal));
            return Ok(matching.take(self.wanted).collect());
        }
        let key = |ordinal| self.catalogue().sort_key(ordinal);
        Ok(self.select(key, after.as_ref()))
    }

    /// Whether walking through everything in order meets a page of what matches sooner than
    /// what matches is looked through.
    fn walk_is_shorter(&self) -> bool {
        let wanted = u64::try_from(self.wanted).unwrap_or(u64::MAX);
        let all = self.catalogue().alive().len();
        let matching = self.documents.len();
        wanted.saturating_mul(all).saturating_mul(STEP) < matching.saturating_mul(matching)
    }

    fn by_number(&self, id: NumberId, descends: bool) -> Result<Vec<u32>, SearchError> {
        let (from, after) = match self.after {
            Some(Cursor {
                value: SortValue::Number(number),
                id,
                ..
            }) => (*number, Some((rank(*number, descends), *id))),
            Some(_) => return Err(SearchError::WrongCursor),
            None => (None, None),
        };
        let column = self.catalogue().number(id);
        let key = |ordinal| rank(column.and_then(|column| column.get(ordinal)), descends);
        let Some(column) = column.filter(|_| self.ranges_are_shorter()) else {
            return Ok(self.select(key, after.as_ref()));
        };
        let mut first = First::new(self.catalogue(), self.wanted);
        let mut take = |documents: RoaringBitmap| {
            for ordinal in documents {
                first.offer(key(ordinal), ordinal, after.as_ref());
            }
            first.last().is_some()
        };
        let only_missing = after.is_some_and(|(after, _)| after == LAST);
        let mut ranges = column.ranges(from, descends);
        let full = !only_missing && ranges.any(|range| take(self.documents & range));
        if !full {
            take(self.documents - column.known());
        }
        Ok(first.in_order())
    }

    /// Whether meeting a page of what matches range by range of values takes less than looking
    /// through what matches.
    fn ranges_are_shorter(&self) -> bool {
        let wanted = u64::try_from(self.wanted).unwrap_or(u64::MAX);
        let all = self.catalogue().alive().len();
        let matching = self.documents.len();
        let met = wanted.saturating_mul(all) / matching.max(1);
        let ranges = 1 + met / A_RANGE;
        let chunk = |ordinal: Option<u32>| ordinal.map_or(0, |ordinal| u64::from(ordinal >> 16));
        let chunks = 1 + chunk(self.documents.max()) - chunk(self.documents.min());
        ranges.saturating_mul(A_CHUNK * chunks) < matching
    }

    /// The first by a key, with a heap no larger than the page.
    fn select<K: Ord>(&self, key: impl Fn(u32) -> K, after: Option<&(K, Uuid)>) -> Vec<u32> {
        let mut first = First::new(self.catalogue(), self.wanted);
        for ordinal in self.documents {
            first.offer(key(ordinal), ordinal, after);
        }
        first.in_order()
    }

    fn catalogue(&self) -> &'a Catalogue {
        self.evaluation.catalogue
    }
}

/// The first few of what is offered, by a key and then by id, in a heap no larger than that.
struct First<'a, K> {
    catalogue: &'a Catalogue,
    kept: BinaryHeap<(K, Uuid, u32)>,
    wanted: usize,
}

impl<'a, K: Ord> First<'a, K> {
    fn new(catalogue: &'a Catalogue, wanted: usize) -> Self {
        Self {
            catalogue,
            kept: BinaryHeap::with_capacity(wanted.min(MOST_AT_ONCE)),
            wanted,
        }
    }

    /// Takes an ordinal in its place, if that comes after another and before the last one kept.
    /// Most come too late by their key alone, and their id is not looked up.
    fn offer(&mut self, key: K, ordinal: u32, after: Option<&(K, Uuid)>) {
        let is_full = self.kept.len() >= self.wanted;
        if is_full && self.kept.peek().is_none_or(|(last, _, _)| key > *last) {
            return;
        }
        if after.is_some_and(|(after, _)| key < *after) {
            return;
        }
        let id = self.catalogue.id(ordinal);
        if after.is_some_and(|(after, last)| key == *after && id <= *last) {
            return;
        }
        let item = (key, id, ordinal);
        if !is_full {
            self.kept.push(item);
        } else if let Some(mut last) = self.kept.peek_mut()
            && item < *last
        {
            *last = item;
        }
    }

    /// The key of the last one kept, once there are as many as are wanted.
    fn last(&self) -> Option<&K> {
        let last = self.kept.peek().filter(|_| self.kept.len() >= self.wanted);
        last.map(|(key, _, _)| key)
    }

    fn in_order(self) -> Vec<u32> {
        let sorted = self.kept.into_sorted_vec();
        sorted.into_iter().map(|(_, _, ordinal)| ordinal).collect()
    }
}

/// Room is made at once for so many; who wants more gets it as they are found.
const MOST_AT_ONCE: usize = 128;
/// A step of a walk through an order, from place to place in memory, takes as long as so many
/// looks at what matches.
const STEP: u64 = 4;
/// So many documents are in a range of values, more or less.
const A_RANGE: u64 = 1_024;
/// What finding what matches in a range takes for each chunk of a bitmap, 65,536 ordinals, from the
/// first of what matches to the last, in looks at what matches.
const A_CHUNK: u64 = 32;
/// In kilometres: far above what rounding makes of two distances, and of no use to anybody.
const MILLIMETRE: f64 = 1e-6;
