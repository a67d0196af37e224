//! What every write to a client has in common: one transaction in which it is found, and what it
//! is told as once written.

use std::{mem, sync::Arc};

use actix_web::{HttpRequest, web::block};
use chrono::{DateTime, Utc};
use data::Reference;
use domain::{
    changes::Actor,
    clients::{Client, ClientFacts, ClientSecret, Secret, SecretHash},
    kernel::{Clock, Id, IdSource, Record, Refusal, RefusalCode},
};
use persistence::{
    Conn,
    clients::{self, ClientRefusal, secrets::SecretRefusal},
};
use serde::Serialize;

use super::{
    check_places,
    payload::{ClientOutput, Whole},
};
use crate::{
    kernel::{
        caller::{Caller, ClientsAdmin},
        embedded::reference,
        idempotency::Once,
        precondition::IfMatch,
        problem::{ApiError, Kind},
        representation::{Answered, Representation},
    },
    platform::Platform,
};

/// A write about to be done: who does it, and what they last saw.
pub(super) struct Write {
    pub(super) if_match: IfMatch,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) ids: Arc<dyn IdSource>,
    reference: &'static Reference,
    actor: Actor,
    base: String,
    once: Once,
}

impl Write {
    /// Prepares a write for this caller.
    pub(super) fn new(
        caller: &Caller<ClientsAdmin>,
        req: &HttpRequest,
        platform: &Platform,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            if_match: IfMatch::read(req),
            clock: platform.clock.clone(),
            ids: platform.ids.clone(),
            reference: reference()?,
            actor: caller.actor(),
            base: platform.public_url().to_owned(),
            once: Once::never(),
        })
    }

    /// The same, once for a request that names a key.
    pub(super) fn once(self, once: Once) -> Self {
        Self { once, ..self }
    }

    /// Writes to the client that `address` names: `not-found` when there is none. `write` checks
    /// `If-Match` itself, since some writes go without it.
    pub(super) async fn change<W>(
        mut self,
        platform: &Platform,
        address: &str,
        write: W,
    ) -> Result<Answered, ApiError>
    where
        W: FnOnce(&Self, &mut Conn, &Client, &Actor) -> Result<Representation, ApiError>
            + Send
            + 'static,
    {
        let id = client_id(address)?;
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let may = move |conn: &mut Conn| {
            let kept = clients::find(conn, id)?.ok_or_else(ApiError::not_found)?;
            Ok((self, kept))
        };
        platform
            .write_once(actor, once, may, |conn, (own, kept), actor| {
                write(&own, conn, &kept, actor)
            })
            .await
    }

    /// Writes a client that is new.
    pub(super) async fn create<W>(
        mut self,
        platform: &Platform,
        write: W,
    ) -> Result<Answered, ApiError>
    where
        W: FnOnce(&Self, &mut Conn, &Actor) -> Result<Representation, ApiError> + Send + 'static,
    {
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let may = move |_: &mut Conn| Ok(self);
        platform
            .write_once(actor, once, may, |conn, own, actor| {
                write(&own, conn, actor)
            })
            .await
    }

    /// A client of these facts: `role-scope-mismatch` when its role does not allow them.
    pub(super) fn client(
        &self,
        id: Id<Client>,
        record: Record,
        facts: ClientFacts,
    ) -> Result<Client, ApiError> {
        let places = check_places(&facts, self.reference);
        match (Client::new(id, record, facts), places) {
            (Ok(client), Ok(())) => Ok(client),
            (Ok(_), Err(places)) => Err(ApiError::validation(places)),
            (Err(mut refusals), places) => {
                let of_the_role = |it: &Refusal| it.code == RefusalCode::Inconsistent;
                let kind = if refusals.iter().any(of_the_role) {
                    Kind::RoleScopeMismatch
                } else {
                    Kind::Validation
                };
                refusals.extend(places.err().unwrap_or_default());
                Err(ApiError::refused(kind, refusals))
            }
        }
    }

    /// A client as it is told, with what opens its doors.
    pub(super) fn sheet(
        &self,
        conn: &mut Conn,
        id: Id<Client>,
    ) -> Result<(i64, ClientOutput), ApiError> {
        let whole = whole(conn, id)?;
        let whole =
            whole.ok_or_else(|| ApiError::internal(&"a client that was written is gone"))?;
        let version = whole.client.record.version;
        Ok((version, ClientOutput::new(&whole, self.reference)))
    }

    /// The client once changed.
    pub(super) fn changed(
        &self,
        conn: &mut Conn,
        id: Id<Client>,
    ) -> Result<Representation, ApiError> {
        let (version, sheet) = self.sheet(conn, id)?;
        Ok(Representation::changed(version, rendered(&sheet)?))
    }

    /// Where a client is read.
    pub(super) fn address(&self, id: Id<Client>) -> String {
        format!("{}/v1/clients/{id}", self.base)
    }
}

