//! An offer as the index holds it: what finds it, and on which days.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use data::Reference;
use domain::{
    kernel::{Code, Validity, WeekHours},
    offers::{Details, Diffusion, Employment, Offer, Tig, Training},
    territories::Direction,
};
use search::{Document, FacetId, NumberId, Point, TextId};

use super::{
    body::OfferBody,
    fields::{Fields, TigFields},
    payload::OfferCard,
    posted::{Posted, Setting},
};
use crate::{
    catalogue::resource::{Rendering, seconds},
    kernel::cache::View,
};

/// How far a caller sees, as the cache names it.
pub(super) const fn view_of(diffusion: Diffusion) -> View {
    match diffusion {
        Diffusion::Public => View::Public,
        Diffusion::Professionals => View::Professionals,
        Diffusion::Authorities => View::Authorities,
    }
}

/// A day as the index compares it.
pub(super) fn number_of(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// Prepares an offer for the index; `None` when it is not shown, and will not be by itself.
pub(super) fn document(
    posted: &Posted,
    fields: &Fields,
    rendering: &Rendering<'_>,
) -> Result<Option<Document<Arc<OfferBody>>>, serde_json::Error> {
    let Rendering {
        reference,
        base,
        today,
        shared,
    } = *rendering;
    let Posted { offer, around } = posted;
    let surroundings = around.surroundings(reference.habilitation_law());
    let days = offer.shown_days(&surroundings, today);
    let Some(shown) = days.filter(|days| days.until().is_none_or(|last| last >= today)) else {
        return Ok(None);
    };
    let card = OfferCard::new(offer, around, reference, base);
    let position = card.facts().position.as_ref().map(|position| Point {
        lat: position.lat,
        lon: position.lon,
    });
    let mut facets = facets(posted, reference, fields);
    if position.is_none() {
        facets.push((fields.unlocated, true.to_string()));
    }
    let known = reference
        .territories()
        .commune(offer.content().place.commune());
    Ok(Some(Document {
        id: offer.id.uuid(),
        position,
        facets,
        numbers: numbers(offer, shown, fields),
        parts: Vec::new(),
        text: texts(posted, reference, fields),
        sort_key: offer.content().title.to_string(),
        body: Arc::new(OfferBody::new(offer, shown, &card, known, shared)?),
    }))
}

/// The directorate of the region of its commune.
fn direction_of(offer: &Offer, reference: &Reference) -> Option<Direction> {
    let known = reference
        .territories()
        .commune(offer.content().place.commune());
    known.map(|commune| commune.direction)
}

fn facets(posted: &Posted, reference: &Reference, fields: &Fields) -> Vec<(FacetId, String)> {
    let Posted { offer, around } = posted;
    let content = offer.content();
    let direction = direction_of(offer, reference);
    let mut facets = fields
        .common
        .facets(content.place.commune(), direction, reference);
    facets.extend([
        (fields.common.demo, offer.keeper().is_demo().to_string()),
        (fields.diffusion, content.diffusion.code().to_owned()),
        (fields.kind, content.kind().code().to_owned()),
        (fields.permanent, content.dates.is_permanent().to_string()),
    ]);
    let partner = around.named_partner(offer);
    facets.extend(partner.map(|partner| (fields.partner, partner.id.to_string())));
    let prison = content.establishment();
    facets.extend(prison.map(|id| (fields.establishment, id.to_string())));
    match &content.details {
        Details::Tig(tig) => tig_facets(&mut facets, tig, posted, &fields.tig),
        Details::Employment(job) => job_facets(&mut facets, job, fields),
        Details::Training(training) => training_facets(&mut facets, training, fields),
    }
    facets
}

fn tig_facets(facets: &mut Vec<(FacetId, String)>, tig: &Tig, posted: &Posted, fields: &TigFields) {
    let told = tig.facts();
    let all = &fields.all;
    extend(facets, &[fields.measure, all.measure], &told.measures);
    extend(
        facets,
        &[fields.audience, all.audience],
        posted.offer.audiences(),
    );
    extend(facets, &[fields.slot, all.slot], &told.slots);
    extend(facets, &[fields.field], &[told.field]);
    extend(facets, &[fields.form], &[told.form]);
    let host_kind = posted.around.partner.as_deref().and_then(|it| it.host_kind);
    extend(facets, &[fields.host_kind], &host_kind);
    let known = [
        (fields.step_free, told.step_free),
        (fields.licence_needed, Some(told.licence_needed)),
        (fields.vehicle_needed, Some(told.vehicle_needed)),
        (fields.particular_risks, Some(told.particular_risks)),
        (fields.care_establishment, Some(told.care_establishment)),
    ];
    let known = known.into_iter();
    facets.extend(known.filter_map(|(field, value)| Some((field, value?.to_string()))));
}

fn job_facets(facets: &mut Vec<(FacetId, String)>, job: &Employment, fields: &Fields) {
    let told = job.facts();
    extend(facets, &[fields.activity], &[told.activity]);
    extend(facets, &[fields.regime], &[told.regime]);
    extend(facets, &[fields.contract_kind], &[told.contract]);
    facets.push((fields.rome, told.rome.to_string()));
}

fn training_facets(facets: &mut Vec<(FacetId, String)>, training: &Training, fields: &Fields) {
    let told = training.facts();
    extend(facets, &[fields.activity], &told.activity);
    let occupations = told.rome.iter();
    facets.extend(occupations.map(|rome| (fields.rome, rome.to_string())));
}

/// Adds the codes of values under each of these fields.
fn extend<'v, C: Code + 'v>(
    facets: &mut Vec<(FacetId, String)>,
    fields: &[FacetId],
    values: impl IntoIterator<Item = &'v C>,
) {
    for value in values {
        let code = value.code();
        facets.extend(fields.iter().map(|field| (*field, code.to_owned())));
    }
}

fn numbers(offer: &Offer, shown: Validity, fields: &Fields) -> Vec<(NumberId, f64)> {
    let (content, life, fields, common) = (
        offer.content(),
        offer.life(),
        &fields.numbers,
        &fields.common,
    );
    let (starts_on, ends_on) = (content.dates.starts_on(), content.dates.ends_on());
    let early = |day: Option<NaiveDate>| day.map_or(f64::from(i32::MIN), number_of);
    let late = |day: Option<NaiveDate>| day.map_or(f64::from(i32::MAX), number_of);
    let mut numbers = vec![
        (common.updated_at, seconds(offer.record.updated_at)),
        (fields.shown_from, early(shown.from())),
        (fields.shown_until, late(shown.until())),
        (fields.starts, early(starts_on)),
        (fields.ends, late(ends_on)),
        (fields.places_left, f64::from(offer.places_left())),
    ];
    let transport = content.tig().and_then(|tig| tig.facts().transport_m);
    let known = [
        (fields.starts_on, starts_on.map(number_of)),
        (
            fields.hours_per_week,
            content.hours_per_week.map(WeekHours::get),
        ),
        (fields.transport_m, transport.map(|it| f64::from(it.get()))),
        (fields.published_at, life.published_at.map(seconds)),
    ];
    let known = known.into_iter();
    numbers.extend(known.filter_map(|(field, value)| Some((field, value?))));
    numbers
}

fn texts(posted: &Posted, reference: &Reference, fields: &Fields) -> Vec<(TextId, String)> {
    let Posted { offer, around } = posted;
    let content = offer.content();
    let direction = direction_of(offer, reference);
    let mut texts = fields
        .common
        .texts(content.place.commune(), direction, reference);
    let fields = &fields.texts;
    texts.push((fields.title, content.title.to_string()));
    texts.push((fields.description, content.description.to_string()));
    texts.push((fields.label, content.kind().label().to_owned()));
    texts.extend(labels(&content.details).map(|label| (fields.label, label)));
    texts.extend(hosts(offer, around).map(|name| (fields.host, name)));
    texts
}

/// The labels of what is done.
fn labels(details: &Details) -> impl Iterator<Item = String> {
    let labels = match details {
        Details::Tig(tig) => {
            let told = tig.facts();
            vec![told.field.label().to_owned(), told.form.label().to_owned()]
        }
        Details::Employment(job) => {
            let told = job.facts();
            vec![
                told.activity.label().to_owned(),
                told.regime.label().to_owned(),
            ]
        }
        Details::Training(training) => {
            let told = training.facts();
            let activity = told.activity.map(|it| it.label().to_owned());
            let certification = told.certification.as_ref().map(|it| it.title.to_string());
            activity.into_iter().chain(certification).collect()
        }
    };
    labels.into_iter()
}

/// The names of the partner, where everybody may know it, and of the establishment.
fn hosts(offer: &Offer, around: &Setting) -> impl Iterator<Item = String> {
    let partner = around.named_partner(offer).map(|it| it.name.to_string());
    let prison = around
        .establishment
        .as_deref()
        .map(|it| it.name.to_string());
    partner.into_iter().chain(prison)
}
