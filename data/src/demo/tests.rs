//! What the fictitious parts promise.

use std::collections::HashSet;

use domain::{
    activities::{Activity, WorkRegime},
    establishments::{
        DockKind, Equipment, Establishment, EstablishmentKind, Parts, VehicleSize, ZoneKind,
        ZoneStatus,
    },
    kernel::{Code, Id},
};

use super::*;
use crate::Reference;

fn reference() -> &'static Reference {
    Reference::get().unwrap()
}

fn made(seed: u64) -> Vec<(Id<Establishment>, Parts)> {
    parts(reference(), seed).unwrap()
}

/// Whether every code of a list is among the values.
fn all_of<C: Code>(values: impl Iterator<Item = C>) -> bool {
    let found: Vec<C> = values.collect();
    C::all().iter().all(|code| found.contains(code))
}

#[test]
fn the_same_seed_gives_the_same_parts() {
    assert_eq!(format!("{:?}", made(7)), format!("{:?}", made(7)));
    assert_ne!(format!("{:?}", made(7)), format!("{:?}", made(8)));
}

#[test]
fn the_demonstration_never_changes() {
    let zones: usize = made(SEED).iter().map(|(_, parts)| parts.zones.len()).sum();
    let first = &made(SEED)[0].1.zones[0];
    let described = (first.id.to_string(), first.value.area_m2.get(), zones);
    let id = "019f1af9-b400-7942-ae44-283d8aaef3fe".to_owned();
    assert_eq!(described, (id, 908, 537));
}

#[test]
fn offers_have_ids_of_version_7_in_the_order_of_their_numbers() {
    let hosts = partners(reference(), SEED).unwrap();
    let offers = Offers::new(reference(), &hosts, SEED);
    let numbers = [0, 1, 255, 256, 65_535, 65_536, 1 << 22, u32::MAX];
    let ids = numbers.map(|number| offers.one(number).unwrap().id.uuid());
    assert!(ids.is_sorted(), "{ids:?}");
    for id in ids {
        assert_eq!(id.get_version_num(), 7, "{id}");
        assert_eq!(id.get_variant(), uuid::Variant::RFC4122, "{id}");
    }
}

#[test]
fn real_and_fictitious_parts_make_an_establishment() {
    let all = reference().establishments().iter();
    for (establishment, (id, demo)) in all.zip(made(SEED)) {
        assert_eq!(establishment.id, id);
        let (facts, mut parts) = establishment.clone().into_inner();
        parts.zones.extend(demo.zones);
        parts.storage_areas.extend(demo.storage_areas);
        parts.docks.extend(demo.docks);
        parts.activities.extend(demo.activities);
        parts.possible_activities.extend(demo.possible_activities);
        parts.contacts.extend(demo.contacts);
        let whole = Establishment::new(id, establishment.record, facts, parts);
        assert!(whole.unwrap().has_demo_parts());
    }
}

#[test]
fn every_part_is_marked_and_has_an_id_of_its_own() {
    let mut seen = HashSet::new();
    let mut check = |id: uuid::Uuid, demo: bool| {
        assert!(demo, "{id}");
        assert_eq!(id.get_version_num(), 7);
        assert!(seen.insert(id), "{id} twice");
    };
    for (_, parts) in made(SEED) {
        parts.zones.iter().for_each(|p| check(p.id.uuid(), p.demo));
        parts
            .storage_areas
            .iter()
            .for_each(|p| check(p.id.uuid(), p.demo));
        parts.docks.iter().for_each(|p| check(p.id.uuid(), p.demo));
        parts
            .activities
            .iter()
            .for_each(|p| check(p.id.uuid(), p.demo));
        parts
            .possible_activities
            .iter()
            .for_each(|p| check(p.id.uuid(), p.demo));
        parts
            .contacts
            .iter()
            .for_each(|p| check(p.id.uuid(), p.demo));
    }
    let theirs = reference().establishments().iter();
    let theirs: Vec<_> = theirs.flat_map(|it| &it.parts().contacts).collect();
    assert!(theirs.iter().all(|part| !seen.contains(&part.id.uuid())));
}

