//! The documents of a dossier: what is said of each, never the file itself.

use chrono::NaiveDate;

use crate::kernel::{Code, Refusal, RefusalCode, Term, Text, code_list};

code_list! {
    /// A document that a dossier holds (Code pénitentiaire, art. R623-2, R623-6).
    pub DocumentKind, "habilitation-documents", "Pièces d'une demande d'habilitation", open, unordered {
        Statutes = "statutes", "Statuts";
        IdentificationNumber = "identification_number", "Numéro unique d'identification";
        AnnualAccounts = "annual_accounts", "Comptes et bilans du dernier exercice";
        JoPublication = "jo_publication", "Publication au Journal officiel";
        AssociationRegister = "association_register", "Inscription au registre des associations du tribunal judiciaire";
        EstablishmentsList = "establishments_list", "Liste des établissements";
        BoardMembers = "board_members", "Membres du bureau";
        GeneralMeetingMinutes = "general_meeting_minutes", "Procès-verbal de la dernière assemblée générale";
        SocialUtilityStatement = "social_utility_statement", "Exposé de l'utilité sociale";
        KbisEss = "kbis_ess", "Extrait Kbis mentionnant la qualité ESS (moins de 3 mois)";
        ManagersIdentity = "managers_identity", "Identité des dirigeants";
        KbisMission = "kbis_mission", "Extrait Kbis mentionnant la qualité de société à mission (moins de 3 mois)";
        MissionReport = "mission_report", "Dernier rapport de mission";
        OtiOpinion = "oti_opinion", "Avis de l'organisme tiers indépendant";
    }
}

/// A document that the host holds at the authority's disposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// How it is found: a registration number, a number of the Journal officiel. Never a person.
    pub reference: Option<Text<200>>,
    /// The day it bears.
    pub issued_on: Option<NaiveDate>,
    /// The day the authority got it; its age is counted to that day.
    pub filed_on: Option<NaiveDate>,
}

/// What a dossier must hold: one of these documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The documents, any of which will do; never empty.
    pub any_of: Vec<AcceptedDocument>,
    /// The article that asks for it.
    pub article: String,
}

/// A document that meets a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptedDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// The age that it must not have reached on the day it is filed.
    pub younger_than: Option<Term>,
}

/// What a dossier lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingDocuments {
    /// The requirements that are not met.
    pub missing: Vec<Requirement>,
    /// Documents that are there and do not do, each with its place.
    pub refusals: Vec<Refusal>,
}

impl Requirement {
    /// The kinds of documents, any of which will do.
    pub fn kinds(&self) -> impl Iterator<Item = DocumentKind> + '_ {
        self.any_of.iter().map(|accepted| accepted.kind)
    }
}

/// Checks the documents of a dossier that is filed on `today`.
pub(super) fn check(
    documents: &[Document],
    requirements: Vec<Requirement>,
    today: NaiveDate,
) -> Result<(), MissingDocuments> {
    let mut refusals = Vec::new();
    let missing: Vec<Requirement> = requirements
        .into_iter()
        .filter(|requirement| !is_met(requirement, documents, today, &mut refusals))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(MissingDocuments { missing, refusals })
    }
}

/// Every broken rule of the documents among themselves, on `today`.
pub(super) fn check_list(documents: &[Document], today: NaiveDate) -> Vec<Refusal> {
    let mut refusals = repeated(documents);
    for (place, document) in documents.iter().enumerate() {
        if document.issued_on.is_some_and(|day| day > today) {
            refusals.push(Refusal::new(
                format!("/documents/{place}/issued_on"),
                RefusalCode::Range,
                "a document does not bear a day to come",
            ));
        }
    }
    refusals
}

/// A document is there once.
pub(super) fn repeated(documents: &[Document]) -> Vec<Refusal> {
    let kinds: Vec<DocumentKind> = documents.iter().map(|it| it.kind).collect();
    let twice = |place: usize, kind: &DocumentKind| kinds.iter().take(place).any(|it| it == kind);
    kinds
        .iter()
        .enumerate()
        .filter(|(place, kind)| twice(*place, kind))
        .map(|(place, kind)| {
            Refusal::new(
                format!("/documents/{place}/kind"),
                RefusalCode::Duplicate,
                format!("{} is there twice", kind.code()),
            )
        })
        .collect()
}

