//! Offers as the catalogue holds them: those that are shown, or will be; what they are found by,
//! and their cards.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use data::Reference;
use domain::{
    establishments::Establishment,
    habilitations::Habilitation,
    kernel::{self, Code, Id},
    offers::Offer,
    partners::Partner,
};
use persistence::{Conn, DbError, establishments, habilitations, offers};
use search::{Document, Filter, Point, Schema, Sort};
use serde_json::json;
use uuid::Uuid;

use super::{
    body::OfferBody,
    document::{document, view_of},
    facets::FACETS,
    fields::Fields,
    payload::{CSV_COLUMNS, HistoryOutput, OfferFeature, csv_row},
    posted::{Posted, Settings},
    query, source,
};
use crate::{
    catalogue::{
        Catalogue, Collection,
        facets::Facet,
        forms::kilometres,
        mvt::Value,
        resource::{CommonFields, Found, Gone, Rendering, Resource, named},
    },
    kernel::{page::Source, params::Params, problem::ApiError},
};

/// How many offers are read at a time.
const LOT: i64 = 1_000;

/// The offers, of which the index holds those that somebody may find.
#[derive(Debug)]
pub(crate) struct Offers;

impl Resource for Offers {
    const NAME: &'static str = "offers";
    const SINGULAR: &'static str = "offer";
    const FACETS: &'static [Facet<Fields>] = FACETS;
    const COLUMNS: &'static [&'static str] = &CSV_COLUMNS;
    const KEY_SORT: &'static str = "title";
    const FOUND_COLUMNS: &'static [&'static str] = &[];

    type Object = Posted;
    type Body = OfferBody;
    type Fields = Fields;
    type Feature = OfferFeature;

    fn of(catalogue: &Catalogue) -> &Collection<Self> {
        catalogue.offers()
    }

    fn read_all(conn: &mut Conn, hand: &mut dyn FnMut(Vec<Posted>)) -> Result<(), DbError> {
        let mut settings = Settings::default();
        offers::lots(conn, LOT, |conn, offers| {
            hand(settings.around(conn, offers)?);
            Ok(())
        })
    }

    fn places(conn: &mut Conn) -> Result<Vec<(Uuid, Option<Point>)>, DbError> {
        let prisons = establishments::all(conn)?.into_iter();
        let prisons: HashMap<Id<Establishment>, kernel::Point> =
            prisons.map(|it| (it.id, it.position.point)).collect();
        let told = offers::places(conn)?.into_iter().map(|told| {
            let prison = told.establishment.and_then(|id| prisons.get(&id).copied());
            let point = prison.or(told.centre).map(|point| Point {
                lat: point.lat(),
                lon: point.lon(),
            });
            (told.offer.uuid(), point)
        });
        Ok(told.collect())
    }

    fn read(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Posted>, DbError> {
        let found = offers::many(conn, &typed(ids))?;
        Posted::all(conn, found)
    }

    fn id(posted: &Posted) -> Uuid {
        posted.offer.id.uuid()
    }

    fn touched(
        conn: &mut Conn,
        entries: &[(i64, String, Uuid)],
    ) -> Result<BTreeSet<Uuid>, DbError> {
        let mut touched: BTreeSet<Uuid> = named(entries, Self::SINGULAR).collect();
        let dossiers: Vec<Id<Habilitation>> = named(entries, "habilitation").map(Id::new).collect();
        let partners = named(entries, "partner").map(Id::<Partner>::new);
        let hosts = habilitations::partners_of(conn, &dossiers)?;
        let partners: BTreeSet<Id<Partner>> = partners.chain(hosts).collect();
        let partners: Vec<Id<Partner>> = partners.into_iter().collect();
        let prisons: BTreeSet<Id<Establishment>> =
            named(entries, "establishment").map(Id::new).collect();
        let prisons: Vec<Id<Establishment>> = prisons.into_iter().collect();
        let others = offers::of_partners(conn, &partners)?;
        touched.extend(others.into_iter().map(Id::uuid));
        let others = offers::of_establishments(conn, &prisons)?;
        touched.extend(others.into_iter().map(Id::uuid));
        Ok(touched)
    }

    fn gone(conn: &mut Conn, ids: Option<&[Uuid]>) -> Result<Vec<(Uuid, Gone)>, DbError> {
        let withdrawn = match ids {
            Some(ids) => offers::many(conn, &typed(ids))?,
            None => offers::withdrawn(conn)?,
        };
        let gone = withdrawn.iter().filter_map(left_of);
        Ok(gone.collect())
    }

    fn declare() -> (Schema, Fields) {
        Fields::declare()
    }

    fn common(fields: &Fields) -> &CommonFields {
        &fields.common
    }

    fn document(
        posted: Posted,
        fields: &Fields,
        rendering: &Rendering<'_>,
    ) -> Result<Option<Document<Arc<OfferBody>>>, serde_json::Error> {
        document(&posted, fields, rendering)
    }

    fn filter(params: &mut Params, catalogue: &Catalogue, fields: &Fields) -> Filter {
        query::filter(params, catalogue, fields)
    }

    fn default_sort(fields: &Fields) -> Sort {
        Sort::NumberDesc(fields.numbers.published_at)
    }

    fn sorts(fields: &Fields) -> Vec<(&'static str, Sort)> {
        let numbers = &fields.numbers;
        vec![
            ("-published_at", Sort::NumberDesc(numbers.published_at)),
            ("starts_on", Sort::NumberAsc(numbers.starts_on)),
            ("-places_left", Sort::NumberDesc(numbers.places_left)),
        ]
    }

    fn source() -> Source {
        source()
    }

    fn url(body: &OfferBody, base: &str) -> String {
        format!("{base}/v1/offers/{}", body.id)
    }

    fn drawn(body: &OfferBody) -> Result<Vec<(&'static str, Value)>, ApiError> {
        let (title, kind) = (body.title()?, body.kind.code().to_owned());
        Ok(vec![
            ("title", Value::Text(title)),
            ("kind", Value::Text(kind)),
        ])
    }

    fn item(body: &OfferBody, written: &mut String) {
        body.write_card(written);
    }

    fn item_len(body: &OfferBody) -> usize {
        body.card_len()
    }

    fn line(body: &OfferBody, written: &mut String) {
        body.write_card(written);
    }

    fn feature(
        hit: &Found<Self>,
        _: &Fields,
        _: &Reference,
        _: &str,
    ) -> Result<OfferFeature, ApiError> {
        let mut feature = OfferFeature::from(hit.body.card()?);
        feature.properties.distance_km = hit.distance_km.map(kilometres);
        Ok(feature)
    }

    fn row(body: &OfferBody, _: &Reference, _: &str) -> Result<Vec<String>, ApiError> {
        Ok(csv_row(&body.card()?))
    }
}

fn typed(ids: &[Uuid]) -> Vec<Id<Offer>> {
    ids.iter().copied().map(Id::new).collect()
}

/// What is left of an offer that its author withdrew after it was shown.
fn left_of(offer: &Offer) -> Option<(Uuid, Gone)> {
    let life = offer.life();
    life.withdrawn_at?;
    let known = offer.known_to()?;
    let history = life.history.iter();
    let history = history.map(|entry| json!(HistoryOutput::new(entry, false)));
    let gone = Gone {
        view: view_of(known),
        history: history.collect(),
    };
    Some((offer.id.uuid(), gone))
}
