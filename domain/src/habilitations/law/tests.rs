//! Rows that contradict one another make no law.

use super::*;
use crate::habilitations::tests::support::{day, law_rows};

fn refused(change: impl FnOnce(&mut LawRows)) -> Vec<String> {
    let mut rows = law_rows();
    change(&mut rows);
    HabilitationLaw::new(rows).unwrap_err()
}

#[test]
fn two_rows_of_one_matter_are_not_in_force_together() {
    let again = |rows: &mut LawRows| {
        rows.admissions.push(rows.admissions[0].clone());
        rows.documents.push(rows.documents[0].clone());
        rows.procedures.push(rows.procedures[0].clone());
        rows.notifications.push(rows.notifications[0].clone());
    };
    assert_eq!(
        refused(again),
        [
            "admission dspip association: two rows are in force on a same day",
            "document dspip association statutes: two rows are in force on a same day",
            "procedure dspip grant: two rows are in force on a same day",
            "notification dspip grant: two rows are in force on a same day",
        ]
    );
}

#[test]
fn a_law_changes_on_its_day() {
    let mut rows = law_rows();
    let (eve, first) = (day("2029-12-31"), day("2030-01-01"));
    let old = &mut rows.procedures[0];
    let mut new = old.clone();
    old.validity = Validity::new(None, Some(eve)).unwrap();
    new.validity = Validity::new(Some(first), None).unwrap();
    new.length = Some(Term::Months(36));
    rows.procedures.push(new);
    let law = HabilitationLaw::new(rows).unwrap();
    let length = |on| {
        law.procedure(HabilitationAuthority::Dspip, Stage::Grant, on)
            .unwrap()
            .length
    };
    assert_eq!(length(eve), Some(Term::Months(60)));
    assert_eq!(length(first), Some(Term::Months(36)));
}

/// Something wrong that is done to a procedure.
type Change = fn(&mut Procedure);

#[test]
fn a_procedure_can_be_followed() {
    let broken = |change: Change| refused(|rows| change(&mut rows.procedures[0]));
    let changes: [(Change, &str); 4] = [
        (
            |it| it.givers.truncate(1),
            "those who must be asked are waited for, and may be asked",
        ),
        (
            |it| it.opinion_delay = None,
            "an opinion is waited for during a delay",
        ),
        (
            |it| it.length = None,
            "what grants has a length, a withdrawal has none",
        ),
        (
            |it| it.silence = Some(refusal_without_appeal()),
            "the way to contest goes with a silence that refuses",
        ),
    ];
    for (change, rule) in changes {
        assert_eq!(broken(change), [format!("procedure dspip grant: {rule}")]);
    }
}

fn refusal_without_appeal() -> SilenceRule {
    SilenceRule {
        effect: SilenceEffect::Refusal,
        after: Term::Months(2),
        appeal: None,
        article: "L231-4".to_owned(),
    }
}
