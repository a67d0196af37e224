//! What the host does: open a dossier, write it, file it, tell of changes, ask for a new period;
//! and what the authority answers when something is missing.

use chrono::NaiveDate;

use super::{Act, not_to_come};
use crate::{
    changes::EventType,
    habilitations::{
        Course, DeclaredChange, Document, DocumentKind, Event, Habilitation, HabilitationFacts,
        HabilitationStatus, Host, Incompleteness, Jurisdiction, Matter, Moved, Proceeding, Refused,
        Verb, document,
    },
    kernel::{Code, Id, Record, Refusal, RefusalCode, Text},
    partners::HostKind,
};

/// What an authority says of an incomplete dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncompletenessFacts {
    /// The documents that are missing.
    pub missing_documents: Vec<DocumentKind>,
    /// What is asked for, in words.
    pub statement: Option<Text<4000>>,
    /// The last day to answer.
    pub answer_by: Option<NaiveDate>,
}

/// What a habilitated host tells of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeFacts {
    /// The day it took effect.
    pub changed_on: NaiveDate,
    /// The documents as they are now.
    pub documents: Vec<Document>,
    /// What changed, in words.
    pub statement: Option<Text<4000>>,
}

impl Habilitation {
    /// Opens a dossier, which is a draft until it is filed.
    pub fn open(
        id: Id<Self>,
        record: Record,
        mut facts: HabilitationFacts,
        host: &Host,
        act: &Act<'_>,
    ) -> Result<Moved, Refused> {
        if !act.who.may_file_for(facts.partner) {
            return Err(Refused::OutOfPerimeter);
        }
        check_facts(&facts, host, act, Vec::new())?;
        keep_filing_days(&mut facts.documents, &[]);
        let course = Course::draft();
        let opened = Self::restore(id, record, facts, course).map_err(Refused::Invalid)?;
        Ok(Moved {
            habilitation: opened,
            events: vec![Event::new(EventType::HabilitationCreated)],
        })
    }

    /// Writes the facts of a dossier in preparation. The host stays who it is; once filed, so
    /// does the authority it was filed with.
    pub fn amend(
        mut self,
        mut facts: HabilitationFacts,
        host: &Host,
        act: &Act<'_>,
    ) -> Result<Moved, Refused> {
        let standing = self.standing(&act.who)?;
        if !standing.may_write() {
            return Err(Refused::OutOfPerimeter);
        }
        let status = self.status_on(act.today);
        check_facts(&facts, host, act, fixed(&self, &facts, status))?;
        if !status.is_in_preparation() {
            return Err(self.not_allowed(standing, act.today));
        }
        keep_filing_days(&mut facts.documents, &self.facts.documents);
        self.facts = facts;
        Ok(Moved {
            habilitation: self,
            events: vec![Event::new(EventType::HabilitationUpdated)],
        })
    }

    /// Whether the dossier may be deleted: a draft alone may, which nobody else has seen.
    pub fn delete(self, act: &Act<'_>) -> Result<Event, Refused> {
        let standing = self.standing(&act.who)?;
        if !standing.may_write() {
            return Err(Refused::OutOfPerimeter);
        }
        if self.course.status != HabilitationStatus::Draft {
            return Err(self.not_allowed(standing, act.today));
        }
        Ok(Event::new(EventType::HabilitationDeleted))
    }

    /// Files the dossier, or files it again once it is completed. It holds every document that
    /// the law asks of such a host.
    pub fn file(self, host: &Host, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::File, act)?;
        check_host(self.host_kind, &self.jurisdiction, host, act)?;
        Refused::unless_empty(another_kind(self.host_kind, host).into_iter().collect())?;
        let mut moving = self.begin(Verb::File, standing, act)?;
        let dossier = &mut moving.dossier;
        let authority = dossier.jurisdiction.authority();
        let law = act.law;
        let required = law.requirements(dossier.host_kind, authority, Some(&host.seat), act.today);
        document::check(&dossier.facts.documents, required, act.today)
            .map_err(Refused::DocumentsMissing)?;
        for document in &mut dossier.facts.documents {
            document.filed_on.get_or_insert(act.today);
        }
        dossier.course.filed_on.get_or_insert(act.today);
        if let Some(answered) = dossier.course.incompletenesses.last_mut() {
            answered.answered_on.get_or_insert(act.today);
        }
        moving.tell(EventType::HabilitationFiled);
        Ok(moving.end())
    }

    /// Says what a filed dossier lacks, and until when it is waited for.
    pub fn declare_incomplete(
        self,
        facts: IncompletenessFacts,
        act: &Act<'_>,
    ) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::DeclareIncomplete, act)?;
        Refused::unless_empty(facts.check(act.today))?;
        let mut moving = self.begin(Verb::DeclareIncomplete, standing, act)?;
        let IncompletenessFacts {
            missing_documents,
            statement,
            answer_by,
        } = facts;
        moving.dossier.course.incompletenesses.push(Incompleteness {
            declared_on: act.today,
            missing_documents,
            statement,
            answer_by,
            answered_on: None,
        });
        moving.tell(EventType::HabilitationIncompleteDeclared);
        Ok(moving.end())
    }

    /// Tells of a change of what was filed (Code pénitentiaire, art. R623-4). The dossier holds
    /// the documents as they are now.
    pub fn declare_change(self, facts: ChangeFacts, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::DeclareChange, act)?;
        Refused::unless_empty(facts.check(act.today))?;
        let mut moving = self.begin(Verb::DeclareChange, standing, act)?;
        let ChangeFacts {
            changed_on,
            documents,
            statement,
        } = facts;
        let kinds: Vec<DocumentKind> = documents.iter().map(|it| it.kind).collect();
        let held = &mut moving.dossier.facts.documents;
        held.retain(|it| !kinds.contains(&it.kind));
        held.extend(documents.into_iter().map(|it| Document {
            filed_on: Some(act.today),
            ..it
        }));
        moving.dossier.course.changes_declared.push(DeclaredChange {
            declared_on: act.today,
            changed_on,
            documents: kinds,
            statement,
        });
        moving.tell(EventType::HabilitationChangeDeclared);
        Ok(moving.end())
    }

    /// Asks for a new period (art. R623-3, last paragraph).
    pub fn request_renewal(self, act: &Act<'_>) -> Result<Moved, Refused> {
        let standing = self.check_who(Verb::RequestRenewal, act)?;
        let mut moving = self.begin(Verb::RequestRenewal, standing, act)?;
        let renewal = Proceeding::open(Matter::Renewal, act.today);
        moving.dossier.course.proceedings.push(renewal);
        moving.tell(EventType::HabilitationRenewalRequested);
        Ok(moving.end())
    }
}

