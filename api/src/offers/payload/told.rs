//! What an offer says, as its author writes it: what a merge patch is applied to.

use domain::{
    kernel::{Code, Count, Percent, Period, TransportM, WeekHours},
    offers::{
        Certification, Content, ContentFacts, Details, EmploymentFacts, Pay, Site, TigFacts,
        TigRestricted, TrainingFacts,
    },
    partners::{PartnerContact, PartnerContactFacts},
};
use serde_json::{Map, Value, json};

use crate::kernel::{
    body::{Node, patch::tree},
    dates::date,
};

/// The tree of what an offer says.
pub(super) fn told(content: &Content) -> Node {
    let ContentFacts {
        title,
        description,
        place,
        diffusion,
        dates,
        places,
        hours_per_week,
        details,
    } = &**content;
    let Site {
        street,
        postcode,
        position,
    } = place.site();
    let mut members = json!({
        "kind": content.kind().code(),
        "title": title.to_string(),
        "description": description.to_string(),
        "commune": place.commune().to_string(),
        "street": street.as_ref().map(ToString::to_string),
        "postcode": postcode.as_ref().map(ToString::to_string),
        "position": position.map(|it| json!({
            "lat": it.point.lat(),
            "lon": it.point.lon(),
            "precision": it.precision.code(),
        })),
        "diffusion": diffusion.code(),
        "starts_on": dates.starts_on().map(date),
        "ends_on": dates.ends_on().map(date),
        "permanent": dates.is_permanent().then_some(true),
        "places": Count::get(*places),
        "hours_per_week": hours_per_week.map(WeekHours::get),
    });
    let own = match details {
        Details::Tig(tig) => of_tig(tig.facts(), tig.restricted()),
        Details::Employment(job) => of_employment(job.facts()),
        Details::Training(training) => of_training(training.facts()),
    };
    if let (Some(members), Value::Object(own)) = (members.as_object_mut(), own) {
        members.extend(own);
    }
    tree(&without_nulls(members).to_string())
}

fn of_tig(facts: &TigFacts, restricted: &TigRestricted) -> Value {
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
    } = facts;
    let TigRestricted {
        supervisor,
        exclusions,
    } = restricted;
    json!({
        "measures": codes(measures),
        "form": form.code(),
        "field": field.code(),
        "audiences": codes(audiences),
        "slots": codes(slots),
        "step_free": step_free,
        "transport_m": transport_m.map(TransportM::get),
        "licence_needed": licence_needed,
        "vehicle_needed": vehicle_needed,
        "particular_risks": particular_risks,
        "care_establishment": care_establishment,
        "formative_character": formative_character.as_ref().map(ToString::to_string),
        "host_named": host_named,
        "supervisor": supervisor.as_ref().map(of_contact),
        "exclusions": exclusions.as_ref().map(ToString::to_string),
    })
}

fn of_contact(contact: &PartnerContact) -> Value {
    let PartnerContactFacts {
        function,
        service_name,
        email,
        phone,
    } = &**contact;
    without_nulls(json!({
        "function": function.to_string(),
        "service_name": service_name.as_ref().map(ToString::to_string),
        "email": email.as_ref().map(ToString::to_string),
        "phone": phone.as_ref().map(ToString::to_string),
    }))
}

fn of_employment(facts: &EmploymentFacts) -> Value {
    let EmploymentFacts {
        establishment,
        regime,
        activity,
        rome,
        pay: Pay {
            class,
            smic_percent,
        },
        contract,
        fixed_term_reason,
    } = facts;
    json!({
        "establishment": establishment.to_string(),
        "regime": regime.code(),
        "activity": activity.code(),
        "rome": rome.to_string(),
        "pay": {"class": class.code(), "smic_percent": Percent::get(*smic_percent)},
        "contract_kind": contract.code(),
        "fixed_term_reason": fixed_term_reason.map(Code::code),
    })
}

fn of_training(facts: &TrainingFacts) -> Value {
    let TrainingFacts {
        establishment,
        region,
        certification,
        activity,
        rome,
        session,
    } = facts;
    let certified = |Certification { title, code }: &Certification| {
        without_nulls(json!({
            "title": title.to_string(),
            "code": code.as_ref().map(ToString::to_string),
        }))
    };
    let held = |session: &Period| {
        json!({
            "starts_on": date(session.first()),
            "ends_on": date(session.last()),
        })
    };
    let rome: Vec<String> = rome.iter().map(ToString::to_string).collect();
    json!({
        "establishment": establishment.map(|id| id.to_string()),
        "region": region.to_string(),
        "certification": certification.as_ref().map(certified),
        "activity": activity.map(Code::code),
        "rome": rome,
        "session": session.as_ref().map(held),
    })
}

fn codes<'a, C: Code + 'a>(values: impl IntoIterator<Item = &'a C>) -> Vec<&'static str> {
    values.into_iter().map(|value| value.code()).collect()
}

fn without_nulls(value: Value) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let kept: Map<String, Value> = members
        .into_iter()
        .filter(|(_, it)| !it.is_null())
        .collect();
    Value::Object(kept)
}
