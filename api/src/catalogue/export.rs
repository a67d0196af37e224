//! Everything that matches, streamed, whatever the resource.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;

use super::{
    filters::Filters,
    forms,
    resource::{Found, Resource},
    seen::Seen,
};
use crate::{
    kernel::{cache::Read, negotiate::Format, params::Params, problem::ApiError},
    platform::Platform,
};

/// How many documents are written at a time.
const CHUNK: usize = 50;

/// Answers an export.
pub(crate) async fn answer<R: Resource>(
    req: &HttpRequest,
    platform: Data<Platform>,
    seen: Seen,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let collection = R::of(catalogue);
    let mut params = Params::read(req)?;
    let (view, today) = (seen.view, platform.clock.today());
    let mut filters = Filters::read::<R>(&mut params, catalogue);
    let format = params.format(&[Format::Ndjson, Format::Csv, Format::GeoJson]);
    filters.hold(seen.clauses);
    let min_revision = params.min_revision();
    params.finish()?;
    let selection = filters.selection()?;
    catalogue.reach(min_revision).await?;
    let read = |revision| Read::seen_list(req, (revision, today), format, view);
    if let Some(known) = read(collection.revision()).not_modified(req) {
        return Ok(known);
    }
    let matching = collection.matching(&selection)?;
    let mut response = read(matching.revision).ok();
    let file = format!("attachment; filename=\"{}.{}\"", R::NAME, format.code());
    response.insert_header((header::CONTENT_DISPOSITION, file));
    let chunks = Chunks::<R> {
        hits: matching.hits,
        next: 0,
        started: false,
        format,
        platform,
    };
    Ok(response.streaming(stream::iter(chunks)))
}

/// The pieces of an export, each written when the one before has left.
struct Chunks<R: Resource> {
    hits: Vec<Found<R>>,
    next: usize,
    started: bool,
    format: Format,
    platform: Data<Platform>,
}

impl<R: Resource> Iterator for Chunks<R> {
    type Item = Result<Bytes, ApiError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.started && self.next >= self.hits.len() {
            return None;
        }
        let end = self.hits.len().min(self.next + CHUNK);
        let first = !std::mem::replace(&mut self.started, true);
        let written = self.write(first, self.next, end);
        self.next = end;
        Some(written.map(Bytes::from))
    }
}

impl<R: Resource> Chunks<R> {
    fn write(&self, first: bool, from: usize, end: usize) -> Result<Vec<u8>, ApiError> {
        let hits = self.hits.get(from..end).unwrap_or_default();
        let last = end == self.hits.len();
        match self.format {
            Format::Csv => self.csv(first, hits),
            Format::GeoJson => self.features(first, last, hits),
            _ => Ok(lines::<R>(hits)),
        }
    }

    fn csv(&self, first: bool, hits: &[Found<R>]) -> Result<Vec<u8>, ApiError> {
        let catalogue = self.platform.catalogue()?;
        let (reference, base) = (catalogue.reference(), R::of(catalogue).base());
        let header = first.then(|| R::COLUMNS.iter().map(ToString::to_string).collect());
        let rows = hits.iter().map(|hit| R::row(&hit.body, reference, base));
        let rows = header.into_iter().map(Ok).chain(rows);
        forms::csv_rows(&rows.collect::<Result<Vec<Vec<String>>, ApiError>>()?)
    }

    /// What a feature collection says before its features.
    fn opening(&self) -> Result<String, ApiError> {
        let source = forms::to_json(&R::source())?;
        let total = self.hits.len();
        Ok(format!(
            "{{\"type\":\"FeatureCollection\",\"total\":{total},\"source\":{source},\"features\":[\n"
        ))
    }

    fn features(&self, first: bool, last: bool, hits: &[Found<R>]) -> Result<Vec<u8>, ApiError> {
        let catalogue = self.platform.catalogue()?;
        let (reference, base) = (catalogue.reference(), R::of(catalogue).base());
        let fields = R::of(catalogue).fields();
        let mut text = String::new();
        if first {
            text.push_str(&self.opening()?);
        }
        for (i, hit) in hits.iter().enumerate() {
            if !(first && i == 0) {
                text.push_str(",\n");
            }
            let feature = R::feature(hit, fields, reference, base)?;
            text.push_str(&forms::to_json(&feature)?);
        }
        if last {
            text.push_str("\n]}\n");
        }
        Ok(text.into_bytes())
    }
}

/// One object a line.
fn lines<R: Resource>(hits: &[Found<R>]) -> Vec<u8> {
    let mut text = String::new();
    for hit in hits {
        R::line(&hit.body, &mut text);
        text.push('\n');
    }
    text.into_bytes()
}
