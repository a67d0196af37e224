//! What every write to a shared object has in common: one transaction in which the object is
//! found, the caller held to its perimeter and to the version it saw, and the whole checked.

use std::{mem, sync::Arc};

use actix_web::HttpRequest;
use data::Reference;
use domain::{
    changes::Actor,
    clients::{Perimeter, Scope},
    kernel::{Clock, IdSource},
};
use persistence::Conn;

use super::{
    caller::{Caller, CallerClient, ScopeMarker},
    clock::Making,
    idempotency::Once,
    precondition::IfMatch,
    problem::{ApiError, Kind},
    representation::{Answered, Representation},
};
use crate::platform::Platform;

/// An object that clients write within their perimeter.
pub(crate) trait Written: Sized + Send + 'static {
    /// Finds what an address names, or says why it is not there.
    fn find(conn: &mut Conn, address: &str) -> Result<Self, ApiError>;
    /// Whether it lies within a perimeter.
    fn is_within(&self, perimeter: &Perimeter, reference: &Reference) -> bool;
    /// Saves it, and reads it back with the versions that the database gave.
    fn save(&self, conn: &mut Conn, write: &Write) -> Result<Self, ApiError>;
    /// Where it is read, from the root of the API.
    fn path(&self) -> String;
    /// Its version.
    fn version(&self) -> i64;
    /// Itself as JSON, as who writes it is answered.
    fn body(&self, write: &Write) -> Result<String, ApiError>;
}

/// An object that clients remove.
pub(crate) trait Removable: Written {
    /// Removes it, or says what depends on it.
    fn remove(&self, conn: &mut Conn, write: &Write) -> Result<(), ApiError>;
}

/// A write about to be done: who does it, and what they last saw.
pub(crate) struct Write {
    pub(crate) if_match: IfMatch,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) reference: &'static Reference,
    pub(crate) actor: Actor,
    pub(crate) base: String,
    client: CallerClient,
    once: Once,
}

impl Write {
    /// Prepares a write for this caller.
    pub(crate) fn new<S: ScopeMarker>(
        caller: &Caller<S>,
        req: &HttpRequest,
        platform: &Platform,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            if_match: IfMatch::read(req),
            clock: platform.clock.clone(),
            ids: platform.ids.clone(),
            reference: platform.catalogue()?.reference(),
            actor: caller.actor(),
            base: platform.public_url().to_owned(),
            client: caller.client().clone(),
            once: Once::never(),
        })
    }

    /// Time and chance, for what is new.
    pub(crate) fn making(&self) -> Making<'_> {
        Making {
            clock: self.clock.as_ref(),
            ids: self.ids.as_ref(),
        }
    }

    /// The same, once for a request that names a key.
    pub(crate) fn once(self, once: Once) -> Self {
        Self { once, ..self }
    }

    /// Whether the caller's token has this scope too.
    pub(crate) fn may(&self, scope: Scope) -> bool {
        self.client.may(scope)
    }

    /// The rows within the caller's reach.
    pub(crate) fn perimeter(&self) -> &Perimeter {
        &self.client.perimeter
    }

    /// Who writes.
    pub(crate) const fn client(&self) -> &CallerClient {
        &self.client
    }

    /// Writes in one transaction: `may` finds what is written and says whether the caller may,
    /// `write` checks `If-Match` and the rules, writes, and makes the whole answer.
    pub(crate) async fn once_in<K, M, W>(
        mut self,
        platform: &Platform,
        may: M,
        write: W,
    ) -> Result<Answered, ApiError>
    where
        K: 'static,
        M: FnOnce(&Self, &mut Conn) -> Result<K, ApiError> + Send + 'static,
        W: FnOnce(&Self, &mut Conn, K) -> Result<Representation, ApiError> + Send + 'static,
    {
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let may = move |conn: &mut Conn| {
            let found = may(&self, conn)?;
            Ok((self, found))
        };
        platform
            .write_once(actor, once, may, move |conn, (own, found), _| {
                write(&own, conn, found)
            })
            .await
    }

    /// Changes the object that `address` names: refused where it is not found, and
    /// `out-of-perimeter` when it is not the caller's before and after. `change` checks `If-Match`
    /// itself, since a part has a version of its own; `show` makes the answer.
    pub(crate) async fn change<T, C, S>(
        self,
        platform: &Platform,
        address: String,
        change: C,
        show: S,
    ) -> Result<Answered, ApiError>
    where
        T: Written,
        C: FnOnce(&Self, &T) -> Result<T, ApiError> + Send + 'static,
        S: FnOnce(&Self, &T) -> Result<Representation, ApiError> + Send + 'static,
    {
        self.on(platform, address, move |conn, write, kept: &T| {
            let after = change(write, kept)?;
            write.reach(&after)?;
            show(write, &after.save(conn, write)?)
        })
        .await
    }

    /// Removes the object that `address` names, at the version that the caller saw.
    pub(crate) async fn remove<T: Removable>(
        self,
        platform: &Platform,
        address: String,
    ) -> Result<Answered, ApiError> {
        self.on(platform, address, |conn, write, kept: &T| {
            write.if_match.require(kept.version())?;
            kept.remove(conn, write)?;
            Ok(Representation::nothing())
        })
        .await
    }

    /// Keeps an object that is new.
    pub(crate) async fn create<T, M>(
        self,
        platform: &Platform,
        make: M,
    ) -> Result<Answered, ApiError>
    where
        T: Written,
        M: FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    {
        let may = move |write: &Self, _: &mut Conn| {
            let new = make(write)?;
            write.reach(&new)?;
            Ok(new)
        };
        self.once_in(platform, may, |write, conn, new| {
            let kept = new.save(conn, write)?;
            let body = kept.body(write)?;
            let address = write.address(&kept);
            Ok(Representation::created(kept.version(), address, body))
        })
        .await
    }

    /// Where an object is read.
    pub(crate) fn address<T: Written>(&self, object: &T) -> String {
        format!("{}{}", self.base, object.path())
    }

    /// The object once changed, at its version.
    pub(crate) fn changed<T: Written>(&self, written: &T) -> Result<Representation, ApiError> {
        let body = written.body(self)?;
        Ok(Representation::changed(written.version(), body))
    }

    async fn on<T, W>(
        self,
        platform: &Platform,
        address: String,
        write: W,
    ) -> Result<Answered, ApiError>
    where
        T: Written,
        W: FnOnce(&mut Conn, &Self, &T) -> Result<Representation, ApiError> + Send + 'static,
    {
        let may = move |own: &Self, conn: &mut Conn| {
            let kept = T::find(conn, &address)?;
            own.reach(&kept)?;
            Ok(kept)
        };
        self.once_in(platform, may, move |own, conn, kept| {
            write(conn, own, &kept)
        })
        .await
    }

    fn reach<T: Written>(&self, object: &T) -> Result<(), ApiError> {
        if object.is_within(self.perimeter(), self.reference) {
            Ok(())
        } else {
            Err(ApiError::new(Kind::OutOfPerimeter))
        }
    }
}
