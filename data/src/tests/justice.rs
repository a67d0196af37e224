//! What the tables of courts and services promise.

use std::collections::BTreeSet;

use domain::territories::DepartementCode;

use crate::Reference;

#[test]
fn courts_are_those_where_the_magistrates_of_community_service_sit() {
    let reference = Reference::get().unwrap();
    let courts = reference.justice().courts();
    let of = |kind: &str| {
        courts
            .iter()
            .filter(|it| it.label.starts_with(kind))
            .count()
    };
    assert_eq!(of("Cour d'appel d"), 36);
    assert_eq!(of("Tribunal judiciaire d"), 164);
    assert_eq!(of("Tribunal de première instance d"), 3);
    assert_eq!(courts.len(), 203);
    let labels: BTreeSet<&str> = courts.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels.len(), courts.len(), "each has a name of its own");
    let bordeaux = reference
        .justice()
        .court(&"100094".parse().unwrap())
        .unwrap();
    assert_eq!(bordeaux.label, "Tribunal judiciaire de Bordeaux");
    assert_eq!(bordeaux.departement.as_str(), "33");
    let nowhere = "000000".parse().unwrap();
    assert_eq!(reference.justice().court(&nowhere), None);
}

#[test]
fn a_court_bears_the_name_of_the_commune_where_it_sits() {
    let reference = Reference::get().unwrap();
    let mut without = Vec::new();
    for court in reference.justice().courts() {
        let Some(seat) = &court.seat else {
            without.push(court.label.as_str());
            continue;
        };
        let name = &reference.territories().commune(seat).unwrap().name;
        let bare = name
            .strip_prefix("Le ")
            .or_else(|| name.strip_prefix("Les "));
        let own = bare.unwrap_or(name);
        assert!(court.label.ends_with(own), "{} {name}", court.label);
    }
    assert_eq!(without, ["Tribunal de première instance de Mata-Utu"]);
}

#[test]
fn every_departement_has_one_service_of_probation() {
    let reference = Reference::get().unwrap();
    let services = reference.justice().probation_services();
    assert_eq!(services.len(), 101);
    let served = services.iter().flat_map(|it| &it.departements);
    let served: Vec<&str> = served.map(DepartementCode::as_str).collect();
    let once: BTreeSet<&str> = served.iter().copied().collect();
    assert_eq!(
        once.len(),
        served.len(),
        "no two serve the same département"
    );
    let all = reference.territories().departements().iter();
    let without: Vec<&str> = all
        .map(|it| it.code.as_str())
        .filter(|code| !once.contains(code))
        .collect();
    assert_eq!(without, ["975", "984", "986", "987", "988", "989"]);
    let seats = services.iter().filter(|it| it.seat.is_none());
    let unknown: Vec<&str> = seats.map(|it| it.code.as_str()).collect();
    assert_eq!(unknown, ["isere", "loire"]);
    let gironde = "gironde".parse().unwrap();
    let gironde = reference.justice().probation_service(&gironde).unwrap();
    assert!(gironde.label.ends_with("de probation de la Gironde"));
}
