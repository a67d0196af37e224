//! Establishments as the catalogue holds them: what they are found by, and their forms.

use std::sync::Arc;

use data::Reference;
use domain::{
    establishments::{Establishment, EstablishmentStatus},
    kernel::{Code, Id},
    territories::{DepartementCode, Direction},
};
use persistence::{Conn, DbError, establishments};
use search::{Clause, Document, FacetId, Filter, Near, Point, Schema, Selection, Sort};
use uuid::Uuid;

use super::{
    document::{EstablishmentBody, document},
    facets::FACETS,
    fields::Fields,
    found,
    payload::{CSV_COLUMNS, EstablishmentFeature, csv_row},
    query, source,
};
use crate::{
    catalogue::{
        Catalogue, Collection,
        facets::Facet,
        mvt::Value,
        resource::{CommonFields, Found, Rendering, Resource},
        selection,
    },
    kernel::{page::Source, params::Params, problem::ApiError},
};

/// The establishments, closed ones included.
#[derive(Debug)]
pub(crate) struct Establishments;

impl Resource for Establishments {
    const NAME: &'static str = "establishments";
    const SINGULAR: &'static str = "establishment";
    const FACETS: &'static [Facet<Fields>] = FACETS;
    const COLUMNS: &'static [&'static str] = &CSV_COLUMNS;
    const FOUND_COLUMNS: &'static [&'static str] =
        &["matched_zones", "matched_docks", "matched_activities"];

    type Object = Establishment;
    type Body = EstablishmentBody;
    type Fields = Fields;
    type Feature = EstablishmentFeature;

    fn of(catalogue: &Catalogue) -> &Collection<Self> {
        catalogue.establishments()
    }

    fn read_all(conn: &mut Conn, hand: &mut dyn FnMut(Vec<Establishment>)) -> Result<(), DbError> {
        hand(establishments::all(conn)?);
        Ok(())
    }

    fn read(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Establishment>, DbError> {
        let ids: Vec<Id<Establishment>> = ids.iter().copied().map(Id::new).collect();
        establishments::many(conn, &ids)
    }

    fn id(establishment: &Establishment) -> Uuid {
        establishment.id.uuid()
    }

    fn declare() -> (Schema, Fields) {
        Fields::declare()
    }

    fn common(fields: &Fields) -> &CommonFields {
        &fields.common
    }

    fn document(
        establishment: Establishment,
        fields: &Fields,
        rendering: &Rendering<'_>,
    ) -> Result<Option<Document<Arc<EstablishmentBody>>>, serde_json::Error> {
        let Rendering {
            reference, base, ..
        } = *rendering;
        document(establishment, reference, fields, base).map(Some)
    }

    fn filter(params: &mut Params, _: &Catalogue, fields: &Fields) -> Filter {
        query::filter(params, fields)
    }

    fn sorts(fields: &Fields) -> Vec<(&'static str, Sort)> {
        let production = Sort::NumberDesc(fields.production_area);
        let available = Sort::NumberDesc(fields.available_area);
        vec![
            ("-production_area_m2", production),
            ("-available_area_m2", available),
        ]
    }

    fn source() -> Source {
        source()
    }

    fn url(body: &EstablishmentBody, _: &str) -> String {
        body.item.url.clone()
    }

    fn drawn(body: &EstablishmentBody) -> Result<Vec<(&'static str, Value)>, ApiError> {
        let (name, kind) = (body.item.name.clone(), body.item.kind.code.to_owned());
        Ok(vec![
            ("name", Value::Text(name)),
            ("kind", Value::Text(kind)),
        ])
    }

    fn item(body: &EstablishmentBody, written: &mut String) {
        written.push_str(&body.item_json);
    }

    fn item_len(body: &EstablishmentBody) -> usize {
        body.item_json.len()
    }

    fn line(body: &EstablishmentBody, written: &mut String) {
        written.push_str(&body.sheet);
    }

    fn found(hit: &Found<Self>, fields: &Fields) -> Result<String, ApiError> {
        found::members(hit, fields)
    }

    fn feature(
        hit: &Found<Self>,
        fields: &Fields,
        _: &Reference,
        _: &str,
    ) -> Result<EstablishmentFeature, ApiError> {
        Ok(found::feature(hit, fields))
    }

    fn row(
        body: &EstablishmentBody,
        reference: &Reference,
        base: &str,
    ) -> Result<Vec<String>, ApiError> {
        Ok(csv_row(&body.establishment, reference, base))
    }

    fn found_cells(hit: &Found<Self>, fields: &Fields) -> Vec<String> {
        found::cells(hit, fields)
    }
}

impl Collection<Establishments> {
    /// The establishment that an address names, by id or by slug.
    pub(crate) fn find(&self, id_or_slug: &str) -> Option<Arc<EstablishmentBody>> {
        match Uuid::try_parse(id_or_slug) {
            Ok(id) => self.get(id),
            Err(_) => self.first(self.fields().slug, id_or_slug),
        }
    }

    /// The open establishments of a département, by name.
    pub(crate) fn of_departement(&self, code: &DepartementCode) -> Vec<Arc<EstablishmentBody>> {
        self.open_with(self.fields().common.departement, code.as_str())
    }

    /// The open establishments of a directorate, by name.
    pub(crate) fn of_direction(&self, direction: Direction) -> Vec<Arc<EstablishmentBody>> {
        self.open_with(self.fields().common.direction, direction.code())
    }

    /// Every open establishment, with its distance from a point when one is given.
    pub(crate) fn open(&self, from: Option<Point>) -> Result<Vec<Found<Establishments>>, ApiError> {
        let near = from.map(|center| Near {
            center,
            radius_km: f64::INFINITY,
        });
        let open = selection(vec![self.is_open()]);
        Ok(self.matching(&Selection { near, ..open })?.hits)
    }

    fn is_open(&self) -> Clause {
        let open = EstablishmentStatus::Open.code().to_owned();
        Clause::AnyOf(self.fields().status, vec![open])
    }

    fn open_with(&self, field: FacetId, code: &str) -> Vec<Arc<EstablishmentBody>> {
        let clauses = vec![Clause::AnyOf(field, vec![code.to_owned()]), self.is_open()];
        let found = self.matching(&selection(clauses));
        let hits = found.map(|matching| matching.hits).unwrap_or_default();
        let mut bodies: Vec<Arc<EstablishmentBody>> =
            hits.into_iter().map(|hit| hit.body).collect();
        bodies.sort_by_cached_key(|body| search::fold(body.establishment.name.as_str()));
        bodies
    }
}
