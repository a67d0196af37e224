//! A law of these tests.

use domain::habilitations::{
    AcceptedDocument, Admission, DocumentKind, DocumentRule, HabilitationAuthority,
    HabilitationLaw, LawRows, NotificationRecipient, NotificationRule, Procedure, Ruling, Stage,
};
use domain::kernel::{Code, Term, Validity};
use domain::partners::HostKind;

use super::GIVERS;

/// Associations before any authority, on their statutes; a month for the two
/// magistrates, five years, two who are told.
pub(crate) fn law() -> HabilitationLaw {
    let mut rows = LawRows::default();
    for authority in HabilitationAuthority::all() {
        let authority = *authority;
        let article = "R623-2".to_owned();
        let validity = Validity::default();
        rows.admissions.push(Admission {
            authority,
            host_kind: HostKind::Association,
            only_in: Vec::new(),
            not_in: Vec::new(),
            article: article.clone(),
            validity,
        });
        rows.documents.push(DocumentRule {
            authority,
            host_kind: HostKind::Association,
            requirement: 1,
            document: AcceptedDocument {
                kind: DocumentKind::Statutes,
                younger_than: None,
            },
            seats: Vec::new(),
            article: article.clone(),
            validity,
        });
        let givers = if authority.is_national() {
            Vec::new()
        } else {
            GIVERS.to_vec()
        };
        for stage in Stage::ALL {
            let asked = if stage == Stage::Renewal {
                Vec::new()
            } else {
                givers.clone()
            };
            rows.procedures.push(Procedure {
                authority,
                stage,
                givers: givers.clone(),
                required: asked.clone(),
                opinion_delay: (!asked.is_empty()).then_some(Term::Months(1)),
                awaited: asked,
                length: (stage != Stage::Withdrawal).then_some(Term::Months(60)),
                silence: None,
                article: article.clone(),
                validity,
            });
        }
        for ruling in Ruling::ALL {
            rows.notifications.push(NotificationRule {
                authority,
                ruling,
                recipients: vec![
                    NotificationRecipient::Host,
                    NotificationRecipient::CourtPresident,
                ],
                article: article.clone(),
                validity,
            });
        }
    }
    HabilitationLaw::new(rows).unwrap()
}
