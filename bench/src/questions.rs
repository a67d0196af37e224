//! Two thousand distinct questions of each sort, drawn from a seed around what there is.

use std::{collections::BTreeSet, net::SocketAddr};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde_json::Value;

use crate::{Outcome, load::Connection, wire::Request};

/// How many distinct questions of a sort are asked.
pub(crate) const MANY: usize = 2_000;
/// How many offers are read to draw questions from, where they are not all needed.
pub(crate) const SAMPLE: usize = 5_000;
/// The four facets of the second question.
pub(crate) const FACETS: [&str; 4] = ["field", "slot", "audience", "departement"];

/// What questions ask for, with the bars that their answers are held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Near,
    Facets,
    Box,
    Filter,
    Words,
    NotModified,
    ById,
}

impl Sort {
    /// All of them, in the order of the table.
    pub(crate) const ALL: [Self; 7] = [
        Self::Near,
        Self::Facets,
        Self::Box,
        Self::Filter,
        Self::Words,
        Self::NotModified,
        Self::ById,
    ];

    /// Its name in the table.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Facets => "facets",
            Self::Box => "bbox",
            Self::Filter => "filter",
            Self::Words => "q",
            Self::NotModified => "304",
            Self::ById => "by id",
        }
    }

    /// The least ratio to the ceiling, at 40,000 offers and at a million.
    pub(crate) const fn bar(self, million: bool) -> f64 {
        match (self, million) {
            (Self::Near, false) => 0.20,
            (Self::Near, true) => 0.05,
            (Self::Facets, false) => 0.12,
            (Self::Facets | Self::Words, true) => 0.03,
            (Self::Box, false) => 0.25,
            (Self::Box, true) => 0.08,
            (Self::Filter, false) => 0.35,
            (Self::Filter, true) => 0.15,
            (Self::Words, false) => 0.10,
            (Self::NotModified | Self::ById, _) => 0.50,
        }
    }

    /// How far the slowest hundredth may be above twice the ceiling's, in milliseconds.
    pub(crate) const fn slowest_ms(self) -> f64 {
        match self {
            Self::Near | Self::Box => 2.0,
            Self::Facets => 3.0,
            Self::Filter => 1.5,
            Self::Words => 5.0,
            Self::NotModified | Self::ById => 1.0,
        }
    }
}

/// A question as the scan reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Question {
    /// Latitude, longitude and radius in kilometres.
    pub(crate) near: Option<(f64, f64, u32)>,
    /// West, south, east, north.
    pub(crate) bbox: Option<[f64; 4]>,
    pub(crate) region: Option<String>,
    pub(crate) departement: Option<String>,
    pub(crate) fields: Vec<String>,
    pub(crate) slots: Vec<String>,
    pub(crate) words: Option<String>,
    pub(crate) facets: bool,
    pub(crate) id: Option<String>,
}

impl Question {
    /// Its path and query.
    pub(crate) fn target(&self) -> String {
        if let Some(id) = &self.id {
            return format!("/v1/offers/{id}");
        }
        let mut asked: Vec<String> = Vec::new();
        if let Some((lat, lon, km)) = self.near {
            asked.push(format!("lat={lat}&lon={lon}&radius_km={km}"));
        }
        if let Some([west, south, east, north]) = self.bbox {
            asked.push(format!("bbox={west},{south},{east},{north}"));
        }
        let one = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("{name}={value}"))
        };
        asked.extend(one("region", &self.region));
        asked.extend(one("departement", &self.departement));
        asked.extend(one("q", &self.words));
        let several = |name: &str, of: &[String]| {
            (!of.is_empty()).then(|| format!("{name}={}", of.join(",")))
        };
        asked.extend(several("field", &self.fields));
        asked.extend(several("slot", &self.slots));
        if self.facets {
            asked.push(format!("facets={}", FACETS.join(",")));
        }
        format!("/v1/offers?{}", asked.join("&"))
    }
}

/// Offers as everybody reads them, `many` at least where there are as many.
pub(crate) fn sample(address: SocketAddr, many: usize) -> Outcome<Vec<Value>> {
    let mut connection = Connection::open(address)?;
    let mut all = Vec::new();
    let mut target = "/v1/offers?limit=100".to_owned();
    loop {
        let whole = connection.ask(&Request::get(&target, None))?;
        let body = connection.answer().get(whole.body..).unwrap_or_default();
        let mut page: Value = serde_json::from_slice(body)?;
        let items = page.get_mut("items").map(Value::take);
        if let Some(Value::Array(items)) = items {
            all.extend(items);
        }
        let next = text(&page, "/next").filter(|_| all.len() < many);
        match next.as_deref().and_then(|next| next.split_once("/v1/")) {
            Some((_, rest)) => target = format!("/v1/{rest}"),
            None => return Ok(all),
        }
    }
}

