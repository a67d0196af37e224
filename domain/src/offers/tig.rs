//! A post of community service: what everybody may know of it, and what few may.

use std::collections::BTreeSet;

use super::Diffusion;
use crate::{
    kernel::{Refusal, RefusalCode, Text, TransportM, code_list},
    partners::PartnerContact,
};

code_list! {
    /// A measure that a post takes in.
    pub TigMeasure, "tig-measures", "Mesures accueillies", closed, unordered {
        Tig = "tig", "Travail d'intérêt général";
        Tnr = "tnr", "Travail non rémunéré";
    }
}

code_list! {
    /// The form of the work (Code pénitentiaire, art. R623-11).
    pub TigForm, "tig-forms", "Formes de travail d'intérêt général", closed, unordered {
        Individual = "individual", "Individuelle";
        Educational = "educational", "Pédagogique";
        Collective = "collective", "Collective";
    }
}

code_list! {
    /// The field of the work.
    pub TigField, "tig-fields", "Domaines de travail d'intérêt général", open, unordered {
        GreenSpaces = "green_spaces", "Espaces verts et environnement";
        Cleaning = "cleaning", "Entretien et propreté";
        RepairPainting = "repair_painting", "Réparation de dégradations, peinture";
        BuildingMaintenance = "building_maintenance", "Bâtiment et maintenance";
        HandlingLogistics = "handling_logistics", "Manutention et logistique";
        Heritage = "heritage", "Patrimoine";
        SolidarityCare = "solidarity_care", "Solidarité et aide à la personne";
        RoadVictims = "road_victims", "Victimes de la route";
        AdministrationReception = "administration_reception", "Administratif et accueil";
        CultureSport = "culture_sport", "Culture, sport et animation";
        Educational = "educational", "Pédagogique";
        Catering = "catering", "Restauration";
        Recycling = "recycling", "Recyclage et ressourcerie";
        Computing = "computing", "Informatique";
        Other = "other", "Autre";
    }
}

code_list! {
    /// For whom the work is (Code de la justice pénale des mineurs, art. L122-1, R122-2).
    pub Audience, "audiences", "Publics accueillis", closed, unordered {
        Adults = "adults", "Majeurs";
        Minors16To17 = "minors_16_17", "Mineurs de 16 et 17 ans";
    }
}

code_list! {
    /// When in the week the work is done.
    pub TimeSlot, "time-slots", "Plages horaires", closed, unordered {
        Weekday = "weekday", "Journée en semaine";
        Evening = "evening", "Soirée";
        Night = "night", "Nuit";
        Saturday = "saturday", "Samedi";
        Sunday = "sunday", "Dimanche";
    }
}

/// What everybody may know of a post.
///
/// A host alone names itself: a body of public law always does, a private one when it agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own, as on the form"
)]
pub struct TigFacts {
    /// The measures it takes in, at least one.
    pub measures: BTreeSet<TigMeasure>,
    /// The form of the work.
    pub form: TigForm,
    /// The field of the work.
    pub field: TigField,
    /// For whom it is, at least one.
    pub audiences: BTreeSet<Audience>,
    /// When it is done, at least one.
    pub slots: BTreeSet<TimeSlot>,
    /// Whether it is accessible with reduced mobility, where known.
    pub step_free: Option<bool>,
    /// Metres to public transport, where known.
    pub transport_m: Option<TransportM>,
    /// Whether a driving licence is needed.
    pub licence_needed: bool,
    /// Whether a vehicle of one's own is needed.
    pub vehicle_needed: bool,
    /// Whether it has particular risks (Code du travail, art. R4624-23).
    pub particular_risks: bool,
    /// Whether it is done where people are cared for, with a risk of contamination
    /// (Code de la santé publique, art. L3111-4).
    pub care_establishment: bool,
    /// How it forms minors or helps them to find their place; stated where minors are taken in.
    pub formative_character: Option<Text<2000>>,
    /// Whether a private host agreed to be named to everybody.
    pub host_named: bool,
}

