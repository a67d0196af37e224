//! Needs of companies, worked by hand.

use MatchOutcome::{Met, Missed, Unknown};

use super::support::{
    dock, dock_facts, facts, in_place, outcomes, part, possible, required, sheet, sheet_of,
    storage, wanted, zone, zone_facts,
};
use crate::{
    activities::Activity,
    establishments::{
        DockFacts, DockKind, Equipment, EstablishmentFacts, Parts, VehicleSize, Zone, ZoneFacts,
        ZoneStatus,
    },
    kernel::{AreaM2, HeightCm, HeightM, PowerKva, RadiusKm, Workforce},
    matches::{EstablishmentNeed, MatchOutcome},
};

fn height(metres: f64) -> HeightM {
    HeightM::new(metres).unwrap()
}

fn power(kva: f64) -> PowerKva {
    PowerKva::new(kva).unwrap()
}

#[test]
fn every_criterion_is_met_by_a_sheet_that_has_it_all() {
    let need = EstablishmentNeed {
        activity: Some(wanted(vec![Activity::Joinery], 1)),
        production_area_m2: Some(wanted(AreaM2::new(600).unwrap(), 2)),
        storage_area_m2: Some(wanted(AreaM2::new(100).unwrap(), 3)),
        clear_height_m: Some(wanted(height(4.0), 4)),
        power_kva: Some(wanted(power(50.0), 5)),
        equipment: Some(wanted(vec![Equipment::ThreePhase], 6)),
        vehicle: Some(wanted(VehicleSize::Rigid19t, 7)),
        dock_height_cm: Some(wanted(HeightCm::new(110).unwrap(), 8)),
        workforce: Some(wanted(Workforce::new(20).unwrap(), 9)),
        place: Some(wanted(RadiusKm::new(100.0).unwrap(), 10)),
    };
    let fitted = zone(Some(4.0), Some(50.0), &[Equipment::ThreePhase]);
    let large = DockFacts {
        max_vehicle: Some(VehicleSize::Articulated44t),
        height_cm: HeightCm::new(120).ok(),
        ..dock_facts(DockKind::Fixed)
    };
    let whole = sheet_of(
        EstablishmentFacts {
            workforce_available: Workforce::new(20).ok(),
            ..facts()
        },
        Parts {
            zones: vec![part(10, fitted), part(11, zone(None, None, &[]))],
            storage_areas: vec![part(20, storage(60)), part(21, storage(40))],
            docks: vec![part(30, dock(large))],
            possible_activities: vec![part(40, possible(Activity::Joinery))],
            ..Parts::default()
        },
    );
    let found = need.judge(&whole, Some(99.9));
    let names = [
        "activity",
        "production_area_m2",
        "storage_area_m2",
        "clear_height_m",
        "power_kva",
        "equipment",
        "vehicle",
        "dock_height_cm",
        "workforce",
        "place",
    ];
    assert_eq!(outcomes(&found.judged), names.map(|name| (name, Met)));
    assert!((found.tally.score() - 100.0).abs() < f64::EPSILON);
    assert_eq!(found.zone.unwrap().uuid().as_u128(), 10);
    assert_eq!(found.dock.unwrap().uuid().as_u128(), 30);

    // A sheet on which nothing is told.
    let silent = need.judge(&sheet(Parts::default()), None);
    assert_eq!(outcomes(&silent.judged), names.map(|name| (name, Unknown)));
    assert_eq!((silent.zone, silent.dock), (None, None));
    assert!(silent.tally.score().abs() < f64::EPSILON);
    assert!(silent.tally.coverage().abs() < f64::EPSILON);
}

