//! Every move, in every state, by every kind of client.

use std::collections::BTreeMap;

use super::support::{
    CLIENTS, Dossier, asked, by, decision, document, given, host, nothing_said, refusal,
    withdrawal, withdrawal_facts,
};
use crate::{
    habilitations::{
        Act, ChangeFacts, DocumentKind, Habilitation, HabilitationAuthority, HabilitationStatus,
        IncompletenessFacts, Moved, OpinionGiver, Refused, Verb,
    },
    kernel::Code,
};

/// The state that each move leads to, from each state; `-` where it is not allowed.
const MOVES: &str = "
                  file  declare-incomplete start-instruction request-opinion   give-opinion      grant   refuse  declare-change    request-renewal   open-withdrawal record-observations withdraw  maintain
draft             filed -                  -                 -                 -                 -       -       -                 -                 -               -                   -         -
filed             -     incomplete         under_instruction -                 -                 -       -       -                 -                 -               -                   -         -
incomplete        filed -                  -                 -                 -                 -       -       -                 -                 -               -                   -         -
under_instruction -     -                  -                 under_instruction under_instruction granted refused -                 -                 -               -                   -         -
granted           -     -                  -                 -                 -                 -       -       granted           renewal_requested withdrawal_open -                   -         -
refused           -     -                  -                 -                 -                 -       -       -                 -                 -               -                   -         -
renewal_requested -     -                  -                 renewal_requested renewal_requested granted granted renewal_requested -                 withdrawal_open -                   -         -
withdrawal_open   -     -                  -                 withdrawal_open   withdrawal_open   -       -       -                 -                 -               withdrawal_open     withdrawn granted
withdrawn         -     -                  -                 -                 -                 -       -       -                 -                 -               -                   -         -
expired           -     -                  -                 -                 -                 -       -       -                 -                 -               -                   -         -
";

/// Who makes each move of a dossier of the director of probation: `yes`; `no`, it is another's
/// (403); `wrong`, it is that of its own authority (422); `-`, the dossier is not seen (404).
const WHO: &str = "
              file  declare-incomplete start-instruction request-opinion give-opinion grant refuse declare-change request-renewal open-withdrawal record-observations withdraw maintain
host          yes   no                 no                no              no           no    no     yes            yes             no              yes                 no       no
dspip         no    yes                yes               yes             no           yes   yes    no             no              yes             yes                 yes      yes
dt_pjj        -     -                  -                 -               -            -     -      -              -               -               -                   -        -
agency        yes   wrong              wrong             wrong           no           wrong wrong  yes            yes             wrong           yes                 wrong    wrong
prosecutor    no    no                 no                no              yes          no    no     no             no              no              no                  no       no
judge         no    no                 no                no              wrong        no    no     no             no              no              no                  no       no
prefect       -     -                  -                 -               -            -     -      -              -               -               -                   -        -
other_host    -     -                  -                 -               -            -     -      -              -               -               -                   -        -
other_dspip   -     -                  -                 -               -            -     -      -              -               -               -                   -        -
other_judge   -     -                  -                 -               -            -     -      -              -               -               -                   -        -
juvenile      -     -                  -                 -               -            -     -      -              -               -               -                   -        -
direction     -     -                  -                 -               -            -     -      -              -               -               -                   -        -
prison        -     -                  -                 -               -            -     -      -              -               -               -                   -        -
ministry      -     -                  -                 -               -            -     -      -              -               -               -                   -        -
administrator -     -                  -                 -               -            -     -      -              -               -               -                   -        -
";

/// Who does not see a dossier in these states, that sees others: nobody was asked yet, a draft
/// is the host's.
const UNSEEN: [(&str, &[&str]); 3] = [
    ("draft", &["dspip", "prosecutor", "judge"]),
    ("filed", &["prosecutor", "judge"]),
    ("incomplete", &["prosecutor", "judge"]),
];

