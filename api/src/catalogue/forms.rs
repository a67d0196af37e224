//! The forms in which documents are written: items of a page, rows of CSV.

use std::fmt::Write;

use serde::Serialize;

use super::{
    Catalogue,
    resource::{Found, Resource},
};
use crate::kernel::{page::Source, problem::ApiError};

/// Kilometres to the metre.
pub(crate) fn kilometres(distance: f64) -> f64 {
    (distance * 1_000.0).round() / 1_000.0
}

/// The item with its distance and what the question made of it, spliced before its closing brace.
pub(super) fn item<R: Resource>(
    body: &mut String,
    hit: &Found<R>,
    fields: &R::Fields,
) -> Result<(), ApiError> {
    R::item(&hit.body, body);
    if body.ends_with('}') {
        body.pop();
    }
    if let Some(distance) = hit.distance_km {
        write!(body, ",\"distance_km\":{}", kilometres(distance))
            .map_err(|error| ApiError::internal(&error))?;
    }
    body.push_str(&R::found(hit, fields)?);
    body.push('}');
    Ok(())
}

/// A page as CSV: comma, CRLF, a header row.
pub(super) fn csv<R: Resource>(
    hits: &[Found<R>],
    catalogue: &Catalogue,
) -> Result<Vec<u8>, ApiError> {
    let collection = R::of(catalogue);
    let header = R::COLUMNS.iter().chain(&["distance_km"]);
    let header = header.chain(R::FOUND_COLUMNS).map(ToString::to_string);
    let mut rows = vec![header.collect()];
    for hit in hits {
        let mut row = R::row(&hit.body, catalogue.reference(), collection.base())?;
        let distance = hit.distance_km.map(|it| kilometres(it).to_string());
        row.push(distance.unwrap_or_default());
        row.extend(R::found_cells(hit, collection.fields()));
        rows.push(row);
    }
    csv_rows(&rows)
}

/// Rows without a header.
pub(super) fn csv_rows(rows: &[Vec<String>]) -> Result<Vec<u8>, ApiError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row)
            .map_err(|error| ApiError::internal(&error))?;
    }
    writer
        .into_inner()
        .map_err(|error| ApiError::internal(&error))
}

/// The body of one object: around what was rendered already, where the data comes from.
pub(crate) fn with_source(object: &str, source: &Source) -> Result<String, ApiError> {
    let source = to_json(source)?;
    let object = object.strip_suffix('}').unwrap_or(object);
    Ok(format!("{object},\"source\":{source}}}"))
}

pub(crate) fn to_json(value: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|error| ApiError::internal(&error))
}
