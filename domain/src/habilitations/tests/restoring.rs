//! What was kept is checked when it is read: no row makes a dossier that could not be.

use super::support::{Dossier, day, decision, facts, record};
use crate::{
    habilitations::{
        Course, Decision, DocumentKind, Habilitation, HabilitationAuthority, HabilitationStatus,
        Matter, OpinionGiver, Outcome,
    },
    kernel::{Code, Id, Period},
};

/// The places of the rules that the course breaks once changed.
fn broken(dossier: Dossier, change: impl FnOnce(&mut Course)) -> Vec<String> {
    let (facts, mut course) = dossier.0.into_inner();
    change(&mut course);
    let id = Id::new(uuid::Uuid::nil());
    let restored = Habilitation::restore(id, record(), facts, course);
    let refusals = restored.unwrap_err().into_iter();
    refusals.map(|it| it.pointer).collect()
}

#[test]
fn a_status_is_where_the_course_leads() {
    let made = [
        Dossier::draft(HabilitationAuthority::Dspip),
        Dossier::filed(HabilitationAuthority::Dspip),
        Dossier::instructed(),
        Dossier::granted(),
        Dossier::withdrawing(),
    ];
    for dossier in made {
        let reached = dossier.status();
        for status in HabilitationStatus::all()
            .iter()
            .filter(|it| **it != reached)
        {
            // Time alone makes the one of the other, and no row tells it.
            if (reached, *status) == (HabilitationStatus::Granted, HabilitationStatus::Expired) {
                continue;
            }
            let places = broken(dossier.clone(), |course| course.status = *status);
            assert!(!places.is_empty(), "{reached:?} as {status:?}");
        }
    }
}

#[test]
fn days_are_in_order() {
    let filed_late = broken(Dossier::instructed(), |it| {
        it.filed_on = Some(day("2026-02-01"));
    });
    assert_eq!(filed_late, ["/proceedings/0"]);
    let never_filed = broken(Dossier::instructed(), |it| {
        it.filed_on = None;
    });
    assert_eq!(never_filed, ["/filed_on"]);
    let decided_early = broken(Dossier::granted(), |it| {
        let decision = it.proceedings[0].decision.as_mut().unwrap();
        decision.facts.decided_on = day("2026-01-01");
    });
    let expected = [
        "/proceedings/0/decision/valid_from",
        "/proceedings/0/decision/decided_on",
    ];
    assert_eq!(decided_early, expected);
    let asked_early = broken(Dossier::granted(), |it| {
        it.proceedings[0].opinions[1].requested_on = day("2026-01-01");
    });
    assert_eq!(asked_early, ["/proceedings/0/opinions/1"]);
}

#[test]
fn an_opinion_is_asked_for_once() {
    let twice = broken(Dossier::granted(), |it| {
        it.proceedings[0].opinions[1].giver = OpinionGiver::Prosecutor;
    });
    assert_eq!(twice, ["/proceedings/0/opinions/1/giver"]);
}

#[test]
fn a_decision_fits_what_was_asked() {
    let maintained = broken(Dossier::granted(), |it| {
        it.proceedings[0].decision = Some(Decision {
            facts: decision("2026-02-15"),
            outcome: Outcome::Maintained,
            notifications: Vec::new(),
        });
    });
    assert_eq!(maintained, ["/status", "/proceedings/0/decision"]);
    let lapsed = broken(Dossier::granted(), |it| {
        it.proceedings[0].lapsed_on = Some(day("2026-02-15"));
    });
    assert_eq!(lapsed, ["/proceedings/0/decision"]);
    let shifted = broken(Dossier::granted(), |it| {
        let period = Period::new(day("2026-02-16"), day("2031-02-15")).unwrap();
        it.proceedings[0].decision.as_mut().unwrap().outcome = Outcome::Granted(period);
    });
    assert_eq!(shifted, ["/proceedings/0/decision/valid_from"]);
}

#[test]
fn a_proceeding_ends_before_another_begins() {
    let two = broken(Dossier::withdrawing(), |it| {
        let mut second = it.proceedings[1].clone();
        second.matter = Matter::Grant;
        it.proceedings.push(second);
    });
    let expected = ["/status", "/proceedings/1", "/proceedings/2"];
    assert_eq!(
        two.iter().take(3).collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
}

#[test]
fn a_document_is_there_once() {
    let mut stated = facts(HabilitationAuthority::Dspip);
    stated.documents[1].kind = DocumentKind::Statutes;
    let id = Id::new(uuid::Uuid::nil());
    let refusals = Habilitation::restore(id, record(), stated, Course::draft()).unwrap_err();
    assert_eq!(refusals[0].pointer, "/documents/1/kind");
}
