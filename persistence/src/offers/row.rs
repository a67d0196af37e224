//! The row of an offer itself, and its conversion to domain values.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::kernel::{Code, Count, Id, Point, Record, WeekHours};
use domain::offers::{
    Content, ContentFacts, Details, Diffusion, Keeper, Life, Offer, OfferDates, PlaceFacts, Told,
    known_to,
};

use super::parts::Parts;
use super::site::{self, SiteRow, centre};
use super::{employment, history, opinions, revision, suspensions, tig, training};
use crate::kernel::DbError;
use crate::kernel::row::{Reading, int, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::offers;

#[derive(Clone, PartialEq, Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = offers, treat_none_as_null = true, treat_none_as_default_value = false)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column, that says whether something was told"
)]
pub(super) struct OfferRow {
    pub(super) id: DbKey,
    pub(super) partner_id: Option<DbKey>,
    reference: Option<String>,
    demo: bool,
    kind: String,
    title: String,
    description: String,
    commune: String,
    departement: String,
    region: String,
    centre_lat: Option<f64>,
    centre_lon: Option<f64>,
    diffusion: String,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    places: i32,
    hours_per_week: Option<f64>,
    pub(super) establishment_id: Option<DbKey>,
    status: String,
    filed_on: Option<NaiveDate>,
    withdrawn_at: Option<DbInstant>,
    published_at: Option<DbInstant>,
    last_confirmed_at: Option<DbInstant>,
    places_taken: i32,
    told_decidable: bool,
    told_expired: bool,
    told_habilitation_lost: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

impl OfferRow {
    /// The row of an offer, with the version and dates it is to have.
    pub(super) fn new(offer: &Offer, record: Record) -> Self {
        let (keeper, content, life) = (offer.keeper(), offer.content(), offer.life());
        let PlaceFacts {
            commune,
            departement,
            region,
            centre,
            site: _,
        } = content.place.clone().into_facts();
        let Told {
            decidable,
            expired,
            habilitation_lost,
        } = life.told;
        Self {
            id: DbKey(offer.id.uuid()),
            partner_id: keeper.partner().map(|id| DbKey(id.uuid())),
            reference: keeper.reference().map(ToString::to_string),
            demo: keeper.is_demo(),
            kind: content.kind().code().to_owned(),
            title: content.title.to_string(),
            description: content.description.to_string(),
            commune: commune.to_string(),
            departement: departement.to_string(),
            region: region.to_string(),
            centre_lat: centre.map(Point::lat),
            centre_lon: centre.map(Point::lon),
            diffusion: content.diffusion.code().to_owned(),
            starts_on: content.dates.starts_on(),
            ends_on: content.dates.ends_on(),
            places: int(content.places.get()),
            hours_per_week: content.hours_per_week.map(WeekHours::get),
            establishment_id: content.establishment().map(|id| DbKey(id.uuid())),
            status: life.status.code().to_owned(),
            filed_on: life.filed_on,
            withdrawn_at: life.withdrawn_at.map(DbInstant::new),
            published_at: life.published_at.map(DbInstant::new),
            last_confirmed_at: life.last_confirmed_at.map(DbInstant::new),
            places_taken: int(life.places_taken),
            told_decidable: decidable,
            told_expired: expired,
            told_habilitation_lost: habilitation_lost,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    /// The version and dates that are kept.
    pub(super) fn record(&self) -> Record {
        record(self.version, self.created_at, self.updated_at)
    }

    /// How far those see who may know that there is this offer.
    pub(super) fn known_to(&self) -> Result<Option<Diffusion>, DbError> {
        let reading = Reading {
            table: "offers",
            id: self.id,
        };
        let published_at = self.published_at.map(DbInstant::get);
        Ok(known_to(reading.code(&self.diffusion)?, published_at))
    }

    /// The offer, once its parts are read too.
    pub(super) fn into_offer(self, parts: Parts) -> Result<Offer, DbError> {
        let reading = Reading {
            table: "offers",
            id: self.id,
        };
        let keeper = Keeper::new(
            self.partner_id.map(|id| Id::new(id.0)),
            reading.maybe_text(self.reference.as_deref())?,
            self.demo,
        );
        let keeper = reading.whole_value(keeper)?;
        let details = self.details(reading, &parts)?;
        let content = self.content(reading, details, parts.sites.first())?;
        let life = self.life(reading, &content, parts)?;
        let id = Id::new(self.id.0);
        reading.whole_value(Offer::restore(id, self.record(), keeper, content, life))
    }

    /// Its kind says which table has the rest; the others have nothing of it.
    fn details(&self, reading: Reading, parts: &Parts) -> Result<Details, DbError> {
        use domain::offers::OfferKind::{Employment, Tig, Training};
        let missing = || reading.misfit("what is particular to its kind is missing");
        match reading.code(&self.kind)? {
            Tig => tig::read(parts.tig.first().ok_or_else(missing)?).map(Details::Tig),
            Employment => {
                let row = parts.employment.first().ok_or_else(missing)?;
                let establishment = self.establishment_id.ok_or_else(missing)?;
                employment::read(row, Id::new(establishment.0)).map(Details::Employment)
            }
            Training => {
                let row = parts.training.first().ok_or_else(missing)?;
                let establishment = self.establishment_id.map(|id| Id::new(id.0));
                training::read(row, establishment).map(Details::Training)
            }
        }
    }

    fn content(
        &self,
        reading: Reading,
        details: Details,
        site: Option<&SiteRow>,
    ) -> Result<Content, DbError> {
        let place = PlaceFacts {
            commune: reading.text(&self.commune)?,
            departement: reading.text(&self.departement)?,
            region: reading.text(&self.region)?,
            centre: centre(reading, self.centre_lat, self.centre_lon)?,
            site: site::read(site)?,
        };
        let dates = OfferDates::new(self.starts_on, self.ends_on, self.ends_on.is_none());
        let facts = ContentFacts {
            title: reading.text(&self.title)?,
            description: reading.text(&self.description)?,
            place: reading.whole_value(domain::offers::Place::restore(place))?,
            diffusion: reading.code(&self.diffusion)?,
            dates: reading.whole_value(dates)?,
            places: reading.whole(self.places, Count::new)?,
            hours_per_week: reading.maybe_decimal(self.hours_per_week, WeekHours::new)?,
            details,
        };
        reading.whole_value(Content::new(facts))
    }

    fn life(&self, reading: Reading, content: &Content, parts: Parts) -> Result<Life, DbError> {
        let (registered_for, refused_for) = match parts.tig.first() {
            Some(post) => tig::read_decided(post)?,
            None => Default::default(),
        };
        let taken = u32::try_from(self.places_taken).map_err(|error| reading.misfit(error))?;
        let history = parts.history.into_iter();
        Ok(Life {
            status: reading.code(&self.status)?,
            filed_on: self.filed_on,
            opinions: parts
                .opinions
                .into_iter()
                .map(opinions::read)
                .collect::<Result<_, _>>()?,
            registered_for,
            refused_for,
            revision: parts.revisions.first().map(revision::read).transpose()?,
            suspensions: suspensions::read(&parts.suspensions)?,
            withdrawn_at: self.withdrawn_at.map(DbInstant::get),
            published_at: self.published_at.map(DbInstant::get),
            last_confirmed_at: self.last_confirmed_at.map(DbInstant::get),
            places_taken: taken,
            told: Told {
                decidable: self.told_decidable,
                expired: self.told_expired,
                habilitation_lost: self.told_habilitation_lost,
            },
            history: history
                .map(|row| history::read(&row, content.kind()))
                .collect::<Result<_, _>>()?,
        })
    }
}
