//! The row of a dossier, with what is derived of its parts, and its conversion to the domain.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::habilitations::{
    Course, Habilitation, HabilitationFacts, HabilitationLaw, Jurisdiction,
};
use domain::kernel::{Code, Id, Record};

use super::parts::Parts;
use crate::kernel::DbError;
use crate::kernel::row::{Reading, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::habilitations;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = habilitations, treat_none_as_null = true)]
pub(super) struct HabilitationRow {
    pub(super) id: DbKey,
    partner_id: DbKey,
    authority: String,
    departement: Option<String>,
    host_kind: String,
    presentation: Option<String>,
    status: String,
    filed_on: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    decidable_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

impl HabilitationRow {
    /// The row of a dossier, with the version and dates it is to have; what is derived of the law
    /// is by that of `today`.
    pub(super) fn new(
        dossier: &Habilitation,
        record: Record,
        law: &HabilitationLaw,
        today: NaiveDate,
    ) -> Self {
        let HabilitationFacts {
            partner,
            jurisdiction,
            host_kind,
            presentation,
            documents: _,
        } = &**dossier;
        let Course {
            status,
            filed_on,
            incompletenesses: _,
            proceedings: _,
            changes_declared: _,
        } = dossier.course();
        let decidable_on = dossier.decidability(law, today).and_then(|it| it.on);
        Self {
            id: DbKey(dossier.id.uuid()),
            partner_id: DbKey(partner.uuid()),
            authority: jurisdiction.authority().code().to_owned(),
            departement: jurisdiction.departement().map(ToString::to_string),
            host_kind: host_kind.code().to_owned(),
            presentation: presentation.as_ref().map(ToString::to_string),
            status: status.code().to_owned(),
            filed_on: *filed_on,
            valid_until: dossier.valid_until(),
            decidable_on,
            due_on: due_on(dossier, decidable_on),
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    /// The dossier, once its parts are read too.
    pub(super) fn into_habilitation(self, parts: Parts) -> Result<Habilitation, DbError> {
        let reading = Reading {
            table: "habilitations",
            id: self.id,
        };
        let Parts {
            documents,
            incompletenesses,
            proceedings,
            changes_declared,
        } = parts;
        let departement = reading.maybe_text(self.departement.as_deref())?;
        let jurisdiction = Jurisdiction::new(reading.code(&self.authority)?, departement);
        let facts = HabilitationFacts {
            partner: Id::new(self.partner_id.0),
            jurisdiction: reading.whole_value(jurisdiction.map_err(|refusal| vec![refusal]))?,
            host_kind: reading.code(&self.host_kind)?,
            presentation: reading.maybe_text(self.presentation.as_deref())?,
            documents,
        };
        let course = Course {
            status: reading.code(&self.status)?,
            filed_on: self.filed_on,
            incompletenesses,
            proceedings,
            changes_declared,
        };
        let record = record(self.version, self.created_at, self.updated_at);
        let id = Id::new(self.id.0);
        reading.whole_value(Habilitation::restore(id, record, facts, course))
    }
}

/// The first day on which time has something to tell: that a decision may be taken, where this
/// was not said, or that the granted period is over.
fn due_on(dossier: &Habilitation, decidable_on: Option<NaiveDate>) -> Option<NaiveDate> {
    let course = dossier.course();
    let open = course.open_proceeding();
    let untold = open.is_some_and(|it| it.announced_on.is_none());
    let ends = course.status.after_the_period() != course.status;
    let over = dossier.valid_until().and_then(|last| last.succ_opt());
    let days = [decidable_on.filter(|_| untold), over.filter(|_| ends)];
    days.into_iter().flatten().min()
}
