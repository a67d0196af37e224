//! The registry against the domain and the document.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;

/// A day on which every list has codes.
fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()
}

/// The names that follow `code_list! {` in the sources of the domain.
fn declared(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            declared(&path, names);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let lines = source.lines().filter(|line| line.starts_with("    pub "));
        let listed = lines.filter(|line| line.contains(", closed, ") || line.contains(", open, "));
        names.extend(
            listed
                .filter_map(|line| line.split('"').nth(1))
                .map(str::to_owned),
        );
    }
}

#[test]
fn every_list_of_the_domain_is_served() {
    let mut names = BTreeSet::new();
    let domain = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src");
    declared(Path::new(domain), &mut names);
    assert!(names.contains("zone-statuses"), "the sources are read");
    // The codes of these are tables.
    let tables = [
        LegalCategory::LIST,
        Court::LIST,
        ProbationService::LIST,
        TigHours::LIST,
    ];
    names.extend(tables.map(|list| list.name.to_owned()));
    let served = LISTS.iter().map(|served| served.list.name);
    assert!(served.clone().is_sorted(), "in the order of their names");
    assert_eq!(served.map(str::to_owned).collect::<BTreeSet<_>>(), names);
}

#[test]
fn every_list_that_the_contract_names_is_served() {
    let contract = crate::openapi::document().to_string();
    let cited = contract.split("/v1/code-lists/").skip(1);
    let names = cited.map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-');
        rest.split_at(end.unwrap_or(rest.len())).0
    });
    for name in names.filter(|name| !name.is_empty()) {
        assert!(find(name).is_some(), "{name}");
    }
}

#[test]
fn every_code_has_the_form_that_the_contract_tells() {
    let reference = Reference::get().unwrap();
    let form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.:-".contains(c);
    for served in LISTS {
        for item in (served.items)(reference, day()) {
            let fits = item.code.chars().all(form) && item.code.len() <= 60;
            assert!(fits, "{}: {}", served.list.name, item.code);
            assert!(item.label.chars().count() <= 300, "{}", item.code);
        }
    }
}

#[test]
fn a_document_comes_with_the_requests_that_hold_it() {
    let documents = find("habilitation-documents").unwrap();
    let documents = (documents.items)(Reference::get().unwrap(), day());
    let extract = documents.iter().find(|it| it.code == "kbis_ess").unwrap();
    let required = extract.required_for.as_ref().unwrap();
    assert_eq!(required[0].younger_than.as_deref(), Some("P3M"));
    assert!(documents.iter().all(|it| it.required_for.is_some()));
}

#[test]
fn codes_come_with_the_fields_of_their_list() {
    let reference = Reference::get().unwrap();
    let items = |name: &str| (find(name).unwrap().items)(reference, day());
    let sizes = items("vehicle-sizes");
    assert!(sizes.iter().map(|item| item.rank).eq((1..=5).map(Some)));
    let directions = items("directions");
    let overseas = directions
        .iter()
        .find(|item| item.code == "outre_mer")
        .unwrap();
    assert_eq!(overseas.short_label.as_deref(), Some("DSPOM"));
    assert_eq!(overseas.regions.as_ref().map(Vec::len), Some(13));
    let courts = items("courts");
    let bordeaux = courts.iter().find(|item| item.code == "100094").unwrap();
    assert_eq!(bordeaux.label, "Tribunal judiciaire de Bordeaux");
    assert_eq!(bordeaux.departements.as_ref().unwrap()[0].name, "Gironde");
    let roles = items("client-roles");
    let direction = roles.iter().find(|item| item.code == "direction").unwrap();
    assert_eq!(direction.perimeter, Some("direction"));
    assert_eq!(direction.organisations.as_deref(), Some(&["direction"][..]));
    assert!(
        direction
            .scopes
            .as_ref()
            .unwrap()
            .contains(&"establishments:write")
    );
    let scopes = items("scopes");
    let admin = scopes
        .iter()
        .find(|item| item.code == "clients:admin")
        .unwrap();
    assert!(admin.operations.as_ref().unwrap().contains(&"createClient"));
    let services = items("probation-services");
    assert!(services.iter().all(|item| item.departements.is_some()));
    let activities = items("activities");
    assert_eq!(activities.len(), 31);
    assert!(
        activities
            .iter()
            .all(|item| item.family.is_some() && item.naf.is_some())
    );
    let hosts = items("host-kinds");
    let needs: BTreeSet<_> = hosts.iter().map(|it| it.habilitation_required).collect();
    assert_eq!(
        needs.into_iter().flatten().collect::<Vec<_>>(),
        ["no", "special", "yes"]
    );
    let categories = items("legal-categories");
    let commune = categories.iter().find(|it| it.code == "7210").unwrap();
    assert_eq!(commune.level.map(|level| level.code), Some("7"));
    assert_eq!(commune.public_law, Some(true));
    for served in LISTS {
        let items = (served.items)(reference, day());
        let codes: BTreeSet<_> = items.iter().map(|item| item.code).collect();
        assert_eq!(codes.len(), items.len(), "{}", served.list.name);
        assert!(items.iter().all(|item| !item.label.is_empty()));
    }
}
