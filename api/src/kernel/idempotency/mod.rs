//! `Idempotency-Key`: a request that is sent again has one effect, and is given the same answer.
//!
//! A handler takes [`Once`] with its body (`JsonBody::once`) and writes by `Platform::write_once`.
//! Requests are told apart by their caller, method, path and key; what they carry, by the bytes of
//! the body. The answer is kept in the transaction of the effect, so that no crash parts them.

mod key;
mod running;

use actix_web::HttpRequest;
use chrono::{DateTime, Utc};
use domain::{clients::Client, kernel::Id};
use persistence::{
    Conn,
    idempotency::{self, Asked, KeptAnswer, Recalled},
};

pub use running::Running;

use super::{
    encoding::sha256,
    problem::{ApiError, Kind},
    representation::{Answered, Representation},
};
use key::HEADER;

/// A request that has one effect, however often it is sent, when it names a key.
#[derive(Debug, Default)]
#[must_use = "a request whose key is read and not used has its effect twice"]
pub struct Once(Option<Asked>);

/// When a request is answered, and until when its answer is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) now: DateTime<Utc>,
    pub(crate) until: DateTime<Utc>,
}

impl Once {
    /// A write of a method that repeats without harm by itself.
    pub fn never() -> Self {
        Self(None)
    }

    /// The key of a request, if it names one, with what tells this request from others.
    pub(super) fn read(
        req: &HttpRequest,
        caller: Id<Client>,
        body: &[u8],
    ) -> Result<Self, ApiError> {
        let key = key::read(req.headers())?;
        let caller = caller.to_string();
        Ok(Self(key.map(|key| Asked {
            request: sha256(&[
                caller.as_bytes(),
                req.method().as_str().as_bytes(),
                req.path().as_bytes(),
                key.as_bytes(),
            ]),
            // With the key, which is kept nowhere: what is hashed cannot be guessed from it.
            body_hash: sha256(&[key.as_bytes(), body]),
        })))
    }

    pub(crate) fn request(&self) -> Option<&str> {
        self.0.as_ref().map(|asked| asked.request.as_str())
    }

    /// Answers as the first time, or else writes and keeps the answer.
    ///
    /// A key that was used for another body is refused, unless the write is refused for a reason
    /// that is told first (404, 428 and 412 come before 422): it is tried for
    /// that, and the transaction ends without a trace of it.
    pub(crate) fn take(
        &self,
        conn: &mut Conn,
        kept: Kept,
        write: impl FnOnce(&mut Conn) -> Result<Representation, ApiError>,
    ) -> Result<Answered, ApiError> {
        let Some(asked) = &self.0 else {
            return write(conn).map(Answered::first);
        };
        match idempotency::recall(conn, asked, kept.now)? {
            Recalled::Answer(answer) => Representation::again(answer).map(Answered::again),
            Recalled::Other => Err(reused(write(conn))),
            Recalled::Nothing => {
                let made = write(conn)?;
                idempotency::keep(conn, asked, &KeptAnswer::from(&made), kept.until)?;
                Ok(Answered::first(made))
            }
        }
    }
}

/// The refusal of a key that was used for another body.
fn reused(tried: Result<Representation, ApiError>) -> ApiError {
    match tried {
        Err(sooner) if !matches!(sooner.kind().spec().status, 409 | 422) => sooner,
        _ => ApiError::new(Kind::IdempotencyKeyReused),
    }
}

/// Refuses a key where no answer is kept, rather than ignore it.
pub fn refuse(req: &HttpRequest) -> Result<(), ApiError> {
    if req.headers().contains_key(HEADER) {
        return Err(ApiError::new(Kind::IdempotencyNotSupported));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
