//! What a dossier consists of besides its row: documents, what was missing, changes, proceedings.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::{DeclaredChange, Document, Habilitation, Incompleteness, Proceeding};
use domain::kernel::Code;

use super::proceedings;
use crate::kernel::row::{Reading, rank, words};
use crate::kernel::types::DbKey;
use crate::kernel::{Conn, DbError};
use crate::schema::{habilitation_changes, habilitation_documents, habilitation_incompletenesses};

/// The parts of a dossier, each list in its order.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) documents: Vec<Document>,
    pub(super) incompletenesses: Vec<Incompleteness>,
    pub(super) proceedings: Vec<Proceeding>,
    pub(super) changes_declared: Vec<DeclaredChange>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_documents)]
struct DocumentRow {
    habilitation_id: DbKey,
    kind: String,
    rank: i32,
    reference: Option<String>,
    issued_on: Option<NaiveDate>,
    filed_on: Option<NaiveDate>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_incompletenesses)]
struct IncompletenessRow {
    habilitation_id: DbKey,
    rank: i32,
    declared_on: NaiveDate,
    missing_documents: String,
    statement: Option<String>,
    answer_by: Option<NaiveDate>,
    answered_on: Option<NaiveDate>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = habilitation_changes)]
struct ChangeRow {
    habilitation_id: DbKey,
    rank: i32,
    declared_on: NaiveDate,
    changed_on: NaiveDate,
    documents: String,
    statement: Option<String>,
}

/// The parts of some dossiers, by the dossier they belong to; few enough for one statement.
pub(super) fn of(conn: &mut Conn, owners: &[DbKey]) -> Result<HashMap<DbKey, Parts>, DbError> {
    let mut found: HashMap<DbKey, Parts> = HashMap::new();
    let documents = habilitation_documents::table
        .filter(habilitation_documents::habilitation_id.eq_any(owners))
        .order(habilitation_documents::rank)
        .select(DocumentRow::as_select())
        .load(conn)?;
    for row in documents {
        let owner = row.habilitation_id;
        let document = row.into_document()?;
        found.entry(owner).or_default().documents.push(document);
    }
    let incompletenesses = habilitation_incompletenesses::table
        .filter(habilitation_incompletenesses::habilitation_id.eq_any(owners))
        .order(habilitation_incompletenesses::rank)
        .select(IncompletenessRow::as_select())
        .load(conn)?;
    for row in incompletenesses {
        let parts = found.entry(row.habilitation_id).or_default();
        parts.incompletenesses.push(row.into_incompleteness()?);
    }
    let changes = habilitation_changes::table
        .filter(habilitation_changes::habilitation_id.eq_any(owners))
        .order(habilitation_changes::rank)
        .select(ChangeRow::as_select())
        .load(conn)?;
    for row in changes {
        let parts = found.entry(row.habilitation_id).or_default();
        parts.changes_declared.push(row.into_change()?);
    }
    for (owner, proceedings) in proceedings::of(conn, owners)? {
        found.entry(owner).or_default().proceedings = proceedings;
    }
    Ok(found)
}

/// Adds the parts of a dossier that has none.
pub(super) fn insert(conn: &mut Conn, dossier: &Habilitation) -> Result<(), DbError> {
    let owner = DbKey(dossier.id.uuid());
    for (place, document) in dossier.documents.iter().enumerate() {
        diesel::insert_into(habilitation_documents::table)
            .values(DocumentRow::new(owner, rank(place), document))
            .execute(conn)?;
    }
    let course = dossier.course();
    for (place, one) in course.incompletenesses.iter().enumerate() {
        diesel::insert_into(habilitation_incompletenesses::table)
            .values(IncompletenessRow::new(owner, rank(place), one))
            .execute(conn)?;
    }
    for (place, change) in course.changes_declared.iter().enumerate() {
        diesel::insert_into(habilitation_changes::table)
            .values(ChangeRow::new(owner, rank(place), change))
            .execute(conn)?;
    }
    proceedings::insert(conn, owner, &course.proceedings)
}

/// Removes the parts of a dossier.
pub(super) fn remove(conn: &mut Conn, owner: DbKey) -> Result<(), DbError> {
    use crate::schema::{
        habilitation_changes::dsl as changes, habilitation_documents::dsl as documents,
        habilitation_incompletenesses::dsl as incompletenesses,
    };
    proceedings::remove(conn, owner)?;
    let theirs = changes::habilitation_changes.filter(changes::habilitation_id.eq(owner));
    diesel::delete(theirs).execute(conn)?;
    let theirs = incompletenesses::habilitation_incompletenesses
        .filter(incompletenesses::habilitation_id.eq(owner));
    diesel::delete(theirs).execute(conn)?;
    let theirs = documents::habilitation_documents.filter(documents::habilitation_id.eq(owner));
    diesel::delete(theirs).execute(conn)?;
    Ok(())
}

impl DocumentRow {
    fn new(habilitation_id: DbKey, rank: i32, document: &Document) -> Self {
        let Document {
            kind,
            reference,
            issued_on,
            filed_on,
        } = document;
        Self {
            habilitation_id,
            kind: kind.code().to_owned(),
            rank,
            reference: reference.as_ref().map(ToString::to_string),
            issued_on: *issued_on,
            filed_on: *filed_on,
        }
    }

    fn into_document(self) -> Result<Document, DbError> {
        let reading = Reading {
            table: "habilitation_documents",
            id: self.habilitation_id,
        };
        Ok(Document {
            kind: reading.code(&self.kind)?,
            reference: reading.maybe_text(self.reference.as_deref())?,
            issued_on: self.issued_on,
            filed_on: self.filed_on,
        })
    }
}

impl IncompletenessRow {
    fn new(habilitation_id: DbKey, rank: i32, one: &Incompleteness) -> Self {
        let Incompleteness {
            declared_on,
            missing_documents,
            statement,
            answer_by,
            answered_on,
        } = one;
        Self {
            habilitation_id,
            rank,
            declared_on: *declared_on,
            missing_documents: words(missing_documents),
            statement: statement.as_ref().map(ToString::to_string),
            answer_by: *answer_by,
            answered_on: *answered_on,
        }
    }

    fn into_incompleteness(self) -> Result<Incompleteness, DbError> {
        let reading = Reading {
            table: "habilitation_incompletenesses",
            id: self.habilitation_id,
        };
        Ok(Incompleteness {
            declared_on: self.declared_on,
            missing_documents: reading.codes(&self.missing_documents)?,
            statement: reading.maybe_text(self.statement.as_deref())?,
            answer_by: self.answer_by,
            answered_on: self.answered_on,
        })
    }
}

impl ChangeRow {
    fn new(habilitation_id: DbKey, rank: i32, change: &DeclaredChange) -> Self {
        let DeclaredChange {
            declared_on,
            changed_on,
            documents,
            statement,
        } = change;
        Self {
            habilitation_id,
            rank,
            declared_on: *declared_on,
            changed_on: *changed_on,
            documents: words(documents),
            statement: statement.as_ref().map(ToString::to_string),
        }
    }

    fn into_change(self) -> Result<DeclaredChange, DbError> {
        let reading = Reading {
            table: "habilitation_changes",
            id: self.habilitation_id,
        };
        Ok(DeclaredChange {
            declared_on: self.declared_on,
            changed_on: self.changed_on,
            documents: reading.codes(&self.documents)?,
            statement: reading.maybe_text(self.statement.as_deref())?,
        })
    }
}