fn table(text: &'static str) -> BTreeMap<(&'static str, &'static str), &'static str> {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let verbs: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let mut cells = BTreeMap::new();
    for line in lines {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let row: Vec<&str> = words.collect();
        assert_eq!(row.len(), verbs.len(), "{name}");
        cells.extend(
            verbs
                .iter()
                .zip(row)
                .map(|(verb, cell)| ((name, *verb), cell)),
        );
    }
    cells
}

/// A dossier in this state where the move could be made, and a day on which it could.
fn dossier(status: HabilitationStatus, verb: Verb) -> (Dossier, &'static str) {
    use HabilitationStatus as S;
    let dspip = HabilitationAuthority::Dspip;
    let incomplete = || IncompletenessFacts {
        missing_documents: vec![DocumentKind::EstablishmentsList],
        statement: None,
        answer_by: None,
    };
    let instructed = || {
        Dossier::instructed()
            .asking(OpinionGiver::Prosecutor, "2026-01-15")
            .asking(OpinionGiver::EnforcementJudge, "2026-01-15")
    };
    let withdrawing = || Dossier::withdrawing().asking(OpinionGiver::Prefect, "2027-03-21");
    match status {
        S::Draft => (Dossier::draft(dspip), "2026-01-10"),
        S::Filed => (Dossier::filed(dspip), "2026-01-12"),
        S::Incomplete => {
            let filed = Dossier::filed(dspip);
            let incomplete = filed.then("dspip", "2026-01-12", |it, act| {
                it.declare_incomplete(incomplete(), act)
            });
            (incomplete, "2026-01-20")
        }
        S::UnderInstruction => (instructed(), "2026-02-15"),
        S::Refused => {
            let refused = instructed().then("dspip", "2026-02-15", |it, act| {
                it.refuse(decision("2026-02-15"), refusal(), act)
            });
            (refused, "2026-02-16")
        }
        S::Granted => (Dossier::granted(), "2027-03-01"),
        S::RenewalRequested => {
            let asked = Dossier::granted()
                .then("host", "2030-11-01", Habilitation::request_renewal)
                .asking(OpinionGiver::Prosecutor, "2030-11-10")
                .asking(OpinionGiver::EnforcementJudge, "2030-11-10");
            (asked, "2030-12-10")
        }
        S::WithdrawalOpen if verb == Verb::RequestOpinion => (Dossier::withdrawing(), "2027-03-21"),
        S::WithdrawalOpen => (withdrawing(), "2027-04-21"),
        S::Withdrawn => {
            let withdrawn = withdrawing().then("dspip", "2027-04-21", |it, act| {
                it.withdraw(decision("2027-04-21"), withdrawal(), act)
            });
            (withdrawn, "2027-05-01")
        }
        S::Expired => {
            let granted = Dossier::granted().0;
            let law = super::support::law();
            let over = granted.pass_time("2031-02-15".parse().unwrap(), &law);
            (Dossier(over.unwrap().habilitation, vec![]), "2031-02-15")
        }
    }
}

/// Makes the move with facts that hold on `today`.
fn make(verb: Verb, dossier: Habilitation, today: &str, act: &Act<'_>) -> Result<Moved, Refused> {
    let change = || ChangeFacts {
        changed_on: today.parse().unwrap(),
        documents: vec![document(DocumentKind::Statutes)],
        statement: None,
    };
    let incomplete = || IncompletenessFacts {
        missing_documents: vec![DocumentKind::EstablishmentsList],
        statement: None,
        answer_by: None,
    };
    match verb {
        Verb::File => dossier.file(&host(), act),
        Verb::DeclareIncomplete => dossier.declare_incomplete(incomplete(), act),
        Verb::StartInstruction => dossier.start_instruction(act),
        Verb::RequestOpinion => dossier.request_opinion(asked(OpinionGiver::Prefect, today), act),
        Verb::GiveOpinion => dossier.give_opinion(given(OpinionGiver::Prosecutor, today), act),
        Verb::Grant => dossier.grant(decision(today), act),
        Verb::Refuse => dossier.refuse(decision(today), refusal(), act),
        Verb::DeclareChange => dossier.declare_change(change(), act),
        Verb::RequestRenewal => dossier.request_renewal(act),
        Verb::OpenWithdrawal => dossier.open_withdrawal(withdrawal_facts(today), act),
        Verb::RecordObservations => {
            let mut facts = nothing_said();
            facts.statement = "Nous avons changé d'encadrant.".parse().ok();
            dossier.record_observations(facts, act)
        }
        Verb::Withdraw => dossier.withdraw(decision(today), withdrawal(), act),
        Verb::Maintain => dossier.maintain(decision(today), act),
    }
}

/// What came of a move, in one word.
fn outcome(result: Result<Moved, Refused>) -> String {
    match result {
        Ok(moved) => moved.habilitation.course().status.code().to_owned(),
        Err(Refused::Unseen) => "unseen".to_owned(),
        Err(Refused::OutOfPerimeter) => "no".to_owned(),
        Err(Refused::WrongAuthority(_)) => "wrong".to_owned(),
        Err(Refused::TransitionNotAllowed { .. }) => "not allowed".to_owned(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_move_in_every_state_by_every_client_has_its_one_outcome() {
    let (moves, who) = (table(MOVES), table(WHO));
    assert_eq!(
        moves.len(),
        HabilitationStatus::all().len() * Verb::ALL.len()
    );
    assert_eq!(who.len(), CLIENTS.len() * Verb::ALL.len());
    for status in HabilitationStatus::all() {
        for verb in Verb::ALL {
            let (dossier, today) = dossier(*status, verb);
            assert_eq!(dossier.status(), *status);
            for name in CLIENTS {
                let unseen = UNSEEN
                    .iter()
                    .any(|(state, clients)| *state == status.code() && clients.contains(&name));
                // The préfet is asked in a withdrawal alone.
                let prefect = name == "prefect"
                    && ["withdrawal_open", "withdrawn"].contains(&status.code())
                    && dossier.0.course().proceedings[1].opinions.len() == 3;
                let expected = match (
                    who[&(name, verb.name())],
                    moves[&(status.code(), verb.name())],
                ) {
                    _ if unseen => "unseen",
                    _ if prefect && verb == Verb::GiveOpinion => "wrong",
                    _ if prefect => "no",
                    ("-", _) => "unseen",
                    ("yes", "-") => "not allowed",
                    ("yes", next) => next,
                    (refused, _) => refused,
                };
                let found = by(name, today, |act| make(verb, dossier.0.clone(), today, act));
                let case = format!("{} {} {name}", status.code(), verb.name());
                assert_eq!(outcome(found), expected, "{case}");
            }
        }
    }
}

#[test]
fn a_move_that_is_not_allowed_says_which_are_for_this_caller() {
    for (name, status, expected) in [
        ("host", HabilitationStatus::Draft, vec![Verb::File]),
        (
            "dspip",
            HabilitationStatus::Filed,
            vec![Verb::DeclareIncomplete, Verb::StartInstruction],
        ),
        (
            "host",
            HabilitationStatus::Granted,
            vec![Verb::DeclareChange, Verb::RequestRenewal],
        ),
        (
            "dspip",
            HabilitationStatus::Granted,
            vec![Verb::OpenWithdrawal],
        ),
        (
            "prosecutor",
            HabilitationStatus::UnderInstruction,
            vec![Verb::GiveOpinion],
        ),
        (
            "host",
            HabilitationStatus::WithdrawalOpen,
            vec![Verb::RecordObservations],
        ),
        ("dspip", HabilitationStatus::Refused, vec![]),
    ] {
        let (dossier, today) = dossier(status, Verb::Grant);
        let client = super::support::client(name);
        let standing = dossier.0.standing(&client.who()).unwrap();
        let found = dossier.0.allowed(standing, today.parse().unwrap());
        assert_eq!(found, expected, "{name} {status:?}");
    }
    let (draft, today) = dossier(HabilitationStatus::Granted, Verb::Grant);
    let refused = by("dspip", today, |act| draft.0.start_instruction(act));
    let expected = Refused::TransitionNotAllowed {
        status: HabilitationStatus::Granted,
        allowed: vec![Verb::OpenWithdrawal],
    };
    assert_eq!(refused, Err(expected));
}

#[test]
fn what_is_left_of_a_move_is_restored_as_it_was() {
    for status in HabilitationStatus::all() {
        let kept = dossier(*status, Verb::Grant).0.0;
        let (facts, course) = kept.clone().into_inner();
        let again = Habilitation::restore(kept.id, kept.record, facts, course);
        assert_eq!(again, Ok(kept), "{status:?}");
    }
}

#[test]
fn verbs_have_the_names_of_their_addresses() {
    let names: std::collections::BTreeSet<_> = Verb::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), 13);
    let plain = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    assert!(names.iter().all(plain));
}
