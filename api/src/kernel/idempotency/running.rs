//! The requests with a key that this node has not answered yet.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use super::Once;
use crate::kernel::problem::{ApiError, Kind};

/// How soon to ask again whether the first request has ended, in seconds.
const ASK_AGAIN_S: u64 = 1;

/// What runs on this node.
///
/// On another node the same request waits for the write lock, then finds the answer of the first;
/// here it would hold a thread while it waits, and is refused at once.
#[derive(Debug, Clone, Default)]
pub struct Running(Arc<Mutex<HashSet<String>>>);

/// A request that runs, until this is dropped: when its transaction has ended, whatever became of
/// its connection.
#[derive(Debug)]
pub(crate) struct Turn {
    running: Running,
    once: Once,
}

impl Running {
    /// Takes a request up; `idempotency-in-progress` while one of the same key runs.
    pub(crate) fn begin(&self, once: Once) -> Result<Turn, ApiError> {
        let news = once.request().is_none_or(|request| {
            let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            running.insert(request.to_owned())
        });
        if !news {
            return Err(ApiError::new(Kind::IdempotencyInProgress).retry_after(ASK_AGAIN_S));
        }
        Ok(Turn {
            running: self.clone(),
            once,
        })
    }
}

impl Turn {
    /// The request.
    pub(crate) fn once(&self) -> &Once {
        &self.once
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(request) = self.once.request() {
            let running = &self.running.0;
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            running.remove(request);
        }
    }
}
