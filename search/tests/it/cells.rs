//! What matches, gathered by place: against a scan, and case by case.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use search::{BoundingBox, Cells, Document, Gathering, Index, Point, Question, Selection, Square};
use uuid::Uuid;

use crate::against_the_scan::live;
use crate::collection::{at, collection, document};
use crate::generators::{Step, question, steps};
use crate::naive::{self, Documents};

/// The square of a point by the formula of the tiles of the web: column, row.
fn column_and_row(point: Point, level: u8) -> (u32, u32) {
    let (lat, lon) = named(point);
    let side = f64::from(2u32.pow(u32::from(level)));
    let lat = lat
        .clamp(-85.051_128_779_806_6, 85.051_128_779_806_6)
        .to_radians();
    let x = (lon + 180.0) / 360.0 * side;
    let y = (1.0 - (lat.tan() + lat.cos().recip()).ln() / std::f64::consts::PI) / 2.0 * side;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates"
    )]
    let count = |value: f64| value.clamp(0.0, side - 1.0).floor() as u32;
    (count(x), count(y))
}

/// Latitude and longitude, under the name that counts.
fn named(Point { lat, lon }: Point) -> (f64, f64) {
    match (lat.abs() >= 90.0, lon >= 180.0) {
        (true, _) => (lat, 0.0),
        (false, true) => (lat, -180.0),
        (false, false) => (lat, lon),
    }
}

/// What the index answers, compared with a look at each document that matches.
fn agree(
    index: &Index<u64>,
    documents: &Documents,
    question: &Question,
    gathering: &Gathering,
) -> Result<(), TestCaseError> {
    let found = naive::hits(documents, question);
    let within = gathering.within;
    let mut expected: BTreeMap<(u32, u32), Vec<&Document<u64>>> = BTreeMap::new();
    for hit in &found {
        let document = &documents[&hit.id];
        let Some(point) = document.position.filter(|point| point.lat.is_finite()) else {
            continue;
        };
        if within.is_none_or(|square| column_and_row(point, 3) == (square.x(), square.y())) {
            let (x, y) = column_and_row(point, gathering.level);
            expected.entry((y, x)).or_default().push(document);
        }
    }
    let answer = index
        .cells(&question.selection, gathering)
        .expect("the question is well formed");
    prop_assert_eq!(answer.revision, index.revision());
    prop_assert_eq!(usize::try_from(answer.total), Ok(found.len()));
    let cells: Vec<(u32, u32)> = answer
        .cells
        .iter()
        .map(|cell| (cell.square.y(), cell.square.x()))
        .collect();
    prop_assert_eq!(cells, expected.keys().copied().collect::<Vec<_>>());
    for (cell, members) in answer.cells.iter().zip(expected.values()) {
        prop_assert_eq!(usize::try_from(cell.count), Ok(members.len()));
        let places = members.iter().filter_map(|member| member.position);
        let places: Vec<(f64, f64)> = places.map(named).collect();
        centre_and_bounds(cell.centre, &cell.bounds, &places)?;
        let mut ids: Vec<Uuid> = members.iter().map(|member| member.id).collect();
        ids.sort_unstable();
        ids.truncate(if ids.len() > gathering.singly {
            0
        } else {
            ids.len()
        });
        let given: Vec<Uuid> = cell.members.iter().map(|member| member.id).collect();
        prop_assert_eq!(given, ids);
        for member in &cell.members {
            let own = &documents[&member.id];
            prop_assert_eq!(member.body, own.body);
            prop_assert_eq!(Some(named(member.point)), own.position.map(named));
        }
    }
    Ok(())
}

fn centre_and_bounds(
    centre: Point,
    bounds: &BoundingBox,
    places: &[(f64, f64)],
) -> Result<(), TestCaseError> {
    let number = f64::from(u32::try_from(places.len()).expect("few"));
    let lat = places.iter().map(|(lat, _)| lat).sum::<f64>() / number;
    let lon = places.iter().map(|(_, lon)| lon).sum::<f64>() / number;
    prop_assert!((centre.lat - lat).abs() < 1e-6, "{} {}", centre.lat, lat);
    prop_assert!((centre.lon - lon).abs() < 1e-6, "{} {}", centre.lon, lon);
    let held = |(lat, lon): &(f64, f64)| {
        bounds.contains(Point {
            lat: *lat,
            lon: *lon,
        })
    };
    prop_assert!(places.iter().all(held));
    for edge in [bounds.min_lat, bounds.max_lat] {
        prop_assert!(places.iter().any(|(lat, _)| lat.total_cmp(&edge).is_eq()));
    }
    for edge in [bounds.min_lon, bounds.max_lon] {
        prop_assert!(places.iter().any(|(_, lon)| lon.total_cmp(&edge).is_eq()));
    }
    Ok(())
}

