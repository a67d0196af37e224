//! Importing on a database of its own.

use super::*;
use crate::cli::{
    export::{self, Form},
    prepare::prepare,
    testing::{Bench, refusals},
};

const BASE: &str = "https://api.example.org";

const SHEET: &str = r#"{"slug": "cp-bordeaux-gradignan", "name": "Centre pénitentiaire", "kind": "cp", "address": {"commune": "33192"}, "position": {"lat": 44.77, "lon": -0.61, "precision": "site"}, "zones": [{"kind": "production", "status": "available", "area_m2": 400}]}"#;

pub(super) fn exported(bench: &Bench, form: Form) -> Vec<u8> {
    let tools = bench.tools();
    let mut out = Vec::new();
    let all = export::all(tools.db).unwrap();
    export::write(form, &all, tools.reference, BASE, &mut out).unwrap();
    out
}

/// A database with the 186 establishments and fictitious parts.
pub(super) fn demonstration() -> Bench {
    let bench = Bench::new();
    prepare(bench.tools(), Some(data::demo::SEED)).unwrap();
    bench
}

#[test]
fn what_is_exported_is_imported_and_exported_again_the_same() {
    let from = demonstration();
    for form in [Form::Ndjson, Form::Geojson] {
        let to = Bench::at("2027-01-01T00:00:00Z");
        let first = exported(&from, form);
        let imported = establishments(to.tools(), &first, false).unwrap();
        let expected = Imported {
            created: 186,
            ..Imported::default()
        };
        assert_eq!(imported, expected, "{form:?}");
        let second = exported(&to, form);
        assert!(first == second, "{form:?}: the two exports differ");
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let bench = demonstration();
    let before = bench.changes();
    for form in [Form::Ndjson, Form::Csv, Form::Geojson] {
        let file = exported(&bench, form);
        let again = establishments(bench.tools(), &file, false).unwrap();
        assert_eq!(
            again,
            Imported {
                unchanged: 186,
                ..Imported::default()
            },
            "{form:?}"
        );
    }
    assert_eq!(bench.changes(), before, "no change was logged");
}

#[test]
fn a_sheet_written_by_hand_is_completed_once() {
    let bench = Bench::new();
    let first = establishments(bench.tools(), SHEET.as_bytes(), false).unwrap();
    assert_eq!((first.created, bench.changes()), (1, 1));
    let second = establishments(bench.tools(), SHEET.as_bytes(), false).unwrap();
    assert_eq!(
        (second.unchanged, bench.changes()),
        (1, 1),
        "ids are found again, not made again"
    );
    let larger = SHEET.replace("400", "500");
    let third = establishments(bench.tools(), larger.as_bytes(), false).unwrap();
    assert_eq!((third.updated, bench.changes()), (1, 2));
}

#[test]
fn csv_changes_facts_and_no_part() {
    let bench = demonstration();
    let file = String::from_utf8(exported(&bench, Form::Csv)).unwrap();
    let changed = file.replacen("Centre de détention d'Argentan", "'=Argentan", 1);
    let imported = establishments(bench.tools(), changed.as_bytes(), false).unwrap();
    assert_eq!((imported.updated, imported.unchanged), (1, 185));
    let all = export::all(bench.tools().db).unwrap();
    let argentan = all
        .iter()
        .find(|it| it.slug.as_str() == "cd-argentan")
        .unwrap();
    assert_eq!(argentan.name.as_str(), "=Argentan", "the guard is removed");
    assert!(argentan.has_demo_parts());
    let again = exported(&bench, Form::Csv);
    assert!(
        String::from_utf8(again).unwrap().contains(",'=Argentan,"),
        "and put again"
    );
}

#[test]
fn csv_has_its_form() {
    let file = String::from_utf8(exported(&demonstration(), Form::Csv)).unwrap();
    assert!(
        file.starts_with("id,slug,name,"),
        "a header and no mark before it"
    );
    assert_eq!(file.matches("\r\n").count(), 187);
    assert!(file.ends_with("\r\n"));
}

#[test]
fn a_dry_run_tells_and_keeps_nothing() {
    let bench = Bench::new();
    let told = establishments(bench.tools(), SHEET.as_bytes(), true).unwrap();
    assert_eq!(told.created, 1);
    assert_eq!(
        (
            bench.changes(),
            export::all(bench.tools().db).unwrap().len()
        ),
        (0, 0)
    );
}

#[test]
fn one_bad_line_refuses_the_file() {
    let bench = Bench::new();
    let file = [
        SHEET.to_owned(),
        String::new(),
        SHEET
            .replace("\"cp\"", "\"prison\"")
            .replace("33192", "99999"),
        "{\"slug\": }".to_owned(),
        "{\"slug\": \"a\", \"slug\": \"b\"}".to_owned(),
        SHEET
            .replace("-0.61", "12.5")
            .replace("cp-bordeaux", "cp-other"),
        SHEET.replace("400", "-1").replace("\"name\"", "\"nom\""),
    ]
    .join("\n");
    let told = refusals(establishments(bench.tools(), file.as_bytes(), false));
    let begins = |start: &str| told.iter().any(|refusal| refusal.starts_with(start));
    for start in [
        "line 3, /kind: “prison” is no code",
        "line 4, column 10: this is not JSON",
        "line 5, /slug: the member is named twice",
        "line 6, /position: the position is ",
        "line 7, /name: the field is required (required)",
        "line 7, /nom: the field is unknown (unknown)",
        "line 7, /zones/0/area_m2: ",
    ] {
        assert!(begins(start), "{start} is not in {told:#?}");
    }
    assert_eq!(told.len(), 7, "{told:#?}");
    assert_eq!(bench.changes(), 0, "the good line was not kept either");
}

#[test]
fn one_bad_row_refuses_the_file() {
    let bench = Bench::new();
    let file = "slug,name,kind,commune,lat,lon,precision,capacity_places\r\n\
        cp-a-b,\"A\nB\",cp,33192,44.77,-0.61,site,\r\n\
        cp-c-d,C,cp,99999,44.77,-0.61,site,\r\n\
        cp-e-f,E,cp,33192,north,-0.61,site,12\r\n\
        cp-g-h,G,cp\r\n";
    let told = refusals(establishments(bench.tools(), file.as_bytes(), false));
    assert_eq!(
        told,
        [
            "line 4, column commune: 99999 is no commune of France (not_found)",
            "line 5, column lat: the value is a number (type)",
            "line 5, column capacity_as_of: the field is required (required)",
            "line 5, column capacity_source: the field is required (required)",
            "line 6: the row has 3 cells and the header 8",
        ]
    );
    let with_line_feeds = file.replace("\r\n", "\n");
    let same = refusals(establishments(
        bench.tools(),
        with_line_feeds.as_bytes(),
        false,
    ));
    assert_eq!(same, told, "lines are the same however they end");
    let told = refusals(establishments(bench.tools(), b"name,colour\n", false));
    assert!(
        told.contains(&"line 1: the column slug is missing".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"line 1: the column colour is unknown".to_owned()),
        "{told:?}"
    );
    assert_eq!(bench.changes(), 0);
}

#[test]
fn an_establishment_is_on_one_line() {
    let bench = Bench::new();
    establishments(bench.tools(), SHEET.as_bytes(), false).unwrap();
    let file = format!("{SHEET}\n{SHEET}");
    let told = refusals(establishments(bench.tools(), file.as_bytes(), false));
    assert_eq!(told, ["line 2: cp-bordeaux-gradignan is already at line 1"]);
}

#[test]
fn a_slug_that_another_has_is_refused_with_its_line() {
    let bench = Bench::new();
    let with_id = |id: &str| SHEET.replacen('{', &format!("{{\"id\": \"{id}\", "), 1);
    let file = format!(
        "{}\n{}",
        with_id("0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e01"),
        with_id("0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e02")
    );
    let told = refusals(establishments(bench.tools(), file.as_bytes(), false));
    assert_eq!(
        told,
        ["line 2: another establishment has the slug cp-bordeaux-gradignan"]
    );
    assert_eq!(bench.changes(), 0, "line 1 was not kept either");
}

#[test]
fn what_is_no_list_of_sheets_is_refused() {
    let bench = Bench::new();
    for (file, told) in [
        ("", "line 1: the file holds nothing"),
        (" \n", "line 1: the file holds nothing"),
        ("[{}]", "line 1: write one sheet a line, and no array"),
    ] {
        let refused = refusals(establishments(bench.tools(), file.as_bytes(), false));
        assert_eq!(refused, [told], "{file:?}");
    }
    let refused = refusals(establishments(
        bench.tools(),
        b"slug,name\xff,kind\n",
        false,
    ));
    assert_eq!(refused, ["line 1: the text is not UTF-8"]);
}

#[test]
fn a_hundred_refusals_are_shown_and_the_others_counted() {
    let file = "{}\n".repeat(30);
    let error = establishments(Bench::new().tools(), file.as_bytes(), false).unwrap_err();
    let told = error.to_string();
    assert!(
        told.starts_with("the file is refused: 150 refusal(s)"),
        "{told}"
    );
    assert_eq!(told.lines().count(), 102);
    assert!(told.ends_with("and 50 more"), "{told}");
    assert!(error.cure().unwrap().contains("Nothing was changed"));
}
