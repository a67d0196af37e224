//! What a company needs, held against an establishment.

use std::cmp::Reverse;

use super::{Criterion, Finding, Judged, Tally, criterion::judged};
use crate::{
    activities::Activity,
    establishments::{Dock, DockKind, Equipment, Establishment, VehicleSize, Zone},
    kernel::{AreaM2, HeightCm, HeightM, Id, Part, PowerKva, RadiusKm, Workforce},
};

/// What a company needs to produce; what it does not ask counts for nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EstablishmentNeed {
    /// One of these activities, in place or possible.
    pub activity: Option<Criterion<Vec<Activity>>>,
    /// So much production area, of all zones together.
    pub production_area_m2: Option<Criterion<AreaM2>>,
    /// So much storage area, of all storage areas together.
    pub storage_area_m2: Option<Criterion<AreaM2>>,
    /// So much height in a zone.
    pub clear_height_m: Option<Criterion<HeightM>>,
    /// So much power in the same zone.
    pub power_kva: Option<Criterion<PowerKva>>,
    /// All of this equipment in the same zone.
    pub equipment: Option<Criterion<Vec<Equipment>>>,
    /// A vehicle of this size at a dock.
    pub vehicle: Option<Criterion<VehicleSize>>,
    /// A platform of this height at the same dock.
    pub dock_height_cm: Option<Criterion<HeightCm>>,
    /// So many people who could work.
    pub workforce: Option<Criterion<Workforce>>,
    /// No farther than this from where the company is.
    pub place: Option<Criterion<RadiusKm>>,
}

/// How well an establishment answers.
#[derive(Debug, Clone, PartialEq)]
pub struct EstablishmentMatch {
    /// The criteria, added up.
    pub tally: Tally,
    /// What is found of each, in the order of the question.
    pub judged: Vec<Judged>,
    /// The zone on which those of zones were judged, when there is one.
    pub zone: Option<Id<Zone>>,
    /// The dock on which those of docks were judged, when there is one.
    pub dock: Option<Id<Dock>>,
}

impl EstablishmentNeed {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Holds it against an establishment so many kilometres away.
    #[must_use]
    pub fn judge(&self, sheet: &Establishment, distance_km: Option<f64>) -> EstablishmentMatch {
        let parts = sheet.parts();
        let (zone, of_zone) = chosen(&parts.zones, |zone| self.of_zone(zone), |zone| zone.status);
        let (dock, of_dock) = chosen(&parts.docks, |dock| self.of_dock(dock), |_| ());
        let mut judged = self.of_totals(sheet);
        judged.extend(of_zone);
        judged.extend(of_dock);
        judged.extend(self.of_the_rest(sheet, distance_km));
        EstablishmentMatch {
            tally: Tally::of(&judged),
            judged,
            zone,
            dock,
        }
    }

    fn of_totals(&self, sheet: &Establishment) -> Vec<Judged> {
        let (production, storage) = (sheet.production_area_m2(), sheet.storage_area_m2());
        let all = [
            judged(self.activity.as_ref(), "activity", |wanted| {
                activity(wanted, sheet)
            }),
            judged(
                self.production_area_m2.as_ref(),
                "production_area_m2",
                |wanted| Finding::at_least(wanted.get().into(), production.map(number)),
            ),
            judged(self.storage_area_m2.as_ref(), "storage_area_m2", |wanted| {
                Finding::at_least(wanted.get().into(), storage.map(number))
            }),
        ];
        all.into_iter().flatten().collect()
    }

    fn of_the_rest(&self, sheet: &Establishment, distance_km: Option<f64>) -> Vec<Judged> {
        let workforce = sheet.workforce_available.map(|it| f64::from(it.get()));
        let all = [
            judged(self.workforce.as_ref(), "workforce", |wanted| {
                Finding::at_least(wanted.get().into(), workforce)
            }),
            judged(self.place.as_ref(), "place", |most| {
                Finding::at_most(most.get(), distance_km)
            }),
        ];
        all.into_iter().flatten().collect()
    }

    /// What a zone must have at once; of no zone, nothing is known.
    fn of_zone(&self, zone: Option<&Zone>) -> Vec<Judged> {
        let height = zone.and_then(|it| it.clear_height_m).map(HeightM::get);
        let power = zone.and_then(|it| it.power_kva).map(PowerKva::get);
        let all = [
            judged(self.clear_height_m.as_ref(), "clear_height_m", |wanted| {
                Finding::at_least(wanted.get(), height)
            }),
            judged(self.power_kva.as_ref(), "power_kva", |wanted| {
                Finding::at_least(wanted.get(), power)
            }),
            judged(self.equipment.as_ref(), "equipment", |wanted| {
                let fitted = zone.map_or(&[][..], |zone| &zone.equipment);
                let there = |item| fitted.iter().any(|it| it.equipment == item);
                Finding::all_of(wanted, there, !fitted.is_empty())
            }),
        ];
        all.into_iter().flatten().collect()
    }

    /// What a dock must have at once; of no dock, nothing is known.
    fn of_dock(&self, dock: Option<&Dock>) -> Vec<Judged> {
        let none = dock.is_some_and(|dock| dock.kind == DockKind::None);
        let known = |found: Finding| if none { Finding::of(false) } else { found };
        let largest = dock.and_then(|it| it.max_vehicle);
        let height = dock.and_then(|it| it.height_cm);
        let all = [
            judged(self.vehicle.as_ref(), "vehicle", |wanted| {
                let rank = largest.map(|size| f64::from(size.rank()));
                let found = Finding::at_least(wanted.rank().into(), rank);
                // Sizes have a rank, which is no measure of them.
                known(Finding {
                    found: None,
                    ..found
                })
            }),
            judged(self.dock_height_cm.as_ref(), "dock_height_cm", |wanted| {
                let height = height.map(|it| f64::from(it.get()));
                known(Finding::at_least(wanted.get().into(), height))
            }),
        ];
        all.into_iter().flatten().collect()
    }
}

/// One of these activities, in place or possible. A sheet that names none says nothing.
fn activity(wanted: &[Activity], sheet: &Establishment) -> Finding {
    let parts = sheet.parts();
    let in_place = parts.activities.iter().map(|it| it.value.activity);
    let possible = parts.possible_activities.iter();
    let mut told = in_place
        .chain(possible.map(|it| it.value.activity))
        .peekable();
    match told.peek() {
        None => Finding::unknown(),
        Some(_) => Finding::of(told.any(|activity| wanted.contains(&activity))),
    }
}

/// The part that answers best: one that misses nothing that must be met, then by what it meets,
/// by how many criteria, by how few it misses, then the `first` of them, then by its id. Nothing
/// is judged where nothing is asked.
fn chosen<T, K: Ord>(
    parts: &[Part<T>],
    judge: impl Fn(Option<&T>) -> Vec<Judged>,
    first: impl Fn(&T) -> K,
) -> (Option<Id<T>>, Vec<Judged>) {
    let nothing = judge(None);
    if nothing.is_empty() {
        return (None, nothing);
    }
    let all = parts.iter().map(|part| (part, judge(Some(&part.value))));
    let best = all.max_by_key(|(part, judged)| {
        let tally = Tally::of(judged);
        (
            !tally.is_excluded(),
            tally.met(),
            tally.met_count(),
            Reverse(tally.missed_count()),
            Reverse((first(&part.value), part.id.uuid())),
        )
    });
    best.map_or((None, nothing), |(part, judged)| (Some(part.id), judged))
}

/// A total as it is compared; exact far above any area.
fn number(total: u64) -> f64 {
    f64::from(u32::try_from(total).unwrap_or(u32::MAX))
}
