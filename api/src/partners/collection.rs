//! Partners as the catalogue holds them: what they are found by, and their cards.

use std::sync::Arc;

use data::Reference;
use domain::{
    changes::EventType,
    kernel::{Code, Id},
    partners::Partner,
};
use persistence::{
    Conn, DbError,
    partners::{self, DeletedPartner},
};
use search::{Document, Filter, Schema, Sort};
use serde_json::json;
use uuid::Uuid;

use super::{
    document::{PartnerBody, document},
    facets::FACETS,
    fields::Fields,
    payload::{CSV_COLUMNS, PartnerFeature, csv_row},
    query, source,
};
use crate::{
    catalogue::{
        Catalogue, Collection,
        facets::Facet,
        forms::kilometres,
        resource::{CommonFields, Found, Gone, Rendering, Resource},
    },
    kernel::{cache::View, dates::instant, page::Source, params::Params, problem::ApiError},
};

/// The partners, of which the index holds what is public.
#[derive(Debug)]
pub(crate) struct Partners;

impl Resource for Partners {
    const NAME: &'static str = "partners";
    const SINGULAR: &'static str = "partner";
    const FACETS: &'static [Facet<Fields>] = FACETS;
    const COLUMNS: &'static [&'static str] = &CSV_COLUMNS;
    const FOUND_COLUMNS: &'static [&'static str] = &[];

    type Object = Partner;
    type Body = PartnerBody;
    type Fields = Fields;
    type Feature = PartnerFeature;

    fn of(catalogue: &Catalogue) -> &Collection<Self> {
        catalogue.partners()
    }

    fn read_all(conn: &mut Conn, hand: &mut dyn FnMut(Vec<Partner>)) -> Result<(), DbError> {
        hand(partners::all(conn)?);
        Ok(())
    }

    fn read(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Partner>, DbError> {
        partners::many(conn, &typed(ids))
    }

    fn id(partner: &Partner) -> Uuid {
        partner.id.uuid()
    }

    fn gone(conn: &mut Conn, ids: Option<&[Uuid]>) -> Result<Vec<(Uuid, Gone)>, DbError> {
        let deleted = match ids {
            Some(ids) => partners::many_deleted(conn, &typed(ids))?,
            None => partners::all_deleted(conn)?,
        };
        let gone = deleted.into_iter();
        Ok(gone.map(|it| (it.id.uuid(), it.into())).collect())
    }

    fn declare() -> (Schema, Fields) {
        Fields::declare()
    }

    fn common(fields: &Fields) -> &CommonFields {
        &fields.common
    }

    fn document(
        partner: Partner,
        fields: &Fields,
        rendering: &Rendering<'_>,
    ) -> Result<Option<Document<Arc<PartnerBody>>>, serde_json::Error> {
        let Rendering {
            reference, base, ..
        } = *rendering;
        document(&partner, reference, fields, base).map(Some)
    }

    fn filter(params: &mut Params, catalogue: &Catalogue, fields: &Fields) -> Filter {
        query::filter(params, catalogue.reference(), fields)
    }

    fn sorts(_: &Fields) -> Vec<(&'static str, Sort)> {
        Vec::new()
    }

    fn source() -> Source {
        source()
    }

    fn url(body: &PartnerBody, _: &str) -> String {
        body.card.facts.url.clone()
    }

    fn item(body: &PartnerBody, written: &mut String) {
        written.push_str(&body.card_json);
    }

    fn item_len(body: &PartnerBody) -> usize {
        body.card_json.len()
    }

    fn line(body: &PartnerBody, written: &mut String) {
        written.push_str(&body.card_json);
    }

    fn feature(
        hit: &Found<Self>,
        _: &Fields,
        _: &Reference,
        _: &str,
    ) -> Result<PartnerFeature, ApiError> {
        let mut card = hit.body.card.clone();
        card.distance_km = hit.distance_km.map(kilometres);
        Ok(card.into())
    }

    fn row(body: &PartnerBody, _: &Reference, _: &str) -> Result<Vec<String>, ApiError> {
        Ok(csv_row(&body.card))
    }
}

fn typed(ids: &[Uuid]) -> Vec<Id<Partner>> {
    ids.iter().copied().map(Id::new).collect()
}

impl From<DeletedPartner> for Gone {
    fn from(deleted: DeletedPartner) -> Self {
        let DeletedPartner {
            id: _,
            version,
            deleted_at: at,
        } = deleted;
        let deleted = json!({
            "type": EventType::PartnerDeleted.code(),
            "version": version,
            "at": instant(at),
        });
        Self {
            view: View::Public,
            history: vec![deleted],
        }
    }
}