fn is_met(
    requirement: &Requirement,
    documents: &[Document],
    today: NaiveDate,
    refusals: &mut Vec<Refusal>,
) -> bool {
    let mut met = false;
    for accepted in &requirement.any_of {
        let placed = documents.iter().enumerate();
        for (place, document) in placed.filter(|(_, it)| it.kind == accepted.kind) {
            match too_old(document, *accepted, today) {
                None => met = true,
                Some(refusal) => refusals.push(refusal.under(&format!("/documents/{place}"))),
            }
        }
    }
    met
}

/// "Datant de moins de trois mois" (art. R623-2): the day on which it is three months old is late.
fn too_old(document: &Document, accepted: AcceptedDocument, today: NaiveDate) -> Option<Refusal> {
    let limit = accepted.younger_than?;
    let filed_on = document.filed_on.unwrap_or(today);
    let (code, detail) = match document.issued_on {
        None => (
            RefusalCode::Required,
            format!("the day of a document that must be less than {limit} old is given"),
        ),
        Some(issued_on) if limit.after(issued_on) <= filed_on => (
            RefusalCode::Range,
            format!("the document is less than {limit} old on the day it is filed"),
        ),
        Some(_) => return None,
    };
    Some(Refusal::new("/issued_on", code, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn document(kind: DocumentKind, issued_on: Option<&str>) -> Document {
        Document {
            kind,
            reference: None,
            issued_on: issued_on.map(day),
            filed_on: None,
        }
    }

    fn one_of(kinds: &[DocumentKind], months: Option<u16>) -> Requirement {
        let accepted = |kind: &DocumentKind| AcceptedDocument {
            kind: *kind,
            younger_than: months.map(Term::Months),
        };
        Requirement {
            any_of: kinds.iter().map(accepted).collect(),
            article: "R623-2".to_owned(),
        }
    }

    #[test]
    fn any_of_the_accepted_documents_meets_a_requirement() {
        use DocumentKind::{AssociationRegister, JoPublication, Statutes};
        let wanted = || vec![one_of(&[JoPublication, AssociationRegister], None)];
        let today = day("2026-09-01");
        for kind in [JoPublication, AssociationRegister] {
            assert_eq!(check(&[document(kind, None)], wanted(), today), Ok(()));
        }
        let lacks = check(&[document(Statutes, None)], wanted(), today).unwrap_err();
        assert_eq!(lacks.missing, wanted());
        assert!(lacks.refusals.is_empty());
    }

    #[test]
    fn an_extract_is_less_than_three_months_old_on_the_day_it_is_filed() {
        let wanted = || vec![one_of(&[DocumentKind::KbisEss], Some(3))];
        let extract = |issued_on| [document(DocumentKind::KbisEss, issued_on)];
        for (issued_on, filed_on, accepted) in [
            ("2026-06-02", "2026-09-01", true),
            ("2026-06-01", "2026-09-01", false),
            ("2026-11-30", "2027-02-27", true),
            ("2026-11-30", "2027-02-28", false),
            ("2027-11-30", "2028-02-28", true),
            ("2027-11-30", "2028-02-29", false),
        ] {
            let found = check(&extract(Some(issued_on)), wanted(), day(filed_on));
            assert_eq!(found.is_ok(), accepted, "{issued_on} on {filed_on}");
        }
        let undated = check(&extract(None), wanted(), day("2026-09-01")).unwrap_err();
        assert_eq!(undated.refusals[0].pointer, "/documents/0/issued_on");
        assert_eq!(undated.refusals[0].code, RefusalCode::Required);
    }

    #[test]
    fn the_age_is_that_of_the_day_it_was_first_filed() {
        let wanted = vec![one_of(&[DocumentKind::KbisEss], Some(3))];
        let filed = Document {
            filed_on: Some(day("2026-08-31")),
            ..document(DocumentKind::KbisEss, Some("2026-06-01"))
        };
        assert_eq!(check(&[filed], wanted, day("2026-12-01")), Ok(()));
    }

    #[test]
    fn a_document_is_there_once_and_bears_no_day_to_come() {
        let list = [
            document(DocumentKind::Statutes, Some("2026-09-02")),
            document(DocumentKind::Statutes, None),
        ];
        let refusals = check_list(&list, day("2026-09-01"));
        let found: Vec<_> = refusals.iter().map(|it| (&*it.pointer, it.code)).collect();
        let expected = [
            ("/documents/1/kind", RefusalCode::Duplicate),
            ("/documents/0/issued_on", RefusalCode::Range),
        ];
        assert_eq!(found, expected);
    }
}
