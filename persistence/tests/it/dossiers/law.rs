//! A law of these tests.

use domain::habilitations::{
    AcceptedDocument, Admission, DocumentKind, DocumentRule, HabilitationAuthority,
    HabilitationLaw, LawRows, NotificationRecipient, NotificationRule, Procedure, Ruling, Stage,
};
use domain::kernel::{Code, Term, Validity};
use domain::partners::HostKind;

use super::GIVERS;

/// Associations before any authority, on their statutes; a month for the two magistrates, five
/// years, two who are told.
pub(crate) fn law() -> HabilitationLaw {
    let mut rows = LawRows::default();
    for authority in HabilitationAuthority::all() {
        rows.admissions.push(admission(*authority));
        rows.documents.push(statutes(*authority));
        let procedures = Stage::ALL.map(|stage| procedure(*authority, stage));
        rows.procedures.extend(procedures);
        let notifications = Ruling::ALL.map(|ruling| notification(*authority, ruling));
        rows.notifications.extend(notifications);
    }
    HabilitationLaw::new(rows).unwrap()
}

fn admission(authority: HabilitationAuthority) -> Admission {
    Admission {
        authority,
        host_kind: HostKind::Association,
        only_in: Vec::new(),
        not_in: Vec::new(),
        article: "R623-2".to_owned(),
        validity: Validity::default(),
    }
}

fn statutes(authority: HabilitationAuthority) -> DocumentRule {
    DocumentRule {
        authority,
        host_kind: HostKind::Association,
        requirement: 1,
        document: AcceptedDocument {
            kind: DocumentKind::Statutes,
            younger_than: None,
        },
        seats: Vec::new(),
        article: "R623-2".to_owned(),
        validity: Validity::default(),
    }
}

fn procedure(authority: HabilitationAuthority, stage: Stage) -> Procedure {
    let givers = if authority.is_national() {
        Vec::new()
    } else {
        GIVERS.to_vec()
    };
    let asked = if stage == Stage::Renewal {
        Vec::new()
    } else {
        givers.clone()
    };
    Procedure {
        authority,
        stage,
        givers,
        required: asked.clone(),
        opinion_delay: (!asked.is_empty()).then_some(Term::Months(1)),
        awaited: asked,
        length: (stage != Stage::Withdrawal).then_some(Term::Months(60)),
        silence: None,
        article: "R623-3".to_owned(),
        validity: Validity::default(),
    }
}

fn notification(authority: HabilitationAuthority, ruling: Ruling) -> NotificationRule {
    NotificationRule {
        authority,
        ruling,
        recipients: vec![
            NotificationRecipient::Host,
            NotificationRecipient::CourtPresident,
        ],
        article: "R623-3".to_owned(),
        validity: Validity::default(),
    }
}
