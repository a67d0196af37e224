//! The sheet read back: from the body's tree to values of the domain.
//!
//! What an export writes is accepted whole: codes with their labels, totals, names of
//! territories, versions and dates. What says nothing new is left aside.

use chrono::NaiveDate;
use domain::{
    establishments::{
        Address, Capacity, Establishment, EstablishmentKind, EstablishmentStatus, Management, Slug,
    },
    kernel::{
        CapacityPlaces, Id, Opening, Point, Position, Record, RefusalCode, Text, WeeklyHours,
        Workforce,
    },
    territories::Direction,
};

use super::input_parts::{PartsInput, read_parts};
use crate::{
    kernel::body::{Fields, Node, Value},
    territories::read_address,
};

/// A sheet as it was sent, each value checked by itself; see [`super::resolve`] for the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetInput {
    /// Its identifier, when the sender knows it.
    pub id: Option<Id<Establishment>>,
    /// Its version and dates, when the sender knows them: kept for an establishment that is new.
    pub record: Option<Record>,
    /// Its facts.
    pub facts: FactsInput,
    /// Its parts: a list that is absent leaves what is kept.
    pub parts: PartsInput,
}

/// The facts of a sheet; those that the platform can complete are optional.
#[derive(Debug, Clone, PartialEq)]
pub struct FactsInput {
    pub(super) slug: Slug,
    pub(super) name: Text<200>,
    pub(super) kind: EstablishmentKind,
    pub(super) kind_as_of: Option<NaiveDate>,
    pub(super) status: EstablishmentStatus,
    pub(super) closed_on: Option<NaiveDate>,
    pub(super) management: Option<Management>,
    pub(super) direction: Option<Direction>,
    pub(super) address: Address,
    pub(super) position: Position,
    pub(super) position_source: Option<Text<200>>,
    pub(super) capacity: Option<Capacity>,
    pub(super) working_hours: Option<WeeklyHours>,
    pub(super) workforce_available: Option<Workforce>,
    pub(super) statistics_label: Option<Text<100>>,
}

impl FactsInput {
    /// The stable name by which an establishment without an id is found.
    #[must_use]
    pub const fn slug(&self) -> &Slug {
        &self.slug
    }

    /// Leaves an establishment open or closed as it is: that is changed by moves of its own.
    pub(super) fn keep_status(&mut self, kept: &Establishment) {
        self.status = kept.status;
        self.closed_on = kept.closed_on;
    }
}

/// Totals and sources that an export writes and that say nothing new.
const DERIVED: [&str; 6] = [
    "production_area_m2",
    "available_area_m2",
    "storage_area_m2",
    "source",
    "url",
    "demo",
];

/// Where the coordinates of a sheet are written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Coordinates {
    /// In its position.
    InPosition,
    /// In the geometry of its feature; nothing when that was refused.
    InGeometry(Option<Point>),
}

/// Reads a sheet.
#[must_use]
pub fn read_sheet(sheet: &Value<'_>) -> Option<SheetInput> {
    read_sheet_of(sheet, None, Coordinates::InPosition)
}

/// Reads a sheet whose identifier and coordinates may be told beside it.
pub(super) fn read_sheet_of(
    sheet: &Value<'_>,
    told: Option<Id<Establishment>>,
    coordinates: Coordinates,
) -> Option<SheetInput> {
    sheet.object(|fields| {
        let id = fields.optional("id", |value| same_id(&value, told));
        let id = id.or(told);
        let facts = read_facts(fields, coordinates);
        let parts = read_parts(fields);
        let record = read_record(fields);
        for name in DERIVED {
            fields.ignore(name);
        }
        Some(SheetInput {
            id,
            record,
            facts: facts?,
            parts,
        })
    })
}

/// An identifier that may have been told already.
fn same_id(value: &Value<'_>, told: Option<Id<Establishment>>) -> Option<Id<Establishment>> {
    let id = value.id()?;
    if told.is_some_and(|told| told != id) {
        let detail = "the feature has another id: said twice, it is the same";
        return value.refuse(RefusalCode::Inconsistent, detail);
    }
    Some(id)
}

/// The facts of a sheet from a file, its status among them.
fn read_facts(fields: &mut Fields<'_>, coordinates: Coordinates) -> Option<FactsInput> {
    let status = fields.optional("status", |value| value.coded());
    let closed_on = fields.optional("closed_on", |value| value.date());
    let facts = read_new_facts_at(fields, coordinates)?;
    Some(FactsInput {
        status: status.unwrap_or(EstablishmentStatus::Open),
        closed_on,
        ..facts
    })
}

/// The facts of an establishment that is open.
pub(super) fn read_new_facts(fields: &mut Fields<'_>) -> Option<FactsInput> {
    read_new_facts_at(fields, Coordinates::InPosition)
}

