//! Where exactly one goes: a row of its own when something of it is said.

use diesel::prelude::*;
use domain::kernel::{Code, Point, Position};
use domain::offers::{Offer, Site};

use super::parts::part_row;
use crate::kernel::DbError;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::schema::offer_sites;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_sites, treat_none_as_default_value = false)]
pub(super) struct SiteRow {
    offer_id: DbKey,
    street: Option<String>,
    postcode: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    geo_precision: Option<String>,
}

part_row!(SiteRow, offer_sites);

/// The site of an offer, when something of it is said.
pub(super) fn rows(offer: &Offer) -> Vec<SiteRow> {
    let Site {
        street,
        postcode,
        position,
    } = offer.content().place.site();
    if street.is_none() && postcode.is_none() && position.is_none() {
        return Vec::new();
    }
    vec![SiteRow {
        offer_id: DbKey(offer.id.uuid()),
        street: street.as_ref().map(ToString::to_string),
        postcode: postcode.as_ref().map(ToString::to_string),
        lat: position.map(|it| it.point.lat()),
        lon: position.map(|it| it.point.lon()),
        geo_precision: position.map(|it| it.precision.code().to_owned()),
    }]
}

pub(super) fn read(row: Option<&SiteRow>) -> Result<Site, DbError> {
    let Some(row) = row else {
        return Ok(Site {
            street: None,
            postcode: None,
            position: None,
        });
    };
    let reading = Reading {
        table: "offer_sites",
        id: row.offer_id,
    };
    Ok(Site {
        street: reading.maybe_text(row.street.as_deref())?,
        postcode: reading.maybe_text(row.postcode.as_deref())?,
        position: position(reading, (row.lat, row.lon), row.geo_precision.as_deref())?,
    })
}

/// A position, when its three columns are there.
pub(super) fn position(
    reading: Reading,
    (lat, lon): (Option<f64>, Option<f64>),
    precision: Option<&str>,
) -> Result<Option<Position>, DbError> {
    let Some(point) = centre(reading, lat, lon)? else {
        return Ok(None);
    };
    let missing = || reading.misfit("a position says how precise it is");
    let precision = reading.code(precision.ok_or_else(missing)?)?;
    Ok(Some(Position { point, precision }))
}

/// A point, when both its columns are there.
pub(super) fn centre(
    reading: Reading,
    lat: Option<f64>,
    lon: Option<f64>,
) -> Result<Option<Point>, DbError> {
    let point = lat.zip(lon).map(|(lat, lon)| Point::new(lat, lon));
    point.transpose().map_err(|error| reading.misfit(error))
}
