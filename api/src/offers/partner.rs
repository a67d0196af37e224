//! The partner whose offers an address is about, and who may write them.

use domain::{clients::Perimeter, kernel::Id, offers::PartnerReference, partners::Partner};
use persistence::{Conn, offers};

use super::write::Found;
use crate::kernel::{
    problem::{ApiError, Kind},
    write::{Write, Written as _},
};

/// The partner that an address names, unless it is not that of the partner who asks.
pub(super) fn partner(
    conn: &mut Conn,
    perimeter: &Perimeter,
    id: &str,
) -> Result<Partner, ApiError> {
    let partner = Partner::find(conn, id)?;
    match perimeter {
        Perimeter::Partner(own) if *own != partner.id => Err(ApiError::new(Kind::OutOfPerimeter)),
        _ => Ok(partner),
    }
}

/// The same, for what is about all its offers: itself, and who may write any offer.
pub(super) fn whole_partner(
    conn: &mut Conn,
    perimeter: &Perimeter,
    id: &str,
) -> Result<Id<Partner>, ApiError> {
    let partner = partner(conn, perimeter, id)?;
    match perimeter {
        Perimeter::Partner(_) | Perimeter::All => Ok(partner.id),
        _ => Err(ApiError::new(Kind::OutOfPerimeter)),
    }
}

/// The offer that a partner calls by a reference, if there is one, and who writes it may.
pub(super) fn by_reference(
    write: &Write,
    conn: &mut Conn,
    partner: Id<Partner>,
    reference: &PartnerReference,
) -> Result<Option<Found>, ApiError> {
    let Some(offer) = offers::find_by_reference(conn, partner, reference)? else {
        return Ok(None);
    };
    let found = Found::around(write, conn, offer)?;
    found.reach(write)?;
    Ok(Some(found))
}

/// A reference in an address: one that cannot be is nobody's.
pub(super) fn reference(text: &str) -> Result<PartnerReference, ApiError> {
    text.parse().map_err(|_other| ApiError::not_found())
}
