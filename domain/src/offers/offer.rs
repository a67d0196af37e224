//! An offer as one whole: whose it is, what it says, where it is in its life.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Audience, Content, Life, OfferKind, PartnerReference};
use crate::{
    clients::Perimeter,
    establishments::Establishment,
    kernel::{Id, Record, Refusal, RefusalCode},
    partners::Partner,
    territories::{DepartementCode, Direction},
};

/// Whose an offer is.
///
/// Invariant: an offer that a partner names by a reference is a partner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    partner: Option<Id<Partner>>,
    reference: Option<PartnerReference>,
    demo: bool,
}

impl Keeper {
    /// An offer of a partner, which may have a name of its own for it; of nobody, for the service
    /// général alone. `demo` says that it is fictitious.
    pub fn new(
        partner: Option<Id<Partner>>,
        reference: Option<PartnerReference>,
        demo: bool,
    ) -> Result<Self, Vec<Refusal>> {
        if reference.is_some() && partner.is_none() {
            return Err(vec![Refusal::new(
                "/partner",
                RefusalCode::Required,
                "an offer with a reference is a partner's",
            )]);
        }
        Ok(Self {
            partner,
            reference,
            demo,
        })
    }

    /// The host, the principal or the training body.
    #[must_use]
    pub const fn partner(&self) -> Option<Id<Partner>> {
        self.partner
    }

    /// The partner's own name for it.
    #[must_use]
    pub const fn reference(&self) -> Option<&PartnerReference> {
        self.reference.as_ref()
    }

    /// Whether it is fictitious, made for demonstration.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        self.demo
    }
}

/// An offer.
///
/// Invariants: its state is one of its kind; it is suspended when something suspends it; a post
/// alone has opinions and a revision; no more places are taken than it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Its identifier, which never dies.
    pub id: Id<Offer>,
    /// Its version and dates.
    pub record: Record,
    pub(super) keeper: Keeper,
    pub(super) content: Content,
    pub(super) life: Life,
}

impl Offer {
    /// A new draft.
    pub fn draft(
        id: Id<Self>,
        keeper: Keeper,
        content: Content,
        at: DateTime<Utc>,
    ) -> Result<Self, Vec<Refusal>> {
        Self::restore(id, Record::created(at), keeper, content, Life::draft(at))
    }

    /// An offer that was kept, checked again.
    pub fn restore(
        id: Id<Self>,
        record: Record,
        keeper: Keeper,
        content: Content,
        life: Life,
    ) -> Result<Self, Vec<Refusal>> {
        let mut refusals = life.check(&content);
        if content.needs_partner() && keeper.partner.is_none() {
            refusals.push(Refusal::new(
                "/partner",
                RefusalCode::Required,
                "an offer is a partner's, but for the service général",
            ));
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        Ok(Self {
            id,
            record,
            keeper,
            content,
            life,
        })
    }

    /// Whose it is.
    #[must_use]
    pub const fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// What it says, as it stands: of a registered post, what is registered.
    #[must_use]
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// Where it is in its life.
    #[must_use]
    pub const fn life(&self) -> &Life {
        &self.life
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> OfferKind {
        self.content.kind()
    }

    /// For whom a post is shown: those for whom it is registered, of those it asks for.
    #[must_use]
    pub const fn audiences(&self) -> &BTreeSet<Audience> {
        &self.life.registered_for
    }

    /// What decides in whose perimeters it lies.
    #[must_use]
    pub fn belonging(&self) -> Belonging<'_> {
        Belonging {
            partner: self.keeper.partner,
            establishment: self.content.establishment(),
            departement: self.content.place.departement(),
            kind: self.kind(),
        }
    }
}

/// What decides in whose perimeters an offer lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belonging<'a> {
    /// Whose it is.
    pub partner: Option<Id<Partner>>,
    /// Where it takes place, when it takes place in one.
    pub establishment: Option<Id<Establishment>>,
    /// The département of its commune.
    pub departement: &'a DepartementCode,
    /// Its kind.
    pub kind: OfferKind,
}

impl Perimeter {
    /// Whether an offer lies within it: a partner's own, those of an establishment, those of a
    /// territory, or any. `direction` is the directorate of the offer's region: it looks after the
    /// jobs and trainings there, and posts of community service are the probation service's.
    #[must_use]
    pub fn holds_offer(&self, offer: &Belonging<'_>, direction: Direction) -> bool {
        match self {
            Self::All => true,
            Self::Partner(own) => offer.partner == Some(*own),
            Self::Establishment(own) => offer.establishment == Some(*own),
            Self::Direction(own) => *own == direction && offer.kind != OfferKind::Tig,
            Self::Departements(own) => own.contains(offer.departement),
            Self::None => false,
        }
    }
}

#[cfg(test)]
mod tests;
