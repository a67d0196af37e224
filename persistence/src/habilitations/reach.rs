//! Which dossiers a client may know of: what `Standing` of the domain says of one, asked of all of
//! them at once, and of what the change log tells of them.

use diesel::prelude::*;
use domain::changes::EventType;
use domain::clients::{Perimeter, Role};
use domain::habilitations::{HabilitationAuthority, HabilitationStatus, OpinionGiver, Who};
use domain::kernel::Code;
use domain::territories::DepartementCode;

use super::list::Asked;
use crate::changes::Asked as Changes;
use crate::kernel::types::DbKey;
use crate::schema::{changes, habilitation_opinions, habilitations};

/// The dossiers that a client may know of: the agency all of them, a host its own, an authority
/// those that were filed with it, a giver those on which its opinion was asked.
enum Reach {
    All,
    Own(DbKey),
    FiledWith(HabilitationAuthority, Vec<String>),
    Asking(OpinionGiver, Vec<String>),
    Nothing,
}

impl Reach {
    fn of(who: &Who<'_>) -> Self {
        use HabilitationAuthority::{Dspip, DtPjj};
        match (who.role, who.perimeter) {
            (Role::Agency, _) => Self::All,
            (Role::Partner, Perimeter::Partner(id)) => Self::Own(DbKey(id.uuid())),
            (Role::Probation, Perimeter::Departements(codes)) => {
                Self::FiledWith(Dspip, texts(codes))
            }
            (Role::Youth, Perimeter::Departements(codes)) => Self::FiledWith(DtPjj, texts(codes)),
            (_, Perimeter::Departements(codes)) => match OpinionGiver::of(who.role, who.function) {
                Some(giver) => Self::Asking(giver, texts(codes)),
                None => Self::Nothing,
            },
            _ => Self::Nothing,
        }
    }
}

/// Keeps those of a host.
macro_rules! own {
    ($query:expr, $partner:expr) => {
        $query.filter(habilitations::partner_id.eq($partner))
    };
}

/// Keeps those that were filed with an authority, which knows of no draft.
macro_rules! filed_with {
    ($query:expr, $authority:expr, $codes:expr) => {
        $query
            .filter(habilitations::authority.eq($authority.code()))
            .filter(habilitations::departement.eq_any($codes))
            .filter(habilitations::status.ne(HabilitationStatus::Draft.code()))
    };
}

/// Keeps those on which the opinion of a giver was asked.
macro_rules! asking {
    ($query:expr, $giver:expr, $codes:expr) => {
        $query
            .filter(habilitations::departement.eq_any($codes))
            .filter(
                habilitation_opinions::table
                    .filter(habilitation_opinions::habilitation_id.eq(habilitations::id))
                    .filter(habilitation_opinions::giver.eq($giver.code()))
                    .select(habilitation_opinions::habilitation_id)
                    .single_value()
                    .is_not_null(),
            )
    };
}

/// Keeps the dossiers that the client may know of.
pub(super) fn within(query: Asked, who: &Who<'_>) -> Asked {
    match Reach::of(who) {
        Reach::All => query,
        Reach::Own(partner) => own!(query, partner),
        Reach::FiledWith(authority, codes) => filed_with!(query, authority, codes),
        Reach::Asking(giver, codes) => asking!(query, giver, codes),
        Reach::Nothing => query.filter(habilitations::id.eq_any(Vec::<DbKey>::new())),
    }
}

/// Keeps what is told of other objects, and of the dossiers that the client may know of; without
/// a client, of none. The agency is told of drafts that were deleted; of those, nothing says any
/// more whose they were.
pub(crate) fn changes_within(query: Changes, who: Option<&Who<'_>>) -> Changes {
    let dossier = EventType::HabilitationCreated.resource();
    let of_others = changes::resource.ne(dossier);
    macro_rules! known {
        ($dossiers:expr) => {{
            let one = $dossiers
                .filter(habilitations::id.eq(changes::resource_id))
                .select(habilitations::id)
                .single_value();
            query.filter(of_others.or(one.is_not_null()))
        }};
    }
    match who.map_or(Reach::Nothing, Reach::of) {
        Reach::All => query,
        Reach::Own(partner) => known!(own!(habilitations::table, partner)),
        Reach::FiledWith(authority, codes) => {
            known!(filed_with!(habilitations::table, authority, codes))
        }
        Reach::Asking(giver, codes) => known!(asking!(habilitations::table, giver, codes)),
        Reach::Nothing => query.filter(of_others),
    }
}

pub(super) fn texts(codes: &[DepartementCode]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}
