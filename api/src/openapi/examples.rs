//! Examples recorded from the service itself, so that they are true.

use serde_json::{Value, json};

use crate::kernel::encoding::{decode_path, decode_query};

/// The request whose answer is the example of each operation.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        "listEstablishments",
        "/v1/establishments?near_commune=33063&radius_km=150&zone_min_area_m2=300&dock_vehicle=rigid_19t&facets=kind&limit=2",
    ),
    (
        "summariseEstablishments",
        "/v1/establishments/summary?direction=bordeaux",
    ),
    (
        "exportEstablishments",
        "/v1/establishments/export?commune=33192&format=ndjson",
    ),
    (
        "getEstablishment",
        "/v1/establishments/cp-bordeaux-gradignan",
    ),
    (
        "clusterEstablishments",
        "/v1/establishments/clusters?bbox=-1.5,44,0.5,46&zoom=7",
    ),
    (
        "getEstablishmentTile",
        "/v1/tiles/establishments/6/31/22.mvt",
    ),
    (
        "listPartners",
        "/v1/partners?departement=33&role=tig_host&facets=kind&limit=2",
    ),
    (
        "exportPartners",
        "/v1/partners/export?commune=33063&format=ndjson",
    ),
    (
        "getPartner",
        "/v1/partners/019f1af9-b400-74e8-a622-e9ef50967633",
    ),
    (
        "listOffers",
        "/v1/offers?kind=tig&near_commune=33063&radius_km=60&facets=field&limit=2",
    ),
    (
        "exportOffers",
        "/v1/offers/export?kind=tig&commune=33063&format=ndjson",
    ),
    (
        "clusterOffers",
        "/v1/offers/clusters?kind=tig&bbox=-1,44.5,0,45&zoom=8",
    ),
    ("getOfferTile", "/v1/tiles/offers/8/127/92.mvt?kind=tig"),
    (
        "getOffer",
        "/v1/offers/019f1af9-b400-7000-8001-2e95e786ac7b",
    ),
    (
        "getOfferPublication",
        "/v1/offers/019f1af9-b400-7000-8001-2e95e786ac7b/publication",
    ),
    ("suggest", "/v1/suggest?q=bord&limit=5"),
    ("listChanges", "/v1/changes?after=186&limit=2"),
    (
        "getZone",
        "/v1/establishments/cp-bordeaux-gradignan/zones/019f1af9-b400-7250-a138-a4dab6e6c8c2",
    ),
    (
        "getStorageArea",
        "/v1/establishments/cp-bordeaux-gradignan/storage-areas/019f1af9-b400-745d-a4d2-01cfd52566a8",
    ),
    (
        "getDock",
        "/v1/establishments/cp-bordeaux-gradignan/docks/019f1af9-b400-70aa-9d5a-8b2849718b4e",
    ),
    (
        "getActivityInPlace",
        "/v1/establishments/cp-bordeaux-gradignan/activities/019f1af9-b400-7089-a85c-55c35be6fb2a",
    ),
    (
        "getPossibleActivity",
        "/v1/establishments/cp-bordeaux-gradignan/possible-activities/019f1af9-b400-7110-b01f-859456cb1bde",
    ),
    (
        "getContact",
        "/v1/establishments/cp-bordeaux-gradignan/contacts/019f1af9-b400-738c-b2f6-a8473096e62f",
    ),
    (
        "listContacts",
        "/v1/contacts?purpose=production&establishment=cp-bordeaux-gradignan",
    ),
    (
        "listCommunes",
        "/v1/territories/communes?q=bordeaux&limit=2",
    ),
    ("getCommune", "/v1/territories/communes/33063"),
    (
        "listDepartements",
        "/v1/territories/departements?direction=bordeaux&limit=2",
    ),
    ("getDepartement", "/v1/territories/departements/33"),
    ("listRegions", "/v1/territories/regions?limit=2"),
    ("getRegion", "/v1/territories/regions/75"),
    ("listDirections", "/v1/territories/directions?limit=2"),
    ("getDirection", "/v1/territories/directions/bordeaux"),
    (
        "listActivities",
        "/v1/activities?family=wood_furniture&limit=2",
    ),
    ("getActivity", "/v1/activities/joinery"),
    ("listCodeLists", "/v1/code-lists?limit=2"),
    ("getCodeList", "/v1/code-lists/vehicle-sizes"),
    ("getKeys", "/.well-known/jwks.json"),
    (
        "getAuthorizationServer",
        "/.well-known/oauth-authorization-server",
    ),
    ("getLimits", "/v1/limits"),
    ("getLiveness", "/health/live"),
    ("getReadiness", "/health/ready"),
    ("getService", "/"),
    ("getDocumentation", "/docs"),
    ("getDocumentationFile", "/docs/swagger-initializer.js"),
    ("listProblems", "/problems?format=json"),
    ("getProblem", "/problems/invalid-parameter?format=json"),
];

/// The question by `POST`, its address and its body, whose answer is the example of each
/// operation that anybody may ask.
pub const QUESTIONS: &[(&str, &str, &str)] = &[
    (
        "matchEstablishments",
        "/v1/matches/establishments",
        r#"{
            "criteria": {
                "activity": {"value": "joinery", "weight": 3},
                "production_area_m2": {"value": 300},
                "clear_height_m": {"value": 4.5, "weight": 2},
                "equipment": {"value": ["three_phase", "dust_extraction"], "weight": 2},
                "vehicle": {"value": "rigid_19t", "required": true}
            },
            "place": {"commune": "33063", "max_km": 150, "weight": 2},
            "limit": 1
        }"#,
    ),
    (
        "matchOffers",
        "/v1/matches/offers",
        r#"{
            "framework": "tig_main_penalty",
            "hours": 105,
            "audience": "adults",
            "criteria": {
                "slot": {"value": ["evening", "saturday"], "weight": 3},
                "max_transport_m": {"value": 500, "weight": 2},
                "licence_needed": {"value": false, "required": true}
            },
            "place": {"commune": "33063", "max_km": 40},
            "limit": 1
        }"#,
    ),
];

