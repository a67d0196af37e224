//! The ids of documents by ordinal, and the ordinals by id.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use uuid::Uuid;

use super::ordinals::{set, slot};

/// Each id once, in the column; the table knows ordinals alone.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    column: Vec<Uuid>,
    known: HashTable<u32>,
    hasher: RandomState,
}

impl Ids {
    /// Makes room for so many.
    pub(crate) fn reserve(&mut self, many: usize) {
        let (column, hasher) = (&self.column, &self.hasher);
        let hash = |ordinal: &u32| hasher.hash_one(of(column, *ordinal));
        self.known.reserve(many, hash);
        self.column.reserve(many);
    }

    /// How many are known.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// The id of an ordinal.
    pub(crate) fn get(&self, ordinal: u32) -> Uuid {
        of(&self.column, ordinal)
    }

    /// The ordinal of an id.
    pub(crate) fn ordinal(&self, id: Uuid) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let known = self.known.find(hash, |ordinal| self.get(*ordinal) == id);
        known.copied()
    }

    /// Gives an ordinal an id that none has.
    pub(crate) fn insert(&mut self, ordinal: u32, id: Uuid) {
        set(&mut self.column, ordinal, id, &Uuid::nil());
        let (column, hasher) = (&self.column, &self.hasher);
        let hash = |ordinal: &u32| hasher.hash_one(of(column, *ordinal));
        self.known.insert_unique(hasher.hash_one(id), ordinal, hash);
    }

    /// Forgets an ordinal, whose id stays in the column until another has it.
    pub(crate) fn remove(&mut self, ordinal: u32) {
        let hash = self.hasher.hash_one(self.get(ordinal));
        if let Ok(known) = self.known.find_entry(hash, |known| *known == ordinal) {
            known.remove();
        }
    }
}

fn of(column: &[Uuid], ordinal: u32) -> Uuid {
    column.get(slot(ordinal)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_until_it_is_removed() {
        let mut ids = Ids::default();
        let id = |number: u32| Uuid::from_u128(u128::from(number) << 64);
        ids.reserve(10);
        for ordinal in 0..1_000 {
            ids.insert(ordinal, id(ordinal));
        }
        ids.remove(7);
        ids.remove(7);
        assert_eq!((ids.len(), ids.ordinal(id(7))), (999, None));
        ids.insert(7, id(5_000));
        assert_eq!(ids.ordinal(id(5_000)), Some(7));
        assert_eq!(ids.get(999), id(999));
        assert!((0..1_000).all(|it| it == 7 || ids.ordinal(id(it)) == Some(it)));
    }
}
