//! What every write to an establishment has in common: one transaction in which the object is
//! found, the caller held to its perimeter and to the version it saw, and the whole checked.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
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
        cache::{CATALOGUE_REVISION, Read},
        caller::{Caller, ScopeMarker},
        negotiate::Format,
        precondition::IfMatch,
        problem::{ApiError, Kind},
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
        })
    }

    /// Time and chance, for what is new.
    pub(super) fn making(&self) -> Making<'_> {
        Making {
            clock: self.clock.as_ref(),
            ids: self.ids.as_ref(),
        }
    }

    /// Changes the establishment that `address` names, by id or by slug: `not-found` when there
    /// is none, `out-of-perimeter` when it is not the caller's before and after. `change` checks
    /// `If-Match` itself, since a part has a version of its own.
    pub(super) async fn change<F>(
        self,
        platform: &Platform,
        address: String,
        change: F,
    ) -> Result<Establishment, ApiError>
    where
        F: FnOnce(&Self, &Establishment) -> Result<Establishment, ApiError> + Send + 'static,
    {
        let actor = self.actor.clone();
        platform
            .write(actor, move |conn, actor| {
                let kept = find(conn, &address)?.ok_or_else(ApiError::not_found)?;
                self.reach(&kept)?;
                let after = change(&self, &kept)?;
                self.reach(&after)?;
                self.save(conn, &after, actor)
            })
            .await
    }

    /// Keeps an establishment that is new.
    pub(super) async fn create<F>(
        self,
        platform: &Platform,
        make: F,
    ) -> Result<Establishment, ApiError>
    where
        F: FnOnce(&Self) -> Result<Establishment, ApiError> + Send + 'static,
    {
        let actor = self.actor.clone();
        platform
            .write(actor, move |conn, actor| {
                let new = make(&self)?;
                self.reach(&new)?;
                self.save(conn, &new, actor)
            })
            .await
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

/// The sheet once written, at its version.
pub(super) fn answer(
    req: &HttpRequest,
    status: StatusCode,
    written: &Establishment,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let reference = platform.catalogue()?.reference();
    let sheet = EstablishmentSheet::new(written, reference);
    let sheet = serde_json::to_string(&sheet).map_err(|error| ApiError::internal(&error))?;
    let address = format!("{}/v1/establishments/{}", platform.public_url(), written.id);
    let answer = Representation {
        status,
        version: written.record.version,
        address,
        body: EstablishmentRead::body(&sheet)?,
    };
    answer.respond(req, platform)
}

/// An object as it is answered to who wrote it.
pub(super) struct Representation {
    pub(super) status: StatusCode,
    pub(super) version: i64,
    pub(super) address: String,
    pub(super) body: String,
}

impl Representation {
    /// The answer: nothing of it is kept by a cache, and it says which revision holds the write.
    pub(super) fn respond(
        self,
        req: &HttpRequest,
        platform: &Platform,
    ) -> Result<HttpResponse, ApiError> {
        let revision = platform.catalogue()?.revision();
        let version = u64::try_from(self.version).unwrap_or(0);
        let read = Read::object(req, version, revision, Format::Json);
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header((header::CONTENT_TYPE, Format::Json.content_type()))
            .insert_header((header::ETAG, read.etag()))
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .insert_header((CATALOGUE_REVISION, revision));
        if self.status == StatusCode::CREATED {
            response.insert_header((header::LOCATION, self.address));
        }
        Ok(response.body(self.body))
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