#[test]
fn every_code_that_a_filter_takes_is_somewhere() {
    for seed in [SEED, 1, 2] {
        let made = made(seed);
        let zones = || {
            made.iter()
                .flat_map(|(_, parts)| &parts.zones)
                .map(|part| &part.value)
        };
        let docks = || {
            made.iter()
                .flat_map(|(_, parts)| &parts.docks)
                .map(|part| &part.value)
        };
        let activities = || made.iter().flat_map(|(_, parts)| &parts.activities);
        let possible = made
            .iter()
            .flat_map(|(_, parts)| &parts.possible_activities);
        assert!(all_of::<ZoneKind>(zones().map(|zone| zone.kind)));
        assert!(all_of::<ZoneStatus>(zones().map(|zone| zone.status)));
        let equipment = zones().flat_map(|zone| &zone.equipment);
        assert!(all_of::<Equipment>(equipment.map(|item| item.equipment)));
        assert!(all_of::<DockKind>(docks().map(|dock| dock.kind)));
        assert!(all_of::<VehicleSize>(
            docks().filter_map(|dock| dock.max_vehicle)
        ));
        let workshop: Vec<Activity> = possible.map(|part| part.value.activity).collect();
        let in_place = || activities().map(|part| part.value.activity);
        assert!(all_of::<Activity>(
            in_place().chain(workshop.iter().copied())
        ));
        assert!(in_place().collect::<HashSet<_>>().len() >= 25);
        assert!(workshop.iter().collect::<HashSet<_>>().len() >= 25);
        assert!(all_of::<WorkRegime>(
            activities().map(|part| part.value.regime)
        ));
    }
}

#[test]
fn measures_that_filters_compare_are_told_by_some_and_not_by_all() {
    let made = made(SEED);
    let zones = || {
        made.iter()
            .flat_map(|(_, parts)| &parts.zones)
            .map(|part| &part.value)
    };
    let docks = || {
        made.iter()
            .flat_map(|(_, parts)| &parts.docks)
            .map(|part| &part.value)
    };
    let told = [
        zones()
            .map(|it| it.available_area_m2.is_some())
            .collect::<HashSet<_>>(),
        zones().map(|it| it.clear_height_m.is_some()).collect(),
        zones().map(|it| it.power_kva.is_some()).collect(),
        zones().map(|it| it.floor_load_kg_m2.is_some()).collect(),
        docks().map(|it| it.height_cm.is_some()).collect(),
        docks().map(|it| it.clearance_cm.is_some()).collect(),
        docks().map(|it| it.leveller == Some(true)).collect(),
        docks().map(|it| it.opening_hours.is_some()).collect(),
        docks().map(|it| it.shared == Some(true)).collect(),
        made.iter()
            .map(|(_, parts)| parts.docks.is_empty())
            .collect(),
        made.iter()
            .map(|(_, parts)| parts.zones.is_empty())
            .collect(),
        made.iter()
            .map(|(_, parts)| parts.storage_areas.is_empty())
            .collect(),
    ];
    for (i, found) in told.iter().enumerate() {
        assert_eq!(found.len(), 2, "measure {i} of the list above");
    }
    assert!(zones().any(|zone| {
        zone.available_area_m2
            .is_some_and(|area| area.get() >= 1_000)
    }));
}

#[test]
fn a_semi_liberty_centre_has_less_than_a_detention_centre() {
    use EstablishmentKind as Kind;
    let made = made(SEED);
    let mean = |kind| {
        let all = reference().establishments().iter().zip(&made);
        let of: Vec<u32> = all
            .filter(|(establishment, _)| establishment.kind.kind == kind)
            .map(|(_, (_, parts))| {
                parts
                    .zones
                    .iter()
                    .map(|zone| zone.value.area_m2.get())
                    .sum()
            })
            .collect();
        of.iter().sum::<u32>() / u32::try_from(of.len()).unwrap()
    };
    let (csl, ma, cd) = (mean(Kind::Csl), mean(Kind::Ma), mean(Kind::Cd));
    assert!(csl < ma && ma < cd, "{csl} {ma} {cd}");
    assert!(csl < 150 && cd > 1_500, "{csl} {cd}");
}

