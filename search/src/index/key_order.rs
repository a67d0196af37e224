//! All documents in the order of their sort keys, for pages of questions that leave most of them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use uuid::Uuid;

use super::ids::Ids;
use super::ranks::Numbers;

/// Ordinals by folded sort key, then id: each key once, whatever has it.
#[derive(Debug, Default)]
pub(crate) struct KeyOrder {
    order: BTreeMap<Arc<str>, Numbers>,
    /// The keys that were noted, each with what is to have it.
    noted: HashMap<Arc<str>, Vec<u32>>,
}

impl KeyOrder {
    /// Notes the key of an ordinal, which has its place from [`Self::fill`] on; gives the key
    /// back, as all that have it share it.
    pub(crate) fn note(&mut self, key: &str, ordinal: u32) -> Arc<str> {
        if let Some((known, _)) = self.noted.get_key_value(key) {
            let known = Arc::clone(known);
            self.noted
                .entry(Arc::clone(&known))
                .or_default()
                .push(ordinal);
            return known;
        }
        let key: Arc<str> = Arc::from(key);
        self.noted.insert(Arc::clone(&key), vec![ordinal]);
        key
    }

    /// Puts all ordinals whose keys were noted in their places, in which nothing is before.
    pub(crate) fn fill(&mut self, ids: &Ids) {
        let noted = std::mem::take(&mut self.noted).into_iter();
        let placed = noted.map(|(key, mut ordinals)| {
            ordinals.sort_unstable_by_key(|ordinal| ids.get(*ordinal));
            // Collected anew, so that no room is kept for more.
            (key, ordinals.iter().copied().collect())
        });
        self.order = placed.collect();
    }

    /// Puts an ordinal in its place; gives its key back, which all that have the same one share.
    pub(crate) fn insert(&mut self, key: &str, ordinal: u32, ids: &Ids) -> Arc<str> {
        let known = self
            .order
            .range_mut::<str, _>((Bound::Included(key), Bound::Unbounded));
        if let Some((known, numbers)) = known.take(1).find(|(known, _)| ***known == *key) {
            numbers.add(ordinal, |it| ids.get(it));
            return Arc::clone(known);
        }
        let key: Arc<str> = Arc::from(key);
        let numbers = Numbers::from_iter([ordinal]);
        self.order.insert(Arc::clone(&key), numbers);
        key
    }

    /// Takes an ordinal away, whose id is known still.
    pub(crate) fn remove(&mut self, key: &str, ordinal: u32, ids: &Ids) {
        if let Some(numbers) = self.order.get_mut(key) {
            numbers.take_away(ordinal, |it| ids.get(it));
            if numbers.as_slice().is_empty() {
                self.order.remove(key);
            }
        }
    }

    /// What comes after a place, in order.
    pub(crate) fn after<'a>(
        &'a self,
        place: Option<(&'a str, Uuid)>,
        ids: &'a Ids,
    ) -> impl Iterator<Item = u32> + 'a {
        let start = place.map_or(Bound::Unbounded, |(key, _)| Bound::Included(key));
        let following = self.order.range::<str, _>((start, Bound::Unbounded));
        following.flat_map(move |(own, numbers)| {
            let numbers = numbers.as_slice();
            let seen = place.filter(|(key, _)| **own == **key);
            let seen = seen.map_or(0, |(_, last)| {
                numbers.partition_point(|it| ids.get(*it) <= last)
            });
            numbers.iter().skip(seen).copied()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(keys: &KeyOrder, ids: &Ids, place: Option<(&str, Uuid)>) -> Vec<u32> {
        keys.after(place, ids).collect()
    }

    #[test]
    fn what_has_the_same_key_is_in_the_order_of_ids() {
        let mut ids = Ids::default();
        let id = |number: u32| Uuid::from_u128(u128::from(1_000 - number));
        for ordinal in 0..6 {
            ids.insert(ordinal, id(ordinal));
        }
        let (mut noted, mut inserted) = (KeyOrder::default(), KeyOrder::default());
        for (key, ordinal) in [("bois", 1), ("atelier", 0), ("bois", 3), ("bois", 2)] {
            noted.note(key, ordinal);
            inserted.insert(key, ordinal, &ids);
        }
        noted.fill(&ids);
        for mut keys in [noted, inserted] {
            assert_eq!(order(&keys, &ids, None), [0, 3, 2, 1]);
            assert_eq!(order(&keys, &ids, Some(("bois", id(3)))), [2, 1]);
            assert_eq!(order(&keys, &ids, Some(("boi", id(3)))), [3, 2, 1]);
            let kept = keys.insert("bois", 4, &ids);
            assert!(Arc::ptr_eq(&kept, &keys.insert("bois", 5, &ids)));
            keys.remove("bois", 2, &ids);
            assert_eq!(order(&keys, &ids, Some(("atelier", id(0)))), [5, 4, 3, 1]);
            keys.remove("atelier", 0, &ids);
            assert_eq!(order(&keys, &ids, None), [5, 4, 3, 1]);
            assert_eq!(keys.order.len(), 1);
        }
    }
}
