//! A dossier as those read it whom it concerns.

use domain::{
    habilitations::{
        AcceptedDocument, Course, DeclaredChange, Document, Habilitation, HabilitationFacts,
        Incompleteness, Proceeding, Requirement, Stage, Standing,
    },
    kernel::{Period, Record, Term},
    territories::DepartementCode,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    codes::{CodedAuthority, CodedDocumentKind, CodedHostKind, CodedStatus},
    proceedings::{ProceedingOutput, WithdrawalOutput, proceeding, withdrawal},
};
use crate::{
    habilitations::view::View,
    kernel::dates::{date, instant},
    territories::{PlaceOutput, place_of_departement},
};

/// A dossier of habilitation. It is not public, and its readings are written down.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Habilitation)]
pub struct HabilitationOutput {
    /// Its identifier.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub id: String,
    /// The host, by its id as a partner.
    #[schema(format = "uuid", min_length = 36, max_length = 36)]
    pub partner: String,
    /// The authority that decides.
    pub authority: CodedAuthority,
    /// The département for which the habilitation is asked; absent of a national one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub departement: Option<PlaceOutput>,
    /// As what the organisation hosts.
    pub host_kind: CodedHostKind,
    /// What it does and what work it means to offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 4000)]
    pub presentation: Option<String>,
    /// What is known of its documents; the files stay with the host.
    #[schema(max_items = 50)]
    pub documents: Vec<DocumentOutput>,
    /// Where it is today; time alone makes it `expired`.
    pub status: CodedStatus,
    /// Whether the host is habilitated today.
    pub in_force: bool,
    /// The first day of the period that was granted last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-03-02")]
    pub valid_from: Option<String>,
    /// The last day of what was granted, which is included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2031-03-01")]
    pub valid_until: Option<String>,
    /// The day it was first filed; absent of a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-01-15")]
    pub filed_on: Option<String>,
    /// What such a host files with such an authority: by the law of today while the dossier is in
    /// preparation, by that of the day it was filed once it is not.
    #[schema(max_items = 20)]
    pub required_documents: Vec<RequirementOutput>,
    /// The times it was found incomplete, in order.
    #[schema(max_items = 1000)]
    pub incompletenesses: Vec<IncompletenessOutput>,
    /// The instruction of the first request; absent before it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub instruction: Option<ProceedingOutput>,
    /// The requests of a new period, in order.
    #[schema(max_items = 1000)]
    pub renewals: Vec<ProceedingOutput>,
    /// The procedures of withdrawal, in order.
    #[schema(max_items = 1000)]
    pub withdrawals: Vec<WithdrawalOutput>,
    /// The changes that the host told of, in order.
    #[schema(max_items = 1000)]
    pub changes_declared: Vec<DeclaredChangeOutput>,
    /// The moves that you may make now with this token: `POST` to the address of the dossier,
    /// followed by a slash and the name.
    #[schema(max_items = 13)]
    pub allowed: Vec<&'static str>,
    /// Counts the changes.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 2)]
    pub version: i64,
    /// When it was opened.
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T10:00:00Z")]
    pub created_at: String,
    /// When it last changed.
    #[schema(format = DateTime, max_length = 30, example = "2026-07-01T10:00:00Z")]
    pub updated_at: String,
    /// Where it is read.
    #[schema(format = "uri", max_length = 400)]
    pub url: String,
}

/// What is known of a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HabilitationDocument)]
pub struct DocumentOutput {
    /// What it is.
    pub kind: CodedDocumentKind,
    /// How it is found: a registration number, a number of the Journal officiel.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    pub reference: Option<String>,
    /// The day it bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-01-05")]
    pub issued_on: Option<String>,
    /// The day the authority got it, to which its age is counted; absent before that.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-01-15")]
    pub filed_on: Option<String>,
}

/// What a dossier must hold: one of these documents.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RequiredDocument)]
pub struct RequirementOutput {
    /// The documents, any of which will do.
    #[schema(min_items = 1, max_items = 20)]
    pub any_of: Vec<AcceptedDocumentOutput>,
    /// The article that asks for it.
    #[schema(max_length = 200, example = "CPen R623-2")]
    pub article: String,
}

/// A document that meets a requirement.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AcceptedDocument)]
pub struct AcceptedDocumentOutput {
    /// What it is.
    pub kind: CodedDocumentKind,
    /// The age that it must not have reached on the day it is filed (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 10,
        pattern = "^P[0-9]+[DM]$",
        example = "P3M"
    )]
    pub younger_than: Option<String>,
}

/// That a dossier was found incomplete.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Incompleteness)]
pub struct IncompletenessOutput {
    /// The day it was said.
    #[schema(format = Date, max_length = 10, example = "2026-01-20")]
    pub declared_on: String,
    /// The documents that are missing.
    #[schema(max_items = 50)]
    pub missing_documents: Vec<CodedDocumentKind>,
    /// What is asked for, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000)]
    pub statement: Option<String>,
    /// The last day to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-02-20")]
    pub answer_by: Option<String>,
    /// The day the dossier was filed again; absent until it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "2026-02-02")]
    pub answered_on: Option<String>,
}

/// A change that a habilitated host told of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeclaredChange)]
pub struct DeclaredChangeOutput {
    /// The day it was told.
    #[schema(format = Date, max_length = 10, example = "2027-03-02")]
    pub declared_on: String,
    /// The day it took effect.
    #[schema(format = Date, max_length = 10, example = "2027-02-20")]
    pub changed_on: String,
    /// The documents that changed; `documents` has them as they are now.
    #[schema(max_items = 50)]
    pub documents: Vec<CodedDocumentKind>,
    /// What changed, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000)]
    pub statement: Option<String>,
}

