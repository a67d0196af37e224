//! The law of habilitations: who may be habilitated by whom, with which documents, how a decision
//! is come to and who is told.

use domain::{
    habilitations::{
        AcceptedDocument, Admission, DocumentRule, HabilitationLaw, LawRows, NotificationRule,
        Procedure, Ruling, SilenceEffect, SilenceRule, Stage,
    },
    kernel::{Term, Validity},
};

use crate::{
    DataError,
    table::{Row, Table, table},
};

const HOSTS: Table = table!("habilitation_hosts.csv");
const DOCUMENTS: Table = table!("habilitation_documents.csv");
const PROCEDURES: Table = table!("habilitation_procedures.csv");
const NOTIFICATIONS: Table = table!("habilitation_notifications.csv");

pub(crate) fn read() -> Result<HabilitationLaw, DataError> {
    let rows = LawRows {
        admissions: HOSTS.read(admission)?,
        documents: DOCUMENTS.read(document)?,
        procedures: PROCEDURES.read(procedure)?,
        notifications: NOTIFICATIONS.read(notification)?,
    };
    HabilitationLaw::new(rows).map_err(|reasons| DataError::Contradiction {
        what: "the law of habilitations",
        reasons,
    })
}

fn admission(row: &Row<'_>) -> Result<Admission, DataError> {
    Ok(Admission {
        authority: row.code("authority")?,
        host_kind: row.code("host_kind")?,
        only_in: row.list("only_in")?,
        not_in: row.list("not_in")?,
        article: row.get("article")?,
        validity: validity(row)?,
    })
}

fn document(row: &Row<'_>) -> Result<DocumentRule, DataError> {
    Ok(DocumentRule {
        authority: row.code("authority")?,
        host_kind: row.code("host_kind")?,
        requirement: row.get("requirement")?,
        document: AcceptedDocument {
            kind: row.code("document")?,
            younger_than: months(row, "younger_than_months")?,
        },
        seats: row.list("seats")?,
        article: row.get("article")?,
        validity: validity(row)?,
    })
}

fn procedure(row: &Row<'_>) -> Result<Procedure, DataError> {
    let stage = row.text("stage")?;
    let unknown = || row.wrong("stage", format!("{stage} is no stage of a dossier"));
    Ok(Procedure {
        authority: row.code("authority")?,
        stage: Stage::parse(stage).ok_or_else(unknown)?,
        givers: row.codes("givers")?,
        required: row.codes("required")?,
        awaited: row.codes("awaited")?,
        opinion_delay: months(row, "opinion_months")?,
        length: months(row, "length_months")?,
        silence: silence(row)?,
        article: row.get("article")?,
        validity: validity(row)?,
    })
}

fn silence(row: &Row<'_>) -> Result<Option<SilenceRule>, DataError> {
    let effect = match row.text("silence")? {
        "" => return Ok(None),
        "acceptance" => SilenceEffect::Acceptance,
        "refusal" => SilenceEffect::Refusal,
        other => return Err(row.wrong("silence", format!("{other} is no decision"))),
    };
    Ok(Some(SilenceRule {
        effect,
        after: Term::Months(row.get("silence_months")?),
        appeal: row.optional("appeal")?,
        article: row.get("article")?,
    }))
}

fn notification(row: &Row<'_>) -> Result<NotificationRule, DataError> {
    let decision = row.text("decision")?;
    let unknown = || row.wrong("decision", format!("{decision} is no kind of decision"));
    Ok(NotificationRule {
        authority: row.code("authority")?,
        ruling: Ruling::parse(decision).ok_or_else(unknown)?,
        recipients: row.codes("recipients")?,
        article: row.get("article")?,
        validity: validity(row)?,
    })
}

fn months(row: &Row<'_>, column: &'static str) -> Result<Option<Term>, DataError> {
    Ok(row.optional(column)?.map(Term::Months))
}

/// The days on which a row is in force, the last one included.
pub(crate) fn validity(row: &Row<'_>) -> Result<Validity, DataError> {
    let (from, until) = (row.optional("from")?, row.optional("until")?);
    Validity::new(from, until).map_err(|error| row.wrong("until", error))
}
