//! What the index gives back for an offer: its card, and the few facts that are asked of it beside.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::{
    clients::Perimeter,
    establishments::Establishment,
    kernel::{Id, Validity},
    matches::PostTraits,
    offers::{Belonging, Diffusion, Offer, OfferKind, PostConditions},
    partners::Partner,
    territories::Commune,
};
use search::Point;
use serde::Deserialize;

use super::{packed::PackedCard, payload::OfferCard};
use crate::kernel::{cache, problem::ApiError, shared::Shared};

/// An offer in memory: there are tens of thousands, and what the card says is not held twice.
#[derive(Debug)]
pub(crate) struct OfferBody {
    card: PackedCard,
    /// What tells the card from another.
    pub(super) said: u64,
    /// Its identifier.
    pub(super) id: Id<Offer>,
    /// Its version.
    pub(super) version: i64,
    /// Its kind.
    pub(super) kind: OfferKind,
    diffusion: Diffusion,
    shown: Validity,
    partner: Option<Id<Partner>>,
    establishment: Option<Id<Establishment>>,
    /// Its commune, when it is known.
    pub(crate) commune: Option<&'static Commune>,
    /// What a post is judged by.
    pub(crate) traits: Option<PostTraits>,
    /// What a post is checked by.
    pub(super) conditions: Option<PostConditions>,
    /// Where everybody may know that it is.
    pub(crate) located: Option<Point>,
}

/// Most cards are no longer, in bytes, before they are packed.
const ROOM: usize = 2_048;

impl OfferBody {
    /// Keeps of an offer, shown on these days, its card and what is asked of it beside.
    pub(super) fn new(
        offer: &Offer,
        shown: Validity,
        card: &OfferCard,
        commune: Option<&'static Commune>,
        shared: &Shared,
    ) -> Result<Self, serde_json::Error> {
        let mut card_json = Vec::with_capacity(ROOM);
        serde_json::to_writer(&mut card_json, card)?;
        let card_json = String::from_utf8(card_json).map_err(serde::ser::Error::custom)?;
        let (content, post) = (offer.content(), offer.content().tig());
        let position = card.facts().position.as_ref();
        Ok(Self {
            said: cache::mark(&card_json),
            card: PackedCard::new(&card_json, offer.id.uuid(), shared),
            id: offer.id,
            version: offer.record.version,
            kind: offer.kind(),
            diffusion: content.diffusion,
            shown,
            partner: offer.keeper().partner(),
            establishment: content.establishment(),
            commune,
            traits: post.map(|post| post.facts().into()),
            conditions: offer.conditions(),
            located: position.map(|it| Point {
                lat: it.lat,
                lon: it.lon,
            }),
        })
    }

    /// Writes the card as JSON, a whole object.
    pub(super) fn write_card(&self, json: &mut String) {
        self.card.write(self.id.uuid(), json);
    }

    /// How many bytes that is.
    pub(super) fn card_len(&self) -> usize {
        self.card.len()
    }

    /// The card as JSON, a whole object.
    pub(crate) fn card_json(&self) -> String {
        let mut json = String::with_capacity(self.card_len());
        self.write_card(&mut json);
        json
    }

    /// The card, for the forms that are not its JSON.
    pub(crate) fn card(&self) -> Result<OfferCard, ApiError> {
        OfferCard::read(&self.card_json()).map_err(|error| ApiError::internal(&error))
    }

    /// Its title.
    pub(crate) fn title(&self) -> Result<String, ApiError> {
        #[derive(Deserialize)]
        struct Titled<'c> {
            #[serde(borrow)]
            title: Cow<'c, str>,
        }
        let json = self.card_json();
        let titled: Result<Titled<'_>, _> = serde_json::from_str(&json);
        let titled = titled.map_err(|error| ApiError::internal(&error))?;
        Ok(titled.title.into_owned())
    }

    /// Whether everybody sees it on `day`.
    pub(crate) fn is_shown_to_all(&self, day: NaiveDate) -> bool {
        self.is_shown(Diffusion::Public, day)
    }

    /// Whether those who see as far as `view` see it on `day`.
    pub(super) fn is_shown(&self, view: Diffusion, day: NaiveDate) -> bool {
        self.diffusion.reaches(view) && self.shown.holds(day)
    }

    /// Whether it lies within a perimeter.
    pub(super) fn is_within(&self, perimeter: &Perimeter) -> bool {
        self.commune.is_some_and(|commune| {
            let belonging = Belonging {
                partner: self.partner,
                establishment: self.establishment,
                departement: &commune.departement,
                kind: self.kind,
            };
            perimeter.holds_offer(&belonging, commune.direction)
        })
    }
}
