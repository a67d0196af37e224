//! The row of an establishment itself, and its conversion to domain values.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::establishments::{
    Address, Capacity, DatedKind, Establishment, EstablishmentFacts, Parts,
};
use domain::kernel::{CapacityPlaces, Code, Id, Point, Position, Record, Workforce};

use crate::kernel::DbError;
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::establishments;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = establishments, treat_none_as_null = true)]
pub(super) struct EstablishmentRow {
    pub(super) id: DbKey,
    slug: String,
    name: String,
    kind: String,
    kind_as_of: NaiveDate,
    status: String,
    closed_on: Option<NaiveDate>,
    management: Option<String>,
    direction: String,
    street: Option<String>,
    postcode: Option<String>,
    commune: String,
    lat: f64,
    lon: f64,
    geo_precision: String,
    position_source: Option<String>,
    capacity_places: Option<i32>,
    capacity_as_of: Option<NaiveDate>,
    capacity_source: Option<String>,
    working_hours: Option<String>,
    workforce_available: Option<i32>,
    statistics_label: Option<String>,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

impl EstablishmentRow {
    /// The row of an establishment, with the version and dates it is to have.
    pub(super) fn new(establishment: &Establishment, record: Record) -> Self {
        let facts: &EstablishmentFacts = establishment;
        let Address {
            street,
            postcode,
            commune,
        } = &facts.address;
        let Position { point, precision } = facts.position;
        let capacity = facts.capacity.as_ref();
        Self {
            id: DbKey(establishment.id.uuid()),
            slug: facts.slug.to_string(),
            name: facts.name.to_string(),
            kind: facts.kind.kind.code().to_owned(),
            kind_as_of: facts.kind.as_of,
            status: facts.status.code().to_owned(),
            closed_on: facts.closed_on,
            management: facts
                .management
                .map(|management| management.code().to_owned()),
            direction: facts.direction.code().to_owned(),
            street: street.as_ref().map(ToString::to_string),
            postcode: postcode.as_ref().map(ToString::to_string),
            commune: commune.to_string(),
            lat: point.lat(),
            lon: point.lon(),
            geo_precision: precision.code().to_owned(),
            position_source: facts.position_source.as_ref().map(ToString::to_string),
            capacity_places: capacity.map(|capacity| int(capacity.places.get())),
            capacity_as_of: capacity.map(|capacity| capacity.as_of),
            capacity_source: capacity.map(|capacity| capacity.source.to_string()),
            working_hours: facts.working_hours.as_ref().map(ToString::to_string),
            workforce_available: facts.workforce_available.map(|number| int(number.get())),
            statistics_label: facts.statistics_label.as_ref().map(ToString::to_string),
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    /// The establishment, once its parts are read too.
    pub(super) fn into_establishment(self, parts: Parts) -> Result<Establishment, DbError> {
        let reading = Reading {
            table: "establishments",
            id: self.id,
        };
        let facts = self.facts(reading)?;
        let record = record(self.version, self.created_at, self.updated_at);
        reading.whole_value(Establishment::new(Id::new(self.id.0), record, facts, parts))
    }

    fn facts(&self, reading: Reading) -> Result<EstablishmentFacts, DbError> {
        Ok(EstablishmentFacts {
            slug: reading.text(&self.slug)?,
            name: reading.text(&self.name)?,
            kind: DatedKind {
                kind: reading.code(&self.kind)?,
                as_of: self.kind_as_of,
            },
            status: reading.code(&self.status)?,
            closed_on: self.closed_on,
            management: self
                .management
                .as_ref()
                .map(|code| reading.code(code))
                .transpose()?,
            direction: reading.code(&self.direction)?,
            address: Address {
                street: reading.maybe_text(self.street.as_deref())?,
                postcode: reading.maybe_text(self.postcode.as_deref())?,
                commune: reading.text(&self.commune)?,
            },
            position: Position {
                point: Point::new(self.lat, self.lon).map_err(|error| reading.misfit(error))?,
                precision: reading.code(&self.geo_precision)?,
            },
            position_source: reading.maybe_text(self.position_source.as_deref())?,
            capacity: self.capacity(reading)?,
            working_hours: reading.maybe_text(self.working_hours.as_deref())?,
            workforce_available: reading.maybe_whole(self.workforce_available, Workforce::new)?,
            statistics_label: reading.maybe_text(self.statistics_label.as_deref())?,
        })
    }

    fn capacity(&self, reading: Reading) -> Result<Option<Capacity>, DbError> {
        match (
            self.capacity_places,
            self.capacity_as_of,
            &self.capacity_source,
        ) {
            (None, None, None) => Ok(None),
            (Some(places), Some(as_of), Some(source)) => Ok(Some(Capacity {
                places: reading.whole(places, CapacityPlaces::new)?,
                as_of,
                source: reading.text(source)?,
            })),
            _ => Err(reading.misfit("a capacity has places, a day and a source")),
        }
    }
}
