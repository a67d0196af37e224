//! What a job in detention says besides.

use diesel::prelude::*;
use domain::establishments::Establishment;
use domain::kernel::{Code, Id, Percent};
use domain::offers::{Details, Employment, EmploymentFacts, Offer, Pay};

use super::parts::part_row;
use crate::kernel::DbError;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::schema::offer_employment;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_employment, treat_none_as_default_value = false)]
pub(super) struct EmploymentRow {
    offer_id: DbKey,
    regime: String,
    activity: String,
    rome: String,
    pay_class: String,
    smic_percent: f64,
    contract: String,
    fixed_term_reason: Option<String>,
}

part_row!(EmploymentRow, offer_employment);

pub(super) fn rows(offer: &Offer) -> Vec<EmploymentRow> {
    let Details::Employment(job) = &offer.content().details else {
        return Vec::new();
    };
    let EmploymentFacts {
        establishment: _,
        regime,
        activity,
        rome,
        pay: Pay {
            class,
            smic_percent,
        },
        contract,
        fixed_term_reason,
    } = job.facts();
    vec![EmploymentRow {
        offer_id: DbKey(offer.id.uuid()),
        regime: regime.code().to_owned(),
        activity: activity.code().to_owned(),
        rome: rome.to_string(),
        pay_class: class.code().to_owned(),
        smic_percent: smic_percent.get(),
        contract: contract.code().to_owned(),
        fixed_term_reason: fixed_term_reason.map(|it| it.code().to_owned()),
    }]
}

/// The job, in the establishment that the offer names.
pub(super) fn read(
    row: &EmploymentRow,
    establishment: Id<Establishment>,
) -> Result<Employment, DbError> {
    let reading = Reading {
        table: "offer_employment",
        id: row.offer_id,
    };
    let percent = Percent::new(row.smic_percent).map_err(|error| reading.misfit(error))?;
    let reason = row.fixed_term_reason.as_deref();
    let facts = EmploymentFacts {
        establishment,
        regime: reading.code(&row.regime)?,
        activity: reading.code(&row.activity)?,
        rome: reading.text(&row.rome)?,
        pay: Pay {
            class: reading.code(&row.pay_class)?,
            smic_percent: percent,
        },
        contract: reading.code(&row.contract)?,
        fixed_term_reason: reason.map(|code| reading.code(code)).transpose()?,
    };
    reading.whole_value(Employment::new(facts))
}