/// What is shown, as JSON.
pub(super) fn rendered(shown: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(shown).map_err(|error| ApiError::internal(&error))
}

/// The client of an address; what is no id names nobody.
pub(super) fn client_id<T>(address: &str) -> Result<Id<T>, ApiError> {
    address.parse().map_err(|_malformed| ApiError::not_found())
}

/// A client with what opens its doors, if there is one.
pub(super) fn whole(conn: &mut Conn, id: Id<Client>) -> Result<Option<Whole>, ApiError> {
    let Some(client) = clients::find(conn, id)? else {
        return Ok(None);
    };
    Ok(Some(Whole {
        secrets: clients::secrets::of(conn, id)?,
        keys: clients::jwks::of(conn, id)?,
        client,
    }))
}

/// A new secret and its hash, made before the transaction: it takes tens of milliseconds and
/// 19 MiB, two at most at once.
pub(super) async fn draw(platform: &Platform) -> Result<(Secret, SecretHash), ApiError> {
    let closed = |error: tokio::sync::AcquireError| ApiError::internal(&error);
    let _turn = platform.checks.acquire().await.map_err(closed)?;
    let source = platform.secrets.clone();
    let drawn = block(move || {
        let secret = Secret::draw(source.as_ref())?;
        let hash = secret.hash(source.as_ref())?;
        Ok::<_, domain::clients::ChanceError>((secret, hash))
    });
    let stopped = |error: actix_web::error::BlockingError| ApiError::internal(&error);
    let drawn = drawn.await.map_err(stopped)?;
    drawn.map_err(|error| ApiError::internal(&error))
}

/// A secret to be kept, which ends after now: `pointer` says where the caller said otherwise.
pub(super) fn secret(
    write: &Write,
    hash: SecretHash,
    expires_at: Option<DateTime<Utc>>,
    pointer: &str,
) -> Result<ClientSecret, ApiError> {
    let now = write.clock.now();
    if expires_at.is_some_and(|end| end <= now) {
        let refusal = Refusal::new(pointer, RefusalCode::Range, "a secret ends after now");
        return Err(ApiError::validation(vec![refusal]));
    }
    Ok(ClientSecret {
        id: Id::new(write.ids.next()),
        hash,
        created_at: now,
        expires_at,
        last_used_at: None,
    })
}

impl From<ClientRefusal> for ApiError {
    fn from(refusal: ClientRefusal) -> Self {
        let unknown = |pointer: &str| {
            let detail = refusal.to_string();
            Self::validation(vec![Refusal::new(pointer, RefusalCode::NotFound, detail)])
        };
        match refusal {
            ClientRefusal::Unknown(_) => Self::not_found(),
            ClientRefusal::EstablishmentUnknown(_) => unknown("/perimeter/establishment"),
            ClientRefusal::PartnerUnknown(_) => unknown("/perimeter/partner"),
            ClientRefusal::LastAdministrator => Self::new(Kind::LastAdministrator),
        }
    }
}

impl From<SecretRefusal> for ApiError {
    fn from(refusal: SecretRefusal) -> Self {
        match refusal {
            SecretRefusal::Unknown(_) => Self::not_found(),
            SecretRefusal::Limit => Self::new(Kind::SecretLimit),
        }
    }
}
