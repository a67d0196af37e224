//! What every handler shares: settings, time, chance, limits, measures, and how the node is.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, AtomicU8, Ordering},
};

use domain::kernel::{Clock, IdSource};

use crate::{
    catalogue::Catalogue,
    config::Config,
    kernel::{
        cache::installation_mark,
        clock::{SystemClock, SystemIds},
        limits::AddressLimiter,
        metrics::Metrics,
        problem::{ApiError, Kind},
    },
};

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
    /// What is counted.
    pub metrics: Metrics,
    /// The limit per address.
    pub limiter: AddressLimiter,
    base: String,
    readiness: AtomicU8,
    demo: AtomicBool,
    catalogue: OnceLock<Catalogue>,
    mark: OnceLock<String>,
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
        let limiter = AddressLimiter::new(
            config.rate_address_per_minute.value(),
            config.trusted_proxies.clone(),
        );
        Ok(Self {
            base: config.base(),
            config,
            clock,
            ids,
            metrics: Metrics::new()?,
            limiter,
            readiness: AtomicU8::new(0),
            demo: AtomicBool::new(false),
            catalogue: OnceLock::new(),
            mark: OnceLock::new(),
        })
    }

    /// The address that callers use, without a final slash: every link begins with it.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.base
    }

    /// The public catalogue; `not-ready` before it is built.
    pub fn catalogue(&self) -> Result<&Catalogue, ApiError> {
        let building = || ApiError::new(Kind::NotReady).retry_after(1);
        self.catalogue.get().ok_or_else(building)
    }

    /// Opens the public catalogue, once: from then on the node is ready.
    pub fn open(&self, catalogue: Catalogue) {
        self.set_demo(catalogue.establishments().has_demo());
        let mark = installation_mark(self.public_url(), catalogue.installation());
        self.mark.get_or_init(|| mark);
        if self.catalogue.set(catalogue).is_ok() {
            self.set_readiness(Readiness::Ready);
        }
    }

    /// What tells this installation's answers from another's; empty before the index is built.
    #[must_use]
    pub fn mark(&self) -> &str {
        self.mark.get().map_or("", String::as_str)
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
