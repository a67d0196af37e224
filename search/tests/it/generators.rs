//! Random documents and questions, drawn from few values so that they meet.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use search::{
    BoundingBox, Clause, Document, FacetId, FacetRequest, Filter, Near, NumberId, Part,
    PartCondition, PartCriteria, PartFacetId, PartId, PartNumberId, Point, Question, Selection,
    Sort,
};
use uuid::Uuid;

use crate::collection::{Collection, collection};

const CODES: [&str; 5] = ["a", "b", "c", "d", "e"];

const VOCABULARY: [&str; 22] = [
    "Atelier",
    "ateliers",
    "atelié",
    "ATOUT",
    "bois",
    "boisson",
    "boiserie",
    "menuiserie",
    "ménuiserie",
    "menuizerie",
    "menuiseries",
    "métallerie",
    "métal",
    "métallique",
    "école",
    "écoles",
    "œuvre",
    "oeuvres",
    "33063",
    "33064",
    "tri",
    "l'usine",
];

const QUERIES: [&str; 26] = [
    "atelier",
    "ateliers",
    "atel",
    "a",
    "bois",
    "BOIS",
    "boi",
    "menuiserie",
    "menuisrie",
    "menuisreie",
    "tenuiserie",
    "metal",
    "métaux",
    "metalerie",
    "ecole",
    "écolle",
    "eccole",
    "œuvre",
    "oeuvres",
    "uvre",
    "33063",
    "33065",
    "tri",
    "trie",
    "usine",
    "inconnu",
];

/// A step in the life of an index.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Put(Document<u64>),
    Remove(Uuid),
}

pub(crate) fn steps(ids: u128, count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => document(0..ids).prop_map(Step::Put),
        1 => (0..ids).prop_map(|id| Step::Remove(Uuid::from_u128(id))),
    ];
    vec(step, count)
}

pub(crate) fn document(ids: std::ops::Range<u128>) -> impl Strategy<Value = Document<u64>> {
    let all = collection();
    let facets = vec((select(vec![all.kind, all.activity]), code()), 0..4);
    let numbers = vec((select(vec![all.area, all.power]), number()), 0..3);
    let text = vec((select(vec![all.name, all.note]), phrase()), 0..3);
    (
        ids,
        option::weighted(0.8, point()),
        facets,
        numbers,
        vec(part(), 0..4),
        text,
        phrase(),
        any::<u64>(),
    )
        .prop_map(
            |(id, position, facets, numbers, parts, text, sort_key, body)| Document {
                id: Uuid::from_u128(id),
                position,
                facets,
                numbers,
                parts,
                text,
                sort_key,
                body,
            },
        )
}

pub(crate) fn question() -> impl Strategy<Value = Question> {
    let all = collection();
    (selection(), sort(&all), 1..8usize, Just(every_facet(&all))).prop_map(
        |(mut selection, sort, limit, facets)| {
            if sort == Sort::Relevance && selection.text.is_none() {
                selection.text = Some("atelier bo".to_owned());
            }
            if sort == Sort::Distance && selection.near.is_none() {
                let center = Point {
                    lat: 50.0,
                    lon: -170.0,
                };
                selection.near = Some(Near {
                    center,
                    radius_km: f64::INFINITY,
                });
            }
            Question {
                selection,
                sort,
                after: None,
                limit,
                facets,
            }
        },
    )
}

fn every_facet(all: &Collection) -> Vec<FacetRequest> {
    vec![
        FacetRequest::Document(all.kind),
        FacetRequest::Document(all.activity),
        FacetRequest::Part(all.equipment),
        FacetRequest::Part(all.status),
        FacetRequest::Part(all.vehicle),
    ]
}

fn selection() -> impl Strategy<Value = Selection> {
    let filter = (few(clause(), 2), few(criteria(), 2))
        .prop_map(|(clauses, parts)| Filter { clauses, parts });
    (
        filter,
        option::weighted(0.3, text()),
        option::weighted(0.2, near()),
        option::weighted(0.2, bbox()),
        few(clause(), 2),
    )
        .prop_map(|(filter, text, near, bbox, seen)| Selection {
            filter,
            text,
            near,
            bbox,
            seen,
        })
}

/// Mostly none, so that questions still find something.
fn few<T: std::fmt::Debug + Clone>(
    item: impl Strategy<Value = T>,
    most: usize,
) -> impl Strategy<Value = Vec<T>> {
    option::weighted(0.5, vec(item, 1..=most)).prop_map(Option::unwrap_or_default)
}

