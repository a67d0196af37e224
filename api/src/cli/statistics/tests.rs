//! Importing a small workbook of our own making, and the ministry's where it is at hand.

use domain::establishments::Establishment;
use rust_xlsxwriter::{Workbook as Writer, Worksheet};

use super::*;
use crate::cli::{
    export, import,
    prepare::prepare,
    testing::{Bench, refusals},
};

/// The directorates in the order of the sheets: seat in titles, label in Tab8.
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

/// A workbook to be: rows of the first sheet, totals, day.
struct Draft {
    rows: Vec<(&'static str, &'static str, &'static str)>,
    total: &'static str,
    national: f64,
    day: &'static str,
    leave_out: Option<&'static str>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            rows: vec![
                ("CP TEST", "MA/QMA", "1\u{202f}100"),
                ("Total", "MA/QMA", "1 100"),
                ("CP TEST", "SAS", "82"),
                ("MA AUTRE", "MA/QMA", "0"),
            ],
            total: "1 182",
            national: 1182.0,
            day: "Effectifs actualisés au 1er août 2026",
            leave_out: None,
        }
    }
}

impl Draft {
    fn bytes(&self) -> Vec<u8> {
        let mut book = Writer::new();
        let mut totals = Worksheet::new();
        totals.set_name("Tab8").unwrap();
        put(
            &mut totals,
            6,
            &[
                "Direction Interrégionale",
                "Capacité norme circulaire",
                "Capacité opérationnelle",
            ],
        );
        for ((title, label), (i, number)) in DIRECTIONS.iter().zip((14..=23).enumerate()) {
            let name = format!("Tab{number}");
            let row = 7 + u32::try_from(i).unwrap();
            totals.write_string(row, 0, *label).unwrap();
            totals
                .write_number(row, 2, if i == 0 { self.national } else { 0.0 })
                .unwrap();
            if self.leave_out != Some(name.as_str()) {
                let mut sheet = Worksheet::new();
                sheet.set_name(&name).unwrap();
                self.fill(&mut sheet, title, i == 0);
                book.push_worksheet(sheet);
            }
        }
        totals.write_string(17, 0, "Total France entière").unwrap();
        totals.write_number(17, 2, self.national).unwrap();
        book.push_worksheet(totals);
        book.save_to_buffer().unwrap()
    }

