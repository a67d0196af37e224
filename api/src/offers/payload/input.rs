//! An offer as its author writes it: what all of them say, and what depends on the kind.

use chrono::NaiveDate;
use data::Reference;
use domain::{
    establishments::Establishment,
    kernel::{
        Code, Count, GeoPrecision, Id, Point, Position, Refusal, RefusalCode, Text, WeekHours,
    },
    offers::{
        Content, ContentFacts, Details, Diffusion, OfferDates, OfferKind, PartnerReference, Place,
        Site,
    },
    partners::Partner,
    territories::{CommuneCode, Postcode},
};

use super::{input_kinds::read_details, told::told};
use crate::{
    kernel::body::{
        Fields, Node, Refusals, Value,
        patch::{an_object, merge},
    },
    territories::read_commune,
};

/// What the platform gives to an offer.
const GIVEN: [&str; 23] = [
    "id",
    "status",
    "departement",
    "direction",
    "registered_for",
    "refused_for",
    "places_left",
    "filed_on",
    "published_at",
    "withdrawn_at",
    "last_confirmed_at",
    "decidable_on",
    "suspensions",
    "opinions",
    "revision",
    "history",
    "publication",
    "allowed",
    "demo",
    "version",
    "created_at",
    "updated_at",
    "url",
];

/// What says whose an offer is: given once, when it is made.
const KEEPING: [&str; 2] = ["partner", "reference"];

/// What a body is read against.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The tables.
    pub(crate) reference: &'a Reference,
    /// The establishment that has this id or slug.
    pub(crate) establishment: &'a dyn Fn(&str) -> Option<Id<Establishment>>,
    /// The day.
    pub(crate) today: NaiveDate,
}

/// What an author sends of an offer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sent {
    /// What it says.
    pub(crate) content: Content,
    /// Whether it is to be filed.
    pub(crate) submit: bool,
}

/// Whose a new offer is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Keeping {
    /// The partner.
    pub(crate) partner: Option<Id<Partner>>,
    /// Its own name for it.
    pub(crate) reference: Option<PartnerReference>,
}

/// A new offer, with whose it is.
pub(crate) fn new_offer(
    body: &Node,
    reading: Reading<'_>,
) -> Result<(Keeping, Sent), Vec<Refusal>> {
    read(body, reading, |fields| {
        let partner = fields.optional("partner", |value| value.id());
        let reference = fields.optional("reference", |value| value.parsed());
        Keeping { partner, reference }
    })
}

/// What an offer is to say, whole.
pub(crate) fn whole(body: &Node, reading: Reading<'_>) -> Result<Sent, Vec<Refusal>> {
    let ((), sent) = read(body, reading, |fields| {
        for name in KEEPING {
            fields.read_only(name);
        }
    })?;
    Ok(sent)
}

/// A line of a batch: what an offer is to say, whole, with its reference.
pub(crate) fn line(
    body: &Node,
    reading: Reading<'_>,
) -> Result<(PartnerReference, Sent), Vec<Refusal>> {
    let (reference, sent) = read(body, reading, |fields| {
        fields.read_only("partner");
        fields.required("reference", |value| value.parsed())
    })?;
    // A reference that is missing or refused is among the refusals.
    Ok((reference.ok_or_else(Vec::new)?, sent))
}

/// What an offer is to say under a merge patch of what it says.
pub(crate) fn patched(
    kept: &Content,
    patch: Node,
    reading: Reading<'_>,
) -> Result<Sent, Vec<Refusal>> {
    let merged = merge(told(kept), an_object(patch)?);
    whole(&merged, reading)
}

fn read<K>(
    body: &Node,
    reading: Reading<'_>,
    keeping: impl FnOnce(&mut Fields<'_>) -> K,
) -> Result<(K, Sent), Vec<Refusal>> {
    let refusals = Refusals::default();
    let root = Value::root(body, &refusals);
    let kind_of = root.clone();
    let sent = root.object(|fields| {
        let keeping = keeping(fields);
        for name in GIVEN {
            fields.read_only(name);
        }
        let submit = fields.optional("submit", |value| value.bool());
        let content = read_content(fields, &kind_of, reading);
        let content = fields.check(Content::written(
            content?,
            reading.reference.offer_law(),
            reading.today,
        ));
        let sent = Sent {
            content: content?,
            submit: submit.unwrap_or(false),
        };
        Some((keeping, sent))
    });
    refusals.into_result(sent)
}

fn read_content(
    fields: &mut Fields<'_>,
    body: &Value<'_>,
    reading: Reading<'_>,
) -> Option<ContentFacts> {
    let kind: Option<OfferKind> = fields.required("kind", |value| value.coded());
    let title: Option<Text<200>> = fields.required("title", |value| value.parsed());
    let description: Option<Text<4000>> = fields.required("description", |value| value.parsed());
    let place = read_place(fields, reading.reference);
    let diffusion: Option<Diffusion> = fields.required("diffusion", |value| value.coded());
    let dates = read_dates(fields);
    let places: Option<Count> = fields.required("places", |value| value.whole(Count::new));
    let hours_per_week = fields.optional("hours_per_week", |value| value.decimal(WeekHours::new));
    let details: Option<Details> = read_details(fields, kind, body, reading);
    Some(ContentFacts {
        title: title?,
        description: description?,
        place: place?,
        diffusion: diffusion?,
        dates: dates?,
        places: places?,
        hours_per_week,
        details: details?,
    })
}

fn read_place(fields: &mut Fields<'_>, reference: &Reference) -> Option<Place> {
    let commune = fields.required("commune", |value| {
        let code: CommuneCode = read_commune(&value)?;
        let commune = reference.territories().commune(&code);
        commune.or_else(|| {
            value.refuse(
                RefusalCode::NotFound,
                format!("{code} is no commune of France"),
            )
        })
    });
    let street: Option<Text<200>> = fields.optional("street", |value| value.parsed());
    let postcode: Option<Postcode> = fields.optional("postcode", |value| value.parsed());
    let position = fields.optional("position", |value| read_position(&value));
    let site = Site {
        street,
        postcode,
        position,
    };
    fields.check(Place::new(commune?, site))
}

/// A point, which is that of an address unless it says otherwise.
fn read_position(value: &Value<'_>) -> Option<Position> {
    value.object(|fields| {
        let lat = fields.required("lat", |value| value.latitude());
        let lon = fields.required("lon", |value| value.longitude());
        let precision: Option<GeoPrecision> = fields.optional("precision", |value| value.coded());
        Some(Position {
            point: Point::new(lat?, lon?).ok()?,
            precision: precision.unwrap_or(GeoPrecision::Address),
        })
    })
}

fn read_dates(fields: &mut Fields<'_>) -> Option<OfferDates> {
    // A day that cannot be read is not the same as one that is not given.
    let starts_on = fields.optional("starts_on", |value| Some(value.date()));
    let ends_on = fields.optional("ends_on", |value| Some(value.date()));
    let permanent = fields.optional("permanent", |value| Some(value.bool()));
    if starts_on == Some(None) || ends_on == Some(None) || permanent == Some(None) {
        return None;
    }
    fields.check(OfferDates::new(
        starts_on.flatten(),
        ends_on.flatten(),
        permanent.flatten().unwrap_or(false),
    ))
}

/// Codes of a list of the domain, as many as it has at most.
pub(super) fn all_codes<C: Code>(value: &Value<'_>) -> Option<Vec<C>> {
    value.codes(C::all().len())
}