/// Draws `many` distinct questions of a sort, around offers of `sample`.
pub(crate) fn draw(sort: Sort, sample: &[Value], many: usize, seed: u64) -> Outcome<Vec<Question>> {
    let mut chance = Dice(ChaCha8Rng::seed_from_u64(seed));
    let (mut drawn, mut known) = (Vec::with_capacity(many), BTreeSet::new());
    let mut tries = 0usize;
    while drawn.len() < many {
        tries += 1;
        if tries > many * 50 {
            return Err(
                format!("only {} distinct questions of {}", drawn.len(), sort.name()).into(),
            );
        }
        let Some(question) = chance.question(sort, sample) else {
            continue;
        };
        if known.insert(question.target()) {
            drawn.push(question);
        }
    }
    Ok(drawn)
}

struct Dice(ChaCha8Rng);

impl Dice {
    fn question(&mut self, sort: Sort, sample: &[Value]) -> Option<Question> {
        let offer = self.pick(sample)?;
        let (lat, lon) = (at(offer, "/position/lat")?, at(offer, "/position/lon")?);
        let here = |dice: &mut Self, place: f64, span: u32| {
            let moved = place + (f64::from(dice.below(2 * span)) - f64::from(span)) / 10_000.0;
            (moved * 10_000.0).round() / 10_000.0
        };
        let mut question = Question::default();
        match sort {
            Sort::Near | Sort::Facets | Sort::NotModified => {
                let km = 5 + self.below(46);
                question.near = Some((here(self, lat, 1_000), here(self, lon, 1_000), km));
                question.fields = vec![self.code(sample, "/field/code")?];
                question.slots = vec![self.code(sample, "/slots/0/code")?];
                question.facets = sort == Sort::Facets;
            }
            Sort::Box => {
                let (west, south) = (here(self, lon, 2_000), here(self, lat, 2_000));
                let (wide, high) = (self.below(8_000), self.below(5_000));
                question.bbox = Some([
                    west,
                    south,
                    round(west + f64::from(wide + 1_000) / 10_000.0),
                    round(south + f64::from(high + 1_000) / 10_000.0),
                ]);
                question.fields = vec![self.code(sample, "/field/code")?];
            }
            Sort::Filter => {
                question.region = Some(text(offer, "/region/code")?);
                question.fields = self.some(sample, "/field/code")?;
                question.slots = self.some(sample, "/slots/0/code")?;
            }
            Sort::Words => {
                let title = text(offer, "/title")?;
                let words = search::words(&title);
                let long: Vec<&String> = words.iter().filter(|word| word.len() > 3).collect();
                let (first, second) = (self.pick(&long)?, self.pick(&long)?);
                if first == second {
                    return None;
                }
                question.words = Some(format!("{first}+{second}"));
                question.departement = Some(text(offer, "/departement/code")?);
            }
            Sort::ById => question.id = Some(text(offer, "/id")?),
        }
        Some(question)
    }

    /// One code or two.
    fn some(&mut self, sample: &[Value], pointer: &str) -> Option<Vec<String>> {
        let mut codes = vec![self.code(sample, pointer)?];
        if self.below(2) == 0 {
            codes.push(self.code(sample, pointer)?);
        }
        codes.sort_unstable();
        codes.dedup();
        Some(codes)
    }

    fn code(&mut self, sample: &[Value], pointer: &str) -> Option<String> {
        text(self.pick(sample)?, pointer)
    }

    fn pick<'a, T>(&mut self, values: &'a [T]) -> Option<&'a T> {
        let many = u32::try_from(values.len()).ok().filter(|many| *many > 0)?;
        values.get(usize::try_from(self.below(many)).ok()?)
    }

    /// A number below `many`, which is not 0.
    fn below(&mut self, many: u32) -> u32 {
        let drawn = (u64::from(self.0.next_u32()) * u64::from(many)) >> 32;
        u32::try_from(drawn).unwrap_or_default()
    }
}

fn round(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}

fn at(offer: &Value, pointer: &str) -> Option<f64> {
    offer.pointer(pointer)?.as_f64()
}

/// A text of an offer.
pub(crate) fn text(offer: &Value, pointer: &str) -> Option<String> {
    Some(offer.pointer(pointer)?.as_str()?.to_owned())
}