    fn fill(&self, sheet: &mut Worksheet, title: &str, with_rows: bool) {
        put(
            sheet,
            0,
            &[&format!("Répartition par établissement - {title}")],
        );
        put(sheet, 1, &[self.day]);
        put(
            sheet,
            6,
            &[
                "Etablissement",
                "Quartier (1)",
                "Capacité norme circulaire",
                "Capacité opérationnelle",
                "Ecroués détenus",
                "Densité carcérale",
            ],
        );
        let mut row = 7;
        for (label, quarter, places) in self.rows.iter().filter(|_| with_rows) {
            put(sheet, row, &[label, quarter, "1", places, "NC", "Inf"]);
            row += 1;
        }
        let total = if with_rows { self.total } else { "0" };
        put(
            sheet,
            row,
            &["Direction Interrégionale", "Total", "0", total, "--", ""],
        );
        put(
            sheet,
            row + 1,
            &["(1) Seuls les quartiers administratifs sont ici référencés"],
        );
    }
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

/// A database with the two establishments of the small workbook.
fn two() -> Bench {
    let bench = Bench::new();
    let sheet = |slug: &str, label: &str, capacity: &str| {
        format!(
            r#"{{"slug": "{slug}", "name": "{label}", "kind": "cp", "address": {{"commune": "33192"}}, "position": {{"lat": 44.77, "lon": -0.61, "precision": "site"}}, "statistics_label": "{label}"{capacity}}}"#
        )
    };
    let known = r#", "capacity": {"places": 30, "as_of": "2026-07-01", "source": "x"}"#;
    let file = [
        sheet("cp-test", "CP TEST", ""),
        sheet("ma-autre", "MA AUTRE", known),
    ]
    .join("\n");
    import::establishments(bench.tools(), file.as_bytes(), false).unwrap();
    bench
}

fn import(bench: &Bench, draft: &Draft) -> Result<Counted, CliError> {
    detention_statistics(bench.tools(), draft.bytes(), false)
}

fn capacity(bench: &Bench, slug: &str) -> Option<(u32, String)> {
    let all = export::all(bench.tools().db).unwrap();
    let found: &Establishment = all.iter().find(|it| it.slug.as_str() == slug).unwrap();
    found
        .capacity
        .as_ref()
        .map(|it| (it.places.get(), it.as_of.to_string()))
}

#[test]
fn quarters_add_up_and_the_same_workbook_changes_nothing_more() {
    let bench = two();
    let before = bench.changes();
    let first = import(&bench, &Draft::default()).unwrap();
    assert_eq!((first.matched, first.places, first.updated), (2, 1182, 2));
    assert_eq!(
        capacity(&bench, "cp-test"),
        Some((1182, "2026-08-01".to_owned()))
    );
    assert_eq!(
        capacity(&bench, "ma-autre"),
        Some((0, "2026-08-01".to_owned())),
        "a published zero"
    );
    assert_eq!(bench.changes(), before + 2);
    let second = import(&bench, &Draft::default()).unwrap();
    assert_eq!((second.updated, second.unchanged), (0, 2));
    assert_eq!(bench.changes(), before + 2);
}

#[test]
fn what_is_not_published_is_left_as_it_was() {
    for absent in ["NC", "--", "Inf", ""] {
        let bench = two();
        let mut draft = Draft::default();
        draft.rows[3].2 = absent;
        let counted = import(&bench, &draft).unwrap();
        assert_eq!(counted.unpublished, ["ma-autre"], "{absent:?}");
        assert_eq!(
            capacity(&bench, "ma-autre"),
            Some((30, "2026-07-01".to_owned())),
            "{absent:?}"
        );
        assert!(counted.to_string().contains("not published for ma-autre"));
    }
}

#[test]
fn an_older_workbook_replaces_nothing() {
    let bench = two();
    let older = Draft {
        day: "Effectifs actualisés au 1er juin 2026",
        ..Draft::default()
    };
    let counted = import(&bench, &older).unwrap();
    assert_eq!((counted.later, counted.updated), (1, 1));
    assert_eq!(
        capacity(&bench, "ma-autre"),
        Some((30, "2026-07-01".to_owned()))
    );
    assert_eq!(
        capacity(&bench, "cp-test"),
        Some((1182, "2026-06-01".to_owned()))
    );
    assert!(
        counted
            .to_string()
            .contains("1 left alone because a later capacity is kept")
    );
}

#[test]
fn a_dry_run_keeps_nothing() {
    let bench = two();
    let before = bench.changes();
    let told = detention_statistics(bench.tools(), Draft::default().bytes(), true).unwrap();
    assert_eq!(told.updated, 2);
    assert_eq!(
        (bench.changes(), capacity(&bench, "cp-test")),
        (before, None)
    );
}

#[test]
fn a_workbook_whose_sums_disagree_is_refused() {
    let bench = two();
    let before = bench.changes();
    let wrong = |change: fn(&mut Draft)| {
        let mut draft = Draft::default();
        change(&mut draft);
        refusals(import(&bench, &draft))
    };
    assert_eq!(
        wrong(|draft| draft.total = "1 183"),
        [
            "Tab14 D12: the rows add up to 1182 places, the sheet says 1183",
            "Tab8 C8: 1182 places, while Tab14 says 1183"
        ]
    );
    assert_eq!(
        wrong(|draft| draft.national = 1200.0),
        [
            "Tab8 C8: 1200 places, while Tab14 says 1182",
            "Tab8: all rows add up to 1182 places, the sheet says 1200"
        ]
    );
    let more_than_all = wrong(|draft| {
        draft.rows[3].2 = "NC";
        draft.rows.push(("MA AUTRE", "SAS", "5"));
    });
    let expected = "Tab14 D13: the rows add up to 1187 places, the sheet says 1182";
    assert_eq!(
        more_than_all[0], expected,
        "even when a row is not published"
    );
    assert_eq!(bench.changes(), before);
}

#[test]
fn every_refusal_names_its_sheet_and_cell() {
    let bench = two();
    let wrong = |change: fn(&mut Draft)| {
        let mut draft = Draft::default();
        change(&mut draft);
        refusals(import(&bench, &draft))
    };
    assert_eq!(
        wrong(|draft| draft.rows[0].2 = "12,5"),
        [
            "Tab14 D8: this is no number of places",
            "Tab14 D12: the rows add up to 82 places, the sheet says 1182",
            "Tab8: all rows add up to 82 places, the sheet says 1182"
        ]
    );
    assert_eq!(
        wrong(|draft| draft.rows[3].0 = "MA INCONNUE"),
        [
            "Tab14 to Tab23: no row for « MA AUTRE » (ma-autre)",
            "Tab14 A11: no establishment has the statistics label « MA INCONNUE »"
        ]
    );
    assert_eq!(
        wrong(|draft| draft.leave_out = Some("Tab19")),
        ["Tab19: Worksheet 'Tab19' not found"]
    );
    let undated = wrong(|draft| draft.day = "Effectifs");
    assert!(
        undated.contains(&"Tab14: nothing says « au 1er … » of which day this is".to_owned()),
        "{undated:?}"
    );
    let told = refusals(detention_statistics(
        bench.tools(),
        b"not a workbook".to_vec(),
        false,
    ));
    assert!(
        told[0].starts_with("this is not a workbook (.xlsx)"),
        "{told:?}"
    );
}

/// The ministry's workbook of 1 July 2026, where `ATIGIP_TEST_WORKBOOK` names it: it is no part
/// of the project, and its figures are already in the reference tables.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the workbook is named by the one who runs the suite"
)]
fn the_ministry_s_workbook_is_read_whole() {
    let Some(path) = std::env::var_os("ATIGIP_TEST_WORKBOOK") else {
        return;
    };
    let file = std::fs::read(path).unwrap();
    let bench = Bench::new();
    prepare(bench.tools(), None).unwrap();
    let before = bench.changes();
    let counted = detention_statistics(bench.tools(), file.clone(), false).unwrap();
    assert_eq!((counted.matched, counted.places), (186, 63_289));
    assert_eq!(counted.day.to_string(), "2026-07-01");
    assert_eq!((counted.unchanged, counted.unpublished.len()), (186, 0));
    assert_eq!(bench.changes(), before, "the reference tables say the same");
    let emptied = without_capacities(&bench);
    let counted = detention_statistics(emptied.tools(), file, false).unwrap();
    assert_eq!((counted.updated, counted.places), (186, 63_289));
    let kept = export::all(emptied.tools().db).unwrap();
    let places = |it: &Establishment| it.capacity.as_ref().map_or(0, |it| it.places.get());
    assert_eq!(kept.iter().map(places).sum::<u32>(), 63_289);
}

/// The same establishments in another database, without their capacities.
fn without_capacities(bench: &Bench) -> Bench {
    let mut lines = Vec::new();
    let tools = bench.tools();
    let all = export::all(tools.db).unwrap();
    export::write(export::Form::Ndjson, &all, tools.reference, "", &mut lines).unwrap();
    let sheets: Vec<String> = String::from_utf8(lines)
        .unwrap()
        .lines()
        .map(|line| {
            let mut sheet: serde_json::Value = serde_json::from_str(line).unwrap();
            sheet.as_object_mut().unwrap().remove("capacity");
            sheet.to_string()
        })
        .collect();
    let emptied = Bench::new();
    import::establishments(emptied.tools(), sheets.join("\n").as_bytes(), false).unwrap();
    emptied
}
