//! The 186 establishments of 1 July 2026: real facts, and no part that no open source gives.

use chrono::{DateTime, Utc};
use domain::{
    establishments::{
        Address, Capacity, Contact, ContactFacts, ContactRole, DatedKind, Establishment,
        EstablishmentFacts, EstablishmentStatus, Parts,
    },
    kernel::{CapacityPlaces, GeoPrecision, Id, Part, Point, Position, Record, Telephone, Text},
};
use uuid::Builder;

use crate::{
    DataError,
    table::{Row, Table, table},
};

const ESTABLISHMENTS: Table = table!("establishments.csv");

/// Who publishes the capacities.
const CAPACITY_SOURCE: &str =
    "Ministère de la Justice, Statistique des établissements et des personnes écrouées en France";

/// 1 July 2026 at midnight, UTC, in seconds.
const FIXED_SECONDS: i64 = 1_782_864_000;

/// The instant of the records of everything embedded: 1 July 2026 at midnight, UTC.
///
/// It is fixed, so that every installation holds the same objects.
#[must_use]
pub const fn fixed_instant() -> DateTime<Utc> {
    match DateTime::from_timestamp(FIXED_SECONDS, 0) {
        Some(instant) => instant,
        None => DateTime::UNIX_EPOCH,
    }
}

pub(crate) fn read() -> Result<Vec<Establishment>, DataError> {
    let record = Record::created(fixed_instant());
    ESTABLISHMENTS.read(|row| {
        let id: Id<Establishment> = row.get("id")?;
        let facts = facts(row)?;
        let slug = facts.slug.to_string();
        let parts = Parts {
            contacts: switchboard(row, id, record)?.into_iter().collect(),
            ..Parts::default()
        };
        Establishment::new(id, record, facts, parts)
            .map_err(|refusals| DataError::refused(slug, refusals))
    })
}

fn facts(row: &Row<'_>) -> Result<EstablishmentFacts, DataError> {
    Ok(EstablishmentFacts {
        slug: row.get("slug")?,
        name: row.get("name")?,
        kind: DatedKind {
            kind: row.code("kind")?,
            as_of: row.get("kind_as_of")?,
        },
        status: EstablishmentStatus::Open,
        closed_on: None,
        management: None,
        direction: row.code("direction")?,
        address: Address {
            street: row.optional("address")?,
            postcode: row.optional("postcode")?,
            commune: row.get("commune")?,
        },
        position: position(row)?,
        position_source: Some(position_source(row)?),
        capacity: capacity(row)?,
        working_hours: None,
        workforce_available: None,
        statistics_label: row.optional("statistics_label")?,
    })
}

fn position(row: &Row<'_>) -> Result<Position, DataError> {
    let point = Point::new(row.get("lat")?, row.get("lon")?);
    Ok(Position {
        point: point.map_err(|reason| row.wrong("lat", reason))?,
        precision: row.code::<GeoPrecision>("geo_precision")?,
    })
}

/// The words in which a source of positions asks to be named.
fn position_source(row: &Row<'_>) -> Result<Text<200>, DataError> {
    let source = match row.text("position_source")? {
        "jorf_2020" => "Arrêté du 15 janvier 2020, zones interdites à la prise de vue aérienne",
        "wikipedia" => "Wikipédia en français (CC BY-SA 4.0)",
        "commune_centre" => "API Géo, centre de la commune, 4 janvier 2022",
        "geonames" => "GeoNames, https://www.geonames.org (CC BY 4.0)",
        other => return Err(row.wrong("position_source", format!("{other} is no source"))),
    };
    source
        .parse()
        .map_err(|reason| row.wrong("position_source", reason))
}

fn capacity(row: &Row<'_>) -> Result<Option<Capacity>, DataError> {
    let Some(places) = row.optional::<u32>("capacity_places")? else {
        return Ok(None);
    };
    let wrong = |reason: &dyn std::fmt::Display| row.wrong("capacity_places", reason);
    Ok(Some(Capacity {
        places: CapacityPlaces::new(places).map_err(|reason| wrong(&reason))?,
        as_of: row.get("capacity_as_of")?,
        source: CAPACITY_SOURCE.parse().map_err(|reason| wrong(&reason))?,
    }))
}

/// The public telephone, where there is one, is that of the switchboard.
fn switchboard(
    row: &Row<'_>,
    id: Id<Establishment>,
    record: Record,
) -> Result<Option<Part<Contact>>, DataError> {
    let Some(phone) = row.optional::<Telephone>("phone")? else {
        return Ok(None);
    };
    let contact = Contact::new(ContactFacts {
        role: ContactRole::Switchboard,
        service_name: row.get("name")?,
        email: None,
        phone: Some(phone),
    });
    Ok(Some(Part {
        id: Id::new(part_uuid(id)),
        demo: false,
        record,
        value: contact.map_err(|refusals| DataError::refused("switchboard", refusals))?,
    }))
}

/// An id made of the establishment's own, so that it is the same in every installation: the
/// bytes after the instant, each bit inverted.
fn part_uuid(id: Id<Establishment>) -> uuid::Uuid {
    let millis = FIXED_SECONDS.unsigned_abs().saturating_mul(1_000);
    let [_, _, _, _, _, _, rest @ ..] = id.uuid().into_bytes();
    Builder::from_unix_timestamp_millis(millis, &rest.map(|byte| !byte)).into_uuid()
}
