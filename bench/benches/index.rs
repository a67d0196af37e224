//! The index alone: each question at several sizes, on documents spread as offers are.
//!
//! `INDEX_SIZES=10000,40000` measures at these sizes alone.

use std::{
    hint::black_box,
    io::Write,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use criterion::{Criterion, criterion_group, criterion_main};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use search::{
    BoundingBox, Change, Clause, Document, FacetId, FacetRequest, Filter, Index, Near, NumberId,
    Point, Question, Schema, Selection, Sort, TextId,
};
use uuid::Uuid;

/// How many documents: a département, the country, and a continent.
const SIZES: [u32; 4] = [10_000, 40_000, 200_000, 1_000_000];

const REGIONS: u32 = 18;
const FIELDS: u32 = 15;
const SLOTS: u32 = 5;
const WORDS: [&str; 12] = [
    "entretien",
    "espaces",
    "verts",
    "peinture",
    "locaux",
    "accueil",
    "cuisine",
    "manutention",
    "jardin",
    "partage",
    "nettoyage",
    "berges",
];

/// What documents are found by.
struct Fields {
    region: FacetId,
    departement: FacetId,
    field: FacetId,
    slot: FacetId,
    published: NumberId,
    title: TextId,
}

fn declare() -> (Schema, Fields) {
    let mut schema = Schema::new();
    let fields = Fields {
        region: schema.facet("region"),
        departement: schema.facet("departement"),
        field: schema.facet("field"),
        slot: schema.facet("slot"),
        published: schema.number("published"),
        title: schema.text("title", 3),
    };
    (schema, fields)
}

/// A draw that can be told again.
struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, many: u32) -> u32 {
        let drawn = (u64::from(self.0.next_u32()) * u64::from(many)) >> 32;
        u32::try_from(drawn).unwrap_or_default()
    }

    /// A place of the country, distinct from all others; one in five near one of ten cities.
    fn point(&mut self) -> Point {
        let city = self.below(5) == 0;
        let (lat, lon, span) = if city {
            let city = f64::from(self.below(10));
            (43.5 + city * 0.7, -1.0 + city * 0.8, 2_000)
        } else {
            (46.5, 2.5, 45_000)
        };
        let mut moved = || (f64::from(self.below(2 * span)) - f64::from(span)) / 10_000.0;
        Point {
            lat: lat + moved(),
            lon: lon + moved(),
        }
    }

    fn word(&mut self) -> &'static str {
        let drawn = usize::try_from(self.below(12)).ok();
        drawn
            .and_then(|drawn| WORDS.get(drawn))
            .copied()
            .unwrap_or_default()
    }

    fn document(&mut self, number: u32, fields: &Fields) -> Change<u32> {
        let region = self.below(REGIONS);
        let departement = region * 6 + self.below(6);
        let title = format!("{} {} {}", self.word(), self.word(), self.word());
        Change::Put(Document {
            id: id(number),
            position: Some(self.point()),
            facets: vec![
                (fields.region, region.to_string()),
                (fields.departement, departement.to_string()),
                (fields.field, self.below(FIELDS).to_string()),
                (fields.slot, self.below(SLOTS).to_string()),
            ],
            numbers: vec![(fields.published, f64::from(self.below(100_000_000)))],
            parts: Vec::new(),
            text: vec![(fields.title, title.clone())],
            sort_key: title,
            body: number,
        })
    }
}

/// The id of the document of this number.
fn id(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number) << 64 | u128::from(number.wrapping_mul(2_654_435_761)))
}

fn any(facet: FacetId, value: u32) -> Clause {
    Clause::AnyOf(facet, vec![value.to_string()])
}

fn asked(clauses: Vec<Clause>, sort: Sort) -> Question {
    Question {
        selection: Selection {
            filter: Filter {
                clauses,
                parts: Vec::new(),
            },
            ..Selection::default()
        },
        sort,
        after: None,
        limit: 20,
        facets: Vec::new(),
    }
}

