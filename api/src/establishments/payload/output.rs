//! The whole sheet, as it is read.

use data::Reference;
use domain::{
    establishments::{Capacity, DatedKind, Establishment, EstablishmentKind},
    kernel::{Code, GeoPrecision, Opening, Part, WeeklyHours},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::{CodedDay, CodedDirection, CodedManagement, CodedStatus};
use super::parts::{
    ActivityOutput, ContactOutput, DockOutput, PossibleActivityOutput, StorageAreaOutput,
    ZoneOutput,
};
use crate::{
    kernel::{
        coded::Coded,
        dates::{date, instant},
    },
    territories::{AddressOutput, PositionOutput},
};

/// Everything that is public of an establishment. What no open source gives is absent; parts
/// marked `demo` are fictitious, made for demonstration.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EstablishmentSheet {
    /// The identifier, the same in every installation.
    #[schema(
        format = "uuid",
        min_length = 36,
        max_length = 36,
        example = "019f1af9-b400-7f33-a738-44da42b27b6c"
    )]
    pub id: String,
    /// The stable name in addresses: it stands wherever the id does.
    #[schema(
        min_length = 3,
        max_length = 80,
        pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        example = "cd-argentan"
    )]
    pub slug: String,
    /// The official name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Centre de détention d'Argentan"
    )]
    pub name: String,
    /// The kind of establishment, dated.
    pub kind: KindOutput,
    /// Whether it is in use.
    pub status: CodedStatus,
    /// The day it closed; only when it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-06-30")]
    pub closed_on: Option<String>,
    /// Who runs it, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub management: Option<CodedManagement>,
    /// Its directorate.
    pub direction: CodedDirection,
    /// Its address.
    pub address: AddressOutput,
    /// One point, WGS 84, and what it points at; never a perimeter.
    pub position: PositionOutput,
    /// The operational capacity, where published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub capacity: Option<CapacityOutput>,
    /// Total area of the production zones, in square metres; absent when no zone is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 1200)]
    pub production_area_m2: Option<u64>,
    /// Total free area of the production zones, in square metres; absent when no zone tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 400)]
    pub available_area_m2: Option<u64>,
    /// Total storage area, in square metres; absent when no storage area is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000, example = 300)]
    pub storage_area_m2: Option<u64>,
    /// When workshops run in an ordinary week.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 1, max_items = 28)]
    pub working_hours: Option<Vec<OpeningOutput>>,
    /// How many people could work: a number, never persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 10_000, example = 120)]
    pub workforce_available: Option<u32>,
    /// The label of its rows in the ministry's monthly statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        example = "CD ARGENTAN"
    )]
    pub statistics_label: Option<String>,
    /// Production zones: workshops, or parts of one, that can be given to an activity.
    #[schema(max_items = 1000)]
    pub zones: Vec<ZoneOutput>,
    /// Storage areas.
    #[schema(max_items = 1000)]
    pub storage_areas: Vec<StorageAreaOutput>,
    /// Loading docks.
    #[schema(max_items = 1000)]
    pub docks: Vec<DockOutput>,
    /// Activities in place.
    #[schema(max_items = 1000)]
    pub activities: Vec<ActivityOutput>,
    /// Activities that could be: indicative, and never exhaustive.
    #[schema(max_items = 1000)]
    pub possible_activities: Vec<PossibleActivityOutput>,
    /// Functions and services to write to, never persons.
    #[schema(max_items = 1000)]
    pub contacts: Vec<ContactOutput>,
    /// Counts the changes; 1 at creation. Writing a part raises it.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub version: i64,
    /// When the sheet was created (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub created_at: String,
    /// When the sheet, or a part of it, last changed (RFC 3339, UTC).
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T00:00:00Z")]
    pub updated_at: String,
}

/// The kind of an establishment and the day on which it was read: the lists are set by orders
/// and change with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DatedKind)]
pub struct KindOutput {
    /// The code, of `/v1/code-lists/establishment-kinds`.
    #[schema(max_length = 10, pattern = "^[a-z]+$", example = "cd")]
    pub code: &'static str,
    /// The official French label.
    #[schema(max_length = 200, example = "Centre de détention")]
    pub label: &'static str,
    /// The day on which this was so.
    #[schema(format = Date, max_length = 10, example = "2026-07-01")]
    pub as_of: String,
}

