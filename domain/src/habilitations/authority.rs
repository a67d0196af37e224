//! Who decides on a habilitation, and for where it is valid.

use crate::{
    kernel::{Refusal, RefusalCode, code_list},
    territories::DepartementCode,
};

code_list! {
    /// The authority that habilitates (Code pénitentiaire, art. R*623-1 and R623-6; Code de la
    /// justice pénale des mineurs, art. R*122-1).
    pub HabilitationAuthority, "habilitation-authorities", "Autorités d'habilitation", closed, unordered {
        Dspip = "dspip", "Directeur du service pénitentiaire d'insertion et de probation";
        DtPjj = "dt_pjj", "Directeur territorial de la protection judiciaire de la jeunesse";
        GardeDesSceaux = "garde_des_sceaux", "Garde des sceaux, ministre de la justice";
    }
}

impl HabilitationAuthority {
    /// Whether it habilitates for the whole territory (art. R623-6).
    #[must_use]
    pub const fn is_national(self) -> bool {
        matches!(self, Self::GardeDesSceaux)
    }
}

/// The authority of a dossier, and its département.
///
/// Invariant: the minister decides for the whole territory, and has no département; the others
/// decide for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    authority: HabilitationAuthority,
    departement: Option<DepartementCode>,
}

impl Jurisdiction {
    /// Checks that a département is named where there is one.
    pub fn new(
        authority: HabilitationAuthority,
        departement: Option<DepartementCode>,
    ) -> Result<Self, Refusal> {
        let (code, detail) = match (authority.is_national(), &departement) {
            (true, Some(_)) => (
                RefusalCode::Inconsistent,
                "a national habilitation is valid for the whole territory and names no département",
            ),
            (false, None) => (
                RefusalCode::Required,
                "the département where the work would be done is named",
            ),
            _ => {
                return Ok(Self {
                    authority,
                    departement,
                });
            }
        };
        Err(Refusal::new("/departement", code, detail))
    }

    /// The authority.
    #[must_use]
    pub const fn authority(&self) -> HabilitationAuthority {
        self.authority
    }

    /// The département; `None` for the whole territory.
    #[must_use]
    pub const fn departement(&self) -> Option<&DepartementCode> {
        self.departement.as_ref()
    }

    /// Whether a habilitation of it is valid in a département.
    #[must_use]
    pub fn covers(&self, departement: &DepartementCode) -> bool {
        self.departement
            .as_ref()
            .is_none_or(|own| own == departement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_authority_has_a_departement_and_the_minister_has_none() {
        let gironde: DepartementCode = "33".parse().unwrap();
        for authority in [HabilitationAuthority::Dspip, HabilitationAuthority::DtPjj] {
            let none = Jurisdiction::new(authority, None).unwrap_err();
            assert_eq!(none.code, RefusalCode::Required);
            let local = Jurisdiction::new(authority, Some(gironde.clone())).unwrap();
            assert!(local.covers(&gironde) && !local.covers(&"40".parse().unwrap()));
        }
        let minister = HabilitationAuthority::GardeDesSceaux;
        let local = Jurisdiction::new(minister, Some(gironde.clone())).unwrap_err();
        assert_eq!(local.code, RefusalCode::Inconsistent);
        assert!(Jurisdiction::new(minister, None).unwrap().covers(&gironde));
    }
}
