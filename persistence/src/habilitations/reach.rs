//! Which dossiers a client may know of: what `Standing` of the domain says of one, asked of all of
//! them at once.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::clients::{Perimeter, Role};
use domain::habilitations::{HabilitationAuthority, HabilitationStatus, OpinionGiver, Who};
use domain::kernel::Code;
use domain::territories::DepartementCode;

use super::list::Asked;
use crate::kernel::types::DbKey;
use crate::schema::{habilitation_opinions, habilitations};

/// Keeps the dossiers that the client may know of: the agency all of them, a host its own, an
/// authority those that were filed with it, a giver those on which its opinion was asked.
pub(super) fn within(query: Asked, who: &Who<'_>) -> Asked {
    use HabilitationAuthority::{Dspip, DtPjj};
    match (who.role, who.perimeter) {
        (Role::Agency, _) => query,
        (Role::Partner, Perimeter::Partner(id)) => {
            query.filter(habilitations::partner_id.eq(DbKey(id.uuid())))
        }
        (Role::Probation, Perimeter::Departements(codes)) => filed_with(query, Dspip, codes),
        (Role::Youth, Perimeter::Departements(codes)) => filed_with(query, DtPjj, codes),
        (_, Perimeter::Departements(codes)) => match OpinionGiver::of(who.role, who.function) {
            Some(giver) => asking(query, giver, codes),
            None => none(query),
        },
        _ => none(query),
    }
}

fn filed_with(query: Asked, authority: HabilitationAuthority, codes: &[DepartementCode]) -> Asked {
    query
        .filter(habilitations::authority.eq(authority.code()))
        .filter(habilitations::departement.eq_any(texts(codes)))
        .filter(habilitations::status.ne(HabilitationStatus::Draft.code()))
}

fn asking(query: Asked, giver: OpinionGiver, codes: &[DepartementCode]) -> Asked {
    let asked = habilitation_opinions::table
        .filter(habilitation_opinions::habilitation_id.eq(habilitations::id))
        .filter(habilitation_opinions::giver.eq(giver.code()));
    query
        .filter(habilitations::departement.eq_any(texts(codes)))
        .filter(exists(asked))
}

fn none(query: Asked) -> Asked {
    query.filter(habilitations::id.eq_any(Vec::<DbKey>::new()))
}

pub(super) fn texts(codes: &[DepartementCode]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}
