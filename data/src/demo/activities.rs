//! Fictitious activities, in place and possible.

use domain::{
    activities::{Activity, ActivityDetails, ActivityFamily, WorkRegime},
    establishments::{ActivityInPlace, EstablishmentKind, PossibleActivity, Zone, ZoneStatus},
    kernel::{Code, Part, Workforce},
};

use super::{
    dice::Dice,
    maker::{Maker, fit_some},
    profile::Profile,
};
use crate::{Activities, DataError};

/// What keeps any establishment running.
const SITE: [Activity; 4] = [
    Activity::Catering,
    Activity::Cleaning,
    Activity::Laundry,
    Activity::BuildingMaintenance,
];

/// Regimes of structures that may take in any workshop activity.
const STRUCTURES: [WorkRegime; 3] = [WorkRegime::Iae, WorkRegime::Ea, WorkRegime::Esat];

const CONDITIONS: [&str; 6] = [
    "Après visite du site avec le responsable local du travail.",
    "Matières premières livrées sur palettes, sans produit inflammable.",
    "Formation initiale de deux semaines à la charge du donneur d'ordre.",
    "Volumes réguliers souhaités, au moins six mois.",
    "Outillage inventorié à chaque prise de poste.",
    "Sous réserve d'une étude de ventilation.",
];

/// The activities that are carried out.
pub(super) fn in_place(
    maker: &mut Maker,
    profile: &Profile,
    zones: &[Part<Zone>],
    activities: &Activities,
) -> Result<Vec<Part<ActivityInPlace>>, DataError> {
    let mut chosen: Vec<(Activity, WorkRegime, Option<&Part<Zone>>)> = Vec::new();
    let services = if profile.kind == EstablishmentKind::Csl {
        1
    } else {
        3
    };
    for activity in maker.dice.draw(&SITE, services) {
        chosen.push((activity, WorkRegime::ServiceGeneral, None));
    }
    let workshop = workshop_activities(activities);
    let working = zones.iter().filter(|zone| works(zone.value.status));
    for zone in working {
        let number = maker.dice.between(1, 2);
        for details in maker.dice.draw(&workshop, number) {
            if chosen.iter().all(|(it, _, _)| *it != details.activity) {
                chosen.push((
                    details.activity,
                    regime(&mut maker.dice, details),
                    Some(zone),
                ));
            }
        }
    }
    chosen
        .into_iter()
        .map(|(activity, regime, zone)| {
            let workforce = workforce(&mut maker.dice, profile, zone);
            let in_place = ActivityInPlace {
                activity,
                regime,
                workforce: fit_some(workforce, Workforce::new)?,
                zone: zone.map(|zone| zone.id),
            };
            Ok(maker.part(in_place))
        })
        .collect()
}

/// The activities that could be, none of those in place.
pub(super) fn possible(
    maker: &mut Maker,
    profile: &Profile,
    in_place: &[Part<ActivityInPlace>],
) -> Result<Vec<Part<PossibleActivity>>, DataError> {
    let here = |activity| in_place.iter().any(|part| part.value.activity == activity);
    let others: Vec<Activity> = Activity::all()
        .iter()
        .copied()
        .filter(|activity| !SITE.contains(activity) && !here(*activity))
        .collect();
    let number = match profile.kind {
        EstablishmentKind::Csl => 1,
        EstablishmentKind::Ma | EstablishmentKind::Epm => maker.dice.between(1, 4),
        _ => maker.dice.between(3, 7),
    };
    maker
        .dice
        .draw(&others, number)
        .into_iter()
        .map(|activity| {
            let conditions = maker.dice.pick(&CONDITIONS);
            let conditions = conditions.filter(|_| maker.dice.chance(60));
            let possible = PossibleActivity {
                activity,
                conditions: fit_some(conditions, str::parse)?,
            };
            Ok(maker.part(possible))
        })
        .collect()
}

fn works(status: ZoneStatus) -> bool {
    matches!(status, ZoneStatus::Occupied | ZoneStatus::PartlyAvailable)
}

fn workshop_activities(activities: &Activities) -> Vec<&ActivityDetails> {
    let all = activities.all().iter();
    all.filter(|details| details.family != ActivityFamily::SiteServices)
        .filter(|details| !SITE.contains(&details.activity))
        .collect()
}

/// Most often a regime that is typical of the activity, sometimes that of a structure.
fn regime(dice: &mut Dice, details: &ActivityDetails) -> WorkRegime {
    let structure = dice.pick(&STRUCTURES).filter(|_| dice.chance(12));
    structure
        .or_else(|| dice.pick(&details.regimes))
        .unwrap_or(WorkRegime::Concession)
}

/// Workers by the area of the workshop, or by the capacity for what serves the whole place.
fn workforce(dice: &mut Dice, profile: &Profile, zone: Option<&Part<Zone>>) -> Option<u32> {
    let divisor = dice.between(18, 35);
    let size = zone.map_or(profile.places, |zone| zone.value.area_m2.get());
    dice.sometimes(90, (size / divisor).max(2))
}
