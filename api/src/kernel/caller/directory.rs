//! What a node knows of clients and keys, in memory: a request is authenticated without the
//! database, and a revocation counts from the next look at the change log.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use domain::{clients::Client, kernel::Id};
use uuid::Uuid;

use crate::kernel::keys::KeyRing;

/// The clients, the tokens that were revoked, and the keys that tokens are signed with.
#[derive(Debug, Default)]
pub struct Directory {
    clients: RwLock<Arc<HashMap<Uuid, Arc<Client>>>>,
    revoked: RwLock<Arc<BTreeMap<Uuid, DateTime<Utc>>>>,
    ring: RwLock<Arc<KeyRing>>,
    known: AtomicBool,
    last_revoked: AtomicI64,
}

impl Directory {
    /// A client, whatever its state.
    #[must_use]
    pub fn client(&self, id: Id<Client>) -> Option<Arc<Client>> {
        read(&self.clients).get(&id.uuid()).cloned()
    }

    /// Whether the token of this identifier was revoked.
    #[must_use]
    pub fn is_revoked(&self, jti: Uuid) -> bool {
        read(&self.revoked).contains_key(&jti)
    }

    /// The keys.
    #[must_use]
    pub fn ring(&self) -> Arc<KeyRing> {
        read(&self.ring)
    }

    /// Takes the clients as the database has them.
    pub fn set_clients(&self, clients: Vec<Client>) {
        let by_id = clients
            .into_iter()
            .map(|client| (client.id.uuid(), Arc::new(client)));
        write(&self.clients, by_id.collect());
        self.known.store(true, Ordering::Release);
    }

    /// Whether the clients were read once.
    #[must_use]
    pub fn knows_clients(&self) -> bool {
        self.known.load(Ordering::Acquire)
    }

    /// Takes more tokens that were revoked, with when they end, of which `last` is the number of
    /// the last; those that have ended at `now` are forgotten.
    pub fn add_revoked(
        &self,
        more: impl IntoIterator<Item = (Uuid, DateTime<Utc>)>,
        last: i64,
        now: DateTime<Utc>,
    ) {
        let mut revoked = BTreeMap::clone(&read(&self.revoked));
        revoked.extend(more);
        revoked.retain(|_, end| *end > now);
        write(&self.revoked, revoked);
        self.last_revoked.store(last, Ordering::Release);
    }

    /// The number of the last token revoked that this node knows of.
    #[must_use]
    pub fn last_revoked(&self) -> i64 {
        self.last_revoked.load(Ordering::Acquire)
    }

    /// Takes the keys.
    pub fn set_ring(&self, ring: KeyRing) {
        write(&self.ring, ring);
    }
}

/// A panic elsewhere leaves the whole value or the one before it: each change is one store.
fn read<T>(lock: &RwLock<Arc<T>>) -> Arc<T> {
    lock.read().unwrap_or_else(PoisonError::into_inner).clone()
}

fn write<T>(lock: &RwLock<Arc<T>>, value: T) {
    *lock.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(value);
}