/// The operational capacity, with its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Capacity)]
pub struct CapacityOutput {
    /// Operational places.
    #[schema(minimum = 0, maximum = 20_000, example = 638)]
    pub places: u32,
    /// The day on which it was so.
    #[schema(format = Date, max_length = 10, example = "2026-07-01")]
    pub as_of: String,
    /// Who published it.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Direction de l'administration pénitentiaire"
    )]
    pub source: String,
}

/// A span of one day of an ordinary week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Opening)]
pub struct OpeningOutput {
    /// The day.
    pub day: CodedDay,
    /// When it begins, local time.
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^[0-2][0-9]:[0-5][0-9]$",
        example = "08:00"
    )]
    pub opens: String,
    /// When it ends, local time, the same day.
    #[schema(
        min_length = 5,
        max_length = 5,
        pattern = "^[0-2][0-9]:[0-5][0-9]$",
        example = "12:00"
    )]
    pub closes: String,
}

impl EstablishmentSheet {
    /// The sheet of an establishment, with the names of its territories.
    #[must_use]
    pub fn new(establishment: &Establishment, reference: &Reference) -> Self {
        let parts = establishment.parts();
        Self {
            id: establishment.id.to_string(),
            slug: establishment.slug.to_string(),
            name: establishment.name.to_string(),
            kind: establishment.kind.into(),
            status: establishment.status.into(),
            closed_on: establishment.closed_on.map(date),
            management: establishment.management.map(Coded::from),
            direction: establishment.direction.into(),
            address: AddressOutput::new(&establishment.address, reference),
            position: position(establishment, true),
            capacity: establishment.capacity.as_ref().map(CapacityOutput::from),
            production_area_m2: establishment.production_area_m2(),
            available_area_m2: establishment.available_area_m2(),
            storage_area_m2: establishment.storage_area_m2(),
            working_hours: establishment.working_hours.as_ref().map(openings),
            workforce_available: establishment
                .workforce_available
                .map(domain::kernel::Workforce::get),
            statistics_label: establishment
                .statistics_label
                .as_ref()
                .map(ToString::to_string),
            zones: outputs(&parts.zones),
            storage_areas: outputs(&parts.storage_areas),
            docks: outputs(&parts.docks),
            activities: outputs(&parts.activities),
            possible_activities: outputs(&parts.possible_activities),
            contacts: outputs(&parts.contacts),
            version: establishment.record.version,
            created_at: instant(establishment.record.created_at),
            updated_at: instant(establishment.record.updated_at),
        }
    }
}

impl From<DatedKind> for KindOutput {
    fn from(kind: DatedKind) -> Self {
        let DatedKind { kind, as_of } = kind;
        let (code, label) = (
            EstablishmentKind::code(kind),
            EstablishmentKind::label(kind),
        );
        Self {
            code,
            label,
            as_of: date(as_of),
        }
    }
}

/// The position of an establishment, with its source or without.
pub(super) fn position(establishment: &Establishment, with_source: bool) -> PositionOutput {
    let source = establishment
        .position_source
        .as_ref()
        .filter(|_| with_source);
    PositionOutput {
        lat: establishment.position.point.lat(),
        lon: establishment.position.point.lon(),
        precision: GeoPrecision::code(establishment.position.precision),
        source: source.map(ToString::to_string),
    }
}

impl From<&Capacity> for CapacityOutput {
    fn from(capacity: &Capacity) -> Self {
        Self {
            places: capacity.places.get(),
            as_of: date(capacity.as_of),
            source: capacity.source.to_string(),
        }
    }
}

impl From<&Opening> for OpeningOutput {
    fn from(opening: &Opening) -> Self {
        Self {
            day: opening.day.into(),
            opens: opening.opens.format("%H:%M").to_string(),
            closes: opening.closes.format("%H:%M").to_string(),
        }
    }
}

/// The openings of a week.
pub(super) fn openings(hours: &WeeklyHours) -> Vec<OpeningOutput> {
    hours.openings().iter().map(OpeningOutput::from).collect()
}

fn outputs<T, O: for<'a> From<&'a Part<T>>>(parts: &[Part<T>]) -> Vec<O> {
    parts.iter().map(O::from).collect()
}
