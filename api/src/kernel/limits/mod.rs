//! The limit per address of public reads.

mod address;
mod ledger;

use std::num::NonZeroU32;

use actix_web::{
    HttpRequest,
    http::header::{HeaderMap, HeaderName, HeaderValue},
};
use governor::{Quota, RateLimiter, clock::DefaultClock, middleware::StateInformationMiddleware};

pub use address::{Network, NetworkError, client_address};
use ledger::{Ledger, Visit};

use super::problem::{ApiError, Kind};

/// `RateLimit`
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// `RateLimit-Policy`
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// The name of the policy per address.
pub const ADDRESS_POLICY: &str = "address";
/// The name of the policy of the token endpoint.
pub const TOKEN_POLICY: &str = "token";
/// The window of every policy, in seconds.
pub const WINDOW_S: u32 = 60;

/// Counts the requests of each address (of each /64 in IPv6).
#[derive(Debug)]
pub struct AddressLimiter {
    policy: &'static str,
    quota: u32,
    limiter: Option<RateLimiter<Visit, Ledger, DefaultClock, StateInformationMiddleware>>,
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

impl AddressLimiter {
    /// A limiter of so many requests a minute (none limits nothing), which believes the
    /// forwarded addresses of these proxies.
    #[must_use]
    pub fn new(per_minute: Option<NonZeroU32>, trusted: Vec<Network>) -> Self {
        let build = |quota| {
            RateLimiter::new(
                Quota::per_minute(quota),
                Ledger::default(),
                DefaultClock::default(),
            )
        };
        Self {
            policy: ADDRESS_POLICY,
            quota: per_minute.map_or(0, NonZeroU32::get),
            limiter: per_minute.map(build),
            trusted,
        }
    }

    /// The same limiter under the name of another policy.
    #[must_use]
    pub fn named(self, policy: &'static str) -> Self {
        Self { policy, ..self }
    }

    /// Requests a minute and address, when they are limited.
    #[must_use]
    pub fn quota(&self) -> Option<u32> {
        self.limiter.as_ref().map(|_| self.quota)
    }

    /// Counts one request of this caller, or with `peek` only looks.
    #[must_use]
    pub fn visit(&self, req: &HttpRequest, peek: bool) -> Option<Standing> {
        let limiter = self.limiter.as_ref()?;
        let address = address::partition(client_address(req, &self.trusted));
        let standing = match limiter.check_key(&Visit { address, peek }) {
            Ok(state) => {
                let left = state.remaining_burst_capacity() + u32::from(peek);
                self.standing(left.min(self.quota), None)
            }
            Err(until) => {
                use governor::clock::Clock;
                let wait = until.wait_time_from(DefaultClock::default().now());
                let seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(WINDOW_S);
                self.standing(0, Some(seconds.max(1)))
            }
        };
        Some(standing)
    }

    /// Forgets the addresses whose quota is whole again.
    pub fn forget(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.retain_recent();
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

impl Standing {
    /// Writes `RateLimit-Policy` and `RateLimit`.
    pub fn write(&self, headers: &mut HeaderMap) {
        let name = self.policy;
        let policy = format!("\"{name}\";q={};w={WINDOW_S}", self.quota);
        let state = format!("\"{name}\";r={};t={}", self.remaining, self.reset_s);
        for (name, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, state)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }

    /// The refusal of a request too many.
    #[must_use]
    pub fn refusal(&self) -> ApiError {
        ApiError::new(Kind::RateLimited)
            .with("violated-policies", vec![self.policy])
            .retry_after(u64::from(self.reset_s))
    }
}

#[cfg(test)]
mod tests;
