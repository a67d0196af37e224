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
        Settings::default().around(conn, offers)
    }

    /// One offer, with what stands around it.
    pub(crate) fn find(conn: &mut Conn, id: Id<Offer>) -> Result<Option<Self>, DbError> {
        let found: Vec<Offer> = persistence::offers::find(conn, id)?.into_iter().collect();
        Ok(Self::all(conn, found)?.pop())
    }
}

/// What stands around several lots of offers, each thing read once.
#[derive(Debug, Default)]
pub(super) struct Settings {
    partners: HashMap<Id<Partner>, Arc<Partner>>,
    dossiers: HashMap<Id<Partner>, Arc<Vec<Habilitation>>>,
    prisons: HashMap<Id<Establishment>, Arc<Establishment>>,
}

impl Settings {
    /// Each offer with what stands around it; what is not known yet is read.
    pub(super) fn around(
        &mut self,
        conn: &mut Conn,
        offers: Vec<Offer>,
    ) -> Result<Vec<Posted>, DbError> {
        self.read(conn, &offers)?;
        let posted = offers.into_iter().map(|offer| {
            let (host, prison) = (offer.keeper().partner(), offer.content().establishment());
            let around = Setting {
                partner: host.and_then(|id| self.partners.get(&id).cloned()),
                dossiers: host
                    .and_then(|id| self.dossiers.get(&id).cloned())
                    .unwrap_or_default(),
                establishment: prison.and_then(|id| self.prisons.get(&id).cloned()),
            };
            Posted { offer, around }
        });
        Ok(posted.collect())
    }

    fn read(&mut self, conn: &mut Conn, offers: &[Offer]) -> Result<(), DbError> {
        let hosts = offers.iter().filter_map(|it| it.keeper().partner());
        let hosts: BTreeSet<_> = hosts.filter(|id| !self.partners.contains_key(id)).collect();
        let prisons = offers.iter().filter_map(|it| it.content().establishment());
        let prisons: BTreeSet<_> = prisons
            .filter(|id| !self.prisons.contains_key(id))
            .collect();
        let hosts: Vec<Id<Partner>> = hosts.into_iter().collect();
        let prisons: Vec<Id<Establishment>> = prisons.into_iter().collect();
        let found = partners::many(conn, &hosts)?.into_iter();
        self.partners.extend(found.map(|it| (it.id, Arc::new(it))));
        let found = establishments::many(conn, &prisons)?.into_iter();
        self.prisons.extend(found.map(|it| (it.id, Arc::new(it))));
        let mut dossiers: HashMap<Id<Partner>, Vec<Habilitation>> = HashMap::new();
        for dossier in habilitations::of_partners(conn, &hosts)? {
            dossiers.entry(dossier.partner).or_default().push(dossier);
        }
        let dossiers = dossiers.into_iter();
        self.dossiers
            .extend(dossiers.map(|(id, theirs)| (id, Arc::new(theirs))));
        Ok(())
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
