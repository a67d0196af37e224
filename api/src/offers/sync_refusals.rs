//! Why something is not done to a synchronisation of offers.

use domain::{
    kernel::{Code, Id},
    offers::SyncStatus,
    partners::Partner,
};
use persistence::{
    RepoError,
    offers::syncs::{Sync, SyncRefusal},
};
use serde_json::json;

use crate::kernel::problem::{ApiError, Kind};

/// Why something is not done to a synchronisation.
pub(super) fn over(error: RepoError<SyncRefusal>, sync: &Sync, base: &str) -> ApiError {
    match error {
        RepoError::Refused(SyncRefusal::Closed) => {
            let closed = ApiError::new(Kind::SyncClosed);
            match sync.status {
                SyncStatus::Open => closed,
                status => closed.with("state", status.code()),
            }
        }
        error => not_done(error, sync.partner, base),
    }
}

/// Why a synchronisation is not opened, or not found.
pub(super) fn not_done(
    error: RepoError<SyncRefusal>,
    partner: Id<Partner>,
    base: &str,
) -> ApiError {
    match error {
        RepoError::Refused(SyncRefusal::Open(other)) => {
            let url = address(base, partner, other);
            let sync = json!({"id": other.to_string(), "url": url});
            ApiError::new(Kind::SyncOpen).with("sync", sync)
        }
        error => error.into(),
    }
}

/// Where a synchronisation is read.
pub(super) fn address(base: &str, partner: Id<Partner>, id: Id<Sync>) -> String {
    format!("{base}/v1/partners/{partner}/offers/syncs/{id}")
}

impl From<SyncRefusal> for ApiError {
    fn from(refusal: SyncRefusal) -> Self {
        match refusal {
            SyncRefusal::Open(_) => Self::new(Kind::SyncOpen),
            SyncRefusal::Closed => Self::new(Kind::SyncClosed),
            SyncRefusal::Guard(guard) => Self::new(Kind::SyncGuard)
                .with("would_withdraw", guard.would_withdraw)
                .with("percent", guard.percent),
        }
    }
}
