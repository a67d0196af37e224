//! The labels of the tables are those of the domain's code lists.

use std::collections::BTreeMap;

use crate::Reference;
use domain::{
    activities::{Activity, ActivityFamily},
    kernel::Code,
    territories::Direction,
};

/// Two columns of a table.
fn columns(table: &str, key: &str, value: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let place = |name| headers.iter().position(|header| header == name).unwrap();
    let (key, value) = (place(key), place(value));
    reader
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[key].to_owned(), record[value].to_owned()))
        .collect()
}

fn labels<C: Code>() -> BTreeMap<String, String> {
    let all = C::all().iter();
    all.map(|it| (it.code().to_owned(), it.label().to_owned()))
        .collect()
}

#[test]
fn activities_have_the_labels_of_their_list() {
    let table = include_str!("../../tables/activities.csv");
    assert_eq!(columns(table, "code", "label"), labels::<Activity>());
    let families = include_str!("../../tables/activity_families.csv");
    assert_eq!(
        columns(families, "code", "label"),
        labels::<ActivityFamily>()
    );
}

#[test]
fn directorates_have_the_labels_of_their_list() {
    let table = include_str!("../../tables/directions.csv");
    assert_eq!(columns(table, "code", "label"), labels::<Direction>());
    let short = Direction::all().iter();
    let short = short.map(|it| (it.code().to_owned(), it.short_label()));
    assert_eq!(columns(table, "code", "short_label"), short.collect());
}

#[test]
fn every_activity_has_its_codes() {
    let activities = Reference::get().unwrap().activities();
    for activity in Activity::all() {
        let details = activities.details(*activity).unwrap();
        assert!(
            !details.naf.is_empty() && !details.regimes.is_empty(),
            "{activity:?}"
        );
        assert_eq!(
            details.rome.is_empty(),
            *activity == Activity::OtherServices
        );
        assert!(details.nomenclature_version.starts_with("naf-rev2"));
    }
    assert!(
        activities
            .all()
            .iter()
            .map(|it| it.activity)
            .eq(Activity::all().iter().copied())
    );
    let metalwork = activities.details(Activity::Metalwork).unwrap();
    assert_eq!(metalwork.naf[0].as_str(), "25.11Z");
    assert_eq!(metalwork.rome[0].as_str(), "H2902");
}
