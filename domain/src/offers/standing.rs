//! Whether the host of a post may take somebody in, where and when.

use chrono::NaiveDate;

use super::PublicationReason;
use crate::{
    habilitations::{Admission, Habilitation, HabilitationLaw, Host},
    kernel::{Period, Validity},
    territories::DepartementCode,
};

/// What the law asks of a host, and how far it has it (Code pénal, art. 131-8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostStanding {
    /// It hosts by right: a body of public law, or a customary senate or council
    /// (Code pénitentiaire, art. R623-7, D777-8).
    ByRight,
    /// It hosts where and while it is habilitated.
    Habilitated(Vec<Coverage>),
}

/// Where and when a habilitation is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The département; `None` for the whole territory (art. R623-6).
    pub departement: Option<DepartementCode>,
    /// The days it was granted for.
    pub days: Period,
    /// The first day on which it was withdrawn, when it was.
    pub withdrawn_on: Option<NaiveDate>,
    /// The experiment that it depends on, when it depends on one.
    pub experiment: Option<Experiment>,
}

/// An experiment that opens community service to hosts of a new kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// Where it is open.
    pub departements: Vec<DepartementCode>,
    /// When it is.
    pub days: Validity,
}

impl HostStanding {
    /// What a host has: nothing to have, or its dossiers. Which customary institutions host by
    /// right is not known of an organisation, so that all of them are asked for a habilitation.
    #[must_use]
    pub fn of<'a>(
        host: &Host,
        dossiers: impl IntoIterator<Item = &'a Habilitation>,
        law: &HabilitationLaw,
    ) -> Self {
        if host.needs_none() {
            return Self::ByRight;
        }
        let own = dossiers.into_iter().filter(|it| it.partner == host.partner);
        Self::Habilitated(own.flat_map(|it| Coverage::of(it, law)).collect())
    }

    /// Why the host may not take somebody in, in a département on `day`; `None` when it may.
    #[must_use]
    pub fn why_not(
        &self,
        departement: &DepartementCode,
        day: NaiveDate,
    ) -> Option<PublicationReason> {
        let Self::Habilitated(coverages) = self else {
            return None;
        };
        let here = coverages.iter().filter(|it| it.is_for(departement));
        let reasons = here.map(|it| it.why_not(departement, day));
        // Of several habilitations, the one that comes nearest to cover tells why it does not.
        match reasons.min_by_key(|reason| reason.map(nearness)) {
            Some(reason) => reason,
            None if coverages.iter().any(|it| it.is_running(day)) => {
                Some(PublicationReason::HabilitationElsewhere)
            }
            None => Some(PublicationReason::HabilitationMissing),
        }
    }

    /// The days around `day` on which the host may take somebody in, in a département: the run
    /// that holds `day`, or else the next one. `None` when there is none; without bounds when it
    /// hosts by right.
    #[must_use]
    pub fn days(&self, departement: &DepartementCode, day: NaiveDate) -> Option<Validity> {
        let Self::Habilitated(coverages) = self else {
            return Some(Validity::default());
        };
        let runs = coverages.iter().filter_map(|it| it.days_in(departement));
        let next = joined(runs.collect())
            .into_iter()
            .find(|run| run.last() >= day)?;
        Validity::new(Some(next.first()), Some(next.last())).ok()
    }
}

impl Coverage {
    /// Those of a dossier, one for each period that was granted.
    #[must_use]
    pub fn of(dossier: &Habilitation, law: &HabilitationLaw) -> Vec<Self> {
        let opens = |admission: &&Admission, first| {
            admission.authority == dossier.jurisdiction.authority()
                && admission.host_kind == dossier.host_kind
                && admission.validity.holds(first)
                && !admission.only_in.is_empty()
        };
        // Hosts that are admitted in some départements alone are those of an experiment.
        let experiment = |first| {
            let mut admissions = law.rows().admissions.iter();
            let admission = admissions.find(|it| opens(it, first))?;
            Some(Experiment {
                departements: admission.only_in.clone(),
                days: admission.validity,
            })
        };
        let coverage = |days: Period| Self {
            departement: dossier.jurisdiction.departement().cloned(),
            days,
            withdrawn_on: dossier.withdrawn_on(),
            experiment: experiment(days.first()),
        };
        dossier.periods().map(coverage).collect()
    }

    fn is_for(&self, departement: &DepartementCode) -> bool {
        self.departement
            .as_ref()
            .is_none_or(|own| own == departement)
    }

    fn is_running(&self, day: NaiveDate) -> bool {
        self.days.holds(day) && self.withdrawn_on.is_none_or(|first| day < first)
    }

    fn why_not(&self, departement: &DepartementCode, day: NaiveDate) -> Option<PublicationReason> {
        let open = self.experiment.as_ref().is_none_or(|experiment| {
            experiment.departements.contains(departement) && experiment.days.holds(day)
        });
        if day < self.days.first() {
            Some(PublicationReason::HabilitationMissing)
        } else if self.withdrawn_on.is_some_and(|first| first <= day) {
            Some(PublicationReason::HabilitationWithdrawn)
        } else if self.days.last() < day {
            Some(PublicationReason::HabilitationExpired)
        } else {
            (!open).then_some(PublicationReason::ExperimentEnded)
        }
    }

    /// Its days in a département, cut short by a withdrawal and by the end of an experiment.
    fn days_in(&self, departement: &DepartementCode) -> Option<Period> {
        if !self.is_for(departement) {
            return None;
        }
        let (mut first, mut last) = (self.days.first(), self.days.last());
        if let Some(withdrawn_on) = self.withdrawn_on {
            last = last.min(withdrawn_on.pred_opt()?);
        }
        if let Some(experiment) = &self.experiment {
            if !experiment.departements.contains(departement) {
                return None;
            }
            first = experiment.days.from().map_or(first, |day| day.max(first));
            last = experiment.days.until().map_or(last, |day| day.min(last));
        }
        Period::new(first, last).ok()
    }
}

/// How near a habilitation comes to cover: what ended it, before what never began.
const fn nearness(reason: PublicationReason) -> u8 {
    match reason {
        PublicationReason::ExperimentEnded => 0,
        PublicationReason::HabilitationWithdrawn => 1,
        PublicationReason::HabilitationExpired => 2,
        _ => 3,
    }
}

/// Periods in order, those that touch or overlap made one.
fn joined(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_unstable();
    let mut runs: Vec<Period> = Vec::new();
    for period in periods {
        let before = runs.last().copied();
        let touches = before.is_some_and(|run| {
            run.last() >= period.first() || run.last().succ_opt() == Some(period.first())
        });
        match before.filter(|_| touches) {
            Some(run) => {
                runs.pop();
                let last = run.last().max(period.last());
                runs.extend(Period::new(run.first(), last));
            }
            None => runs.push(period),
        }
    }
    runs
}

#[cfg(test)]
mod tests;
