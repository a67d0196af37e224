//! What every write to a dossier has in common: one transaction in which it is found, the caller
//! held to what is its to do and to the version it saw, and what happened is kept and told.

use std::{mem, sync::Arc};

use actix_web::HttpRequest;
use chrono::{DateTime, NaiveDate, Utc};
use data::Reference;
use domain::{
    changes::Actor,
    habilitations::{Act, Habilitation, HabilitationLaw, Host, Moved, Refused, Standing, Verb},
    kernel::{Clock, Id, IdSource, civil_date},
    partners::Partner,
};
use persistence::{
    Conn,
    habilitations::{self, Writing},
    partners,
};

use super::{
    refusals::{not_kept, refused},
    view::{Seats, View},
};
use crate::{
    kernel::{
        caller::{Caller, CallerClient, ScopeMarker},
        idempotency::Once,
        precondition::IfMatch,
        problem::ApiError,
        representation::{Answered, Representation},
    },
    platform::Platform,
};

/// A write about to be done: who does it, and what they last saw.
pub(super) struct Write {
    pub(super) if_match: IfMatch,
    pub(super) ids: Arc<dyn IdSource>,
    pub(super) reference: &'static Reference,
    pub(super) client: CallerClient,
    clock: Arc<dyn Clock>,
    actor: Actor,
    base: String,
    once: Once,
}