fn gathering() -> impl Strategy<Value = Gathering> {
    let within = proptest::option::weighted(0.3, (0..8u32, 0..8u32));
    (0..14u8, within, 0..4usize).prop_map(|(level, within, singly)| Gathering {
        level,
        within: within.and_then(|(x, y)| Square::new(3, x, y)),
        singly,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cells_hold_what_a_scan_finds_in_them(
        rounds in vec((steps(60, 1..80), vec((question(), gathering()), 8)), 1..3)
    ) {
        let index = collection().index();
        let mut documents = Documents::new();
        for (steps, asked) in rounds {
            live(&index, &mut documents, steps);
            for (question, gathering) in asked {
                agree(&index, &documents, &question, &gathering)?;
            }
        }
    }

    #[test]
    fn every_point_is_in_exactly_one_square_of_a_level(
        lat in -90.0..=90.0f64, lon in -180.0..=180.0f64, level in 0..23u8
    ) {
        let point = Point { lat, lon };
        let square = Square::of(point, level);
        prop_assert_eq!((square.x(), square.y()), column_and_row(point, level));
        prop_assert!(square.around().contains(point));
    }
}

/// Puts all the documents of a test and gathers them.
fn gathered(
    points: &[(u128, f64, f64)],
    selection: &Selection,
    gathering: Gathering,
) -> Cells<u64> {
    let index = collection().index();
    let steps = points
        .iter()
        .map(|(id, lat, lon)| Step::Put(at(*id, *lat, *lon)));
    live(&index, &mut Documents::new(), steps.collect());
    index.cells(selection, &gathering).unwrap()
}

const EVERYWHERE: Gathering = Gathering {
    level: 4,
    within: None,
    singly: 1,
};

#[test]
fn cells_come_from_the_north_and_from_the_west() {
    let points = [
        (1, -21.1, 55.5),
        (2, 48.8, 2.3),
        (3, 48.9, 2.4),
        (4, 44.8, -0.6),
    ];
    let answer = gathered(&points, &Selection::default(), EVERYWHERE);
    let told: Vec<(u64, Option<u64>)> = answer
        .cells
        .iter()
        .map(|cell| (cell.count, cell.members.first().map(|member| member.body)))
        .collect();
    assert_eq!(told, [(1, Some(4)), (2, None), (1, Some(1))]);
    assert_eq!(
        answer.cells[1].centre,
        Point {
            lat: 48.85,
            lon: 2.35
        }
    );
    assert_eq!(answer.total, 4);
}

#[test]
fn what_has_no_position_is_counted_and_in_no_cell() {
    let index = collection().index();
    index.put(document(1));
    index.put(at(2, 48.8, 2.3));
    let answer = index.cells(&Selection::default(), &EVERYWHERE).unwrap();
    assert_eq!((answer.total, answer.cells.len()), (2, 1));
}

#[test]
fn the_antimeridian_has_one_name_in_cells_and_a_pole_one_place() {
    let points = [
        (1, 0.0, 180.0),
        (2, 0.0, -180.0),
        (3, 90.0, 12.0),
        (4, 90.0, -170.0),
    ];
    let answer = gathered(&points, &Selection::default(), EVERYWHERE);
    let told: Vec<(u64, Point)> = answer
        .cells
        .iter()
        .map(|it| (it.count, it.centre))
        .collect();
    let pole = Point {
        lat: 90.0,
        lon: 0.0,
    };
    let antimeridian = Point {
        lat: 0.0,
        lon: -180.0,
    };
    assert_eq!(told, [(2, pole), (2, antimeridian)]);
}

#[test]
fn the_squares_of_a_level_share_everything_out() {
    let points: Vec<(u128, f64, f64)> = (0..400u32)
        .map(|n| {
            (
                u128::from(n),
                f64::from(n % 19) * 10.0 - 90.0,
                f64::from(n % 37) * 10.0 - 180.0,
            )
        })
        .collect();
    let mut shared = 0;
    for (x, y) in (0..8).flat_map(|x| (0..8).map(move |y| (x, y))) {
        let square = Square::new(3, x, y).unwrap();
        let selection = Selection {
            bbox: Some(square.around()),
            ..Selection::default()
        };
        let gathering = Gathering {
            level: 6,
            within: Some(square),
            singly: 0,
        };
        let answer = gathered(&points, &selection, gathering);
        shared += answer.cells.iter().map(|cell| cell.count).sum::<u64>();
    }
    assert_eq!(shared, 400);
}