impl IncompletenessFacts {
    fn check(&self, today: NaiveDate) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if self.missing_documents.is_empty() && self.statement.is_none() {
            refusals.push(Refusal::new(
                "/missing_documents",
                RefusalCode::Required,
                "what is missing is said: documents, a statement, or both",
            ));
        }
        for (place, kind) in self.missing_documents.iter().enumerate() {
            if self
                .missing_documents
                .iter()
                .take(place)
                .any(|it| it == kind)
            {
                refusals.push(Refusal::new(
                    format!("/missing_documents/{place}"),
                    RefusalCode::Duplicate,
                    format!("{} is there twice", kind.code()),
                ));
            }
        }
        if self.answer_by.is_some_and(|day| day <= today) {
            refusals.push(Refusal::new(
                "/answer_by",
                RefusalCode::Range,
                "the host has until a day to come",
            ));
        }
        refusals
    }
}

impl ChangeFacts {
    fn check(&self, today: NaiveDate) -> Vec<Refusal> {
        let mut refusals = document::check_list(&self.documents, today);
        refusals.extend(not_to_come("/changed_on", self.changed_on, today));
        if self.documents.is_empty() && self.statement.is_none() {
            refusals.push(Refusal::new(
                "/documents",
                RefusalCode::Required,
                "what changed is said: documents, a statement, or both",
            ));
        }
        refusals
    }
}

/// Refuses facts that this host cannot state, or that this authority decides nothing on, with
/// what is refused already; whom the host asks is not looked at when it may not be changed.
fn check_facts(
    facts: &HabilitationFacts,
    host: &Host,
    act: &Act<'_>,
    mut refusals: Vec<Refusal>,
) -> Result<(), Refused> {
    if refusals.is_empty() {
        check_host(facts.host_kind, &facts.jurisdiction, host, act)?;
    }
    refusals.extend(document::check_list(&facts.documents, act.today));
    refusals.extend(another_kind(facts.host_kind, host));
    Refused::unless_empty(refusals)
}

/// The dossier hosts as the partner says it does.
fn another_kind(kind: HostKind, host: &Host) -> Option<Refusal> {
    host.kind.is_some_and(|own| own != kind).then(|| {
        Refusal::new(
            "/host_kind",
            RefusalCode::Inconsistent,
            "the host kind is that of the partner",
        )
    })
}

/// Refuses a host that needs no habilitation, and one that the authority may not habilitate.
fn check_host(
    kind: HostKind,
    jurisdiction: &Jurisdiction,
    host: &Host,
    act: &Act<'_>,
) -> Result<(), Refused> {
    if host.needs_none() || kind == HostKind::PublicBody {
        return Err(Refused::NotNeeded);
    }
    if act.law.admission(kind, jurisdiction, act.today).is_none() {
        return Err(wrong_authority(kind, jurisdiction, act.today));
    }
    Ok(())
}

/// That such an authority habilitates no such host there on that day.
pub(super) fn wrong_authority(
    kind: HostKind,
    jurisdiction: &Jurisdiction,
    day: NaiveDate,
) -> Refused {
    let place = jurisdiction.departement().map_or_else(
        || "for the whole territory".to_owned(),
        |code| format!("in the département {code}"),
    );
    let (authority, kind) = (jurisdiction.authority().code(), kind.code());
    Refused::WrongAuthority(format!(
        "on {day}, the authority {authority} habilitates no host of kind {kind} {place}"
    ))
}

/// What may not be written any more.
fn fixed(
    dossier: &Habilitation,
    facts: &HabilitationFacts,
    status: HabilitationStatus,
) -> Vec<Refusal> {
    let filed = status != HabilitationStatus::Draft;
    let (old, new) = (&dossier.jurisdiction, &facts.jurisdiction);
    let changed = [
        ("/partner", dossier.partner != facts.partner),
        ("/authority", filed && old.authority() != new.authority()),
        (
            "/departement",
            filed && old.departement() != new.departement(),
        ),
        ("/host_kind", filed && dossier.host_kind != facts.host_kind),
    ];
    let changed = changed.into_iter().filter(|(_, changed)| *changed);
    changed
        .map(|(pointer, _)| {
            Refusal::new(
                pointer,
                RefusalCode::ReadOnly,
                "this stays as it is: another dossier may be opened",
            )
        })
        .collect()
}

/// A document that is not changed keeps the day it was filed; another was not filed yet.
fn keep_filing_days(documents: &mut [Document], held: &[Document]) {
    for document in documents {
        document.filed_on = held
            .iter()
            .find(|it| {
                it.kind == document.kind
                    && it.reference == document.reference
                    && it.issued_on == document.issued_on
            })
            .and_then(|it| it.filed_on);
    }
}