/// The instant and the day of a write, the same for all that it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) at: DateTime<Utc>,
    pub(super) today: NaiveDate,
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
            ids: platform.ids.clone(),
            reference: platform.catalogue()?.reference(),
            client: caller.client().clone(),
            clock: platform.clock.clone(),
            actor: caller.actor(),
            base: platform.public_url().to_owned(),
            once: Once::never(),
        })
    }

    /// The same, once for a request that names a key.
    pub(super) fn once(self, once: Once) -> Self {
        Self { once, ..self }
    }

    /// Makes a move on the dossier that `address` names, as `make` says of the dossier and of who
    /// acts: not found where the caller may not know of it, and refused to whom it is not for.
    pub(super) async fn make<F>(
        self,
        platform: &Platform,
        address: String,
        verb: Verb,
        make: F,
    ) -> Result<Answered, ApiError>
    where
        F: FnOnce(&mut Conn, Habilitation, &Act<'_>) -> Result<Moved, Stop> + Send + 'static,
    {
        let may = move |standing: Standing, kept: &Habilitation| standing.check(verb, kept);
        self.on(platform, address, may, |conn, write, kept, now| {
            let moved = make(conn, kept, &write.act(now));
            let moved = moved.map_err(|stop| stop.told(&write.client))?;
            write.changed(conn, &moved, now)
        })
        .await
    }

    /// Writes to the dossier that `address` names, where it is the caller's to write.
    pub(super) async fn edit<F>(
        self,
        platform: &Platform,
        address: String,
        edit: F,
    ) -> Result<Answered, ApiError>
    where
        F: FnOnce(&mut Conn, &Self, Habilitation, Now) -> Result<Representation, ApiError>
            + Send
            + 'static,
    {
        let may = |standing: Standing, _: &Habilitation| {
            let may = standing.may_write();
            may.then_some(()).ok_or(Refused::OutOfPerimeter)
        };
        self.on(platform, address, may, edit).await
    }

    /// Writes a dossier that is new; `may` says whether the caller may open it.
    pub(super) async fn create<M, F>(
        mut self,
        platform: &Platform,
        may: M,
        make: F,
    ) -> Result<Answered, ApiError>
    where
        M: FnOnce(&Self) -> Result<(), ApiError> + Send + 'static,
        F: FnOnce(&mut Conn, &Self, Now) -> Result<Moved, ApiError> + Send + 'static,
    {
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let may = move |_: &mut Conn| {
            may(&self)?;
            Ok(self)
        };
        platform
            .write_once(actor, once, may, move |conn, write, _| {
                let now = write.now();
                let moved = make(conn, &write, now)?;
                let (version, body) = write.kept(conn, &moved, now)?;
                let address = format!("{}/v1/habilitations/{}", write.base, moved.habilitation.id);
                Ok(Representation::created(version, address, body))
            })
            .await
    }

    /// Who acts, when, and by which law.
    pub(super) fn act(&self, now: Now) -> Act<'_> {
        Act {
            who: self.client.who(),
            today: now.today,
            law: self.law(),
        }
    }

    /// The same, as the repository takes it.
    pub(super) fn writing(&self, now: Now) -> Writing<'_> {
        Writing {
            actor: &self.actor,
            at: now.at,
            today: now.today,
            law: self.law(),
        }
    }

    /// Keeps a dossier that was moved, and shows it at its version.
    pub(super) fn changed(
        &self,
        conn: &mut Conn,
        moved: &Moved,
        now: Now,
    ) -> Result<Representation, ApiError> {
        let (version, body) = self.kept(conn, moved, now)?;
        Ok(Representation::changed(version, body))
    }

    fn law(&self) -> &'static HabilitationLaw {
        self.reference.habilitation_law()
    }

    fn now(&self) -> Now {
        let at = self.clock.now();
        Now {
            at,
            today: civil_date(at),
        }
    }

    /// The version of a dossier once kept, and itself as JSON.
    fn kept(&self, conn: &mut Conn, moved: &Moved, now: Now) -> Result<(i64, String), ApiError> {
        let saved = habilitations::save(conn, moved, &self.writing(now));
        saved.map_err(|error| not_kept(error, &self.base))?;
        let gone = || ApiError::internal(&"a dossier that was saved is not kept");
        let kept = habilitations::find(conn, moved.habilitation.id)?.ok_or_else(gone)?;
        let kept = [kept];
        let seats = Seats::of(conn, &kept)?;
        let [kept] = kept;
        let view = View {
            client: &self.client,
            reference: self.reference,
            today: now.today,
            base: &self.base,
        };
        let hidden = || ApiError::internal(&"a dossier is hidden from who wrote it");
        let shown = view.shown(&kept, &seats).ok_or_else(hidden)?;
        let body = serde_json::to_string(&shown).map_err(|error| ApiError::internal(&error))?;
        Ok((kept.record.version, body))
    }

    async fn on<M, F>(
        mut self,
        platform: &Platform,
        address: String,
        may: M,
        write: F,
    ) -> Result<Answered, ApiError>
    where
        M: FnOnce(Standing, &Habilitation) -> Result<(), Refused> + Send + 'static,
        F: FnOnce(&mut Conn, &Self, Habilitation, Now) -> Result<Representation, ApiError>
            + Send
            + 'static,
    {
        let (actor, once) = (self.actor.clone(), mem::take(&mut self.once));
        let find = move |conn: &mut Conn| {
            let kept = seen(conn, &address, &self.client)?;
            let standing = kept.standing(&self.client.who());
            // That another authority decides is told once the version is known to be right, as
            // everything that depends on the dossier is.
            match standing.and_then(|standing| may(standing, &kept)) {
                Ok(()) => Ok((self, kept, None)),
                Err(late @ Refused::WrongAuthority(_)) => Ok((self, kept, Some(late))),
                Err(refusal) => Err(refused(refusal, &self.client)),
            }
        };
        platform
            .write_once(actor, once, find, move |conn, (own, kept, late), _| {
                own.if_match.require(kept.record.version)?;
                if let Some(late) = late {
                    return Err(refused(late, &own.client));
                }
                let now = own.now();
                write(conn, &own, kept, now)
            })
            .await
    }
}

/// Why a move was not made: its body is refused, or the domain refuses.
pub(super) enum Stop {
    /// The problem is known.
    Told(ApiError),
    /// The domain refuses.
    Refused(Refused),
}

impl Stop {
    fn told(self, client: &CallerClient) -> ApiError {
        match self {
            Self::Told(error) => error,
            Self::Refused(refusal) => refused(refusal, client),
        }
    }
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Told(error)
    }
}

impl From<Refused> for Stop {
    fn from(refusal: Refused) -> Self {
        Self::Refused(refusal)
    }
}

/// The host of a dossier, which cannot be deleted as long as there is one.
pub(super) fn host(conn: &mut Conn, partner: Id<Partner>) -> Result<Host, ApiError> {
    let found = partners::find(conn, partner)?;
    let gone = || ApiError::internal(&"the host of a dossier is gone");
    Ok(Host::from(&found.ok_or_else(gone)?))
}

fn seen(conn: &mut Conn, address: &str, client: &CallerClient) -> Result<Habilitation, ApiError> {
    let id = address
        .parse()
        .map_err(|_malformed| ApiError::not_found())?;
    let found = habilitations::find(conn, id)?;
    let seen = found.filter(|kept| Standing::of(&client.who(), kept).is_some());
    seen.ok_or_else(ApiError::not_found)
}
