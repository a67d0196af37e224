//! Fictitious offers, spread over the communes as the population is.
//!
//! The same seed gives the same offers; the first ones are the same however many are asked for,
//! and their ids are in the order of their numbers.

mod posts;
mod terms;
mod works;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    changes::EventType,
    kernel::{Id, Record, civil_date},
    offers::{
        Content, ContentFacts, Diffusion, HistoryDetail, HistoryEntry, HistoryFact, Keeper, Life,
        Offer, OfferKind, OfferStatus,
    },
    partners::Partner,
    territories::Commune,
};
use uuid::Uuid;

use self::{posts::Hosts, works::Works};
use super::maker::{Maker, refused};
use crate::{DataError, Reference, fixed_instant};

/// Where the subjects of offers begin, so that none is that of anything else.
const SUBJECTS: u128 = 1 << 65;

/// Makes offers one after the other.
#[derive(Debug)]
pub struct Offers<'r> {
    seed: u64,
    communes: Communes<'r>,
    hosts: Hosts<'r>,
    works: Works<'r>,
}

/// Communes, found by a number of inhabitants.
#[derive(Debug)]
struct Communes<'r> {
    /// Each with those who live there and in the communes before it.
    upto: Vec<(u32, &'r Commune)>,
}

/// What an offer says that depends on its kind, and whose it is.
struct Made {
    keeper: Keeper,
    facts: ContentFacts,
}

impl<'r> Offers<'r> {
    /// The makers of `seed`, whose partners these are.
    #[must_use]
    pub fn new(reference: &'r Reference, partners: &'r [Partner], seed: u64) -> Self {
        Self {
            seed,
            communes: Communes::of(reference),
            hosts: Hosts::of(partners),
            works: Works::of(reference, partners),
        }
    }

    /// The offer of this number.
    pub fn one(&self, number: u32) -> Result<Offer, DataError> {
        let mut maker = Maker::new(self.seed, Uuid::from_u128(SUBJECTS + u128::from(number)));
        let id = Id::new(maker.id_in_order(number));
        let kinds = [
            (OfferKind::Tig, 60),
            (OfferKind::Employment, 25),
            (OfferKind::Training, 15),
        ];
        let made = match maker.dice.weighted(&kinds) {
            Some(OfferKind::Employment) => self.works.job(&mut maker)?,
            Some(OfferKind::Training) => self.works.training(&mut maker, &self.communes)?,
            Some(OfferKind::Tig) | None => self.hosts.post(&mut maker, &self.communes)?,
        };
        let content = Content::new(made.facts).map_err(refused("offer"))?;
        let decided = fixed_instant() - TimeDelta::hours(maker.dice.between(1, 4_000).into());
        let life = life(&content, decided);
        let record = Record::created(fixed_instant());
        Offer::restore(id, record, made.keeper, content, life).map_err(refused("offer"))
    }
}

impl<'r> Communes<'r> {
    fn of(reference: &'r Reference) -> Self {
        let communes = reference.territories().communes().iter();
        // An arrondissement is counted in its commune.
        let whole = communes.filter(|commune| commune.parent.is_none());
        let mut inhabitants = 0_u32;
        let upto = whole.map(|commune| {
            inhabitants = inhabitants.saturating_add(commune.population.unwrap_or(0));
            (inhabitants, commune)
        });
        Self {
            upto: upto.collect(),
        }
    }

    /// The commune of somebody of the population.
    fn draw(&self, maker: &mut Maker) -> Option<&'r Commune> {
        let (all, _) = self.upto.last()?;
        let drawn = maker.dice.between(1, *all);
        let place = self.upto.partition_point(|(upto, _)| *upto < drawn);
        self.upto.get(place).map(|(_, commune)| *commune)
    }
}

/// Registered or published, and nothing since.
fn life(content: &Content, decided: DateTime<Utc>) -> Life {
    let (status, event) = match content.kind() {
        OfferKind::Tig => (OfferStatus::Registered, EventType::OfferRegistered),
        OfferKind::Employment | OfferKind::Training => {
            (OfferStatus::Published, EventType::OfferPublished)
        }
    };
    let filed = decided - TimeDelta::days(20);
    let entry = |event, at, decided_on| HistoryEntry {
        fact: HistoryFact {
            at,
            event,
            decided_on,
            origin: None,
            until: None,
        },
        detail: HistoryDetail::default(),
    };
    let decided_on = (content.kind() == OfferKind::Tig).then(|| civil_date(decided));
    Life {
        status,
        filed_on: Some(civil_date(filed)),
        registered_for: content.audiences(),
        published_at: Some(decided),
        history: vec![
            entry(EventType::OfferCreated, filed, None),
            entry(EventType::OfferSubmitted, filed, None),
            entry(event, decided, decided_on),
        ],
        ..Life::draft(filed)
    }
}

/// Who may know of it: almost always everybody.
fn diffusion(maker: &mut Maker) -> Diffusion {
    let weights = [
        (Diffusion::Public, 86),
        (Diffusion::Professionals, 9),
        (Diffusion::Authorities, 5),
    ];
    maker.dice.weighted(&weights).unwrap_or(Diffusion::Public)
}

/// The day the demonstration is dated.
fn today() -> NaiveDate {
    civil_date(fixed_instant())
}
