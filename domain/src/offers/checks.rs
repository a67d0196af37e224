//! Whether a measure of justice can be carried out on a post: hours, deadline, health.
//!
//! The profile of a person is given in the call; it is not kept, and nothing here writes it.

use std::fmt;

use chrono::NaiveDate;

use super::{
    Audience, Dated, HoursBounds, LegalTerm, Offer, OfferLaw, PenalFramework, TigMeasure, TimeSlot,
};
use crate::kernel::{Code, CodeSet, SentenceHours, WeekHours, code_list};

code_list! {
    /// Why a medical examination comes before the work (Code pénitentiaire, art. R623-14).
    pub MedicalExamTrigger, "medical-exam-triggers", "Motifs d'examen médical", closed, unordered {
        Minor = "minor", "Mineur";
        Disability = "disability", "Situation de handicap";
        Pregnancy = "pregnancy", "Grossesse";
        NightWork = "night_work", "Travail de nuit";
        ParticularRisks = "particular_risks", "Risques particuliers";
        CareEstablishment = "care_establishment", "Établissement de prévention ou de soins";
        MinorTnr = "minor_tnr", "Mineur en TNR (certificat d'aptitude)";
        DspipRequest = "dspip_request", "Demande du DSPIP";
    }
}

impl MedicalExamTrigger {
    /// The article that asks for it.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Minor => "CPen R623-14 1°",
            Self::Disability => "CPen R623-14 2°",
            Self::Pregnancy => "CPen R623-14 3°",
            Self::NightWork => "CPen R623-14 4°",
            Self::ParticularRisks => "CPen R623-14 5°",
            Self::CareEstablishment => "CPen R623-14 6°",
            Self::MinorTnr => "CJPM R422-11",
            Self::DspipRequest => "CPen R623-14",
        }
    }
}

code_list! {
    /// A rule that a measure is checked against.
    pub CheckRule, "check-rules", "Règles vérifiées", open, unordered {
        Framework = "framework", "Cadre en vigueur pour ce public";
        MinHours = "min_hours", "Nombre d'heures minimal";
        MaxHours = "max_hours", "Nombre d'heures maximal";
        Deadline = "deadline", "Délai d'exécution";
        WeeklyHours = "weekly_hours", "Durée hebdomadaire cumulée";
        Measure = "measure", "Mesure accueillie par le poste";
        Audience = "audience", "Public accueilli par le poste";
    }
}

/// What is asked about: a measure, and what of the person bears on it. Never kept, never logged.
#[derive(Clone, Copy, PartialEq)]
pub struct Profile {
    /// The framework of the measure.
    pub framework: PenalFramework,
    /// Its hours.
    pub hours: SentenceHours,
    /// The audience of the person on the day of the decision.
    pub audience: Audience,
    /// Whether the person is in a situation of disability.
    pub disability: bool,
    /// Whether the person is pregnant.
    pub pregnancy: bool,
    /// The hours a week of the person's job, when there is one.
    pub weekly_working_hours: Option<WeekHours>,
    /// The day of the decision.
    pub decided_on: NaiveDate,
}

/// Says nothing of the person, so that no log ever does.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Profile(hidden)")
    }
}

/// A rule, and whether it is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRule {
    /// The rule.
    pub rule: CheckRule,
    /// Whether it is met.
    pub met: bool,
    /// The article that sets it, where one does.
    pub article: Option<String>,
}

/// What a check answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Whether every rule is met.
    pub within_bounds: bool,
    /// Why a medical examination is required; it is not when there is no reason.
    pub triggers: Vec<MedicalExamTrigger>,
    /// The last day on which the work may end, where the law sets it.
    pub complete_by: Option<NaiveDate>,
    /// The rules, in the order of the list.
    pub rules: Vec<CheckedRule>,
}

impl Checked {
    /// Whether a medical examination is required.
    #[must_use]
    pub fn medical_exam_required(&self) -> bool {
        !self.triggers.is_empty()
    }
}

/// What is found of a measure itself, whatever the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedMeasure {
    /// Whether every rule is met.
    pub within_bounds: bool,
    /// The last day on which the work may end, where the law sets it.
    pub complete_by: Option<NaiveDate>,
    /// The rules, in the order of the list.
    pub rules: Vec<CheckedRule>,
}

impl OfferLaw {
    /// Checks a measure itself, on `today`: what of it depends on no post.
    #[must_use]
    pub fn check(&self, profile: &Profile, today: NaiveDate) -> CheckedMeasure {
        let (framework, audience) = (profile.framework, profile.audience);
        let bounds = self.tig_hours.on(framework, audience, profile.decided_on);
        let complete_by = bounds.and_then(|it| it.value.complete_by(profile.decided_on));
        let mut rules = vec![rule(
            CheckRule::Framework,
            bounds.is_some(),
            bounds.map(|it| it.article.as_str()),
        )];
        rules.extend(bounds.into_iter().flat_map(|it| hours(it, profile.hours)));
        rules.extend(bounds.and_then(|it| deadline(it, complete_by, today)));
        CheckedMeasure {
            within_bounds: rules.iter().all(|it| it.met),
            complete_by,
            rules,
        }
    }
}

