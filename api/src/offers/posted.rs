//! What stands around an offer: its partner with its dossiers of habilitation, and the
//! establishment where it takes place. Whether it is shown depends on them, and what it says of them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use domain::{
    establishments::{Establishment, EstablishmentStatus},
    habilitations::{Habilitation, HabilitationLaw, Host},
    kernel::Id,
    offers::{HostStanding, Offer, Surroundings},
    partners::Partner,
};
use persistence::{Conn, DbError, establishments, habilitations, partners};

/// An offer and what stands around it.
#[derive(Debug, Clone)]
pub(crate) struct Posted {
    /// The offer.
    pub(crate) offer: Offer,
    /// The rest.
    pub(crate) around: Setting,
}

/// What stands around an offer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    /// Whose it is.
    pub(crate) partner: Option<Arc<Partner>>,
    /// The dossiers of that partner.
    dossiers: Arc<Vec<Habilitation>>,
    /// Where it takes place, when it takes place in one.
    pub(crate) establishment: Option<Arc<Establishment>>,
}

impl Posted {
    /// Reads what stands around offers, once for all of them.
    pub(crate) fn all(conn: &mut Conn, offers: Vec<Offer>) -> Result<Vec<Self>, DbError> {
        let hosts: BTreeSet<_> = offers
            .iter()
            .filter_map(|it| it.keeper().partner())
            .collect();
        let prisons: BTreeSet<_> = offers
            .iter()
            .filter_map(|it| it.content().establishment())
            .collect();
        let hosts: Vec<Id<Partner>> = hosts.into_iter().collect();
        let prisons: Vec<Id<Establishment>> = prisons.into_iter().collect();
        let partners: HashMap<Id<Partner>, Arc<Partner>> = partners::many(conn, &hosts)?
            .into_iter()
            .map(|partner| (partner.id, Arc::new(partner)))
            .collect();
        let prisons: HashMap<Id<Establishment>, Arc<Establishment>> =
            establishments::many(conn, &prisons)?
                .into_iter()
                .map(|prison| (prison.id, Arc::new(prison)))
                .collect();
        let mut dossiers: HashMap<Id<Partner>, Vec<Habilitation>> = HashMap::new();
        for dossier in habilitations::of_partners(conn, &hosts)? {
            dossiers.entry(dossier.partner).or_default().push(dossier);
        }
        let dossiers: HashMap<_, _> = dossiers
            .into_iter()
            .map(|(id, theirs)| (id, Arc::new(theirs)))
            .collect();
        let posted = offers.into_iter().map(|offer| {
            let (host, prison) = (offer.keeper().partner(), offer.content().establishment());
            let around = Setting {
                partner: host.and_then(|id| partners.get(&id).cloned()),
                dossiers: host
                    .and_then(|id| dossiers.get(&id).cloned())
                    .unwrap_or_default(),
                establishment: prison.and_then(|id| prisons.get(&id).cloned()),
            };
            Self { offer, around }
        });
        Ok(posted.collect())
    }

    /// One offer, with what stands around it.
    pub(crate) fn find(conn: &mut Conn, id: Id<Offer>) -> Result<Option<Self>, DbError> {
        let found: Vec<Offer> = persistence::offers::find(conn, id)?.into_iter().collect();
        Ok(Self::all(conn, found)?.pop())
    }
}

impl Setting {
    /// What of it decides whether the offer is shown.
    pub(crate) fn surroundings(&self, law: &HabilitationLaw) -> Surroundings {
        let host = self.partner.as_deref().map(Host::from);
        let standing = host.map_or(HostStanding::ByRight, |host| {
            HostStanding::of(&host, self.dossiers.iter(), law)
        });
        let establishment = self.establishment.as_deref();
        Surroundings {
            host: standing,
            establishment_open: establishment
                .is_none_or(|it| it.status == EstablishmentStatus::Open),
        }
    }

    /// The partner, when everybody may know whose the offer is: the host of a post is named when
    /// it is of public law or agreed to be.
    pub(crate) fn named_partner(&self, offer: &Offer) -> Option<&Partner> {
        let partner = self.partner.as_deref()?;
        let named = offer
            .content()
            .tig()
            .is_none_or(|tig| tig.facts().host_named || Host::from(partner).needs_none());
        named.then_some(partner)
    }
}
