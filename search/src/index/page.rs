//! A page: the first of what matches, in an order, after a cursor, without sorting the rest.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::catalogue::Catalogue;
use super::evaluation::Evaluation;
use super::text_match::TextMatch;
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
            (Sort::NumberAsc(id), _) => self.by_number(id, |value| value),
            (Sort::NumberDesc(id), _) => self.by_number(id, |value| -value),
        }
    }

    /// Score by score from the best, as far as the page needs.
    fn by_relevance(&self, text: &TextMatch) -> Result<Vec<u32>, SearchError> {
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
        let place = |ordinal| {
            let distance = self.evaluation.distance_km(ordinal);
            (
                Total(distance.unwrap_or(f64::NAN)),
                self.catalogue().id(ordinal),
            )
        };
        Ok(self.select(place, after.as_ref()))
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

    fn by_number(&self, id: NumberId, turn: fn(f64) -> f64) -> Result<Vec<u32>, SearchError> {
        let rank = |value: Option<f64>| {
            value.map_or((true, Total(0.0)), |value| {
                (false, Total(turn(value + 0.0)))
            })
        };
        let after = match self.after {
            Some(Cursor {
                value: SortValue::Number(number),
                id,
                ..
            }) => Some((rank(*number), *id)),
            Some(_) => return Err(SearchError::WrongCursor),
            None => None,
        };
        let column = self.catalogue().number(id);
        let place = |ordinal| {
            let value = column.and_then(|column| column.get(ordinal));
            (rank(value), self.catalogue().id(ordinal))
        };
        Ok(self.select(place, after.as_ref()))
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
    let mut kept: BinaryHeap<(K, u32)> = BinaryHeap::new();
    for ordinal in documents {
        let item = (place(ordinal), ordinal);
        if after.is_some_and(|after| item.0 <= *after) {
            continue;
        }
        if kept.len() < wanted {
            kept.push(item);
        } else if let Some(mut worst) = kept.peek_mut()
            && item < *worst
        {
            *worst = item;
        }
    }
    let sorted = kept.into_sorted_vec();
    sorted.into_iter().map(|(_, ordinal)| ordinal).collect()
}

/// A float in the total order of IEEE 754.
#[derive(Clone, Copy, Debug)]
struct Total(f64);

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Total {}
