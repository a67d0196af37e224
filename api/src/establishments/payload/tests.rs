//! Both directions, on the real data and on a whole sheet made for the purpose.

use chrono::{DateTime, Utc};
use data::Reference;
use domain::{
    establishments::Establishment,
    kernel::{FixedClock, IdSource, Refusal, RefusalCode},
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::*;
use crate::kernel::body::{Bounds, Refusals, Value, parse};
use crate::kernel::{
    cells::{guard, unguard},
    clock::Making,
};

const BASE: &str = "https://api.example.org";

/// Ids that are all the same: a test that needs two different ones gives them.
struct OneId;

impl IdSource for OneId {
    fn next(&self) -> Uuid {
        Uuid::from_u128(7)
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

fn read(sheet: &Json, kept: Option<&Establishment>) -> Result<Establishment, Vec<Refusal>> {
    read_text(&sheet.to_string(), kept)
}

fn read_text(sheet: &str, kept: Option<&Establishment>) -> Result<Establishment, Vec<Refusal>> {
    let tree = parse(sheet.as_bytes(), Bounds::default()).unwrap();
    let refusals = Refusals::default();
    let input = read_sheet(&Value::root(&tree, &refusals));
    let input = refusals.into_result(input)?;
    let clock = FixedClock(now());
    resolve(
        input,
        kept,
        Reference::get().unwrap(),
        Making {
            clock: &clock,
            ids: &OneId,
        },
    )
}

fn write(establishment: &Establishment) -> String {
    let sheet = EstablishmentSheet::new(establishment, Reference::get().unwrap());
    serde_json::to_string(&sheet).unwrap()
}

fn refused(sheet: &Json) -> Vec<(String, RefusalCode)> {
    let refusals = read(sheet, None).unwrap_err();
    refusals
        .into_iter()
        .map(|refusal| (refusal.pointer, refusal.code))
        .collect()
}

fn whole() -> Json {
    json!({
        "slug": "cp-bordeaux-gradignan",
        "name": "Centre pénitentiaire de Bordeaux-Gradignan",
        "kind": "cp",
        "management": "public",
        "address": {"street": "17 rue Chouiney", "postcode": "33170", "commune": "33192"},
        "position": {"lat": 44.77, "lon": -0.61, "precision": "site", "source": "jorf_2020"},
        "capacity": {"places": 600, "as_of": "2026-07-01", "source": "DAP"},
        "working_hours": "monday 08:00-12:00;monday 13:30-16:00",
        "workforce_available": 120,
        "zones": [{
            "id": "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f", "name": "Atelier A",
            "kind": "production", "status": "partly_available", "area_m2": 400,
            "available_area_m2": 150, "clear_height_m": 4.5, "floor_load_kg_m2": 1000,
            "power_kva": 60, "ground_floor": true, "workstations": 25,
            "equipment": [{"code": "forklift", "quantity": 2}, {"code": "three_phase"}]
        }],
        "storage_areas": [{"area_m2": 80, "clear_height_m": 3, "cold": false,
            "zone": "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e2f"}],
        "docks": [{"id": "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e30", "kind": "leveller",
            "number": 2, "height_cm": 110, "max_vehicle": "rigid_19t", "clearance_cm": 420,
            "opening_hours": [{"day": "monday", "opens": "08:00", "closes": "12:00"}],
            "shared": true}],
        "activities": [{"id": "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e31", "activity": "packaging",
            "regime": "concession", "workforce": 18}],
        "possible_activities": [{"id": "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e32",
            "activity": "joinery", "conditions": "Sans vernis"}],
        "contacts": [{"id": "0190a3c2-7b1e-7c3d-9f10-3a5b7c9d1e33", "role": "switchboard",
            "service_name": "Standard", "phone": "05 56 00 00 00"}]
    })
}

#[test]
fn every_real_sheet_is_read_back_as_it_was() {
    let reference = Reference::get().unwrap();
    for establishment in reference.establishments() {
        let written = write(establishment);
        let back = read_text(&written, None).unwrap();
        assert_eq!(back, *establishment, "{}", establishment.slug);
        assert_eq!(write(&back), written);
    }
}

#[test]
fn every_real_row_is_read_back_as_it_was() {
    let reference = Reference::get().unwrap();
    let (clock, ids) = (FixedClock(now()), OneId);
    for establishment in reference.establishments() {
        let row = csv_row(establishment, reference, BASE);
        assert_eq!(row.len(), CSV_COLUMNS.len());
        let cells = CSV_COLUMNS.into_iter().zip(row.iter().map(String::as_str));
        let tree = row_tree(cells);
        let refusals = Refusals::default();
        let input = read_sheet(&Value::root(&tree, &refusals));
        let input = refusals.into_result(input).unwrap();
        let making = Making {
            clock: &clock,
            ids: &ids,
        };
        let back = resolve(input, Some(establishment), reference, making).unwrap();
        assert_eq!(back, *establishment, "{}", establishment.slug);
    }
}

#[test]
fn a_whole_sheet_is_completed_and_read_back() {
    let made = read(&whole(), None).unwrap();
    assert_eq!(made.direction, domain::territories::Direction::Bordeaux);
    assert_eq!(
        made.kind.as_of.to_string(),
        "2026-11-22",
        "dated today when nothing says"
    );
    assert_eq!(made.record.version, 1);
    let written = write(&made);
    assert_eq!(read_text(&written, None).unwrap(), made);
    let sheet: Json = serde_json::from_str(&written).unwrap();
    assert_eq!(sheet["production_area_m2"], 400);
    assert_eq!(sheet["docks"][0]["leveller"], true);
    assert_eq!(
        sheet["zones"][0]["equipment"][1],
        json!({"code": "three_phase", "label": "Triphasé 380 V"})
    );
    assert_eq!(
        sheet["address"]["departement"],
        json!({"code": "33", "name": "Gironde"})
    );
    assert_eq!(sheet["contacts"][0]["phone"], "+33556000000");
    assert!(
        sheet.get("closed_on").is_none(),
        "what is absent is left out"
    );
}

#[test]
fn the_same_sheet_read_again_is_the_same() {
    let made = read(&whole(), None).unwrap();
    let later = read(&whole(), Some(&made)).unwrap();
    assert_eq!(later, made);
    let mut without_parts = whole();
    without_parts
        .as_object_mut()
        .unwrap()
        .retain(|name, _| name != "zones" && name != "docks");
    let kept = read(&without_parts, Some(&made)).unwrap();
    assert_eq!(
        kept.parts(),
        made.parts(),
        "a list that is absent leaves what is kept"
    );
    let mut emptied = whole();
    emptied["contacts"] = json!([]);
    assert!(
        read(&emptied, Some(&made))
            .unwrap()
            .parts()
            .contacts
            .is_empty()
    );
}

#[test]
fn a_new_sheet_keeps_the_dates_it_was_exported_with() {
    let mut sheet = whole();
    sheet["version"] = json!(7);
    sheet["created_at"] = json!("2025-01-01T00:00:00Z");
    sheet["updated_at"] = json!("2025-06-01T10:00:00.123456Z");
    let made = read(&sheet, None).unwrap();
    assert_eq!(made.record.version, 7);
    assert!(write(&made).contains("2025-06-01T10:00:00.123456Z"));
    sheet["version"] = json!(9);
    assert_eq!(
        read(&sheet, Some(&made)).unwrap().record,
        made.record,
        "kept for what is known"
    );
}

#[test]
fn every_refusal_comes_back_at_once() {
    let mut sheet = whole();
    sheet["kind"] = json!("prison");
    sheet["plan"] = json!("a map");
    sheet["address"]["commune"] = json!("3319");
    sheet["position"]["lat"] = json!(144.77);
    sheet["zones"][0]["available_area_m2"] = json!(500);
    sheet["docks"][0]["kind"] = json!({"code": "ramp", "label": "Rampe"});
    let told = refused(&sheet);
    for expected in [
        ("/kind", RefusalCode::Code),
        ("/plan", RefusalCode::Unknown),
        ("/address/commune", RefusalCode::Format),
        ("/position/lat", RefusalCode::Range),
        ("/zones/0/available_area_m2", RefusalCode::Inconsistent),
        ("/docks/0/kind/code", RefusalCode::Code),
    ] {
        let (pointer, code) = expected;
        assert!(
            told.contains(&(pointer.to_owned(), code)),
            "{pointer} is not in {told:?}"
        );
    }
    assert_eq!(told.len(), 6, "{told:?}");
}

#[test]
fn a_sheet_is_where_its_commune_is() {
    let with = |pointer: &str, value: Json| {
        let mut sheet = whole();
        *sheet.pointer_mut(pointer).unwrap() = value;
        refused(&sheet)
    };
    let far = with("/position/lat", json!(48.85));
    assert_eq!(far, [("/position".to_owned(), RefusalCode::TooFar)]);
    let nowhere = with("/address/commune", json!("99999"));
    assert_eq!(
        nowhere,
        [("/address/commune".to_owned(), RefusalCode::NotFound)]
    );
    let mut elsewhere = whole();
    elsewhere["direction"] = json!("paris");
    assert_eq!(
        refused(&elsewhere),
        [("/direction".to_owned(), RefusalCode::Inconsistent)]
    );
}

#[test]
fn a_part_names_a_zone_of_its_own_sheet() {
    let mut sheet = whole();
    sheet["storage_areas"][0]["zone"] = json!("0190a3c2-7b1e-7c3d-9f10-000000000000");
    assert_eq!(
        refused(&sheet),
        [("/storage_areas/0/zone".to_owned(), RefusalCode::NotFound)]
    );
}

#[test]
fn an_item_is_short_and_a_feature_is_flat() {
    let made = read(&whole(), None).unwrap();
    let item = EstablishmentItem::new(&made, Reference::get().unwrap(), BASE);
    let written = serde_json::to_value(&item).unwrap();
    assert!(
        written.to_string().len() < 2048,
        "{}",
        written.to_string().len()
    );
    assert_eq!(
        written["url"],
        format!("{BASE}/v1/establishments/cp-bordeaux-gradignan")
    );
    assert_eq!(
        (&written["zone_count"], &written["dock_count"]),
        (&json!(1), &json!(2))
    );
    assert!(written.get("distance_km").is_none() && written.get("matched").is_none());
    let feature = serde_json::to_value(EstablishmentFeature::from(item)).unwrap();
    assert_eq!(feature["type"], "Feature");
    assert_eq!(
        feature["geometry"],
        json!({"type": "Point", "coordinates": [-0.61, 44.77]})
    );
    assert_eq!(feature["properties"]["activities"], json!(["packaging"]));
    assert_eq!(feature["properties"]["commune_name"], "Gradignan");
    let nested = feature["properties"]
        .as_object()
        .unwrap()
        .values()
        .find(|it| it.is_object());
    assert_eq!(nested, None);
}

#[test]
fn a_header_says_what_it_lacks() {
    assert_eq!(check_columns(&CSV_COLUMNS), Vec::<String>::new());
    let mut header: Vec<&str> = CSV_COLUMNS
        .into_iter()
        .filter(|name| *name != "slug")
        .collect();
    header.extend(["colour", "name"]);
    let told = check_columns(&header);
    assert_eq!(
        told,
        [
            "the column slug is missing",
            "the column colour is unknown",
            "the column name is there twice"
        ]
    );
}

#[test]
fn a_place_in_the_sheet_has_its_column() {
    for (pointer, column) in [
        ("/kind/code", "kind"),
        ("/address/commune", "commune"),
        ("/position/lat", "lat"),
        ("/position", "lat"),
        ("/capacity/source", "capacity_source"),
        ("/working_hours", "working_hours"),
        ("/elsewhere", "/elsewhere"),
    ] {
        assert_eq!(column_of(pointer), column);
    }
}

#[test]
fn a_formula_is_guarded_and_comes_back() {
    for (text, guarded) in [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("@home", "'@home"),
        ("'quoted", "''quoted"),
        ("'=x", "''=x"),
        ("plain", "plain"),
        ("l'atelier", "l'atelier"),
    ] {
        assert_eq!(guard(text), guarded);
        assert_eq!(unguard(guarded), text);
    }
    let mut sheet = whole();
    sheet["name"] = json!("=HYPERLINK(1)");
    let made = read(&sheet, None).unwrap();
    let row = csv_row(&made, Reference::get().unwrap(), BASE);
    assert_eq!(row[2], "'=HYPERLINK(1)");
    assert_eq!(row[13], "-0.61", "a number is not a formula");
}