/// A page of dossiers.
#[derive(Debug, Serialize, ToSchema)]
pub struct HabilitationList {
    /// One page.
    #[schema(max_items = 100)]
    pub items: Vec<HabilitationOutput>,
    /// How many there are on all pages, exactly.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 1)]
    pub total: i64,
    /// The absolute address of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", max_length = 9000)]
    pub next: Option<String>,
}

impl HabilitationOutput {
    /// A dossier as it is shown to somebody: the moves that are theirs, and where the host has its
    /// seat, come from without.
    pub(in crate::habilitations) fn new(
        dossier: &Habilitation,
        standing: Standing,
        (allowed, seat): (Vec<&'static str>, Option<&DepartementCode>),
        view: &View<'_>,
    ) -> Self {
        let HabilitationFacts {
            partner,
            jurisdiction,
            host_kind,
            presentation,
            documents,
        } = &**dossier;
        let Course {
            status: _,
            filed_on,
            incompletenesses,
            proceedings: _,
            changes_declared,
        } = dossier.course();
        let Record {
            version,
            created_at,
            updated_at,
        } = dossier.record;
        let shown = |it: &Proceeding| proceeding(it, dossier, standing, view);
        let departement = jurisdiction.departement();
        Self {
            id: dossier.id.to_string(),
            partner: partner.to_string(),
            authority: jurisdiction.authority().into(),
            departement: departement
                .map(|code| place_of_departement(view.reference.territories(), code)),
            host_kind: (*host_kind).into(),
            presentation: presentation.as_ref().map(ToString::to_string),
            documents: documents.iter().map(DocumentOutput::from).collect(),
            status: dossier.status_on(view.today).into(),
            in_force: dossier.in_force_on(view.today),
            valid_from: dossier.period().map(Period::first).map(date),
            valid_until: dossier.valid_until().map(date),
            filed_on: filed_on.map(date),
            required_documents: required(dossier, seat, view),
            incompletenesses: incompletenesses.iter().map(Into::into).collect(),
            instruction: of_stage(dossier, Stage::Grant).map(shown).next(),
            renewals: of_stage(dossier, Stage::Renewal).map(shown).collect(),
            withdrawals: of_stage(dossier, Stage::Withdrawal)
                .filter_map(|it| withdrawal(it, dossier, standing, view))
                .collect(),
            changes_declared: changes_declared.iter().map(Into::into).collect(),
            allowed,
            version,
            created_at: instant(created_at),
            updated_at: instant(updated_at),
            url: format!("{}/v1/habilitations/{}", view.base, dossier.id),
        }
    }
}

fn of_stage(dossier: &Habilitation, stage: Stage) -> impl Iterator<Item = &Proceeding> {
    let all = dossier.course().proceedings.iter();
    all.filter(move |it| it.stage() == stage)
}

fn required(
    dossier: &Habilitation,
    seat: Option<&DepartementCode>,
    view: &View<'_>,
) -> Vec<RequirementOutput> {
    let preparing = dossier.course().status.is_in_preparation();
    let filed_on = dossier.course().filed_on.filter(|_| !preparing);
    let law = view.reference.habilitation_law();
    let authority = dossier.jurisdiction.authority();
    let day = filed_on.unwrap_or(view.today);
    let required = law.requirements(dossier.host_kind, authority, seat, day);
    required.iter().map(RequirementOutput::from).collect()
}

impl From<&Document> for DocumentOutput {
    fn from(document: &Document) -> Self {
        let Document {
            kind,
            reference,
            issued_on,
            filed_on,
        } = document;
        Self {
            kind: (*kind).into(),
            reference: reference.as_ref().map(ToString::to_string),
            issued_on: issued_on.map(date),
            filed_on: filed_on.map(date),
        }
    }
}

impl From<&Requirement> for RequirementOutput {
    fn from(requirement: &Requirement) -> Self {
        let Requirement { any_of, article } = requirement;
        let accepted = |it: &AcceptedDocument| AcceptedDocumentOutput {
            kind: it.kind.into(),
            younger_than: it.younger_than.map(duration),
        };
        Self {
            any_of: any_of.iter().map(accepted).collect(),
            article: article.clone(),
        }
    }
}

/// A term as ISO 8601 writes a duration.
pub(crate) fn duration(term: Term) -> String {
    match term {
        Term::Days(days) => format!("P{days}D"),
        Term::Months(months) => format!("P{months}M"),
    }
}

impl From<&Incompleteness> for IncompletenessOutput {
    fn from(incompleteness: &Incompleteness) -> Self {
        let Incompleteness {
            declared_on,
            missing_documents,
            statement,
            answer_by,
            answered_on,
        } = incompleteness;
        Self {
            declared_on: date(*declared_on),
            missing_documents: missing_documents.iter().copied().map(Into::into).collect(),
            statement: statement.as_ref().map(ToString::to_string),
            answer_by: answer_by.map(date),
            answered_on: answered_on.map(date),
        }
    }
}

impl From<&DeclaredChange> for DeclaredChangeOutput {
    fn from(change: &DeclaredChange) -> Self {
        let DeclaredChange {
            declared_on,
            changed_on,
            documents,
            statement,
        } = change;
        Self {
            declared_on: date(*declared_on),
            changed_on: date(*changed_on),
            documents: documents.iter().copied().map(Into::into).collect(),
            statement: statement.as_ref().map(ToString::to_string),
        }
    }
}
