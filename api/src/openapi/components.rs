//! What every operation has in common, written once: headers, problems, who may.

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema, openapi::schema::Schema};
use uuid::Uuid;

use super::{headers, idempotency, security, texts};
use crate::kernel::{
    limits::ADDRESS_POLICY,
    problem::{ApiError, Fault, FieldErrorOutput, Kind, Problem, body},
    shell::MAX_BODY,
    text::{Language, Text},
};

/// Where the service of the examples is.
const EXAMPLE_BASE: &str = "https://api.example.org";
/// The request of the examples.
const EXAMPLE_ID: Uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001);

/// The longest text that a page or an export may be.
const MAX_TEXT: u64 = 1_000_000_000;
/// Headers of every answer of a limited route.
const ALWAYS: &[&str] = &[
    "Access-Control-Allow-Origin",
    "RateLimit",
    "RateLimit-Policy",
    "X-Request-Id",
];
/// Headers of every answer to a read besides.
const READ: &[&str] = &["Cache-Control", "ETag", "Vary"];
/// The groups of operations that read what is in no catalogue: what is compiled in, clients and
/// dossiers.
const COMPILED_IN: &[&str] = &[
    "activities",
    "audit",
    "clients",
    "code-lists",
    "habilitations",
    "holds",
    "service",
    "territories",
];

/// The problems that any operation may answer: status, name of the component, what it says.
const PROBLEMS: &[(&str, &str, &str)] = &[
    (
        "400",
        "BadRequest",
        "A parameter is unknown or has a value that cannot be used; the cursor belongs to another question.",
    ),
    (
        "401",
        "Unauthorized",
        "The token is absent, has ended or was revoked, or its client is suspended.",
    ),
    (
        "403",
        "Forbidden",
        "The token lacks a scope, or the object is outside the client's perimeter.",
    ),
    (
        "404",
        "NotFound",
        "Nothing has this address, or nothing that you may see.",
    ),
    (
        "406",
        "NotAcceptable",
        "No form that this operation gives is acceptable to you.",
    ),
    ("408", "RequestTimeout", "The body did not arrive in time."),
    (
        "409",
        "Conflict",
        "The object is not in a state that allows this, or the first request with this `Idempotency-Key` is still running.",
    ),
    (
        "410",
        "Gone",
        "It was deleted, or withdrawn by its author: `history` says when.",
    ),
    (
        "412",
        "PreconditionFailed",
        "The object has changed since it was read.",
    ),
    ("413", "PayloadTooLarge", "The body is too large."),
    ("414", "UriTooLong", "The address is too long."),
    (
        "415",
        "UnsupportedMediaType",
        "The body is not of a media type that this operation reads.",
    ),
    (
        "422",
        "UnprocessableContent",
        "The body breaks one or more rules: each refusal says where. Or `Idempotency-Key` was used for another body.",
    ),
    (
        "428",
        "PreconditionRequired",
        "The write does not say which version it was thought of.",
    ),
    (
        "429",
        "TooManyRequests",
        "A limit is used up, of your address or of your client: `violated-policies` names it.",
    ),
    ("500", "InternalError", "Something went wrong here."),
    (
        "503",
        "Unavailable",
        "The service is starting, is late on the revision asked for, or has reduced capacity for the moment.",
    ),
];

/// Completes every operation: shared answers, headers, and who may call it.
pub(super) fn complete(paths: &mut Value) {
    for (path, item) in paths.as_object_mut().into_iter().flatten() {
        let operations = item.as_object_mut().into_iter().flatten();
        for (method, operation) in operations {
            if let Some(operation) = operation.as_object_mut() {
                complete_operation(path, method, operation);
            }
        }
    }
}

fn complete_operation(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let id = operation.get("operationId").and_then(Value::as_str);
    let security = security::of(id.unwrap_or_default());
    operation.insert("security".to_owned(), security.clone());
    let traits = Traits {
        limited: !path.starts_with("/health/"),
        named: path.contains('{'),
        of_partner: path.starts_with("/v1/partners/{id}/"),
        read: method == "get",
        token: security != json!([]),
        protected: security::is_protected(operation),
        json: takes_json(operation),
        keyed: idempotency::applies(method, operation),
        if_match: if_match(operation),
    };
    if traits.keyed {
        idempotency::allow(operation);
    }
    let headers = headers_of(path, &traits, operation);
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    if let Some(responses) = responses.as_object_mut() {
        complete_responses(&traits, &headers, responses);
    }
}

