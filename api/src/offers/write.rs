//! What every write to an offer has in common: it is found, its writer is held to its perimeter,
//! and what it became is kept and told.

use domain::{
    clients::Scope,
    offers::{MoveRefused, Moved, Offer, OfferVerb, Written},
};
use persistence::{Conn, offers};

use super::{
    around::{Around, Neighbours, Sight},
    payload::OfferRecord,
    refusals::{gone, refused},
    sight::diffusion_to,
    source,
};
use crate::{
    catalogue::forms::{to_json, with_source},
    kernel::{
        problem::{ApiError, Kind},
        representation::Representation,
        write::Write,
    },
};

/// An offer that a caller may write, and what surrounds it.
pub(crate) struct Found {
    pub(crate) offer: Offer,
    pub(crate) around: Around,
}

impl Found {
    /// The offer of this id.
    pub(crate) fn by_id(write: &Write, conn: &mut Conn, id: &str) -> Result<Self, ApiError> {
        let id = id.parse().map_err(|_malformed| ApiError::not_found())?;
        let offer = offers::find(conn, id)?.ok_or_else(ApiError::not_found)?;
        let found = Self::around(write, conn, offer)?;
        found.reach(write)?;
        Ok(found)
    }

    /// An offer, with what surrounds it.
    pub(super) fn around(write: &Write, conn: &mut Conn, offer: Offer) -> Result<Self, ApiError> {
        let today = write.clock.today();
        let (reference, base) = (write.reference, &write.base);
        let neighbours = Neighbours::look_up(conn, &[&offer], reference, base, today)?;
        let around = neighbours.of(&offer);
        Ok(Self { offer, around })
    }

    /// Refuses who may not write the offer: `out-of-perimeter` to who may read it, and to who may
    /// not as if it were not there.
    pub(super) fn reach(&self, write: &Write) -> Result<(), ApiError> {
        if is_within(write, &self.offer) {
            return Ok(());
        }
        let view = diffusion_to(write.client());
        let shown = self.around.publication_to(&self.offer, view);
        Err(if shown.is_visible() {
            ApiError::new(Kind::OutOfPerimeter)
        } else {
            ApiError::not_found()
        })
    }

    /// Refuses as if it were not there an offer that the token does not let its client know of: it
    /// knows by its perimeter with `offers:read-restricted` alone, and otherwise as everybody does.
    pub(crate) fn known(&self, write: &Write) -> Result<(), ApiError> {
        let view = diffusion_to(write.client());
        let told = self.offer.known_to().is_some_and(|it| it.reaches(view));
        if told || write.may(Scope::OffersReadRestricted) {
            return Ok(());
        }
        Err(ApiError::not_found())
    }

    /// Refuses a move that the token does not open on an offer of this kind.
    pub(super) fn opens(&self, write: &Write, verb: OfferVerb) -> Result<(), ApiError> {
        let scopes = verb.scopes(self.offer.kind());
        write.client().needs_one_of(scopes)
    }

    /// Refuses an offer that its author withdrew.
    pub(crate) fn stands(&self) -> Result<(), ApiError> {
        if self.offer.is_gone() {
            return Err(gone(&self.offer));
        }
        Ok(())
    }

    /// Keeps what a move made of the offer.
    pub(super) fn keep(
        &self,
        write: &Write,
        conn: &mut Conn,
        moved: Result<Moved, MoveRefused>,
    ) -> Result<Representation, ApiError> {
        let moved = moved.map_err(|why| refused(&self.offer, why))?;
        let kept = save(write, conn, &moved.offer, &[moved.event])?;
        let found = Self::around(write, conn, kept)?;
        found.changed(write)
    }

    /// Keeps what its author made of the offer, when it made something of it.
    pub(super) fn rewrite(
        &self,
        write: &Write,
        conn: &mut Conn,
        written: Result<Written, MoveRefused>,
    ) -> Result<Representation, ApiError> {
        match written.map_err(|why| refused(&self.offer, why))? {
            Written::Unchanged => self.changed(write),
            Written::Changed(moved) => {
                within_still(write, &moved.offer)?;
                self.keep(write, conn, Ok(*moved))
            }
        }
    }

    /// The offer at its version, as who wrote it is answered.
    pub(super) fn changed(&self, write: &Write) -> Result<Representation, ApiError> {
        let body = self.body(write)?;
        Ok(Representation::changed(self.offer.record.version, body))
    }

    /// A new offer, and where it is read.
    pub(super) fn created(&self, write: &Write) -> Result<Representation, ApiError> {
        let body = self.body(write)?;
        let address = format!("{}/v1/offers/{}", write.base, self.offer.id);
        Ok(Representation::created(
            self.offer.record.version,
            address,
            body,
        ))
    }

    fn body(&self, write: &Write) -> Result<String, ApiError> {
        let sight = Sight::of(write.client(), &self.offer);
        let record = OfferRecord::new(&self.offer, &self.around, sight);
        with_source(&to_json(&record)?, &source())
    }
}

/// Whether an offer lies within the caller's perimeter.
pub(super) fn is_within(write: &Write, offer: &Offer) -> bool {
    super::is_within(write.perimeter(), offer, write.reference)
}

/// Refuses to write an offer out of one's perimeter.
pub(super) fn within_still(write: &Write, offer: &Offer) -> Result<(), ApiError> {
    if is_within(write, offer) {
        return Ok(());
    }
    Err(ApiError::new(Kind::OutOfPerimeter))
}

/// Keeps an offer, and reads it back with the version that the database gave.
pub(super) fn save(
    write: &Write,
    conn: &mut Conn,
    offer: &Offer,
    events: &[domain::changes::EventType],
) -> Result<Offer, ApiError> {
    offers::save(conn, offer, events, write.clock.now(), &write.actor)?;
    let kept = offers::find(conn, offer.id)?;
    kept.ok_or_else(|| ApiError::internal(&"an offer that was saved is not kept"))
}