/// A question of each sort; another one each time.
fn questions(name: &str, dice: &mut Dice, fields: &Fields) -> Question {
    let field = any(fields.field, dice.below(FIELDS));
    let slot = any(fields.slot, dice.below(SLOTS));
    let latest = Sort::NumberDesc(fields.published);
    match name {
        "near" | "facets" => {
            let mut question = asked(vec![field, slot], Sort::Distance);
            question.selection.near = Some(Near {
                center: dice.point(),
                radius_km: f64::from(5 + dice.below(46)),
            });
            if name == "facets" {
                question.facets = [fields.field, fields.slot, fields.region, fields.departement]
                    .map(FacetRequest::Document)
                    .into();
            }
            question
        }
        "bbox" => {
            let (mut question, corner) = (asked(vec![field], latest), dice.point());
            let mut span = |least: u32| f64::from(least + dice.below(least * 8)) / 10_000.0;
            question.selection.bbox = Some(BoundingBox {
                min_lon: corner.lon,
                min_lat: corner.lat,
                max_lon: corner.lon + span(1_000),
                max_lat: corner.lat + span(700),
            });
            question
        }
        "filter" => asked(
            vec![any(fields.region, dice.below(REGIONS)), field, slot],
            latest,
        ),
        "latest" => asked(Vec::new(), latest),
        _ => {
            let departement = any(fields.departement, dice.below(REGIONS * 6));
            let mut question = asked(vec![departement], Sort::Relevance);
            question.selection.text = Some(format!("{} {}", dice.word(), dice.word()));
            question
        }
    }
}

/// The sizes that are asked for; all of them when none is.
#[expect(
    clippy::disallowed_methods,
    reason = "the arguments of a benchmark are those of its harness"
)]
fn sizes() -> Vec<u32> {
    let asked = std::env::var("INDEX_SIZES").unwrap_or_default();
    let asked: Vec<u32> = asked.split(',').filter_map(|it| it.parse().ok()).collect();
    if asked.is_empty() {
        SIZES.to_vec()
    } else {
        asked
    }
}

fn index(criterion: &mut Criterion) {
    for size in sizes() {
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(1));
        let (schema, fields) = declare();
        let index = Index::new(schema);
        let all = (0..size).map(|number| dice.document(number, &fields));
        let all: Vec<Change<u32>> = all.collect();
        let begun = std::time::Instant::now();
        index.apply(all, 1);
        let took = begun.elapsed().as_secs_f64();
        // Nothing is lost when nobody reads it.
        drop(writeln!(
            std::io::stderr(),
            "{size} documents in {took:.1} s"
        ));
        for name in ["near", "facets", "bbox", "filter", "latest", "q"] {
            criterion.bench_function(&format!("{name}/{size}"), |bencher| {
                bencher.iter_batched(
                    || questions(name, &mut dice, &fields),
                    |question| black_box(index.search(&question)),
                    criterion::BatchSize::SmallInput,
                );
            });
        }
        criterion.bench_function(&format!("get/{size}"), |bencher| {
            bencher.iter_batched(
                || id(dice.below(size)),
                |id| black_box(index.get(id)),
                criterion::BatchSize::SmallInput,
            );
        });
        update(criterion, (size, &fields), &index, &mut dice);
    }
}

/// One update, alone and while somebody asks one question after the other.
fn update(
    criterion: &mut Criterion,
    (size, fields): (u32, &Fields),
    index: &Index<u32>,
    dice: &mut Dice,
) {
    let mut measured = |name: &str| {
        criterion.bench_function(&format!("{name}/{size}"), |bencher| {
            bencher.iter_batched(
                || {
                    let number = dice.below(size);
                    dice.document(number, fields)
                },
                |change| index.apply(vec![change], 2),
                criterion::BatchSize::SmallInput,
            );
        });
    };
    measured("update");
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut dice = Dice(ChaCha8Rng::seed_from_u64(2));
            while !over.load(Ordering::Relaxed) {
                let question = questions("near", &mut dice, fields);
                drop(black_box(index.search(&question)));
            }
        });
        measured("update while reads go on");
        over.store(true, Ordering::Relaxed);
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = index
}
criterion_main!(benches);
