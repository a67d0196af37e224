//! The scan: a sample of answers against every offer, one by one.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};
use search::Point;
use serde_json::Value;

use crate::{
    Outcome,
    questions::{FACETS, Question, text},
};

/// Refuses an answer that is not what a scan of all offers gives.
pub(crate) fn check(question: &Question, body: &[u8], offers: &[Value]) -> Outcome<()> {
    let answer: Value = serde_json::from_slice(body)?;
    let told = |what: &str| format!("{what} of {} differs from the scan", question.target());
    if let Some(id) = &question.id {
        let same = text(&answer, "/id").as_ref() == Some(id);
        return same.then_some(()).ok_or_else(|| told("the id").into());
    }
    let mut found: Vec<&Value> = offers
        .iter()
        .filter(|one| holds(question, one, None))
        .collect();
    if answer.pointer("/total").and_then(Value::as_u64) != u64::try_from(found.len()).ok() {
        return Err(told("the total").into());
    }
    if question.facets && answer.pointer("/facets") != Some(&counts(question, offers)) {
        return Err(told("a facet").into());
    }
    let items = answer.pointer("/items").and_then(Value::as_array);
    let items = items.ok_or("an answer without items")?;
    if question.words.is_some() {
        // The score is the service's own: what is found is held to the scan, not its order.
        let among = |item: &Value| found.iter().any(|one| one.get("id") == item.get("id"));
        let same = items.iter().all(among);
        return same.then_some(()).ok_or_else(|| told("an item").into());
    }
    found.sort_by(|one, other| {
        place(question, one)
            .total_cmp(&place(question, other))
            .then_with(|| text(one, "/id").cmp(&text(other, "/id")))
    });
    let same = items.len() == found.len().min(20)
        && items
            .iter()
            .zip(found)
            .all(|(item, one)| item.get("id") == one.get("id"));
    same.then_some(()).ok_or_else(|| told("the page").into())
}

/// Where an offer stands in the order of a question: by distance, else the latest first.
fn place(question: &Question, offer: &Value) -> f64 {
    if question.near.is_some() {
        return distance(question, offer).unwrap_or(f64::INFINITY);
    }
    let published = text(offer, "/published_at").unwrap_or_default();
    let instant = chrono::DateTime::parse_from_rfc3339(&published).map(|at| at.timestamp());
    let seconds = instant.ok().and_then(|at| u32::try_from(at).ok());
    seconds.map_or(f64::INFINITY, |seconds| -f64::from(seconds))
}

fn distance(question: &Question, offer: &Value) -> Option<f64> {
    let (lat, lon, _) = question.near?;
    Some(point(offer)?.distance_km(Point { lat, lon }))
}

fn point(offer: &Value) -> Option<Point> {
    Some(Point {
        lat: offer.pointer("/position/lat")?.as_f64()?,
        lon: offer.pointer("/position/lon")?.as_f64()?,
    })
}

/// Whether an offer meets all that is asked, but what is asked of the facet `except`.
fn holds(question: &Question, offer: &Value, except: Option<&str>) -> bool {
    let codes = |facet: &str, asked: &[String]| {
        asked.is_empty()
            || except == Some(facet)
            || values(offer, facet).any(|code| asked.contains(&code))
    };
    let one = |facet: &str, asked: &Option<String>| {
        asked
            .as_ref()
            .is_none_or(|asked| values(offer, facet).any(|code| code == *asked))
    };
    codes("field", &question.fields)
        && codes("slot", &question.slots)
        && one("region", &question.region)
        && (except == Some("departement") || one("departement", &question.departement))
        && question.near.is_none_or(|(_, _, km)| {
            distance(question, offer).is_some_and(|away| away <= f64::from(km))
        })
        && question.bbox.is_none_or(|[west, south, east, north]| {
            point(offer).is_some_and(|at| {
                (west..=east).contains(&at.lon) && (south..=north).contains(&at.lat)
            })
        })
        && question
            .words
            .as_ref()
            .is_none_or(|words| named(offer, words))
}

/// Whether every word is that of a text of the offer, by the rule of words: whole, by its stem, or,
/// the last one, as a beginning. The words are taken from titles, so that none is mistyped.
fn named(offer: &Value, asked: &str) -> bool {
    let texts = [
        "/title",
        "/description",
        "/partner/name",
        "/commune/name",
        "/departement/name",
        "/region/name",
        "/direction/label",
        "/kind/label",
        "/field/label",
        "/form/label",
        "/activity/label",
        "/regime/label",
        "/certification/title",
        "/establishment/name",
    ];
    let all: Vec<String> = texts
        .iter()
        .filter_map(|pointer| text(offer, pointer))
        .collect();
    let own = search::words(&all.join(" "));
    let asked: Vec<&str> = asked.split('+').collect();
    asked.iter().enumerate().all(|(place, word)| {
        let last = place + 1 == asked.len();
        own.iter()
            .any(|own| own == word || stem(own) == stem(word) || last && own.starts_with(word))
    })
}

fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::French).stem(word).into_owned()
}

fn values<'a>(offer: &'a Value, facet: &str) -> impl Iterator<Item = String> + 'a {
    let several = match facet {
        "slot" => offer.pointer("/slots"),
        "audience" => offer.pointer("/audiences"),
        _ => None,
    };
    let several = several.and_then(Value::as_array).into_iter().flatten();
    let one = text(offer, &format!("/{facet}/code"));
    several.filter_map(|value| text(value, "/code")).chain(one)
}

/// The counts of every facet, as the answer tells them.
fn counts(question: &Question, offers: &[Value]) -> Value {
    let mut told = serde_json::Map::new();
    for facet in FACETS {
        let mut counts: BTreeMap<String, (u64, String)> = BTreeMap::new();
        for offer in offers
            .iter()
            .filter(|one| holds(question, one, Some(facet)))
        {
            for (code, label) in labelled(offer, facet) {
                counts.entry(code).or_insert((0, label)).0 += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|(code, (many, _)), (other_code, (other, _))| {
            other.cmp(many).then_with(|| code.cmp(other_code))
        });
        let items: Vec<Value> = counts
            .into_iter()
            .map(|(code, (count, label))| {
                serde_json::json!({"code": code, "label": label, "count": count})
            })
            .collect();
        told.insert(facet.to_owned(), Value::from(items));
    }
    Value::Object(told)
}

fn labelled(offer: &Value, facet: &str) -> Vec<(String, String)> {
    let label = |value: &Value| {
        let name = text(value, "/label").or_else(|| text(value, "/name"))?;
        Some((text(value, "/code")?, name))
    };
    let several = match facet {
        "slot" => offer.pointer("/slots"),
        "audience" => offer.pointer("/audiences"),
        _ => None,
    };
    match several.and_then(Value::as_array) {
        Some(values) => values.iter().filter_map(label).collect(),
        None => offer.get(facet).and_then(label).into_iter().collect(),
    }
}
