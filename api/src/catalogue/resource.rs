//! What a resource says of itself to be searched in memory.

use std::{collections::BTreeSet, fmt::Debug, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use data::Reference;
use domain::{
    kernel::Code,
    territories::{CommuneCode, Direction},
};
use persistence::{Conn, DbError};
use search::{Document, FacetId, Filter, Hit, NumberId, Point, Schema, Sort, TextId};
use serde::Serialize;
use uuid::Uuid;

use super::{Catalogue, Collection, facets::Facet, mvt::Value};
use crate::kernel::{
    cache::View,
    page::Source,
    params::Params,
    problem::{ApiError, Kind},
    shared::Shared,
};

/// A resource whose public documents are held in memory: how they are read and rendered, and
/// what they are found by. What is the same for all of them is in this folder.
pub(crate) trait Resource: Sized + Send + Sync + 'static {
    /// Its collection, as in an address.
    const NAME: &'static str;
    /// One of them, as in the type of an event.
    const SINGULAR: &'static str;
    /// What can be counted, in the order of the contract.
    const FACETS: &'static [Facet<Self::Fields>];
    /// The columns of an export as CSV.
    const COLUMNS: &'static [&'static str];
    /// The word that sorts by the key of a document.
    const KEY_SORT: &'static str = "name";
    /// What a page of CSV tells besides, after the distance: what the question made of each.
    const FOUND_COLUMNS: &'static [&'static str];

    /// An object, as the database keeps it.
    type Object: Send + 'static;
    /// What the index gives back for it.
    type Body: Debug + Send + Sync + 'static;
    /// What it is found by.
    type Fields: Debug + Send + Sync + 'static;
    /// How it is shown on a map.
    type Feature: Serialize;

    /// Where it is held.
    fn of(catalogue: &Catalogue) -> &Collection<Self>;

    /// Reads every object, some at a time, and hands each lot over.
    fn read_all(conn: &mut Conn, hand: &mut dyn FnMut(Vec<Self::Object>)) -> Result<(), DbError>;
    /// Where every object is said to be, when there are so many that it is worth knowing first.
    fn places(_conn: &mut Conn) -> Result<Vec<(Uuid, Option<Point>)>, DbError> {
        Ok(Vec::new())
    }
    /// Reads those of these ids that there are.
    fn read(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Self::Object>, DbError>;
    /// The identifier of an object.
    fn id(object: &Self::Object) -> Uuid;
    /// Those of its objects that these entries of the change log (number, resource, id) may have
    /// changed: the ones they name, unless it shows something of others.
    fn touched(
        _conn: &mut Conn,
        entries: &[(i64, String, Uuid)],
    ) -> Result<BTreeSet<Uuid>, DbError> {
        Ok(named(entries, Self::SINGULAR).collect())
    }
    /// What is known of those that were public and are no more: of these ids, or of all.
    fn gone(_conn: &mut Conn, _ids: Option<&[Uuid]>) -> Result<Vec<(Uuid, Gone)>, DbError> {
        Ok(Vec::new())
    }

    /// Declares what it is found by.
    fn declare() -> (Schema, Self::Fields);
    /// What every resource is found by.
    fn common(fields: &Self::Fields) -> &CommonFields;
    /// Prepares an object for the index, its forms rendered; `None` when nobody may find it.
    fn document(
        object: Self::Object,
        fields: &Self::Fields,
        rendering: &Rendering<'_>,
    ) -> Result<Option<Document<Arc<Self::Body>>>, serde_json::Error>;

    /// Reads the filters that are its own.
    fn filter(params: &mut Params, catalogue: &Catalogue, fields: &Self::Fields) -> Filter;
    /// The order when none is asked for, nor a point or words.
    fn default_sort(_fields: &Self::Fields) -> Sort {
        Sort::Key
    }
    /// The orders beside relevance, distance and [`Self::KEY_SORT`].
    fn sorts(fields: &Self::Fields) -> Vec<(&'static str, Sort)>;

    /// Where its data comes from.
    fn source() -> Source;
    /// Its own address.
    fn url(body: &Self::Body, base: &str) -> String;
    /// What a map tells of one beside its id and address, where it is drawn by itself.
    fn drawn(_body: &Self::Body) -> Result<Vec<(&'static str, Value)>, ApiError> {
        Ok(Vec::new())
    }
    /// Writes an item of a list: a JSON object.
    fn item(body: &Self::Body, written: &mut String);
    /// How many bytes that is.
    fn item_len(body: &Self::Body) -> usize;
    /// Writes a line of an export: a JSON object.
    fn line(body: &Self::Body, written: &mut String);
    /// The members that a question adds to an item, each after a comma: `,"matched":{…}`.
    fn found(_hit: &Found<Self>, _fields: &Self::Fields) -> Result<String, ApiError> {
        Ok(String::new())
    }
    /// A feature of a map, with what the question made of it.
    fn feature(
        hit: &Found<Self>,
        fields: &Self::Fields,
        reference: &Reference,
        base: &str,
    ) -> Result<Self::Feature, ApiError>;
    /// The cells of [`Self::COLUMNS`], text cells guarded.
    fn row(body: &Self::Body, reference: &Reference, base: &str) -> Result<Vec<String>, ApiError>;
    /// The cells of [`Self::FOUND_COLUMNS`].
    fn found_cells(_hit: &Found<Self>, _fields: &Self::Fields) -> Vec<String> {
        Vec::new()
    }
}

/// The ids that entries of the change log name, of a resource.
pub(crate) fn named<'e>(
    entries: &'e [(i64, String, Uuid)],
    resource: &'e str,
) -> impl Iterator<Item = Uuid> + 'e {
    let own = entries.iter().filter(move |(_, name, _)| name == resource);
    own.map(|(_, _, id)| *id)
}

