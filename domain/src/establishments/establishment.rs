//! The establishment and its parts as one whole.

use std::ops::Deref;

use chrono::NaiveDate;

use super::{
    ActivityInPlace, Contact, DatedKind, Dock, DockKind, EstablishmentStatus, Management,
    PossibleActivity, Slug, StorageArea, Zone, rules,
};
use crate::{
    kernel::{
        CapacityPlaces, Count, Id, Part, Position, Record, Refusal, Text, WeeklyHours, Workforce,
    },
    territories::{CommuneCode, Direction, Postcode},
};

/// Where letters and lorries go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Number and street, where an open source gives them.
    pub street: Option<Text<200>>,
    /// Postcode, where known.
    pub postcode: Option<Postcode>,
    /// The commune.
    pub commune: CommuneCode,
}

/// The operational capacity, with its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// Places.
    pub places: CapacityPlaces,
    /// The day on which it was so.
    pub as_of: NaiveDate,
    /// Who published it.
    pub source: Text<200>,
}

/// Everything that is known of an establishment itself.
#[derive(Debug, Clone, PartialEq)]
pub struct EstablishmentFacts {
    /// Its stable name in addresses.
    pub slug: Slug,
    /// Its official name.
    pub name: Text<200>,
    /// Its kind, dated.
    pub kind: DatedKind,
    /// Whether it is in use.
    pub status: EstablishmentStatus,
    /// The day it closed, when it is closed.
    pub closed_on: Option<NaiveDate>,
    /// Who runs it, where known.
    pub management: Option<Management>,
    /// Its directorate.
    pub direction: Direction,
    /// Its address.
    pub address: Address,
    /// Where it is.
    pub position: Position,
    /// Where the position comes from.
    pub position_source: Option<Text<200>>,
    /// Its capacity, where published.
    pub capacity: Option<Capacity>,
    /// When workshops run.
    pub working_hours: Option<WeeklyHours>,
    /// How many people could work: a number, never persons.
    pub workforce_available: Option<Workforce>,
    /// The label of its rows in the ministry's monthly statistics.
    pub statistics_label: Option<Text<100>>,
}

/// The parts of an establishment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// Production zones.
    pub zones: Vec<Part<Zone>>,
    /// Storage areas.
    pub storage_areas: Vec<Part<StorageArea>>,
    /// Loading docks.
    pub docks: Vec<Part<Dock>>,
    /// Activities in place.
    pub activities: Vec<Part<ActivityInPlace>>,
    /// Activities that could be.
    pub possible_activities: Vec<Part<PossibleActivity>>,
    /// Contacts.
    pub contacts: Vec<Part<Contact>>,
}

/// A prison as a workplace.
///
/// Invariants: the zone a part names is a zone of this establishment; no part appears twice;
/// an activity is possible once; a closing date goes with the status `closed`.
#[derive(Debug, Clone, PartialEq)]
pub struct Establishment {
    /// Its identifier, the same in every installation.
    pub id: Id<Establishment>,
    /// Its version and dates.
    pub record: Record,
    facts: EstablishmentFacts,
    parts: Parts,
}

impl Establishment {
    /// Checks the whole; every broken rule is returned, with its place on the sheet.
    pub fn new(
        id: Id<Self>,
        record: Record,
        facts: EstablishmentFacts,
        parts: Parts,
    ) -> Result<Self, Vec<Refusal>> {
        let refusals = rules::check(&facts, &parts);
        if refusals.is_empty() {
            Ok(Self {
                id,
                record,
                facts,
                parts,
            })
        } else {
            Err(refusals)
        }
    }

    /// The parts.
    #[must_use]
    pub const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Facts and parts, to be changed and checked again.
    #[must_use]
    pub fn into_inner(self) -> (EstablishmentFacts, Parts) {
        (self.facts, self.parts)
    }

    /// Total area of the production zones in square metres; `None` when no zone is described.
    #[must_use]
    pub fn production_area_m2(&self) -> Option<u64> {
        total(
            self.parts
                .zones
                .iter()
                .map(|zone| u64::from(zone.value.area_m2.get())),
        )
    }

    /// Total free area in square metres; `None` when no zone tells its free area.
    #[must_use]
    pub fn available_area_m2(&self) -> Option<u64> {
        let known = self
            .parts
            .zones
            .iter()
            .filter_map(|zone| zone.value.available_area_m2);
        total(known.map(|area| u64::from(area.get())))
    }

    /// Total storage area in square metres; `None` when no storage area is described.
    #[must_use]
    pub fn storage_area_m2(&self) -> Option<u64> {
        let areas = self.parts.storage_areas.iter();
        total(areas.map(|area| u64::from(area.value.area_m2.get())))
    }

    /// How many loading docks there are: the statement that there is none counts none, and a
    /// description without a number counts one.
    #[must_use]
    pub fn dock_count(&self) -> u32 {
        let docks = self.parts.docks.iter().map(|dock| &dock.value);
        docks
            .filter(|dock| dock.kind != DockKind::None)
            .map(|dock| dock.number.map_or(1, Count::get))
            .fold(0, u32::saturating_add)
    }

    /// Whether any part is fictitious, made for demonstration.
    #[must_use]
    pub fn has_demo_parts(&self) -> bool {
        let parts = &self.parts;
        parts.zones.iter().any(|p| p.demo)
            || parts.storage_areas.iter().any(|p| p.demo)
            || parts.docks.iter().any(|p| p.demo)
            || parts.activities.iter().any(|p| p.demo)
            || parts.possible_activities.iter().any(|p| p.demo)
            || parts.contacts.iter().any(|p| p.demo)
    }
}

impl Deref for Establishment {
    type Target = EstablishmentFacts;

    fn deref(&self) -> &EstablishmentFacts {
        &self.facts
    }
}

fn total(areas: impl Iterator<Item = u64>) -> Option<u64> {
    areas.reduce(u64::saturating_add)
}
