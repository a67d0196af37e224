//! The opinions that are asked for on a post, and when it may be decided.

use chrono::NaiveDate;

use super::{LegalTerm, LegalTerms};
use crate::{
    habilitations::{Opinion, OpinionGiver},
    kernel::Term,
};

/// What an opinion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpinionSubject {
    /// To register the post, or what changes of it (art. R623-9).
    Registration,
    /// To strike it off, which follows the same procedure (art. R623-10).
    StrikeOff,
}

impl OpinionSubject {
    /// Its code: `registration`, `strike_off`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::StrikeOff => "strike_off",
        }
    }

    /// The subject that has this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Registration, Self::StrikeOff];
        all.into_iter().find(|subject| subject.code() == code)
    }
}

/// An opinion on a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostOpinion {
    /// What it is about.
    pub subject: OpinionSubject,
    /// The opinion.
    pub opinion: Opinion,
    /// Whether what it was asked for is decided, or was asked for anew.
    pub closed: bool,
}

/// Those without whose opinion, or the delay it was awaited for, nothing is decided; the préfet
/// may be consulted and is not awaited (Code pénitentiaire, art. R623-8 and R623-9).
const AWAITED: [OpinionGiver; 2] = [OpinionGiver::Prosecutor, OpinionGiver::EnforcementJudge];

/// The first day on which a subject may be decided: both opinions are given, or were awaited long
/// enough. `None` while it is not known, because one of them was not asked for.
#[must_use]
pub fn decidable_on(
    opinions: &[PostOpinion],
    subject: OpinionSubject,
    terms: &LegalTerms,
) -> Option<NaiveDate> {
    let settled = AWAITED.into_iter().map(|giver| {
        let opinion = &open(opinions, subject).find(|it| it.giver == giver)?;
        opinion.settled_on(delay(terms, opinion.requested_on))
    });
    let days: Option<Vec<NaiveDate>> = settled.collect();
    days?.into_iter().max()
}

/// The opinions on a subject that still count.
pub(super) fn open(
    opinions: &[PostOpinion],
    subject: OpinionSubject,
) -> impl Iterator<Item = &Opinion> {
    opinions
        .iter()
        .filter(move |it| it.subject == subject && !it.closed)
        .map(|it| &it.opinion)
}

/// How long an opinion that was asked for on `day` is awaited.
fn delay(terms: &LegalTerms, day: NaiveDate) -> Option<Term> {
    let row = terms.on(LegalTerm::PostOpinionDays, day)?;
    Some(Term::Days(row.value.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        habilitations::{OpinionGiven, OpinionOutcome},
        offers::samples,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(giver: OpinionGiver, requested_on: &str, given_on: Option<&str>) -> PostOpinion {
        let answer = |on| OpinionGiven::new(OpinionOutcome::Favourable, day(on), None).unwrap();
        PostOpinion {
            subject: OpinionSubject::Registration,
            opinion: Opinion {
                giver,
                requested_on: day(requested_on),
                given: given_on.map(answer),
            },
            closed: false,
        }
    }

    fn decidable(opinions: &[PostOpinion]) -> Option<NaiveDate> {
        let terms = samples::law().terms;
        decidable_on(opinions, OpinionSubject::Registration, &terms)
    }

    #[test]
    fn both_opinions_or_ten_days_make_a_post_decidable() {
        use OpinionGiver::{EnforcementJudge, Prefect, Prosecutor};
        let on = |text| Some(day(text));
        let asked_only = [
            asked(Prosecutor, "2026-09-01", None),
            asked(EnforcementJudge, "2026-09-03", None),
        ];
        assert_eq!(
            decidable(&asked_only),
            on("2026-09-13"),
            "ten days after both"
        );
        let both = [
            asked(Prosecutor, "2026-09-01", Some("2026-09-04")),
            asked(EnforcementJudge, "2026-09-03", Some("2026-09-05")),
        ];
        assert_eq!(decidable(&both), on("2026-09-05"));
        let one = [
            asked(Prosecutor, "2026-09-01", Some("2026-09-04")),
            asked(EnforcementJudge, "2026-09-03", None),
        ];
        assert_eq!(decidable(&one), on("2026-09-13"));
        assert_eq!(decidable(&one[..1]), None, "the judge was not asked");
        let prefect = [asked_only[0].clone(), asked(Prefect, "2026-09-01", None)];
        assert_eq!(decidable(&prefect), None, "the préfet is not awaited");
    }

    #[test]
    fn what_is_closed_or_about_something_else_does_not_count() {
        use OpinionGiver::{EnforcementJudge, Prosecutor};
        let mut opinions = [
            asked(Prosecutor, "2026-09-01", Some("2026-09-04")),
            asked(EnforcementJudge, "2026-09-01", Some("2026-09-04")),
        ];
        opinions[0].closed = true;
        assert_eq!(decidable(&opinions), None);
        opinions[0].closed = false;
        opinions[1].subject = OpinionSubject::StrikeOff;
        assert_eq!(decidable(&opinions), None);
    }

    #[test]
    fn a_subject_has_its_code() {
        for subject in [OpinionSubject::Registration, OpinionSubject::StrikeOff] {
            assert_eq!(OpinionSubject::parse(subject.code()), Some(subject));
        }
        assert_eq!(OpinionSubject::parse("refusal"), None);
    }
}
