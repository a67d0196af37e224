//! What surrounds an offer: whose it is, where it takes place, whether its host may take somebody
//! in; and how far who looks at it sees.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use data::Reference;
use domain::{
    clients::{Perimeter, Scope},
    establishments::{Establishment, EstablishmentStatus},
    habilitations::{Host, OpinionGiver},
    kernel::Id,
    offers::{Diffusion, HostStanding, Offer, OfferKind, Publication, Surroundings},
    partners::Partner,
};
use persistence::{Conn, DbError, establishments, habilitations, partners};

use super::{
    payload::{OfferEstablishment, OfferPartner},
    sight::diffusion_to,
};
use crate::kernel::caller::CallerClient;

/// How far a caller sees of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sight {
    /// As far as this.
    pub(crate) view: Diffusion,
    /// Whether the offer is its own.
    pub(crate) own: bool,
    /// Whose opinions alone it may know of, when it gives some itself.
    pub(crate) giver: Option<OpinionGiver>,
}

impl Sight {
    /// What a client sees of an offer: what everybody does, unless its token says otherwise.
    pub(crate) fn of(client: &CallerClient, offer: &Offer) -> Self {
        let view = diffusion_to(client);
        if !client.may(Scope::OffersReadRestricted) {
            return Self {
                view,
                own: false,
                giver: None,
            };
        }
        let partner = offer.keeper().partner();
        let own = |own: &Id<Partner>| partner == Some(*own);
        Self {
            view,
            own: matches!(&client.perimeter, Perimeter::Partner(id) if own(id)),
            giver: OpinionGiver::of(client.role, client.function),
        }
    }

    /// Whether it may know why something was decided, and who signed it.
    pub(crate) fn sees_grounds(self) -> bool {
        self.own || self.view == Diffusion::Authorities
    }
}

/// What surrounds one offer.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    pub(crate) reference: &'static Reference,
    pub(crate) base: String,
    pub(crate) today: NaiveDate,
    partner: Option<(Id<Partner>, String)>,
    establishment: Option<NamedPlace>,
    surroundings: Surroundings,
}

/// An establishment, as an offer needs to know it.
#[derive(Debug, Clone)]
struct NamedPlace {
    id: Id<Establishment>,
    slug: String,
    name: String,
    open: bool,
}

/// What surrounds several offers, read once.
#[derive(Debug)]
pub(crate) struct Neighbours {
    reference: &'static Reference,
    base: String,
    today: NaiveDate,
    partners: BTreeMap<Id<Partner>, (String, HostStanding)>,
    establishments: BTreeMap<Id<Establishment>, NamedPlace>,
}

impl Neighbours {
    /// Reads what surrounds these offers on `today`.
    pub(crate) fn look_up(
        conn: &mut Conn,
        offers: &[&Offer],
        reference: &'static Reference,
        base: &str,
        today: NaiveDate,
    ) -> Result<Self, DbError> {
        let of = |offer: &&Offer| offer.keeper().partner();
        let owners: BTreeSet<_> = offers.iter().filter_map(of).collect();
        let posts = offers.iter().filter(|it| it.kind() == OfferKind::Tig);
        let hosts: BTreeSet<_> = posts.filter_map(of).collect();
        let owners: Vec<_> = owners.into_iter().collect();
        let mut known = BTreeMap::new();
        for partner in partners::many(conn, &owners)? {
            let dossiers = if hosts.contains(&partner.id) {
                habilitations::of_partner(conn, partner.id)?
            } else {
                Vec::new()
            };
            let law = reference.habilitation_law();
            let standing = HostStanding::of(&Host::from(&partner), &dossiers, law);
            known.insert(partner.id, (partner.name.to_string(), standing));
        }
        let places: BTreeSet<_> = offers
            .iter()
            .filter_map(|offer| offer.content().establishment())
            .collect();
        let places: Vec<_> = places.into_iter().collect();
        let establishments = establishments::many(conn, &places)?.into_iter();
        Ok(Self {
            reference,
            base: base.to_owned(),
            today,
            partners: known,
            establishments: establishments.map(|it| (it.id, it.into())).collect(),
        })
    }

    /// What surrounds one of them.
    pub(crate) fn of(&self, offer: &Offer) -> Around {
        let partner = offer.keeper().partner();
        let known = partner.and_then(|id| Some((id, self.partners.get(&id)?)));
        let place = offer.content().establishment();
        let establishment = place.and_then(|id| self.establishments.get(&id).cloned());
        let host = known.map_or_else(
            || HostStanding::Habilitated(Vec::new()),
            |(_, (_, standing))| standing.clone(),
        );
        Around {
            reference: self.reference,
            base: self.base.clone(),
            today: self.today,
            partner: known.map(|(id, (name, _))| (id, name.clone())),
            surroundings: Surroundings {
                host,
                establishment_open: establishment.as_ref().is_none_or(|it| it.open),
            },
            establishment,
        }
    }
}

impl Around {
    /// How far the host of a post may take somebody in.
    pub(crate) const fn host(&self) -> &HostStanding {
        &self.surroundings.host
    }

    /// What decides whether the offer is shown.
    pub(crate) const fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Whether the offer is shown today to those whom its diffusion reaches.
    pub(crate) fn publication(&self, offer: &Offer) -> Publication {
        self.publication_to(offer, Diffusion::Authorities)
    }

    /// Whether it is shown today to who sees as far as `view`.
    pub(crate) fn publication_to(&self, offer: &Offer, view: Diffusion) -> Publication {
        offer.publication(&self.surroundings, view, self.today)
    }

    /// Whose the offer is.
    pub(crate) fn partner_output(&self, offer: &Offer) -> Option<OfferPartner> {
        let id = offer.keeper().partner()?;
        let known = self.partner.as_ref().filter(|(known, _)| *known == id);
        Some(OfferPartner {
            id: id.to_string(),
            name: known.map_or_else(|| id.to_string(), |(_, name)| name.clone()),
            url: format!("{}/v1/partners/{id}", self.base),
        })
    }

    /// An establishment by its name.
    pub(crate) fn establishment_output(&self, id: Id<Establishment>) -> OfferEstablishment {
        let known = self.establishment.as_ref().filter(|it| it.id == id);
        OfferEstablishment {
            id: id.to_string(),
            slug: known.map(|it| it.slug.clone()),
            name: known.map(|it| it.name.clone()),
            url: format!("{}/v1/establishments/{id}", self.base),
        }
    }
}

impl From<Establishment> for NamedPlace {
    fn from(establishment: Establishment) -> Self {
        Self {
            id: establishment.id,
            slug: establishment.slug.to_string(),
            name: establishment.name.to_string(),
            open: establishment.status == EstablishmentStatus::Open,
        }
    }
}
