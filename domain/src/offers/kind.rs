//! The three kinds of offers, and who may know of one.

use crate::{clients::Role, kernel::code_list};

code_list! {
    /// What an offer offers.
    pub OfferKind, "offer-kinds", "Types d'offres", open, unordered {
        Tig = "tig", "Poste de travail d'intérêt général";
        Employment = "employment", "Emploi en détention";
        Training = "training", "Formation";
    }
}

code_list! {
    /// Who may know of an offer, from all to few; also what a caller may see, from little to all.
    pub Diffusion, "diffusions", "Niveaux de diffusion", closed, ordered {
        Public = "public", "Tout public";
        Professionals = "professionals", "Professionnels authentifiés";
        Authorities = "authorities", "Autorités";
    }
}

impl Diffusion {
    /// What a caller of this role sees of offers.
    #[must_use]
    pub const fn seen_by(role: Role) -> Self {
        match role {
            Role::Public | Role::Administrator => Self::Public,
            Role::Partner | Role::Establishment | Role::Direction => Self::Professionals,
            Role::Probation
            | Role::Youth
            | Role::Magistrate
            | Role::Prefect
            | Role::Agency
            | Role::Ministry => Self::Authorities,
        }
    }

    /// Whether what is spread this far reaches a caller who sees as far as `view`.
    #[must_use]
    pub fn reaches(self, view: Self) -> bool {
        self <= view
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Code;

    #[test]
    fn who_sees_more_sees_all_that_others_see() {
        for view in Diffusion::all() {
            for diffusion in Diffusion::all() {
                assert_eq!(diffusion.reaches(*view), diffusion <= view);
            }
            assert!(Diffusion::Public.reaches(*view));
        }
        assert!(!Diffusion::Authorities.reaches(Diffusion::seen_by(Role::Partner)));
        assert!(Diffusion::Authorities.reaches(Diffusion::seen_by(Role::Prefect)));
    }

    #[test]
    fn an_administrator_sees_what_everybody_sees() {
        assert_eq!(Diffusion::seen_by(Role::Administrator), Diffusion::Public);
    }
}
