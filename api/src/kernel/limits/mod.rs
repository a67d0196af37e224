//! Limits in requests: what a caller has left of each, and its refusal.

mod address;
mod ledger;
mod seen;

use std::{hash::Hash, net::IpAddr, num::NonZeroU32};

use actix_web::{
    HttpRequest,
    http::header::{HeaderMap, HeaderName, HeaderValue},
};
use governor::{
    Quota, RateLimiter, clock::Clock, clock::DefaultClock, middleware::StateInformationMiddleware,
};

pub use address::{Network, NetworkError, client_address};
use ledger::{Ledger, Visit};
pub use seen::Seen;

use super::problem::{ApiError, Kind};

/// `RateLimit`
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// `RateLimit-Policy`
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// The name of the policy per address.
pub const ADDRESS_POLICY: &str = "address";
/// The name of the policy per client.
pub const CLIENT_POLICY: &str = "client";
/// The name of the policy of the token endpoint.
pub const TOKEN_POLICY: &str = "token";
/// The window of every policy, in seconds.
pub const WINDOW_S: u32 = 60;

/// Counts the requests of each caller.
#[derive(Debug)]
pub struct Limiter<K: Clone + Eq + Hash> {
    policy: &'static str,
    quota: u32,
    counts: Option<RateLimiter<Visit<K>, Ledger<K>, DefaultClock, StateInformationMiddleware>>,
}

/// Counts the requests of each address (of each /64 in IPv6).
#[derive(Debug)]
pub struct AddressLimiter {
    limiter: Limiter<IpAddr>,
    trusted: Vec<Network>,
}

/// What the limiter says of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    policy: &'static str,
    quota: u32,
    /// Whether the request must be refused.
    pub exhausted: bool,
    /// How many requests are left.
    pub remaining: u32,
    /// In how many seconds the quota is whole again, or, once it is used up, in how many
    /// seconds one more request is possible.
    pub reset_s: u32,
}

impl<K: Clone + Eq + Hash> Limiter<K> {
    /// The limiter of this name, of so many requests a minute; none limits nothing.
    #[must_use]
    pub fn new(policy: &'static str, per_minute: Option<NonZeroU32>) -> Self {
        let build = |quota| {
            RateLimiter::new(
                Quota::per_minute(quota),
                Ledger::default(),
                DefaultClock::default(),
            )
        };
        Self {
            policy,
            quota: per_minute.map_or(0, NonZeroU32::get),
            counts: per_minute.map(build),
        }
    }

    /// Requests a minute and caller, when they are limited.
    #[must_use]
    pub fn quota(&self) -> Option<u32> {
        self.counts.as_ref().map(|_| self.quota)
    }

    /// Counts one request of this caller, or with `peek` only looks.
    #[must_use]
    pub fn visit(&self, caller: K, peek: bool) -> Option<Standing> {
        let counts = self.counts.as_ref()?;
        let standing = match counts.check_key(&Visit { caller, peek }) {
            Ok(state) => {
                let left = state.remaining_burst_capacity() + u32::from(peek);
                self.standing(left.min(self.quota), None)
            }
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                let seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(WINDOW_S);
                self.standing(0, Some(seconds.max(1)))
            }
        };
        Some(standing)
    }

    /// Forgets the callers whose quota is whole again.
    pub fn forget(&self) {
        if let Some(counts) = &self.counts {
            counts.retain_recent();
        }
    }

    fn standing(&self, remaining: u32, wait: Option<u32>) -> Standing {
        let used = self.quota - remaining;
        // The last unit taken comes back first: never longer than a window.
        let unit = (u64::from(if remaining == 0 { 1 } else { used }) * u64::from(WINDOW_S))
            .div_ceil(u64::from(self.quota.max(1)));
        Standing {
            policy: self.policy,
            quota: self.quota,
            exhausted: wait.is_some(),
            remaining,
            reset_s: wait.unwrap_or_else(|| u32::try_from(unit).unwrap_or(WINDOW_S)),
        }
    }
}

impl AddressLimiter {
    /// The limiter of this name, of so many requests a minute (none limits nothing), which
    /// believes the forwarded addresses of these proxies.
    #[must_use]
    pub fn new(
        policy: &'static str,
        per_minute: Option<NonZeroU32>,
        trusted: Vec<Network>,
    ) -> Self {
        Self {
            limiter: Limiter::new(policy, per_minute),
            trusted,
        }
    }

    /// Requests a minute and address, when they are limited.
    #[must_use]
    pub fn quota(&self) -> Option<u32> {
        self.limiter.quota()
    }

    /// Counts one request of this caller, or with `peek` only looks.
    #[must_use]
    pub fn visit(&self, req: &HttpRequest, peek: bool) -> Option<Standing> {
        let address = address::partition(client_address(req, &self.trusted));
        self.limiter.visit(address, peek)
    }

    /// Forgets the addresses whose quota is whole again.
    pub fn forget(&self) {
        self.limiter.forget();
    }
}

impl Standing {
    /// The name of the limit.
    #[must_use]
    pub const fn policy(&self) -> &'static str {
        self.policy
    }

    /// The most requests of a window.
    #[must_use]
    pub const fn quota(&self) -> u32 {
        self.quota
    }

    /// The refusal of a request too many.
    #[must_use]
    pub fn refusal(&self) -> ApiError {
        ApiError::new(Kind::RateLimited)
            .with("violated-policies", vec![self.policy])
            .retry_after(u64::from(self.reset_s))
    }
}

/// Writes `RateLimit-Policy` and `RateLimit`, each a list with an item a limit.
pub fn write(standings: &[Standing], headers: &mut HeaderMap) {
    if standings.is_empty() {
        return;
    }
    let list = |item: fn(&Standing) -> String| {
        let items: Vec<String> = standings.iter().map(item).collect();
        items.join(", ")
    };
    let policies = list(|it| format!("\"{}\";q={};w={WINDOW_S}", it.policy, it.quota));
    let states = list(|it| format!("\"{}\";r={};t={}", it.policy, it.remaining, it.reset_s));
    for (name, value) in [(RATE_LIMIT_POLICY, policies), (RATE_LIMIT, states)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests;