/// What few may know of a post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TigRestricted {
    /// Whom to write to at the host: the function that supervises the work, never a name
    /// (Code pénitentiaire, art. R623-19).
    pub supervisor: Option<PartnerContact>,
    /// Offences for which the post is not offered: of acts, never of persons.
    pub exclusions: Option<Text<2000>>,
}

/// A post of community service.
///
/// Invariants: it has a measure, an audience and a slot; a post that takes minors in says how it
/// forms them (Code de la justice pénale des mineurs, art. L122-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tig {
    facts: TigFacts,
    restricted: TigRestricted,
}

impl Tig {
    /// Checks the facts together; every broken rule is returned.
    pub fn new(facts: TigFacts, restricted: TigRestricted) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut require = |missing: bool, pointer, detail| {
            if missing {
                refusals.push(Refusal::new(pointer, RefusalCode::Required, detail));
            }
        };
        require(
            facts.measures.is_empty(),
            "/measures",
            "a post takes in one measure at least",
        );
        require(
            facts.audiences.is_empty(),
            "/audiences",
            "a post is for one audience at least",
        );
        require(
            facts.slots.is_empty(),
            "/slots",
            "a post has one time slot at least",
        );
        require(
            facts.audiences.contains(&Audience::Minors16To17)
                && facts.formative_character.is_none(),
            "/formative_character",
            "a post for minors says how it forms them or helps them to find their place",
        );
        if refusals.is_empty() {
            Ok(Self { facts, restricted })
        } else {
            Err(refusals)
        }
    }

    /// What everybody may know.
    #[must_use]
    pub const fn facts(&self) -> &TigFacts {
        &self.facts
    }

    /// What few may know.
    #[must_use]
    pub const fn restricted(&self) -> &TigRestricted {
        &self.restricted
    }

    /// Both, to be changed and checked again.
    #[must_use]
    pub fn into_inner(self) -> (TigFacts, TigRestricted) {
        (self.facts, self.restricted)
    }

    /// The supervisor, for a caller who sees as far as `view`, or whose own offer it is.
    #[must_use]
    pub fn supervisor(&self, view: Diffusion, own: bool) -> Option<&PartnerContact> {
        let sees = own || view == Diffusion::Authorities;
        self.restricted.supervisor.as_ref().filter(|_| sees)
    }

    /// The exclusions, for a caller who sees as far as `view`, or whose own offer it is.
    #[must_use]
    pub fn exclusions(&self, view: Diffusion, own: bool) -> Option<&Text<2000>> {
        let sees = own || view == Diffusion::Authorities;
        self.restricted.exclusions.as_ref().filter(|_| sees)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kernel::Code, offers::samples};

    fn pointers(facts: TigFacts) -> Vec<String> {
        let refusals = Tig::new(facts, TigRestricted::default()).unwrap_err();
        refusals.into_iter().map(|it| it.pointer).collect()
    }

    #[test]
    fn every_empty_list_is_told() {
        let empty = TigFacts {
            measures: BTreeSet::new(),
            audiences: BTreeSet::new(),
            slots: BTreeSet::new(),
            ..samples::tig_facts()
        };
        assert_eq!(pointers(empty), ["/measures", "/audiences", "/slots"]);
    }

    #[test]
    fn a_post_for_minors_says_how_it_forms_them() {
        let minors = TigFacts {
            audiences: Audience::all().iter().copied().collect(),
            ..samples::tig_facts()
        };
        assert_eq!(pointers(minors.clone()), ["/formative_character"]);
        let stated = TigFacts {
            formative_character: "Apprentissage des gestes du jardin".parse().ok(),
            ..minors
        };
        assert!(Tig::new(stated, TigRestricted::default()).is_ok());
    }

    #[test]
    fn supervisor_and_exclusions_are_for_authorities_and_the_host_itself() {
        let post = samples::tig();
        for (view, own, sees) in [
            (Diffusion::Public, false, false),
            (Diffusion::Professionals, false, false),
            (Diffusion::Professionals, true, true),
            (Diffusion::Authorities, false, true),
        ] {
            assert_eq!(post.supervisor(view, own).is_some(), sees, "{view:?} {own}");
            assert_eq!(post.exclusions(view, own).is_some(), sees, "{view:?} {own}");
        }
    }
}
