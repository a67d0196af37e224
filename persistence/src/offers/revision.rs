//! What the host of a registered post wants to change of it, until that is decided.

use diesel::prelude::*;
use domain::kernel::{Code, Count, Point, WeekHours};
use domain::offers::{Offer, Place, PlaceFacts, PostTerms, Site};

use super::parts::part_row;
use super::site::{centre, position};
use crate::kernel::DbError;
use crate::kernel::row::{Reading, int, words};
use crate::kernel::types::DbKey;
use crate::schema::offer_revisions;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_revisions, treat_none_as_default_value = false)]
pub(super) struct RevisionRow {
    offer_id: DbKey,
    field: String,
    commune: String,
    departement: String,
    region: String,
    centre_lat: Option<f64>,
    centre_lon: Option<f64>,
    street: Option<String>,
    postcode: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    geo_precision: Option<String>,
    hours_per_week: Option<f64>,
    slots: String,
    places: i32,
}

part_row!(RevisionRow, offer_revisions);

pub(super) fn rows(offer: &Offer) -> Vec<RevisionRow> {
    let row = |terms: &PostTerms| {
        let PlaceFacts {
            commune,
            departement,
            region,
            centre,
            site,
        } = terms.place.clone().into_facts();
        let Site {
            street,
            postcode,
            position,
        } = site;
        RevisionRow {
            offer_id: DbKey(offer.id.uuid()),
            field: terms.field.code().to_owned(),
            commune: commune.to_string(),
            departement: departement.to_string(),
            region: region.to_string(),
            centre_lat: centre.map(Point::lat),
            centre_lon: centre.map(Point::lon),
            street: street.map(|it| it.to_string()),
            postcode: postcode.map(|it| it.to_string()),
            lat: position.map(|it| it.point.lat()),
            lon: position.map(|it| it.point.lon()),
            geo_precision: position.map(|it| it.precision.code().to_owned()),
            hours_per_week: terms.hours_per_week.map(WeekHours::get),
            slots: words(&terms.slots),
            places: int(terms.places.get()),
        }
    };
    offer.life().revision.iter().map(row).collect()
}

pub(super) fn read(row: &RevisionRow) -> Result<PostTerms, DbError> {
    let reading = Reading {
        table: "offer_revisions",
        id: row.offer_id,
    };
    let place = PlaceFacts {
        commune: reading.text(&row.commune)?,
        departement: reading.text(&row.departement)?,
        region: reading.text(&row.region)?,
        centre: centre(reading, row.centre_lat, row.centre_lon)?,
        site: Site {
            street: reading.maybe_text(row.street.as_deref())?,
            postcode: reading.maybe_text(row.postcode.as_deref())?,
            position: position(reading, (row.lat, row.lon), row.geo_precision.as_deref())?,
        },
    };
    Ok(PostTerms {
        field: reading.code(&row.field)?,
        place: reading.whole_value(Place::restore(place))?,
        hours_per_week: reading.maybe_decimal(row.hours_per_week, WeekHours::new)?,
        slots: reading.codes(&row.slots)?,
        places: reading.whole(row.places, Count::new)?,
    })
}
