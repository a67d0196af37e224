//! What a limiter remembers of each caller: one number, which looking at does not change.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use governor::{
    nanos::Nanos,
    state::{StateStore, keyed::ShrinkableKeyedStateStore},
};

/// A request of a caller, or a look at its standing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Visit<K> {
    pub(super) caller: K,
    pub(super) peek: bool,
}

type Shelf<K> = HashMap<K, Nanos>;

/// The state of every caller, on shelves of their own locks.
#[derive(Debug)]
pub(super) struct Ledger<K> {
    hasher: RandomState,
    first: Mutex<Shelf<K>>,
    others: Vec<Mutex<Shelf<K>>>,
}

const OTHER_SHELVES: usize = 63;

impl<K> Default for Ledger<K> {
    fn default() -> Self {
        let shelf = || Mutex::new(Shelf::new());
        Self {
            hasher: RandomState::new(),
            first: shelf(),
            others: (0..OTHER_SHELVES).map(|_| shelf()).collect(),
        }
    }
}

impl<K: Hash> Ledger<K> {
    fn shelf(&self, caller: &K) -> MutexGuard<'_, Shelf<K>> {
        let slots = OTHER_SHELVES + 1;
        let hash = self.hasher.hash_one(caller) >> 32;
        let slot = usize::try_from(hash).unwrap_or_default() % slots;
        lock(self.others.get(slot).unwrap_or(&self.first))
    }

    fn shelves(&self) -> impl Iterator<Item = MutexGuard<'_, Shelf<K>>> {
        std::iter::once(&self.first).chain(&self.others).map(lock)
    }
}

/// A panic elsewhere leaves a shelf whole: each change is a single insertion.
fn lock<K>(shelf: &Mutex<Shelf<K>>) -> MutexGuard<'_, Shelf<K>> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K: Clone + Eq + Hash> StateStore for Ledger<K> {
    type Key = Visit<K>;

    fn measure_and_replace<T, F, E>(&self, visit: &Visit<K>, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let Visit { caller, peek } = visit;
        let mut states = self.shelf(caller);
        let (outcome, next) = decide(states.get(caller).copied())?;
        if !peek {
            states.insert(caller.clone(), next);
        }
        Ok(outcome)
    }
}

impl<K: Clone + Eq + Hash> ShrinkableKeyedStateStore<Visit<K>> for Ledger<K> {
    fn retain_recent(&self, drop_below: Nanos) {
        for mut shelf in self.shelves() {
            shelf.retain(|_, until| *until > drop_below);
            shelf.shrink_to_fit();
        }
    }

    fn len(&self) -> usize {
        self.shelves().map(|shelf| shelf.len()).sum()
    }

    fn is_empty(&self) -> bool {
        self.shelves().all(|shelf| shelf.is_empty())
    }
}
