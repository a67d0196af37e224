//! What every handler shares: settings, time, chance, limits, measures, and how the node is.

use std::{
    num::NonZeroU32,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use chrono::TimeDelta;
use domain::{
    audit::{AuditAction, NewEntry, Resource},
    changes::Actor,
    clients::{Client, SecretSource},
    holds::CaseKey,
    kernel::{Clock, Id, IdSource},
};
use persistence::{Conn, Db, audit};
use tokio::sync::{Mutex, Semaphore};
use uuid::Uuid;

use crate::{
    catalogue::{self, Catalogue},
    clients::Tally,
    config::{Config, Switch},
    kernel::{
        cache::installation_mark,
        caller::Directory,
        clock::{SystemClock, SystemIds, SystemSecrets},
        encoding::key_bytes,
        idempotency::{Kept, Once, Running},
        limits::{ADDRESS_POLICY, AddressLimiter, CLIENT_POLICY, Limiter, TOKEN_POLICY},
        metrics::Metrics,
        problem::{ApiError, Kind},
        representation::{Answered, Representation},
    },
    oauth::Failures,
};

/// How many passwords are checked at once: each takes 19 MiB and a processor.
const CHECKS_AT_ONCE: usize = 2;

/// Whether the node can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// The index is not built yet: nothing can be read.
    Starting,
    /// The index answers, the database is away.
    Degraded,
    /// All is well.
    Ready,
}

/// The node.
pub struct Platform {
    /// The settings.
    pub config: Config,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: Arc<dyn IdSource>,
    /// Where secrets come from.
    pub secrets: Arc<dyn SecretSource>,
    /// What is counted.
    pub metrics: Metrics,
    /// The limit per address.
    pub limiter: AddressLimiter,
    /// The limit per client.
    pub client_limiter: Limiter<Id<Client>>,
    /// The limit per address of the token endpoint.
    pub token_limiter: AddressLimiter,
    /// What each client asks, until it is written down.
    pub tally: Tally,
    /// The limit of failures per client at the token endpoint.
    pub failures: Failures,
    /// Who waits to have a secret checked.
    pub checks: Semaphore,
    /// The clients and the keys, as this node knows them.
    pub directory: Directory,
    db: Option<Db>,
    running: Running,
    /// Held while the change log is applied, so that an older look never undoes a newer one.
    pub(crate) following: Mutex<()>,
    demonstrating: bool,
    base: String,
    readiness: AtomicU8,
    demo: AtomicBool,
    catalogue: OnceLock<Arc<Catalogue>>,
    mark: OnceLock<String>,
    case_key: OnceLock<CaseKey>,
}

impl Platform {
    /// A node with the machine's time and chance.
    pub fn new(config: Config) -> Result<Self, prometheus::Error> {
        Self::with(config, Arc::new(SystemClock), Arc::new(SystemIds))
    }

    /// A node with a time and a chance of one's own.
    pub fn with(
        config: Config,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, prometheus::Error> {
        let of_address = |policy, per_minute: Switch<NonZeroU32>| {
            AddressLimiter::new(policy, per_minute.value(), config.trusted_proxies.clone())
        };
        let limiter = of_address(ADDRESS_POLICY, config.rate_address_per_minute);
        let token_limiter = of_address(TOKEN_POLICY, config.rate_token_per_minute);
        let client_limiter = Limiter::new(CLIENT_POLICY, config.rate_client_per_minute.value());
        Ok(Self {
            base: config.base(),
            config,
            clock,
            ids,
            secrets: Arc::new(SystemSecrets),
            metrics: Metrics::new()?,
            limiter,
            client_limiter,
            token_limiter,
            tally: Tally::default(),
            failures: Failures::default(),
            checks: Semaphore::new(CHECKS_AT_ONCE),
            directory: Directory::default(),
            db: None,
            running: Running::default(),
            following: Mutex::default(),
            demonstrating: false,
            readiness: AtomicU8::new(0),
            demo: AtomicBool::new(false),
            catalogue: OnceLock::new(),
            mark: OnceLock::new(),
            case_key: OnceLock::new(),
        })
    }

    /// The node of this database.
    #[must_use]
    pub fn with_db(mut self, db: Db) -> Self {
        self.db = Some(db);
        self
    }

    /// The node that admits the clients made for demonstration.
    #[must_use]
    pub fn demonstrating(mut self, demonstrating: bool) -> Self {
        self.demonstrating = demonstrating;
        self
    }

    /// Whether a client may act here: one that was made for demonstration acts in one only.
    #[must_use]
    pub fn admits(&self, demo: bool) -> bool {
        !demo || self.demonstrating
    }

    /// The database; `database-unavailable` on a node that has none.
    pub fn db(&self) -> Result<&Db, ApiError> {
        let away = || ApiError::new(Kind::DatabaseUnavailable).retry_after(1);
        self.db.as_ref().ok_or_else(away)
    }

    /// Reads from the database, in one state of it.
    pub async fn read<T, F>(&self, reading: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut Conn) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        self.db()?.read(reading).await
    }

