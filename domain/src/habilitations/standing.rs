//! Who may do what with a dossier: the authority that instructs it, the host it is about, those
//! whose opinion was asked, the agency, and nobody else.

use super::{Habilitation, HabilitationAuthority, HabilitationStatus, OpinionGiver, Refused, Verb};
use crate::{
    clients::{MagistrateFunction, Perimeter, Role},
    kernel::{Code, Id},
    partners::Partner,
};

/// A client, as far as its rights over dossiers go; its scopes were checked before.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// Its role.
    pub role: Role,
    /// The function, of a magistrate.
    pub function: Option<MagistrateFunction>,
    /// The rows within its reach.
    pub perimeter: &'a Perimeter,
}

/// What a client is to one dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// It speaks for the host.
    host: bool,
    /// It is the authority that instructs.
    authority: bool,
    /// It is the agency, which reads every dossier.
    agency: bool,
    /// Its opinion was asked.
    giver: Option<OpinionGiver>,
}

impl Who<'_> {
    /// Whether it may open a dossier for a partner: the host itself, or the agency for it.
    #[must_use]
    pub fn may_file_for(&self, partner: Id<Partner>) -> bool {
        match self.role {
            Role::Agency => true,
            Role::Partner => *self.perimeter == Perimeter::Partner(partner),
            _ => false,
        }
    }

    fn is_authority(&self, dossier: &Habilitation) -> bool {
        let jurisdiction = &dossier.jurisdiction;
        let here = |codes: &[_]| {
            jurisdiction
                .departement()
                .is_some_and(|it| codes.contains(it))
        };
        match (jurisdiction.authority(), self.role, self.perimeter) {
            (HabilitationAuthority::GardeDesSceaux, Role::Agency, _) => true,
            (HabilitationAuthority::Dspip, Role::Probation, Perimeter::Departements(codes))
            | (HabilitationAuthority::DtPjj, Role::Youth, Perimeter::Departements(codes)) => {
                here(codes)
            }
            _ => false,
        }
    }

    /// The giver it is, where its opinion on the dossier was asked.
    fn giver_of(&self, dossier: &Habilitation) -> Option<OpinionGiver> {
        let giver = OpinionGiver::of(self.role, self.function)?;
        let Perimeter::Departements(codes) = self.perimeter else {
            return None;
        };
        let here = dossier.jurisdiction.departement()?;
        let asked = |giver| {
            dossier
                .course()
                .proceedings
                .iter()
                .any(|it| it.opinion(giver).is_some())
        };
        (codes.contains(here) && asked(giver)).then_some(giver)
    }
}

impl Standing {
    /// What `who` is to the dossier; `None` where it may not know of it. A draft is known to the
    /// host and to the agency alone.
    #[must_use]
    pub fn of(who: &Who<'_>, dossier: &Habilitation) -> Option<Self> {
        let filed = dossier.course().status != HabilitationStatus::Draft;
        let standing = Self {
            host: who.may_file_for(dossier.partner),
            authority: filed && who.is_authority(dossier),
            agency: who.role == Role::Agency,
            giver: who.giver_of(dossier),
        };
        let known = standing.host || standing.authority || standing.agency;
        (known || standing.giver.is_some()).then_some(standing)
    }

    /// Whether it reads the opinions of `giver`: the authority and the agency read all of them,
    /// a giver its own, the host none.
    #[must_use]
    pub fn reads_opinion(self, giver: OpinionGiver) -> bool {
        self.authority || self.agency || self.giver == Some(giver)
    }

    /// Whether it speaks for the authority.
    #[must_use]
    pub const fn is_authority(self) -> bool {
        self.authority
    }

    /// The giver it is.
    #[must_use]
    pub const fn giver(self) -> Option<OpinionGiver> {
        self.giver
    }

    /// Whether the move is for it to make.
    #[must_use]
    pub const fn may(self, verb: Verb) -> bool {
        match verb {
            Verb::File | Verb::DeclareChange | Verb::RequestRenewal => self.host,
            Verb::RecordObservations => self.host || self.authority,
            Verb::GiveOpinion => self.giver.is_some(),
            Verb::DeclareIncomplete
            | Verb::StartInstruction
            | Verb::RequestOpinion
            | Verb::Grant
            | Verb::Refuse
            | Verb::OpenWithdrawal
            | Verb::Withdraw
            | Verb::Maintain => self.authority,
        }
    }

    /// Whether the facts of a dossier in preparation are for it to write.
    #[must_use]
    pub const fn may_write(self) -> bool {
        self.host
    }

    /// Refuses a move that is another's; the agency is told whose.
    pub fn check(self, verb: Verb, dossier: &Habilitation) -> Result<(), Refused> {
        if self.may(verb) {
            return Ok(());
        }
        if self.agency && verb != Verb::GiveOpinion {
            let authority = dossier.jurisdiction.authority().code();
            return Err(Refused::WrongAuthority(format!(
                "the dossier is instructed by its authority, {authority}"
            )));
        }
        Err(Refused::OutOfPerimeter)
    }
}