#[test]
fn a_score_is_the_share_of_all_the_weights_that_is_met() {
    let need = EstablishmentNeed {
        storage_area_m2: Some(wanted(AreaM2::new(100).unwrap(), 3)),
        workforce: Some(wanted(Workforce::new(20).unwrap(), 2)),
        place: Some(wanted(RadiusKm::new(100.0).unwrap(), 1)),
        ..EstablishmentNeed::default()
    };
    let parts = Parts {
        storage_areas: vec![part(20, storage(80))],
        ..Parts::default()
    };
    let found = need.judge(&sheet(parts), Some(40.0));
    let expected = [
        ("storage_area_m2", Missed),
        ("workforce", Unknown),
        ("place", Met),
    ];
    assert_eq!(outcomes(&found.judged), expected);
    let by_how_much = &found.judged[0].finding;
    assert_eq!(
        (by_how_much.found, by_how_much.missing),
        (Some(80.0), Some(20.0))
    );
    // One of six is met; of four of six something is known.
    assert!((found.tally.score() - 16.7).abs() < 1e-9);
    assert!((found.tally.coverage() - 66.7).abs() < 1e-9);
}

fn of_zones(zones: [Zone; 2], need: &EstablishmentNeed) -> (Option<u128>, Vec<MatchOutcome>) {
    let [first, second] = zones;
    let parts = Parts {
        zones: vec![part(10, first), part(11, second)],
        ..Parts::default()
    };
    let found = need.judge(&sheet(parts), None);
    let judged = outcomes(&found.judged).into_iter().map(|(_, it)| it);
    (found.zone.map(|id| id.uuid().as_u128()), judged.collect())
}

#[test]
fn what_is_asked_of_a_zone_is_judged_on_one_and_the_same_zone() {
    let need = EstablishmentNeed {
        clear_height_m: Some(wanted(height(5.0), 1)),
        power_kva: Some(wanted(power(100.0), 2)),
        ..EstablishmentNeed::default()
    };
    let high = || zone(Some(6.0), Some(50.0), &[]);
    let strong = || zone(Some(3.0), Some(100.0), &[]);
    // Together the two zones meet both; neither does alone, and power counts for more.
    assert_eq!(
        of_zones([high(), strong()], &need),
        (Some(11), vec![Missed, Met])
    );
    // What must be met is met, though that zone answers less well.
    let must = EstablishmentNeed {
        clear_height_m: Some(required(height(5.0))),
        ..need.clone()
    };
    assert_eq!(
        of_zones([high(), strong()], &must),
        (Some(10), vec![Met, Missed])
    );
    // Of two that meet as much, the one that misses less; then the one that can be taken; then the
    // one whose id comes first.
    let silent = || zone(None, Some(100.0), &[]);
    assert_eq!(
        of_zones([strong(), silent()], &need),
        (Some(11), vec![Unknown, Met])
    );
    assert_eq!(
        of_zones([strong(), strong()], &need),
        (Some(10), vec![Missed, Met])
    );
    let closed = ZoneFacts {
        status: ZoneStatus::Closed,
        ..strong().into_facts()
    };
    let closed = Zone::new(closed).unwrap();
    assert_eq!(
        of_zones([closed, strong()], &need),
        (Some(11), vec![Missed, Met])
    );
}

#[test]
fn what_must_be_met_excludes_when_it_is_missed_and_is_told_when_it_is_unknown() {
    let need = EstablishmentNeed {
        clear_height_m: Some(required(height(5.0))),
        ..EstablishmentNeed::default()
    };
    let of = |zones: Vec<Zone>| {
        let ids = 10..;
        let zones = ids.zip(zones).map(|(id, zone)| part(id, zone)).collect();
        need.judge(
            &sheet(Parts {
                zones,
                ..Parts::default()
            }),
            None,
        )
    };
    let low = of(vec![zone(Some(4.0), None, &[])]);
    assert!(low.tally.is_excluded());
    assert!(!low.judged[0].is_to_confirm());
    for unknown in [
        of(vec![]),
        of(vec![zone(None, None, &[])]),
        of(vec![zone(Some(4.0), None, &[]), zone(None, None, &[])]),
    ] {
        assert!(!unknown.tally.is_excluded());
        assert!(unknown.judged[0].is_to_confirm());
    }
}