    /// Writes all that `writing` does, or nothing when it refuses, then brings this node's
    /// catalogue to it, so that the very next search has seen it.
    ///
    /// The refusals of the repositories and the database being away become their problems.
    pub async fn write<T, F>(&self, actor: Actor, writing: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut Conn, &Actor) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        let written = self.db()?.write(move |conn| writing(conn, &actor)).await?;
        // What is written is written: the follower will apply it if this cannot.
        if let Err(error) = self.catch_up().await {
            log::warn!(target: "atigip", cause:% = error; "A write is not in the catalogue yet.");
        }
        Ok(written)
    }

    /// [`Self::write`], once for a request that names a key: sent again, it is given the answer of
    /// the first.
    ///
    /// `may` says whether the caller may write what it names, and gives what `write` begins with;
    /// it is asked again before an answer is given again. `If-Match`, the body and the rules are
    /// for `write`, which is not.
    pub async fn write_once<K, M, W>(
        &self,
        actor: Actor,
        once: Once,
        may: M,
        write: W,
    ) -> Result<Answered, ApiError>
    where
        K: 'static,
        M: FnOnce(&mut Conn) -> Result<K, ApiError> + Send + 'static,
        W: FnOnce(&mut Conn, K, &Actor) -> Result<Representation, ApiError> + Send + 'static,
    {
        let turn = self.running.begin(once)?;
        let now = self.clock.now();
        let kept = Kept {
            now,
            until: now + TimeDelta::hours(i64::from(self.config.idempotency_hours)),
        };
        let writing = move |conn: &mut Conn, actor: &Actor| {
            let found = may(conn)?;
            let answered = turn
                .once()
                .take(conn, kept, |conn| write(conn, found, actor))?;
            // The turn ends after the transaction does.
            Ok((answered, turn))
        };
        let (answered, _turn) = self.write(actor, writing).await?;
        Ok(answered)
    }

    /// Writes down that these objects are read, exported or given (`[None]`: the resource as a
    /// whole), before they are: what leaves no trace in the journal is not answered, and the
    /// database being away is `database-unavailable`.
    ///
    /// A write is in the journal by its change.
    pub async fn journal(
        &self,
        actor: Actor,
        action: AuditAction,
        resource: Resource,
        objects: impl IntoIterator<Item = Option<Uuid>>,
    ) -> Result<(), ApiError> {
        let at = self.clock.now();
        let entry = |resource_id| NewEntry {
            action,
            resource: resource.clone(),
            resource_id,
            part: None,
            at,
            actor: actor.clone(),
        };
        let entries: Vec<NewEntry> = objects.into_iter().map(entry).collect();
        let append = move |conn: &mut Conn| audit::append_all(conn, &entries);
        Ok(self.db()?.write(append).await?)
    }

    /// Brings the catalogue, the clients and the keys of this node to the end of the change log.
    pub async fn catch_up(&self) -> Result<(), ApiError> {
        let outcome = catalogue::catch_up(self, self.db()?).await;
        outcome.map_err(ApiError::from)
    }

    /// The address that callers use, without a final slash: every link begins with it.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.base
    }

    /// The public catalogue; `not-ready` before it is built.
    pub fn catalogue(&self) -> Result<&Arc<Catalogue>, ApiError> {
        let building = || ApiError::new(Kind::NotReady).retry_after(1);
        self.catalogue.get().ok_or_else(building)
    }

    /// Opens the public catalogue, once: from then on the node is ready.
    pub fn open(&self, catalogue: Catalogue) {
        self.set_demo(catalogue.has_demo());
        let mark = installation_mark(self.public_url(), catalogue.installation());
        self.mark.get_or_init(|| mark);
        if self.catalogue.set(Arc::new(catalogue)).is_ok() {
            self.set_readiness(Readiness::Ready);
        }
    }

    /// What tells this installation's answers from another's; empty before the index is built.
    #[must_use]
    pub fn mark(&self) -> &str {
        self.mark.get().map_or("", String::as_str)
    }

    /// The key under which references of cases are marked: that of the configuration, or else one
    /// that this process draws, by which no other knows a case again.
    pub fn case_key(&self) -> Result<&CaseKey, ApiError> {
        if let Some(key) = self.case_key.get() {
            return Ok(key);
        }
        let given = self.config.case_key.as_deref().and_then(key_bytes);
        let bits = match given {
            Some(bits) => bits,
            None => self
                .secrets
                .bits()
                .map_err(|error| ApiError::internal(&error))?,
        };
        if given.is_none() {
            log::warn!(target: "atigip", "Without ATIGIP_CASE_KEY, references of cases are marked under a key of this process alone.");
        }
        Ok(self.case_key.get_or_init(|| CaseKey::new(bits)))
    }

    /// Whether the node can answer.
    #[must_use]
    pub fn readiness(&self) -> Readiness {
        match self.readiness.load(Ordering::Acquire) {
            0 => Readiness::Starting,
            1 => Readiness::Degraded,
            _ => Readiness::Ready,
        }
    }

    /// Says whether the node can answer.
    pub fn set_readiness(&self, readiness: Readiness) {
        let written = match readiness {
            Readiness::Starting => 0,
            Readiness::Degraded => 1,
            Readiness::Ready => 2,
        };
        self.readiness.store(written, Ordering::Release);
    }

    /// Whether the database holds fictitious parts.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo.load(Ordering::Relaxed)
    }

    /// Says whether the database holds fictitious parts.
    pub fn set_demo(&self, demo: bool) {
        self.demo.store(demo, Ordering::Relaxed);
    }
}