fn clause() -> impl Strategy<Value = Clause> {
    let all = collection();
    let facet = select(vec![all.kind, all.activity]);
    let column = select(vec![all.area, all.power]);
    prop_oneof![
        3 => (facet.clone(), vec(code(), 0..4)).prop_map(|(id, codes): (FacetId, _)| Clause::AnyOf(id, codes)),
        1 => (facet, vec(code(), 0..3)).prop_map(|(id, codes): (FacetId, _)| Clause::AllOf(id, codes)),
        2 => (column, bounds()).prop_map(|(id, (min, max)): (NumberId, _)| Clause::Range(id, min, max)),
    ]
}

fn criteria() -> impl Strategy<Value = PartCriteria> {
    let all = collection();
    let zones = few(
        condition(vec![all.equipment, all.status], vec![all.height]),
        3,
    );
    // A dock has no height of a zone: such a criterion matches nothing.
    let docks = few(
        prop_oneof![
            9 => condition(vec![all.vehicle], vec![all.quay]),
            1 => condition(vec![all.status], vec![all.height]),
        ],
        2,
    );
    let of = |part: PartId| move |conditions| PartCriteria { part, conditions };
    prop_oneof![2 => zones.prop_map(of(all.zones)), 1 => docks.prop_map(of(all.docks))]
}

fn condition(
    facets: Vec<PartFacetId>,
    numbers: Vec<PartNumberId>,
) -> impl Strategy<Value = PartCondition> {
    prop_oneof![
        2 => (select(facets.clone()), vec(code(), 0..4)).prop_map(|(id, codes)| PartCondition::AnyOf(id, codes)),
        1 => (select(facets), vec(code(), 0..3)).prop_map(|(id, codes)| PartCondition::AllOf(id, codes)),
        2 => (select(numbers), bounds()).prop_map(|(id, (min, max))| PartCondition::Range(id, min, max)),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    let all = collection();
    let facet = select(vec![all.equipment, all.status, all.vehicle]);
    let column = select(vec![all.height, all.quay]);
    (
        select(vec![all.zones, all.zones, all.docks]),
        0..1000u128,
        vec((facet, code()), 0..4),
        vec((column, number()), 0..3),
    )
        .prop_map(|(kind, id, mut facets, mut numbers)| {
            facets.retain(|(facet, _)| facet.part() == kind);
            numbers.retain(|(number, _)| number.part() == kind);
            Part {
                kind,
                id: Uuid::from_u128(id),
                facets,
                numbers,
            }
        })
}

fn sort(all: &Collection) -> impl Strategy<Value = Sort> + use<> {
    select(vec![
        Sort::Relevance,
        Sort::Distance,
        Sort::Key,
        Sort::NumberAsc(all.area),
        Sort::NumberDesc(all.area),
    ])
}

fn code() -> impl Strategy<Value = String> {
    select(&CODES[..]).prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        12 => (-2..6i32).prop_map(f64::from),
        1 => select(vec![f64::NAN, f64::INFINITY, -0.0]),
    ]
}

fn bounds() -> impl Strategy<Value = (Option<f64>, Option<f64>)> {
    let bound = || option::of((-2..6i32).prop_map(f64::from));
    (bound(), bound())
}

fn phrase() -> impl Strategy<Value = String> {
    vec(select(&VOCABULARY[..]), 1..4).prop_map(|words| words.join(" "))
}

fn text() -> impl Strategy<Value = String> {
    let words = prop_oneof![3 => select(&QUERIES[..]), 1 => select(&VOCABULARY[..])];
    vec(words, 1..3).prop_map(|words| words.join(" "))
}

/// Whole degrees, the poles and both names of the antimeridian among them.
fn point() -> impl Strategy<Value = Point> {
    prop_oneof![
        6 => (-90..=90i32, -180..=180i32),
        2 => (-2..=2i32, select(vec![-180, -179, 179, 180])),
        1 => (select(vec![-90, -89, 89, 90]), -180..=180i32),
        4 => (42..=51i32, -5..=8i32),
    ]
    .prop_map(|(lat, lon)| Point {
        lat: f64::from(lat),
        lon: f64::from(lon),
    })
}

fn near() -> impl Strategy<Value = Near> {
    let radius = select(vec![0.0, 50.0, 150.0, 500.0, 2_000.0, 9_000.0, 25_000.0]);
    (point(), radius).prop_map(|(center, radius_km)| Near { center, radius_km })
}

fn bbox() -> impl Strategy<Value = BoundingBox> {
    (point(), point()).prop_map(|(one, other)| BoundingBox {
        min_lon: one.lon,
        min_lat: one.lat.min(other.lat),
        max_lon: other.lon,
        max_lat: one.lat.max(other.lat),
    })
}