/// What decides of the answers that an operation shares with others.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, asked of every operation"
)]
struct Traits {
    /// It counts against the limits.
    limited: bool,
    /// An object is named in its path.
    named: bool,
    /// It is about something of a partner, which may be gone.
    of_partner: bool,
    /// It only reads.
    read: bool,
    /// It looks at a token.
    token: bool,
    /// It is refused without one.
    protected: bool,
    /// It takes a body of JSON.
    json: bool,
    /// It writes, once for each `Idempotency-Key`.
    keyed: bool,
    /// Whether `If-Match` must be there, where it is taken.
    if_match: Option<bool>,
}

fn takes_json(operation: &Map<String, Value>) -> bool {
    let body = operation.get("requestBody");
    let content = body.and_then(|body| body.get("content"));
    content.is_some_and(|content| content.get("application/json").is_some())
}

fn if_match(operation: &Map<String, Value>) -> Option<bool> {
    let parameters = operation.get("parameters").and_then(Value::as_array)?;
    let found = parameters
        .iter()
        .find(|parameter| parameter.get("name").is_some_and(|name| name == "If-Match"))?;
    found.get("required").and_then(Value::as_bool)
}

/// The headers of a success: those of the limit except for health, the tag, the revision of
/// what comes from the catalogue, and what leads from page to page.
fn headers_of(path: &str, traits: &Traits, operation: &Map<String, Value>) -> Vec<&'static str> {
    let mut names = ALWAYS.to_vec();
    if !traits.limited {
        names.retain(|name| !name.starts_with("RateLimit"));
        return names;
    }
    if path.starts_with("/oauth/") {
        names.push("Cache-Control");
        return names;
    }
    if traits.read {
        names.extend(READ);
    } else if traits.json && traits.protected {
        names.extend(["Cache-Control", "ETag"]);
    } else if traits.json {
        names.push("Cache-Control");
    }
    let tags = operation.get("tags").and_then(Value::as_array);
    let in_no_catalogue = |tags: &Vec<Value>| {
        let mut tags = tags.iter();
        tags.any(|tag| COMPILED_IN.iter().any(|it| tag == it))
    };
    // Every write says which change it is; what anybody may ask by `POST` writes nothing.
    let tells_revision = if traits.read {
        tags.is_some_and(|tags| !in_no_catalogue(tags))
    } else {
        traits.protected
    };
    if tells_revision {
        names.push("Catalogue-Revision");
    }
    let mut parameters = operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    if parameters.any(|parameter| parameter.get("name").is_some_and(|name| name == "cursor")) {
        names.extend(["Link", "Total-Count"]);
    }
    if matches!(path, "/" | "/v1/changes") {
        names.push("Link");
    }
    names
}

fn complete_responses(traits: &Traits, headers: &[&str], responses: &mut Map<String, Value>) {
    for response in responses.values_mut().filter_map(Value::as_object_mut) {
        describe_headers(response, headers);
        bound_texts(response);
    }
    if traits.limited && traits.read && !traits.protected {
        let reference = json!({"$ref": "#/components/responses/NotModified"});
        responses.entry("304").or_insert(reference);
    }
    for (status, name, _) in PROBLEMS {
        let applies = match *status {
            "401" => traits.token,
            "403" => traits.protected,
            "404" => traits.named,
            "410" => traits.of_partner,
            "406" => traits.limited && traits.read,
            "408" | "415" | "422" => traits.json,
            "409" => traits.keyed,
            "412" => traits.if_match.is_some(),
            "428" => traits.if_match == Some(true),
            "429" => traits.limited,
            _ => true,
        };
        if applies {
            let reference = json!({"$ref": format!("#/components/responses/{name}")});
            responses.entry(*status).or_insert(reference);
        }
    }
    let too_large = json!({"$ref": "#/components/responses/HeadersTooLarge"});
    responses.insert("431".to_owned(), too_large);
    texts::locations(responses);
    responses.sort_keys();
}

