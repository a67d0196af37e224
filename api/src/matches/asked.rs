//! What both questions share: criteria, a place, how many answers, and how they are answered.

use actix_web::{HttpRequest, HttpResponse, http::header::CACHE_CONTROL};
use data::Reference;
use domain::{
    kernel::{Code, OutOfRange, RadiusKm, RefusalCode, Weight},
    matches::Criterion,
    territories::CommuneCode,
};
use serde::Serialize;

use crate::{
    kernel::{
        body::{Fields, Node, Value},
        idempotency,
        json::JsonBody,
        params::{DEFAULT_LIMIT, MAX_LIMIT, Params},
        problem::ApiError,
    },
    territories::read_commune,
};

/// Where somebody is, and how far from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// Where.
    pub(super) center: search::Point,
    /// How far.
    pub(super) within: Criterion<RadiusKm>,
}

/// The body of a question: it takes no key, and no parameter.
pub(super) async fn body(req: &HttpRequest, body: JsonBody) -> Result<Node, ApiError> {
    idempotency::refuse(req)?;
    Params::none(req)?;
    body.representation().await
}

/// The answer to a question, which nobody keeps.
pub(super) fn answered(answer: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(answer)
}

/// A criterion, where it is asked.
pub(super) fn criterion<'a, T>(
    fields: &mut Fields<'a>,
    name: &'static str,
    read: impl FnOnce(Value<'a>) -> Option<T>,
) -> Option<Criterion<T>> {
    fields.optional(name, |value| {
        value.object(|fields| {
            let value = fields.required("value", read);
            terms(fields, value)
        })
    })
}

/// One code of a list, or several, each once.
pub(super) fn codes<C: Code>(value: &Value<'_>) -> Option<Vec<C>> {
    match value.node() {
        Node::Array(codes) if codes.is_empty() => {
            value.refuse(RefusalCode::Length, "one code at least is named")
        }
        Node::Array(_) => value.codes(C::all().len()),
        _ => value.coded().map(|code| vec![code]),
    }
}

/// The place, where it is asked: a point, or the centre of a commune.
pub(super) fn place(fields: &mut Fields<'_>, reference: &Reference) -> Option<Around> {
    fields.optional("place", |value| {
        let by_point = tells(&value, "lat") || tells(&value, "lon");
        if by_point && tells(&value, "commune") {
            let detail = "a place is lat and lon, or a commune";
            value.refuse::<()>(RefusalCode::Inconsistent, detail);
        }
        value.object(|fields| {
            let center = if by_point {
                fields.ignore("commune");
                let lat = fields.required("lat", |value| value.latitude());
                let lon = fields.required("lon", |value| value.longitude());
                lat.zip(lon).map(|(lat, lon)| search::Point { lat, lon })
            } else {
                fields.ignore("lat");
                fields.ignore("lon");
                fields.required("commune", |value| center_of(&value, reference))
            };
            let most = fields.required("max_km", |value| value.decimal(RadiusKm::new));
            let within = terms(fields, most);
            Some(Around {
                center: center?,
                within: within?,
            })
        })
    })
}

/// How many answers, at most.
pub(super) fn limit(fields: &mut Fields<'_>) -> usize {
    let limit = fields.optional("limit", |value| {
        value.whole(|asked| {
            let asked = usize::try_from(asked).ok();
            let known = asked.filter(|asked| (1..=MAX_LIMIT).contains(asked));
            known.ok_or(OutOfRange {
                min: 1.0,
                max: 100.0,
                unit: "",
            })
        })
    });
    limit.unwrap_or(DEFAULT_LIMIT)
}

/// What every criterion says besides what is wanted.
fn terms<T>(fields: &mut Fields<'_>, value: Option<T>) -> Option<Criterion<T>> {
    let required = fields.optional("required", |value| value.bool());
    let weight = fields.optional("weight", |value| value.whole(Weight::new));
    Some(Criterion {
        value: value?,
        required: required.unwrap_or(false),
        weight: weight.unwrap_or_default(),
    })
}

/// Whether an object says something under a name; null says the same as absence.
fn tells(value: &Value<'_>, name: &str) -> bool {
    let Node::Object(members) = value.node() else {
        return false;
    };
    let mut members = members.iter();
    members.any(|(member, node)| member == name && *node != Node::Null)
}

/// The centre of a commune, where an open source gives it.
fn center_of(value: &Value<'_>, reference: &Reference) -> Option<search::Point> {
    let code: CommuneCode = read_commune(value)?;
    let Some(commune) = reference.territories().commune(&code) else {
        let detail = format!("{code} is no commune of France");
        return value.refuse(RefusalCode::NotFound, detail);
    };
    let Some(center) = commune.centre else {
        let detail = format!("no open source gives the centre of the commune {code}");
        return value.refuse(RefusalCode::NotFound, detail);
    };
    Some(search::Point {
        lat: center.lat(),
        lon: center.lon(),
    })
}
