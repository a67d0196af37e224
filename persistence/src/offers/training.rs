//! What a training says besides.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::activities::RomeCode;
use domain::establishments::Establishment;
use domain::kernel::{Code, Id, Period};
use domain::offers::{Certification, Details, Offer, Training, TrainingFacts};

use super::parts::part_row;
use crate::kernel::DbError;
use crate::kernel::row::Reading;
use crate::kernel::types::DbKey;
use crate::schema::offer_training;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_training, treat_none_as_default_value = false)]
pub(super) struct TrainingRow {
    offer_id: DbKey,
    region: String,
    certification_title: Option<String>,
    certification_code: Option<String>,
    activity: Option<String>,
    rome: String,
    session_first: Option<NaiveDate>,
    session_last: Option<NaiveDate>,
}

part_row!(TrainingRow, offer_training);

pub(super) fn rows(offer: &Offer) -> Vec<TrainingRow> {
    let Details::Training(training) = &offer.content().details else {
        return Vec::new();
    };
    let TrainingFacts {
        establishment: _,
        region,
        certification,
        activity,
        rome,
        session,
    } = training.facts();
    let certification = certification.as_ref();
    let code = certification.and_then(|it| it.code.as_ref());
    let rome: Vec<&str> = rome.iter().map(RomeCode::as_str).collect();
    vec![TrainingRow {
        offer_id: DbKey(offer.id.uuid()),
        region: region.to_string(),
        certification_title: certification.map(|it| it.title.to_string()),
        certification_code: code.map(ToString::to_string),
        activity: activity.map(|it| it.code().to_owned()),
        rome: rome.join(" "),
        session_first: session.map(Period::first),
        session_last: session.map(Period::last),
    }]
}

/// The training, in the establishment that the offer names, when it names one.
pub(super) fn read(
    row: &TrainingRow,
    establishment: Option<Id<Establishment>>,
) -> Result<Training, DbError> {
    let reading = Reading {
        table: "offer_training",
        id: row.offer_id,
    };
    let title = row.certification_title.as_deref();
    let certification = title.map(|title| {
        Ok::<_, DbError>(Certification {
            title: reading.text(title)?,
            code: reading.maybe_text(row.certification_code.as_deref())?,
        })
    });
    let activity = row.activity.as_deref();
    let occupations = row.rome.split_whitespace();
    let session = row.session_first.zip(row.session_last);
    let session = session.map(|(first, last)| Period::new(first, last));
    let facts = TrainingFacts {
        establishment,
        region: reading.text(&row.region)?,
        certification: certification.transpose()?,
        activity: activity.map(|code| reading.code(code)).transpose()?,
        rome: occupations
            .map(|code| reading.text(code))
            .collect::<Result<_, _>>()?,
        session: session.transpose().map_err(|error| reading.misfit(error))?,
    };
    reading.whole_value(Training::new(facts))
}