/// Adds the components that [`complete`] refers to.
pub(super) fn add(components: &mut Value) {
    if !components.is_object() {
        *components = json!({});
    }
    let Some(components) = components.as_object_mut() else {
        return;
    };
    components.insert("securitySchemes".to_owned(), security::schemes());
    components.insert("headers".to_owned(), headers::all());
    components.insert("parameters".to_owned(), idempotency::parameters());
    components.insert("responses".to_owned(), responses());
    let schemas = components.entry("schemas").or_insert_with(|| json!({}));
    if let Some(schemas) = schemas.as_object_mut() {
        let mut problem = schema_of::<Problem>();
        if let Some(problem) = problem.as_object_mut() {
            // Each type may add the members that its page announces.
            problem.insert("additionalProperties".to_owned(), json!(true));
        }
        schemas.insert("Problem".to_owned(), problem);
        schemas.insert("FieldError".to_owned(), schema_of::<FieldErrorOutput>());
        schemas.sort_keys();
        schemas.values_mut().for_each(texts::items);
    }
}

fn schema_of<T: PartialSchema + ToSchema>() -> Value {
    let schema: utoipa::openapi::RefOr<Schema> = T::schema();
    serde_json::to_value(schema).unwrap_or_default()
}

fn describe_headers(response: &mut Map<String, Value>, names: &[&str]) {
    let headers = response.entry("headers").or_insert_with(|| json!({}));
    if let Some(headers) = headers.as_object_mut() {
        for name in names {
            headers.entry(*name).or_insert_with(|| header_ref(name));
        }
        headers.sort_keys();
    }
}

/// A body that is text (a page, CSV) has no length of its own to state.
fn bound_texts(response: &mut Map<String, Value>) {
    let content = response.get_mut("content").and_then(Value::as_object_mut);
    for schema in content
        .into_iter()
        .flatten()
        .filter_map(|(_, media)| media.get_mut("schema"))
    {
        if let (true, Some(schema)) = (schema == &json!({"type": "string"}), schema.as_object_mut())
        {
            schema.insert("maxLength".to_owned(), json!(MAX_TEXT));
        }
    }
}

fn header_ref(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

fn responses() -> Value {
    let mut responses = Map::new();
    let refs = |names: &[&str]| -> Map<String, Value> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), header_ref(name)))
            .collect()
    };
    let mut known = refs(ALWAYS);
    known.extend(refs(READ));
    let not_modified = json!({
        "description": "You already have this answer; it is not counted against your limit.",
        "headers": known,
    });
    responses.insert("NotModified".to_owned(), not_modified);
    for (status, name, description) in PROBLEMS {
        let mut headers = refs(ALWAYS);
        headers.extend(refs(&["Content-Language"]));
        if ["429", "503"].contains(status) {
            headers.extend(refs(&["Retry-After"]));
        }
        if ["401", "403"].contains(status) {
            headers.extend(refs(&["WWW-Authenticate"]));
        }
        let response = json!({
            "description": description,
            "headers": headers,
            "content": {"application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example(status),
            }},
        });
        responses.insert((*name).to_owned(), response);
    }
    // It is refused before it is a request: what answers it knows neither headers nor problems.
    let too_large = json!({
        "description": "The address and the headers are too long together; the answer has no body.",
    });
    responses.insert("HeadersTooLarge".to_owned(), too_large);
    Value::Object(responses)
}

/// What the first problem of a status looks like.
fn example(status: &str) -> Value {
    let kind = status.parse().map_or(Kind::Internal, Kind::of_status);
    let error = match kind {
        Kind::MalformedRequest => ApiError::parameter(
            "limit",
            Fault::Range,
            Text::new(
                "a whole number from 1 to 1000000",
                "un nombre entier de 1 à 1000000",
            ),
        ),
        Kind::TransitionNotAllowed => ApiError::new(Kind::IdempotencyInProgress),
        Kind::RateLimited => ApiError::new(kind).with("violated-policies", vec![ADDRESS_POLICY]),
        Kind::InsufficientScope => ApiError::new(kind).with("scope", "establishments:write"),
        Kind::PayloadTooLarge => ApiError::new(kind).with("max_bytes", MAX_BODY),
        _ => ApiError::new(kind),
    };
    body(&error, EXAMPLE_BASE, EXAMPLE_ID, Language::En)
}