/// Puts into the document, for each operation of [`QUESTIONS`], the question and the JSON that
/// `fetch` gives for it.
pub fn with_questions(document: &mut Value, mut fetch: impl FnMut(&str) -> (u16, String, Vec<u8>)) {
    for (id, path, question) in QUESTIONS {
        let operation = document
            .get_mut("paths")
            .and_then(|paths| paths.get_mut(*path))
            .and_then(|item| item.get_mut("post"))
            .filter(|operation| operation.get("operationId").is_some_and(|own| own == id));
        let Some(operation) = operation else {
            continue;
        };
        let asked = operation.pointer_mut("/requestBody/content/application~1json");
        let asked = asked.and_then(Value::as_object_mut);
        if let (Some(asked), Ok(example)) = (asked, serde_json::from_str(question)) {
            asked.insert("example".to_owned(), example);
        }
        let (status, media_type, body) = fetch(path);
        insert_body(operation, status, &media_type, &body);
    }
}

/// Puts into the document, for each operation of [`EXAMPLES`], the JSON that `fetch` gives for
/// its request (path and query → status, media type, body), and that request's parameters.
pub fn with_examples(document: &mut Value, mut fetch: impl FnMut(&str) -> (u16, String, Vec<u8>)) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (_, operation) in item.as_object_mut().into_iter().flatten() {
            let id = operation
                .get("operationId")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let listed = EXAMPLES.iter().find(|(operation, _)| *operation == id);
            if let Some((_, request)) = listed {
                let (status, media_type, body) = fetch(request);
                insert_parameters(operation, path, request);
                insert_body(operation, status, &media_type, &body);
            }
        }
    }
}

fn insert_body(operation: &mut Value, status: u16, media_type: &str, body: &[u8]) {
    let content = operation
        .get_mut("responses")
        .and_then(|responses| responses.get_mut(status.to_string()))
        .and_then(|response| response.get_mut("content"))
        .and_then(Value::as_object_mut);
    let own = content
        .into_iter()
        .flatten()
        .find(|(own, _)| essence(own) == essence(media_type));
    // NDJSON is text: it is no JSON value, even when it has one line.
    let json = matches!(
        essence(media_type),
        "application/json" | "application/geo+json"
    );
    let example = if json {
        serde_json::from_slice(body).ok()
    } else {
        std::str::from_utf8(body).ok().map(Value::from)
    };
    let own = own.and_then(|(_, own)| own.as_object_mut());
    if let (Some(own), Some(example)) = (own, example) {
        own.insert("example".to_owned(), example);
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

fn insert_parameters(operation: &mut Value, template: &str, request: &str) {
    let (path, query) = request.split_once('?').unwrap_or((request, ""));
    let given: Vec<(String, String)> = path_values(template, path)
        .chain(query.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((decode_query(name)?, decode_query(value)?))
        }))
        .collect();
    let parameters = operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let value = given
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.clone());
        if let (Some(value), Some(parameter)) = (value, parameter.as_object_mut()) {
            let typed = typed(parameter.get("schema"), value);
            parameter.insert("example".to_owned(), typed);
        }
    }
}

fn path_values(template: &str, path: &str) -> impl Iterator<Item = (String, String)> {
    template
        .split('/')
        .zip(path.split('/'))
        .filter_map(|(own, given)| {
            let (name, after) = own.strip_prefix('{')?.split_once('}')?;
            Some((name.to_owned(), decode_path(given.strip_suffix(after)?)?))
        })
}

/// A value as its schema types it: a list is written with commas.
fn typed(schema: Option<&Value>, value: String) -> Value {
    let kind = schema.and_then(|schema| schema.get("type"));
    let is = |name: &str| match kind {
        Some(Value::String(kind)) => kind == name,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
        _ => false,
    };
    if is("array") {
        let items = schema.and_then(|schema| schema.get("items"));
        let values = value.split(',').map(|value| typed(items, value.to_owned()));
        return values.collect();
    }
    if is("integer") || is("number") || is("boolean") {
        return serde_json::from_str(&value).unwrap_or_else(|_| json!(value));
    }
    Value::String(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_answer_becomes_the_example() {
        let mut document = json!({"paths": {"/problems/{slug}": {"get": {
            "operationId": "getProblem",
            "parameters": [
                {"name": "slug", "in": "path", "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            ],
            "responses": {"200": {"content": {"application/json": {}}}},
        }}}});
        let answer = (
            200,
            "application/json; charset=utf-8".to_owned(),
            b"{\"a\":1}".to_vec(),
        );
        with_examples(&mut document, |_| answer.clone());
        let operation = &document["paths"]["/problems/{slug}"]["get"];
        let content = &operation["responses"]["200"]["content"]["application/json"];
        assert_eq!(content["example"], json!({"a": 1}));
        assert_eq!(operation["parameters"][0]["example"], "invalid-parameter");
        assert!(operation["parameters"][1].get("example").is_none());
    }

    #[test]
    fn values_take_the_type_of_their_schema() {
        assert_eq!(
            typed(Some(&json!({"type": "integer"})), "7".to_owned()),
            json!(7)
        );
        let list = json!({"type": "array", "items": {"type": "string"}});
        assert_eq!(typed(Some(&list), "ma,cp".to_owned()), json!(["ma", "cp"]));
        assert_eq!(typed(None, "7".to_owned()), json!("7"));
    }
}
