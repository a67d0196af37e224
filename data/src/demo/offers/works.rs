//! Fictitious jobs in detention and trainings.

use chrono::Days;
use domain::{
    activities::{ActivityDetails, WorkRegime},
    establishments::{Establishment, EstablishmentStatus},
    kernel::{Code, Percent, Period},
    offers::{
        Certification, ContentFacts, ContractKind, Details, Employment, EmploymentFacts,
        FixedTermReason, Keeper, Pay, PayClass, Training, TrainingFacts,
    },
    partners::{Partner, PartnerRole},
};

use super::{
    Communes, Made, diffusion,
    terms::{dates, hours, place, places},
    today,
};
use crate::{
    DataError, Reference,
    demo::maker::{Maker, fit, refused},
};

/// Where jobs and trainings take place, and whose they are.
#[derive(Debug)]
pub(super) struct Works<'r> {
    reference: &'r Reference,
    prisons: Vec<&'r Establishment>,
    /// The activities that have an occupation.
    activities: Vec<&'r ActivityDetails>,
    principals: Vec<&'r Partner>,
    trainers: Vec<&'r Partner>,
}

impl<'r> Works<'r> {
    pub(super) fn of(reference: &'r Reference, partners: &'r [Partner]) -> Self {
        let with = |role| partners.iter().filter(move |it| it.roles.contains(&role));
        let prisons = reference.establishments().iter();
        let activities = reference.activities().all().iter();
        Self {
            reference,
            prisons: prisons
                .filter(|it| it.status == EstablishmentStatus::Open)
                .collect(),
            activities: activities.filter(|it| !it.rome.is_empty()).collect(),
            principals: with(PartnerRole::WorkPrincipal).collect(),
            trainers: with(PartnerRole::TrainingBody).collect(),
        }
    }

    /// A job in an establishment.
    pub(super) fn job(&self, maker: &mut Maker) -> Result<Made, DataError> {
        let prison = maker.dice.pick(&self.prisons).ok_or_else(nothing)?;
        let details = maker.dice.pick(&self.activities).ok_or_else(nothing)?;
        let regimes: &[WorkRegime] = if details.regimes.is_empty() {
            WorkRegime::all()
        } else {
            &details.regimes
        };
        let regime = maker.dice.pick(regimes).ok_or_else(nothing)?;
        let general = regime == WorkRegime::ServiceGeneral;
        let principal = maker.dice.pick(&self.principals).filter(|_| !general);
        let label = details.activity.label();
        let facts = ContentFacts {
            title: fit(format!("{label} ({})", prison.name).parse())?,
            description: fit(format!(
                "Emploi fictif, fait pour la démonstration : {}, sous le régime {}.",
                label.to_lowercase(),
                regime.label().to_lowercase()
            )
            .parse())?,
            place: self.place_of(prison)?,
            diffusion: diffusion(maker),
            dates: dates(maker)?,
            places: places(maker)?,
            hours_per_week: Some(hours(maker, 15, 35)?),
            details: Details::Employment(employment(maker, prison, details, regime)?),
        };
        let keeper = Keeper::new(principal.map(|it| it.id), None, true);
        Ok(Made {
            keeper: keeper.map_err(refused("offer"))?,
            facts,
        })
    }

    /// A training, in an establishment or in a commune.
    pub(super) fn training(
        &self,
        maker: &mut Maker,
        communes: &Communes<'r>,
    ) -> Result<Made, DataError> {
        let commune = communes.draw(maker).ok_or_else(nothing)?;
        let prison = maker.dice.pick(&self.prisons);
        let prison = prison.filter(|_| maker.dice.chance(70));
        let details = maker.dice.pick(&self.activities).ok_or_else(nothing)?;
        let trainer = maker.dice.pick(&self.trainers).ok_or_else(nothing)?;
        let place = match prison {
            Some(prison) => self.place_of(prison)?,
            None => place(commune)?,
        };
        let label = details.activity.label();
        let told = TrainingFacts {
            establishment: prison.map(|it| it.id),
            region: place.region().clone(),
            certification: certification(maker, label)?,
            activity: maker.dice.sometimes(90, details.activity),
            rome: details.rome.clone(),
            session: session(maker)?,
        };
        let name = prison.map_or(commune.name.as_str(), |it| it.name.as_str());
        let facts = ContentFacts {
            title: fit(format!("Formation : {} ({name})", label.to_lowercase()).parse())?,
            description: fit(format!(
                "Formation fictive, faite pour la démonstration : {}.",
                label.to_lowercase()
            )
            .parse())?,
            place,
            diffusion: diffusion(maker),
            dates: dates(maker)?,
            places: places(maker)?,
            hours_per_week: maker
                .dice
                .chance(70)
                .then(|| hours(maker, 7, 35))
                .transpose()?,
            details: Details::Training(Training::new(told).map_err(refused("training"))?),
        };
        let keeper = Keeper::new(Some(trainer.id), None, true);
        Ok(Made {
            keeper: keeper.map_err(refused("offer"))?,
            facts,
        })
    }

    fn place_of(&self, prison: &Establishment) -> Result<domain::offers::Place, DataError> {
        let territories = self.reference.territories();
        let commune = territories.commune(&prison.address.commune);
        place(commune.ok_or_else(nothing)?)
    }
}

/// Nobody lives anywhere, or there is no establishment: the tables say otherwise.
fn nothing() -> DataError {
    DataError::refused("a demonstration offer", Vec::new())
}

fn employment(
    maker: &mut Maker,
    prison: &Establishment,
    details: &ActivityDetails,
    regime: WorkRegime,
) -> Result<Employment, DataError> {
    let general = [
        (PayClass::ServiceGeneral1, 33),
        (PayClass::ServiceGeneral2, 25),
        (PayClass::ServiceGeneral3, 20),
    ];
    let production = (PayClass::Production, 45);
    let (class, least) = if regime == WorkRegime::ServiceGeneral {
        maker
            .dice
            .pick(&general)
            .unwrap_or((PayClass::ServiceGeneral1, 33))
    } else {
        production
    };
    let percent = maker.dice.between(least, least + 15);
    let fixed = maker.dice.chance(40);
    let reason = maker.dice.pick(FixedTermReason::all());
    let job = Employment::new(EmploymentFacts {
        establishment: prison.id,
        regime,
        activity: details.activity,
        rome: details.rome.first().cloned().ok_or_else(nothing)?,
        pay: Pay {
            class,
            smic_percent: fit(Percent::new(percent.into()))?,
        },
        contract: if fixed {
            ContractKind::FixedTerm
        } else {
            ContractKind::OpenEnded
        },
        fixed_term_reason: reason.filter(|_| fixed),
    });
    job.map_err(refused("job"))
}

/// A certification that no register has.
fn certification(maker: &mut Maker, label: &str) -> Result<Option<Certification>, DataError> {
    let title = format!("Titre fictif : {}", label.to_lowercase());
    let certification = Certification {
        title: fit(title.parse())?,
        code: None,
    };
    Ok(maker.dice.chance(60).then_some(certification))
}

/// A few months of the two years that follow.
fn session(maker: &mut Maker) -> Result<Option<Period>, DataError> {
    let (from, length) = (maker.dice.between(150, 700), maker.dice.between(10, 120));
    let first = today().checked_add_days(Days::new(from.into()));
    let last = first.and_then(|day| day.checked_add_days(Days::new(length.into())));
    let session = first.zip(last).filter(|_| maker.dice.chance(65));
    session
        .map(|(first, last)| fit(Period::new(first, last)))
        .transpose()
}
