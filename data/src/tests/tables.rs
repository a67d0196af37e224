//! What the embedded tables promise.

use std::{
    collections::{BTreeMap, HashSet},
    time::{Duration, Instant},
};

use crate::{Reference, fixed_instant};
use domain::{
    establishments::{ContactRole, Establishment, EstablishmentKind},
    kernel::{Code, GeoPrecision},
    territories::{Commune, CommuneCode, Direction},
};

fn reference() -> &'static Reference {
    Reference::get().unwrap()
}

fn commune(code: &str) -> &'static Commune {
    let code: CommuneCode = code.parse().unwrap();
    reference().territories().commune(&code).unwrap()
}

fn places(establishment: &Establishment) -> u32 {
    establishment.capacity.as_ref().unwrap().places.get()
}

#[test]
fn every_table_fits_the_domain() {
    let reference = reference();
    assert_eq!(reference.territories().regions().len(), 26);
    assert_eq!(reference.territories().departements().len(), 109);
    assert_eq!(reference.territories().communes().len(), 35_014);
    assert_eq!(reference.activities().all().len(), 31);
    assert_eq!(reference.legal_categories().all().len(), 260);
    assert_eq!(reference.establishments().len(), 186);
    assert_eq!(reference.contacts().len(), 2);
}

#[test]
fn reading_takes_less_than_a_second() {
    // The best of five, by what this thread was given of a processor where the system says it: a
    // machine that does something else meanwhile says nothing of the tables.
    let start = Instant::now();
    let spent = || given_to_this_thread().unwrap_or_else(|| start.elapsed());
    let one = || {
        let before = spent();
        Reference::load().unwrap();
        spent().saturating_sub(before)
    };
    let best = (0..5).map(|_| one()).min().unwrap();
    assert!(best < Duration::from_secs(1), "{best:?}");
}

