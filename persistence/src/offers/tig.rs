//! What a post of community service says besides, and for whom it is decided.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::kernel::{Code, TransportM};
use domain::offers::{Audience, Offer, Tig, TigFacts, TigRestricted};
use domain::partners::{PartnerContact, PartnerContactFacts};

use super::parts::part_row;
use crate::kernel::DbError;
use crate::kernel::row::{Reading, int, words};
use crate::kernel::types::DbKey;
use crate::schema::offer_tig;

#[derive(Clone, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = offer_tig, treat_none_as_default_value = false)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column, that answers a question of the form"
)]
pub(super) struct TigRow {
    offer_id: DbKey,
    measures: String,
    form: String,
    field: String,
    audiences: String,
    slots: String,
    step_free: Option<bool>,
    transport_m: Option<i32>,
    licence_needed: bool,
    vehicle_needed: bool,
    particular_risks: bool,
    care_establishment: bool,
    formative_character: Option<String>,
    host_named: bool,
    supervisor_function: Option<String>,
    supervisor_service_name: Option<String>,
    supervisor_email: Option<String>,
    supervisor_phone: Option<String>,
    exclusions: Option<String>,
    registered_for: String,
    refused_for: String,
}

part_row!(TigRow, offer_tig);

pub(super) fn rows(offer: &Offer) -> Vec<TigRow> {
    offer
        .content()
        .tig()
        .map(|post| row(offer, post))
        .into_iter()
        .collect()
}

fn row(offer: &Offer, post: &Tig) -> TigRow {
    let TigFacts {
        measures,
        form,
        field,
        audiences,
        slots,
        step_free,
        transport_m,
        licence_needed,
        vehicle_needed,
        particular_risks,
        care_establishment,
        formative_character,
        host_named,
    } = post.facts();
    let TigRestricted {
        supervisor,
        exclusions,
    } = post.restricted();
    let supervisor = supervisor.as_ref();
    let (email, phone) = (
        supervisor.and_then(|it| it.email.as_ref()),
        supervisor.and_then(|it| it.phone.as_ref()),
    );
    let service_name = supervisor.and_then(|it| it.service_name.as_ref());
    TigRow {
        offer_id: DbKey(offer.id.uuid()),
        measures: words(measures),
        form: form.code().to_owned(),
        field: field.code().to_owned(),
        audiences: words(audiences),
        slots: words(slots),
        step_free: *step_free,
        transport_m: transport_m.map(|it| int(it.get())),
        licence_needed: *licence_needed,
        vehicle_needed: *vehicle_needed,
        particular_risks: *particular_risks,
        care_establishment: *care_establishment,
        formative_character: formative_character.as_ref().map(ToString::to_string),
        host_named: *host_named,
        supervisor_function: supervisor.map(|it| it.function.to_string()),
        supervisor_service_name: service_name.map(ToString::to_string),
        supervisor_email: email.map(ToString::to_string),
        supervisor_phone: phone.map(ToString::to_string),
        exclusions: exclusions.as_ref().map(ToString::to_string),
        registered_for: words(&offer.life().registered_for),
        refused_for: words(&offer.life().refused_for),
    }
}

fn reading(row: &TigRow) -> Reading {
    Reading {
        table: "offer_tig",
        id: row.offer_id,
    }
}

pub(super) fn read(row: &TigRow) -> Result<Tig, DbError> {
    let reading = reading(row);
    let facts = TigFacts {
        measures: reading.codes(&row.measures)?,
        form: reading.code(&row.form)?,
        field: reading.code(&row.field)?,
        audiences: reading.codes(&row.audiences)?,
        slots: reading.codes(&row.slots)?,
        step_free: row.step_free,
        transport_m: reading.maybe_whole(row.transport_m, TransportM::new)?,
        licence_needed: row.licence_needed,
        vehicle_needed: row.vehicle_needed,
        particular_risks: row.particular_risks,
        care_establishment: row.care_establishment,
        formative_character: reading.maybe_text(row.formative_character.as_deref())?,
        host_named: row.host_named,
    };
    let restricted = TigRestricted {
        supervisor: supervisor(row)?,
        exclusions: reading.maybe_text(row.exclusions.as_deref())?,
    };
    reading.whole_value(Tig::new(facts, restricted))
}

fn supervisor(row: &TigRow) -> Result<Option<PartnerContact>, DbError> {
    let Some(function) = &row.supervisor_function else {
        return Ok(None);
    };
    let reading = reading(row);
    let facts = PartnerContactFacts {
        function: reading.text(function)?,
        service_name: reading.maybe_text(row.supervisor_service_name.as_deref())?,
        email: reading.maybe_text(row.supervisor_email.as_deref())?,
        phone: reading.maybe_text(row.supervisor_phone.as_deref())?,
    };
    reading.whole_value(PartnerContact::new(facts)).map(Some)
}

/// The audiences for which it is registered, and those for which it was refused.
pub(super) fn read_decided(
    row: &TigRow,
) -> Result<(BTreeSet<Audience>, BTreeSet<Audience>), DbError> {
    let reading = reading(row);
    Ok((
        reading.codes(&row.registered_for)?,
        reading.codes(&row.refused_for)?,
    ))
}