#[test]
fn equipment_is_all_of_it_on_the_zone_and_what_lacks_is_named() {
    let need = EstablishmentNeed {
        equipment: Some(wanted(vec![Equipment::Forklift, Equipment::ThreePhase], 1)),
        ..EstablishmentNeed::default()
    };
    let some = zone(None, None, &[Equipment::Forklift, Equipment::Heating]);
    let parts = Parts {
        zones: vec![part(10, some)],
        ..Parts::default()
    };
    let found = need.judge(&sheet(parts), None);
    assert_eq!(found.judged[0].finding.outcome, Missed);
    assert_eq!(found.judged[0].finding.lacking, [Equipment::ThreePhase]);
    let untold = Parts {
        zones: vec![part(10, Zone::new(zone_facts()).unwrap())],
        ..Parts::default()
    };
    let found = need.judge(&sheet(untold), None);
    assert_eq!(outcomes(&found.judged), [("equipment", Unknown)]);
}

#[test]
fn what_is_asked_of_a_dock_is_judged_on_one_and_the_same_dock() {
    let need = EstablishmentNeed {
        vehicle: Some(wanted(VehicleSize::Rigid26t, 2)),
        dock_height_cm: Some(wanted(HeightCm::new(110).unwrap(), 1)),
        ..EstablishmentNeed::default()
    };
    let of = |docks: Vec<DockFacts>| {
        let ids = 30..;
        let docks = ids.zip(docks).map(|(id, facts)| part(id, dock(facts)));
        let parts = Parts {
            docks: docks.collect(),
            ..Parts::default()
        };
        need.judge(&sheet(parts), None)
    };
    let small = DockFacts {
        max_vehicle: Some(VehicleSize::Rigid12t),
        height_cm: HeightCm::new(110).ok(),
        ..dock_facts(DockKind::Fixed)
    };
    let level = DockFacts {
        max_vehicle: Some(VehicleSize::Articulated44t),
        height_cm: HeightCm::new(20).ok(),
        ..dock_facts(DockKind::GroundLevel)
    };
    let both = of(vec![small.clone(), level]);
    assert_eq!(both.dock.unwrap().uuid().as_u128(), 31);
    let told = [("vehicle", Met), ("dock_height_cm", Missed)];
    assert_eq!(outcomes(&both.judged), told);
    assert_eq!(both.judged[1].finding.missing, Some(90.0));

    // Two sizes lie between a lorry of 12 t and one of 26 t.
    let small = of(vec![small]);
    assert_eq!(small.judged[0].finding.missing, Some(2.0));
    assert_eq!(small.judged[0].finding.found, None);

    let none = of(vec![dock_facts(DockKind::None)]);
    let told = [("vehicle", Missed), ("dock_height_cm", Missed)];
    assert_eq!(outcomes(&none.judged), told);
    assert_eq!(none.judged[0].finding.missing, None);

    let unknown = of(vec![dock_facts(DockKind::Unknown)]);
    let told = [("vehicle", Unknown), ("dock_height_cm", Unknown)];
    assert_eq!(outcomes(&unknown.judged), told);
}

#[test]
fn an_activity_is_one_in_place_or_possible_and_a_sheet_without_any_says_nothing() {
    let need = EstablishmentNeed {
        activity: Some(wanted(vec![Activity::Joinery, Activity::Laundry], 1)),
        ..EstablishmentNeed::default()
    };
    let of = |there: Option<Activity>, could: Option<Activity>| {
        let parts = Parts {
            activities: there.map(|it| part(40, in_place(it))).into_iter().collect(),
            possible_activities: could.map(|it| part(41, possible(it))).into_iter().collect(),
            ..Parts::default()
        };
        need.judge(&sheet(parts), None).judged[0].finding.outcome
    };
    assert_eq!(of(Some(Activity::Laundry), None), Met);
    assert_eq!(of(Some(Activity::Printing), Some(Activity::Joinery)), Met);
    assert_eq!(of(Some(Activity::Printing), None), Missed);
    assert_eq!(of(None, None), Unknown);
}
