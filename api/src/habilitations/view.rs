//! What a caller sees of dossiers: which, and what of each.

use chrono::NaiveDate;
use data::Reference;
use domain::{
    habilitations::{Habilitation, Standing},
    kernel::Id,
    partners::Partner,
    territories::DepartementCode,
};
use persistence::{Conn, DbError, partners};

use super::{payload::HabilitationOutput, refusals::open_to};
use crate::kernel::caller::CallerClient;

/// Who looks, when, and by which tables.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) client: &'a CallerClient,
    pub(super) reference: &'a Reference,
    pub(super) today: NaiveDate,
    /// The public address of the API, without a slash at its end.
    pub(super) base: &'a str,
}

/// Where hosts have their seats, on which the documents of some depend.
pub(super) struct Seats(Vec<(Id<Partner>, DepartementCode)>);

impl Seats {
    /// The seats of the hosts of these dossiers.
    pub(super) fn of(conn: &mut Conn, dossiers: &[Habilitation]) -> Result<Self, DbError> {
        let ids: Vec<Id<Partner>> = dossiers.iter().map(|it| it.partner).collect();
        let partners = partners::many(conn, &ids)?.into_iter();
        let seats = partners.map(|it| (it.id, it.address.commune.departement()));
        Ok(Self(seats.collect()))
    }

    fn seat(&self, partner: Id<Partner>) -> Option<&DepartementCode> {
        let found = self.0.iter().find(|(id, _)| *id == partner);
        found.map(|(_, seat)| seat)
    }
}

impl View<'_> {
    /// The dossier as the caller sees it; `None` where it may not know of it.
    pub(super) fn shown(
        &self,
        dossier: &Habilitation,
        seats: &Seats,
    ) -> Option<HabilitationOutput> {
        let standing = Standing::of(&self.client.who(), dossier)?;
        let seat = seats.seat(dossier.partner);
        let allowed = open_to(dossier.allowed(standing, self.today), self.client);
        Some(HabilitationOutput::new(
            dossier,
            standing,
            (allowed, seat),
            self,
        ))
    }
}