/// How long this thread ran on a processor, as Linux counts it.
fn given_to_this_thread() -> Option<Duration> {
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = counts.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

#[test]
fn a_legal_category_is_found_by_its_code() {
    let label = |code: &str| {
        let details = reference()
            .legal_categories()
            .details(&code.parse().unwrap());
        details.map(|details| details.label.as_str())
    };
    assert_eq!(label("0000").map(str::len), Some(81));
    assert_eq!(label("7210"), Some("Commune et commune nouvelle"));
    assert_eq!(label("9220"), Some("Association déclarée"));
    assert_eq!(label("9999"), None);
}

#[test]
fn capacities_add_up_as_published() {
    let mut sums: BTreeMap<&str, u32> = BTreeMap::new();
    for establishment in reference().establishments() {
        *sums.entry(establishment.direction.code()).or_default() += places(establishment);
    }
    let published = [
        ("bordeaux", 5_447),
        ("dijon", 4_190),
        ("lille", 5_978),
        ("lyon", 6_012),
        ("marseille", 7_860),
        ("outre_mer", 4_712),
        ("paris", 10_250),
        ("rennes", 7_877),
        ("strasbourg", 6_197),
        ("toulouse", 4_766),
    ];
    assert_eq!(sums, BTreeMap::from(published));
    assert_eq!(sums.values().sum::<u32>(), 63_289);
}

#[test]
fn kinds_are_as_published() {
    use EstablishmentKind as Kind;
    let count = |kind| {
        let all = reference().establishments().iter();
        all.filter(|it| it.kind.kind == kind).count()
    };
    let counted: Vec<usize> = Kind::all().iter().map(|kind| count(*kind)).collect();
    let published = [73, 5, 26, 67, 9, 6, 0, 0, 0];
    assert_eq!(counted, published, "ma mc cd cp csl epm epsnf cpa cne");
}

#[test]
fn every_establishment_lies_in_its_commune() {
    let mut unknown = Vec::new();
    for establishment in reference().establishments() {
        let commune = reference()
            .territories()
            .commune(&establishment.address.commune);
        let Some(centre) = commune.unwrap().centre else {
            unknown.push(establishment.slug.as_str());
            continue;
        };
        let distance = centre.distance_km(establishment.position.point);
        assert!(distance <= 60.0, "{}: {distance} km", establishment.slug);
    }
    let named = [
        "cd-kone",
        "cd-tatutu-de-papeari",
        "cp-faaa-nuutania",
        "cp-mata-utu",
        "cp-noumea",
        "cp-taiohae",
        "cp-uturoa",
    ];
    assert_eq!(unknown, named);
}

#[test]
fn an_establishment_depends_on_the_directorate_of_its_region() {
    for establishment in reference().establishments() {
        let commune = commune(establishment.address.commune.as_str());
        assert_eq!(
            establishment.direction, commune.direction,
            "{}",
            establishment.slug
        );
    }
}

#[test]
fn slugs_ids_and_labels_are_unique() {
    let all = reference().establishments();
    let slugs: HashSet<_> = all.iter().map(|it| it.slug.as_str()).collect();
    let ids: HashSet<_> = all.iter().map(|it| it.id).collect();
    let labels: HashSet<_> = all
        .iter()
        .map(|it| it.statistics_label.as_ref().unwrap())
        .collect();
    assert_eq!((slugs.len(), ids.len(), labels.len()), (186, 186, 186));
    assert!(all.is_sorted_by_key(|it| it.slug.as_str()));
    assert!(all.iter().all(|it| it.id.uuid().get_version_num() == 7));
}

#[test]
fn an_establishment_has_no_part_that_no_open_source_gives() {
    for establishment in reference().establishments() {
        let parts = establishment.parts();
        assert!(!establishment.has_demo_parts());
        let empty = parts.zones.is_empty()
            && parts.storage_areas.is_empty()
            && parts.docks.is_empty()
            && parts.activities.is_empty()
            && parts.possible_activities.is_empty();
        assert!(empty, "{}", establishment.slug);
        assert_eq!(establishment.record.created_at, fixed_instant());
    }
}

#[test]
fn the_only_public_telephone_is_a_switchboard() {
    let all = reference().establishments().iter();
    let contacts: Vec<_> = all
        .flat_map(|it| {
            it.parts()
                .contacts
                .iter()
                .map(move |part| (it.slug.as_str(), part))
        })
        .collect();
    let [(slug, part)] = contacts.as_slice() else {
        panic!("{} contacts", contacts.len());
    };
    assert_eq!(*slug, "cp-bourg-en-bresse");
    assert_eq!(part.value.role, ContactRole::Switchboard);
    assert_eq!(part.value.phone.as_ref().unwrap().as_str(), "+33426161000");
    assert_eq!(part.id.uuid().get_version_num(), 7);
}

#[test]
fn a_sheet_says_how_precise_its_position_is() {
    let of = |precision| {
        let all = reference().establishments().iter();
        all.filter(|it| it.position.precision == precision).count()
    };
    assert_eq!(of(GeoPrecision::Site), 119);
    assert_eq!(of(GeoPrecision::Commune), 67);
    assert!(
        reference()
            .establishments()
            .iter()
            .all(|it| it.position_source.is_some())
    );
}

#[test]
fn the_arrondissements_follow_their_commune() {
    let territories = reference().territories();
    let with = |code: &str| territories.with_arrondissements(&code.parse().unwrap());
    for (code, number) in [("75056", 21), ("69123", 10), ("13055", 17), ("33063", 1)] {
        let communes = with(code);
        assert_eq!(communes.len(), number, "{code}");
        assert_eq!(communes[0].code.as_str(), code);
        assert!(
            communes
                .iter()
                .all(|it| it.centre.is_some() && it.centre == communes[0].centre)
        );
    }
    assert!(with("00000").is_empty());
}

#[test]
fn a_centre_lies_where_its_commune_is() {
    // Saint-Pierre of Saint-Pierre-et-Miquelon, not the one of La Réunion.
    assert!(commune("97502").centre.unwrap().lat() > 40.0);
    let without = reference()
        .territories()
        .communes()
        .iter()
        .filter(|it| it.centre.is_none());
    assert_eq!(without.count(), 102);
}

#[test]
fn every_region_and_departement_belongs_to_a_directorate() {
    let territories = reference().territories();
    let departements_of = |direction| territories.departements_of_direction(direction).len();
    let regions_of = |direction| territories.regions_of_direction(direction).len();
    let directions = Direction::all().iter().copied();
    assert_eq!(directions.clone().map(departements_of).sum::<usize>(), 109);
    assert_eq!(directions.map(regions_of).sum::<usize>(), 26);
    assert_eq!(departements_of(Direction::Paris), 8);
    assert_eq!(departements_of(Direction::Bordeaux), 12);
}

#[test]
fn seats_are_communes_of_their_territory() {
    let territories = reference().territories();
    let seats = territories
        .departements()
        .iter()
        .filter_map(|it| it.seat.as_ref().map(|seat| (seat, it)));
    for (seat, departement) in seats {
        assert_eq!(commune(seat.as_str()).departement, departement.code);
    }
    let seats = territories
        .regions()
        .iter()
        .filter_map(|it| it.seat.as_ref().map(|seat| (seat, it)));
    for (seat, region) in seats {
        assert_eq!(commune(seat.as_str()).region, region.code);
    }
}

#[test]
fn communes_are_found_by_postcode_and_departement() {
    let territories = reference().territories();
    let codes = |found: Vec<&Commune>| -> Vec<String> {
        found.iter().map(|it| it.code.to_string()).collect()
    };
    let gradignan = territories.communes_of_postcode(&"33170".parse().unwrap());
    assert_eq!(codes(gradignan), ["33192"]);
    let saint_pierre = territories.communes_of_postcode(&"97500".parse().unwrap());
    assert_eq!(codes(saint_pierre), ["97501", "97502"]);
    assert!(
        territories
            .communes_of_postcode(&"00000".parse().unwrap())
            .is_empty()
    );
    let mut sum = 0;
    for departement in territories.departements() {
        let communes = territories.of_departement(&departement.code);
        assert!(communes.iter().all(|it| it.departement == departement.code));
        sum += communes.len();
    }
    assert_eq!(sum, 35_014);
}