/// What of a post bears on a check, in few bytes: there are tens of thousands of posts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PostConditions {
    hours_per_week: Option<WeekHours>,
    measures: CodeSet<TigMeasure>,
    audiences: CodeSet<Audience>,
    /// Why the post itself asks for a medical examination.
    triggers: CodeSet<MedicalExamTrigger>,
}

impl Offer {
    /// What of the post bears on a check; `None` for an offer that is no post.
    #[must_use]
    pub fn conditions(&self) -> Option<PostConditions> {
        let post = self.content.tig()?.facts();
        let night = post.slots.contains(&TimeSlot::Night);
        let asking = [
            (MedicalExamTrigger::NightWork, night),
            (MedicalExamTrigger::ParticularRisks, post.particular_risks),
            (
                MedicalExamTrigger::CareEstablishment,
                post.care_establishment,
            ),
        ];
        let asking = asking.iter().filter(|(_, asks)| *asks);
        Some(PostConditions {
            hours_per_week: self.content.hours_per_week,
            measures: post.measures.iter().collect(),
            audiences: self.audiences().iter().collect(),
            triggers: asking.map(|(trigger, _)| trigger).collect(),
        })
    }
}

impl PostConditions {
    /// Checks a measure against the post, on `today`.
    #[must_use]
    pub fn check(&self, profile: &Profile, law: &OfferLaw, today: NaiveDate) -> Checked {
        let CheckedMeasure {
            complete_by,
            mut rules,
            ..
        } = law.check(profile, today);
        rules.extend(weekly(
            profile.weekly_working_hours,
            self.hours_per_week,
            law,
            today,
        ));
        rules.push(rule(
            CheckRule::Measure,
            self.measures.contains(profile.framework.measure()),
            None,
        ));
        rules.push(rule(
            CheckRule::Audience,
            self.audiences.contains(profile.audience),
            Some("CPen R623-9; CJPM R122-2"),
        ));
        Checked {
            within_bounds: rules.iter().all(|it| it.met),
            triggers: self.triggers(profile),
            complete_by,
            rules,
        }
    }

    /// Why a medical examination comes first; what the DSPIP asks for is its own decision, and
    /// never computed.
    fn triggers(&self, profile: &Profile) -> Vec<MedicalExamTrigger> {
        let minor = profile.audience == Audience::Minors16To17;
        let unpaid = profile.framework.measure() == TigMeasure::Tnr;
        let pulled = |trigger: &MedicalExamTrigger| match trigger {
            MedicalExamTrigger::Minor => minor && !unpaid,
            MedicalExamTrigger::Disability => profile.disability,
            MedicalExamTrigger::Pregnancy => profile.pregnancy,
            MedicalExamTrigger::NightWork
            | MedicalExamTrigger::ParticularRisks
            | MedicalExamTrigger::CareEstablishment => self.triggers.contains(*trigger),
            MedicalExamTrigger::MinorTnr => minor && unpaid,
            MedicalExamTrigger::DspipRequest => false,
        };
        let all = MedicalExamTrigger::all().iter().copied();
        all.filter(pulled).collect()
    }
}

fn rule(rule: CheckRule, met: bool, article: Option<&str>) -> CheckedRule {
    CheckedRule {
        rule,
        met,
        article: article.map(str::to_owned),
    }
}

fn hours(bounds: &Dated<HoursBounds>, hours: SentenceHours) -> Vec<CheckedRule> {
    let (
        HoursBounds {
            min_hours,
            max_hours,
            ..
        },
        article,
    ) = (&bounds.value, Some(bounds.article.as_str()));
    let least = min_hours.map(|min| rule(CheckRule::MinHours, min <= hours.get(), article));
    let most = rule(CheckRule::MaxHours, hours.get() <= *max_hours, article);
    least.into_iter().chain([most]).collect()
}

/// The deadline, which is met until it has passed (Code pénal, art. 131-22). Where the court or
/// the judge sets it, the article is told and nothing is missed.
fn deadline(
    bounds: &Dated<HoursBounds>,
    complete_by: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<CheckedRule> {
    let article = bounds.value.deadline_article.as_deref()?;
    let met = complete_by.is_none_or(|last| today <= last);
    Some(rule(CheckRule::Deadline, met, Some(article)))
}

/// A job and community service together exceed the legal week by so many hours at most (Code
/// pénitentiaire, art. R623-16).
fn weekly(
    job: Option<WeekHours>,
    post: Option<WeekHours>,
    law: &OfferLaw,
    today: NaiveDate,
) -> Option<CheckedRule> {
    let (job, post) = (job?, post?);
    let legal = law.terms.on(LegalTerm::LegalWeekHours, today)?;
    let extra = law.terms.on(LegalTerm::TigExtraWeekHours, today)?;
    let most = f64::from(legal.value.1) + f64::from(extra.value.1);
    let met = job.get() + post.get() <= most;
    Some(rule(
        CheckRule::WeeklyHours,
        met,
        Some(extra.article.as_str()),
    ))
}

#[cfg(test)]
mod tests;