#[test]
fn an_establishment_without_places_has_its_workshops_under_works() {
    let made = made(SEED);
    let emptied = |slug: &str| {
        let mut all = reference().establishments().iter().zip(&made);
        all.find(|(it, _)| it.slug.as_str() == slug)
            .unwrap()
            .1
            .1
            .clone()
    };
    for slug in ["cp-vendin-le-vieil", "ma-belfort"] {
        let parts = emptied(slug);
        assert!(
            parts
                .zones
                .iter()
                .all(|zone| zone.value.status == ZoneStatus::UnderWorks)
        );
    }
    assert!(!emptied("cp-vendin-le-vieil").zones.is_empty());
}

#[test]
fn nobody_can_be_reached_by_a_fictitious_contact() {
    // The ranges of the French numbering plan that are kept for works of fiction.
    let ranges = [
        "+33199 00",
        "+33261 91",
        "+33353 01",
        "+33465 71",
        "+33536 49",
    ];
    let ranges = ranges.map(|range| range.replace(' ', ""));
    let made = made(SEED);
    let contacts = || {
        made.iter()
            .flat_map(|(_, parts)| &parts.contacts)
            .map(|part| &part.value)
    };
    for contact in contacts() {
        if let Some(email) = &contact.email {
            assert!(email.as_str().ends_with("@demo.example"), "{email}");
        }
        if let Some(phone) = &contact.phone {
            assert!(
                ranges.iter().any(|range| phone.as_str().starts_with(range)),
                "{phone}"
            );
        }
    }
    assert!(contacts().any(|it| it.email.is_some()) && contacts().any(|it| it.phone.is_some()));
    let leads =
        contacts().filter(|it| it.role == domain::establishments::ContactRole::LocalWorkLead);
    assert!(
        (150..186).contains(&leads.count()),
        "most have one, some have none"
    );
}

#[test]
fn the_real_switchboard_is_not_doubled() {
    let made = made(SEED);
    let all = reference().establishments().iter().zip(&made);
    for (establishment, (_, parts)) in all {
        for real in &establishment.parts().contacts {
            let role = real.value.role;
            assert!(parts.contacts.iter().all(|part| part.value.role != role));
        }
    }
}

#[test]
fn partners_are_fictitious_and_reach_nobody() {
    let made = partners(reference(), SEED).unwrap();
    assert_eq!(
        format!("{made:?}"),
        format!("{:?}", partners(reference(), SEED).unwrap())
    );
    let mut seen = HashSet::new();
    for partner in &made {
        assert!(
            partner.demo && partner.name.as_str().contains("ficti"),
            "{partner:?}"
        );
        assert!(seen.insert(partner.id), "{} twice", partner.id);
        assert!(
            partner
                .siren()
                .is_none_or(|siren| siren.as_str() < "000001000")
        );
        assert!(
            partner
                .rna
                .as_ref()
                .is_none_or(|rna| rna.as_str().starts_with("W00"))
        );
        let category = partner.legal_category.as_ref();
        let categories = reference().legal_categories();
        assert!(category.is_none_or(|category| categories.details(category).is_some()));
        let commune = reference().territories().commune(&partner.address.commune);
        assert!(commune.is_some(), "{}", partner.name);
        for contact in &partner.contacts {
            let mailbox = contact.email.as_ref().unwrap().as_str();
            assert!(mailbox.ends_with("@demo.example"), "{mailbox}");
        }
    }
    assert_eq!(made[0].address.commune.as_str(), "33063");
    let roles = made
        .iter()
        .flat_map(|partner| partner.roles.iter().copied());
    assert!(all_of::<domain::partners::PartnerRole>(roles));
}