/// With what documents are rendered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rendering<'a> {
    /// The reference tables.
    pub(crate) reference: &'static Reference,
    /// What addresses begin with.
    pub(crate) base: &'a str,
    /// The day, in Paris.
    pub(crate) today: NaiveDate,
    /// What documents have in common.
    pub(crate) shared: &'a Shared,
}

/// A document that answers a question.
pub(crate) type Found<R> = Hit<Arc<<R as Resource>::Body>>;

/// What is left of an object that was public and is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gone {
    /// How far those see who may know of it.
    pub(crate) view: View,
    /// What happened to it, in order; the last took it away.
    pub(crate) history: Vec<serde_json::Value>,
}

impl Gone {
    /// The refusal of who still asks for it.
    pub(crate) fn told(&self) -> ApiError {
        ApiError::new(Kind::Gone).with("history", self.history.clone())
    }
}

/// What every resource is found by: its territories, its mark and its date.
#[derive(Debug, Clone)]
pub(crate) struct CommonFields {
    pub(crate) direction: FacetId,
    pub(crate) region: FacetId,
    pub(crate) departement: FacetId,
    pub(crate) commune: FacetId,
    pub(crate) demo: FacetId,
    pub(crate) updated_at: NumberId,
    commune_text: TextId,
    territory_text: TextId,
}

impl CommonFields {
    /// Declares them; the name of the commune counts so many times in relevance.
    pub(crate) fn declare(schema: &mut Schema, commune: u32) -> Self {
        Self {
            direction: schema.facet("direction"),
            region: schema.facet("region"),
            departement: schema.facet("departement"),
            commune: schema.facet("commune"),
            demo: schema.facet("demo"),
            updated_at: schema.number("updated_at"),
            commune_text: schema.text("commune", commune),
            territory_text: schema.text("territory", 2),
        }
    }

    /// The codes of where an object is.
    pub(crate) fn facets(
        &self,
        commune: &CommuneCode,
        direction: Option<Direction>,
        reference: &Reference,
    ) -> Vec<(FacetId, String)> {
        let mut facets = vec![(self.commune, commune.to_string())];
        if let Some(commune) = reference.territories().commune(commune) {
            facets.push((self.departement, commune.departement.to_string()));
            facets.push((self.region, commune.region.to_string()));
        }
        let code = direction.map(|direction| direction.code().to_owned());
        facets.extend(code.map(|code| (self.direction, code)));
        facets
    }

    /// The names of where an object is.
    pub(crate) fn texts(
        &self,
        commune: &CommuneCode,
        direction: Option<Direction>,
        reference: &Reference,
    ) -> Vec<(TextId, String)> {
        let label = direction.map(|it| it.label().to_owned());
        let mut texts: Vec<(TextId, String)> = label
            .map(|label| (self.territory_text, label))
            .into_iter()
            .collect();
        let territories = reference.territories();
        if let Some(commune) = territories.commune(commune) {
            texts.push((self.commune_text, commune.name.clone()));
            let departement = territories.departement(&commune.departement);
            texts.extend(departement.map(|it| (self.territory_text, it.name.clone())));
            let region = territories.region(&commune.region);
            texts.extend(region.map(|it| (self.territory_text, it.name.clone())));
        }
        texts
    }
}

/// An instant as the index compares it: seconds, with their fraction.
pub(crate) fn seconds(instant: DateTime<Utc>) -> f64 {
    number(u64::try_from(instant.timestamp_micros()).unwrap_or(0)) / 1e6
}

/// A whole number as the index compares it; exact below 2^53, far above any area.
pub(crate) fn number(number: u64) -> f64 {
    let high = u32::try_from(number >> 32).unwrap_or(u32::MAX);
    let low = u32::try_from(number & 0xffff_ffff).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}
