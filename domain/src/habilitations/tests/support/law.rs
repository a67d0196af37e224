//! A law of these tests, shorter than the real one.

use super::day;
use crate::{
    habilitations::{
        AcceptedDocument, Admission, DocumentKind, DocumentRule, HabilitationAuthority,
        HabilitationLaw, LawRows, NotificationRecipient, NotificationRule, OpinionGiver, Procedure,
        Ruling, Stage,
    },
    kernel::{Code, Term, Validity},
    partners::HostKind,
};

const GIVERS: [OpinionGiver; 3] = [
    OpinionGiver::Prosecutor,
    OpinionGiver::EnforcementJudge,
    OpinionGiver::Prefect,
];

fn procedure(authority: HabilitationAuthority, stage: Stage) -> Procedure {
    let month = Some(Term::Months(1));
    let magistrates = GIVERS[..2].to_vec();
    let (givers, required, awaited) = match (authority.is_national(), stage) {
        (true, _) => (vec![], vec![], vec![]),
        (false, Stage::Grant) => (GIVERS.to_vec(), magistrates.clone(), magistrates),
        (false, Stage::Renewal) => (GIVERS.to_vec(), vec![], magistrates),
        (false, Stage::Withdrawal) => (GIVERS.to_vec(), GIVERS.to_vec(), GIVERS.to_vec()),
    };
    Procedure {
        authority,
        stage,
        opinion_delay: month.filter(|_| !awaited.is_empty()),
        givers,
        required,
        awaited,
        length: (stage != Stage::Withdrawal).then_some(Term::Months(60)),
        silence: None,
        article: "R623-3".to_owned(),
        validity: Validity::new(Some(day("2022-05-01")), None).unwrap(),
    }
}

fn notification(authority: HabilitationAuthority, ruling: Ruling) -> NotificationRule {
    use NotificationRecipient as To;
    let recipients = match (authority, ruling) {
        (HabilitationAuthority::GardeDesSceaux, _) | (_, Ruling::Refuse) => vec![To::Host],
        (HabilitationAuthority::DtPjj, _) => {
            vec![To::JuvenileJudge, To::Prosecutor, To::Prefect, To::Host]
        }
        (HabilitationAuthority::Dspip, _) => vec![
            To::Host,
            To::CourtPresident,
            To::EnforcementJudge,
            To::Prosecutor,
            To::Prefect,
        ],
    };
    NotificationRule {
        authority,
        ruling,
        recipients,
        article: "R623-3".to_owned(),
        validity: Validity::default(),
    }
}

/// A law of these tests: associations before any authority, companies of the social economy
/// before the director of probation, on a part of the documents.
pub(in crate::habilitations) fn law_rows() -> LawRows {
    let authorities = HabilitationAuthority::all();
    let admission = |authority, host_kind| Admission {
        authority,
        host_kind,
        only_in: Vec::new(),
        not_in: vec!["988".parse().unwrap()],
        article: "R623-2".to_owned(),
        validity: Validity::default(),
    };
    let mut admissions: Vec<Admission> = authorities
        .iter()
        .map(|it| admission(*it, HostKind::Association))
        .collect();
    let dspip = HabilitationAuthority::Dspip;
    admissions.push(admission(dspip, HostKind::EssCompany));
    admissions.push(Admission {
        only_in: vec!["33".parse().unwrap()],
        validity: Validity::new(None, Some(day("2027-12-31"))).unwrap(),
        ..admission(dspip, HostKind::SocieteAMission)
    });
    let document = |authority, host_kind, requirement, kind, months: Option<u16>| DocumentRule {
        authority,
        host_kind,
        requirement,
        document: AcceptedDocument {
            kind,
            younger_than: months.map(Term::Months),
        },
        seats: Vec::new(),
        article: "R623-2".to_owned(),
        validity: Validity::default(),
    };
    let mut documents = Vec::new();
    for authority in authorities {
        let of = |number, kind| document(*authority, HostKind::Association, number, kind, None);
        documents.push(of(2, DocumentKind::Statutes));
        documents.push(of(1, DocumentKind::JoPublication));
        documents.push(DocumentRule {
            seats: vec!["67".parse().unwrap()],
            ..of(1, DocumentKind::AssociationRegister)
        });
    }
    let kbis = DocumentKind::KbisEss;
    documents.push(document(dspip, HostKind::EssCompany, 1, kbis, Some(3)));
    let each = |authority: &HabilitationAuthority| {
        let authority = *authority;
        Stage::ALL.map(|stage| procedure(authority, stage))
    };
    let told = |authority: &HabilitationAuthority| {
        let authority = *authority;
        Ruling::ALL.map(|ruling| notification(authority, ruling))
    };
    LawRows {
        admissions,
        documents,
        procedures: authorities.iter().flat_map(each).collect(),
        notifications: authorities.iter().flat_map(told).collect(),
    }
}

pub(in crate::habilitations) fn law() -> HabilitationLaw {
    HabilitationLaw::new(law_rows()).unwrap()
}
