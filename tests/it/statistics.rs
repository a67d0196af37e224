//! The ministry's monthly workbook, in a small one of the suite's own making.

use std::path::{Path, PathBuf};

use persistence::{Engine, testing::TestDb};
use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::{Value, json};

use crate::{cli::done, following::import, support::each_engine};

/// The directorates in the order of their sheets, from Tab14 to Tab23: in titles, and in Tab8.
const DIRECTIONS: [(&str, &str); 10] = [
    ("Direction Interrégionale de Bordeaux", "DISP BORDEAUX"),
    ("Direction Interrégionale de Dijon", "DISP DIJON"),
    ("Direction Interrégionale de Lille", "DISP LILLE"),
    ("Direction Interrégionale de Lyon", "DISP LYON"),
    ("Direction Interrégionale de Marseille", "DISP MARSEILLE"),
    ("Direction Interrégionale de Paris", "DISP PARIS"),
    ("Direction Interrégionale de Rennes", "DISP RENNES"),
    ("Direction Interrégionale de Strasbourg", "DISP STRASBOURG"),
    ("Direction Interrégionale de Toulouse", "DISP TOULOUSE"),
    ("Direction d'Outre-Mer", "DSPOM"),
];

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

/// A workbook of the first directorate's rows: label, quarter, operational places.
fn workbook(folder: &Path, rows: &[(&str, &str, &str)], total: u32) -> PathBuf {
    let mut book = Workbook::new();
    let mut totals = Worksheet::new();
    totals.set_name("Tab8").unwrap();
    let header = [
        "Direction Interrégionale",
        "Capacité norme circulaire",
        "Capacité opérationnelle",
    ];
    put(&mut totals, 6, &header);
    for (row, (title, label)) in (0..).zip(DIRECTIONS) {
        let (rows, total) = if row == 0 {
            (rows, total)
        } else {
            (&[][..], 0)
        };
        totals.write_string(7 + row, 0, label).unwrap();
        totals.write_number(7 + row, 2, total).unwrap();
        let mut sheet = Worksheet::new();
        sheet.set_name(format!("Tab{}", 14 + row)).unwrap();
        put(
            &mut sheet,
            0,
            &[&format!("Répartition par établissement - {title}")],
        );
        put(&mut sheet, 1, &["Effectifs actualisés au 1er août 2026"]);
        let header = [
            "Etablissement",
            "Quartier (1)",
            "Capacité norme circulaire",
            "Capacité opérationnelle",
            "Ecroués détenus",
            "Densité carcérale",
        ];
        put(&mut sheet, 6, &header);
        for (line, (label, quarter, places)) in (7..).zip(rows) {
            put(
                &mut sheet,
                line,
                &[label, quarter, "1", places, "NC", "Inf"],
            );
        }
        let last = 7 + u32::try_from(rows.len()).unwrap();
        let total = total.to_string();
        put(
            &mut sheet,
            last,
            &["Direction Interrégionale", "Total", "0", &total, "--", ""],
        );
        book.push_worksheet(sheet);
    }
    totals.write_string(17, 0, "Total France entière").unwrap();
    totals.write_number(17, 2, total).unwrap();
    book.push_worksheet(totals);
    let path = folder.join("workbook.xlsx");
    book.save(&path).unwrap();
    path
}

/// Three establishments, of which one has a capacity.
fn three(engine: Engine) -> TestDb {
    let db = TestDb::migrated(engine);
    let sheet = |slug: &str, label: &str| {
        json!({
            "slug": slug, "name": label, "kind": "cp", "statistics_label": label,
            "address": {"commune": "33192"},
            "position": {"lat": 44.77, "lon": -0.61, "precision": "site"},
        })
    };
    let mut known = sheet("ma-autre", "MA AUTRE");
    known["capacity"] = json!({"places": 30, "as_of": "2026-07-01", "source": "x"});
    let sheets = [
        sheet("cp-test", "CP TEST"),
        known,
        sheet("md-tiers", "MD TIERS"),
    ];
    assert!(import(&db, &sheets).status.success());
    db
}

/// The capacity of an establishment, as it is exported: places and day.
fn capacity(db: &TestDb, slug: &str) -> Option<(u64, String)> {
    let sheets = done(db, &["export", "establishments"]);
    let mut sheets = sheets
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let sheet = sheets.find(|sheet| sheet["slug"] == slug).unwrap();
    let capacity = sheet.get("capacity")?;
    let day = capacity["as_of"].as_str().unwrap().to_owned();
    Some((capacity["places"].as_u64().unwrap(), day))
}

#[test]
fn a_figure_that_is_not_published_is_absent_and_never_zero() {
    each_engine(|engine| {
        let folder = tempfile::tempdir().unwrap();
        for absent in ["NC", "--", "Inf"] {
            let db = three(engine);
            let rows = [
                ("CP TEST", "MA/QMA", "1\u{202f}100"),
                ("CP TEST", "SAS", "82"),
                ("MA AUTRE", "MA/QMA", absent),
                ("MD TIERS", "MA/QMA", absent),
            ];
            let book = workbook(folder.path(), &rows, 1_182);
            let arguments = ["import", "detention-statistics", book.to_str().unwrap()];
            let said = done(&db, &arguments);
            assert!(
                said.contains("not published for ma-autre, md-tiers"),
                "{said}"
            );
            let of = |slug| capacity(&db, slug);
            assert_eq!(of("cp-test"), Some((1_182, "2026-08-01".to_owned())));
            assert_eq!(
                of("ma-autre"),
                Some((30, "2026-07-01".to_owned())),
                "{absent}"
            );
            assert_eq!(of("md-tiers"), None, "{absent}");
            assert!(
                done(&db, &arguments).contains("0 updated"),
                "twice changes nothing"
            );
        }
    });
}

#[test]
fn a_published_zero_is_zero() {
    each_engine(|engine| {
        let folder = tempfile::tempdir().unwrap();
        let db = three(engine);
        let rows = [
            ("CP TEST", "MA/QMA", "12"),
            ("MA AUTRE", "MA/QMA", "0"),
            ("MD TIERS", "MA/QMA", "0"),
        ];
        let book = workbook(folder.path(), &rows, 12);
        done(
            &db,
            &["import", "detention-statistics", book.to_str().unwrap()],
        );
        for slug in ["ma-autre", "md-tiers"] {
            assert_eq!(capacity(&db, slug), Some((0, "2026-08-01".to_owned())));
        }
    });
}
