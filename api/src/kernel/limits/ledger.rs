//! What the limiter remembers of each address: one number, which looking at does not change.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use governor::{
    nanos::Nanos,
    state::{StateStore, keyed::ShrinkableKeyedStateStore},
};

/// A request of an address, or a look at its standing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Visit {
    pub(super) address: IpAddr,
    pub(super) peek: bool,
}

type Shelf = HashMap<IpAddr, Nanos>;

/// The state of every address, on shelves of their own locks.
#[derive(Debug)]
pub(super) struct Ledger {
    hasher: RandomState,
    first: Mutex<Shelf>,
    others: Vec<Mutex<Shelf>>,
}

const OTHER_SHELVES: usize = 63;

impl Default for Ledger {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            first: Mutex::default(),
            others: (0..OTHER_SHELVES).map(|_| Mutex::default()).collect(),
        }
    }
}

impl Ledger {
    fn shelf(&self, address: IpAddr) -> MutexGuard<'_, Shelf> {
        let slots = OTHER_SHELVES + 1;
        let hash = self.hasher.hash_one(address) >> 32;
        let slot = usize::try_from(hash).unwrap_or_default() % slots;
        lock(self.others.get(slot).unwrap_or(&self.first))
    }

    fn shelves(&self) -> impl Iterator<Item = MutexGuard<'_, Shelf>> {
        std::iter::once(&self.first).chain(&self.others).map(lock)
    }
}

/// A panic elsewhere leaves a shelf whole: each change is a single insertion.
fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

impl StateStore for Ledger {
    type Key = Visit;

    fn measure_and_replace<T, F, E>(&self, visit: &Visit, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let Visit { address, peek } = visit;
        let mut states = self.shelf(*address);
        let (outcome, next) = decide(states.get(address).copied())?;
        if !peek {
            states.insert(*address, next);
        }
        Ok(outcome)
    }
}

impl ShrinkableKeyedStateStore<Visit> for Ledger {
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
