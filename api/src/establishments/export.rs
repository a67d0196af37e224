//! `GET /v1/establishments/export`: everything that matches, streamed.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;
use search::Hit;

use super::{
    document::EstablishmentBody,
    parameters::EstablishmentFilters,
    payload::{CSV_COLUMNS, csv_row},
    query::Filters,
    render, source,
};
use crate::{
    kernel::{
        cache::Read,
        negotiate::Format,
        params::{
            Params,
            documents::{ExportForm, MinRevision, Words},
        },
        problem::ApiError,
    },
    platform::Platform,
};

/// How many establishments are written at a time.
const CHUNK: usize = 50;

/// Export the establishments
///
/// Every establishment that matches, ordered by id, as whole sheets (NDJSON), base facts (CSV)
/// or flat features for a map (`GeoJSON`), streamed; which parts matched is told by the features
/// alone. `Catalogue-Revision` says from which change the feed goes on. `atigip import
/// establishments` reads NDJSON and CSV back; the features of `atigip export`, which hold whole
/// sheets, are read back too, and those of this operation are not.
#[utoipa::path(
    tag = "establishments",
    operation_id = "exportEstablishments",
    params(Words, EstablishmentFilters, ExportForm, MinRevision),
    responses((status = 200, description = "The establishments, streamed", content(
        (String = "application/x-ndjson"),
        (String = "text/csv"),
        (render::EstablishmentFeatures = "application/geo+json"),
    ))),
)]
#[get("/v1/establishments/export")]
pub(super) async fn export_establishments(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(&req)?;
    let fields = catalogue.establishments().fields();
    let filters = Filters::read(&mut params, catalogue.reference(), fields);
    let format = params.format(&[Format::Ndjson, Format::Csv, Format::GeoJson]);
    let min_revision = params.min_revision();
    params.finish()?;
    let selection = filters.selection()?;
    catalogue.reach(min_revision).await?;
    let read = |revision| Read::list(&req, revision, platform.clock.today(), format);
    if let Some(known) = read(catalogue.revision()).not_modified(&req) {
        return Ok(known);
    }
    let matching = catalogue.establishments().matching(&selection)?;
    let mut response = read(matching.revision).ok();
    let file = format!("attachment; filename=\"establishments.{}\"", format.code());
    response.insert_header((header::CONTENT_DISPOSITION, file));
    let chunks = Chunks {
        hits: matching.hits,
        next: 0,
        started: false,
        format,
        platform: platform.clone(),
    };
    Ok(response.streaming(stream::iter(chunks)))
}

/// The pieces of an export, each written when the one before has left.
struct Chunks {
    hits: Vec<Hit<Arc<EstablishmentBody>>>,
    next: usize,
    started: bool,
    format: Format,
    platform: Data<Platform>,
}

impl Iterator for Chunks {
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

impl Chunks {
    fn write(&self, first: bool, from: usize, end: usize) -> Result<Vec<u8>, ApiError> {
        let hits = self.hits.get(from..end).unwrap_or_default();
        let last = end == self.hits.len();
        match self.format {
            Format::Csv => self.csv(first, hits),
            Format::GeoJson => self.features(first, last, hits),
            _ => Ok(sheets(hits)),
        }
    }

    fn csv(&self, first: bool, hits: &[Hit<Arc<EstablishmentBody>>]) -> Result<Vec<u8>, ApiError> {
        let catalogue = self.platform.catalogue()?;
        let base = catalogue.establishments().base();
        let header = first.then(|| CSV_COLUMNS.iter().map(ToString::to_string).collect());
        let rows = hits
            .iter()
            .map(|hit| csv_row(&hit.body.establishment, catalogue.reference(), base));
        let rows: Vec<Vec<String>> = header.into_iter().chain(rows).collect();
        render::csv_rows(&rows)
    }

    /// What a feature collection says before its features.
    fn opening(&self) -> Result<String, ApiError> {
        let source =
            serde_json::to_string(&source()).map_err(|error| ApiError::internal(&error))?;
        let total = self.hits.len();
        Ok(format!(
            "{{\"type\":\"FeatureCollection\",\"total\":{total},\"source\":{source},\"features\":[\n"
        ))
    }

    fn features(
        &self,
        first: bool,
        last: bool,
        hits: &[Hit<Arc<EstablishmentBody>>],
    ) -> Result<Vec<u8>, ApiError> {
        let catalogue = self.platform.catalogue()?;
        let mut text = String::new();
        if first {
            text.push_str(&self.opening()?);
        }
        for (i, hit) in hits.iter().enumerate() {
            if !(first && i == 0) {
                text.push_str(",\n");
            }
            let feature = render::one_feature(hit, catalogue.establishments());
            let feature = serde_json::to_string(&feature);
            text.push_str(&feature.map_err(|error| ApiError::internal(&error))?);
        }
        if last {
            text.push_str("\n]}\n");
        }
        Ok(text.into_bytes())
    }
}

/// One sheet a line.
fn sheets(hits: &[Hit<Arc<EstablishmentBody>>]) -> Vec<u8> {
    let mut text = String::new();
    for hit in hits {
        text.push_str(&hit.body.sheet);
        text.push('\n');
    }
    text.into_bytes()
}
