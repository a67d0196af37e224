//! Fictitious posts of community service, at the fictitious hosts.

use std::collections::BTreeSet;

use domain::{
    kernel::{Code, TransportM},
    offers::{
        Audience, ContentFacts, Details, Keeper, Tig, TigFacts, TigField, TigForm, TigMeasure,
        TigRestricted, TimeSlot,
    },
    partners::{Partner, PartnerContact, PartnerContactFacts, PartnerRole},
    territories::DepartementCode,
};

use super::{
    Communes, Made, diffusion,
    terms::{dates, hours, place, places},
};
use crate::{
    DataError,
    demo::{
        contacts::DOMAIN,
        dossiers::{needs_one, places as habilitated_in},
        maker::{Maker, fit, refused},
    },
};

/// The hosts, and where each may take somebody in.
#[derive(Debug)]
pub(super) struct Hosts<'r>(Vec<(&'r Partner, Everywhere)>);

/// Where a host takes somebody in: everywhere, or in these départements.
type Everywhere = Option<Vec<DepartementCode>>;

impl<'r> Hosts<'r> {
    pub(super) fn of(partners: &'r [Partner]) -> Self {
        let hosts = partners
            .iter()
            .filter(|it| it.roles.contains(&PartnerRole::TigHost));
        let with_places = hosts.map(|host| {
            let dossiers = if needs_one(host) {
                habilitated_in(host).unwrap_or_default()
            } else {
                vec![None]
            };
            // One dossier without a département is for the whole territory.
            (host, dossiers.into_iter().collect())
        });
        Self(with_places.collect())
    }

    /// A post somewhere, at a host that may take somebody in there.
    pub(super) fn post(
        &self,
        maker: &mut Maker,
        communes: &Communes<'r>,
    ) -> Result<Made, DataError> {
        let commune = communes.draw(maker).ok_or_else(nothing)?;
        let here = |(_, places): &&(&Partner, Everywhere)| {
            places
                .as_ref()
                .is_none_or(|codes| codes.contains(&commune.departement))
        };
        let hosts: Vec<&Partner> = self.0.iter().filter(here).map(|(host, _)| *host).collect();
        let host = maker.dice.pick(&hosts).ok_or_else(nothing)?;
        let field = maker.dice.pick(TigField::all()).unwrap_or(TigField::Other);
        let words = maker.dice.pick(titles(field)).unwrap_or("Travaux divers");
        let facts = ContentFacts {
            title: fit(format!("{words} à {}", commune.name).parse())?,
            description: fit(format!(
                "Poste fictif, fait pour la démonstration : {}. Domaine : {}.",
                words.to_lowercase(),
                field.label().to_lowercase()
            )
            .parse())?,
            place: place(commune)?,
            diffusion: diffusion(maker),
            dates: dates(maker)?,
            places: places(maker)?,
            hours_per_week: Some(hours(maker, 4, 35)?),
            details: Details::Tig(tig(maker, field)?),
        };
        let keeper = Keeper::new(Some(host.id), None, true).map_err(refused("offer"))?;
        Ok(Made { keeper, facts })
    }
}

/// Nobody lives anywhere, or nobody hosts: the tables say otherwise.
fn nothing() -> DataError {
    DataError::refused("a demonstration offer", Vec::new())
}

fn tig(maker: &mut Maker, field: TigField) -> Result<Tig, DataError> {
    let minors = maker.dice.chance(30);
    let adults = !minors || maker.dice.chance(60);
    let audiences = [(Audience::Adults, adults), (Audience::Minors16To17, minors)];
    let measures = [
        (TigMeasure::Tig, true),
        (TigMeasure::Tnr, maker.dice.chance(55)),
    ];
    let step_free = maker.dice.chance(45);
    let metres = maker.dice.between(0, 60) * 50;
    let facts = TigFacts {
        measures: told(measures),
        form: maker
            .dice
            .pick(TigForm::all())
            .unwrap_or(TigForm::Individual),
        field,
        audiences: told(audiences),
        slots: slots(maker),
        step_free: maker.dice.sometimes(80, step_free),
        transport_m: maker
            .dice
            .sometimes(75, metres)
            .map(|metres| fit(TransportM::new(metres)))
            .transpose()?,
        licence_needed: maker.dice.chance(15),
        vehicle_needed: maker.dice.chance(8),
        particular_risks: maker.dice.chance(10),
        care_establishment: maker.dice.chance(7),
        formative_character: minors
            .then(|| fit("Découverte fictive d'un métier et de la vie d'équipe.".parse()))
            .transpose()?,
        host_named: maker.dice.chance(60),
    };
    let exclusions = maker.dice.chance(20);
    let restricted = TigRestricted {
        supervisor: Some(supervisor()?),
        exclusions: exclusions
            .then(|| fit("Exclusion fictive, faite pour la démonstration.".parse()))
            .transpose()?,
    };
    Tig::new(facts, restricted).map_err(refused("post"))
}

fn told<T: Ord>(values: impl IntoIterator<Item = (T, bool)>) -> BTreeSet<T> {
    let told = values.into_iter().filter(|(_, is_told)| *is_told);
    told.map(|(value, _)| value).collect()
}

/// One slot at least, most often in the week.
fn slots(maker: &mut Maker) -> BTreeSet<TimeSlot> {
    let chances = [
        (TimeSlot::Weekday, 85),
        (TimeSlot::Evening, 15),
        (TimeSlot::Night, 4),
        (TimeSlot::Saturday, 30),
        (TimeSlot::Sunday, 12),
    ];
    let drawn: Vec<TimeSlot> = chances
        .into_iter()
        .filter_map(|(slot, percent)| maker.dice.sometimes(percent, slot))
        .collect();
    if drawn.is_empty() {
        BTreeSet::from([TimeSlot::Weekday])
    } else {
        drawn.into_iter().collect()
    }
}

fn supervisor() -> Result<PartnerContact, DataError> {
    let contact = PartnerContact::new(PartnerContactFacts {
        function: fit("Encadrant technique".parse())?,
        service_name: None,
        email: Some(fit(format!("encadrement@{DOMAIN}").parse())?),
        phone: None,
    });
    contact.map_err(refused("contact"))
}

/// What is done in a field.
const fn titles(field: TigField) -> &'static [&'static str] {
    match field {
        TigField::GreenSpaces => &[
            "Entretien d'un jardin partagé",
            "Entretien des espaces verts",
            "Nettoyage de berges",
        ],
        TigField::Cleaning => &["Propreté des rues", "Entretien d'un gymnase"],
        TigField::RepairPainting => &["Peinture de locaux", "Effacement de graffitis"],
        TigField::BuildingMaintenance => &["Petits travaux de bâtiment", "Aide à la maintenance"],
        TigField::HandlingLogistics => &["Manutention", "Aide au magasin"],
        TigField::Heritage => &["Restauration d'un lavoir", "Entretien d'un cimetière"],
        TigField::SolidarityCare => &["Aide à la distribution de repas", "Visites de convivialité"],
        TigField::RoadVictims => &["Sensibilisation auprès de victimes de la route"],
        TigField::AdministrationReception => &["Aide au classement", "Aide à l'accueil"],
        TigField::CultureSport => &["Montage d'expositions", "Aide à l'animation sportive"],
        TigField::Educational => &["Atelier citoyen", "Parcours pédagogique"],
        TigField::Catering => &["Aide en cuisine", "Service en restaurant associatif"],
        TigField::Recycling => &["Tri en ressourcerie", "Réparation d'objets"],
        TigField::Computing => &["Reconditionnement d'ordinateurs", "Aide informatique"],
        TigField::Other => &["Travaux divers"],
    }
}
