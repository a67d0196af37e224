//! All documents in the order of their sort keys, for pages of questions that leave most of them.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;
use std::sync::Arc;

use uuid::Uuid;

/// Ordinals by folded sort key, then id.
#[derive(Debug, Default)]
pub(crate) struct KeyOrder {
    order: BTreeMap<(Arc<str>, Uuid), u32>,
    /// The keys that were noted.
    noted: HashSet<Arc<str>>,
}

impl KeyOrder {
    /// A key that an ordinal is to have from [`Self::fill`] on, as all that have it share it.
    pub(crate) fn note(&mut self, key: &str) -> Arc<str> {
        if let Some(known) = self.noted.get(key) {
            return Arc::clone(known);
        }
        let key: Arc<str> = Arc::from(key);
        self.noted.insert(Arc::clone(&key));
        key
    }

    /// Puts all ordinals whose keys were noted in their places.
    pub(crate) fn fill(&mut self, ordinals: impl Iterator<Item = ((Arc<str>, Uuid), u32)>) {
        self.order = ordinals.collect();
        self.noted = HashSet::new();
    }

    /// Puts an ordinal in its place; gives its key back, which all that have the same one share.
    pub(crate) fn insert(&mut self, key: &str, id: Uuid, ordinal: u32) -> Arc<str> {
        let key = self.shared(key);
        self.order.insert((Arc::clone(&key), id), ordinal);
        key
    }

    /// Takes an ordinal away.
    pub(crate) fn remove(&mut self, key: Arc<str>, id: Uuid) {
        self.order.remove(&(key, id));
    }

    /// A key as the first that has it keeps it.
    fn shared(&self, key: &str) -> Arc<str> {
        let own: Arc<str> = Arc::from(key);
        let mut following = self.order.range((Arc::clone(&own), Uuid::nil())..);
        match following.next() {
            Some(((known, _), _)) if *known == own => Arc::clone(known),
            _ => own,
        }
    }

    /// What comes after a place, in order.
    pub(crate) fn after(&self, place: Option<(&str, Uuid)>) -> impl Iterator<Item = u32> {
        let start = place.map_or(Bound::Unbounded, |(key, id)| {
            Bound::Excluded((Arc::from(key), id))
        });
        let following = self.order.range((start, Bound::Unbounded));
        following.map(|(_, ordinal)| *ordinal)
    }
}