fn read_new_facts_at(fields: &mut Fields<'_>, coordinates: Coordinates) -> Option<FactsInput> {
    let slug = fields.required("slug", |value| value.parsed());
    let name = fields.required("name", |value| value.parsed());
    let kind = fields.required("kind", |value| read_kind(&value));
    let management = fields.optional("management", |value| value.coded());
    let direction = fields.optional("direction", |value| value.coded());
    let address = fields.required("address", |value| read_address(&value));
    let position = fields.required("position", |value| read_position(&value, coordinates));
    let capacity = fields.optional("capacity", |value| read_capacity(&value));
    let working_hours = fields.optional("working_hours", |value| read_hours(&value));
    let workforce = fields.optional("workforce_available", |value| value.whole(Workforce::new));
    let statistics_label = fields.optional("statistics_label", |value| value.parsed());
    let (kind, kind_as_of) = kind?;
    let (position, position_source) = position?;
    Some(FactsInput {
        slug: slug?,
        name: name?,
        kind,
        kind_as_of,
        status: EstablishmentStatus::Open,
        closed_on: None,
        management,
        direction,
        address: address?,
        position,
        position_source,
        capacity,
        working_hours,
        workforce_available: workforce,
        statistics_label,
    })
}

fn read_kind(value: &Value<'_>) -> Option<(EstablishmentKind, Option<NaiveDate>)> {
    let Node::Object(_) = value.node() else {
        return value.coded().map(|kind| (kind, None));
    };
    value.object(|fields| {
        let kind = fields.required("code", |code| code.code());
        let as_of = fields.optional("as_of", |value| value.date());
        fields.ignore("label");
        Some((kind?, as_of))
    })
}

fn read_position(
    value: &Value<'_>,
    coordinates: Coordinates,
) -> Option<(Position, Option<Text<200>>)> {
    value.object(|fields| {
        let point = match coordinates {
            Coordinates::InPosition => {
                let lat = fields.required("lat", |value| value.latitude());
                let lon = fields.required("lon", |value| value.longitude());
                lat.zip(lon)
                    .and_then(|(lat, lon)| Point::new(lat, lon).ok())
            }
            Coordinates::InGeometry(point) => {
                let (lat, lon) = point.map(|point| (point.lat(), point.lon())).unzip();
                fields.optional("lat", |value| same_number(&value, lat));
                fields.optional("lon", |value| same_number(&value, lon));
                point
            }
        };
        let precision = fields.required("precision", |value| value.coded());
        let source = fields.optional("source", |value| value.parsed());
        Some((
            Position {
                point: point?,
                precision: precision?,
            },
            source,
        ))
    })
}

/// A coordinate that the geometry told already.
fn same_number(value: &Value<'_>, told: Option<f64>) -> Option<f64> {
    let number = value.number()?;
    match told {
        Some(told) if told.to_bits() != number.to_bits() => value.refuse(
            RefusalCode::Inconsistent,
            format!("the geometry says {told}: leave it out here, or say the same"),
        ),
        _ => Some(number),
    }
}

fn read_capacity(value: &Value<'_>) -> Option<Capacity> {
    value.object(|fields| {
        let places = fields.required("places", |value| value.whole(CapacityPlaces::new));
        let as_of = fields.required("as_of", |value| value.date());
        let source = fields.required("source", |value| value.parsed());
        Some(Capacity {
            places: places?,
            as_of: as_of?,
            source: source?,
        })
    })
}

/// Openings, as an array or in one text: `monday 08:00-12:00;tuesday 08:00-12:00`.
pub(super) fn read_hours(value: &Value<'_>) -> Option<WeeklyHours> {
    /// One more than a week has at most, so that the domain says what is wrong.
    const MOST: usize = 29;
    if let Node::Text(_) = value.node() {
        return value.parsed();
    }
    let openings = value.list(MOST, |opening| {
        opening.object(|fields| {
            let day = fields.required("day", |value| value.coded());
            let opens = fields.required("opens", |value| value.time());
            let closes = fields.required("closes", |value| value.time());
            Some(Opening {
                day: day?,
                opens: opens?,
                closes: closes?,
            })
        })
    })?;
    value.accept(WeeklyHours::new(openings))
}

/// Version and dates, when the three are there.
pub(super) fn read_record(fields: &mut Fields<'_>) -> Option<Record> {
    let version = fields.optional("version", |value| match value.integer()? {
        version @ 1.. => Some(version),
        _ => value.refuse(RefusalCode::Range, "a version is 1 or more"),
    });
    let created_at = fields.optional("created_at", |value| value.instant());
    let updated_at = fields.optional("updated_at", |value| value.instant());
    Some(Record {
        version: version?,
        created_at: created_at?,
        updated_at: updated_at?,
    })
}
