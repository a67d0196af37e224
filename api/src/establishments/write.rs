//! What every write to an establishment has in common: one transaction in which the object is
//! found, the caller held to its perimeter and to the version it saw, and the whole checked.

use std::{mem, sync::Arc};

use actix_web::HttpRequest;
use data::Reference;
use domain::{
    changes::Actor,
    clients::Perimeter,
    establishments::{Establishment, Slug},
    kernel::{Clock, Id, IdSource, Refusal, RefusalCode},
};
use persistence::{Conn, DbError, establishments, establishments::SaveRefusal};

use super::{
    get::EstablishmentRead,
    payload::{EstablishmentSheet, Making},
};
use crate::{
    kernel::{
        caller::{Caller, ScopeMarker},
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
    pub(super) reference: &'static Reference,
    perimeter: Perimeter,
    actor: Actor,
    base: String,
    once: Once,
}

impl Write {
    /// Prepares a write for this caller.
    pub(super) fn new<S: ScopeMarker>(
        caller: &Caller<S>,
        req: &HttpRequest,
        platform: &Platform,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            if_match: IfMatch::read(req),
            clock: platform.clock.clone(),
            ids: platform.ids.clone(),
            reference: platform.catalogue()?.reference(),
            perimeter: caller.client().perimeter.clone(),
            actor: caller.actor(),
            base: platform.public_url().to_owned(),
            once: Once::never(),
        })
    }

    /// Time and chance, for what is new.
    pub(super) fn making(&self) -> Making<'_> {
        Making {
            clock: self.clock.as_ref(),
            ids: self.ids.as_ref(),
        }
    }

    /// The same, once for a request that names a key.
    pub(super) fn once(self, once: Once) -> Self {
        Self { once, ..self }
    }

    /// Changes the establishment that `address` names, by id or by slug: `not-found` when there
    /// is none, `out-of-perimeter` when it is not the caller's before and after. `change` checks
    /// `If-Match` itself, since a part has a version of its own; `show` makes the answer.
    pub(super) async fn change<C, S>(
        mut self,
        platform: &Platform,
        address: String,
        change: C,
        show: S,
    ) -> Result<Answered, ApiError>
    where
        C: FnOnce(&Self, &Establishment) -> Result<Establishment, ApiError> + Send + 'static,
        S: FnOnce(&Self, &Establishment) -> Result<Representation, ApiError> + Send + 'static,
    {
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let may = move |conn: &mut Conn| {
            let kept = find(conn, &address)?.ok_or_else(ApiError::not_found)?;
            self.reach(&kept)?;
            Ok((self, kept))
        };
        platform
            .write_once(actor, once, may, move |conn, (write, kept), actor| {
                let after = change(&write, &kept)?;
                write.reach(&after)?;
                show(&write, &write.save(conn, &after, actor)?)
            })
            .await
    }

    /// Keeps an establishment that is new.
    pub(super) async fn create<M>(
        mut self,
        platform: &Platform,
        make: M,
    ) -> Result<Answered, ApiError>
    where
        M: FnOnce(&Self) -> Result<Establishment, ApiError> + Send + 'static,
    {
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let may = move |_: &mut Conn| {
            let new = make(&self)?;
            self.reach(&new)?;
            Ok((self, new))
        };
        platform
            .write_once(actor, once, may, |conn, (write, new), actor| {
                let kept = write.save(conn, &new, actor)?;
                let address = write.address(&kept);
                let body = write.sheet(&kept)?;
                Ok(Representation::created(kept.record.version, address, body))
            })
            .await
    }

    /// The address of an establishment.
    pub(super) fn address(&self, establishment: &Establishment) -> String {
        format!("{}/v1/establishments/{}", self.base, establishment.id)
    }

    /// The sheet once changed, at its version.
    pub(super) fn changed(&self, written: &Establishment) -> Result<Representation, ApiError> {
        let body = self.sheet(written)?;
        Ok(Representation::changed(written.record.version, body))
    }

    fn sheet(&self, written: &Establishment) -> Result<String, ApiError> {
        let sheet = EstablishmentSheet::new(written, self.reference);
        let sheet = serde_json::to_string(&sheet).map_err(|error| ApiError::internal(&error))?;
        EstablishmentRead::body(&sheet)
    }

    fn reach(&self, establishment: &Establishment) -> Result<(), ApiError> {
        if covers(&self.perimeter, establishment) {
            Ok(())
        } else {
            Err(ApiError::new(Kind::OutOfPerimeter))
        }
    }

    /// Saves, and reads back with the versions that the database gave.
    fn save(
        &self,
        conn: &mut Conn,
        changed: &Establishment,
        actor: &Actor,
    ) -> Result<Establishment, ApiError> {
        establishments::save(conn, changed, self.clock.now(), actor)?;
        let kept = establishments::find(conn, changed.id)?;
        kept.ok_or_else(|| ApiError::internal(&"an establishment that was saved is not kept"))
    }
}

impl From<SaveRefusal> for ApiError {
    fn from(refusal: SaveRefusal) -> Self {
        match refusal {
            SaveRefusal::SlugTaken(slug) => Self::validation(vec![Refusal::new(
                "/slug",
                RefusalCode::Duplicate,
                format!("another establishment has the slug {slug}"),
            )]),
            SaveRefusal::PartElsewhere { .. } => Self::internal(&refusal),
        }
    }
}

/// Whether a client of this perimeter writes this establishment.
fn covers(perimeter: &Perimeter, establishment: &Establishment) -> bool {
    match perimeter {
        Perimeter::All => true,
        Perimeter::Establishment(id) => *id == establishment.id,
        Perimeter::Direction(direction) => *direction == establishment.direction,
        Perimeter::None | Perimeter::Partner(_) | Perimeter::Departements(_) => false,
    }
}

fn find(conn: &mut Conn, address: &str) -> Result<Option<Establishment>, DbError> {
    if let Ok(id) = address.parse::<Id<Establishment>>() {
        return establishments::find(conn, id);
    }
    match address.parse::<Slug>() {
        Ok(slug) => establishments::find_by_slug(conn, &slug),
        Err(_) => Ok(None),
    }
}
