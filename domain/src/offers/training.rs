//! A training: what it leads to, for which occupations, when.

use std::{fmt, str::FromStr};

use crate::{
    activities::{Activity, RomeCode},
    establishments::Establishment,
    kernel::{Id, Period, Refusal, RefusalCode, Text},
    territories::RegionCode,
};

/// The number of a certification in the national registers, such as `RNCP37274` or `RS5616`.
///
/// Invariant: `RNCP` or `RS` and one to six digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificationCode(String);

/// A text that is no number of a certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number of a certification is RNCP or RS and one to six digits: RNCP37274")]
pub struct CertificationCodeError;

impl CertificationCode {
    /// The number, with its register.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CertificationCode {
    type Err = CertificationCodeError;

    fn from_str(text: &str) -> Result<Self, CertificationCodeError> {
        let digits = text
            .strip_prefix("RNCP")
            .or_else(|| text.strip_prefix("RS"));
        let number = digits.filter(|digits| {
            (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        });
        number
            .map(|_| Self(text.to_owned()))
            .ok_or(CertificationCodeError)
    }
}

impl fmt::Display for CertificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a training leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    /// Its title.
    pub title: Text<200>,
    /// Its number in the national registers, where it has one.
    pub code: Option<CertificationCode>,
}

/// The most occupations that a training prepares for.
const MAX_ROME: usize = 20;

/// What is known of a training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingFacts {
    /// The establishment where it takes place, when it takes place in one.
    pub establishment: Option<Id<Establishment>>,
    /// The region that is in charge of it.
    pub region: RegionCode,
    /// What it leads to, where it leads to a certification.
    pub certification: Option<Certification>,
    /// The activity that it prepares for, where one fits.
    pub activity: Option<Activity>,
    /// The occupations that it prepares for, each once.
    pub rome: Vec<RomeCode>,
    /// When it takes place, where that is set.
    pub session: Option<Period>,
}

/// A training.
///
/// Invariant: it prepares for 20 occupations at most, each named once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training(TrainingFacts);

impl Training {
    /// Checks the facts together; every broken rule is returned.
    pub fn new(facts: TrainingFacts) -> Result<Self, Vec<Refusal>> {
        let mut refusals = occupations_once(&facts.rome);
        if facts.rome.len() > MAX_ROME {
            refusals.push(Refusal::new(
                "/rome",
                RefusalCode::Length,
                format!("a training prepares for {MAX_ROME} occupations at most"),
            ));
        }
        if refusals.is_empty() {
            Ok(Self(facts))
        } else {
            Err(refusals)
        }
    }

    /// The facts.
    #[must_use]
    pub const fn facts(&self) -> &TrainingFacts {
        &self.0
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> TrainingFacts {
        self.0
    }
}

fn occupations_once(codes: &[RomeCode]) -> Vec<Refusal> {
    let repeated = |i: usize, code: &RomeCode| codes.iter().take(i).any(|other| other == code);
    codes
        .iter()
        .enumerate()
        .filter(|(i, code)| repeated(*i, code))
        .map(|(i, code)| {
            Refusal::new(
                format!("/rome/{i}"),
                RefusalCode::Duplicate,
                format!("{code} is named once"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offers::samples;

    #[test]
    fn a_certification_has_its_register_and_its_number() {
        for good in ["RNCP37274", "RS5616", "RNCP1"] {
            let code: CertificationCode = good.parse().unwrap();
            assert_eq!(code.as_str(), good);
        }
        for bad in ["37274", "RNCP", "rncp37274", "RNCP37 274", "RS1234567"] {
            assert!(bad.parse::<CertificationCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_occupation_is_named_once() {
        let twice = TrainingFacts {
            rome: ["H2206", "H2207", "H2206"]
                .map(|it| it.parse().unwrap())
                .to_vec(),
            ..samples::training_facts()
        };
        let refusals = Training::new(twice).unwrap_err();
        assert_eq!(refusals.len(), 1);
        assert_eq!(refusals[0].pointer, "/rome/2");
        let many = TrainingFacts {
            rome: (0..21)
                .map(|i| format!("H22{i:02}").parse().unwrap())
                .collect(),
            ..samples::training_facts()
        };
        assert_eq!(
            Training::new(many).unwrap_err()[0].code,
            RefusalCode::Length
        );
    }
}
