//! A page: the first of what matches, in an order, after a cursor, without sorting the rest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::evaluation::Evaluation;
use super::text_match::TextMatch;
use super::total::Total;
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
            let place = |ordinal| (Reverse(score), self.catalogue().id(ordinal));
            let left = self.wanted - first.len();
            first.extend(select(&documents, place, after.as_ref(), left));
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
        let place = |ordinal| {
            let distance = self.evaluation.distance_km(ordinal);
            (
                Total(distance.unwrap_or(f64::NAN)),
                self.catalogue().id(ordinal),
            )
        };
        Ok(self.select(place, after.as_ref()))
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
        let mut found: Vec<((Total, Uuid), u32)> = Vec::new();
        // How far the page goes, once it is full.
        let mut last: Option<f64> = None;
        for (km, there) in self.evaluation.nearest(after.map(|(after, _)| after.0)) {
            if last.is_some_and(|last| km > last + MILLIMETRE) {
                break;
            }
            let places = there.among(self.documents).into_iter().map(|ordinal| {
                let place = (Total(km), self.catalogue().id(ordinal));
                (place, ordinal)
            });
            found.extend(places.filter(|(place, _)| after.is_none_or(|after| *place > after)));
            if last.is_none() && found.len() >= self.wanted {
                let furthest = found.iter().map(|((km, _), _)| km.0);
                last = Some(furthest.fold(km, f64::max));
            }
        }
        found.sort_unstable();
        found.truncate(self.wanted);
        found.into_iter().map(|(_, ordinal)| ordinal).collect()
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
            let following = self.catalogue().by_key().after(after);
            let matching = following.filter(|ordinal| self.documents.contains(*ordinal));
            return Ok(matching.take(self.wanted).collect());
        }
        let place = |ordinal| {
            let catalogue = self.catalogue();
            (catalogue.sort_key(ordinal), catalogue.id(ordinal))
        };
        Ok(self.select(place, after.as_ref()))
    }

    /// Whether walking through everything in order meets a page of what matches sooner than
    /// what matches is looked through.
    fn walk_is_shorter(&self) -> bool {
        let wanted = u64::try_from(self.wanted).unwrap_or(u64::MAX);
        let all = self.catalogue().alive().len();
        let matching = self.documents.len();
        wanted.saturating_mul(all) < matching.saturating_mul(matching)
    }

    fn by_number(&self, id: NumberId, descends: bool) -> Result<Vec<u32>, SearchError> {
        let turn = |value: f64| if descends { -value } else { value };
        let rank = |value: Option<f64>| {
            value.map_or((true, Total(0.0)), |value| {
                (false, Total(turn(value + 0.0)))
            })
        };
        let (from, after) = match self.after {
            Some(Cursor {
                value: SortValue::Number(number),
                id,
                ..
            }) => (*number, Some((rank(*number), *id))),
            Some(_) => return Err(SearchError::WrongCursor),
            None => (None, None),
        };
        let place = |value, ordinal| (rank(value), self.catalogue().id(ordinal));
        let column = self.catalogue().number(id);
        let Some(column) = column.filter(|_| self.walk_is_shorter()) else {
            let value = |ordinal| column.and_then(|column| column.get(ordinal));
            return Ok(self.select(|ordinal| place(value(ordinal), ordinal), after.as_ref()));
        };
        let mut first = First::new(self.wanted);
        let mut take = |value, documents: RoaringBitmap| {
            for ordinal in documents {
                first.offer(place(value, ordinal), ordinal, after.as_ref());
            }
            first.worst().is_some()
        };
        let only_missing = after.is_some_and(|((missing, _), _)| missing);
        let full = !only_missing
            && if descends {
                let mut groups = column.descending(from);
                groups.any(|(value, group)| take(Some(value), group.among(self.documents)))
            } else {
                let mut groups = column.ascending(from);
                groups.any(|(value, group)| take(Some(value), group.among(self.documents)))
            };
        if !full {
            take(None, self.documents - column.known());
        }
        Ok(first.in_order())
    }

    fn select<K: Ord>(&self, place: impl Fn(u32) -> K, after: Option<&K>) -> Vec<u32> {
        select(self.documents, place, after, self.wanted)
    }

    fn catalogue(&self) -> &'a Catalogue {
        self.evaluation.catalogue
    }
}

/// The first `wanted` documents after a place, in order, with a heap no larger than that.
fn select<K: Ord>(
    documents: &RoaringBitmap,
    place: impl Fn(u32) -> K,
    after: Option<&K>,
    wanted: usize,
) -> Vec<u32> {
    let mut first = First::new(wanted);
    for ordinal in documents {
        first.offer(place(ordinal), ordinal, after);
    }
    first.in_order()
}

/// The first few of what is offered, in a heap no larger than that.
struct First<K> {
    kept: BinaryHeap<(K, u32)>,
    wanted: usize,
}

impl<K: Ord> First<K> {
    fn new(wanted: usize) -> Self {
        let kept = BinaryHeap::new();
        Self { kept, wanted }
    }

    /// Takes an ordinal in its place, if that comes after another and before the last one kept.
    fn offer(&mut self, place: K, ordinal: u32, after: Option<&K>) {
        if after.is_some_and(|after| place <= *after) {
            return;
        }
        let item = (place, ordinal);
        if self.kept.len() < self.wanted {
            self.kept.push(item);
        } else if let Some(mut worst) = self.kept.peek_mut()
            && item < *worst
        {
            *worst = item;
        }
    }

    /// The last one kept, once there are as many as are wanted.
    fn worst(&self) -> Option<&(K, u32)> {
        self.kept.peek().filter(|_| self.kept.len() >= self.wanted)
    }

    fn in_order(self) -> Vec<u32> {
        let sorted = self.kept.into_sorted_vec();
        sorted.into_iter().map(|(_, ordinal)| ordinal).collect()
    }
}

/// In kilometres: far above what rounding makes of two distances, and of no use to anybody.
const MILLIMETRE: f64 = 1e-6;
